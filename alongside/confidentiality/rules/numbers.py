"""Counts, extracts and research: what may be known about many without knowing anybody."""

from datetime import date

from alongside.confidentiality.rules.kinds import ALLOWED, AT_WORK, allow, ask_first, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import Situation

SMALLEST_SHOWN = 5
PLANNING = frozenset({"commissioning_planning", "research", "partnership_governance", "service_management", "audit"})
COUNTERS = frozenset({"analyst", "manager", "team_manager", "auditor", "researcher", "caldicott_guardian", "administrator", "officer"})
LOOKS = frozenset({"read", "report", "export", "api_read", "bulk_read", "share_to"})
OPT_OUT = date(2022, 8, 1)


def counts(s: Situation) -> bool:
    """Numbers about many people."""
    return s.category == "aggregate_counts"


def approved(s: Situation) -> bool:
    """Whether an approval for using records beyond care was seen and checked."""
    return s.known("approval_verified") is True or s.noted("s251") or s.noted("ethics")


def beyond_care(s: Situation) -> bool:
    """A use of records for planning or research by those who have no part in the care."""
    return s.staff and not s.involved and not counts(s) and s.verb != "write" and (s.role in ("analyst", "researcher") or s.agency in ("researcher", "council_commissioning"))


@allow("NUM-010", owes=("record_basis",), who=AT_WORK)
def counts_for_planning(s: Situation) -> bool:
    """Those who plan, pay for and govern services may have counts.

    Source: UK GDPR Art 6(1)(e) and recital 26; Health and Social Care Act 2012 s116B (joint strategic needs)
    Example:
        >>> counts_for_planning(Situation.where(agency="council_commissioning", role="analyst", relation="none", kind="none", category="aggregate_counts", verb="report"))
        True
    """
    return s.staff and counts(s) and s.verb in LOOKS and (s.role in COUNTERS or s.relation == "partnership_member")


@keep_back("NUM-020", "small_cells", "cells_that_reveal_them", owes=("small_number_suppression",))
def small_numbers_are_people(s: Situation) -> bool:
    """Counts under five must not be shown, nor counts from which they can be worked out; where somebody could be recognised and nobody has counted, small ones stay out.

    Source: ICO anonymisation guidance; statistical disclosure control
    Example:
        >>> small_numbers_are_people(Situation.where(kind="none", category="aggregate_counts", verb="report", smallest_cell=3))
        True
        >>> small_numbers_are_people(Situation.where(kind="none", category="aggregate_counts", verb="report", smallest_cell=12))
        False
    """
    smallest = s.known("smallest_cell")
    return counts(s) and (smallest < SMALLEST_SHOWN if type(smallest) is int else s.harm)


@ask_first("NUM-025", owes=("small_number_suppression", "no_bulk"))
def two_tables_that_tell_together(s: Situation) -> bool:
    """Tables that each pass but differ by a handful must be looked at before the second is shown.

    Source: ICO anonymisation guidance: differencing; statistical disclosure control
    Example:
        >>> two_tables_that_tell_together(Situation.where(kind="none", category="aggregate_counts", verb="report", difference_with_earlier_report=2))
        True
    """
    if not counts(s) or not s.facts:
        return False
    return any("differ" in name and (value is True or type(value) is int and 0 < value < SMALLEST_SHOWN) for name, value in s.facts.items())


@oblige("NUM-030", "small_number_suppression", on=ALLOWED)
def every_table_is_checked(s: Situation) -> bool:
    """Every table of counts must pass the small-number check before it is shown.

    Source: ICO anonymisation guidance
    Example:
        >>> every_table_is_checked(Situation.where(kind="none", category="aggregate_counts", verb="report"))
        True
    """
    return counts(s)


@refuse("NUM-040", owes=("ask_narrower", "small_number_suppression"), who=AT_WORK)
def planners_do_not_see_people(s: Situation) -> bool:
    """Planning, paying and research must not see named people without an approval that somebody has checked.

    Source: common law duty of confidence; NHS Act 2006 s251; UK GDPR Art 89; Caldicott principle 2
    Example:
        >>> planners_do_not_see_people(Situation.where(agency="council_commissioning", role="analyst", relation="none", kind="none", category="whole_record", verb="report"))
        True
    """
    return beyond_care(s) and not approved(s) and s.category != "finance_open_book"


@allow("NUM-050", owes=("pseudonymise", "respect_opt_out", "record_basis", "minimum_fields", "do_not_forward", "time_limit", "review_date_set"), who=AT_WORK)
def an_approved_extract(s: Situation) -> bool:
    """Planners and researchers with a checked approval may have an extract without names, on the terms of that approval.

    Source: UK GDPR Art 89; NHS Act 2006 s251 and the 2002 Regulations; Data Protection Act 2018 s19
    Example:
        >>> an_approved_extract(Situation.where(agency="researcher", role="researcher", relation="none", kind="none", verb="export", purpose="research", approval_verified=True))
        True
    """
    return beyond_care(s) and approved(s) and s.verb in LOOKS and s.purpose in PLANNING and (s.terms_hold or s.agreement == "none")


@keep_back(
    "NUM-060", "names", "direct_identifiers", "identifiers", "nhs_number", "home_address", "contact_details", "date_of_birth", "third_party_info", "free_text",
    "opted_out_records", "small_cells", since=OPT_OUT, owes=("pseudonymise", "respect_opt_out"), who=AT_WORK,
)  # fmt: skip
def an_extract_names_nobody(s: Situation) -> bool:
    """An extract must hold no names, numbers, addresses or free text, and nobody who has opted out.

    Source: National data opt-out, which health and adult social care had to apply from 31 July 2022; UK GDPR Art 4(5) and 89
    Example:
        >>> an_extract_names_nobody(Situation.where(agency="researcher", role="researcher", relation="none", kind="none", verb="export", approval_verified=True))
        True
    """
    return beyond_care(s) and s.category != "finance_open_book"
