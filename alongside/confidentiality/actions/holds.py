"""Lines of the access ledger that the person does not see yet: a stated lawful reason, whose lines, and a day on which somebody looks again."""

from datetime import date, datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.confidentiality import gate
from alongside.confidentiality.models import LedgerHold

PURPOSE, CLAIM = "direct_care", "none"
REASONS = dict(LedgerHold.REASONS)


class WhoseLines(ValueError):
    """A hold says whose lines wait: one agency's, or one practitioner's. Never everybody's."""


def hold_ledger_lines(
    *, by: Actor, person_id: int, reason: str, why: str, review_on: date, at: datetime, agency_id: int | None = None, practitioner_id: int | None = None,
) -> LedgerHold:  # fmt: skip
    """
    1. Ask the gate for the right to change what the person sees of their ledger.
    2. Write the hold with its reason and its review; the lines are out of the person's sight at once, and leave no gap.

    The lines themselves stand, sealed and provable; those at work see them. Raises WhoseLines, Refused or NotKnown.
    """
    if agency_id is None and practitioner_id is None:
        raise WhoseLines("Say whose lines must wait: one agency’s, or one practitioner’s.")
    gate.open_record(by, person_id, verb="change_access", purpose=PURPOSE, category="access_ledger", claim=CLAIM, write=True, item="ledger_hold", reason=why, at=at)
    return LedgerHold.objects.create(
        person_id=person_id, reason=reason, why=why.strip(), agency_id=agency_id, practitioner_id=practitioner_id, set_by_id=by.practitioner_id, starts=at, review_on=review_on,
    )  # fmt: skip


def end_ledger_hold(*, by: Actor, person_id: int, hold_id: int, at: datetime) -> LedgerHold:
    """
    1. Ask the gate for the right to change what the person sees.
    2. End the hold: its lines appear on the person's page from now on.

    Raises Refused, or NotKnown for a hold that is not this person's.
    """
    gate.open_record(by, person_id, verb="change_access", purpose=PURPOSE, category="access_ledger", write=True, item=f"ledger_hold:{hold_id}", at=at)
    found = database.the_one(LedgerHold.objects.filter(pk=hold_id, person_id=person_id))
    if found.ends is None or found.ends > at:
        found.ends = at
        found.save(update_fields=["ends"])
    return found
