"""How a share is answered, climbs, is handed on and put right. On real PostgreSQL, as the web's own role; the worker's part as the worker does it."""

import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from alongside.agencies import actions as agencies
from alongside.cli.postgres.addresses import administrative_address
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Conflict, NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.gate.obligations import OWED, TOLD
from alongside.confidentiality.tests.tarnside_acts import protect
from alongside.people.facts import Flag
from alongside.records import actions, queries
from alongside.records.actions import NewEntry, add_entry, climbing, delivery
from alongside.records.facts import Harm, PersonFacts
from alongside.records.models import CorrectionNotice, Delivery, Entry, EntryEvent, InboxItem, RoutingOutcome, Share, ShareEvent
from tests import databases
from tests.worker_role import as_worker

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AFTER = timedelta(days=30)


def person(tarnside: Tarnside, who: str, kind: str = "child", **facts: object) -> PersonFacts:
    return PersonFacts(tarnside.people[who], kind=kind, **facts)  # type: ignore[arg-type]


def entry(tarnside: Tarnside, kind: str, *about: PersonFacts, **changes: object) -> NewEntry:
    fields = {
        "submission_key": uuid.uuid4(), "kind": kind, "about": about, "headline": kind.replace("_", " "), "account": "What was seen and heard.", "action_taken": "Told the team.",
        "happened_at": now() - timedelta(hours=1), "purpose": "safeguarding_child",
    }
    return NewEntry(**(fields | changes))  # type: ignore[arg-type]


def record(tarnside: Tarnside, who: str, new: NewEntry) -> actions.Recorded:
    with tarnside.acting(who, at=now()) as author:
        return add_entry(by=author, new=new, at=now())


def referral(tarnside: Tarnside) -> actions.Recorded:
    return record(tarnside, "amina", entry(tarnside, "referral_child", person(tarnside, "noah"), harm=Harm.SIGNIFICANT))


def to(tarnside: Tarnside, who: str, kind: str) -> Share:
    with tarnside.acting(who, at=now()) as actor:
        return next(share for share in queries.inbox(actor) if share.kind == kind)


def deliver() -> None:
    delivery.deliver_to_inboxes(at=now())


def history(share: Share) -> list[str]:
    """What happened to a share, read as the worker, who sees every event."""
    return list(ShareEvent.objects.filter(share_id=share.pk).order_by("pk").values_list("what", flat=True))


# ── delivery ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_recorded_is_in_the_inbox_of_every_partner_told_once(tarnside: Tarnside) -> None:
    recorded = referral(tarnside)
    with as_worker():
        deliver()
        deliver()
        shares = Share.objects.filter(entry_id=recorded.entry_id)
        assert shares.count() == InboxItem.objects.filter(share__in=shares).count() > 0
        assert not Delivery.objects.filter(share__in=shares, delivered_at__isnull=True).exists()
        assert all(share.delivered_at and history(share).count("delivered") == 1 for share in shares)


# ── answering ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_sender_sees_the_decision_that_was_asked_for_in_the_same_transaction(tarnside: Tarnside) -> None:
    referral(tarnside)
    share = to(tarnside, "priya", "referral_child")
    assert share.needs_decision
    with tarnside.acting("priya", at=now()) as priya:
        access = gate.open_record(priya, share.person_id, purpose="safeguarding_child", at=now())
        assert access.relation == "referred_to"
        assert actions.acknowledge_share(by=priya, reference=share.reference, at=now()).owed  # a decision is still owed
        assert share.pk in {one.pk for one in queries.inbox(priya)}
        actions.decide_share(by=priya, reference=share.reference, decision="Section 47 enquiry; Daniel visits today.", at=now())
        assert share.pk not in {one.pk for one in queries.inbox(priya)}
        assert history(share)[-2:] == ["decided", "referrer_told"]
        again = actions.decide_share(by=priya, reference=share.reference, decision="Section 47 enquiry; Daniel visits today.", at=now())
        assert history(again).count("decided") == 1
    with tarnside.acting("amina", at=now()) as amina:
        assert [one.decision for one in queries.answers(amina, since=now() - timedelta(days=1))] == ["Section 47 enquiry; Daniel visits today."]
    with pytest.raises((Refused, NotKnown)), tarnside.acting("priya", at=now()) as priya:
        gate.open_record(priya, share.person_id, purpose="safeguarding_child", at=now())


