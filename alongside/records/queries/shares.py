"""What is owed to whom, how it stands, and what has climbed: for whoever owes it, sent it, supervises it, or leads the partnership."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alongside.agencies.facts import PRACTITIONER_PRINCIPAL_LIMIT, Actor
from alongside.common import database
from alongside.common.access import Access
from alongside.common.standing import AnyOf, Standing, Word
from alongside.confidentiality.queries import own_principals
from alongside.records.models import CorrectionNotice, Entry, RoutingOutcome, Share, ShareEvent

NAMED = ("from_agency", "to_agency", "to_team", "from_practitioner", "answered_by")


def shares() -> QuerySet[Share]:
    return Share.objects.select_related(*NAMED)


# ── whoever owes an answer ───────────────────────────────────────────────────────────────────────────────────────────


def inbox(actor: Actor, *, about: int | None = None, limit: int = 200) -> list[Share]:
    """Shares this practitioner, their teams, or somebody on leave whom they cover still owe an answer, of one person or of all, soonest first. Row security holds the same bounds."""
    return (_inbox(**asked_by(actor)) if about is None else _inbox_about(**asked_by(actor), person=about))[:limit]


def asked_by(actor: Actor) -> dict[str, Any]:
    """The words that standing questions about an actor's shares are asked with."""
    return {"own": own_principals(actor), "teams": list(actor.team_ids), "people": people_of(actor), "me": actor.practitioner_id}


def waiting() -> QuerySet[Share]:
    """With what a line of a list shows and no more: everything else is planned, sent and read each time, and that cost more than the answer."""
    return Share.objects.select_related("from_agency", "to_agency", "to_team").only(*ON_A_LINE)


ON_A_LINE = (
    "reference", "entry_id", "kind", "headline", "person_id", "owner", "status", "owed", "needs_decision", "due_at", "first_read_at", "phone_asked_at", "phoned_at", "signatory", "escalated_to", "climbed_to",
    "from_practitioner_id", "from_agency__name", "to_agency__name", "to_agency__duty_phone", "to_team__name",
)


OWN, TEAMS, PEOPLE = AnyOf("own", "integer[]"), AnyOf("teams", "bigint[]"), AnyOf("people", "bigint[]")
OWED = Q(owner=OWN, owed=True) | Q(to_team_id=TEAMS, owed=True)
TO_SIGN = Q(status="held", signatory=OWN)
TO_TELEPHONE = Q(from_practitioner_id=PEOPLE, status="awaiting", phone_asked_at__isnull=False, phoned_at__isnull=True)
UNANSWERED = ~Q(status__in=["declined", "decided", "withdrawn"]) & (Q(needs_decision=True) | ~Q(status="acknowledged"))
"""Owed, or held for a signature. Said by what it is not: said by what it is, an index of everything that anybody owes would be read through for it."""
CLIMBED = (Q(escalated_to=OWN) | Q(climbed_to=OWN)) & UNANSWERED


def _shelves(share: Share, own: list[int], teams: list[int], people: list[int], me: int | None) -> Iterator[str]:
    """On which shelves of somebody's desk a share lies; the same four conditions as above, of one share."""
    if share.owed and (share.owner in own or share.to_team_id in teams):
        yield "inbox"
    if share.status == "held" and share.signatory in own and share.from_practitioner_id != me:
        yield "sign"
    if share.status == "awaiting" and share.phone_asked_at and not share.phoned_at and share.from_practitioner_id in people:
        yield "telephone"
    if {share.escalated_to, share.climbed_to} & set(own) and (share.owed or share.status == "held"):
        yield "climbed"


class OnePerson(Word):
    """One person, as the list of whom a share is about holds them."""

    holder = "ARRAY[{}]"


_inbox = Standing(lambda: waiting().filter(OWED).order_by("due_at", "pk")[:200])
_inbox_about = Standing(
    lambda: waiting().filter(OWED).filter(Q(person_ids__contains=OnePerson("person", "bigint")) | Q(person_ids__isnull=True, person_id=Word("person", "bigint"))).order_by("due_at", "pk")[:200]
)
_signing = Standing(lambda: shares().filter(TO_SIGN).exclude(from_practitioner_id=Word("me", "bigint")).order_by("due_at", "pk"))
_telephoning, _climbing = (Standing(lambda found=found: shares().filter(found).order_by("due_at", "pk")) for found in (TO_TELEPHONE, CLIMBED))
_desk = Standing(lambda: waiting().filter(OWED | TO_SIGN | TO_TELEPHONE | CLIMBED).order_by("due_at", "pk")[:1000])


