-- Endings of secret markers are asked for, seen and answered behind their doors only.
ALTER TABLE protection_ending ENABLE ROW LEVEL SECURITY;
ALTER TABLE protection_ending FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS functions ON protection_ending;
CREATE POLICY functions ON protection_ending TO alongside_definer USING (true) WITH CHECK (true);
REVOKE ALL ON protection_ending FROM alongside_app, alongside_worker;
GRANT SELECT, INSERT, UPDATE ON protection_ending TO alongside_definer;
GRANT EXECUTE ON FUNCTION protections(), protection_to_end(bigint), ending_to_answer(bigint), line_of_ending(bigint, bigint, jsonb), ask_to_end(bigint, text, bigint), answer_ending(bigint, boolean, text, bigint, jsonb) TO alongside_app;
