-- People are found through one audited door.

-- How well somebody answers to what was asked: the name as it is written or sounds, the birth date, and the initials.
CREATE OR REPLACE FUNCTION name_score(likeness real, sounds_alike boolean, born date, day date, swapped date, name text, initials text) RETURNS real
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (greatest(likeness, CASE WHEN sounds_alike THEN 0.7 ELSE 0 END) + CASE WHEN born = day THEN 1 WHEN born = swapped THEN 0.8 ELSE 0 END
            + CASE WHEN name ~ ('\m(' || initials || ')') THEN 0.1 ELSE 0 END)::real;

-- The finder: one audited door with the policy inside. `known` people are those the reader works with; `index` people are only said to exist,
-- with the agency that registered them: for that the number, or the birth date beside the name, must be exact. A hidden person is never either,
-- and the same questions are asked of the tables whether there is one or nobody, so that neither words nor time tell.
DROP FUNCTION IF EXISTS find_people(text, text[], date, text, integer, jsonb);
CREATE OR REPLACE FUNCTION find_people(p jsonb, p_limit integer, p_line jsonb)
    RETURNS TABLE (id bigint, given_name varchar, family_name varchar, known_as varchar, date_of_birth date, nhs_number varchar, scope text, agency text, closeness real)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET pg_trgm.word_similarity_threshold = 0.45 AS $$
DECLARE me integer[] := my_principals(); mine integer; ids bigint[]; near real[]; known_count integer; maybe bigint[]; many boolean; few constant integer := 4000;
    asked text := coalesce(p ->> 'words', ''); nhs text := p ->> 'nhs_number'; pupil text := p ->> 'upn'; day date := (p ->> 'born')::date; swapped date;
    first_day date := coalesce((p ->> 'born_from')::date, '-infinity'); last_day date := coalesce((p ->> 'born_until')::date, 'infinity');
    initials text := nullif(array_to_string(ARRAY(SELECT jsonb_array_elements_text(coalesce(p -> 'initials', '[]'))), '|'), '');
    codes varchar[] := coalesce(nullif(ARRAY(SELECT jsonb_array_elements_text(coalesce(p -> 'sounds', '[]'))), '{}'), ARRAY['?'])::varchar[];