def on_desk(actor: Actor) -> dict[str, list[Share]]:
    """What waits for this practitioner among shares, in one question: by shelf, `inbox`, `sign`, `telephone` and `climbed`, each as its own query says, soonest first; the thousand that are due first."""
    rows: dict[str, list[Share]] = {"inbox": [], "sign": [], "telephone": [], "climbed": []}
    asked = asked_by(actor)
    for share in _desk(**asked):
        for shelf in _shelves(share, **asked):
            rows[shelf].append(share)
    rows["sign"] = list({share.entry_id: share for share in reversed(rows["sign"])}.values())[::-1]
    return rows


def told_in_brief(actor: Actor, access: Access, *, since: datetime | None = None, before: datetime | None = None, agency_id: int | None = None, kinds: Iterable[str] = ()) -> list[Share]:
    """What this reader or their teams were told about a person in the fewest words, where the entry itself stays shut: it belongs in what they know of the person all the same."""
    found = _told_in_brief(people=[access.person_id], teams=list(actor.team_ids), since=since or datetime.min.replace(tzinfo=UTC), before=before or datetime.max.replace(tzinfo=UTC))
    wanted = frozenset(kinds)
    return [share for share in found if agency_id in (None, share.from_agency_id) and (not wanted or share.kind in wanted)][:50]


_told_in_brief = Standing(
    lambda: (
        shares().filter(person_ids__contains=Word("people", "bigint[]"), summary__isnull=False, to_team_id=AnyOf("teams", "bigint[]"))
        .exclude(status="withdrawn").exclude(Exists(Entry.objects.filter(pk=OuterRef("entry_id"))))
        .filter(sent_at__gte=Word("since", "timestamptz"), sent_at__lt=Word("before", "timestamptz")).order_by("-sent_at")
    )
)


def corrections_to_see(actor: Actor) -> list[CorrectionNotice]:
    """Corrections of what this practitioner once read, and has not yet seen."""
    return _corrected(**asked_by(actor))


_corrected = Standing(lambda: CorrectionNotice.objects.filter(practitioner_id=Word("me", "bigint"), seen_at__isnull=True).select_related("correction").order_by("due_at"))


def to_sign(actor: Actor) -> list[Share]:
    """What waits for this practitioner's second signature or approval, one share for each entry; never their own."""
    return list({share.entry_id: share for share in reversed(_signing(**asked_by(actor)))}.values())[::-1]


def to_decide(actor: Actor) -> list[RoutingOutcome]:
    """What the gate referred to this practitioner, or stopped of a duty in law, and nobody has decided yet."""
    return _deciding(**asked_by(actor))


_deciding = Standing(
    lambda: (
        RoutingOutcome.objects.filter(decider=AnyOf("own", "integer[]"), decide_by__isnull=False, decided_at__isnull=True)
        .select_related("entry", "agency", "team").order_by("decide_by", "pk")
    )
)


def follow_ups(actor: Actor, *, until: datetime | None = None) -> list[Entry]:
    """Entries of this practitioner, or of somebody they cover, whose kind calls for a follow-up, soonest first; done when a later entry of the person says so."""
    return [entry for entry in _following_up(**asked_by(actor)) if until is None or entry.follow_up_due_at <= until]


_following_up = Standing(
    lambda: (
        Entry.objects.filter(author_id=AnyOf("own", "bigint[]"), follow_up_due_at__isnull=False, followed_up_at__isnull=True)
        .only("reference", "kind", "headline", "follow_up_due_at").order_by("follow_up_due_at", "pk")
    )
)


def receives(actor: Actor, found: Share) -> bool:
    """Whether this actor may answer: it was sent to them or their team, to somebody they supervise or cover, or it climbed to them."""
    return found.owner in actor.principals or found.to_team_id in actor.team_ids or {found.escalated_to, found.climbed_to} & set(actor.principals) - {None} != set()


