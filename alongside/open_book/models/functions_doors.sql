-- Lines of spend and the closing of periods: each door asks for itself who is asking. Nobody writes these by hand.

CREATE OR REPLACE FUNCTION keeper_only(p_partnership bigint, p_agency bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT coalesce(keeps_books(p_partnership, p_agency), false) THEN
        PERFORM not_yours('The books are kept by the treasurer, by the partnership''s lead and, for what an agency pays and puts in, by whoever speaks for it.');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION closer_only(p_partnership bigint, p_agency bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT coalesce(closes_books(p_partnership, p_agency), false) THEN
        PERFORM not_yours('The books are closed by those who keep them, or kept them when the partnership ended.');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION record_spend(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n record; new_id bigint;
BEGIN
    SELECT * INTO n FROM jsonb_to_record(p) AS x(partnership bigint, agency bigint, period bigint, supplier text, supplier_kind text, paid_on date, amount numeric, cost_centre text, reference text, description text, submission_key uuid);
    PERFORM keeper_only(n.partnership, n.agency);
    SELECT id INTO new_id FROM spend_line WHERE submission_key = n.submission_key AND recorded_by_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    IF NOT is_live_partner(n.partnership, n.agency) THEN PERFORM not_now('Only a partner pays for the partnership.'); END IF;
    IF NOT EXISTS (SELECT 1 FROM accounting_period WHERE id = n.period AND partnership_id = n.partnership AND n.paid_on BETWEEN first AND last) THEN PERFORM not_now('The day lies outside the period.'); END IF;
    INSERT INTO supplier (partnership_id, name, kind) VALUES (n.partnership, n.supplier, n.supplier_kind) ON CONFLICT DO NOTHING;
    IF n.cost_centre <> '' THEN INSERT INTO cost_centre (partnership_id, name, objective, overhead) VALUES (n.partnership, n.cost_centre, '', false) ON CONFLICT DO NOTHING; END IF;
    INSERT INTO spend_line (partnership_id, period_id, agency_id, supplier_id, cost_centre_id, paid_on, amount, reference, description, reason, recorded_by_id, recorded_at, submission_key)
    SELECT n.partnership, n.period, n.agency, s.id, (SELECT c.id FROM cost_centre c WHERE c.partnership_id = n.partnership AND c.name = n.cost_centre), n.paid_on, n.amount, n.reference, n.description, '',
           my_practitioner(), least(p_at, now()), n.submission_key
      FROM supplier s WHERE s.partnership_id = n.partnership AND s.name = n.supplier
    RETURNING id INTO new_id;
    RETURN new_id;
END $$;

-- Takes a line back by its exact opposite in an open period and, where an amount is given, puts the right one beside it.
CREATE OR REPLACE FUNCTION correct_spend(p_line bigint, p_period bigint, p_day date, p_reason text, p_amount numeric, p_cost_centre text, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE l spend_line%ROWTYPE; new_id bigint; centre bigint;
BEGIN
    SELECT * INTO l FROM spend_line WHERE id = p_line FOR UPDATE;
    IF NOT FOUND THEN PERFORM not_yours('There is no such line.'); END IF;
    PERFORM closer_only(l.partnership_id, l.agency_id);
    IF btrim(coalesce(p_reason, '')) = '' THEN PERFORM not_now('Say what was wrong.'); END IF;
    SELECT id INTO new_id FROM spend_line WHERE reverses_id = p_line;
    IF FOUND THEN RETURN new_id; END IF;
    IF l.reverses_id IS NOT NULL THEN PERFORM not_now('This line takes another one back. Correct the right one instead.'); END IF;
    IF partnership_of_period(p_period) IS DISTINCT FROM l.partnership_id THEN PERFORM not_now('Choose a period of this partnership.'); END IF;
    centre := l.cost_centre_id;
    IF p_cost_centre <> '' THEN
        INSERT INTO cost_centre (partnership_id, name, objective, overhead) VALUES (l.partnership_id, p_cost_centre, '', false) ON CONFLICT DO NOTHING;
        SELECT id INTO centre FROM cost_centre WHERE partnership_id = l.partnership_id AND name = p_cost_centre;
    END IF;
    INSERT INTO spend_line (partnership_id, period_id, agency_id, supplier_id, cost_centre_id, paid_on, amount, reference, description, reverses_id, reason, recorded_by_id, recorded_at)
    VALUES (l.partnership_id, p_period, l.agency_id, l.supplier_id, l.cost_centre_id, p_day, -l.amount, l.reference, l.description, l.id, p_reason, my_practitioner(), least(p_at, now()))
    RETURNING id INTO new_id;
    INSERT INTO line_allocation (partnership_id, period_id, line_id, objective, amount)
    SELECT partnership_id, p_period, new_id, objective, -amount FROM line_allocation WHERE line_id = l.id AND ends IS NULL;
    IF p_amount IS NOT NULL THEN
        INSERT INTO spend_line (partnership_id, period_id, agency_id, supplier_id, cost_centre_id, paid_on, amount, reference, description, corrects_id, reason, recorded_by_id, recorded_at)
        VALUES (l.partnership_id, p_period, l.agency_id, l.supplier_id, centre, p_day, p_amount, l.reference, l.description, l.id, p_reason, my_practitioner(), least(p_at, now()));
    END IF;
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION allocate_line(p_line bigint, p_parts jsonb, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE l spend_line%ROWTYPE;
BEGIN
    SELECT * INTO l FROM spend_line WHERE id = p_line FOR UPDATE;
    IF NOT FOUND THEN PERFORM not_yours('There is no such line.'); END IF;
    PERFORM keeper_only(l.partnership_id, l.agency_id);
    IF EXISTS (SELECT 1 FROM jsonb_to_recordset(p_parts) x(objective text) WHERE NOT EXISTS (SELECT 1 FROM objective_code o WHERE o.partnership_id = l.partnership_id AND o.code = x.objective)) THEN
        PERFORM not_now('Choose objectives of this partnership.');
    END IF;
    UPDATE line_allocation SET ends = least(p_at, now()) WHERE line_id = p_line AND ends IS NULL;
    INSERT INTO line_allocation (partnership_id, period_id, line_id, objective, amount)
    SELECT l.partnership_id, l.period_id, l.id, x.objective, x.amount FROM jsonb_to_recordset(p_parts) x(objective text, amount numeric);
END $$;

CREATE OR REPLACE FUNCTION attach_to_line(p_line bigint, p_reference uuid, p_name text, p_type text, p_sha256 text, p_content bytea, p_at timestamptz) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE l spend_line%ROWTYPE; there uuid;
BEGIN
    SELECT * INTO l FROM spend_line WHERE id = p_line;
    IF NOT FOUND THEN PERFORM not_yours('There is no such line.'); END IF;
    PERFORM closer_only(l.partnership_id, l.agency_id);
    SELECT reference INTO there FROM line_document WHERE line_id = p_line AND sha256 = p_sha256;
    IF FOUND THEN RETURN there; END IF;
    INSERT INTO line_document (partnership_id, line_id, reference, name, content_type, size, sha256, content, attached_by_id, attached_at)
    VALUES (l.partnership_id, l.id, p_reference, p_name, p_type, octet_length(p_content), p_sha256, p_content, my_practitioner(), least(p_at, now()));
    RETURN p_reference;
END $$;

-- Into which open period money goes that is given back on a day: the one that holds it, else the last.
CREATE OR REPLACE FUNCTION period_of_returns(p_partnership bigint, p_day date) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM accounting_period WHERE partnership_id = p_partnership AND status <> 'closed' ORDER BY p_day BETWEEN first AND last DESC, first DESC LIMIT 1
$$;

CREATE OR REPLACE FUNCTION money_still_goes_back(p_period bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM accounting_period d JOIN resource_return r ON r.partnership_id = d.partnership_id AND r.amount > 0 AND r.done_at IS NULL
                    WHERE d.id = p_period AND d.id = period_of_returns(d.partnership_id, current_date))
$$;

-- Money that was given back by the exit plan has left the books too, once, as paid by the lead's agency. Where every period is closed it stands in the exit plan alone.
CREATE OR REPLACE FUNCTION book_return(p_return bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r resource_return%ROWTYPE; day date := (least(p_at, now()) AT TIME ZONE 'Europe/London')::date; receiver text;
BEGIN
    SELECT * INTO r FROM resource_return WHERE id = p_return AND amount > 0 AND done_at IS NOT NULL;
    IF NOT FOUND OR NOT (r.owner_id = my_practitioner() OR winds_up(r.partnership_id)) THEN PERFORM not_yours('Whoever gave it back puts it into the books.'); END IF;
    SELECT name INTO receiver FROM agency WHERE id = r.agency_id;
    INSERT INTO supplier (partnership_id, name, kind) VALUES (r.partnership_id, receiver, 'organisation') ON CONFLICT DO NOTHING;
    INSERT INTO spend_line (partnership_id, period_id, agency_id, supplier_id, paid_on, amount, reference, description, reason, fingerprint, recorded_by_id, recorded_at)
    SELECT r.partnership_id, d.id, s.lead_agency_id, u.id, day, r.amount, '', left('Given back: ' || r.what, 300), '', 'return ' || r.id, my_practitioner(), least(p_at, now())
      FROM accounting_period d JOIN partnership s ON s.id = d.partnership_id JOIN supplier u ON u.partnership_id = s.id AND u.name = receiver WHERE d.id = period_of_returns(r.partnership_id, day)
    ON CONFLICT DO NOTHING;
END $$;

-- The treasurer or the lead proposes to close a period; somebody who speaks for another partner confirms it, or sends it back.
CREATE OR REPLACE FUNCTION propose_closing(p_period bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one accounting_period%ROWTYPE; waiting bigint;
BEGIN
    SELECT * INTO one FROM accounting_period WHERE id = p_period FOR UPDATE;
    IF NOT FOUND THEN PERFORM not_yours('There is no such period.'); END IF;
    PERFORM closer_only(one.partnership_id, NULL);
    IF one.status <> 'open' THEN RETURN; END IF;
    IF is_over(one.partnership_id) THEN
        IF money_still_goes_back(p_period) THEN PERFORM not_now('Money of the exit plan is still to be given back, and belongs into these books. Tick it off first, under How it ends.'); END IF;
    ELSIF one.last >= (p_at AT TIME ZONE 'Europe/London')::date THEN PERFORM not_now('The period is not over yet.');
    END IF;
    SELECT count(*) INTO waiting FROM line_query q JOIN spend_line l ON l.id = q.line_id WHERE l.period_id = p_period AND q.answered_at IS NULL;
    IF waiting > 0 THEN PERFORM not_now(format('Questions on its lines wait for an answer: %s. Answer them first.', waiting)); END IF;
    UPDATE accounting_period SET status = 'proposed', proposed_by_id = my_practitioner(), proposed_at = least(p_at, now()) WHERE id = p_period;
END $$;

CREATE OR REPLACE FUNCTION confirms_closing(p_period bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM accounting_period p JOIN practitioner who ON who.id = p.proposed_by_id JOIN practitioner me ON me.id = my_practitioner()
                    WHERE p.id = p_period AND p.status = 'proposed' AND me.id <> who.id AND me.agency_id <> who.agency_id AND spoke_for(p.partnership_id, me.agency_id))
$$;

CREATE OR REPLACE FUNCTION answer_closing(p_period bigint, p_close boolean, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one accounting_period%ROWTYPE;
BEGIN
    SELECT * INTO one FROM accounting_period WHERE id = p_period FOR UPDATE;
    IF NOT FOUND THEN PERFORM not_yours('There is no such period.'); END IF;
    IF one.status = 'closed' AND one.closed_by_id = my_practitioner() THEN RETURN; END IF;
    IF NOT confirms_closing(p_period) THEN PERFORM not_yours('A period is closed by somebody who speaks for another partner than whoever proposed it.'); END IF;
    IF p_close THEN
        UPDATE accounting_period SET status = 'closed', closed_by_id = my_practitioner(), closed_at = least(p_at, now()) WHERE id = p_period;
    ELSE
        UPDATE accounting_period SET status = 'open', proposed_by_id = NULL, proposed_at = NULL WHERE id = p_period;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION publish_period(p_period bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one accounting_period%ROWTYPE;
BEGIN
    SELECT * INTO one FROM accounting_period WHERE id = p_period FOR UPDATE;
    IF NOT FOUND THEN PERFORM not_yours('There is no such period.'); END IF;
    PERFORM closer_only(one.partnership_id, NULL);
    IF one.status <> 'closed' THEN PERFORM not_now('Only closed books are published.'); END IF;
    UPDATE accounting_period SET published_at = least(p_at, now()) WHERE id = p_period AND published_at IS NULL;
END $$;

CREATE OR REPLACE FUNCTION name_treasurer(p_partnership bigint, p_practitioner bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (leads_partnership(p_partnership) AND is_partner(p_partnership)) THEN PERFORM not_yours('The partnership''s lead names its treasurer.'); END IF;
    IF NOT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = p_practitioner AND is_live_partner(p_partnership, w.agency_id)) THEN PERFORM not_now('A treasurer works for a partner.'); END IF;
    IF EXISTS (SELECT 1 FROM treasurer WHERE partnership_id = p_partnership AND practitioner_id = p_practitioner AND ends IS NULL) THEN RETURN; END IF;
    UPDATE treasurer SET ends = least(p_at, now()) WHERE partnership_id = p_partnership AND ends IS NULL;
    INSERT INTO treasurer (partnership_id, practitioner_id, named_by_id, starts) VALUES (p_partnership, p_practitioner, my_practitioner(), least(p_at, now()));
END $$;
