-- Twelve people live in five households: an older one alone, an older couple, parents with two children, a parent with two, a parent with a baby.
CREATE TEMP TABLE new_person ON COMMIT DROP AS
SELECT i, pg_temp.shuffled_id(%(before)s + i) AS id, household, role, CASE WHEN random() < 0.5 THEN 'male' ELSE 'female' END AS sex, (random() ^ 2)::real AS given_draw,
       (abs(hashint4(household + %(number)s * 7919)) / 2147483648.0)::real AS household_draw,
       %(at)s::date - CASE role WHEN 'older' THEN (365.25 * (65 + 33 * random() ^ 1.5))::integer WHEN 'adult' THEN (365.25 * (20 + 28 * random()))::integer
                                WHEN 'baby' THEN (700 * random())::integer ELSE (365.25 * (2 + 15.9 * random()))::integer END AS born
  FROM (SELECT g AS i, (g - 1) / 12 * 5 + (ARRAY[0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4])[1 + mod(g - 1, 12)] AS household,
               (ARRAY['older', 'older', 'older', 'adult', 'adult', 'child', 'child', 'adult', 'child', 'child', 'adult', 'baby'])[1 + mod(g - 1, 12)] AS role
          FROM generate_series(1, %(size)s) g) who;
ANALYZE new_person;

-- Who works with whom, and since when; one in ten has ended. Every child but one in five is also known to the front door.
CREATE TEMP TABLE staff ON COMMIT DROP AS SELECT kind, agency_id, array_agg(id ORDER BY id) AS ids FROM crew GROUP BY 1, 2;
CREATE TEMP TABLE new_tie ON COMMIT DROP AS
SELECT p.i, p.id AS person_id, s.kind, s.agency_id, w.ids[1 + floor(random() * cardinality(w.ids))::integer] AS practitioner_id, NULL::bigint AS team_id, starts,
       CASE WHEN random() < 0.1 AND s.kind <> 'gp_practice' THEN starts + (%(at)s - starts) * random() END AS ends
  FROM new_person p CROSS JOIN sort s JOIN staff w USING (agency_id) CROSS JOIN LATERAL (SELECT %(at)s - interval '1 day' - interval '1000 days' * random() + p.i * interval '0') t(starts)
 WHERE random() < CASE p.role WHEN 'older' THEN s.older WHEN 'adult' THEN s.adults ELSE s.children END
UNION ALL
SELECT p.i, p.id, 'front_door', s.agency_id, NULL, s.door_id, %(at)s - interval '1 day' - interval '1000 days' * random(), NULL
  FROM new_person p, sort s WHERE s.kind = 'council_children' AND p.role IN ('child', 'baby') AND random() < 0.8;
ANALYZE new_tie;

CREATE TEMP TABLE known ON COMMIT DROP AS
SELECT i, array_agg(DISTINCT coalesce(practitioner_id, 1000000000 + team_id::integer) ORDER BY coalesce(practitioner_id, 1000000000 + team_id::integer)) FILTER (WHERE ends IS NULL) AS acl,
       array_agg(practitioner_id ORDER BY practitioner_id) FILTER (WHERE practitioner_id IS NOT NULL AND ends IS NULL) AS live,
       array_agg(practitioner_id ORDER BY agency_id) FILTER (WHERE practitioner_id IS NOT NULL) AS authors,
       min(agency_id) AS registered_by, random() < 0.004 AS restricted
  FROM new_tie GROUP BY i;
ANALYZE known;

INSERT INTO person (id, given_name, family_name, known_as, pronouns, date_of_birth, birth_date_estimated, nhs_number, nhs_number_status, registered_by_agency_id, registered_at,
                    search_name, sounds, acl)
