-- What a decision obliges us to, written down behind doors: nobody owes anything, and nobody is told anything, without a ledger line of the
-- very same transaction that says why.

CREATE OR REPLACE FUNCTION line_is_ours(p_line bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM ledger_line l WHERE l.id = p_line AND l.account_id = my_account() AND l.xid = pg_current_xact_id_if_assigned())
$$;

-- Whoever is allocated to a person: the lead practitioner if there is one, else all of them, else the front door of who registered them.
CREATE OR REPLACE FUNCTION who_works_with(p_person bigint) RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH live AS (SELECT DISTINCT coalesce(r.practitioner_id, 1000000000 + r.team_id::integer) AS principal, r.lead FROM relationship r
                   WHERE r.person_id = p_person AND r.kind = 'allocated' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()))
    SELECT CASE WHEN EXISTS (SELECT 1 FROM live WHERE lead) THEN ARRAY(SELECT DISTINCT principal FROM live WHERE lead ORDER BY 1)
                WHEN EXISTS (SELECT 1 FROM live) THEN ARRAY(SELECT DISTINCT principal FROM live ORDER BY 1)
                ELSE ARRAY(SELECT 1000000000 + m.front_door_id::integer FROM person p JOIN partner m ON m.agency_id = p.registered_by_agency_id AND m.left_at IS NULL
                            WHERE p.id = p_person AND m.front_door_id IS NOT NULL LIMIT 1) END
$$;

DROP FUNCTION IF EXISTS allocated_to(bigint);

-- Who uses what is known of a person: those who work with them now and those who opened the record in the last year.
CREATE OR REPLACE FUNCTION users_of(p_person bigint) RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(
        SELECT coalesce(r.practitioner_id, 1000000000 + r.team_id::integer) FROM relationship r
         WHERE r.person_id = p_person AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
        UNION
        SELECT v.practitioner_id FROM record_view v JOIN practitioner w ON w.id = v.practitioner_id AND (w.ends IS NULL OR w.ends > current_date)
         WHERE v.person_id = p_person AND v.last_at > now() - interval '1 year')
$$;

-- Each item: code, owners (principals, or 'works_with' or 'users'), about, summary, due_at, next_step_at, secret (the owner must not learn
-- whom it concerns), once (one open of its kind is enough, whoever raised it). The same thing is owed once a day, however often it happens. Returns how many are new.
-- Its plans are kept: planning took longer than owing. What is owed already is looked for among what is open about the person, not in the owner's whole list.
CREATE OR REPLACE FUNCTION owe(p_line bigint, p_person bigint, p_items jsonb) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE item jsonb; me integer; subject bigint; whom bigint; principals integer[]; already integer[]; made integer := 0; n integer;
BEGIN
    IF NOT line_is_ours(p_line) THEN
        RAISE EXCEPTION 'an obligation needs a ledger line of this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT s.practitioner_id INTO me FROM identity_session s WHERE s.token_hash = token_hash();
    SELECT p.id INTO subject FROM person p WHERE p.id = p_person;
    FOR item IN SELECT * FROM jsonb_array_elements(p_items) LOOP
        principals := CASE item ->> 'to'
            WHEN 'works_with' THEN who_works_with(subject)
            WHEN 'users' THEN array_remove(users_of(subject), me)
            ELSE ARRAY(SELECT jsonb_array_elements_text(item -> 'owners')::integer) END;
        whom := CASE WHEN (item ->> 'secret')::boolean THEN NULL ELSE subject END;
        IF whom IS NULL THEN
            already := ARRAY(SELECT o.owner FROM obligation o WHERE o.owner = ANY (principals) AND o.status = 'open' AND o.person_id IS NULL AND o.code = item ->> 'code'
                                AND o.raised_by_id IS NOT DISTINCT FROM me AND o.about = coalesce(item ->> 'about', '') AND o.created_at > now() - interval '1 day');
        ELSE
            already := ARRAY(SELECT o.owner FROM obligation o WHERE o.person_id = whom AND o.code = item ->> 'code' AND o.status = 'open'
                                AND ((item ->> 'once')::boolean AND split_part(o.about, ':', 1) = split_part(item ->> 'about', ':', 1)
                                     OR o.raised_by_id IS NOT DISTINCT FROM me AND o.about = coalesce(item ->> 'about', '') AND o.created_at > now() - interval '1 day'));
        END IF;
        INSERT INTO obligation (code, person_id, owner, raised_by_id, line_id, about, summary, due_at, next_step_at, status, outcome, note, created_at)
        SELECT item ->> 'code', whom, x, me, p_line, coalesce(item ->> 'about', ''), item ->> 'summary',
               (item ->> 'due_at')::timestamptz, (item ->> 'next_step_at')::timestamptz, 'open', '', '', now()
          FROM unnest(principals) x WHERE NOT x = ANY (already);
        GET DIAGNOSTICS n = ROW_COUNT;
        made := made + n;
    END LOOP;
    RETURN made;
