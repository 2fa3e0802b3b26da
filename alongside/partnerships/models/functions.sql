-- What may flow, from signed terms. Nothing flows to or from a party that has not signed, has refused or has withdrawn; dates are tested at each use.
CREATE OR REPLACE FUNCTION recompute_flows(p_agreement bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM flow WHERE agreement_id = p_agreement;
    INSERT INTO flow (agreement_id, from_agency_id, to_agency_id, purpose, category, category_no, lawful_basis, starts, ends)
    SELECT a.id, f.agency_id, t.agency_id, m.purpose, m.category, category_no(m.category), m.lawful_basis,
           greatest(a.starts, f.signed_at, t.signed_at), least(a.ends, f.withdrawn_at, t.withdrawn_at)
      FROM sharing_agreement a
      JOIN agreement_term m ON m.agreement_id = a.id
      JOIN agreement_party f ON f.agreement_id = a.id AND (m.from_agency_id IS NULL OR m.from_agency_id = f.agency_id)
      JOIN agreement_party t ON t.agreement_id = a.id AND t.agency_id <> f.agency_id AND (m.to_agency_id IS NULL OR m.to_agency_id = t.agency_id)
     WHERE a.id = p_agreement AND a.status = 'in_force'
       AND f.signed_at IS NOT NULL AND f.refused_at IS NULL AND t.signed_at IS NOT NULL AND t.refused_at IS NULL
       AND greatest(a.starts, f.signed_at, t.signed_at) < least(a.ends, f.withdrawn_at, t.withdrawn_at);
$$;