def test_declining_without_a_reason_counts_as_no_answer_and_with_one_can_be_challenged(tarnside: Tarnside) -> None:
    referral(tarnside)
    share = to(tarnside, "priya", "referral_child")
    with tarnside.acting("priya", at=now()) as priya:
        with pytest.raises(actions.ReasonNeeded):
            actions.decline_share(by=priya, reference=share.reference, reason=" ", at=now())
        assert history(share)[-1] == "declined_without_reason"
        assert queries.share(priya, share.reference).owed
        actions.decline_share(by=priya, reference=share.reference, reason="He lives in the next district.", at=now())
    with tarnside.acting("amina", at=now()) as amina:
        declined = queries.answers(amina, since=now() - timedelta(days=1))[0]
        assert (declined.status, declined.decline_reason) == ("declined", "He lives in the next district.")
        assert queries.may_challenge(amina, declined)
        with pytest.raises(actions.ReasonNeeded):
            actions.challenge_answer(by=amina, reference=share.reference, why="", at=now())
        challenged = actions.challenge_answer(by=amina, reference=share.reference, why="He has lived here since May.", at=now())
        assert challenged.owed
        assert challenged.due_at > now()
    with tarnside.acting("priya", at=now()) as priya:
        assert [one.challenge for one in queries.inbox(priya) if one.pk == share.pk] == ["He has lived here since May."]
        assert share.pk in {one.pk for one in queries.escalations(priya)}
        assert gate.open_record(priya, share.person_id, purpose="safeguarding_child", at=now()).relation == "referred_to"


def test_only_the_receiver_answers_and_only_the_sender_challenges_or_withdraws(tarnside: Tarnside) -> None:
    referral(tarnside)
    share = to(tarnside, "priya", "referral_child")
    with tarnside.acting("ruth", at=now()) as ruth:  # supervises the sender
        with pytest.raises(NotKnown):
            actions.acknowledge_share(by=ruth, reference=share.reference, at=now())
    with tarnside.acting("priya", at=now()) as priya, pytest.raises(NotKnown):
        actions.withdraw_share(by=priya, reference=share.reference, why="No", at=now())
    with tarnside.acting("joan", at=now()) as joan, pytest.raises(NotKnown):
        actions.acknowledge_share(by=joan, reference=share.reference, at=now())


def test_what_is_withdrawn_is_read_no_longer_and_does_not_go_any_more(tarnside: Tarnside) -> None:
    recorded = referral(tarnside)
    share = to(tarnside, "priya", "referral_child")
    with tarnside.acting("amina", at=now()) as amina:
        actions.withdraw_share(by=amina, reference=share.reference, why="Wrong child.", at=now())
        with pytest.raises(Conflict):
            actions.withdraw_share(by=amina, reference=share.reference, why="Wrong child.", at=now())
    with as_worker():
        deliver()
        assert not InboxItem.objects.filter(share_id=share.pk).exists()
    with tarnside.acting("priya", at=now()) as priya:
        assert not Entry.objects.filter(pk=recorded.entry_id).exists()
        with pytest.raises(Conflict):
            actions.acknowledge_share(by=priya, reference=share.reference, at=now())


def test_two_who_answer_at_once_meet_a_conflict_and_one_who_presses_twice_does_not(tarnside: Tarnside) -> None:
    record(tarnside, "amina", entry(tarnside, "injury_observation", person(tarnside, "noah")))
    share = to(tarnside, "priya", "injury_observation")
    with tarnside.acting("priya", at=now()) as priya:
        actions.acknowledge_share(by=priya, reference=share.reference, at=now())
        actions.acknowledge_share(by=priya, reference=share.reference, at=now())
        assert history(share).count("acknowledged") == 1
    with tarnside.acting("sunita", at=now()) as sunita, pytest.raises(Conflict):
        actions.acknowledge_share(by=sunita, reference=share.reference, at=now())