def named_in(found: Share) -> list[tuple[str, date | None]]:
    """By name and birth date, whom a share in the fewest words is about, where those are among them."""
    rows = database.document("SELECT named_in_share(%s)", found.pk) if found.summary is not None else []
    return [(name, date.fromisoformat(born) if born else None) for name, born in rows]


# ── whoever sent it ──────────────────────────────────────────────────────────────────────────────────────────────────


def sent(actor: Actor) -> list[Share]:
    """What this practitioner has shared, the latest thirty, and how each stands."""
    return _sent(**asked_by(actor))


SENT = ("reference", "entry_id", "person_id", "headline", "status", "due_at", "sent_at", "delivered_at", "first_read_at", "decline_reason", "decision", "to_team__name")
_sent = Standing(lambda: Share.objects.select_related("to_team").only(*SENT).filter(from_practitioner_id=Word("me", "bigint")).order_by("-sent_at", "pk")[:30])


def undelivered(actor: Actor) -> list[Share]:
    """What this practitioner, or somebody they supervise or cover, has sent and the partner has not yet received."""
    return list(shares().filter(from_practitioner_id__in=people_of(actor), status="awaiting", delivered_at__isnull=True).order_by("sent_at", "pk"))


def unsent(actor: Actor) -> list[Share]:
    """The unsent board: what waits for a signature, for its author, the author's manager, and whoever must sign."""
    return list(shares().filter(Q(from_practitioner_id__in=people_of(actor)) | Q(signatory__in=actor.principals), status="held").order_by("due_at", "pk"))


def answers(actor: Actor, *, since: datetime) -> list[Share]:
    """Decisions and declines that this practitioner has been told of, newest first."""
    return list(shares().filter(from_practitioner_id=actor.practitioner_id, sender_told_at__gte=since).order_by("-sender_told_at", "pk"))


def may_challenge(actor: Actor, found: Share) -> bool:
    """Whether this is the sender and there is an answer to disagree with."""
    return found.status in ("declined", "decided") and found.from_practitioner_id in actor.principals


def overdue_referrals(actor: Actor, *, at: datetime) -> list[Share]:
    """Decisions that this practitioner asked for and that are late: the way to escalate is open."""
    return list(shares().filter(from_practitioner_id=actor.practitioner_id, owed=True, needs_decision=True, due_at__lte=at).order_by("due_at", "pk"))


def to_telephone(actor: Actor) -> list[Share]:
    """What cannot wait, or cannot be delivered: the sender is asked to telephone the partner's duty desk."""
    return _telephoning(**asked_by(actor))


def who_knows(actor: Actor, entry_id: int) -> list["WhoKnows"]:
    """For each partner in scope of an entry: told, read, acknowledged, declined because, kept back because; for whoever may read its outcomes."""
    rows = RoutingOutcome.objects.filter(entry_id=entry_id).select_related("agency", "team", "share__answered_by", "decided_by").order_by("agency__name", "team__name")
    return [WhoKnows.of(row) for row in rows]


@dataclass(frozen=True, slots=True)
class WhoKnows:
    """One partner and one entry. `state` is the last thing that happened: unsent, sent, received, read, acknowledged, declined, decided, withdrawn, kept_back or not_needed."""

    agency: str
    team: str
    state: str
    why: str
    due_at: datetime | None = None
    sent_at: datetime | None = None
    received_at: datetime | None = None
    read_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by: str = ""
    answer: str = ""
    withheld_parts: tuple[str, ...] = ()
    minimum_fields: tuple[str, ...] = ()
    decide_by: datetime | None = None
    decided_because: str = ""
    reference: UUID | None = None

    @classmethod
    def of(cls, row: RoutingOutcome) -> "WhoKnows":
        found: Share | None = getattr(row, "share", None)
        decision = {"decide_by": None if row.decided_at else row.decide_by, "decided_because": row.decided_because}
        if found is None:
            return cls(row.agency.name, row.team.name, "kept_back" if row.outcome == "withhold" else "not_needed", row.reason, **decision)
        state = found.status if found.status not in ("awaiting", "held") else "unsent" if found.status == "held" else "read" if found.first_read_at else "received" if found.delivered_at else "sent"
        return cls(
            row.agency.name, row.team.name, state, row.reason, found.due_at, found.sent_at, found.delivered_at, found.first_read_at, found.answered_at,
            f"{found.answered_by.name}, {found.answered_by.title}" if found.answered_by else "", found.decline_reason if found.status == "declined" else found.decision,
            tuple(row.withheld_parts), tuple(found.minimum_fields), reference=found.reference, **decision,
        )


