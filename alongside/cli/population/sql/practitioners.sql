-- Teams of eight and those who work in them: as many as it takes for about 500 people each.
CREATE TEMP TABLE crew ON COMMIT DROP AS
SELECT s.kind, s.agency_id, s.manager_id, s.title, s.role, m AS member, (m - 1) / 8 AS team, nextval(pg_get_serial_sequence('practitioner', 'id'))::integer AS id,
       nextval(pg_get_serial_sequence('account', 'id')) AS account_id
  FROM sort s, generate_series(1, greatest(2, ceil(%(size)s * (5 * s.children + 4 * s.adults + 3 * s.older) / 12 / 500)::integer)) m;
CREATE TEMP TABLE crew_team ON COMMIT DROP AS
SELECT agency_id, team, nextval(pg_get_serial_sequence('team', 'id')) AS id, min(id) AS lead_id, min(role) AS role FROM crew GROUP BY 1, 2;

-- Six more sit at the front door and are nobody's own practitioner.
CREATE TEMP TABLE door ON COMMIT DROP AS
SELECT s.agency_id, s.door_id, s.manager_id, nextval(pg_get_serial_sequence('practitioner', 'id'))::integer AS id, nextval(pg_get_serial_sequence('account', 'id')) AS account_id
  FROM sort s, generate_series(1, 6) WHERE s.kind = 'council_children';

INSERT INTO account (id, password, email, is_active, is_demo, is_staff_account, large_print, single_key_shortcuts, created_at)
SELECT account_id, '!', 'worker.' || id || '@population.example', true, false, true, false, true, %(since)s FROM (SELECT id, account_id FROM crew UNION ALL SELECT id, account_id FROM door) w;

INSERT INTO team (id, agency_id, name, role, duty_desk, shared_mailbox, starts)
SELECT id, agency_id, 'Team ' || team + 1, role, false, false, %(since)s FROM crew_team;

INSERT INTO practitioner (id, account_id, agency_id, name, title, profession, role, supervisor_id, email, phone, system_owner, starts)
SELECT c.id, c.account_id, c.agency_id, g.name || ' ' || f.name, c.title, c.title, c.role, CASE WHEN c.id = t.lead_id THEN c.manager_id ELSE t.lead_id END, '', '', false, %(since)s
  FROM crew c JOIN crew_team t USING (agency_id, team)
       JOIN pool_name g ON g.kind = CASE WHEN mod(c.id, 3) = 0 THEN 'male' ELSE 'female' END AND g.place = mod(c.id * 31, 900)
       JOIN pool_name f ON f.kind = 'family' AND f.place = mod(c.id * 17, 900)
UNION ALL
SELECT d.id, d.account_id, d.agency_id, g.name || ' ' || f.name, 'Duty social worker', 'Social worker', 'social_worker', d.manager_id, '', '', false, %(since)s
  FROM door d JOIN pool_name g ON g.kind = 'female' AND g.place = mod(d.id * 31, 900) JOIN pool_name f ON f.kind = 'family' AND f.place = mod(d.id * 17, 900);

INSERT INTO team_membership (team_id, practitioner_id, is_manager, starts)
SELECT t.id, c.id, c.id = t.lead_id, %(since)s FROM crew c JOIN crew_team t USING (agency_id, team) UNION ALL SELECT door_id, id, false, %(since)s FROM door;

INSERT INTO training (practitioner_id, subject, completed_on, expires_on)
SELECT id, 'information_governance', %(at)s::date - 60, %(at)s::date + 305 FROM (SELECT id FROM crew UNION ALL SELECT id FROM door) w;
