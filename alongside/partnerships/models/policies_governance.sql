-- Everything at a partnership's table is read by those who sit at it and by nobody else. `writes` says who may add a row and `changes` who may set
-- the few columns named beside it, once; nothing is deleted, and nothing that was said is said otherwise afterwards.
DO $$
DECLARE
    t record;
    of_item text := '(SELECT m.partnership_id FROM agenda_item i JOIN board_meeting m ON m.id = i.meeting_id WHERE i.id = item_id)';
    open_item text := '(SELECT m.closed_at IS NULL AND m.cancelled_at IS NULL FROM agenda_item i JOIN board_meeting m ON m.id = i.meeting_id WHERE i.id = item_id)';
    own_agency text := '(SELECT w.agency_id FROM practitioner w WHERE w.id = my_practitioner())';
BEGIN
    FOR t IN SELECT * FROM (VALUES
        ('initiative', '', $p$governs(partnership_id)$p$, '', ''),
        ('partnership_post', '', $p$governs(partnership_id)$p$, $p$governs(partnership_id)$p$, 'ended_at'),
        ('vision', '', $p$may_draft(partnership_id) OR governs(partnership_id)$p$, $p$governs(partnership_id) AND adopted_at IS NULL$p$, 'opened_at'),
        ('vision_party', 'vision_id IN (SELECT id FROM vision)', $p$governs((SELECT v.partnership_id FROM vision v WHERE v.id = vision_id))
            AND agency_id = (SELECT w.agency_id FROM practitioner w WHERE w.id = signatory_id)$p$, '', ''),
        ('vision_objective', 'vision_id IN (SELECT id FROM vision)', $p$governs((SELECT v.partnership_id FROM vision v WHERE v.id = vision_id))
            AND (SELECT v.partnership_id FROM vision v WHERE v.id = vision_id) = (SELECT o.partnership_id FROM objective_wording w JOIN objective o ON o.id = w.objective_id WHERE w.id = wording_id)$p$, '', ''),
        ('sign_up', 'party_id IN (SELECT id FROM vision_party)', $p$EXISTS (SELECT 1 FROM vision_party y JOIN vision v ON v.id = y.vision_id WHERE y.id = party_id
            AND y.signatory_id = my_practitioner() AND y.agency_id = $p$ || own_agency || $p$ AND v.opened_at IS NOT NULL AND NOT is_over(v.partnership_id))$p$, '', ''),
        ('vision_remark', 'vision_id IN (SELECT id FROM vision)', $p$is_partner((SELECT v.partnership_id FROM vision v WHERE v.id = vision_id)) AND agency_id = $p$ || own_agency,
            $p$governs((SELECT v.partnership_id FROM vision v WHERE v.id = vision_id)) AND answered_at IS NULL$p$, 'answer, answer_why, answered_at, answered_by_id'),
        ('objective', '', $p$may_draft(partnership_id) OR governs(partnership_id)$p$, $p$governs(partnership_id) AND ended_at IS NULL$p$, 'ended_at, ended_because'),
        ('objective_wording', 'objective_id IN (SELECT id FROM objective)', $p$(SELECT may_draft(o.partnership_id) OR governs(o.partnership_id) FROM objective o WHERE o.id = objective_id)$p$, '', ''),
        ('objective_reading', 'objective_id IN (SELECT id FROM objective)', $p$(SELECT may_draft(o.partnership_id) OR governs(o.partnership_id) FROM objective o WHERE o.id = objective_id)
            OR my_practitioner() = (SELECT w.owner_id FROM objective_wording w JOIN objective o ON o.id = w.objective_id AND NOT is_over(o.partnership_id)
                                     WHERE w.objective_id = objective_reading.objective_id ORDER BY w.number DESC LIMIT 1)$p$, '', ''),
        ('objective_interest', 'objective_id IN (SELECT id FROM objective)', $p$(SELECT speaks_for(o.partnership_id, agency_id) FROM objective o WHERE o.id = objective_id)$p$, '', ''),
        ('objective_ranking', '', $p$speaks_for(partnership_id, agency_id)$p$, '', ''),
        ('board_member', '', $p$governs(partnership_id)$p$, $p$governs(partnership_id) AND ended_at IS NULL$p$, 'ended_at'),
        ('board_rules', '', $p$governs(partnership_id)$p$, '', ''),
        ('governance_text', '', $p$governs(partnership_id)$p$, '', ''),
        ('decision_right', '', $p$governs(partnership_id)$p$, $p$governs(partnership_id) AND ended_at IS NULL$p$, 'ended_at'),
        ('declared_interest', 'member_id IN (SELECT id FROM board_member)', $p$member_id IN (SELECT my_seats()) OR governs((SELECT b.partnership_id FROM board_member b WHERE b.id = member_id))$p$,
            $p$ended_at IS NULL AND (member_id IN (SELECT my_seats()) OR governs((SELECT b.partnership_id FROM board_member b WHERE b.id = member_id)))$p$, 'ended_at'),
        ('partnership_risk', '', $p$is_partner(partnership_id) OR governs(partnership_id)$p$, $p$governs(partnership_id) AND closed_at IS NULL$p$, 'closed_at, closed_because'),
        ('partnership_risk_review', 'risk_id IN (SELECT id FROM partnership_risk)', $p$(SELECT k.closed_at IS NULL AND NOT is_over(k.partnership_id) AND (governs(k.partnership_id) OR k.owner_id = my_practitioner() OR k.by_id = my_practitioner())
            FROM partnership_risk k WHERE k.id = risk_id)$p$, '', ''),
        ('duty', '', $p$governs(partnership_id)$p$, $p$governs(partnership_id)$p$, 'ended_at'),
        ('duty_holder', 'duty_id IN (SELECT id FROM duty)', $p$governs((SELECT d.partnership_id FROM duty d WHERE d.id = duty_id))$p$, $p$governs((SELECT d.partnership_id FROM duty d WHERE d.id = duty_id))$p$, 'ended_at'),
        ('delegable_task', '', $p$governs(partnership_id)$p$, $p$governs(partnership_id)$p$, 'ended_at'),
        ('role_dispute', '', $p$is_partner(partnership_id) AND agency_id = $p$ || own_agency, $p$settled_at IS NULL AND NOT is_over(partnership_id) AND (governs(partnership_id) OR by_id = my_practitioner())$p$, 'settled_at, settled_by_id, settlement'),
        ('board_meeting', '', $p$governs(partnership_id)$p$, $p$governs(partnership_id) AND closed_at IS NULL$p$, 'closed_at, cancelled_at, next_on'),
        ('agenda_item', 'meeting_id IN (SELECT id FROM board_meeting)', $p$(SELECT m.closed_at IS NULL AND m.cancelled_at IS NULL AND (governs(m.partnership_id) OR EXISTS (SELECT 1 FROM board_member b
            WHERE b.id = member_id AND b.partnership_id = m.partnership_id AND b.id IN (SELECT my_seats()))) FROM board_meeting m WHERE m.id = meeting_id)$p$,
            $p$(SELECT m.closed_at IS NULL AND governs(m.partnership_id) FROM board_meeting m WHERE m.id = meeting_id)$p$, 'discussion'),
        ('agenda_paper', 'item_id IN (SELECT id FROM agenda_item)', $p$(SELECT m.closed_at IS NULL AND m.cancelled_at IS NULL AND (governs(m.partnership_id) OR i.member_id IN (SELECT my_seats()))
            FROM agenda_item i JOIN board_meeting m ON m.id = i.meeting_id WHERE i.id = item_id)$p$, '', ''),
        ('attendance', 'meeting_id IN (SELECT id FROM board_meeting)', $p$(SELECT m.closed_at IS NULL AND b.partnership_id = m.partnership_id
            AND (governs(m.partnership_id) OR b.id IN (SELECT my_seats()) AND came = 'apologies') FROM board_meeting m, board_member b WHERE m.id = meeting_id AND b.id = member_id)$p$, '', ''),
        ('item_conflict', 'item_id IN (SELECT id FROM agenda_item)', open_item || ' AND (SELECT b.partnership_id FROM board_member b WHERE b.id = member_id) = ' || of_item
            || ' AND (member_id IN (SELECT my_seats()) OR governs(' || of_item || '))', '', ''),
        ('board_decision', 'item_id IN (SELECT id FROM agenda_item)', open_item || ' AND governs(' || of_item || ')', '', ''),
        ('board_dissent', 'decision_id IN (SELECT id FROM board_decision)', $p$(SELECT b.partnership_id = m.partnership_id AND (b.id IN (SELECT my_seats()) OR governs(m.partnership_id))
            FROM board_decision d JOIN agenda_item i ON i.id = d.item_id JOIN board_meeting m ON m.id = i.meeting_id, board_member b WHERE d.id = decision_id AND b.id = board_dissent.member_id)$p$, '', ''),
        ('board_action', 'item_id IN (SELECT id FROM agenda_item)', open_item || ' AND (SELECT b.partnership_id FROM board_member b WHERE b.id = owner_id) = ' || of_item || ' AND governs(' || of_item || ')',
            'done_at IS NULL AND (owner_id IN (SELECT my_seats()) OR governs(' || of_item || '))', 'done_at, done_how'),
        ('partnership_complaint', 'is_partner(partnership_id) OR was_there_at_the_end(partnership_id)', $p$is_partner(partnership_id) AND (about_id IS NULL OR EXISTS (SELECT 1 FROM partner p WHERE p.partnership_id = partnership_complaint.partnership_id
            AND p.agency_id = about_id AND p.left_at IS NULL)) AND answered_at IS NULL$p$,
            $p$answered_at IS NULL AND settles_what_is_left(partnership_id) AND about_id IS DISTINCT FROM $p$ || own_agency, 'answered_at, answered_by_id, outcome, answer'),
        ('benefit', '', $p$is_partner(partnership_id) OR governs(partnership_id)$p$, $p$governs(partnership_id) AND closed_at IS NULL$p$, 'closed_at, closed_because'),
        ('benefit_evidence', 'benefit_id IN (SELECT id FROM benefit)', $p$(SELECT is_partner(f.partnership_id) OR governs(f.partnership_id) FROM benefit f WHERE f.id = benefit_id)$p$, '', '')
        ) AS v(name, reads, writes, changes, columns)
    LOOP
        CALL wall(t.name, reads => CASE t.reads WHEN '' THEN 'partnership_id IN (SELECT my_tables())' ELSE t.reads END,
            writes => CASE WHEN t.name IN ('vision_party', 'vision_objective') THEN t.writes ELSE 'by_id IS NOT DISTINCT FROM my_practitioner() AND (' || t.writes || ')' END,
            changes => nullif(t.changes, ''), remains => 'true', columns => nullif(t.columns, ''));
    END LOOP;
END $$;
-- An end and what goes back are written by doors alone; whoever left still reads what goes back to them, and whoever sees to it what they see to.
CALL wall('partnership_ending', reads => 'partnership_id IN (SELECT my_tables())', definer => 'SELECT, INSERT, UPDATE');
CALL wall('resource_return', reads => 'partnership_id IN (SELECT my_tables()) OR owner_id = my_practitioner() OR agency_id = my_agency()', definer => 'SELECT, INSERT, UPDATE');
GRANT EXECUTE ON FUNCTION my_tables(), my_seats(), governs(bigint), may_found(), join_as_founder(bigint, timestamptz), note_governance(bigint, bigint, text, text, timestamptz), settle_vision(bigint, timestamptz),
    published_objectives(bigint), claim_seat(text, timestamptz), publish_complaints_route(bigint) TO alongside_app;