# ── climbing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_answered_climbs_step_by_step_and_each_step_is_done_once(tarnside: Tarnside) -> None:
    referral(tarnside)
    share = to(tarnside, "priya", "referral_child")
    with as_worker():
        deliver()
        climbing.climb_unanswered(at=share.half_at)
        climbing.climb_unanswered(at=share.half_at)
        assert history(share).count("reminded") == 1
        climbing.climb_unanswered(at=share.due_at - timedelta(seconds=1))
        assert "escalated_supervisor" not in history(share)
        climbing.climb_unanswered(at=share.due_at)
        assert {"escalated_supervisor", "show_on_supervision", "show_referrer_overdue", "offer_escalation", "phone_fallback"} <= set(history(share))
        climbing.climb_unanswered(at=share.due_at + LONG_AFTER)
        climbing.climb_unanswered(at=share.due_at + LONG_AFTER)
        assert all(history(share).count(what) == 1 for what in ("reminded", "escalated_supervisor", "escalated_partnership", "phone_fallback", "show_on_supervision"))
        assert Share.objects.get(pk=share.pk).next_step_at is None
    with tarnside.acting("priya", at=now()) as priya:
        assert share.pk in {one.pk for one in queries.escalations(priya)} & {one.pk for one in queries.for_supervision(priya)}
    with tarnside.acting("sunita", at=now()) as sunita:  # the partnership's lead
        assert share.pk in {one.pk for one in queries.escalations(sunita)}
    with tarnside.acting("amina", at=now()) as amina:
        assert share.pk in {one.pk for one in queries.overdue_referrals(amina, at=share.due_at)} & {one.pk for one in queries.to_telephone(amina)}
        actions.record_phone_call(by=amina, reference=share.reference, note="Told Priya Nair at 16:50.", at=now())
        assert share.pk not in {one.pk for one in queries.to_telephone(amina)}


def test_nothing_climbs_once_it_is_answered(tarnside: Tarnside) -> None:
    record(tarnside, "amina", entry(tarnside, "injury_observation", person(tarnside, "noah")))
    share = to(tarnside, "priya", "injury_observation")
    with tarnside.acting("priya", at=now()) as priya:
        actions.acknowledge_share(by=priya, reference=share.reference, at=now())
    with as_worker():
        climbing.climb_unanswered(at=share.due_at + LONG_AFTER)
        assert "escalated_supervisor" not in history(share)


# ── signatures ───────────────────────────────────────────────────────────────────────────────────────────────────────


def discharge(tarnside: Tarnside) -> actions.Recorded:
    left = now() - timedelta(hours=1)
    return record(
        tarnside, "farah", entry(tarnside, "discharge_summary", person(tarnside, "margaret", "adult"), happened_at=left, anchors={"discharge": left}, purpose="direct_care"),
    )


def test_a_letter_that_waits_for_its_second_signature_is_seen_by_author_and_manager_and_goes_when_signed(tarnside: Tarnside) -> None:
    relate(tarnside, "farah", "margaret")
    recorded = discharge(tarnside)
    assert all(outcome.held for outcome in recorded.outcomes if outcome.outcome == "share")
    with as_worker():
        deliver()
        assert not InboxItem.objects.filter(share__entry_id=recorded.entry_id).exists()
        climbing.climb_unanswered(at=now())
        assert set(ShareEvent.objects.filter(share__entry_id=recorded.entry_id, what="show_unsent").values_list("note", flat=True)) == {"author_and_manager"}
    with tarnside.acting("joan", at=now()) as joan:
        assert not [share for share in queries.inbox(joan) if share.kind == "discharge_summary"]
        assert not Entry.objects.filter(pk=recorded.entry_id).exists()
    with tarnside.acting("farah", at=now()) as farah:
        assert {share.entry_id for share in queries.unsent(farah)} == {recorded.entry_id}
        assert not queries.to_sign(farah)
        with pytest.raises(NotKnown):
            actions.sign_entry(by=farah, reference=recorded.reference, at=now())
    with tarnside.acting("kofi", at=now()) as kofi:
        assert {share.entry_id for share in queries.unsent(kofi)} == {recorded.entry_id}
        assert [share.entry_id for share in queries.to_sign(kofi)] == [recorded.entry_id]
        assert actions.read_entry(by=kofi, reference=recorded.reference, at=now()).account == "What was seen and heard."
        assert actions.sign_entry(by=kofi, reference=recorded.reference, at=now()) > 0
        assert actions.sign_entry(by=kofi, reference=recorded.reference, at=now()) == 0
    with as_worker():
        deliver()
    with tarnside.acting("joan", at=now()) as joan:
        share = next(share for share in queries.inbox(joan) if share.kind == "discharge_summary")
        assert queries.shared_entry(actions.read_share(by=joan, reference=share.reference, at=now())).account == "What was seen and heard."


def relate(tarnside: Tarnside, who: str, about: str) -> None:
    """The hospital's records office knows who treats her."""
    worker = tarnside.practitioners[who]
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people[about], write=True, at=now())
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO relationship (person_id, practitioner_id, agency_id, kind, lead, reason, starts, ended_reason) VALUES (%s, %s, %s, 'allocated', false, '', now(), '')",
                [tarnside.people[about], worker.pk, worker.agency_id],
            )


