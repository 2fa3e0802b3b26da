"""Counts, audits, research and upkeep: what may be learnt without reading people."""

from alongside.confidentiality.rules.kinds import allow, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import Situation

SMALLEST_CELL = 5
WATCHERS = frozenset({"auditor", "caldicott_guardian"})
IDENTIFIERS = ("names", "nhs_number", "contact_details", "home_address", "date_of_birth", "identifiers")


def studies(s: Situation) -> bool:
    """Somebody would take rows about people for planning or research."""
    return s.staff and s.purpose in ("research", "commissioning_planning") and s.verb in ("report", "export", "read", "api_read", "bulk_read") and s.category != "aggregate_counts"


@allow("REP-010")
def counts(s: Situation) -> bool:
    """Counts without names may be reported to those who plan, govern or audit.

    Source: ICO anonymisation guidance
    Example:
        >>> counts(Situation.where(agency="council_commissioning", role="analyst", relation="none", kind="none", category="aggregate_counts", verb="report"))
        True
    """
    return s.staff and s.category == "aggregate_counts" and s.verb in ("report", "read", "export", "api_read")


@keep_back("REP-020", "small_cells", "cells_that_reveal_them", owes=("small_number_suppression",))
def small_cells(s: Situation) -> bool:
    """Cells of fewer than five must be left out, and with them those from which they could be worked out.

    Source: ICO anonymisation guidance; statistical disclosure control
    Example:
        >>> table = dict(agency="council_commissioning", role="analyst", relation="none", kind="none", category="aggregate_counts", verb="report")
        >>> small_cells(Situation.where(**table, smallest_cell=3)), small_cells(Situation.where(**table, smallest_cell=14))
        (True, False)
    """
    smallest = s.known("smallest_cell")
    return s.category == "aggregate_counts" and isinstance(smallest, int) and not isinstance(smallest, bool) and smallest < SMALLEST_CELL


@allow("REP-030", owes=("pseudonymise", "respect_opt_out", "minimum_fields", "time_limit", "record_basis"))
def approved_study(s: Situation) -> bool:
    """Rows without names may be taken for research or planning when the approval that the law asks for has been checked.

    Source: NHS Act 2006 s251; UK GDPR Art 89; national data opt-out
    Example:
        >>> study = dict(agency="researcher", role="researcher", relation="none", kind="none", verb="export", purpose="research")
        >>> approved_study(Situation.where(**study, approval_verified=True)), approved_study(Situation.where(**study))
        (True, False)
    """
    return studies(s) and s.known("approval_verified") is True


@keep_back("REP-040", *IDENTIFIERS)
def no_names_in_studies(s: Situation) -> bool:
    """Whatever names somebody must be taken out of rows for research or planning.

    Source: UK GDPR Art 89(1)
    Example:
        >>> no_names_in_studies(Situation.where(agency="researcher", role="researcher", relation="none", kind="none", verb="export", purpose="research"))
        True
    """
    return studies(s)


@refuse("REP-050", owes=("offer_training_data", "ask_narrower"))
def study_without_approval(s: Situation) -> bool:
    """Rows about people must not be taken for research or planning without a checked approval.

    Source: common law confidence; NHS Act 2006 s251; Caldicott principle 2
    Example:
        >>> study_without_approval(Situation.where(agency="researcher", role="researcher", relation="none", kind="none", verb="export", purpose="research"))
        True
    """
    return studies(s) and s.known("approval_verified") is not True


@allow("REP-060", owes=("record_reason",))
def watching_the_watchers(s: Situation) -> bool:
    """Auditors and Caldicott guardians may read who opened what, without any content.

    Source: UK GDPR Art 5(2)
    Example:
        >>> watching_the_watchers(Situation.where(role="auditor", relation="none", category="access_ledger", purpose="audit"))
        True
    """
    return s.staff and s.role in WATCHERS and s.category == "access_ledger" and s.purpose == "audit" and s.verb in ("read", "view_ledger", "report")


@oblige("REP-070", "ask_narrower")
def audit_needs_no_content(s: Situation) -> bool:
    """Who asks for content in order to audit must be pointed to the ledger, which has none.

    Source: Caldicott principle 3
    Example:
        >>> audit_needs_no_content(Situation.where(role="auditor", relation="none", purpose="audit"))
        True
    """
    return s.staff and s.purpose == "audit" and s.category not in ("access_ledger", "aggregate_counts")


@allow("REP-080", owes=("record_reason", "time_limit", "minimum_fields", "notify_caldicott_guardian"))
def approved_incident(s: Situation) -> bool:
    """A system administrator may look at a record within an approved incident, for its time and no longer.

    Source: UK GDPR Art 32; OWASP ASVS 13.2.2
    Example:
        >>> approved_incident(Situation.where(role="system_admin", relation="none", purpose="technical_support", incident_approved=True))
        True
    """
    return s.staff and s.role == "system_admin" and s.purpose == "technical_support" and s.known("incident_approved") is True and s.verb in ("read", "api_read")


@keep_back("REP-090", "note_content", "third_party_info", "home_address")
def upkeep_needs_no_story(s: Situation) -> bool:
    """Who mends the system must see what is needed to mend it, not the story.

    Source: Caldicott principle 3
    Example:
        >>> upkeep_needs_no_story(Situation.where(role="system_admin", relation="none", purpose="technical_support", incident_approved=True))
        True
    """
    return s.role == "system_admin" and s.purpose == "technical_support"


@allow("REP-100", owes=("record_basis",))
def system_for_a_named_worker(s: Situation) -> bool:
    """A partner's system may read for a named worker who could read it themself, under an agreement and with the person's agreement.

    Source: OWASP ASVS 8.3.3: the right of the person who asked first decides
    Example:
        >>> system = dict(agency="nhs_hospital", role="machine_client", verb="api_read")
        >>> system_for_a_named_worker(Situation.where(**system, end_user_asserted=True)), system_for_a_named_worker(Situation.where(**system))
        (True, False)
    """
    return s.role == "machine_client" and s.known("end_user_asserted") is True and s.involved and s.terms_hold and s.need_declared and not s.said_no
