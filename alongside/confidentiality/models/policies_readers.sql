-- A restriction is written by whoever may write about the person, and always with a reader who is still here; afterwards it may end or get another day of review, and no name on it changes.
CALL wall('restriction', reads => $p$record_key(person_id, 0, category_no('strengths_needs_plan')) = ANY ((SELECT ticket_keys())::bigint[])$p$,
    writes => 'person_id = ANY ((SELECT ticket_writable())::bigint[]) AND cardinality(still_here(practitioners)) > 0',
    changes => 'person_id = ANY ((SELECT ticket_writable())::bigint[])', remains => 'person_id = ANY ((SELECT ticket_writable())::bigint[])', columns => 'ends, ended_by_id, ended_reason, review_on');
GRANT EXECUTE ON FUNCTION still_here(integer[]), ask_for_readers(integer, bigint), readers_wanted(bigint), line_of_readers(bigint, jsonb), settle_readers(bigint, integer[], text, date, bigint, jsonb) TO alongside_app;
GRANT EXECUTE ON FUNCTION tell_of_lost_readers() TO alongside_worker;
