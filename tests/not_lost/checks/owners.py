"""A second signature before it goes, and one owner always, whoever leaves."""

import pytest

from alongside.agencies import actions as agencies
from alongside.common.clock import now
from alongside.common.decisions import NotKnown
from alongside.records import actions, queries
from tests.not_lost.stories import all_shares, check, events, run_worker
from tests.not_lost.world import World
from tests.worker_role import as_worker


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
