-- How much somebody wants to be involved stands beside what they agreed to: read with the plan's key, written with the right to write.
CALL wall('involvement', reads => $p$record_key(person_id, 0, category_no('strengths_needs_plan')) = ANY ((SELECT ticket_keys())::bigint[])$p$,
    writes => 'person_id = ANY ((SELECT ticket_writable())::bigint[])', changes => 'person_id = ANY ((SELECT ticket_writable())::bigint[])', remains => 'person_id = ANY ((SELECT ticket_writable())::bigint[])');
GRANT EXECUTE ON FUNCTION ask_again(integer) TO alongside_worker;
