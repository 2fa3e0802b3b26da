-- The books are open to every partner, and to whoever left for the periods that it was party to; sums, promises, budgets and what came of it to a board member who works for none too, and of lines those that paid an
-- organisation. Nobody else reads them. Nothing is taken out; what was said is not changed. Lines, allocations, documents, files and the closing of periods are written by doors alone.
DO $$
DECLARE t record; party text; shown text;
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('treasurer', NULL), ('spend_line', NULL), ('line_allocation', NULL), ('line_document', NULL), ('spend_import', NULL), ('spend_row_left_out', NULL), ('book_event', NULL), ('supplier', NULL),
        ('accounting_period', $p$keeps_books(partnership_id, NULL) AND status = 'open' AND proposed_by_id IS NULL AND closed_by_id IS NULL AND published_at IS NULL$p$),
        ('objective_code', 'keeps_books(partnership_id, NULL) AND (objective_id IS NULL OR EXISTS (SELECT 1 FROM objective o WHERE o.id = objective_id AND o.partnership_id = objective_code.partnership_id))'),
        ('cost_centre', 'keeps_books(partnership_id, NULL)'),
        ('pooled_fund', 'keeps_books(partnership_id, NULL) AND is_live_partner(partnership_id, host_id)'),
        ('pooled_share', 'keeps_books(partnership_id, NULL) AND is_live_partner(partnership_id, agency_id)'),
        ('budget', 'keeps_books(partnership_id, NULL) AND partnership_of_period(period_id) = partnership_id'),
        ('contribution', 'keeps_books(partnership_id, agency_id) AND is_live_partner(partnership_id, agency_id) AND partnership_of_period(period_id) = partnership_id AND said_by_id = my_practitioner()'),
        ('receipt', 'closes_books(partnership_id, agency_id) AND partnership_of_period(period_id) = partnership_id AND noted_by_id = my_practitioner()'),
        ('counted_benefit', $p$is_partner(partnership_id) AND partnership_of_period(period_id) = partnership_id AND recorded_by_id = my_practitioner()
            AND EXISTS (SELECT 1 FROM benefit f WHERE f.id = benefit_id AND f.partnership_id = counted_benefit.partnership_id AND f.harm = is_harm)$p$),
        ('line_query', 'is_partner(partnership_id) AND asked_by_id = my_practitioner() AND answered_at IS NULL')) AS v(name, insert_when)
    LOOP
        party := CASE
            WHEN t.name = 'accounting_period' THEN ' OR id = ANY ((SELECT periods_left_to_me())::bigint[])'
            WHEN t.name IN ('spend_line', 'line_allocation', 'budget', 'contribution', 'receipt', 'counted_benefit') THEN ' OR period_id = ANY ((SELECT periods_left_to_me())::bigint[])'
            WHEN t.name IN ('line_document', 'line_query') THEN ' OR EXISTS (SELECT 1 FROM spend_line l WHERE l.id = line_id AND l.period_id = ANY ((SELECT periods_left_to_me())::bigint[]))'
            WHEN t.name IN ('supplier', 'cost_centre', 'objective_code', 'pooled_fund', 'pooled_share', 'treasurer') THEN ' OR partnership_id = ANY ((SELECT books_left_to_me())::bigint[])'
            ELSE '' END;
        shown := CASE WHEN t.name IN ('treasurer', 'accounting_period', 'objective_code', 'cost_centre', 'pooled_fund', 'pooled_share', 'budget', 'contribution', 'receipt', 'counted_benefit', 'line_allocation')
            THEN 'books_shown_to_me' ELSE 'books_open_to_me' END;
        CALL wall(t.name, reads => format('partnership_id = ANY ((SELECT %s())::bigint[])', shown) || party, writes => t.insert_when);
    END LOOP;
END $$;

CALL wall('spend_batch');

CREATE POLICY shown ON supplier FOR SELECT TO alongside_app USING (kind = 'organisation' AND partnership_id = ANY ((SELECT boards_of_my_own())::bigint[]));
CREATE POLICY shown ON spend_line FOR SELECT TO alongside_app USING (partnership_id = ANY ((SELECT boards_of_my_own())::bigint[]) AND supplier_id IN (SELECT s.id FROM supplier s WHERE s.kind = 'organisation'));

-- A command on the server reads what it loads, and no partnership's books beside.
CREATE POLICY changes ON line_query FOR UPDATE TO alongside_app USING (answered_at IS NULL AND closes_books(partnership_id, agency_id)) WITH CHECK (closes_books(partnership_id, agency_id) AND answered_by_id = my_practitioner());
GRANT UPDATE (answer, answered_by_id, answered_at) ON line_query TO alongside_app;
CREATE POLICY changes ON cost_centre FOR UPDATE TO alongside_app USING (keeps_books(partnership_id, NULL)) WITH CHECK (keeps_books(partnership_id, NULL));
GRANT UPDATE (objective, overhead, fund_id) ON cost_centre TO alongside_app;
CREATE POLICY changes ON supplier FOR UPDATE TO alongside_app USING (keeps_books(partnership_id, NULL)) WITH CHECK (keeps_books(partnership_id, NULL));
GRANT UPDATE (kind) ON supplier TO alongside_app;
CREATE POLICY loads ON accounting_period FOR SELECT TO alongside_worker USING (true);
CREATE POLICY opens ON accounting_period FOR INSERT TO alongside_worker WITH CHECK (status = 'open' AND proposed_by_id IS NULL AND closed_by_id IS NULL AND published_at IS NULL);
CREATE POLICY loads ON spend_import FOR SELECT TO alongside_worker USING (true);
CREATE POLICY loads ON spend_row_left_out FOR SELECT TO alongside_worker USING (true);
CREATE POLICY loads ON spend_line FOR SELECT TO alongside_worker USING (true);
GRANT SELECT ON accounting_period, spend_import, spend_row_left_out, spend_line TO alongside_worker;
GRANT INSERT ON accounting_period TO alongside_worker;

GRANT EXECUTE ON FUNCTION
    books_open_to_me(), books_shown_to_me(), periods_left_to_me(), books_left_to_me(), paid_by(bigint), paid_for(bigint), keeps_books(bigint, bigint), closes_books(bigint, bigint), partnership_of_period(bigint), is_live_partner(bigint, bigint), confirms_closing(bigint),
    record_spend(jsonb, timestamptz), correct_spend(bigint, bigint, date, text, numeric, text, timestamptz), allocate_line(bigint, jsonb, timestamptz),
    attach_to_line(bigint, uuid, text, text, text, bytea, timestamptz), propose_closing(bigint, timestamptz), answer_closing(bigint, boolean, timestamptz), book_return(bigint, timestamptz), publish_period(bigint, timestamptz),
    name_treasurer(bigint, bigint, timestamptz), published_periods(bigint), published_contributions(bigint), published_lines(bigint, integer, integer)
    TO alongside_app;
GRANT EXECUTE ON FUNCTION
    begin_spend_import(jsonb, timestamptz), stage_spend(bigint, integer, integer, jsonb, jsonb), spend_is_read(bigint, jsonb, date, date), finish_spend_import(bigint, timestamptz),
    discard_spend_import(bigint, timestamptz), spend_preview(bigint)
    TO alongside_app, alongside_worker;
