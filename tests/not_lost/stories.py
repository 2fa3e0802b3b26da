"""How a scenario goes: everybody answers in time, or nobody does and time runs out. At each stage the checks that belong there are made."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from alongside.agencies import actions as agencies
from alongside.common.clock import now
from alongside.common.decisions import NotKnown
from alongside.partnerships import actions as partnerships
from alongside.partnerships import queries as agreed
from alongside.records import actions, queries
from alongside.records.actions import backlog, climbing, delivery
from alongside.records.models import Share
from alongside.records.rules.kinds import entry_kinds, meets
from tests.not_lost.world import Worker, World, _hire, declare, open_as
from tests.worker_role import as_worker

Check = Callable[[World], None]
CHECKS: dict[str, dict[str, Check]] = {}
SYNONYMS: dict[str, str] = {}
INSTANT = timedelta(seconds=1)


def check(word: str, *stages: str, also: tuple[str, ...] = ()) -> Callable[[Check], Check]:
    """A check of one word of the vocabulary, made at these stages of a story."""

    def keep(made: Check) -> Check:
        for name in (word, *also):
            for stage in stages:
                CHECKS.setdefault(name, {})[stage] = made
        return made

    return keep


def words(scenario: dict[str, Any]) -> list[str]:
    return [*scenario["must"], *scenario["if_not"]]


def tell(world: World, stage: str, asked: list[str]) -> list[str]:
    """Make the checks of one stage; the words that were checked."""
    done = []
    for word in asked:
        if made := CHECKS[word].get(stage):
            try:
                made(world)
            except AssertionError as broken:
                raise AssertionError(f"{world.scenario['id']}: {word} does not hold when {stage}: {broken}") from broken
            done.append(word)
    return done


# ── everybody answers in time ────────────────────────────────────────────────────────────────────────────────────────


def kept(world: World, asked: list[str]) -> list[str]:
    story = {"inbox_items": leaver, "declaration": newly_declared, "correction": corrected}.get(world.kind)
    if story:
        return story(world, asked)
    if "show_with_earlier_injuries" in asked:
        world.earlier.append(world.record(world.new(happened_at=now() - timedelta(days=20), headline="An earlier one")))
    world.record()
    done = tell(world, "recorded", asked)
    sign(world)
    run_worker()
    done += tell(world, "delivered", asked)
    answer(world, decline="record_decline_reason" in asked)
    return done + tell(world, "answered", asked)


def sign(world: World) -> None:
    """The second signer is there after all."""
    supervisor = world.author.supervisor
    assert supervisor and world.recorded
    with supervisor.acting() as signer:
        if any(share.entry_id == world.recorded.entry_id for share in queries.to_sign(signer)):
            assert actions.sign_entry(by=signer, reference=world.recorded.reference, at=now()) > 0


def answer(world: World, *, decline: bool = False) -> None:
    for receiver in world.receivers:
        share = world.share_to(receiver)
        with receiver.acting() as actor:
            actions.read_share(by=actor, reference=share.reference, at=now())
            if decline:
                actions.decline_share(by=actor, reference=share.reference, reason="The family lives in the next district.", at=now())
                continue
            taken = actions.acknowledge_share(by=actor, reference=share.reference, at=now())
            assert taken.owed is share.needs_decision
            if share.needs_decision:
                actions.decide_share(by=actor, reference=share.reference, decision="We assess, starting today.", at=now())


def run_worker(at: datetime | None = None) -> None:
    with as_worker():
        while delivery.deliver_to_inboxes(at=at or now()):
            pass
        climbing.climb_unanswered(at=at or now())


# ── nobody answers ───────────────────────────────────────────────────────────────────────────────────────────────────


def late(world: World, asked: list[str]) -> list[str]:
    if world.kind == "inbox_items":
        return []
    if world.kind == "declaration":
        return never_offered(world, asked)
    if world.kind == "correction":
        corrected_by_author(world)
    else:
        world.record()
    assert world.recorded
    if not {"alert_operator", "queue_visible_to_sender"} & set(asked):
        run_worker()
    clocked = [share for share in all_shares(world) if share.due_at]
    half, due = min(share.half_at for share in clocked), max(share.due_at for share in clocked)
    climb(min(half, due) - INSTANT)
    assert not events(world, "reminded")
    climb(max(share.half_at for share in clocked))
    done = tell(world, "half", asked)
    if any(share.due_at > share.half_at for share in clocked):
        climb(min(share.due_at for share in clocked) - INSTANT)
        assert not events(world, "escalated_supervisor")
    climb(due)
    done += tell(world, "due", asked)
    climb(due + timedelta(days=12))
    climb(due + timedelta(days=12))
    for share in all_shares(world):
        steps = [event.what for event in events(world) if event.share_id == share.pk and event.what in climbing.STEP_OF]
        assert len(steps) == len(set(steps)), "a step was done twice"
    return done + tell(world, "after", asked)


def climb(at: datetime) -> None:
    with as_worker():
        climbing.climb_unanswered(at=at)


def shares(world: World) -> list[Share]:
    """What each receiver of the scenario was sent, as they see it."""
    return [world.share_to(receiver) for receiver in world.receivers]


def all_shares(world: World) -> list[Share]:
    with as_worker():
        return list(Share.objects.filter(entry_id=world.recorded.entry_id).order_by("pk")) if world.recorded else []


def events(world: World, what: str = "") -> list[Any]:
    from alongside.records.models import ShareEvent

    with as_worker():
        found = ShareEvent.objects.filter(share__entry_id=world.recorded.entry_id if world.recorded else 0).order_by("pk")
        return list(found.filter(what=what) if what else found)


# ── stories of their own ─────────────────────────────────────────────────────────────────────────────────────────────


def leaver(world: World, asked: list[str]) -> list[str]:
    """Thirty items in the list of one who leaves."""
    staying = world.receivers[0]
    leaves = hire_beside(staying)
    world.scenario["leaver"], world.scenario["staying"] = leaves, staying
    declare(world, staying, ["visits"], "team_manager")
    for _ in range(30):
        world.record(world.new("visit"))
        share = world.share_to(staying)
        with staying.acting() as actor:
            actions.reassign_share(by=actor, reference=share.reference, to_practitioner=leaves.practitioner.pk, at=now())
    done = tell(world, "holding", asked)
    assert staying.supervisor
    if "escalate_to_supervisor_at_due" in asked:
        climb(now() + timedelta(days=4))
        with staying.supervisor.acting() as supervisor:
            assert len([share for share in queries.escalations(supervisor) if share.owner == leaves.practitioner.pk]) == 30
        done.append("escalate_to_supervisor_at_due")
    with staying.supervisor.acting() as supervisor:
        actions.reassign_all(by=supervisor, from_practitioner=leaves.practitioner.pk, to_practitioner=staying.practitioner.pk, at=now())
    done += tell(world, "handed_over", asked)
    with staying.supervisor.acting() as supervisor:
        agencies.end_practitioner(by=supervisor, practitioner_id=leaves.practitioner.pk, holding=actions.still_holds(practitioner_id=leaves.practitioner.pk), at=now())
    return done + tell(world, "ended", asked)


def hire_beside(staying: Worker) -> Worker:
    return _hire(staying.agency, staying.team, "Who leaves", staying.practitioner.role, now() - timedelta(days=100), supervisor=staying.supervisor)


def newly_declared(world: World, asked: list[str]) -> list[str]:
    """Three happened last month, at another agency; then the need is declared."""
    need_id = declared_after(world)
    with world.receivers[0].acting() as actor:
        world.scenario["offered"] = actions.offer_backlog(by=actor, need_id=need_id, at=now())
        world.scenario["again"] = actions.offer_backlog(by=actor, need_id=need_id, at=now())
    run_worker()
    with as_worker():
        backlog.climb_unoffered(at=now() + timedelta(days=30))
    with world.lead.acting():
        assert need_id not in {need.pk for need in agreed.not_offered(agreed.needs(world.partnership.pk))}, "told of what was offered"
    return tell(world, "offered", asked)


def never_offered(world: World, asked: list[str]) -> list[str]:
    """The need is declared, and nobody asks for what there was; nor for what another need was about, where there was nothing."""
    world.scenario["declared"] = declared_after(world)
    nothing = declare(world, world.receivers[0], ["allergies"], "")
    need = agreed.need(world.scenario["declared"])
    due = backlog.offered_by(need)
    assert due == world.due(need.starts), "not the clock that the scenario names"
    with as_worker():
        assert backlog.climb_unoffered(at=due - INSTANT) == 0, "told before it was due"
        assert backlog.climb_unoffered(at=due + INSTANT) == 1
        assert backlog.climb_unoffered(at=due + timedelta(days=9)) == 0, "told twice, or of nothing"
    assert agreed.need(nothing).lead_told_at is None
    return tell(world, "due", asked)


def declared_after(world: World) -> int:
    """Three of what the need names were recorded by another partner last month. Everybody is who they were in that story."""
    from tests.not_lost.world import build

    need = world.scenario["need_declared_by"][0]
    kind = next((kind.code for kind in entry_kinds().values() if meets(need["needs"].split(), kind.tags | {kind.code}) and kind.group not in ("partnership", "everyday")), "visit")
    told_by = build({**world.scenario, "entry": kind, "recorded_by": "police/police_officer", "need_declared_by": [{**need, "needs": "nothing_of_the_kind"}]})
    for days in (3, 12, 25):
        world.earlier.append(told_by.record(told_by.new(kind, happened_at=now() - timedelta(days=days))))
    world.receivers, world.author, world.people = told_by.receivers, told_by.author, told_by.people
    world.lead, world.guardian, world.partnership = told_by.lead, told_by.guardian, told_by.partnership
    return declare(told_by, told_by.receivers[0], need["needs"], "", at=now())


def corrected(world: World, asked: list[str]) -> list[str]:
    corrected_by_author(world)
    done = tell(world, "recorded", asked)
    run_worker()
    done += tell(world, "delivered", asked)
    answer(world)
    return done + tell(world, "answered", asked)


def corrected_by_author(world: World) -> None:
    """Shared, received and read; then put right."""
    reader = world.receivers[0]
    world.earlier.append(world.record(world.new("medication_change", account="Take 5 mg.")))
    run_worker()
    open_as(reader, world)
    with world.author.acting() as author:
        try:
            world.recorded = actions.correct_entry(
                by=author, reference=world.earlier[0].reference, changed={"account": "Take 50 mg."}, reason="A nought was missing.", key=uuid.uuid4(), purpose=world.purpose, at=now(),
            )
        except NotKnown as no:
            raise AssertionError("the author may not put it right") from no
        world.written_at = now()


def end_needs(world: World) -> None:
    for receiver, need_id in zip(world.receivers, world.need_ids, strict=False):
        with receiver.acting() as actor:
            partnerships.end_need(by=actor, need_id=need_id, at=now())
