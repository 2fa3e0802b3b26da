"""What partners do, beside what they say: one registry of behaviours. A behaviour without a figure is not known yet, never zero."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.common.rulebook import rule
from alongside.framework.facts import Figure, Said
from alongside.framework.rules.said import HIGH

SINCE = date(2026, 9, 1)

FEWEST = 5
"""A figure that rests on fewer says nothing of a partnership."""
FEWEST_PARTNERS = 2
"""Partners, pairs of them and what they have agreed are few by nature: two are enough."""


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


class Unit(StrEnum):
    SHARE = "share"
    HOURS = "hours"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One thing that partners do. `fewest`: it says nothing if it rests on fewer. `poor` is the value from which doing parts from saying; `counts` says what n counts; `how` is how it is worked out."""

    id: str
    name: str
    principle: str
    formula: str
    better: Better
    poor: float
    unit: Unit
    counts: str
    how: str
    sentence: str
    fewest: int = FEWEST
    counts_people: bool = False
    """What n counts are people who were let down: below `fewest` not even how many there were is shown."""

    def is_poor(self, value: float) -> bool:
        return value >= self.poor if self.better is Better.LOWER else value <= self.poor


BEHAVIOURS: tuple[Behaviour, ...] = (
    Behaviour("late", "Answered late or not at all", "commitment", "F16.1", Better.LOWER, 0.25, Unit.SHARE, "shares whose time was up",
              "Shares between partners that were not answered before their clock ran out, of all whose clock has run out or that were answered.", "{value} of what was sent was answered late or not at all"),
    Behaviour("acknowledged", "Acknowledged", "commitment", "F16.1", Better.HIGHER, 0.6, Unit.SHARE, "shares answered or whose time was up",
              "Shares that a partner acknowledged or decided, of all that were answered or whose clock has run out.", "only {value} of what was sent was acknowledged"),
    Behaviour("half_within", "Half is answered within", "commitment", "median.1", Better.LOWER, 48, Unit.HOURS, "answers",
              "The median time from sending to answer, from counts by length of time; straight lines between the steps.", "half of what was sent took more than {value} to answer"),
    Behaviour("sent_back", "Sent back", "need", "F16.1", Better.LOWER, 0.3, Unit.SHARE, "answers",
              "Shares that a partner declined with a reason, of all that were answered.", "{value} of what was sent was sent back as not needed"),
    Behaviour("needs_said", "Partners that said what they must know", "need", "F16.1", Better.HIGHER, 0.6, Unit.SHARE, "partners",
              "Partners with at least one information need in force, of all partners.", "only {value} of partners have said what they must know", FEWEST_PARTNERS),
    Behaviour("lost", "Information lost", "trust", "F14.1", Better.LOWER, 0.15, Unit.SHARE, "pairs of entry and partner",
              "Of what a partner said it must know and was not withheld for a legal reason: how much got no answer in time.", "{value} of what partners said they must know was lost"),
    Behaviour("reciprocity", "Two-way ties", "trust", "F3.1 dyadic", Better.HIGHER, 0.25, Unit.SHARE, "pairs that share at all",
              "Of pairs of partners between which anything was shared, those where both sent something.", "only {value} of the ties between partners go both ways", FEWEST_PARTNERS),
    Behaviour("imbalance", "One-way traffic", "need", "F3.1 imbalance", Better.LOWER, 0.9, Unit.INDEX, "pairs that share at all",
              "For each pair the difference of what each sent, divided by the sum; the mean over pairs. 0 is even, 1 is all one way.", "traffic is {value} one-way on a scale from 0 to 1", FEWEST_PARTNERS),
    Behaviour("density", "Partners that share with one another", "arrangements", "F3.1 density", Better.HIGHER, 0.34, Unit.SHARE, "possible pairs",
              "Pairs of partners between which anything was shared, of all possible pairs.", "only {value} of possible pairs of partners share anything", FEWEST_PARTNERS),
    Behaviour("centralisation", "How far it hangs on one partner", "arrangements", "F3.1 degree", Better.LOWER, 0.8, Unit.INDEX, "partners",
              "Degree centralisation without loops: 1 when everything goes through one partner, 0 when all are alike.", "it hangs on one partner: centralisation {value}", FEWEST_PARTNERS),
    Behaviour("signed", "Sign-ups current", "commitment", "F16.1", Better.HIGHER, 0.7, Unit.SHARE, "partners",
              "Partners whose signature stands under an agreement that is in force, of all partners.", "only {value} of partners have signed an agreement that is in force", FEWEST_PARTNERS),
    Behaviour("stands_behind", "Vision signed and affirmed", "purpose", "F16.1", Better.HIGHER, 0.7, Unit.SHARE, "partners",
              "Partners whose last word on the newest version of the vision put to them is a signature, not older than a year, of all partners.", "only {value} of partners stand behind the vision by a signature of this year", FEWEST_PARTNERS),
    Behaviour("reviewed", "Agreements looked at in time", "learning", "F16.1", Better.HIGHER, 0.7, Unit.SHARE, "agreements in force",
              "Agreements in force whose day of review has not passed, of all in force.", "only {value} of agreements were looked at again in time", FEWEST_PARTNERS),
    Behaviour("promises", "Promises kept", "trust", "F16.1", Better.HIGHER, 0.7, Unit.SHARE, "promises due",
              "Promises kept by their day, of those whose day has come.", "only {value} of promises were kept"),
    Behaviour("attendance", "Attendance", "commitment", "F16.1", Better.HIGHER, 0.6, Unit.SHARE, "seats at meetings",
              "Seats of the board that were filled, by the member or a substitute, of all noted at closed meetings.", "only {value} of seats at meetings were filled"),
    Behaviour("objectives", "Objectives on track", "purpose", "F16.1", Better.HIGHER, 0.5, Unit.SHARE, "objectives",
              "Objectives that are on track or reached by their last reading, of those with a reading, a baseline and a target.", "only {value} of objectives are on track", FEWEST_PARTNERS),
    Behaviour("money", "Contributions that came in", "arrangements", "F16.1", Better.HIGHER, 0.8, Unit.SHARE, "contributions due",
              "Contributions in money or in kind that came in whole, of those whose day has come.", "only {value} of what partners owed to the partnership came in", FEWEST_PARTNERS),
    Behaviour("reconciled", "Money reconciled", "arrangements", "S30.1", Better.HIGHER, 0.9, Unit.SHARE, "contributions due",
              "Of what was due by now in pounds, in money and in kind, how much came; what came beyond what was due does not make up for what did not.", "only {value} of the money that was due came", FEWEST_PARTNERS),
    Behaviour("asked", "Questions on the books answered in time", "trust", "F16.1", Better.HIGHER, 0.6, Unit.SHARE, "questions",
              "Questions on a line of the open book answered by their day, of those that were answered or whose day has passed.", "only {value} of questions on the books were answered in time", FEWEST_PARTNERS),
    Behaviour("heard", "Contributions answered", "learning", "F16.1", Better.HIGHER, 0.7, Unit.SHARE, "contributions due",
              "Contributions of the public answered in time, of those whose time is up.", "only {value} of what the public said was answered in time"),
    Behaviour("complaints", "Complaints answered in time", "learning", "F16.1", Better.HIGHER, 0.7, Unit.SHARE, "complaints",
              "Complaints about who looked (each for the partnership under whose agreement it was, the oldest where several let it through), complaints to the partnership, and disputes about who acts: answered or settled before their clock ran out, of all that were or whose time is up.",
              "only {value} of complaints were answered in time", counts_people=True),
    Behaviour("complaint_days", "Half of complaints are answered within", "learning", "median.2", Better.LOWER, 30 * 24, Unit.HOURS, "complaints answered",
              "The median time from the day on which one of these came in to its answer, of those that were answered.", "half of complaints took more than {value} to answer", counts_people=True),
    Behaviour("repeated", "Assessed again", "purpose", "F13.1 repetition", Better.LOWER, 0.25, Unit.SHARE, "assessments",
              "Assessments of a person for whom another partner had recorded one of the same kind within 90 days, of all assessments.", "{value} of assessments repeated another partner's"),
    Behaviour("nobody_leads", "Many help and nobody leads", "purpose", "F16.1", Better.LOWER, 0.25, Unit.SHARE, "people helped by three partners or more",
              "People with whom three partners or more work now and of whose practitioners none is named as the lead, of all with whom three or more work.", "{value} of those whom three partners or more help have nobody who leads", counts_people=True),
    Behaviour("undoing", "What undoes others' work, put right in time", "learning", "F16.1", Better.HIGHER, 0.6, Unit.SHARE, "changes due",
              "Changes that somebody took on because an activity works against an objective: ended by their day, of those that have ended or whose day has passed.", "only {value} of what undoes others' work was put right in time", FEWEST_PARTNERS),
)
BY_ID: Mapping[str, Behaviour] = {one.id: one for one in BEHAVIOURS}


