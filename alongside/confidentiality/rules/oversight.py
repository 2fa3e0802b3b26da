"""Those who watch over access and keep the system running: auditors, guardians, administrators, machines, and whoever rests on an unchecked claim."""

from alongside.confidentiality.rules.kinds import AT_WORK, KEEPS, READS, allow, ask_first, duty, keep_back, oblige, refuse
from alongside.confidentiality.rules.relationship import CARE
from alongside.confidentiality.rules.situation import Situation

ACCOUNTABILITY = frozenset({"audit", "rights_request", "partnership_governance", "supervision", "subject_access"})
WATCHERS = frozenset({"auditor", "caldicott_guardian"})
SHIELDED = ("legal_advice", "police_intelligence", "workforce", "gender_history", "adoption_history")


@allow("OVR-010", owes=("record_reason", "record_basis"), who=AT_WORK)
def who_looked_may_be_checked(s: Situation) -> bool:
    """Auditors and Caldicott guardians may read who opened what and why.

    Source: UK GDPR Art 5(2); Caldicott principles 5 and 6
    Example:
        >>> who_looked_may_be_checked(Situation.where(role="auditor", relation="none", category="access_ledger", purpose="audit"))
        True
    """
    return s.staff and s.role in WATCHERS and s.category == "access_ledger" and s.purpose in ACCOUNTABILITY and s.verb in ("read", "report", "view_ledger", "export")


@refuse("OVR-020", owes=("ask_narrower", "route_to_right_recipient"), who=AT_WORK)
def an_audit_reads_no_content(s: Situation) -> bool:
    """An auditor must not read what the records say; the ledger says who opened them.

    Source: UK GDPR Art 5(1)(c); Caldicott principle 3
    Example:
        >>> an_audit_reads_no_content(Situation.where(role="auditor", relation="none", purpose="audit"))
        True
    """
    return s.staff and s.role == "auditor" and s.category not in ("access_ledger", "aggregate_counts", "finance_open_book") and (s.reading or s.sending)


@allow("OVR-030", owes=("record_reason", "record_basis", "time_limit", "minimum_fields"), who=AT_WORK, act=READS)
def a_guardian_may_judge(s: Situation) -> bool:
    """A Caldicott guardian may read as much of a record as it takes to judge an access, a complaint or a request.

    Source: Caldicott principles; National Data Guardian guidance on Caldicott guardians (2021)
    Example:
        >>> a_guardian_may_judge(Situation.where(role="caldicott_guardian", relation="none", purpose="audit"))
        True
    """
    return s.staff and s.role == "caldicott_guardian" and s.verb == "read" and s.purpose in ACCOUNTABILITY and s.category not in SHIELDED


@duty("OVR-035", owes=("record_reason", "record_basis", "tell_person"), who=AT_WORK, act=KEEPS)
def nobody_is_left_who_may_open_it(s: Situation) -> bool:
    """Where the last of those named for a record has left, whoever watches over it must name others or lift the restriction, without reading it.

    Source: Caldicott principles 2 and 7: the duty to share can be as important as the duty to protect; UK GDPR Art 5(1)(f) and 32(1)(b): availability
    Example:
        >>> nobody_is_left_who_may_open_it(Situation.where(role="caldicott_guardian", relation="none", verb="change_access", flags=("restricted_record",), no_reader_left=True))
        True
        >>> nobody_is_left_who_may_open_it(Situation.where(role="caldicott_guardian", relation="none", verb="change_access", flags=("restricted_record",)))
        False
    """
    return s.staff and s.verb == "change_access" and s.known("no_reader_left") is True and s.known("training_current") is not False


@refuse("OVR-040", owes=("notify_supervisor", "ask_narrower"), who=AT_WORK)
def an_office_is_not_a_part_in_the_care(s: Situation) -> bool:
    """A guardian, auditor or records officer must not open a record for a purpose of care in which they have no part.

    Source: Caldicott principle 4
    Example:
        >>> an_office_is_not_a_part_in_the_care(Situation.where(role="caldicott_guardian", relation="none", purpose="direct_care"))
        True
    """
    return (
        s.role in ("caldicott_guardian", "auditor", "records_manager")
        and s.staff
        and not s.involved
        and s.purpose in CARE - {"supervision"}
        and s.kind != "none"
        and (s.reading or s.sending)
    )


@allow("OVR-050", owes=("record_reason", "time_limit", "review_within_24h", "minimum_fields", "notify_caldicott_guardian"), who=AT_WORK, act=READS)
def an_approved_repair(s: Situation) -> bool:
    """A system administrator may open what a repair needs, once somebody has approved it for this incident, for a short time.

    Source: UK GDPR Art 32; OWASP ASVS 5.0, 13.2.2 and 2.3.5
    Example:
        >>> an_approved_repair(Situation.where(role="system_admin", relation="none", purpose="technical_support", incident_approved=True))
        True
    """
    return s.staff and s.role == "system_admin" and s.purpose == "technical_support" and s.known("incident_approved") is True and s.verb in ("read", "view_ledger", "search")


