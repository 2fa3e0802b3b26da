"""Reminded at half time, late where everybody sees it, and climbing until somebody answers."""


from alongside.common.clock import now
from alongside.partnerships import queries as agreed
from alongside.records import actions, queries
from tests.not_lost.stories import all_shares, check, events
from tests.not_lost.world import Worker, World


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
