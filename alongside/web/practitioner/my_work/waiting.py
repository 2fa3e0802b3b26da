"""What waits for somebody, from wherever it comes: each thing with whose it is, from whom, about whom and what, so that the list can be narrowed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from alongside.agencies.facts import Actor, team_principal
from alongside.confidentiality.queries import my_obligations
from alongside.people.queries import names_of
from alongside.records import queries
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.rows import WorkRow
from alongside.web.practitioner.entry.views import ADDRESSES
from alongside.web.practitioner.opening import address_of

WHAT = {
    "answer": "To acknowledge", "decide": "To decide", "sign": "To sign", "telephone": "To telephone", "correction": "Corrections to see", "follow_up": "Follow-ups", "owed": "Owed by a rule",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do. `mine` is false where a colleague of the same team owns it."""

    what: str
    title: str
    href: str
    due: datetime | None
    person_id: int | None = None
    sender: str = ""
    meta: str = ""
    state: str = ""
    colour: str = ""
    mine: bool = True

    def row(self, names: dict[int, str]) -> WorkRow:
        return WorkRow(self.title, self.href, self.due, about=names.get(self.person_id or 0, ""), meta=self.meta, state=self.state, colour=self.colour)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on somebody's desk at one moment, with the names that stand on it."""

    waiting: list[Waiting]
    climbed: list[Waiting]
    names: dict[int, str]
    drafts: list[WorkRow] = field(default_factory=list)
    sent: list[Any] = field(default_factory=list)


def desk(actor: Actor, at: datetime) -> Desk:
    waiting, climbed = list(waits_for(actor)), [share_waits(share, actor) for share in queries.escalations(actor)]
    own = queries.drafts(actor)
    about = {int(draft.about.removeprefix("person:")): draft for draft in own if draft.form in ADDRESSES and draft.about.startswith("person:")}
    names = names_of([*(one.person_id for one in (*waiting, *climbed) if one.person_id), *about])
    return Desk(waiting, climbed, names, [draft_row(draft, names, at) for draft in own if draft.form in ADDRESSES], queries.sent(actor, limit=30))


def waits_for(actor: Actor) -> Iterator[Waiting]:
    for share in queries.inbox(actor):
        yield share_waits(share, actor)
    for share in queries.to_sign(actor):
        yield Waiting("sign", share.headline, reverse("share", args=[share.reference]), share.due_at, share.person_id, share.from_agency.name, "Held until a second person signs", "To sign", "purple")
    for share in queries.to_telephone(actor):
        meta = f"Cannot wait, or cannot be delivered: telephone {share.to_team.name}, {share.to_agency.name}" + (f", {share.to_agency.duty_phone}" if share.to_agency.duty_phone else "")
        yield Waiting("telephone", share.headline, reverse("share", args=[share.reference]), share.due_at, share.person_id, share.to_agency.name, meta, "To telephone", "red")
    for entry in queries.follow_ups(actor):
        yield Waiting("follow_up", f"{kind_or_plain(entry.kind).follow_up}: {entry.headline}", reverse("own_entry", args=[entry.reference]), entry.follow_up_due_at, meta="Follow-up of what you recorded")
    for notice in queries.corrections_to_see(actor):
        yield Waiting("correction", notice.correction.headline, reverse("own_entry", args=[notice.correction.reference]), notice.due_at, meta="Something you read was put right", state="Corrected", colour="orange")
    for outcome in queries.to_decide(actor):
        meta = f"Whether {outcome.team.name}, {outcome.agency.name} may have it: {outcome.reason}"
        yield Waiting("decide", outcome.entry.headline, reverse("decide_outcome", args=[outcome.pk]), outcome.decide_by, meta=meta, state="To decide", colour="purple")
    yield from (obligation_waits(owed) for owed in my_obligations(actor))


def obligation_waits(owed: Any) -> Waiting:
    return Waiting("owed", owed.summary, address_of("obligation", owed.pk) or reverse("my_work"), owed.due_at, owed.person_id, meta="Owed by a rule of the gate")


def share_waits(share: Any, actor: Actor) -> Waiting:
    """A share to answer. What is asked for, if more than an acknowledgement, is said in its tag."""
    state, colour = ("To decide", "purple") if share.needs_decision else ("New", "blue") if share.first_read_at is None else ("", "")
    mine = share.owner in {actor.practitioner_id, *(team_principal(team) for team in actor.team_ids)}
    return Waiting(
        "decide" if share.needs_decision else "answer", share.headline, reverse("share", args=[share.reference]), share.due_at, share.person_id, share.from_agency.name,
        f"{kind_or_plain(share.kind).name}, from {share.from_agency.name} to {share.to_team.name}", state, colour, mine,
    )  # fmt: skip


def draft_row(draft: Any, names: dict[int, str], at: datetime) -> WorkRow:
    person = int(draft.about.removeprefix("person:"))
    title = "Referral not yet sent" if draft.form == "referral" else "Entry not yet sent"
    return WorkRow(title, reverse(ADDRESSES[draft.form], args=[person]), about=names.get(person, ""), meta=str(draft.fields.get("headline", "")), state="Draft", colour="yellow")


STANDS = {"held": ("Waits for a signature", "yellow"), "acknowledged": ("Acknowledged", "green"), "decided": ("Decided", "green"), "declined": ("Declined", "orange"), "withdrawn": ("Taken back", "grey")}


def sent_row(share: Any, at: datetime) -> WorkRow:
    """How what one sent stands: not yet received, read, acknowledged, declined because, or decided thus."""
    if share.status == "awaiting":
        late = share.due_at < at
        state, colour = ("Late", "red") if late else ("Read", "blue") if share.first_read_at else ("Received", "grey") if share.delivered_at else ("Not yet received", "yellow")
    else:
        state, colour = STANDS[share.status]
    said = share.decline_reason or share.decision
    meta = f"To {share.to_team.name}, {share.to_agency.name}" + (f": “{said}”" if said else "")
    return WorkRow(share.headline, reverse("share", args=[share.reference]), due=share.due_at if share.status == "awaiting" else None, meta=meta, state=state, colour=colour)  # type: ignore[arg-type]
