"""A partner, and whom the text of an entry has reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from alongside.records.facts.need import NeedFacts


@dataclass(frozen=True, slots=True, order=True)
class PartnerKey:
    """A partner is a team of an agency, or the agency as a whole (team 0)."""

    agency_id: int
    team_id: int = 0


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """One partner in scope. `relations` gives, by person id, the gate's word for the partner's relation to that person now.

    `owner` is the practitioner to whom what comes in about these people goes, if one is named.
    `role` is the role the team acts in; `duty_desk` says that it takes what comes in for nobody in particular.
    `agreements` are the ids of agreement lines in force between author and partner at this moment: evidence for the gate, never a rule here.
    """

    key: PartnerKey
    agency_kind: str
    role: str = ""
    duty_desk: bool = False
    owner: int | None = None
    area: str = "england"
    relations: Mapping[int, str] = field(default_factory=dict)
    needs: tuple[NeedFacts, ...] = ()
    agreements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody the text of an entry has reached: a partner that received it, a practitioner who read it, or both.

    `partner` is None for a reader who belongs to no partner, such as the person on their own pages.
    """

    partner: PartnerKey | None
    at: datetime
    practitioner_id: int | None = None
    purpose: str = "direct_care"
    person_ids: tuple[int, ...] = ()
