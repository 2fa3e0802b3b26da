-- Only the linkage functions read or write pairs; the records office and the worker reach them through those.
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['same_person', 'same_person_event', 'linkage_due'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('DROP POLICY IF EXISTS functions ON %I', t);
        EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', t);
        EXECUTE format('REVOKE ALL ON %I FROM alongside_app, alongside_worker', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO alongside_definer', t);
    END LOOP;
END $$;

GRANT EXECUTE ON FUNCTION compare_due(integer), propose_same_person(bigint, bigint, double precision, text[]) TO alongside_worker;
GRANT EXECUTE ON FUNCTION pairs_to_judge(text[], integer), judge_pair(bigint, text, text), linked_to(bigint) TO alongside_app;
