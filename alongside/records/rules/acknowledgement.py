"""How a share is answered, what may happen to it on the way, and what the worker owes it while it is not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.common.rulebook import rule
from alongside.records.facts import ShareEvent, ShareFacts, ShareStatus, Step, StepKind
from alongside.records.rules.clock_names import UnknownClock, read_clock
from alongside.records.rules.kinds import kind_or_plain

SINCE = date(2026, 1, 1)
E, S = ShareEvent, ShareStatus
OPEN = frozenset({S.HELD, S.AWAITING})
EVERY = frozenset(S)
SENT = EVERY - {S.HELD, S.WITHDRAWN}
ONE_DAY = timedelta(days=1)


class NotAllowed(ValueError):
    """This cannot happen to a share that stands so, or not without the words it needs."""


@dataclass(frozen=True, slots=True)
class Transition:
    """What an event does to a share. `to` None leaves the status as it is. `words` names what must be written with it."""

    event: ShareEvent
    from_: frozenset[ShareStatus]
    to: ShareStatus | None = None
    words: str = ""


TRANSITIONS = (
    Transition(E.SIGNED, frozenset({S.HELD}), S.AWAITING),
    Transition(E.DELIVERED, frozenset({S.AWAITING})),
    Transition(E.READ, SENT),
    Transition(E.REMINDED, frozenset({S.HELD, S.AWAITING, S.ACKNOWLEDGED})),
    Transition(E.PHONED, frozenset({S.HELD, S.AWAITING, S.ACKNOWLEDGED}), words="who was told, and by whom"),
    Transition(E.ESCALATED_SUPERVISOR, frozenset({S.HELD, S.AWAITING, S.ACKNOWLEDGED})),
    Transition(E.ESCALATED_PARTNERSHIP, frozenset({S.HELD, S.AWAITING, S.ACKNOWLEDGED})),
    Transition(E.REASSIGNED, frozenset({S.HELD, S.AWAITING, S.ACKNOWLEDGED})),
    Transition(E.ACKNOWLEDGED, frozenset({S.AWAITING}), S.ACKNOWLEDGED),
    Transition(E.DECIDED, frozenset({S.AWAITING, S.ACKNOWLEDGED}), S.DECIDED, words="the decision and why"),
    Transition(E.DECLINED, frozenset({S.AWAITING, S.ACKNOWLEDGED}), S.DECLINED, words="the reason"),
    Transition(E.DECLINED_WITHOUT_REASON, frozenset({S.AWAITING, S.ACKNOWLEDGED})),
    Transition(E.CHALLENGED, frozenset({S.DECLINED, S.DECIDED}), S.AWAITING, words="why the sender disagrees"),
    Transition(E.REFERRER_TOLD, frozenset({S.ACKNOWLEDGED, S.DECIDED, S.DECLINED})),
    Transition(E.CORRECTED, EVERY - {S.WITHDRAWN}),
    Transition(E.WITHDRAWN, OPEN, S.WITHDRAWN, words="why it no longer goes"),
)
BY_EVENT = {transition.event: transition for transition in TRANSITIONS}


@rule("ACK-010", since=SINCE)
def after(status: ShareStatus, event: ShareEvent, words: str = "") -> ShareStatus:
    """A share must change only by the table of transitions, with the words that the table asks for. Raises `NotAllowed` otherwise.

    Source: a decision of this product: status on the row and an event beside it, in one transaction.
    Example:
        >>> after(ShareStatus.AWAITING, ShareEvent.ACKNOWLEDGED).value
        'acknowledged'
    """
    transition = BY_EVENT[event]
    if status not in transition.from_:
        raise NotAllowed(f"A share that is {status.value} cannot be {event.value.replace('_', ' ')}.")
    if transition.words and not words.strip():
        raise NotAllowed(f"Write {transition.words}.")
    return transition.to or status


@rule("ACK-020", since=SINCE)
def declined_as(reason: str) -> ShareEvent:
    """A partner may decline only with a reason that the sender can see and challenge; without one the share counts as unanswered.

    Source: Working Together to Safeguard Children (2023): professional disagreement and escalation.
    Example:
        >>> declined_as("She moved to another area in May.").value, declined_as("  ").value
        ('declined', 'declined_without_reason')
    """
    return E.DECLINED if reason.strip() else E.DECLINED_WITHOUT_REASON


@rule("ACK-030", since=SINCE)
def is_answered(share: ShareFacts) -> bool:
    """A share is answered when it is acknowledged or declined with a reason; one that asks for a decision only when decided or so declined.

    Source: Working Together to Safeguard Children (2023): the referrer is told the decision.
    Example:
        >>> at = datetime(2026, 5, 5)
        >>> share = ShareFacts("referral_child", ShareStatus.ACKNOWLEDGED, "1_working_day", at, at, at, at, needs_decision=True)
        >>> is_answered(share)
        False
    """
    match share.status:
        case S.ACKNOWLEDGED:
            return not share.needs_decision
        case S.DECLINED:
            return bool(share.decline_reason.strip())
        case S.DECIDED | S.WITHDRAWN:
            return True
        case _:
            return False


@rule("ACK-040", since=SINCE)
def told_by_fallback(share: ShareFacts) -> bool:
    """A telephone call on record may meet a clock that allows the fallback, and any clock while nothing can be delivered; an answer stays owed.

    Source: NIS cyber assessment framework D1: carry on the essential function by other means.
    Example:
        >>> at = datetime(2026, 5, 5)
        >>> told_by_fallback(ShareFacts("safeguarding_concern", ShareStatus.AWAITING, "1_working_day_by_fallback", at, at, at, at, phoned_at=at))
        True
    """
    return share.phoned_at is not None and (share.delivered_at is None or _allows_fallback(share.clock))


def _allows_fallback(clock: str) -> bool:
    try:
        return read_clock(clock).by_fallback
    except UnknownClock:
        return False


# ── what the worker owes ─────────────────────────────────────────────────────────────────────────────────────────────

When = Callable[[ShareFacts], datetime | None]


def at_start(share: ShareFacts) -> datetime:
    return share.start


def at_half_time(share: ShareFacts) -> datetime:
    return share.reminder_at


def at_due(share: ShareFacts) -> datetime | None:
    return share.due


def at_due_in_writing(share: ShareFacts) -> datetime | None:
    """The due moment; one interval later for whoever was told by telephone in time and still owes the answer."""
    return share.climbs_at if told_by_fallback(share) else share.due


def at_climb(share: ShareFacts) -> datetime | None:
    """When it climbs to the partnership: an interval after the supervisor was told."""
    return share.climbs_at + ONE_DAY if share.climbs_at and told_by_fallback(share) else share.climbs_at


def always(share: ShareFacts) -> bool:
    return True


def is_held(share: ShareFacts) -> bool:
    return share.status is S.HELD


def is_undelivered(share: ShareFacts) -> bool:
    return share.status is S.AWAITING and share.delivered_at is None


def wants_telephone(share: ShareFacts) -> bool:
    """Kinds that cannot wait are told by telephone, and so is whatever is stuck in the queue; one call is enough."""
    return share.phoned_at is None and not is_held(share) and (share.phone_fallback or is_undelivered(share))


def wants_decision(share: ShareFacts) -> bool:
    return share.needs_decision


def kind_asks(word: str) -> Callable[[ShareFacts], bool]:
    """Whether the kind of entry names this word among what happens if it is not answered."""
    return lambda share: word in kind_or_plain(share.kind).if_not


@dataclass(frozen=True, slots=True)
class Owed:
    """One rung of the ladder: what, when, for which shares, and whom it reaches (for a held share: `held_reaches`)."""

    kind: StepKind
    when: When
    applies: Callable[[ShareFacts], bool]
    reaches: str
    held_reaches: str = ""


LADDER = (
    Owed(StepKind.SHOW_UNSENT, at_start, is_held, "", "author_and_manager"),
    Owed(StepKind.REMIND, at_half_time, always, "owner", "signatory"),
    Owed(StepKind.COUNT_UNSENT, at_due, is_held, "", "unsent_board"),
    Owed(StepKind.PHONE_FALLBACK, at_due, wants_telephone, "sender_to_partner_duty_desk"),
    Owed(StepKind.ALERT_OPERATOR, at_due, is_undelivered, "operator"),
    Owed(StepKind.ESCALATE_SUPERVISOR, at_due_in_writing, always, "owner_supervisor", "author_supervisor"),
    Owed(StepKind.SHOW_ON_SUPERVISION, at_due_in_writing, always, "owner_supervision", "author_supervision"),
    Owed(StepKind.SHOW_REFERRER_OVERDUE, at_due_in_writing, wants_decision, "author"),
    Owed(StepKind.OFFER_ESCALATION, at_due_in_writing, wants_decision, "author"),
    Owed(StepKind.ALERT_PARTNERSHIP_LEAD, at_due, kind_asks("alert_partnership_lead"), "partnership_lead"),
    Owed(StepKind.ESCALATE_PARTNERSHIP, at_climb, always, "partnership_lead", "partnership_lead"),
)
RUNG_OF = {rung.kind: place for place, rung in enumerate(LADDER)}


@rule("ACK-050", since=SINCE)
def ladder(share: ShareFacts) -> tuple[Step, ...]:
    """What is not answered must be recalled at half-time, climb to the supervisor when due and to the partnership one working day later.

    Every step of one share, done or not, in order of time. Nothing is owed for what is answered or whose clock stands still.

    Source: Working Together to Safeguard Children (2023), escalation; the intervals are a decision of this product.
    Example:
        >>> at = datetime(2026, 5, 5, 9)
        >>> share = ShareFacts("visit", ShareStatus.AWAITING, "1_hour", at, at + ONE_DAY / 48, at + ONE_DAY / 24, at + ONE_DAY, delivered_at=at)
        >>> [step.kind.value for step in ladder(share)]
        ['remind', 'escalate_supervisor', 'show_on_supervision', 'escalate_partnership']
    """
    if is_answered(share) or share.due is None:
        return ()
    steps = (
        Step(rung.kind, moment, reaches, "ACK-050")
        for rung in LADDER
        if rung.applies(share) and (moment := rung.when(share)) and (reaches := rung.held_reaches if is_held(share) else rung.reaches)
    )
    return tuple(sorted(steps, key=lambda step: (step.owed_since, RUNG_OF[step.kind])))


def owed_steps(share: ShareFacts, at: datetime) -> tuple[Step, ...]:
    """The steps that are owed at a moment and not yet done. A step at the very due moment is owed from that moment on."""
    return tuple(step for step in ladder(share) if step.owed_since <= at and step.kind not in share.done)


def next_step_at(share: ShareFacts) -> datetime | None:
    """When the worker must look at a share again: the moment of the first step not yet done, past or future; None when nothing is left to do."""
    return min((step.owed_since for step in ladder(share) if step.kind not in share.done), default=None)


# ── order, owners, leaving ───────────────────────────────────────────────────────────────────────────────────────────


@rule("ACK-060", since=SINCE)
def may_deliver(waiting: Sequence[tuple[int, bool]], share_id: int) -> bool:
    """Shares about one person to one partner must be delivered in the order in which they were written, where their kind asks for it.

    `waiting` are the undelivered shares of that person and partner, oldest first, each with whether it must keep its place.

    Source: a decision of this product: a correction or a return home must not arrive before what it is about.
    Example:
        >>> queue = [(1, True), (2, False), (3, True)]
        >>> [may_deliver(queue, share) for share in (1, 2, 3)]
        [True, True, False]
    """
    for earlier, in_order in waiting:
        if earlier == share_id:
            return True
        if in_order and dict(waiting).get(share_id, False):
            return False
    return True


@rule("ACK-070", since=SINCE)
def may_end_account(open_items: int, *, reassigned: int) -> bool:
    """An account must not end while anything in its list has no new owner.

    Source: Victoria Climbie inquiry (2003), papers without an owner (from memory).
    Example:
        >>> may_end_account(30, reassigned=29), may_end_account(30, reassigned=30)
        (False, True)
    """
    return reassigned >= open_items


# ── the diagram ──────────────────────────────────────────────────────────────────────────────────────────────────────


def diagram() -> str:
    """The table of transitions as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> awaiting: routed", "    [*] --> held: routed, signature owed"]
    for transition in TRANSITIONS:
        label = transition.event.value.replace("_", " ") + (f" ({transition.words})" if transition.words else "")
        sources = sorted(transition.from_, key=list(S).index)
        if transition.to:
            lines += [f"    {source.value} --> {transition.to.value}: {label}" for source in sources]
        else:
            lines += [f"    {source.value} --> {source.value}: {label}" for source in sources if source in OPEN]
    answered = (S.ACKNOWLEDGED, S.DECIDED, S.DECLINED, S.WITHDRAWN)
    return "\n".join((*lines, *(f"    {status.value} --> [*]" for status in answered))) + "\n"