SELECT p.id, g.name, f.name, '', '', p.born, false, pg_temp.never_issued(1000 + %(before)s + p.i), '01', k.registered_by, %(since)s,
       CASE WHEN g.plain = f.plain THEN g.plain ELSE g.plain || ' ' || f.plain END,
       CASE WHEN g.sounds && f.sounds THEN ARRAY(SELECT s FROM unnest(g.sounds || f.sounds) WITH ORDINALITY x(s, place) GROUP BY s ORDER BY min(place)) ELSE g.sounds || f.sounds END,
       CASE WHEN k.restricted THEN ARRAY(SELECT -w FROM unnest(k.live[1:3]) w ORDER BY 1) ELSE k.acl END
  FROM new_person p JOIN known k USING (i)
       JOIN pool_name g ON g.kind = p.sex AND g.place = floor(p.given_draw * (CASE p.sex WHEN 'male' THEN %(males)s ELSE %(females)s END))::integer
       JOIN pool_name f ON f.kind = 'family' AND f.place = floor(p.household_draw ^ 2 * %(families)s)::integer;

INSERT INTO relationship (person_id, practitioner_id, team_id, agency_id, kind, lead, reason, starts, ends, ended_reason)
SELECT person_id, practitioner_id, team_id, agency_id, CASE WHEN team_id IS NULL THEN 'allocated' ELSE 'referred_to' END,
       team_id IS NULL AND ends IS NULL AND row_number() OVER (PARTITION BY i, ends IS NULL, team_id IS NULL ORDER BY agency_id) = 1, '', starts, ends,
       CASE WHEN ends IS NULL THEN '' ELSE 'Work finished' END
  FROM new_tie;

INSERT INTO restriction (person_id, practitioners, category, reason, set_by_person, starts)
SELECT p.id, k.live[1:3], '', 'Known to somebody at work', false, %(since)s FROM new_person p JOIN known k USING (i) WHERE k.restricted;

INSERT INTO caseload_place (person_id, practitioner_id, family_name, given_name)
SELECT DISTINCT t.person_id, t.practitioner_id, lower(p.family_name), lower(p.given_name) FROM new_tie t JOIN person p ON p.id = t.person_id
 WHERE t.practitioner_id IS NOT NULL AND t.ends IS NULL AND p.acl && ARRAY[t.practitioner_id, -t.practitioner_id];

INSERT INTO address (person_id, kind, lines, postcode, concealed, keys, starts, recorded_at)
SELECT p.id, 'home', 1 + mod(p.household * 7, 180) || ' ' || s.name || E'\n' || %(town)s, 'ZZ' || 1 + mod(p.household, 90) || ' ' || mod(p.household, 9) || 'ZZ', random() < 0.005,
       '{}', %(since)s, %(since)s
  FROM new_person p JOIN pool_street s ON s.place = mod(p.household * 13, %(streets)s);

INSERT INTO contact_point (person_id, kind, value, safe, shared_with_others, note, keys, recorded_at)
SELECT id, 'mobile', '07700 900' || lpad(mod(i, 1000)::text, 3, '0'), random() > 0.02, random() < 0.03, '', '{}', %(since)s FROM new_person WHERE role IN ('adult', 'older');

INSERT INTO family_relation (person_id, relative_id, relative_name, kind, parental_responsibility, natural_support, recorded_by_agency_id, recorded_at)
SELECT c.id, a.id, '', CASE a.sex WHEN 'male' THEN 'father' ELSE 'mother' END, true, true, (SELECT agency_id FROM sort WHERE kind = 'council_children'), %(since)s
  FROM new_person c JOIN new_person a ON a.household = c.household AND a.role = 'adult' WHERE c.role IN ('child', 'baby');

INSERT INTO person_profile (person_id, how_to_treat_me, what_matters, communication_needs, access_needs, language, interpreter, large_print, involvement, written_by_person, changed_at)
SELECT id, 'Please ring before you come.', 'My home, my family, and being asked first.', CASE WHEN random() < 0.1 THEN 'Please speak slowly and face me.' ELSE '' END, '', '', false,
       role = 'older' AND random() < 0.2, 'ask_each_time', true, %(since)s FROM new_person WHERE random() < 0.3;

INSERT INTO objection (person_id, category, agency_id, words, how, made_at)
SELECT id, 'general_health', NULL, 'My health is between me and my doctor.', 'in_person', %(since)s FROM new_person WHERE random() < 0.01;