END $$;

-- Why a person must not be told now, from the facts held; empty: they may be.
CREATE OR REPLACE FUNCTION must_wait(p_person bigint) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM ledger_hold h WHERE h.person_id = p_person AND h.reason = 'covert_enquiry' AND h.starts <= now() AND (h.ends IS NULL OR h.ends > now())) THEN 'covert_enquiry'
        WHEN EXISTS (SELECT 1 FROM person_marker m WHERE m.person_id = p_person AND m.flag = 'portal_unsafe' AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now())) THEN 'portal_unsafe'
        ELSE '' END
$$;

-- Whether somebody who may see this person's pages, besides the person, is somebody they are unsafe with, or could be.
CREATE OR REPLACE FUNCTION watched_by_danger(p_person bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM unsafe_with u WHERE u.person_id = p_person AND u.starts <= now() AND (u.ends IS NULL OR u.ends > now()))
$$;

-- Tell a person something, or hold it with its reason and a review. What the database knows stands above what the caller says: nothing
-- reaches a watched screen, and nothing that must be kept from the family reaches anybody but the person.
CREATE OR REPLACE FUNCTION notify_person(p_line bigint, p_person bigint, p jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE subject bigint; held text; hidden text[]; made bigint;
BEGIN
    IF NOT line_is_ours(p_line) THEN
        RAISE EXCEPTION 'a notice needs a ledger line of this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT id INTO subject FROM person WHERE id = p_person;
    IF subject IS NULL THEN RETURN NULL; END IF;
    held := coalesce(nullif(must_wait(subject), ''), p ->> 'held_because', '');
    IF held = 'unsafe_with' AND NOT watched_by_danger(subject) THEN held := 'decision'; END IF;  -- nothing on file whose end would release it
    hidden := ARRAY(SELECT jsonb_array_elements_text(coalesce(p -> 'hidden_from', '[]')));
    IF watched_by_danger(subject) THEN
        hidden := ARRAY(SELECT DISTINCT x FROM unnest(hidden || ARRAY['parental_responsibility', 'no_parental_responsibility', 'proxy']) x ORDER BY 1);
    END IF;
    INSERT INTO person_notice (person_id, code, text, line_id, about, created_at, release_at, held_because, review_at, hidden_from)
    VALUES (subject, p ->> 'code', p ->> 'text', p_line, coalesce(p ->> 'about', ''), now(), CASE WHEN held = '' THEN now() END, held,
            CASE WHEN held <> '' THEN coalesce((p ->> 'review_at')::timestamptz, now() + interval '28 days') END, hidden)
    RETURNING id INTO made;
    RETURN made;
END $$;

-- Whether the person may see a notice now, on the screen this session is looking at.
CREATE OR REPLACE FUNCTION notice_is_for_me(p_person bigint, p_release timestamptz, p_hidden text[]) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM identity_session s WHERE s.token_hash = token_hash() AND s.practitioner_id IS NOT NULL) THEN RETURN true; END IF;
    RETURN coalesce(p_release <= now(), false) AND NOT my_relation(p_person) = ANY (p_hidden) AND chosen_parts(p_person) IS NULL AND must_wait(p_person) <> 'portal_unsafe';
