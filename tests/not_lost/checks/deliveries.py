"""Told, in time, once, in order."""

from datetime import timedelta

from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.records import queries
from alongside.records.actions import delivery
from alongside.records.models import Delivery, Entry, InboxItem, RoutingOutcome
from tests.not_lost.stories import all_shares, check, events, run_worker, shares
from tests.not_lost.world import World
from tests.worker_role import as_worker


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
