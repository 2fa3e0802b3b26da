"""What a decision obliges us to, carried out: notices with an owner and a clock, things told to the person or kept from somebody, reviews.

Each obligation in the gate's vocabulary is either done here at once, enforced where the act happens, or is a property of the answer itself.
A test holds the three tables below against the vocabulary, so that no obligation is only a word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.agencies.facts import Actor
from alongside.agencies.queries import supervisor_of
from alongside.common.decisions import Decision
from alongside.confidentiality.models import Obligation, PersonNotice
from alongside.confidentiality.queries import allocated_principals, guardian_for, partnership_lead_for

AT_ONCE, WITHIN_A_DAY, WITHIN_A_WEEK = timedelta(hours=4), timedelta(hours=24), timedelta(days=7)
KEPT_FROM_THE_PERSON = frozenset({"do_not_tell_family", "do_not_tell_perpetrator"})


@dataclass(frozen=True, slots=True)
class Owed:
    """Who owes it, how soon, and what it says on their list."""

    owners: Callable[[Actor, int | None], list[int]]
    within: timedelta
    says: str


def _supervisor(actor: Actor, person_id: int | None) -> list[int]:
    found = supervisor_of(actor.practitioner_id) if actor.practitioner_id else None
    return [found] if found else _lead(actor, person_id)


def _guardian(actor: Actor, person_id: int | None) -> list[int]:
    found = guardian_for(actor.agency_id)
    return [found] if found else _lead(actor, person_id)


def _lead(actor: Actor, person_id: int | None) -> list[int]:
    found = partnership_lead_for(actor.agency_id)
    return [found] if found else []


def _allocated(actor: Actor, person_id: int | None) -> list[int]:
    return allocated_principals(person_id) if person_id else []


def _actor(actor: Actor, person_id: int | None) -> list[int]:
    return [actor.practitioner_id] if actor.practitioner_id else []


OWED: dict[str, Owed] = {
    "notify_supervisor": Owed(_supervisor, WITHIN_A_DAY, "An access by somebody you supervise needs your eye"),
    "escalate": Owed(_supervisor, AT_ONCE, "Needs a manager now"),
    "notify_caldicott_guardian": Owed(_guardian, WITHIN_A_DAY, "An access needs your eye"),
    "notify_allocated_worker": Owed(_allocated, AT_ONCE, "Somebody tried to reach the record of a person you work with"),
    "notify_partnership_lead": Owed(_lead, WITHIN_A_DAY, "Sharing stopped because an agreement is not in force"),
    "review_within_24h": Owed(_guardian, WITHIN_A_DAY, "Judge an emergency access"),
    "second_person_approval": Owed(_supervisor, WITHIN_A_DAY, "Waits for a second person's approval"),
    "route_to_right_recipient": Owed(_supervisor, AT_ONCE, "Must go to somebody who should have it"),
    "review_if_risk_changes": Owed(_actor, WITHIN_A_WEEK, "Decide again if the risk changes"),
    "review_date_set": Owed(_actor, WITHIN_A_WEEK, "Review what was kept back"),
    "delayed_release_reviewed": Owed(_guardian, WITHIN_A_WEEK, "Review whether the person can be told now"),
    "seek_persons_own_view": Owed(_allocated, WITHIN_A_WEEK, "Ask the person what they want"),
}

ENFORCED_ELSEWHERE = {
    "log_denial": "gate.record_refusal writes the ledger line of every refusal",
    "neutral_denial": "NotKnown: one page for what is hidden and what is missing",
    "record_reason": "the reason stands on the ledger line; the pages that need one ask for it",
    "record_basis": "the basis stands on the ledger line",
    "acknowledge_due": "records.actions.entries gives each share its clock",
    "minimum_fields": "records.actions.entries sends a summary instead of the entry",
    "redact_third_party": "parts of an entry with a category of their own open only to who may have them",
    "keep_history_visible": "entries are never changed; a correction is a new entry beside the old one",
    "time_limit": "a ticket ends with its transaction; relationships that grant cover or emergency access end by themselves",
    "no_bulk": "gate_facts counts recent views and the rule refers",
    "keep_statutory_floor": "records.rules.floor: no declaration or choice switches it off",
    "keep_proof_of_disposal": "ledger.dispose writes the line that proves it",
}


def carry_out(decision: Decision, *, actor: Actor, person_id: int | None, line_id: int, about: str, at: datetime) -> None:
    """Make every notice and review that a decision calls for, each with an owner and a clock, in the decision's own transaction."""
    for code in decision.obligations:
        if owed := OWED.get(code):
            Obligation.objects.bulk_create(
                Obligation(
                    code=code, person_id=person_id if decision.permits else None, owner=owner, raised_by_id=actor.practitioner_id, line_id=line_id, about=about, summary=f"{owed.says}: {actor.name}, {actor.title}",
                    due_at=at + owed.within, created_at=at,
                )
                for owner in owed.owners(actor, person_id)
            )  # fmt: skip
    if decision.must("tell_person") and person_id and decision.permits:
        tell_person(decision, actor=actor, person_id=person_id, line_id=line_id, at=at)


def tell_person(decision: Decision, *, actor: Actor, person_id: int, line_id: int, at: datetime) -> None:
    """Tell the person in plain words, unless telling would reach somebody who must not know: then it waits for a review, with its reason."""
    held = KEPT_FROM_THE_PERSON & set(decision.obligations)
    PersonNotice.objects.bulk_create([
        PersonNotice(
            person_id=person_id, code="tell_person", text=f"{actor.name}, {actor.title}, {actor.agency_name}, used your information and is telling you so.", line_id=line_id,
            created_at=at, release_at=None if held else at, review_at=at + timedelta(days=28) if held else None, held_because="It could reach somebody who must not know" if held else "",
            hidden_from=["no_parental_responsibility"],
        )
    ])  # fmt: skip