END $$;

-- Held notices whose reason has ended are released; those whose review is due are owed to whoever works with the person, once for all that waits for
-- the same reason. The worker runs it.
CREATE OR REPLACE FUNCTION release_notices(p_at_most integer DEFAULT 500) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer; m integer;
BEGIN
    UPDATE person_notice SET release_at = now(), review_at = NULL
     WHERE id IN (SELECT q.id FROM person_notice q WHERE q.release_at IS NULL AND (
               q.held_because IN ('portal_unsafe', 'covert_enquiry') AND must_wait(q.person_id) = ''
            OR q.held_because = 'unsafe_with' AND must_wait(q.person_id) = '' AND NOT watched_by_danger(q.person_id))
            ORDER BY q.id LIMIT p_at_most FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS n = ROW_COUNT;
    WITH due AS (UPDATE person_notice SET review_at = now() + interval '28 days'
                  WHERE id IN (SELECT id FROM person_notice WHERE release_at IS NULL AND review_at <= now() ORDER BY review_at LIMIT p_at_most FOR UPDATE SKIP LOCKED)
              RETURNING id, person_id, line_id, held_because)
    INSERT INTO obligation (code, person_id, owner, line_id, about, summary, due_at, next_step_at, status, outcome, note, created_at)
    SELECT DISTINCT ON (d.person_id, d.held_because, x) 'delayed_release_reviewed', d.person_id, x, coalesce(d.line_id, 0), 'notice:' || d.id, 'Review: can the person be told now what was held back?',
           now() + interval '7 days', now() + interval '7 days', 'open', '', '', now()
      FROM due d, unnest(who_works_with(d.person_id)) x
     WHERE NOT EXISTS (SELECT 1 FROM obligation o JOIN person_notice q ON o.about = 'notice:' || q.id AND q.held_because = d.held_because
                        WHERE o.person_id = d.person_id AND o.owner = x AND o.code = 'delayed_release_reviewed' AND o.status = 'open');
    GET DIAGNOSTICS m = ROW_COUNT;
    RETURN n + m;
END $$;

-- Lines of the ledger that wait: when the review date of a hold has come, whoever set it looks again. One open review at a time.
CREATE OR REPLACE FUNCTION review_ledger_holds() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer;
BEGIN
    INSERT INTO obligation (code, person_id, owner, line_id, about, summary, due_at, next_step_at, status, outcome, note, created_at)
    SELECT 'delayed_release_reviewed', h.person_id, h.set_by_id, 0, 'ledger_hold:' || h.id, 'Review: must these lines of the access ledger still be kept from the person?',
           now() + interval '7 days', now() + interval '7 days', 'open', '', '', now()
      FROM ledger_hold h
     WHERE h.review_on <= current_date AND h.starts <= now() AND (h.ends IS NULL OR h.ends > now())
       AND NOT EXISTS (SELECT 1 FROM obligation o WHERE o.about = 'ledger_hold:' || h.id AND o.status = 'open');
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;

-- Restrictions whose review has come: whoever set one and may still read it looks again, else all who may.
CREATE OR REPLACE FUNCTION review_restrictions() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer;
BEGIN
    INSERT INTO obligation (code, person_id, owner, line_id, about, summary, due_at, next_step_at, status, outcome, note, created_at)
    SELECT 'review_date_set', r.person_id, x, 0, 'restriction:' || r.id, 'Review: must this record still be closed to all but those named?',
           now() + interval '7 days', now() + interval '7 days', 'open', '', '', now()
      FROM restriction r, unnest(CASE WHEN r.set_by_id = ANY (still_here(r.practitioners)) THEN ARRAY[r.set_by_id] ELSE still_here(r.practitioners) END) x
     WHERE r.review_on <= current_date AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
       AND NOT EXISTS (SELECT 1 FROM obligation o WHERE o.about = 'restriction:' || r.id AND o.status = 'open');
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;

-- What was held back is let go, or kept until a new day, by whoever owes the review. What facts on file forbid is not let go by anybody.
CREATE OR REPLACE FUNCTION look_again(p_obligation bigint, p_let_go boolean, p_until date, p_note text, p_line bigint) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o obligation%ROWTYPE; held bigint; me integer := my_practitioner();
BEGIN
    SELECT * INTO o FROM obligation WHERE id = p_obligation AND (owner = ANY (my_principals()) OR climbed_to = ANY (my_principals())) FOR UPDATE;
    IF NOT FOUND OR NOT line_is_ours(p_line) THEN
        RAISE EXCEPTION 'a review is answered by whoever owes it, on a ledger line of this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF o.status <> 'open' THEN RETURN 'answered'; END IF;
    held := nullif(split_part(o.about, ':', 2), '')::bigint;
    CASE split_part(o.about, ':', 1)
        WHEN 'notice' THEN
            IF p_let_go AND must_wait(o.person_id) <> '' THEN RETURN 'must_wait'; END IF;
            UPDATE person_notice SET release_at = CASE WHEN p_let_go THEN now() END, review_at = CASE WHEN p_let_go THEN NULL ELSE p_until END
             WHERE person_id = o.person_id AND release_at IS NULL AND held_because = (SELECT q.held_because FROM person_notice q WHERE q.id = held);
        WHEN 'ledger_hold' THEN
            UPDATE ledger_hold SET ends = CASE WHEN p_let_go THEN now() ELSE ends END, review_on = coalesce(p_until, review_on) WHERE id = held AND person_id = o.person_id;
        WHEN 'restriction' THEN
            UPDATE restriction SET ends = CASE WHEN p_let_go THEN now() ELSE ends END, review_on = coalesce(p_until, review_on) WHERE id = held AND person_id = o.person_id;
        ELSE RAISE EXCEPTION 'nothing is held under %', o.about;
    END CASE;
    UPDATE obligation SET status = 'done', outcome = CASE WHEN p_let_go THEN 'let_go' ELSE 'kept' END, note = p_note, done_at = now(), done_by_id = me WHERE id = o.id;
    RETURN 'done';
END $$;

-- A new judgement of risk wakes what waits for one: decisions that somebody else made sleep under these codes.
CREATE OR REPLACE FUNCTION wake_for_risk(p_person bigint, p_within interval) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer;
BEGIN
    IF NOT p_person = ANY (ticket_writable()) THEN
        RAISE EXCEPTION 'nobody may judge a risk here without the right to write' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE obligation SET due_at = now() + p_within, next_step_at = now() + p_within
     WHERE person_id = p_person AND code = 'review_if_risk_changes' AND status = 'open' AND due_at IS NULL;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;

-- A complaint about an access or about how information was used: from the person, or who acts for them. It reaches the agency whose line it
-- is about, else the agency that registered the person.
CREATE OR REPLACE FUNCTION complain(p_person bigint, p_line bigint, p_of bigint, p_text text, p_acknowledge_by timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE made bigint; owner_agency integer;
BEGIN
    IF NOT line_is_ours(p_line) OR NOT p_person = ANY (ticket_people()) THEN
        RAISE EXCEPTION 'a complaint is made from the record it is about' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce((SELECT l.agency_id FROM ledger_line l WHERE l.id = p_of AND (l.person_id = p_person OR l.people @> ARRAY[p_person])),
                    (SELECT p.registered_by_agency_id FROM person p WHERE p.id = p_person)) INTO owner_agency;
    INSERT INTO access_complaint (person_id, line_id, text, made_by_id, agency_id, made_at, acknowledge_by, outcome, answer)
    VALUES (p_person, p_of, p_text, my_account(), owner_agency, now(), p_acknowledge_by, '', '') RETURNING id INTO made;
    RETURN made;
END $$;
