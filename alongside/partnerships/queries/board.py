"""The board and what governance has settled: seats, quorum, decision rights, interests, and which of the eight headings have nothing under them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from alongside.common import database
from alongside.partnerships.facts import QuorumRule, SeatRole
from alongside.partnerships.models import BoardMember, BoardRules, DecisionRight, DeclaredInterest, GovernanceText, Objective, Partnership, Risk
from alongside.partnerships.rules.governance import Heading, headings_missing

OFFICERS = (SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.SECRETARY)
UNSETTLED = QuorumRule(members=3, partners=2, chair=True)
"""What holds for a board that has not settled when it can decide."""


def board(partnership_id: int) -> list[BoardMember]:
    """Who sits on the board now: officers first, then by name."""
    found = BoardMember.objects.filter(partnership_id=partnership_id, ended_at=None).select_related("agency", "practitioner")
    return sorted(found, key=lambda one: (list(SeatRole).index(SeatRole(one.role)) if one.role in OFFICERS else 9, one.name))


def member(member_id: int) -> BoardMember:
    return database.the_one(BoardMember.objects.filter(pk=member_id).select_related("partnership", "agency"))


def own_seats() -> list[BoardMember]:
    """The reader's own seats, with the partnership of each."""
    return list(BoardMember.objects.filter(pk__in=RawSQL("SELECT my_seats()", [])).select_related("partnership__lead_agency", "partnership__lead_practitioner", "partnership__guardian").order_by("partnership__name"))


def board_rules(partnership_id: int) -> BoardRules | None:
    return BoardRules.objects.filter(partnership_id=partnership_id).order_by("-at", "-pk").first()


def quorum_rule(partnership_id: int) -> QuorumRule:
    """When the board can decide: what it has settled, else three voting members from two partners and somebody who chairs."""
    settled = board_rules(partnership_id)
    return QuorumRule(settled.members, settled.partners, settled.chair) if settled else UNSETTLED


def decision_rights(partnership_id: int) -> list[DecisionRight]:
    return list(DecisionRight.objects.filter(partnership_id=partnership_id, ended_at=None).order_by("pk"))


def decision_right(right_id: int) -> DecisionRight:
    return database.the_one(DecisionRight.objects.filter(pk=right_id))


def declared(partnership_id: int) -> list[DeclaredInterest]:
    """The register of interests: what members who sit now have declared and not ended."""
    return list(DeclaredInterest.objects.filter(Q(member__partnership_id=partnership_id), ended_at=None, member__ended_at=None).select_related("member__agency").order_by("member__name", "pk"))


def interest(interest_id: int) -> DeclaredInterest:
    return database.the_one(DeclaredInterest.objects.filter(pk=interest_id).select_related("member__partnership"))


def texts(partnership_id: int) -> Mapping[str, GovernanceText]:
    """The text that counts under each heading."""
    return {row.heading: row for row in GovernanceText.objects.filter(partnership_id=partnership_id).select_related("by").order_by("at", "pk")}


@dataclass(frozen=True, slots=True)
class Completeness:
    """Which headings of governance are settled, and which are not, by name."""

    settled: frozenset[str]
    missing: tuple[Heading, ...]


def completeness(partnership: Partnership, *, members: int, rules: bool, rights: int, settled: Mapping[str, GovernanceText]) -> Completeness:
    """The eight headings: a text where one is asked for, and a register that holds something where that is."""
    held = [Exists(model.objects.filter(partnership=OuterRef("pk"), **{f"{over}_at": None})) for model, over in ((Risk, "closed"), (Objective, "ended"))]
    risks, aims = Partnership.objects.filter(pk=partnership.pk).values_list(*held).get()
    there = {"aims": aims and bool(partnership.vision.strip()), "board": members > 0 and rules, "decisions": rights > 0, "risks": risks, "complaints": bool(partnership.how_to_complain.strip())}
    found = frozenset({code for code, yes in there.items() if yes} | set(settled))
    return Completeness(found, headings_missing(found))
