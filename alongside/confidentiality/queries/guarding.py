"""Everything that waits for a Caldicott guardian, and the patterns of access that are worth a question."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.confidentiality.models import BreakGlass, Complaint, Obligation
from alongside.confidentiality.queries.agreements import Lapse, lapsing_agreements
from alongside.confidentiality.queries.complaining import open_complaints
from alongside.confidentiality.queries.emergencies import unjudged_emergencies
from alongside.confidentiality.queries.owed import my_obligations

LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Unusual:
    """A pattern of access worth a question. Evidence for a conversation, never an input to a rule."""

    line_id: int
    at: datetime
    pattern: str
    practitioner_id: int
    who: str
    agency: str
    person_id: int | None
    person: str
    times: int

    @property
    def words(self) -> str:
        return PATTERNS[self.pattern]


PATTERNS = {
    "no_part_in_the_care": "Tried to open a record without any part in the care",
    "ended_case": "Came back to a case that had ended",
    "same_family_name": "Has the same family name as the person",
    "colleague": "The person works for a partner",
    "in_the_news": "The person is in the news",
    "own_tie": "Declared a tie to the person",
    "bulk": "Opened many records in five minutes",
}


def unusual_accesses(actor: Actor, *, since: datetime, limit: int = 100) -> list[Unusual]:
    """What a guardian should ask about, newest first. Nothing for anybody else. Looking writes its own ledger line."""
    return [Unusual(*row) for row in database.rows("SELECT * FROM unusual_accesses(%s, %s)", since, limit)]


@dataclass(frozen=True, slots=True)
class GuardianQueue:
    """Everything that waits for a Caldicott guardian."""

    emergencies: list[BreakGlass]
    complaints: list[Complaint]
    agreements: list[Lapse]
    unusual: list[Unusual]
    owed: list[Obligation]


def guardian_queue(actor: Actor, *, at: datetime) -> GuardianQueue:
    return GuardianQueue(unjudged_emergencies(), open_complaints(), lapsing_agreements(actor, at=at), unusual_accesses(actor, since=at - LOOK_BACK), my_obligations(actor))
