-- What is kept for named readers always has one who is still here. Where the last has left, whoever watches over the record names others or lifts it, without ever
-- reading it: this door tells who could take over and why it was closed, and never whose record it is.

-- Those of them who still work here and can sign in.
CREATE OR REPLACE FUNCTION still_here(p_practitioners integer[]) RETURNS integer[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(SELECT w.id FROM practitioner w LEFT JOIN account a ON a.id = w.account_id
                  WHERE w.id = ANY (p_practitioners) AND (w.ends IS NULL OR w.ends > current_date) AND coalesce(a.is_active, true) ORDER BY 1)
$$;

-- Each part of these people's records that is kept for few, as one thing: everybody named for it, and its readers, whom every restriction of that part names and who are still here.
CREATE OR REPLACE FUNCTION kept_for_few(p_people bigint[]) RETURNS TABLE (id bigint, person_id bigint, category varchar, named integer[], readers integer[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT g.id, g.person_id, g.category, ARRAY(SELECT DISTINCT w FROM restriction r, unnest(r.practitioners) w WHERE r.id = ANY (g.ids) ORDER BY 1),
           still_here(ARRAY(SELECT w FROM restriction r, unnest(r.practitioners) w WHERE r.id = ANY (g.ids) GROUP BY w HAVING count(DISTINCT r.id) = cardinality(g.ids)))
      FROM (SELECT min(r.id) AS id, r.person_id, r.category, array_agg(r.id) AS ids FROM restriction r
             WHERE r.person_id = ANY (p_people) AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) GROUP BY r.person_id, r.category) g
$$;

-- The one thing that a restriction stands for, while it lasts.
CREATE OR REPLACE FUNCTION kept_under(p_id bigint) RETURNS TABLE (id bigint, person_id bigint, category varchar, named integer[], readers integer[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.* FROM kept_for_few(ARRAY(SELECT r.person_id FROM restriction r WHERE r.id = p_id)) k WHERE k.id = p_id
$$;

-- What nobody may open. Asked every minute: only people with a restriction whose readers have all left, or with several of one part, are looked at closely.
CREATE OR REPLACE FUNCTION lost_readers() RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone integer[] := ARRAY(SELECT w.id FROM practitioner w LEFT JOIN account a ON a.id = w.account_id WHERE w.ends <= current_date OR NOT coalesce(a.is_active, true));
BEGIN
    RETURN ARRAY(SELECT k.id FROM kept_for_few(ARRAY(
        SELECT r.person_id FROM restriction r WHERE r.practitioners <@ gone AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
        UNION SELECT r.person_id FROM restriction r WHERE r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) GROUP BY r.person_id, r.category HAVING count(*) > 1)) k WHERE cardinality(k.readers) = 0);
END $$;
REVOKE ALL ON FUNCTION kept_for_few(bigint[]), kept_under(bigint), lost_readers() FROM PUBLIC;

-- The agency whose guardian answers for a restriction: of whoever set it, else the one that registered the person.
CREATE OR REPLACE FUNCTION agency_of_restriction(p_id bigint) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(w.agency_id, p.registered_by_agency_id)::integer FROM restriction r JOIN person p ON p.id = r.person_id LEFT JOIN practitioner w ON w.id = r.set_by_id WHERE r.id = p_id
$$;

-- Who watches over an agency's records: its guardian, its partnership's, else the partnership's lead, as far as they are still here; failing all, the agency's front door.
CREATE OR REPLACE FUNCTION watches_over(p_agency integer) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT x.principal FROM partner p JOIN partnership s ON s.id = p.partnership_id,
           LATERAL (VALUES (1, p.guardian_id), (2, s.guardian_id), (3, s.lead_practitioner_id), (4, 1000000000 + p.front_door_id::integer)) x(place, principal)
     WHERE p.agency_id = p_agency AND p.left_at IS NULL AND (x.principal > 1000000000 OR cardinality(still_here(ARRAY[x.principal])) > 0) ORDER BY x.place, p.id LIMIT 1
$$;

CREATE OR REPLACE FUNCTION owe_readers(p_id bigint, p_by integer, p_line bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO obligation (code, person_id, owner, raised_by_id, line_id, about, summary, due_at, next_step_at, status, outcome, note, created_at)
    SELECT 'name_readers', NULL, x, p_by, p_line, 'readers:' || p_id,
           CASE WHEN p_by IS NULL THEN 'Nobody is left who may open a record, or a part of one: name who may' ELSE 'The last who may open a record is leaving: name who may after them' END,
           now() + interval '24 hours', now() + interval '24 hours', 'open', '', '', now()
      FROM (SELECT watches_over(agency_of_restriction(p_id)) AS x) w
     WHERE x IS NOT NULL AND NOT EXISTS (SELECT 1 FROM obligation o WHERE o.code = 'name_readers' AND o.person_id IS NULL AND o.about = 'readers:' || p_id AND o.status = 'open')
$$;
REVOKE ALL ON FUNCTION owe_readers(bigint, integer, bigint) FROM PUBLIC;

-- Where nobody is left, whoever watches over the record has it on their list, with a clock; what somebody may open again, or is kept for nobody any more, is off it. The worker runs it.
CREATE OR REPLACE FUNCTION tell_of_lost_readers() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE lost bigint[] := lost_readers(); n integer;
BEGIN
    UPDATE obligation o SET status = 'lapsed', outcome = 'no_longer_needed', note = 'Somebody may open it, or it is kept for nobody any more.', done_at = now(), next_step_at = NULL
     WHERE o.code = 'name_readers' AND o.person_id IS NULL AND o.status = 'open' AND NOT split_part(o.about, ':', 2)::bigint = ANY (lost)
       AND (o.raised_by_id IS NULL OR NOT EXISTS (SELECT 1 FROM kept_under(split_part(o.about, ':', 2)::bigint) k WHERE cardinality(k.readers) = 1));
    PERFORM owe_readers(x, NULL, 0) FROM unnest(lost) x WHERE NOT EXISTS (SELECT 1 FROM obligation o WHERE o.code = 'name_readers' AND o.person_id IS NULL AND o.about = 'readers:' || x AND o.status = 'open');
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;

-- Somebody is leaving: for every record that only they may open, others are asked for. By whoever hands over what they hold. Returns how many; NULL: not theirs to ask.
CREATE OR REPLACE FUNCTION ask_for_readers(p_practitioner integer, p_line bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer;
BEGIN
    IF NOT line_is_ours(p_line) OR NOT hands_over_for(p_practitioner) THEN RETURN NULL; END IF;
    PERFORM owe_readers(k.id, my_practitioner(), p_line) FROM kept_for_few(ARRAY(SELECT r.person_id FROM restriction r WHERE p_practitioner = ANY (r.practitioners))) k WHERE k.readers = ARRAY[p_practitioner];
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;

-- Whether this session answers for what nobody may open: it is, or was, on their list, or they guard the agency it belongs to.
CREATE OR REPLACE FUNCTION names_readers(p_id bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM obligation o WHERE o.code = 'name_readers' AND o.person_id IS NULL AND o.about = 'readers:' || p_id AND (o.owner = ANY (my_principals()) OR o.climbed_to = ANY (my_principals())))
        OR is_guardian() AND guards(my_practitioner(), agency_of_restriction(p_id)) AND EXISTS (SELECT 1 FROM kept_under(p_id) k WHERE cardinality(k.readers) = 0)
$$;

-- Whether it still waits: nobody may open it, or the last who may is leaving.
CREATE OR REPLACE FUNCTION waits_for_readers(p_id bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM kept_under(p_id) k WHERE (cardinality(k.readers) = 0 OR cardinality(k.readers) = 1
                    AND EXISTS (SELECT 1 FROM obligation o WHERE o.code = 'name_readers' AND o.person_id IS NULL AND o.about = 'readers:' || p_id AND o.status = 'open')))
$$;

-- Who could take over: whoever works with the person, whoever supervised those who could read, the managers of the agency that closed it, and its front door. Never whoever asks, and no guardian.
CREATE OR REPLACE FUNCTION readers_to_come(p_id bigint) RETURNS TABLE (practitioner integer, who text, agency text, how text, works boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH k AS (SELECT * FROM kept_under(p_id)),
    found(practitioner, how, place) AS (
        SELECT r.practitioner_id, 'works', 1 FROM k JOIN relationship r ON r.person_id = k.person_id
         WHERE r.practitioner_id IS NOT NULL AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
        UNION ALL SELECT m.practitioner_id, 'team', 2 FROM k JOIN relationship r ON r.person_id = k.person_id JOIN team_membership m ON m.team_id = r.team_id
         WHERE r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now())
        UNION ALL SELECT w.supervisor_id, 'supervised', 3 FROM k JOIN practitioner w ON w.id = ANY (k.named)
        UNION ALL SELECT m.practitioner_id, 'manages', 4 FROM k JOIN team t ON t.agency_id = agency_of_restriction(k.id) AND (t.ends IS NULL OR t.ends > current_date)
          JOIN team_membership m ON m.team_id = t.id AND m.is_manager AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now())
        UNION ALL SELECT m.practitioner_id, 'door', 5 FROM k JOIN partner p ON p.agency_id = agency_of_restriction(k.id) AND p.left_at IS NULL
          JOIN team_membership m ON m.team_id = p.front_door_id AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now()))
    SELECT DISTINCT ON (f.practitioner) w.id, w.name || ', ' || w.title, g.name::text, f.how, f.how IN ('works', 'team')
      FROM found f JOIN practitioner w ON w.id = f.practitioner JOIN agency g ON g.id = w.agency_id, k
     WHERE w.role <> 'caldicott_guardian' AND w.id <> my_practitioner() AND cardinality(still_here(ARRAY[w.id])) > 0 AND NOT w.id = ANY (k.readers) ORDER BY f.practitioner, f.place
$$;
REVOKE ALL ON FUNCTION readers_to_come(bigint) FROM PUBLIC;

-- What whoever names readers sees. NULL: it is not theirs. Looking is a line of its own; nothing of the record is in it, and not whose it is.
CREATE OR REPLACE FUNCTION readers_wanted(p_id bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r restriction%ROWTYPE; answer jsonb;
BEGIN
    SELECT * INTO r FROM restriction WHERE id = p_id;
    IF r.id IS NULL OR NOT names_readers(p_id) THEN RETURN NULL; END IF;
    SELECT jsonb_build_object(
        'id', r.id, 'category', r.category, 'waits', waits_for_readers(p_id), 'child', p.date_of_birth > current_date - interval '18 years',
        'agency', (SELECT g.name FROM agency g WHERE g.id = agency_of_restriction(p_id)), 'safe_to_tell', must_wait(r.person_id) = '' AND NOT watched_by_danger(r.person_id),
        'due_at', (SELECT o.due_at FROM obligation o WHERE o.code = 'name_readers' AND o.person_id IS NULL AND o.about = 'readers:' || p_id ORDER BY o.id DESC LIMIT 1),
        'why', (SELECT jsonb_agg(jsonb_build_object('reason', q.reason, 'by', CASE WHEN q.set_by_person THEN 'The person' ELSE coalesce(w.name || ', ' || w.title, 'Not known') END, 'on', q.starts::date) ORDER BY q.id)
                  FROM restriction q LEFT JOIN practitioner w ON w.id = q.set_by_id WHERE q.person_id = r.person_id AND q.category = r.category AND (q.id = r.id OR q.ends IS NULL OR q.ends > now())),
        'named', (SELECT jsonb_agg(jsonb_build_object('who', w.name || ', ' || w.title, 'agency', g.name, 'here', cardinality(still_here(ARRAY[w.id])) > 0) ORDER BY w.name)
                    FROM practitioner w JOIN agency g ON g.id = w.agency_id WHERE w.id = ANY (r.practitioners)),
        'could', coalesce((SELECT jsonb_agg(to_jsonb(c) ORDER BY c.works DESC, c.agency, c.who) FROM readers_to_come(p_id) c), '[]'),
        'came', coalesce((SELECT q.ended_reason FROM restriction q WHERE q.id = p_id AND q.ends <= now()), ''))
      INTO answer FROM person p WHERE p.id = r.person_id;
    PERFORM write_line(jsonb_build_object('verb', 'view_ledger', 'category', 'access_ledger', 'purpose', 'audit', 'basis', 'art5_2_accountability', 'decision', 'permit', 'person_id', r.person_id,
        'item', 'readers:' || p_id, 'surface', 'page'));
    RETURN answer;
END $$;

-- The ledger line of naming readers, or of lifting: it names the person, whom whoever writes it never learns. NULL: it is not theirs.
CREATE OR REPLACE FUNCTION line_of_readers(p_id bigint, p_line jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT names_readers(p_id) THEN RETURN NULL; END IF;
    RETURN write_line(p_line || jsonb_build_object('person_id', (SELECT person_id FROM restriction WHERE id = p_id), 'item', 'readers:' || p_id));
END $$;

-- Name others in place of those who have left (`p_readers`; besides them whoever a duty in law keeps), or lift it (none). Whoever is named and does not work with the person yet is
-- allocated in this act, and has to read the record within a day; the part of those who left ends. The person is told, by what facts on file allow. Never oneself.
CREATE OR REPLACE FUNCTION settle_readers(p_id bigint, p_readers integer[], p_reason text, p_review date, p_line bigint, p_notice jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE k record; me integer := my_practitioner(); new_readers integer[] := '{}'; old restriction%ROWTYPE; tie bigint; who integer;
BEGIN
    IF me IS NULL OR NOT line_is_ours(p_line) OR NOT names_readers(p_id) THEN RETURN 'not_yours'; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('readers:' || p_id));
    IF NOT waits_for_readers(p_id) THEN RETURN 'answered'; END IF;
    SELECT * INTO k FROM kept_under(p_id);
    SELECT * INTO old FROM restriction WHERE id = p_id;
    IF cardinality(p_readers) > 0 THEN
        IF NOT p_readers <@ ARRAY(SELECT c.practitioner FROM readers_to_come(p_id) c) THEN RETURN 'not_one_of_them'; END IF;
        new_readers := ARRAY(
            SELECT unnest(p_readers) UNION
            SELECT r.practitioner_id FROM relationship r JOIN agency g ON g.id = r.agency_id
             WHERE r.person_id = k.person_id AND r.practitioner_id IS NOT NULL AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()) AND g.kind_id IN ('council_children', 'council_adults', 'police')
               AND r.kind IN ('allocated', 'team_cover') AND k.category IN ('', 'safeguarding_concern', 'child_protection_plan', 'domestic_abuse') AND NOT r.practitioner_id = ANY (k.named) AND r.practitioner_id <> me
             ORDER BY 1);
    END IF;
    UPDATE restriction r SET ends = now(), ended_by_id = me, ended_reason = p_reason WHERE r.person_id = k.person_id AND r.category = k.category AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now());
    UPDATE relationship r SET ends = now(), ended_reason = 'Left' WHERE r.person_id = k.person_id AND r.practitioner_id = ANY (k.named) AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())
       AND NOT r.practitioner_id = ANY (new_readers) AND (cardinality(still_here(ARRAY[r.practitioner_id])) = 0 OR k.category = '' AND cardinality(new_readers) > 0 AND r.practitioner_id = ANY (k.readers));
    IF cardinality(new_readers) > 0 THEN
        INSERT INTO restriction (person_id, practitioners, category, reason, set_by_id, set_by_person, starts, review_on, ended_reason)
        VALUES (k.person_id, new_readers, k.category, old.reason, old.set_by_id, old.set_by_person, now(), p_review, '');
        FOREACH who IN ARRAY new_readers LOOP
            CONTINUE WHEN EXISTS (SELECT 1 FROM relationship r WHERE r.person_id = k.person_id AND r.practitioner_id = who AND r.kind <> 'break_glass' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()));
            INSERT INTO relationship (person_id, practitioner_id, agency_id, kind, lead, reason, starts, ended_reason)
            SELECT k.person_id, who, w.agency_id, 'allocated',
                   NOT EXISTS (SELECT 1 FROM relationship r WHERE r.person_id = k.person_id AND r.lead AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now())), 'Named by the guardian when those who knew the record had left', now(), ''
              FROM practitioner w WHERE w.id = who RETURNING id INTO tie;
            INSERT INTO obligation (code, person_id, owner, raised_by_id, line_id, about, summary, due_at, next_step_at, status, outcome, note, created_at)
            VALUES ('allocation_seen', k.person_id, who, me, p_line, 'relationship:' || tie, 'Those who knew this record have left, and you are named: read it', now() + interval '24 hours', now() + interval '24 hours', 'open', '', '', now());
        END LOOP;
    END IF;
    UPDATE obligation SET status = 'done', outcome = CASE WHEN cardinality(new_readers) > 0 THEN 'named' ELSE 'lifted' END, note = p_reason, done_at = now(), done_by_id = me, next_step_at = NULL
     WHERE code = 'name_readers' AND person_id IS NULL AND about = 'readers:' || p_id AND status = 'open';
    UPDATE obligation SET status = 'lapsed', outcome = 'no_longer_needed', note = 'Kept anew.', done_at = now(), next_step_at = NULL WHERE code = 'review_date_set' AND about = 'restriction:' || p_id AND status = 'open';
    PERFORM notify_person(p_line, k.person_id, p_notice);
    RETURN 'settled';
END $$;
