"""The words in which pages say who is heard: groups, seats, ways in, answers and rungs."""

from collections.abc import Mapping

from alongside.measures.result import Result
from alongside.voice.facts import GROUPS, NOT_SAID, Characteristic, ForumKind, Route, Rung, Seat, Verdict
from alongside.voice.rules.comparison import OTHERS_TOGETHER, Standing
from alongside.voice.rules.speaking import PARTNERS, PUBLIC
from alongside.voice.rules.suppression import SMALLEST
from alongside.web.design.rows import Colour

CHARACTERISTICS: Mapping[Characteristic, str] = {
    Characteristic.AGE: "Age", Characteristic.SEX: "Sex", Characteristic.ETHNICITY: "Ethnic group", Characteristic.DISABILITY: "Disability", Characteristic.AREA: "Where they live",
    Characteristic.CARER: "Unpaid carers", Characteristic.CARE_EXPERIENCED: "Experience of care as a child",
}
KINDS = {ForumKind.PANEL: "Panel", ForumKind.CONSULTATION: "Consultation", ForumKind.BOARD: "Board"}
SEATS = {
    Seat.LIVED: "People who use services", Seat.CARER: "Carers", Seat.YOUNG: "Young people", Seat.COMMUNITY: "Community groups", Seat.ELECTED: "Elected or appointed members",
    Seat.PROFESSIONAL: "People who work for a partner",
}
SPEAKS_AS = {
    Seat.LIVED: "I use services, or have used them", Seat.CARER: "I look after somebody", Seat.YOUNG: "I am under 25", Seat.COMMUNITY: "I speak for a community group",
    Seat.PROFESSIONAL: "I work for a service",
}
ROUTES = {Route.WEB: "On the web", Route.PHONE: "By telephone", Route.PAPER: "On paper", Route.IN_PERSON: "Face to face"}
VERDICTS: Mapping[str, tuple[str, Colour]] = {Verdict.ADOPTED: ("Adopted", "green"), Verdict.PARTLY: ("Adopted in part", "blue"), Verdict.NOT: ("Not adopted", "grey")}
RUNGS: Mapping[Rung, tuple[str, str]] = {
    Rung.MANIPULATION: ("Manipulation", "they are used to make a decision look shared"), Rung.THERAPY: ("Therapy", "they are to be changed, not the service"),
    Rung.INFORMING: ("Informing", "they are told"), Rung.CONSULTATION: ("Consultation", "they are asked"), Rung.PLACATION: ("Placation", "they advise and are answered; others decide"),
    Rung.PARTNERSHIP: ("Partnership", "they decide together with others"), Rung.DELEGATED_POWER: ("Delegated power", "they have the majority, or the money"),
    Rung.CITIZEN_CONTROL: ("Citizen control", "they have the majority and the money"),
}
STANDINGS: Mapping[Standing, tuple[str, Colour]] = {
    Standing.AS_EXPECTED: ("", ""), Standing.MISSING: ("Missing", "red"), Standing.NONE_EXPECTED: ("Nobody", "grey"), Standing.FEW: ("Under half its share", "orange"), Standing.KEPT_BACK: ("", ""),
}
SIDES = {PUBLIC: "Those whom it is for", PARTNERS: "Partners"}
EVENTS = {
    "population_brought_in": "Brought in a table of the population", "forum_opened": "Opened a forum", "forum_closed": "Closed a forum", "rung_claimed": "Claimed a rung of the ladder",
    "profile_recorded": "Counted who takes part", "sitting_recorded": "Recorded who spoke", "contribution_answered": "Answered a contribution", "something_changed": "Said what changed",
    "words_taken_out": "Took words out of a contribution",
}


def group_in_words(characteristic: Characteristic, group: str) -> str:
    """
    >>> group_in_words(Characteristic.AGE, "16_24"), group_in_words(Characteristic.AREA, "North End"), group_in_words(Characteristic.SEX, "not_said")
    ('16 to 24', 'North End', 'Did not say')
    """
    return {NOT_SAID: "Did not say", OTHERS_TOGETHER: "Others together"}.get(group) or GROUPS[characteristic].get(group, group)


def part_in_words(name: str) -> str:
    return SIDES.get(name) or SEATS[Seat(name)]


def percent(share: float | None) -> str:
    """
    >>> percent(0.1449), percent(0.004), percent(0.0), percent(None)
    ('14%', 'under 1%', '0%', '')
    """
    if share is None:
        return ""
    return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"


def so_many(people: int) -> str:
    """How many people, where fewer than 5 are not counted aloud.

    >>> so_many(0), so_many(3), so_many(1204)
    ('0', 'under 5', '1,204')
    """
    return "under 5" if 0 < people < SMALLEST else f"{people:,}"


def figure(result: Result | None, digits: int = 2) -> str:
    """A measure's value as it is written everywhere: so many digits, with its interval where it has one, and a dash where nothing can be said."""
    if result is None or result.value is None:
        return "–"
    interval = f" ({result.low:.{digits}f} to {result.high:.{digits}f})" if result.low is not None and result.high is not None else ""
    return f"{float(result.value):.{digits}f}{interval}"
