-- Everything reaches the ledger through its functions: nobody who signs in may write a line, and only the sealer sees more than nothing.
REVOKE ALL ON ledger_line, ledger_seal, ledger_cosignature FROM PUBLIC, alongside_definer, alongside_app, alongside_worker, alongside_sealer;

CALL wall('ledger_line', definer => 'SELECT, INSERT');
GRANT UPDATE (salt, kept_salt, account_id, practitioner_id, agency_id, person_id, people, verb, category, item, purpose, basis, decision,
    rules, obligations, withheld, reason, surface, automatic, detail) ON ledger_line TO alongside_definer;
GRANT SELECT (era, xid, id, at, commitment) ON ledger_line TO alongside_sealer;

CREATE POLICY seals ON ledger_line FOR SELECT TO alongside_sealer USING (true);

-- Seals and cosignatures name nobody: anyone may hold them against the lines, and only the sealer adds to them.
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['ledger_seal', 'ledger_cosignature'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('DROP POLICY IF EXISTS reads ON %I', t);
        EXECUTE format('DROP POLICY IF EXISTS adds ON %I', t);
        EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO alongside_definer, alongside_app, alongside_worker, alongside_sealer USING (true)', t);
        EXECUTE format('CREATE POLICY adds ON %I FOR INSERT TO alongside_sealer WITH CHECK (true)', t);
        EXECUTE format('GRANT SELECT ON %I TO alongside_definer, alongside_app, alongside_worker, alongside_sealer', t);
        EXECUTE format('GRANT INSERT ON %I TO alongside_sealer', t);
    END LOOP;
END $$;

GRANT EXECUTE ON FUNCTION ledger_append(text, text, bigint, bigint, bigint, bigint, bigint[], text, text, text, text, text, text[], text[],
    text[], text, boolean, jsonb) TO alongside_app, alongside_worker;
GRANT EXECUTE ON FUNCTION ledger_erase(bigint[], text, text, bigint, bigint) TO alongside_worker;
GRANT EXECUTE ON FUNCTION ledger_about(bigint, text[], bigint, integer) TO alongside_app, alongside_worker;
GRANT EXECUTE ON FUNCTION ledger_waiting() TO alongside_app, alongside_worker, alongside_sealer;
