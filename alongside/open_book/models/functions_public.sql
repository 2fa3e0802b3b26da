-- What everybody may read: periods that were closed and published, and of suppliers only organisations by name.

CREATE OR REPLACE FUNCTION published_periods(p_partnership bigint) RETURNS TABLE (id bigint, name text, first date, last date, published_at timestamptz, contributed numeric, in_kind numeric, spent numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.name, p.first, p.last, p.published_at,
           (SELECT coalesce(sum(r.amount), 0) FROM receipt r JOIN contribution c ON c.id = r.contribution_id WHERE r.period_id = p.id AND c.way = 'cash'),
           (SELECT coalesce(sum(r.amount), 0) FROM receipt r JOIN contribution c ON c.id = r.contribution_id WHERE r.period_id = p.id AND c.way <> 'cash'),
           (SELECT coalesce(sum(l.amount), 0) FROM spend_line l WHERE l.period_id = p.id)
      FROM accounting_period p WHERE p.partnership_id = p_partnership AND p.published_at IS NOT NULL ORDER BY p.first DESC
$$;

CREATE OR REPLACE FUNCTION published_contributions(p_period bigint) RETURNS TABLE (agency text, way text, amount numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.name, c.way, sum(r.amount) FROM receipt r JOIN contribution c ON c.id = r.contribution_id JOIN agency a ON a.id = c.agency_id JOIN accounting_period p ON p.id = r.period_id
     WHERE r.period_id = p_period AND p.published_at IS NOT NULL GROUP BY a.name, c.way ORDER BY a.name, c.way
$$;

CREATE OR REPLACE FUNCTION published_lines(p_period bigint, p_page integer, p_many integer) RETURNS TABLE (paid_on date, agency text, supplier text, cost_centre text, what text, amount numeric, takes_back boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.paid_on, a.name, CASE s.kind WHEN 'organisation' THEN s.name ELSE '' END, coalesce(c.name, ''), CASE s.kind WHEN 'organisation' THEN l.description ELSE '' END, l.amount, l.reverses_id IS NOT NULL
      FROM spend_line l JOIN accounting_period p ON p.id = l.period_id JOIN agency a ON a.id = l.agency_id JOIN supplier s ON s.id = l.supplier_id LEFT JOIN cost_centre c ON c.id = l.cost_centre_id
     WHERE l.period_id = p_period AND p.published_at IS NOT NULL ORDER BY l.paid_on DESC, l.id DESC OFFSET greatest(p_page, 0)::bigint * least(greatest(p_many, 1), 200) LIMIT least(greatest(p_many, 1), 200)
$$;
