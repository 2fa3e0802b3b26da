"""Who works with a person: allocated, standing in, leading, handed over, ended. Access follows at that moment, because both walls ask these rows."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, Func, Q

from alongside.agencies import queries as agencies
from alongside.agencies.facts import Actor, CannotBe, team_principal
from alongside.agencies.models import Practitioner, Team
from alongside.common import database
from alongside.common.access import Access
from alongside.confidentiality import gate
from alongside.confidentiality.models import Relationship, Restriction
from alongside.confidentiality.queries import caseloads

__all__ = ["Owner", "allocate", "end_relationship", "hand_over", "hand_over_all", "may_share_out", "set_lead", "speaks_for"]

READ_IT_WITHIN = timedelta(days=1)
THIS_MOMENT = Func(function="now", output_field=DateTimeField())
"""The transaction's own time, by which the walls decide who may know whom: no clock of another machine keeps a record open or shut."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever shall work with a person: one practitioner, or a whole team."""

    practitioner_id: int | None = None
    team_id: int | None = None

    @property
    def principal(self) -> int:
        return self.practitioner_id if self.practitioner_id else team_principal(self.team_id or 0)


@transaction.atomic
def allocate(*, by: Actor, person_id: int, to: Owner, reason: str, at: datetime, lead: bool = False, until: datetime | None = None, purpose: str = "direct_care") -> Relationship:
    """
    1. The gate, for writing: whoever has no part in the care allocates nobody. Raises Refused or NotKnown.
    2. Work is shared out by supervisors and managers, within their own agency; another agency is asked by a referral. Raises CannotBe.
    3. The relationship, once however often it is asked for; with `until` it is cover, which ends by itself.
    4. Whoever is allocated finds it among what is asked of them; the person is told where the gate says so.
    """
    access = _opened(by, person_id, purpose, reason, f"allocate:{to.principal}", at)
    if not may_share_out(by, to):
        raise CannotBe("Ask your supervisor, or the manager of your team, to allocate this", field="to")
    made = _relate(by, access, to, reason=reason, lead=False, until=until)
    if lead:
        _lead(access, made)
    return made


@transaction.atomic
def set_lead(*, by: Actor, person_id: int, relationship_id: int, reason: str, at: datetime, purpose: str = "direct_care") -> Relationship:
    """
    1. The gate, for writing.
    2. The lead is given by whoever has it, by the lead's supervisor, or taken where nobody leads. Raises CannotBe.
    3. There is one lead practitioner; the former one stays involved.
    """
    access = _opened(by, person_id, purpose, reason, f"lead:{relationship_id}", at)
    now = _live(access).filter(lead=True).first()
    if now and not speaks_for(by, now):
        raise CannotBe(f"{_name(now)} leads. They, or their supervisor, can hand it on", field="to")
    chosen = _live(access).filter(pk=relationship_id, kind="allocated").first()
    if chosen is None:
        raise CannotBe("Choose somebody who is allocated now", field="to")
    _lead(access, chosen)
    return chosen


@transaction.atomic
def end_relationship(*, by: Actor, person_id: int, relationship_id: int, reason: str, at: datetime, purpose: str = "direct_care") -> Relationship:
    """
    1. The gate, for writing.
    2. One's own part, one's team's, or that of somebody one answers for; with a reason. Raises CannotBe.
    3. A lead ends only when somebody else leads, or nobody else is allocated.
    4. It ends now: at this moment the record closes to them. Ended twice is ended once.
    """
    access = _opened(by, person_id, purpose, reason, f"end:{relationship_id}", at)
    found = database.the_one(Relationship.objects.filter(pk=relationship_id, person_id=person_id).select_related("practitioner", "team"))
    if found.ends is not None and found.ends <= at:
        return found
    if not speaks_for(by, found):
        raise CannotBe(f"Only {_name(found)}, or whoever answers for them, can end this")
    if not reason.strip():
        raise CannotBe("Say why it ends: whoever reads this later will want to know", field="reason")
    if found.lead and _live(access).filter(kind="allocated").exclude(pk=found.pk).exists():
        raise CannotBe(f"{_name(found)} leads. Name another lead first, or hand over", field="reason")
    _end(found, reason, at)
    return found


@transaction.atomic
def hand_over(*, by: Actor, person_id: int, relationship_id: int, to: Owner, reason: str, at: datetime, purpose: str = "direct_care") -> Relationship:
    """
    1. The gate, for writing.
    2. One's own part, or that of somebody one answers for, goes to somebody of the same agency: no moment without an owner.
    3. Who led, led; whoever takes over leads now.
    """
    access = _opened(by, person_id, purpose, reason, f"hand over:{relationship_id}", at)
    found = database.the_one(_live(access).filter(pk=relationship_id))
    if not speaks_for(by, found):
        raise CannotBe(f"Only {_name(found)}, or whoever answers for them, can hand this over", field="to")
    if found.practitioner_id == to.practitioner_id and found.team_id == to.team_id:
        raise CannotBe("Choose somebody else to take over", field="to")
    made = _relate(by, access, to, reason=reason, lead=False, until=None, agency_id=found.agency_id)
    if found.lead:
        _lead(access, made)
    _end(found, f"Handed over to {_name(made)}. {reason}".strip(), at)
    return made


