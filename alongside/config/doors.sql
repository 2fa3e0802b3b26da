-- Applied between the functions and the row security. A SECURITY DEFINER function is a door through the wall: it belongs to a role that
-- can do nothing else, and nobody may call it until policies.sql grants it by name. Other functions run with the caller's own rights.
DO $$
DECLARE f record;
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS signature, p.prosecdef, p.proowner::regrole::text AS owner
               FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
              WHERE n.nspname = 'public' AND p.prokind = 'f' AND p.proowner IN ('alongside_owner'::regrole, 'alongside_definer'::regrole)
    LOOP
        IF f.prosecdef AND f.owner <> 'alongside_definer' THEN
            EXECUTE format('ALTER FUNCTION %s OWNER TO alongside_definer', f.signature);
        ELSIF NOT f.prosecdef THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO alongside_app, alongside_worker, alongside_sealer, alongside_definer', f.signature);
        END IF;
    END LOOP;
END $$;
