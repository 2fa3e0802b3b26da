"""Words of this app: who is heard in a partnership, what they say, and what becomes of it. Nobody is named here. No Django, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import IntEnum, StrEnum

NOT_SAID = "not_said"
"""Whoever did not want to say to which group they belong."""
REPLY_DAYS = 20
"""Working days in which a contribution is answered, where a forum promises nothing sooner."""


class Characteristic(StrEnum):
    """What a panel is compared by with the people who live here."""

    AGE = "age_band"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"
    AREA = "area"
    CARER = "carer"
    CARE_EXPERIENCED = "care_experienced"


GROUPS: Mapping[Characteristic, Mapping[str, str]] = {
    Characteristic.AGE: {"under_16": "Under 16", "16_24": "16 to 24", "25_44": "25 to 44", "45_64": "45 to 64", "65_79": "65 to 79", "80_over": "80 and over"},
    Characteristic.SEX: {"female": "Female", "male": "Male"},
    Characteristic.ETHNICITY: {
        "asian": "Asian, Asian British or Asian Welsh", "black": "Black, Black British, Black Welsh, Caribbean or African", "mixed": "Mixed or multiple ethnic groups", "white": "White",
        "other": "Other ethnic group",
    },
    Characteristic.DISABILITY: {"disabled": "Disabled", "not_disabled": "Not disabled"},
    Characteristic.AREA: {},
    Characteristic.CARER: {"carer": "Unpaid carers", "not_carer": "Not a carer"},
    Characteristic.CARE_EXPERIENCED: {"care_experienced": "Care-experienced", "not_care_experienced": "Not care-experienced"},
}
"""Groups by code. Ethnic groups are the five of the 2021 census of England and Wales. Areas are those that the population's own table names."""


class ForumKind(StrEnum):
    PANEL = "panel"
    CONSULTATION = "consultation"
    BOARD = "board"


class Seat(StrEnum):
    """In which place somebody takes part. Never a name."""

    LIVED = "lived_experience"
    CARER = "carer"
    YOUNG = "young_person"
    COMMUNITY = "community_group"
    ELECTED = "elected"
    PROFESSIONAL = "professional"


PUBLIC_SEATS = frozenset({Seat.LIVED, Seat.CARER, Seat.YOUNG, Seat.COMMUNITY})
"""Seats of those whom the partnership is for."""


class Route(StrEnum):
    """How something reached the partnership."""

    WEB = "web"
    PHONE = "phone"
    PAPER = "paper"
    IN_PERSON = "in_person"


class Verdict(StrEnum):
    """What becomes of a contribution."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT = "not"


class Rung(IntEnum):
    """Arnstein's ladder of participation, from the lowest rung to the highest."""

    MANIPULATION = 1
    THERAPY = 2
    INFORMING = 3
    CONSULTATION = 4
    PLACATION = 5
    PARTNERSHIP = 6
    DELEGATED_POWER = 7
    CITIZEN_CONTROL = 8


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """So many people of one group live here, by one source on one day. `group` is a code of `GROUPS`, for areas the area's own name."""

    characteristic: Characteristic
    group: str
    people: int
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class NewForum:
    """A panel, consultation or board as it is opened. `reply_days` are working days."""

    kind: ForumKind
    name: str
    about: str
    opens: date
    closes: date | None = None
    reply_days: int = REPLY_DAYS


@dataclass(frozen=True, slots=True)
class Claim:
    """Which rung a forum's organiser says it stands on, and which power its public members are said to hold: votes of how many, and money."""

    rung: Rung
    public_votes: int = 0
    all_votes: int = 0
    budget: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class SeatCount:
    """What one kind of seat did at one sitting. `turns` has a number for each member who was there: zero for whoever stayed silent."""

    seat: Seat
    turns: tuple[int, ...]
    written: int = 0
    proposals: int = 0
    adopted: int = 0

    @property
    def members(self) -> int:
        return len(self.turns)


@dataclass(frozen=True, slots=True)
class NewContribution:
    """What somebody wants the partnership to know. `exact` False: a worker wrote down the sense of it, agreed with whoever said it."""

    route: Route
    words: str
    received_at: datetime
    due_at: datetime
    forum_id: int | None = None
    seat: Seat | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What the partnership says back. `heard` is what was said in one line that names nobody: everybody can read it."""

    verdict: Verdict
    heard: str
    why: str
    by_when: date | None = None
    public: bool = True


@dataclass(frozen=True, slots=True)
class ReplyLog:
    """How contributions were answered: how many fell due for an answer, how many of these had one, in time, and how many changed something."""

    received: int = 0
    owed: int = 0
    answered: int = 0
    in_time: int = 0
    adopted: int = 0
    partly: int = 0

    @staticmethod
    def together(logs: "Iterable[ReplyLog]") -> "ReplyLog":
        """
        >>> ReplyLog.together([ReplyLog(received=3, owed=1), ReplyLog(received=2)])
        ReplyLog(received=5, owed=1, answered=0, in_time=0, adopted=0, partly=0)
        """
        every = list(logs)
        return ReplyLog(*(sum(getattr(log, field.name) for log in every) for field in fields(ReplyLog)))
