-- Asked by whoever has the record open to write in it; read with the record, by a person only about their own helpers, and by the records office behind its doors; answered behind a door.
CALL wall('letting_in', reads => $p$record_key(person_id, 0, category_no('contact_details')) = ANY ((SELECT ticket_keys())::bigint[]) AND ((SELECT is_practitioner()) OR stands = 'helper' AND my_relation(person_id) = 'self')$p$,
    writes => $p$person_id = ANY ((SELECT ticket_writable())::bigint[]) AND asked_by_id IS NOT DISTINCT FROM (SELECT my_practitioner()) AND answered_at IS NULL AND agreed IS NULL
        AND ((SELECT is_practitioner()) OR my_relation(person_id) = 'self')$p$);
GRANT EXECUTE ON FUNCTION chosen_parts(bigint), offices_for(bigint), letting_in_waiting(), letting_in_to_answer(bigint), answer_letting_in(bigint, boolean, text, bigint, jsonb, jsonb, jsonb) TO alongside_app;