@keep_back("OVR-055", "note_content", "content", "narrative", "names", "third_party_info", "home_address", who=AT_WORK)
def a_repair_sees_the_shape_not_the_words(s: Situation) -> bool:
    """Who repairs the system must see the technical fields of a record; what was written in it stays masked.

    Source: UK GDPR Art 25 and 32; OWASP ASVS 5.0, 14.2.6 masking
    Example:
        >>> a_repair_sees_the_shape_not_the_words(Situation.where(role="system_admin", relation="none", purpose="technical_support"))
        True
    """
    return s.staff and s.role == "system_admin" and s.category != "access_ledger" and s.reading


@refuse("OVR-060", owes=("offer_training_data", "ask_narrower"), who=AT_WORK)
def a_repair_nobody_approved(s: Situation) -> bool:
    """A system administrator must not read records to look into a fault without an approval for this incident; invented records reproduce most faults.

    Source: UK GDPR Art 32; OWASP ASVS 5.0, 13.2.2 least privilege
    Example:
        >>> a_repair_nobody_approved(Situation.where(role="system_admin", relation="none", purpose="technical_support", incident_approved=False))
        True
    """
    return (
        s.staff
        and (s.role == "system_admin" or s.purpose == "technical_support")
        and s.kind != "none"
        and (s.known("incident_approved") is not True or s.purpose != "technical_support")
    )


@refuse("OVR-070", owes=("route_to_right_recipient",), who=AT_WORK)
def a_machine_has_no_rights_of_its_own(s: Situation) -> bool:
    """A partner's system must name the person at work for whom it asks; without a name it must get nothing.

    Source: OWASP ASVS 5.0, 8.3.3: the originating person's right decides
    Example:
        >>> a_machine_has_no_rights_of_its_own(Situation.where(role="machine_client", relation="none", verb="api_read", end_user_asserted=False))
        True
    """
    return (s.role == "machine_client" or s.verb == "api_read") and s.staff and s.known("end_user_asserted") is not True


@refuse("OVR-080", owes=("offer_cover_route",), who=AT_WORK)
def the_named_user_has_no_part(s: Situation) -> bool:
    """What a system asks for a named user must be refused where that user has no part in the care.

    Source: OWASP ASVS 5.0, 8.3.3
    Example:
        >>> the_named_user_has_no_part(Situation.where(role="machine_client", relation="none", verb="api_read", end_user_asserted=True))
        True
    """
    return s.role == "machine_client" and s.staff and s.known("end_user_asserted") is True and not s.involved and s.kind != "none"


@allow("OVR-090", owes=("record_basis", "minimum_fields"), who=AT_WORK, act=READS)
def a_system_asks_for_a_named_user(s: Situation) -> bool:
    """A system that names a user with a part in the care may read what that user may read.

    Source: OWASP ASVS 5.0, 8.3.3
    Example:
        >>> a_system_asks_for_a_named_user(Situation.where(role="machine_client", agency="nhs_hospital", verb="api_read", end_user_asserted=True))
        True
    """
    return s.staff and s.verb == "api_read" and s.known("end_user_asserted") is True and s.involved and s.purpose in CARE


@ask_first("OVR-100", owes=("second_person_approval", "record_basis"))
def a_check_was_not_done(s: Situation) -> bool:
    """Where a check that the act rests on is recorded as not done, a named person must do it first.

    Source: UK GDPR Art 5(2); Caldicott principle 6
    Example:
        >>> a_check_was_not_done(Situation.where(identity_verified=False))
        True
    """
    return bool(s.facts) and s.failed_check


@refuse("OVR-105", owes=("offer_reason_and_challenge",))
def a_paper_that_no_longer_holds(s: Situation) -> bool:
    """What a power, an approval or an order gave must end with it: what was taken back, suspended or has run out gives nobody anything.

    Source: Mental Capacity Act 2005 ss13, 16(7) and 22; UK GDPR Art 5(2); Caldicott principle 6
    Example:
        >>> acts = dict(agency="none", role="deputy_or_attorney", relation="proxy", capacity="lacks", consent="cannot_consent", authority_verified=True)
        >>> a_paper_that_no_longer_holds(Situation.where(**acts, authority_revoked=True)), a_paper_that_no_longer_holds(Situation.where(**acts))
        (True, False)
    """
    return bool(s.facts) and s.lost_its_paper


@oblige("OVR-110", "record_basis", who=AT_WORK)
def every_answer_names_its_ground(s: Situation) -> bool:
    """Every answer to somebody at work must be stored with the basis that was claimed and the rules that decided.

    Source: UK GDPR Art 5(2); Caldicott principle 6
    Example:
        >>> every_answer_names_its_ground(Situation.where())
        True
    """
    return s.staff
