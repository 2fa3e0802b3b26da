-- A file of spend: read in batches that can be gone on with, then put into the books at one stroke or not at all.

CREATE OR REPLACE FUNCTION imports_for(p_partnership bigint, p_agency bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF session_user <> 'alongside_worker' THEN PERFORM keeper_only(p_partnership, p_agency); END IF;
END $$;

CREATE OR REPLACE FUNCTION begin_spend_import(p jsonb, p_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n record; found_id bigint;
BEGIN
    SELECT * INTO n FROM jsonb_to_record(p) AS x(partnership bigint, agency bigint, file_name text, sha256 text, columns jsonb, operator text);
    PERFORM imports_for(n.partnership, n.agency);
    IF NOT is_live_partner(n.partnership, n.agency) THEN PERFORM not_now('Only a partner pays for the partnership.'); END IF;
    PERFORM pg_advisory_xact_lock(hashtext('spend of ' || n.partnership || ' ' || n.agency));
    SELECT id INTO found_id FROM spend_import WHERE partnership_id = n.partnership AND agency_id = n.agency AND sha256 = n.sha256 AND status <> 'discarded';
    IF FOUND THEN RETURN found_id; END IF;
    INSERT INTO spend_import (partnership_id, agency_id, file_name, sha256, columns, status, rows_read, begun_by_id, operator, begun_at)
    VALUES (n.partnership, n.agency, n.file_name, n.sha256, n.columns, 'reading', 0, my_practitioner(), coalesce(n.operator, ''), least(p_at, now())) RETURNING id INTO found_id;
    RETURN found_id;
END $$;

CREATE OR REPLACE FUNCTION stage_spend(p_import bigint, p_start integer, p_until integer, p_lines jsonb, p_left_out jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE i spend_import%ROWTYPE;
BEGIN
    SELECT * INTO i FROM spend_import WHERE id = p_import FOR UPDATE;
    PERFORM imports_for(i.partnership_id, i.agency_id);
    IF i.status <> 'reading' THEN PERFORM not_now('This file was read to its end already.'); END IF;
    INSERT INTO spend_batch (spend_import_id, start, lines, left_out) VALUES (p_import, p_start, p_lines, p_left_out) ON CONFLICT DO NOTHING;
    UPDATE spend_import SET rows_read = greatest(rows_read, p_until) WHERE id = p_import;
END $$;

CREATE OR REPLACE FUNCTION spend_is_read(p_import bigint, p_tally jsonb, p_first date, p_last date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE i spend_import%ROWTYPE;
BEGIN
    SELECT * INTO i FROM spend_import WHERE id = p_import FOR UPDATE;
    PERFORM imports_for(i.partnership_id, i.agency_id);
    UPDATE spend_import SET status = 'read', tally = p_tally, first_day = p_first, last_day = p_last WHERE id = p_import AND status = 'reading';
END $$;

CREATE OR REPLACE FUNCTION finish_spend_import(p_import bigint, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE i spend_import%ROWTYPE;
BEGIN
    SELECT * INTO i FROM spend_import WHERE id = p_import FOR UPDATE;
    PERFORM imports_for(i.partnership_id, i.agency_id);
    IF i.status = 'done' THEN RETURN false; END IF;
    IF i.status <> 'read' THEN PERFORM not_now('This file has not been read to its end. Read it again.'); END IF;
    PERFORM pg_advisory_xact_lock(hashtext('spend of ' || i.partnership_id || ' ' || i.agency_id));
    INSERT INTO supplier (partnership_id, name, kind)
    SELECT DISTINCT ON (x.s) i.partnership_id, x.s, x.k FROM spend_batch b, jsonb_to_recordset(b.lines) x(s text, k text) WHERE b.spend_import_id = p_import ON CONFLICT (partnership_id, name) DO NOTHING;
    INSERT INTO cost_centre (partnership_id, name, objective, overhead)
    SELECT DISTINCT i.partnership_id, x.c, '', false FROM spend_batch b, jsonb_to_recordset(b.lines) x(c text) WHERE b.spend_import_id = p_import AND x.c <> '' ON CONFLICT (partnership_id, name) DO NOTHING;
    INSERT INTO spend_line (partnership_id, period_id, agency_id, supplier_id, cost_centre_id, paid_on, amount, reference, description, spend_import_id, row, fingerprint, reason, recorded_by_id, recorded_at)
    SELECT i.partnership_id, period.id, i.agency_id, supplier.id, centre.id, x.d, x.a, x.r, x.w, p_import, x.n, x.f, '', (SELECT my_practitioner()), least(p_at, now())
      FROM spend_batch b CROSS JOIN jsonb_to_recordset(b.lines) x(n integer, p bigint, d date, s text, a numeric, c text, r text, w text, f text)
      JOIN accounting_period period ON period.partnership_id = i.partnership_id AND period.id = x.p
      JOIN supplier ON supplier.partnership_id = i.partnership_id AND supplier.name = x.s
      LEFT JOIN cost_centre centre ON centre.partnership_id = i.partnership_id AND centre.name = x.c
     WHERE b.spend_import_id = p_import
       AND NOT EXISTS (SELECT 1 FROM spend_line l WHERE l.partnership_id = i.partnership_id AND l.agency_id = i.agency_id AND l.fingerprint = x.f)
     ORDER BY x.n;
    INSERT INTO spend_row_left_out (partnership_id, spend_import_id, row, fate, reasons, amount, cells)
    SELECT i.partnership_id, p_import, x.n, x.t, x.y, x.a, x.z FROM spend_batch b, jsonb_to_recordset(b.left_out) x(n integer, t text, y varchar[], a numeric, z text) WHERE b.spend_import_id = p_import
    UNION ALL
    SELECT i.partnership_id, p_import, x.n, 'already', ARRAY[format('It stands in the books already, from %s.', other.file_name)]::varchar[], x.a, concat_ws(', ', x.d, x.s, x.a, x.c, x.r)
      FROM spend_batch b, jsonb_to_recordset(b.lines) x(n integer, d date, s text, a numeric, c text, r text, f text)
      JOIN spend_line l ON l.partnership_id = i.partnership_id AND l.agency_id = i.agency_id AND l.fingerprint = x.f AND l.spend_import_id <> p_import
      JOIN spend_import other ON other.id = l.spend_import_id
     WHERE b.spend_import_id = p_import;
    UPDATE spend_import SET status = 'done', finished_at = least(p_at, now()) WHERE id = p_import;
    DELETE FROM spend_batch WHERE spend_import_id = p_import;
    RETURN true;
END $$;

CREATE OR REPLACE FUNCTION discard_spend_import(p_import bigint, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE i spend_import%ROWTYPE;
BEGIN
    SELECT * INTO i FROM spend_import WHERE id = p_import FOR UPDATE;
    PERFORM imports_for(i.partnership_id, i.agency_id);
    IF i.status = 'done' THEN PERFORM not_now('Its lines stand in the books. Take back what is wrong line by line.'); END IF;
    UPDATE spend_import SET status = 'discarded', finished_at = least(p_at, now()) WHERE id = p_import AND status <> 'discarded';
    DELETE FROM spend_batch WHERE spend_import_id = p_import;
END $$;

-- What was read of a file and is not in the books yet: its first rows, what was left out, and what stands in the books already.
CREATE OR REPLACE FUNCTION spend_preview(p_import bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE i spend_import%ROWTYPE; found jsonb;
BEGIN
    SELECT * INTO i FROM spend_import WHERE id = p_import;
    PERFORM imports_for(i.partnership_id, i.agency_id);
    SELECT jsonb_build_object(
        'first', (SELECT coalesce(jsonb_agg(one), '[]') FROM (SELECT jsonb_array_elements(b.lines) one FROM spend_batch b WHERE b.spend_import_id = p_import ORDER BY b.start LIMIT 6) f),
        'left_out', (SELECT coalesce(jsonb_agg(one), '[]') FROM (SELECT jsonb_array_elements(b.left_out) one FROM spend_batch b WHERE b.spend_import_id = p_import ORDER BY b.start LIMIT 25) f),
        'already', (SELECT jsonb_build_object('rows', count(*), 'amount', coalesce(sum(l.amount), 0)) FROM spend_batch b, jsonb_to_recordset(b.lines) x(f text)
                      JOIN spend_line l ON l.partnership_id = i.partnership_id AND l.agency_id = i.agency_id AND l.fingerprint = x.f WHERE b.spend_import_id = p_import)) INTO found;
    RETURN found;
END $$;
