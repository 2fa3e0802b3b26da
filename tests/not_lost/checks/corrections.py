"""What there was before a need was declared is offered, and what was put right chases whoever read it."""


from alongside.records import queries
from alongside.records.models import RoutingOutcome
from tests.not_lost.stories import check
from tests.not_lost.world import World


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
