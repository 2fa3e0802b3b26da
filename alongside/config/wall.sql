-- The wall around one table, applied before the row security. Nobody passes unless a condition beside the table's model lets them:
-- `reads` which rows the web may read, `writes` which it may add, `changes` which it may alter (in these `columns` only, where they are named, and only
-- into what `remains` allows). The worker takes part, over all rows, with the privileges named for it. What stands behind doors sees every row, and may do
-- what `definer` says. Whatever was granted or allowed before is gone, so that a file read again leaves what it says and nothing else.
DROP PROCEDURE IF EXISTS wall;
CREATE PROCEDURE wall(name text, reads text DEFAULT NULL, writes text DEFAULT NULL, changes text DEFAULT NULL, remains text DEFAULT NULL, columns text DEFAULT NULL,
    worker text DEFAULT NULL, definer text DEFAULT 'SELECT, INSERT, UPDATE, DELETE') LANGUAGE plpgsql AS $$
DECLARE former text;
BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    FOR former IN SELECT p.polname FROM pg_policy p WHERE p.polrelid = format('%I', name)::regclass LOOP
        EXECUTE format('DROP POLICY %I ON %I', former, name);
    END LOOP;
    EXECUTE format('REVOKE ALL ON %I FROM alongside_app, alongside_worker, alongside_definer', name);

    EXECUTE format('CREATE POLICY functions ON %I TO alongside_definer USING (true) WITH CHECK (true)', name);
    IF definer <> '' THEN
        EXECUTE format('GRANT %s ON %I TO alongside_definer', definer, name);
    END IF;
    IF reads IS NOT NULL THEN
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_app USING (%s)', name, reads);
        EXECUTE format('GRANT SELECT ON %I TO alongside_app', name);
    END IF;
    IF writes IS NOT NULL THEN
        EXECUTE format('CREATE POLICY writes ON %I FOR INSERT TO alongside_app WITH CHECK (%s)', name, writes);
        EXECUTE format('GRANT INSERT ON %I TO alongside_app', name);
    END IF;
    IF changes IS NOT NULL THEN
        EXECUTE format('CREATE POLICY changes ON %I FOR UPDATE TO alongside_app USING (%s)%s', name, changes, ' WITH CHECK (' || remains || ')');
        EXECUTE format('GRANT UPDATE%s ON %I TO alongside_app', ' (' || columns || ')', name);
    END IF;
    IF worker IS NOT NULL THEN
        EXECUTE format('CREATE POLICY works ON %I TO alongside_worker USING (true) WITH CHECK (true)', name);
        EXECUTE format('GRANT %s ON %I TO alongside_worker', worker, name);
    END IF;
END $$;