# ── corrections ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_correction_reaches_everybody_who_received_or_read_the_earlier_text_with_both_texts(tarnside: Tarnside) -> None:
    recorded = record(tarnside, "amina", entry(tarnside, "injury_observation", person(tarnside, "noah"), account="A bruise on his left cheek."))
    wrong = to(tarnside, "priya", "injury_observation")
    with tarnside.acting("daniel", at=now()) as daniel:
        gate.open_record(daniel, tarnside.people["noah"], purpose="safeguarding_child", at=now())
    with tarnside.acting("amina", at=now()) as amina:
        with pytest.raises(actions.ReasonNeeded):
            actions.correct_entry(by=amina, reference=recorded.reference, changed={"account": "Right cheek."}, reason="", key=uuid.uuid4(), at=now())
        key = uuid.uuid4()
        put_right = {"by": amina, "reference": recorded.reference, "changed": {"account": "A bruise on his right cheek."}, "reason": "Left and right mixed up.", "key": key}
        corrected = actions.correct_entry(**put_right, purpose="safeguarding_child", at=now())
        assert actions.correct_entry(**put_right, purpose="safeguarding_child", at=now()).again
        new = queries.entry(amina, corrected.reference)
        old, right = queries.versions(new)
        assert (old.entry.status, old.entry.account) == ("corrected", "A bruise on his left cheek.")
        assert [(change.old, change.new) for change in right.changed] == [("A bruise on his left cheek.", "A bruise on his right cheek.")]
        with pytest.raises(Conflict):
            actions.correct_entry(by=amina, reference=recorded.reference, changed={"account": "Both."}, reason="More.", key=uuid.uuid4(), purpose="safeguarding_child", at=now())
    with tarnside.acting("daniel", at=now()) as daniel:
        (notice,) = queries.corrections_to_see(daniel)
        assert actions.see_correction(by=daniel, notice_id=notice.pk, at=now())
        assert not queries.corrections_to_see(daniel)
    with tarnside.acting("priya", at=now()) as priya:
        received = [share for share in queries.inbox(priya) if share.kind == "injury_observation"]
        assert len(received) == 2
        correction = next(share for share in received if share.pk != wrong.pk)
        assert [version.entry.account for version in queries.versions(queries.shared_entry(actions.read_share(by=priya, reference=correction.reference, at=now())))] == [
            "A bruise on his left cheek.", "A bruise on his right cheek.",
        ]
        actions.acknowledge_share(by=priya, reference=correction.reference, at=now())
        assert queries.share(priya, wrong.reference).status == "acknowledged"  # one answer for one piece of news


def test_a_partner_that_no_longer_needs_it_is_still_told_of_the_correction(tarnside: Tarnside) -> None:
    from alongside.partnerships import actions as partnerships
    from alongside.partnerships.models import InformationNeed

    recorded = record(tarnside, "amina", entry(tarnside, "injury_observation", person(tarnside, "noah")))
    with tarnside.acting("daniel", at=now()) as daniel:
        assert any(share.kind == "injury_observation" for share in queries.inbox(daniel))
        need = InformationNeed.objects.get(team=tarnside.teams["assessment"])
        assert partnerships.end_need(by=daniel, need_id=need.pk, at=now())
    with tarnside.acting("amina", at=now()) as amina:
        corrected = actions.correct_entry(
            by=amina, reference=recorded.reference, changed={"account": "Not a bruise: a birthmark."}, reason="Seen by daylight.", key=uuid.uuid4(), purpose="safeguarding_child", at=now(),
        )
        assert {outcome.team: outcome.outcome for outcome in corrected.outcomes}["Assessment Team"] == "share"


# ── one owner always ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_covers_for_somebody_on_leave_finds_what_is_owed_and_answers_it(tarnside: Tarnside) -> None:
    record(tarnside, "lewis", entry(tarnside, "domestic_abuse_incident", person(tarnside, "ella"), harm=Harm.POSSIBLE))
    share = to(tarnside, "daniel", "domestic_abuse_incident")
    with tarnside.acting("helen", at=now()) as helen:
        agencies.arrange_cover(
            by=helen, absent_id=tarnside.practitioners["daniel"].pk, covering_id=tarnside.practitioners["priya"].pk, reason="Leave", starts=now() - timedelta(days=1), ends=now() + timedelta(days=5),
        )
    with tarnside.acting("priya", at=now()) as priya:
        assert share.pk in {one.pk for one in queries.inbox(priya)}
        assert actions.acknowledge_share(by=priya, reference=share.reference, at=now()).status == "acknowledged"