BEGIN
    SELECT w.agency_id INTO mine FROM identity_session s JOIN practitioner w ON w.id = s.practitioner_id
     WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now();
    IF mine IS NULL THEN RETURN; END IF;
    IF extract(day FROM day) <= 12 THEN
        swapped := make_date(extract(year FROM day)::integer, extract(day FROM day)::integer, extract(month FROM day)::integer);
    END IF;
    IF nhs IS NOT NULL OR pupil IS NOT NULL THEN
        SELECT array_agg(q.id), array_agg(1.0::real) INTO ids, near
          FROM (SELECT x.id FROM person x WHERE (x.nhs_number = nhs OR x.upn = pupil) AND x.acl && me ORDER BY x.id LIMIT p_limit) q;
    ELSIF asked <> '' THEN
        -- Whoever knows few people is answered from their own list, however many there are elsewhere; a front door from the index of all names.
        WITH mine AS MATERIALIZED (SELECT x.id, x.search_name, x.sounds, x.date_of_birth, x.birth_date_estimated FROM person x WHERE x.acl && me LIMIT few + 1),
        alike AS (SELECT x.*, word_similarity(asked, x.search_name) AS likeness FROM mine x WHERE (SELECT count(*) FROM mine) <= few
                     AND (x.date_of_birth IS NULL OR (day IS NULL OR x.date_of_birth IN (day, swapped)) AND x.date_of_birth BETWEEN first_day AND last_day OR x.birth_date_estimated)),
        q AS (SELECT x.id, name_score(x.likeness, x.sounds @> codes, x.date_of_birth, day, swapped, x.search_name, initials) AS score
                FROM alike x WHERE x.likeness >= 0.45 OR x.sounds @> codes ORDER BY 2 DESC, 1 LIMIT p_limit)
        SELECT array_agg(q.id ORDER BY q.score DESC, q.id), array_agg(q.score ORDER BY q.score DESC, q.id), (SELECT count(*) FROM mine) > few INTO ids, near, many FROM q;
        IF many THEN
            EXECUTE $q$SELECT array_agg(q.id ORDER BY q.score DESC, q.id), array_agg(q.score ORDER BY q.score DESC, q.id) FROM (
                SELECT x.id, name_score(word_similarity($1, x.search_name), x.sounds @> $2, x.date_of_birth, $3, $4, x.search_name, $5) AS score FROM person x
                 WHERE x.acl && $6 AND ($1 <% x.search_name OR x.sounds @> $2)
                   AND (x.date_of_birth IS NULL OR ($3 IS NULL OR x.date_of_birth IN ($3, $4)) AND x.date_of_birth BETWEEN $7 AND $8 OR x.birth_date_estimated)
                 ORDER BY 2 DESC, 1 LIMIT $9) q$q$ INTO ids, near USING asked, codes, day, swapped, initials, me, first_day, last_day, p_limit;
        END IF;
    ELSIF day IS NOT NULL THEN
        SELECT array_agg(q.id), array_agg(q.score) INTO ids, near
          FROM (SELECT x.id, (CASE WHEN x.date_of_birth = day THEN 1 ELSE 0.8 END)::real AS score FROM person x WHERE x.date_of_birth IN (day, swapped) AND x.acl && me ORDER BY 2 DESC, 1 LIMIT p_limit) q;
    END IF;
    known_count := coalesce(cardinality(ids), 0);
    IF known_count < p_limit AND (nhs IS NOT NULL OR pupil IS NOT NULL OR day IS NOT NULL AND asked <> '') THEN
        maybe := CASE WHEN nhs IS NOT NULL OR pupil IS NOT NULL THEN ARRAY(SELECT x.id FROM person x WHERE (x.nhs_number = nhs OR x.upn = pupil) AND NOT x.acl && me LIMIT 200)
                      ELSE ARRAY(SELECT x.id FROM person x WHERE x.date_of_birth = day AND NOT x.acl && me AND (word_similarity(asked, x.search_name) >= 0.6 OR x.sounds @> codes) LIMIT 200) END;
        ids := coalesce(ids, '{}') || ARRAY(
            SELECT c FROM unnest(coalesce(nullif(maybe, '{}'), ARRAY[0::bigint])) c LEFT JOIN person x ON x.id = c
             WHERE NOT EXISTS (SELECT 1 FROM restriction r WHERE r.person_id = c AND r.category = '' AND r.starts <= now() AND (r.ends IS NULL OR r.ends > now()))
               AND NOT EXISTS (SELECT 1 FROM person_marker m WHERE m.person_id = c AND m.flag IN ('restricted_record', 'identity_protected', 'adopted') AND m.starts <= now() AND (m.ends IS NULL OR m.ends > now()))
               AND (x.registered_by_agency_id = mine OR EXISTS (SELECT 1 FROM flow f WHERE f.from_agency_id = x.registered_by_agency_id AND f.to_agency_id = mine
                     AND f.category = 'index_entry' AND f.starts <= now() AND f.ends > now()))
             ORDER BY c LIMIT p_limit - known_count);
    END IF;
    PERFORM write_line(p_line || jsonb_build_object('people', coalesce(ids, '{}')));
    RETURN QUERY
        SELECT x.id, x.given_name, x.family_name, x.known_as, x.date_of_birth, CASE WHEN o.place <= known_count THEN x.nhs_number END,
               CASE WHEN o.place <= known_count THEN 'known' ELSE 'index' END, g.name::text, coalesce(near[o.place], 0.4::real)
          FROM unnest(ids) WITH ORDINALITY o(id, place) JOIN person x ON x.id = o.id JOIN agency g ON g.id = x.registered_by_agency_id
         ORDER BY o.place;
END $$;
