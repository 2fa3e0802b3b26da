-- Endings of secret markers are asked for, seen and answered behind their doors only.
CALL wall('protection_ending');
GRANT EXECUTE ON FUNCTION protections(), protection_to_end(bigint), ending_to_answer(bigint), line_of_ending(bigint, bigint, jsonb), ask_to_end(bigint, text, bigint), answer_ending(bigint, boolean, text, bigint, jsonb) TO alongside_app;
