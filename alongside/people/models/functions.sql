-- Tickets: what this transaction may read and write about whom. Written by open_record only, signed with a secret no runtime role can read,
-- and bound to one transaction, so that neither SQL text nor a borrowed connection can make or keep one.

CREATE TABLE IF NOT EXISTS ticket_secret (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), secret bytea NOT NULL);
INSERT INTO ticket_secret (secret) SELECT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) ON CONFLICT DO NOTHING;

CREATE OR REPLACE FUNCTION ticket_signature(body text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(secret || sha256(secret || convert_to(body, 'UTF8'))), 'hex') FROM ticket_secret
$$;

-- A ticket is 'xid|keys|people|writable|signature', each list as a PostgreSQL array.
CREATE OR REPLACE FUNCTION ticket_list(place integer) RETURNS bigint[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE part text[] := string_to_array(nullif(current_setting('app.ticket', true), ''), '|');
BEGIN
    IF part IS NULL OR part[1] IS DISTINCT FROM pg_current_xact_id_if_assigned()::text
       OR part[5] IS DISTINCT FROM ticket_signature(array_to_string(part[1:4], '|')) THEN
        RETURN '{}';
    END IF;
    RETURN part[place]::bigint[];
END $$;

CREATE OR REPLACE FUNCTION ticket_keys() RETURNS bigint[] LANGUAGE sql STABLE RETURN ticket_list(2);
CREATE OR REPLACE FUNCTION ticket_people() RETURNS bigint[] LANGUAGE sql STABLE RETURN ticket_list(3);
CREATE OR REPLACE FUNCTION ticket_writable() RETURNS bigint[] LANGUAGE sql STABLE RETURN ticket_list(4);

-- Only definer functions may call it: adds to what this transaction may read.
CREATE OR REPLACE FUNCTION issue_ticket(p_keys bigint[], p_people bigint[], p_writable bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE body text := pg_current_xact_id()::text || '|' || (ticket_list(2) || p_keys)::text || '|' || (ticket_list(3) || p_people)::text || '|' || (ticket_list(4) || p_writable)::text;
BEGIN
    PERFORM set_config('app.ticket', body || '|' || ticket_signature(body), true);
END $$;
REVOKE ALL ON FUNCTION issue_ticket(bigint[], bigint[], bigint[]), ticket_signature(text) FROM PUBLIC;

-- An account becomes a person's own. Only a records office does it, and only once for each account.
CREATE OR REPLACE FUNCTION let_sign_in(p_account bigint, p_person bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM identity_session s JOIN practitioner w ON w.id = s.practitioner_id
                    WHERE s.token_hash = token_hash() AND s.ended_at IS NULL AND s.expires_at > now() AND w.role = 'records_manager') THEN
        RAISE EXCEPTION 'only a records office lets somebody sign in to a record' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO representation (account_id, person_id, own_person_id, relation, role, authority, limited_to, barred_by_court_order, starts)
    SELECT p_account, p_person, p_person, 'self', 'person', '', '', false, now()
     WHERE NOT EXISTS (SELECT 1 FROM representation r WHERE r.account_id = p_account AND r.ends IS NULL);
END $$;
