-- Everything reaches the ledger through its functions: nobody who signs in may write a line, and only the sealer sees more than nothing.
ALTER TABLE ledger_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_line FORCE ROW LEVEL SECURITY;
REVOKE ALL ON ledger_line, ledger_seal, ledger_cosignature FROM PUBLIC, alongside_definer, alongside_app, alongside_worker, alongside_sealer;

GRANT SELECT, INSERT ON ledger_line TO alongside_definer;
GRANT UPDATE (salt, people_salt, account_id, practitioner_id, agency_id, person_id, people, verb, category, item, purpose, basis, decision,
    rules, obligations, withheld, reason, surface, automatic, detail) ON ledger_line TO alongside_definer;
GRANT SELECT (era, xid, id, at, commitment) ON ledger_line TO alongside_sealer;

DROP POLICY IF EXISTS ledger_line_doors ON ledger_line;
CREATE POLICY ledger_line_doors ON ledger_line TO alongside_definer USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS ledger_line_sealing ON ledger_line;
CREATE POLICY ledger_line_sealing ON ledger_line FOR SELECT TO alongside_sealer USING (true);

-- Seals and cosignatures name nobody: anyone may hold them against the lines.
GRANT SELECT ON ledger_seal, ledger_cosignature TO alongside_definer, alongside_app, alongside_worker;
GRANT SELECT, INSERT ON ledger_seal, ledger_cosignature TO alongside_sealer;

GRANT EXECUTE ON FUNCTION ledger_append(text, text, bigint, bigint, bigint, bigint, bigint[], text, text, text, text, text, text[], text[],
    text[], text, boolean, jsonb) TO alongside_app, alongside_worker;
GRANT EXECUTE ON FUNCTION ledger_erase(bigint[], text, text, bigint, bigint) TO alongside_worker;
GRANT EXECUTE ON FUNCTION ledger_about(bigint, bigint, integer) TO alongside_app, alongside_worker;
GRANT EXECUTE ON FUNCTION ledger_waiting() TO alongside_app, alongside_worker, alongside_sealer;
