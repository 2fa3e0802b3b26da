"""Keeping, correcting, joining and disposing of records."""

from alongside.confidentiality.rules.kinds import ALLOWED, AT_WORK, KEEPS, allow, ask_first, duty, forbid, oblige, refuse
from alongside.confidentiality.rules.situation import Situation

KEEPERS = frozenset({"records_manager", "administrator"})


def keeps_records(s: Situation) -> bool:
    """Somebody on records office duty."""
    return s.staff and (s.relation == "records_role" or s.role == "records_manager" or s.role == "administrator" and s.purpose == "data_quality")


def on_hold(s: Situation) -> bool:
    """A hold is on file, or somebody says that there is one: a claim that only keeps things safe may be believed."""
    return s.noted("hold") or s.noted("inquiry") or s.noted("litigation") or s.basis == "legal_hold"


@forbid("KEP-010", owes=("log_denial", "review_date_set", "record_reason", "record_basis"), act=KEEPS)
def a_hold_stops_disposal(s: Situation) -> bool:
    """Nothing must be disposed of while an inquiry, a claim or a court needs it; the hold has a date on which it is looked at.

    Source: Inquiries Act 2005 s35; UK GDPR Art 17(3)(e) and 18; Limitation Act 1980
    Example:
        >>> a_hold_stops_disposal(Situation.where(verb="delete", relation="records_role", purpose="retention", legal_hold=True))
        True
    """
    return s.verb == "delete" and on_hold(s)


@allow("KEP-020", owes=("second_person_approval", "keep_proof_of_disposal", "record_basis"), who=AT_WORK, act=KEEPS)
def what_has_served_its_time_goes(s: Situation) -> bool:
    """The records office must dispose of what has reached the end of its time, with a second person and a proof of what class went.

    Source: UK GDPR Art 5(1)(e) and 5(2)
    Example:
        >>> what_has_served_its_time_goes(Situation.where(verb="delete", relation="records_role", role="records_manager", purpose="retention"))
        True
    """
    return s.verb == "delete" and keeps_records(s) and s.purpose == "retention"


@ask_first("KEP-030", owes=("second_person_approval", "record_reason", "review_date_set", "review_if_risk_changes"), who=AT_WORK, act=KEEPS)
def a_risk_is_no_time_for_disposal(s: Situation) -> bool:
    """What bears on a risk that is still open must not be disposed of before somebody has looked at it.

    Source: Data Protection Act 2018 Sch 1 para 18; retention guidance of the child abuse inquiry
    Example:
        >>> a_risk_is_no_time_for_disposal(Situation.where(verb="delete", relation="records_role", purpose="retention", not_acting="possible"))
        True
    """
    return s.verb == "delete" and keeps_records(s) and s.some_risk


@forbid("KEP-040", owes=("log_denial", "offer_correction_note", "route_to_right_recipient", "keep_history_visible"), who=AT_WORK, act=KEEPS)
def staff_do_not_delete(s: Situation) -> bool:
    """Staff must not delete what is written; a mistake is corrected in sight, and disposal is the records office's.

    Source: UK GDPR Art 5(1)(f) and 5(2); professional duties to keep records
    Example:
        >>> staff_do_not_delete(Situation.where(verb="delete"))
        True
    """
    return s.staff and s.verb == "delete" and not (keeps_records(s) and s.purpose == "retention")


@allow("KEP-050", owes=("second_person_approval", "keep_history_visible", "show_effect_before_confirming", "record_reason", "tell_recipients"), who=AT_WORK, act=KEEPS)
def two_records_of_one_person(s: Situation) -> bool:
    """The records office may join two records that are one person's, with a second person, so that it can be undone.

    Source: UK GDPR Art 5(1)(d) and 16
    Example:
        >>> two_records_of_one_person(Situation.where(verb="merge", relation="records_role", role="records_manager", purpose="data_quality"))
        True
    """
    return s.verb == "merge" and keeps_records(s) and s.purpose == "data_quality"


@duty("KEP-055", owes=("show_effect_before_confirming", "record_reason", "record_basis"), who=AT_WORK, act=KEEPS)
def a_protection_that_is_over_ends(s: Situation) -> bool:
    """A marker that hides who somebody is must end when what it protected from is over: a records office asks, and a second person who watches over the record agrees.

    Source: UK GDPR Art 5(1)(d); a marker kept too long hides a person from those who must help
    Example:
        >>> over = dict(relation="records_role", role="records_manager", verb="change_access", category="index_entry", purpose="data_quality", flags=("identity_protected",))
        >>> a_protection_that_is_over_ends(Situation.where(**over, protection_over=True)), a_protection_that_is_over_ends(Situation.where(**over))
        (True, False)
        >>> a_protection_that_is_over_ends(Situation.where(verb="change_access", purpose="data_quality", role="teacher", protection_over=True))
        False
    """
    answers = keeps_records(s) or s.role in ("caldicott_guardian", "manager")
    return answers and s.staff and s.verb == "change_access" and s.purpose == "data_quality" and s.known("protection_over") is True and s.known("training_current") is not False


