"""What each word of the vocabulary means for the people concerned: looked up as they would look it up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from alongside.agencies import actions as agencies
from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT
from alongside.common.clock import now
from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.confidentiality.actions.choices import Answer, record_consent
from alongside.confidentiality.models import Obligation, PersonNotice
from alongside.partnerships import queries as agreed
from alongside.records import actions, queries
from alongside.records.actions import delivery
from alongside.records.facts import KeepBack, PartnerKey
from alongside.records.models import Delivery, Entry, InboxItem, RoutingOutcome
from alongside.records.queries.record import subjects
from tests.not_lost.stories import all_shares, check, end_needs, events, hire_beside, run_worker
from tests.not_lost.world import Worker, World
from tests.worker_role import as_worker


def shares(world: World) -> list:
    return [world.share_to(receiver) for receiver in world.receivers]


# ── told, in time, once, in order ────────────────────────────────────────────────────────────────────────────────────


@check("deliver_each", "delivered")
def deliver_each(world: World) -> None:
    for share in shares(world):
        assert share.delivered_at, "not delivered"
        assert share.delivered_at <= world.due()
        assert share.due_at <= world.due(), f"due {share.due_at} instead of {world.due()}"
        with as_worker():
            assert InboxItem.objects.filter(share_id=share.pk).count() == 1
    for receiver in world.receivers:
        with receiver.acting() as actor:
            assert world.recorded and world.recorded.entry_id in {share.entry_id for share in queries.inbox(actor)}


@check("acknowledge_each", "answered")
def acknowledge_each(world: World) -> None:
    for share in shares(world):
        assert not share.owed
        assert share.status in ("acknowledged", "decided") or share.decline_reason
        assert share.answered_at <= world.due()
    for receiver in world.receivers:
        with receiver.acting() as actor:
            assert world.recorded and world.recorded.entry_id not in {share.entry_id for share in queries.inbox(actor)}


@check("entry_kept", "recorded", "delivered")
def entry_kept(world: World) -> None:
    assert world.recorded
    with world.author.acting():
        assert Entry.objects.filter(pk=world.recorded.entry_id).count() == 1
        outcomes = RoutingOutcome.objects.filter(entry_id=world.recorded.entry_id)
        assert outcomes.count() == len(world.recorded.outcomes)
        told = outcomes.filter(outcome="share").count()
        assert told == len(all_shares(world)) >= len(world.receivers)
    with as_worker():
        assert Delivery.objects.filter(share__entry_id=world.recorded.entry_id, channel="inbox").count() == told


@check("deliver_exactly_one_visible_item", "delivered", also=("deliver_once", "no_duplicates"))
def one_visible_item(world: World) -> None:
    assert world.recorded
    with as_worker():  # sent, and killed before marking
        Delivery.objects.filter(share__entry_id=world.recorded.entry_id).update(delivered_at=None)
    run_worker()
    run_worker()
    for receiver in world.receivers:
        with receiver.acting() as actor:
            assert [share.entry_id for share in queries.inbox(actor)].count(world.recorded.entry_id) == 1
    with as_worker():
        assert InboxItem.objects.filter(share__entry_id=world.recorded.entry_id).count() == len(all_shares(world))
    assert len({event.share_id for event in events(world, "delivered")}) == len(events(world, "delivered"))


@check("deliver_in_order", "delivered", also=("deliver_each_in_order_on_return",))
def in_order(world: World) -> None:
    first = world.record()
    second = world.record()
    with as_worker():  # the first rests after a failure; the second must not overtake it
        Delivery.objects.filter(share__entry_id=first.entry_id).update(next_attempt_at=now() + timedelta(hours=1))
        delivery.deliver_to_inboxes(at=now())
        assert not InboxItem.objects.filter(share__entry_id=second.entry_id, share__in_order=True).exists()
        Delivery.objects.filter(share__entry_id=first.entry_id).update(next_attempt_at=now())
        delivery.deliver_to_inboxes(at=now())
        for receiver in world.receivers:
            arrived = list(InboxItem.objects.filter(share__to_team_id=receiver.team.pk, share__in_order=True).order_by("pk").values_list("share_id", flat=True))
            assert arrived == sorted(arrived)
        assert InboxItem.objects.filter(share__entry_id=second.entry_id).exists()


@check("queue_visible_to_sender", "recorded", also=("show_not_yet_received",))
def queue_visible(world: World) -> None:
    assert world.recorded
    with world.author.acting() as author:
        assert world.recorded.entry_id in {share.entry_id for share in queries.undelivered(author)}
        assert {one.state for one in queries.who_knows(author, world.recorded.entry_id)} & {"sent"}


@check("minimum_fields_only", "delivered")
def minimum_fields(world: World) -> None:
    for receiver, share in zip(world.receivers, shares(world), strict=True):
        assert share.minimum_fields
        assert set(share.summary) <= set(share.minimum_fields)
        assert not {"account", "words_of_person", "victim_statement"} & set(share.summary)
        with receiver.acting():
            assert queries.shared_entry(share) is None
            assert not Entry.objects.filter(pk=share.entry_id).exists()


@check("show_on_each_childs_record_within_gate", "delivered")
def on_each_record(world: World) -> None:
    assert world.recorded
    for receiver in world.receivers:
        assert sorted(world.share_to(receiver).person_ids) == sorted(world.people)
        for person in world.people:
            with receiver.acting() as actor:
                access = gate.open_record(actor, person, purpose=world.purpose, at=now())
                assert world.recorded.entry_id in {row.entry_id for row in queries.chronology(access)}


@check("show_with_earlier_injuries", "delivered")
def with_earlier(world: World) -> None:
    assert world.recorded
    for receiver in world.receivers:
        with receiver.acting() as actor:
            access = gate.open_record(actor, world.people[0], purpose=world.purpose, at=now())
            found = queries.earlier_with_tag(access, queries.entry(actor, world.recorded.reference), "injuries")
            assert [row.entry_id for row in found] == [earlier.entry_id for earlier in world.earlier]


# ── answered ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@check("decide", "answered")
def decide(world: World) -> None:
    assert all(share.status == "decided" and share.decision and share.answered_at <= world.due() for share in shares(world) if share.needs_decision)
    assert any(share.needs_decision for share in shares(world))


@check("tell_referrer_outcome", "answered", also=("tell_sender", "tell_author"))
def tell_referrer(world: World) -> None:
    assert world.recorded
    with world.author.acting() as author:
        states = {one.reference: one for one in queries.who_knows(author, world.recorded.entry_id)}
        told = {share.entry_id for share in queries.answers(author, since=now() - timedelta(hours=1))}
    for share in shares(world):
        assert states[share.reference].state in ("acknowledged", "decided", "declined")
        assert states[share.reference].answered_by
        if share.status in ("decided", "declined"):
            assert share.entry_id in told
            assert states[share.reference].answer
            assert share.sender_told_at == share.answered_at


@check("record_decline_reason", "answered")
def decline_reason(world: World) -> None:
    for share in shares(world):
        assert share.status == "declined"
        with world.author.acting() as author:
            assert queries.share(author, share.reference).decline_reason == "The family lives in the next district."


@check("offer_escalation_route", "answered")
def may_challenge(world: World) -> None:
    for receiver, share in zip(world.receivers, shares(world), strict=True):
        if share.status != "declined":
            continue
        with world.author.acting() as author:
            assert queries.may_challenge(author, share)
            assert actions.challenge_answer(by=author, reference=share.reference, why="They have lived here since May.", at=now()).owed
        assert receiver.supervisor
        with receiver.supervisor.acting() as supervisor:
            assert share.pk in {one.pk for one in queries.escalations(supervisor)}


@check("offer_escalation_route", "due")
def escalation_offered(world: World) -> None:
    assert world.recorded
    if any(share.needs_decision for share in all_shares(world)):
        assert events(world, "offer_escalation")
        with world.author.acting() as author:
            assert world.recorded.entry_id in {share.entry_id for share in queries.overdue_referrals(author, at=max(share.due_at for share in all_shares(world)))}


@check("treat_as_unacknowledged", "half")
def without_a_reason(world: World) -> None:
    for receiver in world.receivers:
        share = world.share_to(receiver)
        with receiver.acting() as actor:
            with pytest.raises(actions.ReasonNeeded):
                actions.decline_share(by=actor, reference=share.reference, reason="   ", at=now())
        assert world.share_to(receiver).owed
        assert world.share_to(receiver).due_at == share.due_at
    assert events(world, "declined_without_reason")


@check("treat_as_unacknowledged", "due")
def and_it_climbs(world: World) -> None:
    assert {event.share_id for event in events(world, "escalated_supervisor")} >= {share.pk for share in shares(world)}


@check("reassign", "delivered", also=())
def reassign(world: World) -> None:
    receiver = world.receivers[0]
    share = world.share_to(receiver)
    assert receiver.supervisor
    with receiver.acting() as actor:
        actions.reassign_share(by=actor, reference=share.reference, to_practitioner=receiver.supervisor.practitioner.pk, at=now())
    assert events(world, "reassigned")
    with receiver.supervisor.acting() as actor:
        assert share.pk in {one.pk for one in queries.inbox(actor)}


@check("deliver_to_cover", "delivered", also=("reassign_to_cover",))
def to_cover(world: World) -> None:
    receiver = world.receivers[0]
    covering = hire_beside(receiver)
    share = world.share_to(receiver)
    with receiver.acting() as actor:
        if share.owner != receiver.practitioner.pk:
            actions.reassign_share(by=actor, reference=share.reference, to_practitioner=receiver.practitioner.pk, at=now())
        agencies.arrange_cover(by=actor, absent_id=receiver.practitioner.pk, covering_id=covering.practitioner.pk, reason="Leave", starts=now() - timedelta(hours=1), ends=now() + timedelta(days=7))
    with covering.acting() as actor:
        assert share.pk in {one.pk for one in queries.inbox(actor)}
        assert actions.read_share(by=actor, reference=share.reference, at=now()).pk == share.pk


# ── clocks and climbing ──────────────────────────────────────────────────────────────────────────────────────────────


@check("remind_at_half_time", "half")
def reminded(world: World) -> None:
    assert {event.share_id for event in events(world, "reminded")} == {share.pk for share in all_shares(world)}


@check("show_who_is_late", "half")
def who_is_late(world: World) -> None:
    assert world.recorded
    at = max(share.half_at for share in all_shares(world))
    for worker in (world.author, world.author.supervisor, *world.receivers, *(receiver.supervisor for receiver in world.receivers)):
        assert worker
        with worker.acting() as actor:
            assert world.recorded.entry_id in {share.entry_id for share in queries.late(actor, at=at)}


def due_share(world: World, receiver: Worker) -> tuple:
    share = world.share_to(receiver) if not any(one.status == "held" for one in all_shares(world)) else None
    return (share.pk,) if share else tuple(one.pk for one in all_shares(world))


@check("escalate_to_supervisor_at_due", "due", also=("escalate_to_supervisor", "notify_supervisor", "show_unread_to_supervisor"))
def supervisor_is_told(world: World) -> None:
    held = any(share.status == "held" for share in all_shares(world))
    assert {event.share_id for event in events(world, "escalated_supervisor")} == {share.pk for share in all_shares(world)}
    for supervisor in [world.author.supervisor] if held else [receiver.supervisor for receiver in world.receivers]:
        assert supervisor
        with supervisor.acting() as actor:
            assert {share.entry_id for share in queries.escalations(actor)} >= {world.recorded.entry_id if world.recorded else 0}


@check("show_on_weekly_supervision", "due")
def on_supervision(world: World) -> None:
    for receiver in world.receivers:
        assert receiver.supervisor
        with receiver.supervisor.acting() as actor:
            assert world.share_to(receiver).pk in {share.pk for share in queries.for_supervision(actor)}


@check("show_referrer_overdue", "due")
def referrer_sees_overdue(world: World) -> None:
    assert world.recorded
    assert events(world, "show_referrer_overdue")
    with world.author.acting() as author:
        assert world.recorded.entry_id in {share.entry_id for share in queries.overdue_referrals(author, at=max(share.due_at for share in all_shares(world)))}


@check("phone_fallback", "due", also=("phone_fallback_at_due",))
def telephone(world: World) -> None:
    assert {event.share_id for event in events(world, "phone_fallback")} == {share.pk for share in all_shares(world)}
    with world.author.acting() as author:
        asked = [share for share in queries.to_telephone(author) if share.entry_id == (world.recorded.entry_id if world.recorded else 0)]
        assert len(asked) == len(all_shares(world))
        actions.record_phone_call(by=author, reference=asked[0].reference, note="Told the duty desk at 16:50.", at=now())
        assert asked[0].pk not in {share.pk for share in queries.to_telephone(author)}
    assert events(world, "phoned")


@check("alert_operator", "due")
def operator_is_told(world: World) -> None:
    assert {event.share_id for event in events(world, "alert_operator")} == {share.pk for share in all_shares(world)}


@check("alert_partnership_lead", "due", also=("notify_partnership_lead", "tell_partnership_lead"))
def lead_is_told_at_due(world: World) -> None:
    if need_id := world.scenario.get("declared"):
        with world.lead.acting():
            assert need_id in {need.pk for need in agreed.not_offered(agreed.needs(world.partnership.pk))}
            assert [event.agency_id for event in agreed.events(world.partnership.pk) if event.what == "backlog_not_offered"] == [world.receivers[0].agency.pk]
        return
    lead_sees(world)


@check("escalate_to_partnership", "after", also=("escalate_to_partnership_after_due",))
def lead_sees(world: World) -> None:
    with world.lead.acting() as actor:
        assert world.recorded and world.recorded.entry_id in {share.entry_id for share in queries.escalations(actor)}


@check("start_visit_clock", "recorded", also=("start_follow_up_clock",))
def visit_clock(world: World) -> None:
    with world.author.acting() as author:
        owed = [entry for entry in queries.follow_ups(author) if entry.pk == (world.recorded.entry_id if world.recorded else 0)]
        assert owed
        assert owed[0].follow_up_due_at > now()


# ── signatures and named persons ─────────────────────────────────────────────────────────────────────────────────────


@check("show_unsent_to_author_and_manager", "recorded")
def unsent_is_seen(world: World) -> None:
    for worker in (world.author, world.author.supervisor):
        assert worker
        with worker.acting() as actor:
            assert world.recorded and world.recorded.entry_id in {share.entry_id for share in queries.unsent(actor)}
    run_worker()
    assert events(world, "show_unsent")
    assert not events(world, "delivered")


@check("count_on_unsent_board", "due")
def on_the_board(world: World) -> None:
    assert events(world, "count_unsent")
    assert world.author.supervisor
    with world.author.supervisor.acting() as actor:
        assert [share for share in queries.unsent(actor) if share.due_at <= max(one.due_at for one in all_shares(world))]


@check("second_person_approval", "recorded")
def second_person(world: World) -> None:
    assert world.recorded
    assert all(share.status == "held" for share in all_shares(world))
    with world.author.acting() as author, pytest.raises(NotKnown):
        actions.sign_entry(by=author, reference=world.recorded.reference, at=now())


# ── one owner always ─────────────────────────────────────────────────────────────────────────────────────────────────


@check("block_account_end", "holding")
def account_stays(world: World) -> None:
    leaver, staying = world.scenario["leaver"], world.scenario["staying"]
    with staying.supervisor.acting() as supervisor:
        held = actions.still_holds(practitioner_id=leaver.practitioner.pk)
        assert held["shares"] == 30
        with pytest.raises(agencies.StillHolding):
            agencies.end_practitioner(by=supervisor, practitioner_id=leaver.practitioner.pk, holding=held, at=now())


@check("reassign_all_before_disabling_account", "handed_over")
def all_reassigned(world: World) -> None:
    leaver, staying = world.scenario["leaver"], world.scenario["staying"]
    with staying.supervisor.acting():
        assert actions.still_holds(practitioner_id=leaver.practitioner.pk) == {}
    with staying.acting() as actor:
        assert len([share for share in queries.inbox(actor) if share.owner == staying.practitioner.pk]) == 30


@check("none_without_owner", "ended")
def an_owner_each(world: World) -> None:
    leaver = world.scenario["leaver"]
    with as_worker():
        from alongside.records.models import Share

        assert not Share.objects.filter(owner=leaver.practitioner.pk, owed=True).exists()
        assert not Share.objects.filter(owner__isnull=True).exists()


# ── backlog, corrections, withholding ────────────────────────────────────────────────────────────────────────────────


@check("offer_backlog_within_basis", "offered")
def backlog_offered(world: World) -> None:
    assert world.scenario["offered"].shared == len(world.earlier)
    with world.receivers[0].acting() as actor:
        assert {share.entry_id for share in queries.inbox(actor)} >= {earlier.entry_id for earlier in world.earlier}


@check("gate_each_back_item", "offered")
def each_item_gated(world: World) -> None:
    assert world.scenario["again"].shared == 0
    with world.author.acting():
        for earlier in world.earlier:
            rules = RoutingOutcome.objects.get(entry_id=earlier.entry_id, team_id=world.receivers[0].team.pk).rules
            assert [rule for rule in rules if not rule.startswith("REC-")], "the gate had no say"


@check("deliver_correction_to_all_who_read_or_received", "delivered", also=("tell_recipients",))
def correction_reaches_all(world: World) -> None:
    for receiver in world.receivers:
        share = world.share_to(receiver)
        assert share.delivered_at
        assert share.delivered_at <= world.due()
    with world.receivers[0].acting() as reader:
        assert world.recorded and world.recorded.entry_id in {notice.correction_id for notice in queries.corrections_to_see(reader)}


@check("show_old_and_new", "delivered", also=("keep_history", "keep_history_visible"))
def old_and_new(world: World) -> None:
    for worker in (world.author, *world.receivers):
        with worker.acting() as actor:
            assert world.recorded
            changed = [change for version in queries.versions(queries.entry(actor, world.recorded.reference)) for change in version.changed if change.field == "account"]
            assert [(change.old, change.new) for change in changed] == [("Take 5 mg.", "Take 50 mg.")]


@check("record_withhold_reason", "recorded", also=("show_withheld_to_author",))
def withhold_reason(world: World) -> None:
    receiver = world.receivers[0]
    kept = KeepBack(PartnerKey(receiver.agency.pk, receiver.team.pk), "raises_risk", "Her brother works there.")
    before = world.recorded
    recorded = world.record(world.new(wishes=(kept,)))
    with world.author.acting() as author:
        one = next(one for one in queries.who_knows(author, recorded.entry_id) if one.team == receiver.team.name)
        assert one.state == "kept_back"
        assert "Her brother works there." in one.why
    world.recorded = before


@check("gate_each", "recorded")
def gated_each(world: World) -> None:
    assert world.recorded
    assert all(outcome.rules for outcome in world.recorded.outcomes)
    told = [outcome for outcome in world.recorded.outcomes if outcome.outcome == "share"]
    assert told
    assert all([rule for rule in outcome.rules if not rule.startswith("REC-")] for outcome in told)


@check("route_to_statutory_floor", "recorded")
def floor_is_told(world: World) -> None:
    before = world.recorded
    end_needs(world)
    recorded = world.record()
    assert "statutory" in {outcome.origin for outcome in _outcomes(world, recorded.entry_id) if outcome.outcome == "share"}
    world.recorded = before


@check("tell_person", "recorded")
def person_is_told(world: World) -> None:
    obliged(world, "tell_person")
    with world.author.acting() as author:
        gate.open_record(author, world.people[0], purpose=world.purpose, at=now())
        assert PersonNotice.objects.filter(person_id=world.people[0]).exists()


@check("notify_caldicott_guardian", "recorded")
def guardian_is_told(world: World) -> None:
    with refused_to_all(world, marker="public_interest"):
        obliged(world, "notify_caldicott_guardian")
        with world.guardian.acting():
            assert Obligation.objects.filter(code="notify_caldicott_guardian").exists()


@check("notify_allocated_worker", "recorded")
def allocated_is_told(world: World) -> None:
    with refused_to_all(world):
        obliged(world, "notify_allocated_worker")
        for receiver in world.receivers:
            with receiver.acting():
                assert Obligation.objects.filter(code="notify_allocated_worker").exists()


@check("deliver_sealed", "recorded")
def sealed(world: World) -> None:
    mark(world, "address_concealed")
    with another_entry(world):
        obliged(world, "sealed_delivery")
        sealed_shares = [share for share in all_shares(world) if "sealed_delivery" in share.obligations]
        assert sealed_shares
        for share in sealed_shares:
            assert share.owner < PRACTITIONER_PRINCIPAL_LIMIT, "no named recipient"
        run_worker()
        for receiver in world.receivers:
            colleague = hire_beside(receiver)
            with receiver.acting() as named:
                assert world.recorded and world.recorded.entry_id in {share.entry_id for share in queries.inbox(named)}
            with colleague.acting() as beside:
                assert world.recorded.entry_id not in {share.entry_id for share in queries.inbox(beside)}, "somebody else of the team may open it"


@contextmanager
def another_entry(world: World) -> Iterator[None]:
    """One more entry, recorded as things stand now; the scenario goes on with its own."""
    before, written_at = world.recorded, world.written_at
    world.record()
    yield
    world.recorded, world.written_at = before, written_at


@contextmanager
def refused_to_all(world: World, *, marker: str = "") -> Iterator[None]:
    """The person said yes and takes it back; the next entry goes to nobody whom only that yes let in."""
    if marker:
        mark(world, marker)
    with world.author.acting() as author:
        for state in ("given", "refused"):
            record_consent(by=author, person_id=world.people[0], answer=Answer(state, words="As I said.", how="told"), at=now())
    with another_entry(world):
        yield


def mark(world: World, flag: str) -> None:
    """What the records office has noted about the person."""
    with world.author.acting() as author, connection.cursor() as cursor:
        gate.open_record(author, world.people[0], purpose=world.purpose, write=True, at=now())
        cursor.execute("INSERT INTO person_marker (person_id, flag, reason, starts, ended_reason) VALUES (%s, %s, 'As they asked.', now(), '')", [world.people[0], flag])


def obliged(world: World, code: str) -> None:
    """The gate says so here: otherwise the scenario shows nothing."""
    assert world.recorded
    assert code in {word for outcome in _outcomes(world, world.recorded.entry_id) for word in outcome.obligations}, f"the gate obliges nobody to {code} here"


def _outcomes(world: World, entry_id: int) -> list:
    with world.author.acting():
        assert subjects(Entry.objects.get(pk=entry_id))
        return list(RoutingOutcome.objects.filter(entry_id=entry_id))
