-- Row security of everything that names a person we help. Reading needs a key on this transaction's ticket; lists of one's own people need
-- a principal on the person's row. Writing needs the person to be writable on the ticket. Nothing here is deletable by the web or the worker.
CALL wall('ticket');

DO $$
DECLARE
    t record;
    writable constant text := 'person_id = ANY ((SELECT ticket_writable())::bigint[])';
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('person_name', $p$CASE WHEN protected_as = '' THEN category_no('index_entry') ELSE category_no(protected_as) END$p$),
        ('person_profile', $p$category_no('index_entry')$p$),
        ('person_marker', $p$category_no('whole_record')$p$),
        ('address', $p$CASE WHEN concealed THEN category_no('whereabouts') ELSE category_no('home_address') END$p$),
        ('contact_point', $p$category_no('contact_details')$p$),
        ('safe_contact', $p$category_no('contact_details')$p$),
        ('family_relation', $p$category_no('strengths_needs_plan')$p$),
        ('unsafe_with', $p$category_no('domestic_abuse')$p$)) AS v(name, category)
    LOOP
        CALL wall(t.name, writes => writable, changes => writable, remains => writable,
            reads => format('record_key(person_id, 0, %s) = ANY ((SELECT ticket_keys())::bigint[]) AND %s', t.category,
                CASE t.name WHEN 'person_marker' THEN $p$flag NOT IN ('adopted', 'gender_recognition', 'identity_protected')$p$ ELSE 'true' END));
    END LOOP;
END $$;

-- What hides who somebody is, is set by a records office, and ends behind a door of two people.
DROP POLICY writes ON person_marker;
CREATE POLICY writes ON person_marker FOR INSERT TO alongside_app WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]) AND sets_marker(flag));
GRANT EXECUTE ON FUNCTION sets_marker(text) TO alongside_app;
DROP POLICY changes ON person_marker;
CREATE POLICY changes ON person_marker FOR UPDATE TO alongside_app USING (person_id = ANY ((SELECT ticket_writable())::bigint[]) AND NOT ends_by_two(flag)) WITH CHECK (person_id = ANY ((SELECT ticket_writable())::bigint[]) AND NOT ends_by_two(flag));

CALL wall('person', reads => 'acl && (SELECT my_principals())::integer[] OR id = ANY ((SELECT ticket_people())::bigint[])',
    changes => 'id = ANY ((SELECT ticket_writable())::bigint[])', remains => 'id = ANY ((SELECT ticket_writable())::bigint[])',
    columns => 'given_name, family_name, known_as, pronouns, date_of_birth, birth_date_estimated, died_on, nhs_number, nhs_number_status, upn, search_name, sounds');
-- Somebody is let in by two people, behind a door; whoever works with the person ends or narrows it, and the person themself ends what a helper of their own choice may read.
CALL wall('representation', reads => $p$account_id = (SELECT my_account()) OR record_key(person_id, 0, category_no('contact_details')) = ANY ((SELECT ticket_keys())::bigint[])$p$,
    changes => $p$person_id = ANY ((SELECT ticket_writable())::bigint[]) AND ((SELECT is_practitioner()) OR authority = 'consent' AND my_relation(person_id) = 'self')$p$,
    remains => $p$person_id = ANY ((SELECT ticket_writable())::bigint[]) AND ((SELECT is_practitioner()) OR ends <= now())$p$, columns => 'ends, barred_by_court_order, limited_to, authority_verified_at');

-- A register is loaded by an operator at the server, as the worker: a role that has no session, reads nobody and writes people through one door only.
GRANT SELECT, INSERT, UPDATE ON register_import, register_refused_row TO alongside_definer, alongside_worker;
GRANT SELECT ON register_import, register_refused_row TO alongside_app;
REVOKE INSERT, UPDATE ON register_import, register_refused_row FROM alongside_app;
GRANT EXECUTE ON FUNCTION load_register_batch(bigint, integer, integer, jsonb, jsonb) TO alongside_worker;
GRANT EXECUTE ON FUNCTION ticket_keys(), ticket_people(), ticket_writable(), concealed_among(bigint[], text[]), leads_to_somebody_unsafe(bigint, text[]), reaching(bigint) TO alongside_app;
GRANT EXECUTE ON FUNCTION forget_tickets() TO alongside_worker;
