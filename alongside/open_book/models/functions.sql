-- Who keeps the books, what may be written while a period is open, and the trace that every change leaves.

-- All books of the partnerships that the reader's agency belongs to, or belonged to at their end.
CREATE OR REPLACE FUNCTION books_open_to_me() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT p.partnership_id), '{}') FROM partner p JOIN practitioner w ON w.agency_id = p.agency_id JOIN partnership s ON s.id = p.partnership_id
     WHERE (p.left_at IS NULL OR p.left_at = s.ends) AND w.id = my_practitioner()
$$;

-- Whoever left earlier still reads the periods that it was party to: those that began while it was a partner.
CREATE OR REPLACE FUNCTION periods_left_to_me() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT d.id), '{}') FROM partner p JOIN practitioner w ON w.agency_id = p.agency_id JOIN accounting_period d ON d.partnership_id = p.partnership_id
     WHERE p.left_at IS NOT NULL AND w.id = my_practitioner() AND d.first <= (p.left_at AT TIME ZONE 'Europe/London')::date AND d.last >= (p.joined_at AT TIME ZONE 'Europe/London')::date
$$;

CREATE OR REPLACE FUNCTION books_left_to_me() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT coalesce(array_agg(DISTINCT d.partnership_id), '{}') FROM accounting_period d WHERE d.id = ANY (periods_left_to_me()) $$;
-- Whose books the reader sees, without the names of people who were paid: those of their own agency's partnerships, and of the boards they sit on for no partner.
CREATE OR REPLACE FUNCTION books_shown_to_me() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT books_open_to_me() || boards_of_my_own() $$;

