"""Whom a person belongs with, and with whom or where they are not safe."""

from datetime import date, datetime

from alongside.common.access import Access
from alongside.people.actions.written import end_row, write_row
from alongside.people.facts import RelationKind
from alongside.people.models import FamilyRelation, UnsafeWith
from alongside.people.rules.names import tidy_name
from alongside.people.rules.places import address_keys, parse_postcode


def add_family(
    *, access: Access, kind: RelationKind, name: str, relative_id: int | None = None, parental_responsibility: bool = False, natural_support: bool = False, starts: date | None = None, at: datetime,
) -> None:
    """Somebody who belongs with the person. The name is kept even where the relative has a record, so that nothing tells whether they have one."""
    same = {"kind": kind.value, "relative_name": tidy_name(name, longest=200), "relative_id": relative_id}
    more = {"parental_responsibility": parental_responsibility, "natural_support": natural_support, "starts": starts, "recorded_by_agency_id": access.agency_id, "recorded_at": at}
    write_row(FamilyRelation, access, same, **more)


def end_family(*, access: Access, row_id: int, at: datetime, ends: date | None = None) -> None:
    """They no longer stand so to each other. What the law says of responsibility is a fact of its own."""
    end_row(FamilyRelation, access, row_id, ends=ends or at.date())


def add_unsafe_with(
    *, access: Access, name: str = "", other_id: int | None = None, address_lines: str = "", postcode: str = "", reason: str, alleged_perpetrator: bool = False,
    review_on: date | None = None, at: datetime,
) -> None:
    """The person is unsafe with somebody or somewhere, for a reason, until somebody reviews it: from this moment every way out is checked against it.

    Raises NotAPostcode.
    """
    code = parse_postcode(postcode) if postcode.strip() else ""
    same = {"other_id": other_id, "other_name": tidy_name(name, longest=200) if name else "", "address_lines": address_lines, "postcode": code}
    more = {"keys": list(address_keys(address_lines, code)), "reason": reason, "alleged_perpetrator": alleged_perpetrator, "review_on": review_on}
    write_row(UnsafeWith, access, same, **more, recorded_by_id=access.practitioner_id, starts=at)


def end_unsafe_with(*, access: Access, row_id: int, reason: str, at: datetime) -> None:
    """Somebody judged, with a reason, that the danger is over."""
    end_row(UnsafeWith, access, row_id, ends=at, ended_reason=reason)