# ── supervisors, managers, the partnership's lead ────────────────────────────────────────────────────────────────────


def escalations(actor: Actor) -> list[Share]:
    """What has climbed to this practitioner, or to somebody they cover, because nobody answered or signed in time; longest overdue first."""
    return _climbing(**asked_by(actor))


def for_supervision(actor: Actor) -> list[Share]:
    """What must be talked about at the next weekly supervision: late shares of those this practitioner supervises or manages, until answered."""
    theirs = Q(owner__in=actor.principals) | Q(to_team_id__in=actor.manages_team_ids) | Q(status="held", from_practitioner_id__in=actor.principals) | Q(escalated_to__in=actor.principals)
    return list(shares().filter(theirs, Q(owed=True) | Q(status="held"), for_supervision_at__isnull=False).order_by("due_at", "pk"))


def late(actor: Actor, *, at: datetime) -> list[Share]:
    """Everything not answered after half of its time, that this practitioner owes, sent, supervises, or was told of: who is late, and since when."""
    concerned = Q(owner__in=actor.principals) | Q(to_team_id__in=actor.team_ids) | Q(from_practitioner_id__in=people_of(actor)) | Q(escalated_to__in=actor.principals) | Q(climbed_to__in=actor.principals)
    return list(shares().filter(concerned, owed=True, half_at__lte=at).order_by("due_at", "pk")[:500])


def holding(practitioner_id: int) -> dict[str, int] | None:
    """How much of what somebody still holds: shares, signatures, decisions, obligations, people. None for whoever may not hand it over."""
    return database.document("SELECT held_by(%s)", practitioner_id)


# ── one share ────────────────────────────────────────────────────────────────────────────────────────────────────────


def share(actor: Actor, reference: UUID) -> Share:
    """One share that is this reader's to answer, or their own. Raises NotKnown for any other, and for none."""
    return database.the_one(shares().select_related("outcome").filter(_concerns(actor), reference=reference))


def _concerns(actor: Actor) -> Q:
    """Whoever owes it, sent it, signs it, heard that it climbed, or supervises one of these; and a person who wrote what was sent."""
    if not actor.is_practitioner:
        return Q(entry__author_person_id=actor.own_person_id, entry__author_person__isnull=False)
    roles = ("owner", "from_practitioner_id", "escalated_to", "climbed_to", "signatory")
    return reduce(or_, (Q(**{f"{role}__in": actor.principals}) for role in roles), Q(to_team_id__in=actor.team_ids))


def shares_to(actor: Actor, entry_id: int) -> list[Share]:
    """Shares of one entry to this practitioner or their teams, answered or not."""
    return list(shares().filter(Q(owner__in=own_principals(actor)) | Q(to_team_id__in=actor.team_ids), entry_id=entry_id).order_by("pk"))


def events(found: Share) -> list[ShareEvent]:
    """All that happened to a share, oldest first."""
    return list(ShareEvent.objects.filter(share_id=found.pk).order_by("pk"))


# ── what a need brought ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class NeedBrought:
    """What one declared need brought a team since a moment: numbers, no names."""

    need_id: int
    shares: int
    answered: int
    used: int
    kept_back: int


def brought_by(need_ids: Iterable[int], *, since: datetime) -> dict[int, NeedBrought]:
    """For the team's own needs: how many shares each brought, how many were answered and used, and how many were kept back."""
    found: dict[int, NeedBrought] = {}
    for need_id in need_ids:
        rows = RoutingOutcome.objects.filter(needs__contains=[str(need_id)], recorded_at__gte=since).aggregate(
            shares=Count("pk", filter=Q(outcome="share")), answered=Count("pk", filter=Q(share__status__in=["acknowledged", "declined", "decided"])),
            used=Count("pk", filter=Q(share__used=True)), kept_back=Count("pk", filter=Q(outcome="withhold")),
        )
        found[need_id] = NeedBrought(need_id, **rows)
    return found


def people_of(actor: Actor) -> list[int]:
    """Oneself, those one supervises and those one covers for."""
    return [principal for principal in actor.principals if 0 < principal < PRACTITIONER_PRINCIPAL_LIMIT]
