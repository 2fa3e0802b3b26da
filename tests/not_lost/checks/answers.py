"""Acknowledged, decided, declined with a reason, passed on; and the sender hears of it."""

from datetime import timedelta

import pytest

from alongside.agencies import actions as agencies
from alongside.common.clock import now
from alongside.records import actions, queries
from tests.not_lost.stories import all_shares, check, events, hire_beside, shares
from tests.not_lost.world import World


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
