-- Agreements and needs are open to every partner. Nobody writes them by hand: each change goes through a door that asks who is asking, and
-- what may flow is worked out by the functions alone.
REVOKE ALL ON partnership, partner, partnership_event, sharing_agreement, agreement_party, agreement_term, flow, agreement_event, information_need FROM alongside_app, alongside_worker;
GRANT SELECT ON partnership, partner, partnership_event, sharing_agreement, agreement_party, agreement_term, flow, agreement_event, information_need
   TO alongside_app, alongside_worker, alongside_definer;
GRANT INSERT, UPDATE, DELETE ON partnership, partner, partnership_event, sharing_agreement, agreement_party, agreement_term, flow, agreement_event, information_need TO alongside_definer;
REVOKE EXECUTE ON FUNCTION recompute_flows(bigint) FROM alongside_app;
GRANT EXECUTE ON FUNCTION
    found_partnership(jsonb, timestamptz), join_partnership(bigint, bigint, bigint, bigint, timestamptz), leave_partnership(bigint, bigint, text, jsonb, timestamptz),
    change_partner(bigint, bigint, bigint, bigint, timestamptz),
    draft_agreement(jsonb, timestamptz), change_draft(bigint, jsonb, timestamptz), discard_draft(bigint), open_for_signature(bigint, timestamptz), sign_agreement(bigint, timestamptz),
    refuse_agreement(bigint, text, text, timestamptz), withdraw_from_agreement(bigint, text, timestamptz), end_agreement(bigint, text, timestamptz),
    comment_on_agreement(bigint, text, timestamptz), declare_need(jsonb, timestamptz), end_need(bigint, text, timestamptz),
    agreement_line(bigint), my_agency(), belongs(bigint), boards_of_my_own(), tables_open_to_me(), sits_with(bigint), takes_part(bigint), speaks_for(bigint, bigint), leads_partnership(bigint), may_draft(bigint), may_comment(bigint), declares_for(bigint, bigint, bigint), is_partner(bigint),
    needs_brought(bigint, timestamptz), entries_of_kinds(bigint, text[], text, timestamptz), touched_by_closing(bigint, bigint, bigint)
    TO alongside_app;
GRANT EXECUTE ON FUNCTION
    end_partnership(jsonb, timestamptz), call_off_ending(bigint, text, timestamptz), plan_return(bigint, jsonb, timestamptz), give_back(bigint, text, timestamptz), is_over(bigint), winds_up(bigint), was_there_at_the_end(bigint),
    leads_what_is_left(bigint), settles_what_is_left(bigint)
    TO alongside_app;
GRANT EXECUTE ON FUNCTION lapse_warnings_due(integer[], timestamptz), carry_out_endings_due(), endings_to_tell(timestamptz) TO alongside_worker;