-- What was paid in a period, as sums that leave nothing out and name nobody: by who paid, and by what it was for. A line that was divided counts by its parts, every other by its cost centre.
CREATE OR REPLACE FUNCTION paid_by(p_period bigint) RETURNS TABLE (agency_id bigint, agency text, amount numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.agency_id::bigint, g.name::text, sum(l.amount) FROM spend_line l JOIN agency g ON g.id = l.agency_id
     WHERE l.period_id = p_period AND l.partnership_id = ANY (books_shown_to_me()) GROUP BY l.agency_id, g.name
$$;

CREATE OR REPLACE FUNCTION paid_for(p_period bigint) RETURNS TABLE (objective text, overhead boolean, fund_id bigint, amount numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH line AS (SELECT l.id, l.amount, c.objective, c.overhead, c.fund_id FROM spend_line l LEFT JOIN cost_centre c ON c.id = l.cost_centre_id
                   WHERE l.period_id = p_period AND l.partnership_id = ANY (books_shown_to_me())),
         part AS (SELECT a.line_id, a.objective, a.amount, n.fund_id FROM line_allocation a JOIN line n ON n.id = a.line_id WHERE a.ends IS NULL),
         counted AS (SELECT objective, false AS overhead, fund_id, amount FROM part
                     UNION ALL SELECT CASE WHEN n.overhead THEN '' ELSE coalesce(n.objective, '') END, coalesce(n.overhead, false), n.fund_id, n.amount FROM line n WHERE NOT EXISTS (SELECT 1 FROM part p WHERE p.line_id = n.id))
    SELECT k.objective::text, k.overhead, k.fund_id::bigint, sum(k.amount) FROM counted k GROUP BY 1, 2, 3
$$;

-- The lead and the treasurer keep all of a partnership's books; whoever speaks for an agency keeps what that agency pays and puts in. Once it is over they see to it that the books are closed:
-- questions answered, wrong lines taken back, what was said noted as it comes. Nothing else comes in.
CREATE OR REPLACE FUNCTION keeps_books(p_partnership bigint, p_agency bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT closes_books(p_partnership, p_agency) AND NOT is_over(p_partnership) $$;

CREATE OR REPLACE FUNCTION closes_books(p_partnership bigint, p_agency bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (is_partner(p_partnership) OR was_there_at_the_end(p_partnership)) AND (
        leads_what_is_left(p_partnership)
        OR EXISTS (SELECT 1 FROM treasurer t WHERE t.partnership_id = p_partnership AND t.practitioner_id = my_practitioner() AND t.ends IS NULL)
        OR p_agency IS NOT NULL AND spoke_for(p_partnership, p_agency))
$$;

CREATE OR REPLACE FUNCTION partnership_of_period(p_period bigint) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT partnership_id FROM accounting_period WHERE id = p_period $$;

CREATE OR REPLACE FUNCTION is_live_partner(p_partnership bigint, p_agency bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM partner WHERE partnership_id = p_partnership AND agency_id = p_agency AND left_at IS NULL)
$$;

-- A period that is closed takes nothing more, from nobody: whoever writes waits for whoever closes, and the other way round.
CREATE OR REPLACE FUNCTION only_while_open() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE shut text;
BEGIN
    PERFORM 1 FROM accounting_period WHERE id IN (SELECT DISTINCT n.period_id FROM new_rows n) ORDER BY id FOR SHARE;
    SELECT p.name INTO shut FROM accounting_period p WHERE p.id IN (SELECT n.period_id FROM new_rows n) AND p.status = 'closed' LIMIT 1;
    IF shut IS NOT NULL THEN PERFORM not_now(format('%s is closed and stays closed. Correct it in the open period.', shut)); END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION nothing_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What stands in the books is not taken out: %', TG_TABLE_NAME USING ERRCODE = 'ALNOW';
END $$;

-- A closed period changes in one thing only: that it is published.
CREATE OR REPLACE FUNCTION closed_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'closed' AND (to_jsonb(NEW) - 'published_at') <> (to_jsonb(OLD) - 'published_at') THEN
        RAISE EXCEPTION '% is closed and stays closed.', OLD.name USING ERRCODE = 'ALNOW';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION adds_up() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM spend_line l JOIN line_allocation a ON a.line_id = l.id AND a.ends IS NULL
                WHERE l.id IN (SELECT n.line_id FROM new_rows n) GROUP BY l.id HAVING sum(a.amount) <> l.amount) THEN
        PERFORM not_now('The parts of a line must make it up to the penny.');
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION leaves_a_trace() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE rows_changed bigint; of_partnership bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO book_event (partnership_id, at, by_id, what, subject, subject_id, before, after)
        SELECT n.partnership_id, now(), my_practitioner(), 'changed', TG_TABLE_NAME, n.id, to_jsonb(o), to_jsonb(n) FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE to_jsonb(o) <> to_jsonb(n);
    ELSIF TG_TABLE_NAME = 'spend_line' THEN  -- lines of a file stand in the books as they were read, and never change: the file's own event speaks for them
        INSERT INTO book_event (partnership_id, at, by_id, what, subject, subject_id, before, after)
        SELECT n.partnership_id, now(), my_practitioner(), 'added', TG_TABLE_NAME, n.id, NULL, to_jsonb(n) FROM new_rows n WHERE n.spend_import_id IS NULL;
    ELSE
        INSERT INTO book_event (partnership_id, at, by_id, what, subject, subject_id, before, after)
        SELECT n.partnership_id, now(), my_practitioner(), 'added', TG_TABLE_NAME, n.id, NULL, to_jsonb(n) - 'content' FROM new_rows n;
    END IF;
    SELECT count(*), min(n.partnership_id) INTO rows_changed, of_partnership FROM new_rows n;
    IF rows_changed > 0 THEN
        PERFORM write_line(jsonb_build_object('verb', 'write', 'purpose', 'partnership_governance', 'decision', 'permit', 'item', format('accounts of partnership:%s %s', of_partnership, TG_TABLE_NAME)));
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['treasurer', 'accounting_period', 'objective_code', 'pooled_fund', 'pooled_share', 'cost_centre', 'budget', 'contribution', 'receipt', 'counted_benefit', 'supplier', 'spend_import',
                             'spend_line', 'line_allocation', 'line_document', 'line_query'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER trace_new AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION leaves_a_trace()', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER trace_changed AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION leaves_a_trace()', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER stays BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION nothing_goes()', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['budget', 'contribution', 'receipt', 'spend_line', 'line_allocation'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER open_new AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION only_while_open()', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER open_changed AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION only_while_open()', t);
    END LOOP;
END $$;
CREATE OR REPLACE TRIGGER adds_up_new AFTER INSERT ON line_allocation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION adds_up();
CREATE OR REPLACE TRIGGER adds_up_changed AFTER UPDATE ON line_allocation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION adds_up();
CREATE OR REPLACE TRIGGER closed_for_good BEFORE UPDATE ON accounting_period FOR EACH ROW EXECUTE FUNCTION closed_stays_closed();
CREATE OR REPLACE TRIGGER trace_stands BEFORE UPDATE OR DELETE ON book_event FOR EACH ROW EXECUTE FUNCTION nothing_goes();