def test_everything_a_leaver_holds_gets_a_new_owner_before_the_account_can_end(tarnside: Tarnside) -> None:
    for _ in range(3):
        record(tarnside, "lewis", entry(tarnside, "domestic_abuse_incident", person(tarnside, "ella"), harm=Harm.POSSIBLE))
    leaver, colleague = tarnside.practitioners["daniel"].pk, tarnside.practitioners["helen"].pk
    with tarnside.acting("joan", at=now()) as joan, pytest.raises(NotKnown):
        actions.reassign_all(by=joan, from_practitioner=leaver, to_practitioner=tarnside.practitioners["peter"].pk, at=now())
    with tarnside.acting("helen", at=now()) as helen:
        held = actions.still_holds(practitioner_id=leaver)
        assert held["shares"] == 3
        with pytest.raises(agencies.StillHolding):
            agencies.end_practitioner(by=helen, practitioner_id=leaver, holding=held, at=now())
        with pytest.raises(actions.NotThere):
            actions.reassign_all(by=helen, from_practitioner=leaver, to_practitioner=tarnside.practitioners["peter"].pk, at=now())
        assert actions.reassign_all(by=helen, from_practitioner=leaver, to_practitioner=colleague, at=now()) >= 3
        assert "shares" not in actions.still_holds(practitioner_id=leaver)
        assert len([share for share in queries.inbox(helen) if share.owner == colleague]) == 3
        assert all("reassigned" in history(share) for share in queries.inbox(helen))


# ── backlog, restricted entries, follow-ups, measures ────────────────────────────────────────────────────────────────


def test_a_partner_with_a_new_need_is_offered_what_was_lost_before_each_item_gated(tarnside: Tarnside) -> None:
    from alongside.partnerships import actions as partnerships

    recorded = record(tarnside, "lewis", entry(tarnside, "police_contact", person(tarnside, "ella")))
    record(tarnside, "lewis", entry(tarnside, "police_contact", person(tarnside, "jake", "adult")))  # nobody at the school works with Jake
    with tarnside.acting("grace", at=now()) as grace:
        need = partnerships.declare_need(
            by=grace, partnership_id=tarnside.partnership_id, team_id=tarnside.teams["safeguarding"].pk, tags=("police_contact",), purpose="safeguarding_child", how_soon="1_working_day",
            what_for="We look out for her.", at=now() - timedelta(seconds=1),
        )
        offered = actions.offer_backlog(by=grace, need_id=need.pk, at=now())
        assert (offered.shared, offered.looked_at) == (1, 2)
        assert actions.offer_backlog(by=grace, need_id=need.pk, at=now()).shared == 0
        share = next(share for share in queries.inbox(grace) if share.kind == "police_contact")
        assert share.entry_id == recorded.entry_id
        assert queries.shared_entry(share).account
        assert queries.brought_by([need.pk], since=now() - timedelta(days=1))[need.pk].shares == 1
    with tarnside.acting("lewis", at=now()) as lewis:
        assert {one.team: one.state for one in queries.who_knows(lewis, recorded.entry_id)}["Safeguarding Leads"] == "sent"
    with tarnside.acting("tom", at=now()) as tom, pytest.raises(NotKnown):
        actions.offer_backlog(by=tom, need_id=10**6, at=now())


def test_an_entry_kept_for_named_readers_is_read_by_them_its_author_and_nobody_else(tarnside: Tarnside) -> None:
    only = (tarnside.practitioners["daniel"].pk,)
    recorded = record(tarnside, "lewis", entry(tarnside, "injury_observation", person(tarnside, "ella"), tags=frozenset({"domestic_abuse"}), only_for=only))
    outcomes = {outcome.team: outcome for outcome in recorded.outcomes}
    assert outcomes["Assessment Team"].outcome == "share"
    assert outcomes["Safeguarding Leads"].outcome == "withhold"
    for who, may in (("daniel", True), ("lewis", True), ("grace", False), ("amina", False)):
        with tarnside.acting(who, at=now()):
            assert Entry.objects.filter(pk=recorded.entry_id).exists() is may