@dataclass(frozen=True, slots=True)
class Parting:
    """Where saying and doing part: what partners say of a principle is high, and what they do is poor."""

    said: Said
    behaviour: Behaviour
    figure: Figure


def known(figure: Figure) -> bool:
    """Whether a figure says anything: it has a value and rests on enough."""
    return figure.value is not None and figure.n >= BY_ID[figure.behaviour].fewest


@rule("FRW-030", since=SINCE)
def partings(said: Iterable[Said], figures: Mapping[str, Figure]) -> list[Parting]:
    """Saying and doing part where partners score a principle high, at least two of them, and a behaviour that speaks to it is poor and rests on enough.

    Source: part 4 of the product's own framework; thresholds are the registry's.
    Example:
        >>> from datetime import UTC, date, datetime
        >>> from alongside.framework.facts import Principle
        >>> day = date(2026, 11, 26)
        >>> trust = Said(Principle("trust", "Trust", ""), 4, 4, 3.8, 3, 4, 0.9, (0, 0, 1, 3), False)
        >>> lost = Figure("lost", 0.4, 0.2, 0.6, 20, "F14.1", "", day, day, datetime(2026, 11, 26, tzinfo=UTC))
        >>> [parting.behaviour.id for parting in partings([trust], {"lost": lost})]
        ['lost']
    """
    high = {one.principle.id: one for one in said if one.mean is not None and one.mean >= HIGH and one.n >= FEWEST_PARTNERS}
    return [
        Parting(high[one.principle], one, figures[one.id])
        for one in BEHAVIOURS
        if one.principle in high and one.id in figures and known(figures[one.id]) and one.is_poor(figures[one.id].value or 0.0)
    ]
