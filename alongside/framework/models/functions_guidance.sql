-- Publishing guidance and looking at it again. What is published is changed by nobody; it is followed by the next version.

-- Who owns the guidance now: whom it was handed to last, else whoever published its newest version; nobody while there is none.
CREATE OR REPLACE FUNCTION guidance_owner() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT h.owner_id FROM guidance_hand_over h ORDER BY h.id DESC LIMIT 1), (SELECT g.owner_id FROM guidance g ORDER BY g.version DESC LIMIT 1))::integer
$$;

-- A system owner of the installation; where no agency has named one, whoever leads an active partnership.
CREATE OR REPLACE FUNCTION looks_after_installation() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN EXISTS (SELECT 1 FROM practitioner w WHERE w.system_owner AND (w.ends IS NULL OR w.ends > current_date))
                THEN EXISTS (SELECT 1 FROM practitioner w WHERE w.id = my_practitioner() AND w.system_owner AND (w.ends IS NULL OR w.ends > current_date))
                ELSE EXISTS (SELECT 1 FROM partnership s WHERE s.lead_practitioner_id = my_practitioner() AND s.stage = 'active') END
$$;

-- The first version is published by whoever looks after the installation, and every later one by its owner.
CREATE OR REPLACE FUNCTION may_publish_guidance() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(my_practitioner() = guidance_owner(), guidance_owner() IS NULL AND looks_after_installation(), false)
$$;

-- Its owner hands it over; once the owner works here no more, whoever looks after the installation.
CREATE OR REPLACE FUNCTION may_hand_over_guidance() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = guidance_owner() AND (w.id = my_practitioner() OR w.ends <= current_date AND looks_after_installation()))
$$;

CREATE OR REPLACE FUNCTION hand_over_guidance(p_to bigint, p_why text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE former integer := guidance_owner();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('guidance'));
    IF former = p_to AND EXISTS (SELECT 1 FROM guidance_hand_over h WHERE h.by_id = my_practitioner() AND h.owner_id = p_to AND h.why = p_why) THEN RETURN; END IF;
    IF NOT may_hand_over_guidance() THEN PERFORM not_yours('The guidance is handed over by its owner; once they have gone, by whoever looks after the installation.'); END IF;
    IF btrim(coalesce(p_why, '')) = '' THEN PERFORM not_now('Say why it is handed over.'); END IF;
    IF p_to = guidance_owner() OR NOT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = p_to AND (w.ends IS NULL OR w.ends > current_date)) THEN PERFORM not_now('Choose somebody else who works here.'); END IF;
    INSERT INTO guidance_hand_over (owner_id, former_id, by_id, at, why) VALUES (p_to, guidance_owner(), my_practitioner(), least(p_at, now()), p_why);
    PERFORM write_line(jsonb_build_object('verb', 'write', 'purpose', 'partnership_governance', 'decision', 'permit', 'item', 'guidance handed over', 'reason', p_why));
END $$;

CREATE OR REPLACE FUNCTION publish_guidance(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint;
BEGIN
    IF NOT may_publish_guidance() THEN PERFORM not_yours('Guidance is published by its owner; the first version by whoever looks after the installation.'); END IF;
    SELECT id INTO new_id FROM guidance WHERE submission_key = (p ->> 'key')::uuid AND owner_id = my_practitioner();
    IF FOUND THEN RETURN new_id; END IF;
    IF btrim(coalesce(p ->> 'what_changed', '')) = '' THEN PERFORM not_now('Say what changed and why.'); END IF;
    IF (p ->> 'review_on')::date <= p_at::date THEN PERFORM not_now('The day of review must lie ahead.'); END IF;
    PERFORM pg_advisory_xact_lock(hashtext('guidance'));
    INSERT INTO guidance (version, edition, title, content, what_changed, owner_id, agency_id, published_at, review_on, submission_key)
    SELECT coalesce((SELECT max(version) FROM guidance), 0) + 1, p ->> 'edition', p ->> 'title', p -> 'content', p ->> 'what_changed', w.id, w.agency_id, least(p_at, now()),
           (p ->> 'review_on')::date, (p ->> 'key')::uuid FROM practitioner w WHERE w.id = my_practitioner()
    RETURNING id INTO new_id;
    PERFORM write_line(jsonb_build_object('verb', 'write', 'purpose', 'partnership_governance', 'decision', 'permit', 'item', format('guidance:%s published', new_id), 'reason', p ->> 'what_changed'));
    RETURN new_id;
END $$;

CREATE OR REPLACE FUNCTION review_guidance(p_guidance bigint, p_note text, p_review_on date, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE new_id bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM guidance g WHERE g.id = p_guidance AND may_publish_guidance()) THEN
        PERFORM not_yours('Guidance is looked at again by its owner.');
    END IF;
    IF btrim(coalesce(p_note, '')) = '' THEN PERFORM not_now('Say what you looked at.'); END IF;
    IF p_review_on <= p_at::date THEN PERFORM not_now('The next day of review must lie ahead.'); END IF;
    INSERT INTO guidance_review (guidance_id, by_id, at, note, review_on) VALUES (p_guidance, my_practitioner(), least(p_at, now()), p_note, p_review_on) RETURNING id INTO new_id;
    PERFORM write_line(jsonb_build_object('verb', 'write', 'purpose', 'partnership_governance', 'decision', 'permit', 'item', format('guidance:%s reviewed', p_guidance), 'reason', p_note));
    RETURN new_id;
END $$;

-- By which version each partnership was last tested or examined; the names of partnerships are public, and nothing else of a run is told.
CREATE OR REPLACE FUNCTION last_runs() RETURNS TABLE (partnership_id bigint, name varchar, stage varchar, version integer, kind varchar, started_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, s.name, s.stage, g.version, r.kind, r.started_at
      FROM partnership s
           LEFT JOIN LATERAL (SELECT * FROM framework_run f WHERE f.partnership_id = s.id AND f.closed_at IS NULL ORDER BY f.started_at DESC LIMIT 1) r ON true
           LEFT JOIN guidance g ON g.id = r.guidance_id
     WHERE s.stage IN ('potential', 'active') ORDER BY s.name
$$;
