-- Only the linkage functions read or write pairs; the records office and the worker reach them through those.
CALL wall('same_person');
CALL wall('same_person_event');
CALL wall('linkage_due');

GRANT EXECUTE ON FUNCTION compare_due(integer), propose_same_person(bigint, bigint, double precision, text[]) TO alongside_worker;
GRANT EXECUTE ON FUNCTION pairs_to_judge(text[], integer), judge_pair(bigint, text, text), linked_to(bigint) TO alongside_app;
