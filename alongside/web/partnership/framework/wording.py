"""The words in which the framework's pages and its report say what the rules know by code."""

from alongside.framework.facts import Answer, Colour, Depth, Figure, GateState, Kind, Option, Said
from alongside.framework.rules.behaviour import Behaviour, Parting, Unit, known
from alongside.framework.rules.gates import colour
from alongside.framework.rules.said import FEWEST_FOR_MEAN, FEWEST_FOR_SPREAD
from alongside.web.design.rows import Colour as Shade
from alongside.web.partnership.wording import duration_in_words, percent

KINDS = {Kind.TEST: "Test", Kind.EXAMINE: "Examination"}
DEPTHS = {Depth.LIGHT: "light", Depth.STANDARD: "standard", Depth.FULL: "full"}
ANSWERS = {Answer.YES: "Yes", Answer.PARTLY: "Partly", Answer.NO: "No"}
COLOURS: dict[Colour, tuple[str, Shade]] = {
    Colour.RED: ("Red: stops it", "red"), Colour.SHUT: ("No", "orange"), Colour.AMBER: ("Partly", "yellow"), Colour.GREEN: ("Yes", "green"), Colour.OPEN: ("Not answered yet", "grey"),
}
OPTIONS = {
    Option.GO_AHEAD: "Go ahead", Option.GO_AHEAD_IF: "Go ahead under conditions", Option.ANOTHER_WAY: "Reach the aim another way", Option.DO_NOT: "Do not",
    Option.CARRY_ON: "Carry on as it is", Option.CARRY_ON_IF: "Carry on under conditions", Option.CHANGE: "Change it", Option.END: "End it",
}
STAGES: dict[str, tuple[str, Shade]] = {"potential": ("Proposed", "blue"), "active": ("Active", "green"), "refused": ("Refused", "red"), "ended": ("Ended", "grey")}
SCORES = {4: "Fully", 3: "Mostly", 2: "A little", 1: "Not at all"}
NOT_KNOWN = "not known yet"
NUMBERS = {3: "three", 5: "five"}


def value_in_words(behaviour: Behaviour, value: float | None) -> str:
    """
    >>> from alongside.framework.rules.behaviour import BY_ID
    >>> value_in_words(BY_ID["late"], 0.4583), value_in_words(BY_ID["half_within"], 52.0), value_in_words(BY_ID["imbalance"], 0.5), value_in_words(BY_ID["late"], None)
    ('46%', '2 days', '0.50', 'not known yet')
    """
    if value is None:
        return NOT_KNOWN
    if behaviour.unit is Unit.SHARE:
        return percent(value)
    return duration_in_words(value * 60) if behaviour.unit is Unit.HOURS else f"{value:.2f}"


def figure_in_words(behaviour: Behaviour, figure: Figure | None) -> str:
    """A figure with its interval and what it rests on."""
    if figure is None or figure.value is None:
        return NOT_KNOWN
    if not known(figure) and behaviour.counts_people:
        return "too few to say (fewer than five)"
    if not known(figure):
        return f"too few to say (n\xa0=\xa0{figure.n:,})"
    interval = f" ({value_in_words(behaviour, figure.low)} to {value_in_words(behaviour, figure.high)})" if figure.low is not None and figure.high is not None else ""
    return f"{value_in_words(behaviour, figure.value)}{interval}, n\xa0=\xa0{figure.n:,} {behaviour.counts}"


def mean_in_words(said: Said) -> str:
    return f"{said.mean:.1f} of 4" if said.mean is not None else "too few to say" if said.n else "nobody scored it"


def too_few_in_words(said: Said) -> str:
    """Why no more is told of private scores; nothing where all is."""
    if not said.n or said.low is not None:
        return ""
    fewest = FEWEST_FOR_SPREAD if said.mean is not None else FEWEST_FOR_MEAN
    hidden = "how the scores are spread is not shown" if said.mean is not None else "not even their mean is shown"
    return f"Fewer than {NUMBERS[fewest]} partners scored, so {hidden}: whoever knows their own score would know another’s."


def agreement_in_words(said: Said) -> str:
    return "–" if said.agreement is None else f"{said.agreement:.2f}"


def parting_in_words(parting: Parting) -> str:
    """What they say and what they do, in one sentence, each with what it rests on."""
    done = parting.behaviour.sentence.format(value=value_in_words(parting.behaviour, parting.figure.value))
    return (
        f"Partners score “{parting.said.principle.name}” {mean_in_words(parting.said)} (n\xa0=\xa0{parting.said.n} partners), "
        f"but {done} (n\xa0=\xa0{parting.figure.n:,} {parting.behaviour.counts})."
    )


def gate_in_words(state: GateState) -> tuple[str, Shade]:
    return COLOURS[colour(state)]