def hand_over_all(*, by: Actor, from_id: int, to_id: int, reason: str, at: datetime) -> int:
    """Everybody the leaver works with, each through the gate with a ledger line of its own.

    Returns how many people were handed over. A record kept for named people whom the new owner is not among stays where it is, and
    `caseloads.holding` goes on counting it. What they owe is handed over by `records.actions.reassign_all`.
    """
    people = 0
    for row in caseloads.caseload(by, from_id):
        try:
            hand_over(by=by, person_id=row.person_id, relationship_id=row.relationship_id, to=Owner(to_id), reason=reason, at=at, purpose="direct_care" if by.practitioner_id == from_id else "supervision")
        except CannotBe as no:
            if no.field != "named":
                raise
        else:
            people += 1
    return people


def may_share_out(by: Actor, to: Owner) -> bool:
    """Those who supervise or manage a team share out work; everybody may take it on themselves, and leave their own part by `hand_over`."""
    return by.supervises or bool(by.manages_team_ids) or to.practitioner_id == by.practitioner_id


def _opened(by: Actor, person_id: int, purpose: str, reason: str, item: str, at: datetime) -> Access:
    return gate.open_record(by, person_id, verb="write", category="index_entry", purpose=purpose, reason=reason, item=item, write=True, at=at)


def _live(access: Access):
    return Relationship.objects.filter(Q(ends__isnull=True) | Q(ends__gt=THIS_MOMENT), person_id=access.person_id, starts__lte=THIS_MOMENT).exclude(kind="break_glass").select_related("practitioner", "team")


def _name(one: Relationship) -> str:
    return one.practitioner.name if one.practitioner else str(one.team)


def speaks_for(by: Actor, one: Relationship) -> bool:
    """Oneself, one's team, and those one answers for: supervised, or in a team one manages."""
    if one.team_id:
        return one.team_id in by.team_ids
    managed = bool(by.manages_team_ids) and Practitioner.objects.filter(agencies.live("memberships__"), pk=one.practitioner_id, memberships__team_id__in=by.manages_team_ids).exists()
    return one.practitioner_id in by.principals or managed


def _relate(by: Actor, access: Access, to: Owner, *, reason: str, lead: bool, until: datetime | None, agency_id: int | None = None) -> Relationship:
    own = agency_id or by.agency_id
    if to.practitioner_id:
        there = Practitioner.objects.filter(agencies.live(), pk=to.practitioner_id, agency_id=own).first()
    else:
        there = Team.objects.filter(agencies.live(), pk=to.team_id, agency_id=own).first()
    if there is None:
        raise CannotBe("Choose somebody who works for your agency now. Another agency is asked by a referral", field="to")
    _must_be_named(access, to)
    if until is not None and until <= access.at:
        raise CannotBe("The last day must be today or later", field="until")
    already = _live(access).filter(practitioner_id=to.practitioner_id, team_id=to.team_id, kind__in=("allocated", "team_cover"), ends=until).first()
    if already:
        return already
    made = Relationship.objects.create(
        person_id=access.person_id, practitioner_id=to.practitioner_id, team_id=to.team_id, agency_id=own, kind="team_cover" if until else "allocated", lead=lead, reason=reason[:200],
        starts=THIS_MOMENT, ends=until,
    )  # fmt: skip
    made.refresh_from_db()
    if to.practitioner_id != by.practitioner_id:
        _ask_to_read(access, made, to, by)
    return made


def _must_be_named(access: Access, to: Owner) -> None:
    """A record kept for named people is shared out among them only: nobody is allocated what they could not open."""
    for kept in Restriction.objects.filter(person_id=access.person_id, category="", starts__lte=access.at).filter(Q(ends__isnull=True) | Q(ends__gt=access.at)):
        if to.practitioner_id not in kept.practitioners:
            raise CannotBe("This record is kept for named people. Ask for them to be named first", field="named")


def _ask_to_read(access: Access, made: Relationship, to: Owner, by: Actor) -> None:
    due = access.at + READ_IT_WITHIN
    item = {
        "code": "allocation_seen", "owners": [to.principal], "about": f"relationship:{made.pk}", "summary": f"Somebody new has been allocated to you: read their record. {by.name}, {by.title}"[:300],
        "due_at": due, "next_step_at": due, "secret": False,
    }  # fmt: skip
    database.value("SELECT owe(%s, %s, %s)", access.line_id, access.person_id, json.dumps([item], default=str))


def _lead(access: Access, chosen: Relationship) -> None:
    _live(access).filter(lead=True).exclude(pk=chosen.pk).update(lead=False)
    Relationship.objects.filter(pk=chosen.pk).update(lead=True)
    chosen.lead = True


def _end(one: Relationship, reason: str, at: datetime) -> None:
    one.ends, one.ended_reason = at, reason.strip()[:200]
    Relationship.objects.filter(pk=one.pk).update(ends=THIS_MOMENT, ended_reason=one.ended_reason)
