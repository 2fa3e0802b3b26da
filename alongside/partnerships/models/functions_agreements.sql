-- The life of an agreement, one door for each step. Whoever asks is resolved from the session and from nothing else, so that nobody signs,
-- refuses, withdraws or ends for another. The steps of one agreement take turns, whichever of its versions they touch.

CREATE OR REPLACE FUNCTION lock_agreement(p_agreement bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM sharing_agreement WHERE id = (SELECT min(l) FROM agreement_line(p_agreement) l) FOR UPDATE;
END $$;

CREATE OR REPLACE FUNCTION note_agreement(p_agreement bigint, p_what text, p_note text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO agreement_event (agreement_id, at, by_id, what, note) VALUES (p_agreement, p_at, my_practitioner(), p_what, coalesce(p_note, ''));
    PERFORM write_line(jsonb_build_object('verb', 'write', 'purpose', 'partnership_governance', 'decision', 'permit', 'item', format('agreement:%s %s', p_agreement, p_what), 'reason', p_note));
END $$;

CREATE OR REPLACE FUNCTION may_draft(p_partnership bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT takes_part(p_partnership) $$;

-- The caller's own place in an agreement, after waiting for its turn. Only the named signatory who still works there has one.
CREATE OR REPLACE FUNCTION my_party(p_agreement bigint) RETURNS agreement_party
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine agreement_party%ROWTYPE;
BEGIN
    PERFORM lock_agreement(p_agreement);
    SELECT y.* INTO mine FROM agreement_party y JOIN practitioner w ON w.id = y.signatory_id AND w.agency_id = y.agency_id AND (w.ends IS NULL OR w.ends > current_date)
     WHERE y.agreement_id = p_agreement AND y.signatory_id = my_practitioner();
    IF NOT FOUND THEN PERFORM not_yours('Only the named signatory signs, refuses or withdraws for an agency.'); END IF;
    RETURN mine;
END $$;

-- Who is party and what may flow, written down as given; only of a draft.
CREATE OR REPLACE FUNCTION put_terms(p_agreement bigint, p jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE wrong text; place bigint;
BEGIN
    SELECT partnership_id INTO place FROM sharing_agreement WHERE id = p_agreement AND status = 'draft';
    IF place IS NULL THEN PERFORM not_now('Only a draft can be changed; change a signed agreement by a new version.'); END IF;
    DELETE FROM agreement_term WHERE agreement_id = p_agreement;
    DELETE FROM agreement_party WHERE agreement_id = p_agreement;
    SELECT g.name INTO wrong FROM jsonb_to_recordset(p -> 'parties') AS y(agency bigint, signatory bigint) LEFT JOIN agency g ON g.id = y.agency
     WHERE NOT EXISTS (SELECT 1 FROM partner r WHERE r.partnership_id = place AND r.agency_id = y.agency AND r.left_at IS NULL)
        OR NOT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = y.signatory AND w.agency_id = y.agency AND (w.ends IS NULL OR w.ends > current_date)) LIMIT 1;
    IF FOUND THEN PERFORM not_now(format('%s must be a partner, and its signatory must work there.', coalesce(wrong, 'Each party'))); END IF;
    SELECT coalesce(m.purpose, '') || ', ' || coalesce(m.category, '') INTO wrong
      FROM jsonb_to_recordset(p -> 'terms') AS m(purpose text, category text, lawful_basis text, from_agency bigint, to_agency bigint)
     WHERE NOT EXISTS (SELECT 1 FROM purpose q WHERE q.code = m.purpose) OR NOT EXISTS (SELECT 1 FROM lawful_basis b WHERE b.code = m.lawful_basis) OR category_no(m.category) IS NULL
        OR EXISTS (SELECT 1 FROM unnest(ARRAY[m.from_agency, m.to_agency]) x WHERE x IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(p -> 'parties') AS y(agency bigint) WHERE y.agency = x)) LIMIT 1;
    IF FOUND THEN PERFORM not_now(format('This line names something that is not there: %s.', wrong)); END IF;
    INSERT INTO agreement_party (agreement_id, agency_id, signatory_id, condition, reason)
    SELECT p_agreement, y.agency, y.signatory, '', '' FROM jsonb_to_recordset(p -> 'parties') AS y(agency bigint, signatory bigint);
    INSERT INTO agreement_term (agreement_id, purpose, category, lawful_basis, gateway, from_agency_id, to_agency_id, minimum_fields)
    SELECT p_agreement, m.purpose, m.category, m.lawful_basis, coalesce(m.gateway, ''), m.from_agency, m.to_agency, coalesce(m.minimum_fields, '')
      FROM jsonb_to_recordset(p -> 'terms') AS m(purpose text, category text, lawful_basis text, gateway text, from_agency bigint, to_agency bigint, minimum_fields text)
    ON CONFLICT DO NOTHING;
END $$;

-- A new draft; with `replaces`, the next version of an agreement, whichever of its versions is named.
CREATE OR REPLACE FUNCTION draft_agreement(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint; former sharing_agreement%ROWTYPE; place bigint := (p ->> 'partnership')::bigint; number integer := 1;
BEGIN
    IF NOT may_draft(place) THEN PERFORM not_yours('Agreements are drafted by the partnership''s lead, or by whoever speaks for a partner.'); END IF;
    SELECT id INTO new_id FROM sharing_agreement WHERE submission_key = (p ->> 'submission_key')::uuid AND drafted_by_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    IF (p ->> 'ends')::timestamptz <= (p ->> 'starts')::timestamptz THEN PERFORM not_now('An agreement must end after it starts.'); END IF;
    IF p ->> 'replaces' IS NOT NULL THEN
        PERFORM lock_agreement((p ->> 'replaces')::bigint);
        SELECT * INTO former FROM sharing_agreement WHERE id IN (SELECT agreement_line((p ->> 'replaces')::bigint)) AND partnership_id = place ORDER BY version DESC LIMIT 1;
        IF NOT FOUND OR former.status IN ('draft', 'open_for_signature') THEN PERFORM not_now('A newer version of this agreement is there already. Finish it, or take it back.'); END IF;
        number := former.version + 1;
    ELSE
        SELECT coalesce(max(version), 0) + 1 INTO number FROM sharing_agreement WHERE partnership_id = place AND title = p ->> 'title';
    END IF;
    INSERT INTO sharing_agreement (partnership_id, title, version, replaces_id, submission_key, status, template, why, who_sees, safeguards, retention, how_people_are_told, contact,
                                   starts, ends, review_on, drafted_by_id)
    VALUES (place, p ->> 'title', number, former.id, (p ->> 'submission_key')::uuid, 'draft', coalesce(p ->> 'template', ''), coalesce(p ->> 'why', ''), coalesce(p ->> 'who_sees', ''),
            coalesce(p ->> 'safeguards', ''), coalesce(p ->> 'retention', ''), coalesce(p ->> 'how_people_are_told', ''), coalesce(p ->> 'contact', ''),
            (p ->> 'starts')::timestamptz, (p ->> 'ends')::timestamptz, (p ->> 'review_on')::date, my_practitioner())
    RETURNING id INTO new_id;
    PERFORM put_terms(new_id, p);
    PERFORM note_agreement(new_id, 'drafted', p ->> 'note', least(p_at, now()));
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION change_draft(p_agreement bigint, p jsonb, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM lock_agreement(p_agreement);
    IF NOT may_draft((SELECT partnership_id FROM sharing_agreement WHERE id = p_agreement)) THEN
        PERFORM not_yours('Agreements are drafted by the partnership''s lead, or by whoever speaks for a partner.');
    END IF;
    IF (p ->> 'ends')::timestamptz <= (p ->> 'starts')::timestamptz THEN PERFORM not_now('An agreement must end after it starts.'); END IF;
    UPDATE sharing_agreement SET title = CASE WHEN replaces_id IS NULL THEN p ->> 'title' ELSE title END, why = p ->> 'why', who_sees = p ->> 'who_sees', safeguards = p ->> 'safeguards',
           retention = p ->> 'retention', how_people_are_told = p ->> 'how_people_are_told', contact = p ->> 'contact', starts = (p ->> 'starts')::timestamptz,
           ends = (p ->> 'ends')::timestamptz, review_on = (p ->> 'review_on')::date
     WHERE id = p_agreement AND status = 'draft';
    PERFORM put_terms(p_agreement, p);
    PERFORM note_agreement(p_agreement, 'changed', '', least(p_at, now()));
END $$;

CREATE OR REPLACE FUNCTION discard_draft(p_agreement bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT may_draft((SELECT partnership_id FROM sharing_agreement WHERE id = p_agreement)) THEN
        PERFORM not_yours('Agreements are drafted by the partnership''s lead, or by whoever speaks for a partner.');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM sharing_agreement WHERE id = p_agreement AND status = 'draft') THEN PERFORM not_now('Only a draft can be thrown away.'); END IF;
    DELETE FROM agreement_event WHERE agreement_id = p_agreement;
    DELETE FROM agreement_term WHERE agreement_id = p_agreement;
    DELETE FROM agreement_party WHERE agreement_id = p_agreement;
    DELETE FROM sharing_agreement WHERE id = p_agreement;
END $$;

CREATE OR REPLACE FUNCTION open_for_signature(p_agreement bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM lock_agreement(p_agreement);
    IF NOT may_draft((SELECT partnership_id FROM sharing_agreement WHERE id = p_agreement)) THEN
        PERFORM not_yours('Agreements are opened for signature by the partnership''s lead, or by whoever speaks for a partner.');
    END IF;
    IF EXISTS (SELECT 1 FROM partnership p JOIN sharing_agreement a ON a.partnership_id = p.id WHERE a.id = p_agreement AND p.stage <> 'active') THEN
        PERFORM not_now('Nothing can be signed in a partnership that is not active. A potential one must be tested and decided first.');
    END IF;
    IF (SELECT count(*) FROM agreement_party WHERE agreement_id = p_agreement) < 2 THEN PERFORM not_now('An agreement needs at least two parties.'); END IF;
    IF NOT EXISTS (SELECT 1 FROM agreement_term WHERE agreement_id = p_agreement) THEN PERFORM not_now('An agreement needs at least one line that says what may flow.'); END IF;
    UPDATE sharing_agreement SET status = 'open_for_signature' WHERE id = p_agreement AND status = 'draft';
    IF FOUND THEN PERFORM note_agreement(p_agreement, 'opened_for_signature', '', least(p_at, now())); END IF;
END $$;

-- After a signature: in force between those who have signed, once there are two; a former version is replaced once all its live parties that
-- are party to this one have signed this one. What may flow is worked out anew for every version.
CREATE OR REPLACE FUNCTION settle_agreement(p_agreement bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE signed integer := (SELECT count(*) FROM agreement_party WHERE agreement_id = p_agreement AND signed_at IS NOT NULL AND refused_at IS NULL AND withdrawn_at IS NULL);
BEGIN
    IF signed > 1 THEN UPDATE sharing_agreement SET status = 'in_force' WHERE id = p_agreement AND status = 'open_for_signature'; END IF;
    UPDATE sharing_agreement f SET status = 'replaced'
      FROM sharing_agreement a
     WHERE a.id = p_agreement AND a.status = 'in_force' AND f.id IN (SELECT agreement_line(p_agreement)) AND f.version < a.version AND f.status = 'in_force'
       AND NOT EXISTS (SELECT 1 FROM agreement_party fy JOIN agreement_party ay ON ay.agreement_id = a.id AND ay.agency_id = fy.agency_id
                        WHERE fy.agreement_id = f.id AND fy.signed_at IS NOT NULL AND fy.withdrawn_at IS NULL AND ay.signed_at IS NULL);
    PERFORM recompute_flows(l) FROM agreement_line(p_agreement) l;
END $$;

CREATE OR REPLACE FUNCTION sign_agreement(p_agreement bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine agreement_party%ROWTYPE := my_party(p_agreement); a sharing_agreement%ROWTYPE;
BEGIN
    SELECT * INTO a FROM sharing_agreement WHERE id = p_agreement;
    IF a.status NOT IN ('open_for_signature', 'in_force') THEN PERFORM not_now('This agreement is not open for signature.'); END IF;
    IF a.ends <= now() THEN PERFORM not_now('This agreement has lapsed. Renew it, and sign the new version.'); END IF;
    IF NOT EXISTS (SELECT 1 FROM partner WHERE partnership_id = a.partnership_id AND agency_id = mine.agency_id AND left_at IS NULL) THEN
        PERFORM not_now('Your agency has left the partnership. It must join again before it signs.');
    END IF;
    IF mine.signed_at IS NOT NULL AND mine.withdrawn_at IS NULL THEN RETURN; END IF;
    UPDATE agreement_party SET signed_at = least(p_at, now()), refused_at = NULL, withdrawn_at = NULL, condition = '', conditional_at = NULL, reason = '' WHERE id = mine.id;
    PERFORM settle_agreement(p_agreement);
    PERFORM note_agreement(p_agreement, 'signed', '', least(p_at, now()));
END $$;

-- No, or not unless: neither is a signature. A party that has signed withdraws instead.
CREATE OR REPLACE FUNCTION refuse_agreement(p_agreement bigint, p_reason text, p_condition text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine agreement_party%ROWTYPE := my_party(p_agreement); conditional boolean := btrim(coalesce(p_condition, '')) <> '';
BEGIN
    IF NOT conditional AND btrim(coalesce(p_reason, '')) = '' THEN PERFORM not_now('Say why you do not sign.'); END IF;
    IF mine.signed_at IS NOT NULL AND mine.withdrawn_at IS NULL THEN PERFORM not_now('You have signed this agreement. Withdraw from it instead.'); END IF;
    IF (SELECT status FROM sharing_agreement WHERE id = p_agreement) NOT IN ('open_for_signature', 'in_force') THEN PERFORM not_now('This agreement is not open for signature.'); END IF;
    UPDATE agreement_party SET signed_at = NULL, refused_at = CASE WHEN conditional THEN NULL ELSE least(p_at, now()) END, reason = coalesce(p_reason, ''),
           condition = coalesce(p_condition, ''), conditional_at = CASE WHEN conditional THEN least(p_at, now()) END WHERE id = mine.id;
    PERFORM note_agreement(p_agreement, CASE WHEN conditional THEN 'would_sign_if' ELSE 'refused' END, CASE WHEN conditional THEN p_condition ELSE p_reason END, least(p_at, now()));
END $$;

-- The tap closes at this moment, in every version of the agreement: the next request of anybody finds it shut.
CREATE OR REPLACE FUNCTION withdraw_from_agreement(p_agreement bigint, p_reason text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine agreement_party%ROWTYPE := my_party(p_agreement); touched integer;
BEGIN
    IF btrim(coalesce(p_reason, '')) = '' THEN PERFORM not_now('Say why you withdraw.'); END IF;
    UPDATE agreement_party SET withdrawn_at = least(p_at, now()), reason = p_reason
     WHERE agreement_id IN (SELECT agreement_line(p_agreement)) AND agency_id = mine.agency_id AND signed_at IS NOT NULL AND withdrawn_at IS NULL;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched = 0 THEN RETURN; END IF;
    PERFORM recompute_flows(l) FROM agreement_line(p_agreement) l;
    PERFORM note_agreement(p_agreement, 'withdrawn', p_reason, least(p_at, now()));
END $$;

-- End it for everybody at this moment, in every version; one that is only open for signature is taken back and the former version stays.
CREATE OR REPLACE FUNCTION end_agreement(p_agreement bigint, p_reason text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE a sharing_agreement%ROWTYPE;
BEGIN
    PERFORM lock_agreement(p_agreement);
    SELECT * INTO a FROM sharing_agreement WHERE id = p_agreement;
    IF NOT (leads_partnership(a.partnership_id) OR EXISTS (SELECT 1 FROM partnership s JOIN agreement_party y ON y.agreement_id = a.id AND y.agency_id = s.lead_agency_id
                                                            WHERE s.id = a.partnership_id AND y.signatory_id = my_practitioner())) THEN
        PERFORM not_yours('An agreement is ended for everybody by the partnership''s lead, or by the lead agency''s signatory. Any other party may withdraw.');
    END IF;
    IF btrim(coalesce(p_reason, '')) = '' THEN PERFORM not_now('Say why it ends.'); END IF;
    IF a.status IN ('draft', 'ended') THEN RETURN; END IF;
    UPDATE sharing_agreement SET status = 'ended' WHERE status NOT IN ('draft', 'ended') AND (id = p_agreement OR a.status <> 'open_for_signature' AND id IN (SELECT agreement_line(p_agreement)));
    PERFORM recompute_flows(l) FROM agreement_line(p_agreement) l;
    PERFORM note_agreement(p_agreement, 'ended', p_reason, least(p_at, now()));
END $$;

CREATE OR REPLACE FUNCTION may_comment(p_agreement bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM sharing_agreement a JOIN partnership s ON s.id = a.partnership_id
         WHERE a.id = p_agreement AND NOT is_over(s.id) AND (my_practitioner() IN (a.drafted_by_id, s.guardian_id, s.lead_practitioner_id)
            OR EXISTS (SELECT 1 FROM agreement_party y WHERE y.agreement_id = a.id AND y.signatory_id = my_practitioner())
            OR EXISTS (SELECT 1 FROM partner p JOIN agreement_party y ON y.agreement_id = a.id AND y.agency_id = p.agency_id
                        WHERE p.partnership_id = s.id AND p.left_at IS NULL AND p.guardian_id = my_practitioner())))
$$;

-- A guardian, a signatory or a drafter says what they think of it, in words that stay.
CREATE OR REPLACE FUNCTION comment_on_agreement(p_agreement bigint, p_words text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT coalesce(may_comment(p_agreement), false) THEN PERFORM not_yours('An agreement is commented on by the guardian of a party, a named signatory or whoever drafts it.'); END IF;
    IF btrim(coalesce(p_words, '')) = '' THEN PERFORM not_now('Write your comment.'); END IF;
    PERFORM note_agreement(p_agreement, 'commented', p_words, least(p_at, now()));
END $$;

-- Whom to warn that an agreement lapses: its partnership's lead and guardian, and whoever signed it, once for each of the steps. What is
-- given was noted in the same transaction; a newer version that is open or in force needs no warning of the old one.
CREATE OR REPLACE FUNCTION lapse_warnings_due(p_steps integer[], p_at timestamptz) RETURNS TABLE (agreement bigint, title text, partnership text, ends timestamptz, addresses text[])
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT a.id, a.title AS called, p.name AS of_partnership, a.ends AS ends_at, w.step, p.lead_practitioner_id, p.guardian_id
          FROM sharing_agreement a JOIN partnership p ON p.id = a.partnership_id
               CROSS JOIN LATERAL (SELECT min(step) AS step FROM unnest(p_steps) step WHERE a.ends <= p_at + make_interval(days => step)) w
         WHERE a.status = 'in_force' AND a.ends > p_at AND w.step IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM sharing_agreement n WHERE n.replaces_id = a.id AND n.status IN ('open_for_signature', 'in_force'))
           AND NOT EXISTS (SELECT 1 FROM agreement_event e WHERE e.agreement_id = a.id AND e.what = 'lapse_warned' AND e.note::integer <= w.step)
           FOR UPDATE OF a SKIP LOCKED
    LOOP
        INSERT INTO agreement_event (agreement_id, at, what, note) VALUES (one.id, p_at, 'lapse_warned', one.step::text);
        RETURN QUERY SELECT one.id, one.called::text, one.of_partnership::text, one.ends_at, ARRAY(
            SELECT DISTINCT coalesce(nullif(c.email, ''), nullif(k.email, ''))::text FROM practitioner k LEFT JOIN account c ON c.id = k.account_id
             WHERE (k.ends IS NULL OR k.ends > p_at::date) AND coalesce(nullif(c.email, ''), nullif(k.email, '')) IS NOT NULL
               AND (k.id IN (one.lead_practitioner_id, one.guardian_id) OR k.id IN (SELECT s.signatory_id FROM agreement_party s WHERE s.agreement_id = one.id AND s.signed_at IS NOT NULL AND s.withdrawn_at IS NULL)));
    END LOOP;
END $$;
