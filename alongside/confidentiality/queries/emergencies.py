"""Emergency accesses: what waits for its judge, and one's own."""

from dataclasses import dataclass
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.confidentiality.models import BreakGlass


def unjudged_emergencies() -> list[BreakGlass]:
    """Emergency openings that a guardian still has to judge. Row security shows each guardian those of their own agencies."""
    return list(BreakGlass.objects.filter(judged_at__isnull=True).select_related("practitioner__agency").order_by("judgement_due_at"))


def my_emergencies(actor: Actor) -> list[BreakGlass]:
    """The emergency accesses of this practitioner, newest first, with what was judged of them."""
    return list(BreakGlass.objects.filter(practitioner_id=actor.practitioner_id).select_related("judged_by").order_by("-opened_at")[:50])


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing that was opened while the glass was broken."""

    at: datetime
    verb: str
    category: str
    item: str
    withheld: tuple[str, ...]
    decision: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """An emergency access as its judge sees it. `person` is empty where the record is hidden: judging does not need the name."""

    id: int
    who: str
    title: str
    agency: str
    person: str
    reason: str
    danger: str
    relation: str
    tie: str
    same_family_name: bool
    earlier: int
    opened_at: datetime
    ends_at: datetime
    judgement_due_at: datetime
    judged_at: datetime | None
    judgement: str
    judgement_reason: str
    judged_by: str
    independent: bool
    safe_to_tell: bool
    opened: tuple[Opened, ...]


def emergency_to_judge(emergency_id: int) -> Emergency | None:
    """Who, why, how they stood to the person, what was opened. None: it is not this session's to judge. Looking writes its own ledger line."""
    found = database.document("SELECT emergency_to_judge(%s)", emergency_id)
    if found is None:
        return None
    moments = {name: datetime.fromisoformat(found[name]) if found[name] else None for name in ("opened_at", "ends_at", "judgement_due_at", "judged_at")}
    opened = tuple(
        Opened(datetime.fromisoformat(one["at"]), one["verb"], one["category"] or "", one["item"] or "", tuple(one["withheld"] or ()), one["decision"] or "") for one in found["opened"]
    )
    words = {name: found[name] or "" for name in ("danger", "relation", "tie", "judged_by")}
    return Emergency(**(found | moments | words | {"opened": opened, "same_family_name": bool(found["same_family_name"])}))
