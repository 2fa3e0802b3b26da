"""Nothing is left without an owner: what a leaver holds is handed over before their account ends."""

from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.records.actions.new_entry import byline
from alongside.records.actions.shares import NotThere
from alongside.records.queries.shares import holding
from alongside.records.rules.acknowledgement import may_end_account


def reassign_all(*, by: Actor, from_practitioner: int, to_practitioner: int, at: datetime) -> int:
    """
    1. Who may: the leaver's supervisor, or a manager in their agency. Anybody else meets NotKnown.
    2. Every share owed, signature, decision and obligation in the leaver's list gets the new owner, each share with its event.

    People they are allocated to are handed over one by one, through their relationships. Returns how many items moved.
    """
    if holding(from_practitioner) is None:
        raise NotKnown
    gate.note(verb="write", category="workforce", purpose="service_management", decision="permit", item=f"practitioner:{from_practitioner}:handed_over")
    moved = database.value("SELECT hand_over(%s, %s, %s)", from_practitioner, to_practitioner, byline(by))
    if moved is None:
        raise NotThere("Choose a practitioner of the same agency who still works there.")
    return int(moved)


def still_holds(*, practitioner_id: int) -> dict[str, int]:
    """What keeps an account from ending (ACK-070): give this to `agencies.actions.end_practitioner`. Raises NotKnown for who may not ask."""
    found = holding(practitioner_id)
    if found is None:
        raise NotKnown
    return {what: count for what, count in found.items() if not may_end_account(count, reassigned=0)}
