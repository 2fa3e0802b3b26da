-- The access ledger: the only way in (append), the only way to forget (erase), and a person's way to read (about).

-- What is hashed: the words of a line, and of its kept part. The same expressions stand in ledger/canonical.py; a test holds them together.
CREATE OR REPLACE FUNCTION ledger_kept(
    people bigint[] DEFAULT NULL, item text DEFAULT NULL, rules text[] DEFAULT NULL, obligations text[] DEFAULT NULL, withheld text[] DEFAULT NULL,
    reason text DEFAULT NULL, detail jsonb DEFAULT NULL
) RETURNS text LANGUAGE sql STABLE AS $$ SELECT
'{' || concat_ws(',',
    '"people":' || array_to_json(people),
    '"item":' || to_json(item),
    '"rules":' || array_to_json(rules),
    '"obligations":' || array_to_json(obligations),
    '"withheld":' || array_to_json(withheld),
    '"reason":' || to_json(reason),
    '"detail":' || detail::text) || '}'
$$;

CREATE OR REPLACE FUNCTION ledger_words(
    account_id bigint DEFAULT NULL, practitioner_id bigint DEFAULT NULL, agency_id bigint DEFAULT NULL, person_id bigint DEFAULT NULL,
    verb text DEFAULT NULL, category text DEFAULT NULL, purpose text DEFAULT NULL, basis text DEFAULT NULL, decision text DEFAULT NULL,
    surface text DEFAULT NULL, automatic boolean DEFAULT NULL, kept text DEFAULT NULL, kept_salt bytea DEFAULT NULL
) RETURNS text LANGUAGE sql STABLE AS $$ SELECT
'{' || concat_ws(',',
    '"account_id":' || account_id,
    '"practitioner_id":' || practitioner_id,
    '"agency_id":' || agency_id,
    '"person_id":' || person_id,
    '"verb":' || to_json(verb),
    '"category":' || to_json(category),
    '"purpose":' || to_json(purpose),
    '"basis":' || to_json(basis),
    '"decision":' || to_json(decision),
    '"surface":' || to_json(surface),
    '"automatic":' || automatic,
    '"kept":' || to_json(encode(sha256('alongside.ledger.kept.1:'::bytea || coalesce(kept_salt, '') || convert_to(nullif(kept, '{}'), 'UTF8')), 'hex'))) || '}'
$$;

