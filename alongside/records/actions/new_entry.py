"""What an author sends, and in what words they are told what became of it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common.attachments import Upload
from alongside.records.facts import Harm, Outcome, PersonFacts, SenderWish, Share, Signature, Withhold
from alongside.records.models import RoutingOutcome
from alongside.records.queries.scope import Scope
from alongside.records.rules.kinds import kind_or_plain
from alongside.records.rules.wording import not_needed_in_words, why_shared, withheld_in_words

POWERS = frozenset({"lpa_health_welfare", "lpa_property_finance"})
"""The grounds of an attorney or a deputy; the gate has tested them against the paper on file."""
REPORTS = frozenset({"safeguarding_concern", "domestic_abuse", "whereabouts"})
"""Categories of report that are always taken, from anybody, about anybody: reporting a worry needs no right to read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an entry that fewer may have than the rest."""

    part: str
    category: str
    text: str


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What an author sends. `submission_key` was made when the form was opened: sent twice, it is one entry."""

    submission_key: uuid.UUID
    kind: str
    about: tuple[PersonFacts, ...]
    headline: str
    account: str
    happened_at: datetime
    words_of_person: str = ""
    effect: str = ""
    action_taken: str = ""
    no_action_reason: str = ""
    category: str = ""
    tags: frozenset[str] = frozenset()
    harm: Harm = Harm.NONE_KNOWN
    purpose: str = "direct_care"
    claim: str = "none"
    anchors: Mapping[str, datetime] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    attachments: tuple[Upload, ...] = ()
    files_kept: bool = False
    only_for: tuple[int, ...] | None = None
    not_online: bool = False
    wishes: tuple[SenderWish, ...] = ()
    corrects: int | None = None
    correction_reason: str = ""
    draft_form: str = ""

    @property
    def person_ids(self) -> tuple[int, ...]:
        return tuple(person.person_id for person in self.about)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of it: the entry's reference and one outcome for every partner in scope. `again`: it had been recorded before.

    `unmet` are duties in law for which no partner is there to be told: the author must be shown them, and the operator is alerted.
    """

    reference: uuid.UUID
    entry_id: int
    outcomes: tuple["OutcomeInWords", ...]
    again: bool = False
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeInWords:
    """One partner's outcome as a page shows it: told, kept from, or not needed, and why."""

    agency: str
    team: str
    outcome: str
    why: str
    rules: tuple[str, ...]
    due_at: datetime | None = None
    minimum_fields: tuple[str, ...] = ()
    withheld_parts: tuple[str, ...] = ()
    held: bool = False
    agency_id: int = 0
    team_id: int = 0


def category_of(kind: str, chosen: str = "") -> str:
    """What an entry of this kind counts as for the gate, unless its author chose otherwise."""
    return chosen or kind_or_plain(kind).category or "strengths_needs_plan"


def byline(by: Actor, about: Sequence[int] = (), basis: str = "none") -> str:
    if by.is_practitioner:
        return f"{by.name}, {by.title}, {by.agency_name}"
    if by.own_person_id in about:
        return "The person themself"
    return "Somebody who acts for them under a power or a court’s order" if basis in POWERS else "A parent, or somebody who acts for them"


def in_words(outcome: Outcome, scope: Scope) -> OutcomeInWords:
    row = scope.rows[outcome.partner]
    common = {"agency": row.agency_name, "team": row.team_name, "rules": outcome.rules, "agency_id": row.agency_id, "team_id": row.team_id}
    if isinstance(outcome, Share):
        needs = [need for partner in scope.partners if partner.key == outcome.partner for need in partner.needs if need.need_id in outcome.need_ids]
        return OutcomeInWords(
            outcome="share", why=why_shared(outcome, needs), due_at=outcome.due, minimum_fields=outcome.minimum_fields, withheld_parts=tuple(sorted(outcome.withheld_parts)),
            held=outcome.signature is not Signature.NONE, **common,
        )  # fmt: skip
    if isinstance(outcome, Withhold):
        return OutcomeInWords(outcome="withhold", why=withheld_in_words(outcome), **common)
    return OutcomeInWords(outcome="not_needed", why=not_needed_in_words(outcome), **common)


def row_in_words(row: RoutingOutcome) -> OutcomeInWords:
    share = getattr(row, "share", None)
    return OutcomeInWords(
        agency=row.agency.name, team=row.team.name, outcome=row.outcome, why=row.reason, rules=tuple(row.rules), due_at=share.due_at if share else None,
        minimum_fields=tuple(share.minimum_fields) if share else (), withheld_parts=tuple(row.withheld_parts), held=bool(share and share.status == "held"),
        agency_id=row.agency_id, team_id=row.team_id,
    )  # fmt: skip
