"""Courts, police and other authorities: what must be obeyed, what must be checked first, what is never theirs."""

from datetime import date

from alongside.confidentiality.rules.kinds import ALLOWED, AT_WORK, SENDS, allow, ask_first, duty, forbid, keep_back, oblige
from alongside.confidentiality.rules.situation import SAFEGUARDING, Situation

VICTIMS_RECORDS = date(2026, 4, 1)
"""By this day the police request provisions were seen in force; the exact day of commencement was not found."""


def order_seen(s: Situation) -> bool:
    """Whether somebody has seen and checked the court's order."""
    return s.known("order_document_verified") is True


@forbid("AUT-010", owes=("log_denial", "neutral_denial", "notify_caldicott_guardian", "notify_supervisor", "escalate", "record_reason"), hides=True)
def help_is_not_immigration_control(s: Situation) -> bool:
    """What people told those who help them must not be used to control immigration, nor may we say whether we know somebody.

    Source: UK GDPR Art 5(1)(b); common law duty of confidence; Domestic Abuse Commissioner, Safety Before Status (2023)
    Example:
        >>> help_is_not_immigration_control(Situation.where(agency="immigration_enforcement", role="officer", relation="none", purpose="immigration_control"))
        True
    """
    return s.agency == "immigration_enforcement" or s.recipient == "immigration_enforcement" or s.purpose == "immigration_control"


@duty("AUT-020", owes=("record_basis", "minimum_fields", "record_reason", "acknowledge_due"))
def an_order_is_obeyed(s: Situation) -> bool:
    """What a court has ordered must be given, so far as the order goes, once somebody has seen the order.

    Source: Data Protection Act 2018 Sch 2 para 5; Family Procedure Rules; Criminal Procedure Rules
    Example:
        >>> an_order_is_obeyed(Situation.where(agency="police", relation="none", verb="share_to", recipient="police", basis="court_order", order_document_verified=True))
        True
        >>> an_order_is_obeyed(Situation.where(agency="police", relation="none", verb="share_to", recipient="police", basis="court_order"))
        False
        >>> order = dict(agency="police", relation="none", verb="share_to", recipient="police", basis="court_order", order_document_verified=True)
        >>> an_order_is_obeyed(Situation.where(**order, scope_specific=False))
        False
    """
    to_whom_it_serves = s.demand or s.recipient in ("court_service", "police") or s.staff and s.sending and s.purpose == "court_proceedings"
    return s.basis == "court_order" and order_seen(s) and to_whom_it_serves and not s.to_family and s.known("scope_specific") is not False


@ask_first("AUT-030", owes=("record_basis", "second_person_approval", "offer_reason_and_challenge"))
def show_the_order(s: Situation) -> bool:
    """Somebody who says that a court has ordered it must show the order to a named person before anything is released, unless grave harm cannot wait for paper.

    Source: Data Protection Act 2018 Sch 2 paras 2 and 5: only so far as required
    Example:
        >>> asks = dict(agency="police", relation="none", verb="share_to", recipient="police", basis="court_order", order_document_verified=False)
        >>> show_the_order(Situation.where(**asks)), show_the_order(Situation.where(**asks, not_acting="significant_harm"))
        (True, False)
    """
    asked = s.demand and not s.grave or s.sending and not s.demand and s.purpose in ("court_proceedings", "crime_investigation")
    return s.basis == "court_order" and not order_seen(s) and asked


@ask_first("AUT-040", owes=("record_basis", "second_person_approval", "tell_person", "ask_narrower", "notify_caldicott_guardian"), since=VICTIMS_RECORDS, who=AT_WORK)
def a_victims_confidences_are_presumed_private(s: Situation) -> bool:
    """A police request for a victim's counselling notes must name what it needs and why; the victim is told and a second person decides.

    Source: Police, Crime, Sentencing and Courts Act 2022 ss44A to 44D
    Example:
        >>> asks = dict(agency="police", role="police_officer", relation="none", verb="share_to", recipient="police", purpose="crime_investigation")
        >>> a_victims_confidences_are_presumed_private(Situation.where(**asks, category="counselling_notes", scope_specific=False))
        True
    """
    return s.demand and s.category == "counselling_notes" and s.known("scope_specific") is not True


@ask_first("AUT-050", owes=("record_basis", "second_person_approval"), who=AT_WORK)
def a_request_is_not_an_order(s: Situation) -> bool:
    """An authority that asks without an order must say exactly what it needs and why, and a named person must decide.

    Source: Data Protection Act 2018 Sch 2 para 2: only so far as not disclosing would be likely to prejudice
    Example:
        >>> a_request_is_not_an_order(Situation.where(agency="police", relation="none", verb="share_to", recipient="police", purpose="crime_investigation"))
        True
    """
    return s.demand and not (s.known("scope_specific") is True or s.grave)


@allow("AUT-060", owes=("record_basis", "minimum_fields", "tell_person", "second_person_approval", "record_reason"), who=AT_WORK)
def a_narrow_request_may_be_met(s: Situation) -> bool:
    """A request by the police that names what it needs for an investigation, or for preventing grave harm, may be met in that part.

    Source: Data Protection Act 2018 Sch 2 para 2; Police, Crime, Sentencing and Courts Act 2022 s44A
    Example:
        >>> asks = dict(agency="police", role="police_officer", relation="none", verb="share_to", recipient="police", purpose="crime_investigation")
        >>> a_narrow_request_may_be_met(Situation.where(**asks, scope_specific=True))
        True
    """
    return s.demand and (s.known("scope_specific") is True or s.grave)


@keep_back("AUT-070", "everything_outside_the_request", "third_party_info", owes=("minimum_fields", "redact_third_party"), who=AT_WORK)
def not_a_line_beyond_the_request(s: Situation) -> bool:
    """An authority must get only the part it named; nothing that lies beside it.

    Source: Data Protection Act 2018 Sch 2 para 2; Police, Crime, Sentencing and Courts Act 2022 s44A(5)
    Example:
        >>> not_a_line_beyond_the_request(Situation.where(agency="police", relation="none", verb="share_to", recipient="police"))
        True
    """
    return s.demand and not s.life and not (s.basis == "court_order" and order_seen(s))


@allow("AUT-080", owes=("sealed_delivery", "record_basis", "second_person_approval", "minimum_fields", "do_not_forward"), who=AT_WORK, act=SENDS)
def the_court_may_have_it(s: Situation) -> bool:
    """Those on the case may give a court what its proceedings need, addresses in a sealed part.

    Source: Family Procedure Rules 2010 r29.1 (personal details kept from the parties) and r12.73
    Example:
        >>> the_court_may_have_it(Situation.where(verb="share_to", recipient="court_service", channel="sealed", purpose="court_proceedings", consent="refused"))
        True
    """
    return s.involved and s.sending and s.recipient == "court_service" and s.purpose in SAFEGUARDING | {"court_proceedings"}


@oblige("AUT-090", "tell_person", on=ALLOWED, who=AT_WORK)
def nobody_is_handed_over_unknowing(s: Situation) -> bool:
    """The person must be told that an authority was given something about them, unless telling would defeat an enquiry.

    Source: UK GDPR Art 5(1)(a) and 13; Caldicott principle 8
    Example:
        >>> nobody_is_handed_over_unknowing(Situation.where(agency="police", relation="none", verb="share_to", recipient="police"))
        True
    """
    return s.demand and not s.noted("covert")