CREATE OR REPLACE FUNCTION ledger_append(
    verb text, surface text,
    account_id bigint DEFAULT NULL, practitioner_id bigint DEFAULT NULL, agency_id bigint DEFAULT NULL,
    person_id bigint DEFAULT NULL, people bigint[] DEFAULT NULL,
    category text DEFAULT NULL, item text DEFAULT NULL, purpose text DEFAULT NULL, basis text DEFAULT NULL, decision text DEFAULT NULL,
    rules text[] DEFAULT NULL, obligations text[] DEFAULT NULL, withheld text[] DEFAULT NULL, reason text DEFAULT NULL,
    automatic boolean DEFAULT false, detail jsonb DEFAULT NULL
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    salt bytea := uuid_send(gen_random_uuid());
    kept text := ledger_kept(people, item, rules, obligations, withheld, reason, detail);
    kept_salt bytea := uuid_send(gen_random_uuid());
    line bigint;
BEGIN
    IF verb = 'dispose' AND category = 'access_ledger' THEN
        RAISE EXCEPTION 'only ledger_erase says what was disposed of' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO ledger_line (
        salt, kept_salt, account_id, practitioner_id, agency_id, person_id, people, verb, category, item, purpose, basis, decision, rules,
        obligations, withheld, reason, surface, automatic, detail, commitment)
    VALUES (
        salt, kept_salt, account_id, practitioner_id, agency_id, person_id, people, verb, category, item, purpose, basis, decision, rules,
        obligations, withheld, reason, surface, automatic, detail,
        sha256('alongside.ledger.line.1:'::bytea || salt || convert_to(ledger_words(
            account_id, practitioner_id, agency_id, person_id, verb, category, purpose, basis, decision, surface, automatic, kept, kept_salt), 'UTF8')))
    RETURNING id INTO line;
    RETURN line;
END $$;

-- Takes the words and the salt out of lines whose time is over. What stays is a hash that nobody can open, its place in the tree,
-- and a new line saying who disposed of which lines, of what class and why.
CREATE OR REPLACE FUNCTION ledger_erase(
    lines bigint[], class text, because text, by_account bigint DEFAULT NULL, by_practitioner bigint DEFAULT NULL
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    erased bigint;
    salt bytea := uuid_send(gen_random_uuid());
    kept_salt bytea := uuid_send(gen_random_uuid());
    by_itself boolean := by_practitioner IS NULL AND by_account IS NULL;
    what jsonb := jsonb_build_object('class', class, 'lines', to_jsonb(lines));
    disposal bigint;
BEGIN
    IF coalesce(class, '') = '' OR coalesce(because, '') = '' THEN
        RAISE EXCEPTION 'a disposal states its class and its reason';
    END IF;
    UPDATE ledger_line l SET
        salt = NULL, kept_salt = NULL, account_id = NULL, practitioner_id = NULL, agency_id = NULL, person_id = NULL, people = NULL,
        verb = NULL, category = NULL, item = NULL, purpose = NULL, basis = NULL, decision = NULL, rules = NULL, obligations = NULL,
        withheld = NULL, reason = NULL, surface = NULL, automatic = NULL, detail = NULL
     WHERE l.id = ANY (lines) AND l.salt IS NOT NULL AND NOT (l.verb = 'dispose' AND l.category IS NOT DISTINCT FROM 'access_ledger');
    GET DIAGNOSTICS erased = ROW_COUNT;
    IF erased = 0 OR erased <> cardinality(lines) THEN
        RAISE EXCEPTION 'of % lines only % can be erased: the others are missing, erased already, or say what was erased', cardinality(lines), erased;
    END IF;
    INSERT INTO ledger_line (salt, kept_salt, account_id, practitioner_id, verb, category, reason, surface, automatic, detail, commitment)
    VALUES (salt, kept_salt, by_account, by_practitioner, 'dispose', 'access_ledger', because, 'job', by_itself, what,
        sha256('alongside.ledger.line.1:'::bytea || salt || convert_to(ledger_words(
            account_id => by_account, practitioner_id => by_practitioner, verb => 'dispose', category => 'access_ledger', surface => 'job',
            automatic => by_itself, kept => ledger_kept(reason => because, detail => what), kept_salt => kept_salt), 'UTF8')))
    RETURNING id INTO disposal;
    RETURN disposal;
END $$;

-- The lines that one page of a person's own ledger shows (who_looked_at decides which), in the very words that were hashed and without
-- their kept part. Where the page does not name the practitioner, the words stay closed too.
CREATE OR REPLACE FUNCTION ledger_about(p_person bigint, p_withheld text[] DEFAULT '{}', p_before bigint DEFAULT NULL, p_limit integer DEFAULT 50)
RETURNS TABLE (line bigint, at timestamptz, era smallint, xid xid8, commitment bytea, salt bytea, words text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT l.id, l.at, l.era, l.xid, l.commitment, CASE WHEN named THEN l.salt END,
           CASE WHEN named THEN ledger_words(
               l.account_id, l.practitioner_id, l.agency_id, l.person_id, l.verb, l.category, l.purpose, l.basis, l.decision, l.surface, l.automatic,
               ledger_kept(l.people, l.item, l.rules, l.obligations, l.withheld, l.reason, l.detail), l.kept_salt) END
      FROM (SELECT k.line_id, k.who IS DISTINCT FROM 'A practitioner' AS named FROM who_looked_at(p_person, p_withheld, p_before, p_limit) k) shown
      JOIN ledger_line l ON l.id = shown.line_id
     ORDER BY l.id DESC;
END $$;

-- How many lines wait outside the tree, and how long the oldest has waited: more than ten seconds means that nobody is sealing.
CREATE OR REPLACE FUNCTION ledger_waiting() RETURNS TABLE (lines bigint, seconds double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last ledger_seal;
BEGIN
    SELECT * INTO last FROM ledger_seal ORDER BY number DESC LIMIT 1;
    RETURN QUERY
    SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(l.at)), 0)::double precision
      FROM ledger_line l WHERE (l.era, l.xid) >= (coalesce(last.era, 0::smallint), coalesce(last.to_xid, '0'::xid8));
END $$;

-- After a restore into another server, transaction numbers start again below those already used. Lines written from then on belong
-- to a new era; what was waiting in the old one is sealed first.
DO $$
DECLARE last ledger_line;
BEGIN
    SELECT * INTO last FROM ledger_line ORDER BY era DESC, xid DESC, id DESC LIMIT 1;
    IF last.xid > pg_snapshot_xmax(pg_current_snapshot()) THEN
        EXECUTE format('ALTER TABLE ledger_line ALTER COLUMN era SET DEFAULT %s', last.era + 1);
    END IF;
END $$;
