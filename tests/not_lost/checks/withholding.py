"""Kept back with a reason, gated each by each, told to whom the gate obliges."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.confidentiality.actions.choices import Answer, record_consent
from alongside.confidentiality.models import Obligation, PersonNotice
from alongside.records import queries
from alongside.records.facts import KeepBack, PartnerKey
from alongside.records.models import Entry, RoutingOutcome
from alongside.records.queries.record import subjects
from tests.not_lost.stories import all_shares, check, end_needs, hire_beside, run_worker
from tests.not_lost.world import World


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
