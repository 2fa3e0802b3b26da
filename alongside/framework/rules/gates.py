"""Gates: what must be answered, what is red, and what a red one stops."""

from collections.abc import Iterable, Sequence
from datetime import date

from alongside.common.rulebook import rule
from alongside.framework.facts import GOES_AHEAD, OPTIONS, Answer, Colour, GateState, Kind, Option

SINCE = date(2026, 9, 1)


@rule("FRW-010", since=SINCE)
def colour(state: GateState) -> Colour:
    """A "no" on basis in law, sharing, ending or owner is red; a "no" on another gate is shut; "partly" is amber.

    Source: measure F1a of this product, after Audit Commission, Governing Partnerships (2005).
    Example:
        >>> from alongside.framework.rules.guidance import editions
        >>> basis, value = (next(gate for gate in editions()["2026"].gates if gate.id == key) for key in ("basis", "value"))
        >>> [colour(GateState(gate, answer)).value for gate, answer in ((basis, Answer.NO), (value, Answer.NO), (basis, Answer.PARTLY), (value, None))]
        ['red', 'shut', 'amber', 'unanswered']
    """
    if state.answer is None:
        return Colour.OPEN
    if state.answer is Answer.NO:
        return Colour.RED if state.gate.red else Colour.SHUT
    return Colour.AMBER if state.answer is Answer.PARTLY else Colour.GREEN


def red(states: Iterable[GateState]) -> tuple[GateState, ...]:
    return tuple(state for state in states if colour(state) is Colour.RED)


def unanswered(states: Iterable[GateState]) -> tuple[GateState, ...]:
    return tuple(state for state in states if state.answer is None)


def worst_first(states: Sequence[GateState]) -> list[GateState]:
    """Red before shut before amber before green, what is unanswered last; else in the guidance's own order."""
    order = tuple(Colour)
    return sorted(states, key=lambda state: order.index(colour(state)))


@rule("FRW-011", since=SINCE)
def may_be_recommended(kind: Kind, states: Sequence[GateState]) -> dict[Option, str]:
    """No option that goes ahead may be recommended while a gate is red or unanswered, whatever the scores add up to. Gives, by option, what stands in its way.

    Source: measure F1a of this product. The database holds the same bound.
    Example:
        >>> from alongside.framework.rules.guidance import editions
        >>> owner = next(gate for gate in editions()["2026"].gates if gate.id == "owner")
        >>> {option.value: bool(why) for option, why in may_be_recommended(Kind.TEST, [GateState(owner, Answer.NO)]).items()}
        {'go_ahead': True, 'go_ahead_if': True, 'another_way': False, 'do_not': False}
    """
    reds, missing = [state.gate.name for state in red(states)], [state.gate.name for state in unanswered(states)]
    why = f"Red: {', '.join(reds)}" if reds else f"Not answered yet: {', '.join(missing)}" if missing else ""
    return {option: why if option in GOES_AHEAD else "" for option in OPTIONS[kind]}
