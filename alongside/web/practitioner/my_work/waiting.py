"""What waits for somebody, from wherever it comes: each thing with whose it is, from whom, about whom and what, so that the list can be narrowed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from alongside.agencies.facts import Actor, team_principal
from alongside.confidentiality.queries import my_obligations
from alongside.people.queries import names_of
from alongside.records import queries
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.formats import date_words
from alongside.web.design.rows import WorkRow
from alongside.web.practitioner.entry.views import ADDRESSES
from alongside.web.practitioner.opening import address_of

WHAT = {
    "answer": "To acknowledge", "decide": "To decide", "sign": "To sign", "telephone": "To telephone", "correction": "Corrections to see", "follow_up": "Follow-ups", "owed": "Owed by a rule",
}


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
    shares = queries.on_desk(actor)
    waiting, climbed = list(waits_for(actor, shares)), [share_waits(share, actor) for share in shares["climbed"]]
    own, sent = queries.drafts(actor), queries.sent(actor)
    about = {int(draft.about.removeprefix("person:")): draft for draft in own if draft.form in ADDRESSES and draft.about.startswith("person:")}
    names = names_of([*(one.person_id for one in (*waiting, *climbed) if one.person_id), *about, *(share.person_id for share in sent)])
    return Desk(waiting, climbed, names, [draft_row(draft, names, at) for draft in own if draft.form in ADDRESSES], sent)


def waits_for(actor: Actor, shares: Mapping[str, list[Any]]) -> Iterator[Waiting]:
    for share in shares["inbox"]:
        yield share_waits(share, actor)
    for share in shares["sign"]:
        yield Waiting("sign", share.headline, reverse("share", args=[share.reference]), share.due_at, share.person_id, share.from_agency.name, "Held until a second person signs", "To sign", "purple")
    for share in shares["telephone"]:
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
    meta = f"What you asked the records office: “{owed.note}”" if owed.code == "answer_seen" else ""
    return Waiting("owed", owed.summary, address_of("obligation", owed.pk) or reverse("my_work"), owed.due_at, owed.person_id, meta=meta)


def share_waits(share: Any, actor: Actor) -> Waiting:
    """A share to answer. What is asked for, if more than an acknowledgement, is said in its tag."""
    state, colour = ("To decide", "purple") if share.needs_decision else ("New", "blue") if share.first_read_at is None else ("", "")
    mine = share.owner in {actor.practitioner_id, *(team_principal(team) for team in actor.team_ids)}
    return Waiting(
        "decide" if share.needs_decision else "answer", share.headline, reverse("share", args=[share.reference]), share.due_at, share.person_id, sender_of(share),
        f"{kind_or_plain(share.kind).name}, from {sender_of(share)}{f' to {share.to_team.name}' if len(actor.team_ids) > 1 else ''}", state, colour, mine,
    )


def sender_of(share: Any) -> str:
    """The agency whose practitioner wrote it; what no practitioner wrote, the person did, or somebody who speaks for them."""
    return share.from_agency.name if share.from_practitioner_id else "the person themself"


def draft_row(draft: Any, names: dict[int, str], at: datetime) -> WorkRow:
    person = int(draft.about.removeprefix("person:"))
    title = "Referral not yet sent" if draft.form == "referral" else "Entry not yet sent"
    return WorkRow(title, reverse(ADDRESSES[draft.form], args=[person]), about=names.get(person, ""), meta=str(draft.fields.get("headline", "")), state="Draft", colour="yellow")


STANDS = {"held": ("Waits for a signature", "yellow"), "acknowledged": ("Acknowledged", "green"), "decided": ("Decided", "green"), "declined": ("Declined", "orange"), "withdrawn": ("Taken back", "grey")}
WORST_FIRST = ("Late", "Declined", "Not yet received", "Waits for a signature", "Received", "Read", "Decided", "Acknowledged", "Taken back")
OPEN = frozenset(WORST_FIRST[:6])
"""What the sender may still have to do something about, or wait for."""


def stands(share: Any, at: datetime) -> tuple[str, str]:
    """How one share stands for its sender, in a word and its colour."""
    if share.status != "awaiting":
        return STANDS[share.status]
    if share.due_at < at:
        return "Late", "red"
    return ("Read", "blue") if share.first_read_at else ("Received", "grey") if share.delivered_at else ("Not yet received", "yellow")


def sent_rows(shares: Iterable[Any], names: Mapping[int, str], at: datetime) -> list[WorkRow]:
    """One line for each thing sent, however many teams have it; the worst of how it stands is in its tag, and what each said in its words."""
    of_entry: dict[int, list[Any]] = {}
    for share in shares:
        of_entry.setdefault(share.entry_id, []).append(share)
    rows = [sent_row(group, names, at) for group in of_entry.values()]
    return sorted(rows, key=lambda row: WORST_FIRST.index(row.state))


def sent_row(group: list[Any], names: Mapping[int, str], at: datetime) -> WorkRow:
    order = sorted(group, key=lambda share: WORST_FIRST.index(stands(share, at)[0]))
    state, colour = stands(order[0], at)
    said = [f"{share.to_team.name}: {stands(share, at)[0].lower()}" + (f", “{words}”" if (words := share.decline_reason or share.decision) else "") for share in order]
    href = reverse("share", args=[order[0].reference])
    due = min((share.due_at for share in order if share.status == "awaiting"), default=None)
    meta = f"{date_words(order[0].sent_at)}. {'; '.join(said)}"
    return WorkRow(order[0].headline, href, due=due, about=names.get(order[0].person_id, ""), meta=meta, state=state, colour=colour)  # type: ignore[arg-type]
