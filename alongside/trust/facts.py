"""Words of this app: what partners privately say of one another, what they promised, how they see each other's pressures, where they differ,
what works against what, what they offer one another. No Django, no clock."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Item(StrEnum):
    """What each partner privately says of each other, from 1 (hardly ever) to 4 (nearly always). Our own words; the first three make trust, the last three value."""

    KEEPS_PROMISES = "keeps_promises"
    SHARES_AIMS = "shares_aims"
    IS_OPEN = "is_open"
    OPENS_DOORS = "opens_doors"
    TAKES_PART = "takes_part"
    BRINGS_SOMETHING = "brings_something"


TRUST, VALUE = (Item.KEEPS_PROMISES, Item.SHARES_AIMS, Item.IS_OPEN), (Item.OPENS_DOORS, Item.TAKES_PART, Item.BRINGS_SOMETHING)
LOWEST, HIGHEST = 1, 4


class Kept(StrEnum):
    """What became of a promise. Only whom it was given to says that it was kept."""

    OPEN = "open"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    RELEASED = "released"


class Settled(StrEnum):
    """How a difference of view ended."""

    OPEN = "open"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    ESCALATED = "escalated"


class Level(StrEnum):
    """What a profession would do, where the question is one of thresholds."""

    NOTHING_MORE = "nothing_more"
    EARLY_HELP = "early_help"
    CHILD_IN_NEED = "child_in_need"
    SECTION_47 = "section_47"


class End(StrEnum):
    """How a counter-productive effect that somebody took on came to its end."""

    SOLVED = "solved"
    ACCEPTED = "accepted"


class OfferKind(StrEnum):
    """What a partner may offer the others."""

    ROOM = "room"
    TRANSPORT = "transport"
    TRAINING = "training"
    LANGUAGE = "language"
    DATA = "data"
    TIME = "time"
    THING = "thing"


class SharedWith(StrEnum):
    """Who reads what somebody wrote of a day with another partner, besides themself."""

    NOBODY = "nobody"
    HOST = "host"
    PARTNERS = "partners"


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """A promise as its rate needs it: when it was due, when it was done, and what became of it."""

    due_on: date
    done_on: date | None
    kept: Kept
