"""Lists of people before any record is opened: who is found, and with whom one works. One ledger line names everybody on the page."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.confidentiality.gate.circumstances import describe_search
from alongside.confidentiality.gate.opening import refusal
from alongside.confidentiality.rules.decision import decide


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One answer of the finder. `scope` is known (the reader works with them) or index (they exist; ask the agency that registered them)."""

    id: int
    given_name: str
    family_name: str
    known_as: str
    date_of_birth: date | None
    nhs_number: str | None
    scope: str
    agency: str
    closeness: float


def find_people(
    actor: Actor, *, words: str = "", sounds: tuple[str, ...] = (), born: date | None = None, nhs_number: str | None = None, purpose: str = "direct_care", at: datetime,
    limit: int = 20, surface: str = "search", upn: str | None = None, initials: tuple[str, ...] = (), born_from: date | None = None, born_until: date | None = None,
) -> list[FoundPerson]:  # fmt: skip
    """Search through the one audited door. Hidden people are not found, in the same words and time as people who do not exist.

    Raises Refused when this reader may not search at all (no current training, no purpose).
    """
    searching = describe_search(actor, purpose)
    decision = decide(searching, at=at)
    line = {
        "verb": "search", "category": "index_entry", "purpose": purpose, "surface": surface, "decision": decision.outcome.value, "rules": list(decision.rules),
        "obligations": sorted(decision.obligations), "withheld": list(decision.withhold),
    }  # fmt: skip
    if not decision.permits:
        raise refusal(decision, line)
    asked = {"words": words, "sounds": sounds, "initials": initials, "born": born, "born_from": born_from, "born_until": born_until, "nhs_number": nhs_number, "upn": upn}
    return [FoundPerson(*row) for row in database.rows("SELECT * FROM find_people(%s, %s, %s)", json.dumps(asked, default=str), limit, json.dumps(line))]


class CaseloadPerson(NamedTuple):
    """One person of the reader's own. `lead` leads, and it may be the reader (`mine`); `covering` is the colleague they stand in for, if so.

    `changed_on` is the day of the last entry that the reader wrote or was sent, `unread` whether it is newer than their last look; `due_at` the soonest of
    `due_count` things they owe about this person. `everybody` counts the whole list, of which this is one page.
    """

    id: int
    given_name: str
    family_name: str
    known_as: str
    date_of_birth: date | None
    lead: str | None
    mine: bool
    covering: str | None
    since: date
    changed_on: date | None
    unread: bool
    due_at: datetime | None
    due_count: int
    everybody: int


def caseload(actor: Actor, *, order: str = "name", offset: int = 0, limit: int = 50, purpose: str = "direct_care", at: datetime, surface: str = "page") -> list[CaseloadPerson]:
    """Whom this practitioner works with or covers for, by name or (`order="due"`) with what is due first; one line names everybody on the page.

    Raises Refused when this reader may see no list at all (no current training).
    """
    decision = decide(describe_search(actor, purpose), at=at)
    line = {
        "verb": "read", "category": "index_entry", "purpose": purpose, "surface": surface, "item": "my people", "decision": decision.outcome.value, "rules": list(decision.rules),
        "obligations": sorted(decision.obligations), "withheld": list(decision.withhold),
    }  # fmt: skip
    if not decision.permits:
        raise refusal(decision, line)
    return [CaseloadPerson._make(row) for row in database.rows("SELECT * FROM my_people(%s, %s, %s, %s)", order, offset, limit, json.dumps(line))]