def test_what_calls_for_a_follow_up_starts_its_clock_when_it_happened_and_is_owed_until_done(tarnside: Tarnside) -> None:
    happened = datetime(2026, 11, 20, 10, tzinfo=UTC)
    recorded = record(tarnside, "tom", entry(tarnside, "school_roll_change", person(tarnside, "ella"), happened_at=happened, purpose="education_support"))
    with tarnside.acting("tom", at=now()) as tom:
        (owed,) = queries.follow_ups(tom)
        assert owed.follow_up_due_at.date().isoformat() == "2026-11-30"
        assert actions.record_follow_up(by=tom, reference=recorded.reference, note="Visited.", at=now())
        assert not actions.record_follow_up(by=tom, reference=recorded.reference, note="Visited.", at=now())
        assert not queries.follow_ups(tom)


def test_information_lost_counts_what_ran_out_without_an_answer(tarnside: Tarnside) -> None:
    for _ in range(4):
        record(tarnside, "amina", entry(tarnside, "injury_observation", person(tarnside, "noah")))
    with tarnside.acting("priya", at=now()) as priya:
        for share in [share for share in queries.inbox(priya) if share.kind == "injury_observation"][:3]:
            actions.acknowledge_share(by=priya, reference=share.reference, at=now(), used=True)
        found = queries.information_lost(priya, since=now() - timedelta(days=1), until=now() + timedelta(days=1), smallest=1)
        to_children = next(one for one in found if one.to_name == tarnside.agencies["children"].name and one.from_agency == 0)
        assert to_children.measure.ends["acknowledged"] >= 3
        assert {one.agency for one in queries.answering(priya, since=now() - timedelta(days=1), until=now() + timedelta(days=1))} >= {tarnside.agencies["children"].name}


def test_the_events_of_an_entry_say_what_happened_to_it(tarnside: Tarnside) -> None:
    recorded = referral(tarnside)
    with tarnside.acting("amina", at=now()):
        assert list(EntryEvent.objects.filter(entry_id=recorded.entry_id).values_list("what", flat=True)) == ["recorded"]
        assert not CorrectionNotice.objects.exists()


def test_what_the_gate_obliges_to_by_sharing_is_owed_or_told_and_the_ledger_says_that_it_was_shared(tarnside: Tarnside) -> None:
    recorded = referral(tarnside)
    codes = {code for outcome in outcomes_of(tarnside, recorded) for code in outcome.obligations} & (set(OWED) | set(TOLD)) - {"second_person_approval"}
    with psycopg.connect(make_conninfo(administrative_address() or "", dbname=databases.own_name())) as everything:
        (line,) = everything.execute("SELECT id FROM ledger_line WHERE verb = 'share_to' AND item = %s", [f"entry:{recorded.entry_id}"]).fetchone()
        done = {code for (code,) in everything.execute("SELECT code FROM obligation WHERE line_id = %s UNION SELECT code FROM person_notice WHERE line_id = %s", [line, line])}
    assert {code for code in codes if code in TOLD} <= done


def outcomes_of(tarnside: Tarnside, recorded: actions.Recorded) -> list[RoutingOutcome]:
    with tarnside.acting("amina", at=now()):
        return list(RoutingOutcome.objects.filter(entry_id=recorded.entry_id))


# ── whom a share in the fewest words is about ────────────────────────────────────────────────────────────────────────


def test_whoever_is_sent_the_fewest_words_reads_which_child_they_are_about_and_no_grown_person(tarnside: Tarnside) -> None:
    record(tarnside, "lewis", entry(tarnside, "domestic_abuse_incident", person(tarnside, "ella"), person(tarnside, "leah", "adult"), harm=Harm.POSSIBLE))
    share = to(tarnside, "amina", "domestic_abuse_incident")
    with tarnside.acting("amina", at=now()):
        assert [(name, born is not None) for name, born in queries.named_in(share)] == [("Ella Turner", True)], "she knows their mother, and Ella not yet"
    with tarnside.acting("joan", at=now()):
        assert queries.named_in(share) == [], "it was not sent to her"


def test_no_share_names_a_child_whose_identity_is_a_secret(tarnside: Tarnside) -> None:
    record(tarnside, "lewis", entry(tarnside, "domestic_abuse_incident", person(tarnside, "ella"), harm=Harm.POSSIBLE))
    share = to(tarnside, "daniel", "domestic_abuse_incident")
    with tarnside.acting("daniel", at=now()):
        assert queries.named_in(share) != []
    protect(tarnside, tarnside.people["ella"], Flag.IDENTITY_PROTECTED, by="daniel")
    with tarnside.acting("daniel", at=now()):
        assert queries.named_in(share) == []
