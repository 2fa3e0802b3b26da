-- Agreements and needs are open to every partner; only flows are worked out and never written by hand.
GRANT SELECT ON partnership, partner, sharing_agreement, agreement_party, agreement_term, flow, agreement_event, information_need TO alongside_app, alongside_worker, alongside_definer;
GRANT INSERT, UPDATE ON partnership, partner, sharing_agreement, agreement_party, agreement_term, agreement_event, information_need TO alongside_app;
GRANT DELETE ON agreement_term, agreement_party TO alongside_app;
GRANT INSERT, DELETE ON flow TO alongside_definer;
GRANT EXECUTE ON FUNCTION recompute_flows(bigint) TO alongside_app;