@allow("KEP-057", owes=("record_reason", "record_basis", "tell_person"), who=AT_WORK, act=KEEPS)
def those_who_were_seen_come_in(s: Situation) -> bool:
    """A records office may let the person, or somebody with authority over their care, come to read the record, when whoever works with them has seen who they are; and a helper whom the person chose.

    Source: UK GDPR Art 12(6) and 15; Mental Capacity Act 2005 s9 and s16; common law duty of confidence for a helper
    Example:
        >>> asked = dict(relation="records_role", role="records_manager", verb="change_access", category="index_entry", purpose="rights_request")
        >>> those_who_were_seen_come_in(Situation.where(**asked, identity_seen=True)), those_who_were_seen_come_in(Situation.where(**asked))
        (True, False)
        >>> those_who_were_seen_come_in(Situation.where(**asked, chosen_by_person=True))
        True
    """
    known = s.known("identity_seen") is True or s.known("chosen_by_person") is True
    return keeps_records(s) and s.verb == "change_access" and s.purpose == "rights_request" and known and s.known("training_current") is not False


@allow("KEP-060", owes=("keep_history_visible", "tell_recipients", "record_reason"), who=AT_WORK, act=KEEPS)
def a_mistake_is_put_right(s: Situation) -> bool:
    """Those on the case, and the records office, may put a mistake right; the earlier version stays, and everyone who read or received it is told.

    Source: UK GDPR Art 5(1)(d), 16 and 19
    Example:
        >>> a_mistake_is_put_right(Situation.where(verb="correct", purpose="data_quality"))
        True
    """
    return s.verb == "correct" and (s.involved or keeps_records(s))


@oblige("KEP-070", "keep_history_visible", "tell_recipients", on=ALLOWED, act=KEEPS)
def corrections_chase_their_readers(s: Situation) -> bool:
    """A correction must leave the earlier version readable to those entitled, and reach everyone who read or received it.

    Source: UK GDPR Art 19
    Example:
        >>> corrections_chase_their_readers(Situation.where(verb="correct"))
        True
    """
    return s.verb in ("correct", "merge")


@allow("KEP-080", owes=("redact_third_party", "second_person_approval", "record_basis"), who=AT_WORK)
def preparing_an_answer_to_the_person(s: Situation) -> bool:
    """The records office may open a record to prepare the answer to a person who asked for their own.

    Source: UK GDPR Art 12(3) and 15
    Example:
        >>> preparing_an_answer_to_the_person(Situation.where(verb="export", relation="records_role", role="records_manager", purpose="subject_access"))
        True
    """
    return keeps_records(s) and s.verb in ("read", "export") and s.purpose in ("subject_access", "rights_request")


@allow("KEP-090", owes=("record_reason", "show_effect_before_confirming", "review_date_set", "keep_statutory_floor"), who=AT_WORK, act=KEEPS)
def a_worker_may_close_a_record_further(s: Situation) -> bool:
    """Those on the case may restrict a record further to protect somebody; the restriction has a date on which it is looked at.

    Source: UK GDPR Art 18, 25 and 32
    Example:
        >>> a_worker_may_close_a_record_further(Situation.where(verb="change_access"))
        True
    """
    return s.involved and s.verb == "change_access"


@refuse("KEP-095", owes=("seek_persons_own_view", "record_reason", "review_if_risk_changes"), who=AT_WORK, act=KEEPS)
def not_against_their_own_choice(s: Situation) -> bool:
    """Staff must not change who may see a record against the word of the person whose it is, where nobody is at risk.

    Source: UK GDPR Art 18 and 21; Caldicott principle 8; Mental Capacity Act 2005 s1(4)
    Example:
        >>> not_against_their_own_choice(Situation.where(verb="change_access", consent="refused"))
        True
        >>> not_against_their_own_choice(Situation.where(verb="change_access", consent="refused", not_acting="possible"))
        False
    """
    return s.staff and s.verb == "change_access" and s.said_no and not s.some_risk and not s.harm


@refuse("KEP-100", owes=("route_to_right_recipient",), who=AT_WORK)
def the_office_keeps_but_does_not_read(s: Situation) -> bool:
    """Records office duty must not be used to read or pass on what somebody's care or protection needs.

    Source: Caldicott principle 4
    Example:
        >>> the_office_keeps_but_does_not_read(Situation.where(relation="records_role", purpose="direct_care"))
        True
    """
    return (
        s.staff
        and s.relation == "records_role"
        and (s.reading or s.sending)
        and s.purpose not in ("subject_access", "rights_request", "retention", "data_quality", "court_proceedings", "audit")
    )
