"""What the gate will not decide alone goes to a named person, on a clock; what they decide counts, once, and its author learns of it."""

from typing import Any

import pytest

from alongside.common.clock import now
from alongside.common.decisions import Conflict, NotKnown
from alongside.records import actions, queries
from alongside.records.facts import Harm
from alongside.records.models import RoutingOutcome
from tests.not_lost.stories import run_worker
from tests.not_lost.world import World, build

SCENARIO: dict[str, Any] = {
    "id": "referred", "entry": "police_contact", "recorded_by": "police/police_officer", "due": "1_working_day",
    "need_declared_by": [{"agency": "council_children", "role": "social_worker", "needs": "police_contact"}],
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def referred() -> tuple[World, RoutingOutcome]:
    """Police intelligence that no second officer has weighed yet."""
    world = build(SCENARIO)
    world.record(world.new(category="police_intelligence", harm=Harm.POSSIBLE))
    assert world.recorded
    with world.guardian.acting() as guardian:
        (waiting,) = queries.to_decide(guardian)
    assert (waiting.outcome, waiting.reason_code) == ("withhold", "gate_referred")
    assert waiting.decide_by and waiting.decide_by > now()
    assert "SPE-070" in waiting.rules
    return world, waiting


def received(world: World) -> set[int]:
    run_worker()
    with world.receivers[0].acting() as receiver:
        return {share.entry_id for share in queries.inbox(receiver)}


def test_nothing_goes_before_they_decide_and_it_goes_when_they_say_so(referred: tuple[World, RoutingOutcome]) -> None:
    world, waiting = referred
    assert not received(world)
    with world.author.acting() as author, pytest.raises(NotKnown):
        actions.decide_referred(by=author, outcome_id=waiting.pk, goes=True, because="I want it to go.", at=now())
    with world.guardian.acting() as guardian:
        with pytest.raises(actions.ReasonNeeded):
            actions.decide_referred(by=guardian, outcome_id=waiting.pk, goes=True, because=" ", at=now())
        actions.decide_referred(by=guardian, outcome_id=waiting.pk, goes=True, because="They must know to keep him safe.", at=now())
        assert not queries.to_decide(guardian)
        with pytest.raises((Conflict, NotKnown)):
            actions.decide_referred(by=guardian, outcome_id=waiting.pk, goes=False, because="No.", at=now())
    assert world.recorded and world.recorded.entry_id in received(world)
    with world.author.acting() as author:
        (known,) = [one for one in queries.who_knows(author, world.recorded.entry_id) if one.decided_because]
        assert (known.state, known.decided_because) == ("received", "They must know to keep him safe.")
    share = world.share_to(world.receivers[0])
    assert share.due_at > now() and share.owed


def test_it_stays_when_they_say_so_and_its_author_reads_why(referred: tuple[World, RoutingOutcome]) -> None:
    world, waiting = referred
    with world.guardian.acting() as guardian:
        actions.decide_referred(by=guardian, outcome_id=waiting.pk, goes=False, because="It would name who told us.", at=now())
    assert not received(world)
    with world.author.acting() as author:
        assert world.recorded
        assert ["It would name who told us."] == [one.decided_because for one in queries.who_knows(author, world.recorded.entry_id) if one.decided_because]
