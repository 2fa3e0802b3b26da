"""The record's own life: how long it is kept, what holds it, and what partners may ask and know of the partnership itself."""

from alongside.confidentiality.rules.kinds import allow, duty, forbid, keep_back, refuse
from alongside.confidentiality.rules.situation import Situation


def disposal(s: Situation) -> bool:
    return s.staff and s.verb == "delete" and s.purpose == "retention"


@allow("UPK-010", owes=("second_person_approval", "keep_proof_of_disposal", "record_basis"))
def time_is_over(s: Situation) -> bool:
    """The records office may dispose of what its time is over for, when a second person agrees, and proof of it stays.

    Source: UK GDPR Art 5(1)(e)
    Example:
        >>> time_is_over(Situation.where(role="records_manager", relation="records_role", verb="delete", purpose="retention"))
        True
    """
    return disposal(s) and (s.relation == "records_role" or s.role == "records_manager") and not s.noted("hold") and not s.noted("inquiry")


@refuse("UPK-020", owes=("review_date_set", "record_reason"))
def held(s: Situation) -> bool:
    """What a court, an inquiry or a claim holds must not be disposed of before the hold ends.

    Source: Inquiries Act 2005 s35; UK GDPR Art 17(3)(e)
    Example:
        >>> held(Situation.where(role="records_manager", relation="records_role", verb="delete", purpose="retention", legal_hold=True))
        True
    """
    return disposal(s) and (s.noted("hold") or s.noted("inquiry") or s.basis == "legal_hold")


@allow("UPK-030")
def open_book(s: Situation) -> bool:
    """Every member of a partnership in force may read its open book.

    Source: the partnership's own agreement: books open to all partners
    Example:
        >>> open_book(Situation.where(relation="partnership_member", kind="none", category="finance_open_book", purpose="partnership_governance"))
        True
    """
    return s.staff and s.category == "finance_open_book" and s.relation == "partnership_member" and s.terms_hold and s.verb in ("read", "report", "export")


@refuse("UPK-040", owes=("ask_narrower",))
def need_for_everything(s: Situation) -> bool:
    """A partner must say what it needs to know and what for; everything about everyone is no need.

    Source: Caldicott principles 1 to 4
    Example:
        >>> need_for_everything(Situation.where(relation="partnership_member", kind="none", category="whole_record", verb="declare_need"))
        True
    """
    return s.verb == "declare_need" and (s.category == "whole_record" or not s.terms_hold)


@allow("UPK-050", owes=("record_reason", "review_date_set"))
def declared_need(s: Situation) -> bool:
    """A partner's manager or lead may declare that it needs to know one kind of thing for one purpose.

    Source: a decision of this product: the receiver says what it must know
    Example:
        >>> declared_need(Situation.where(relation="partnership_member", kind="none", category="education", verb="declare_need", purpose="safeguarding_child"))
        True
    """
    return s.verb == "declare_need" and s.staff and s.category != "whole_record" and s.terms_hold


@duty("UPK-060", owes=("acknowledge_due", "route_to_right_recipient", "record_reason"))
def anybody_may_report(s: Situation) -> bool:
    """A worry about somebody's safety must be taken from anybody, and goes to who must act on it; it opens nothing to the sender.

    Source: a decision of this product: the duty to listen does not depend on who speaks
    Example:
        >>> anybody_may_report(Situation.where(agency="none", role="parent", relation="parental_responsibility", kind="child", category="safeguarding_concern", verb="write", not_acting="possible"))
        True
    """
    return not s.staff and s.category == "safeguarding_concern" and s.verb in ("write", "message") and s.some_risk and not s.themself


@forbid("UPK-070", owes=("neutral_denial", "log_denial", "do_not_tell_perpetrator", "notify_allocated_worker"), hides=True)
def suspect_acting_for_the_person(s: Situation) -> bool:
    """Whoever is suspected of harming the person must not read about it in their name.

    Source: Mental Capacity Act 2005 s22; Care Act 2014 s42
    Example:
        >>> suspect_acting_for_the_person(Situation.where(agency="none", role="deputy_or_attorney", relation="proxy", actor_is_alleged_perpetrator=True))
        True
    """
    return (s.proxy or s.family) and (s.noted("perpetrator") or s.noted("suspect")) and s.verb != "write"


@keep_back("UPK-080", "home_address", "whereabouts")
def no_address_needed_to_save_a_life(s: Situation) -> bool:
    """Emergency access must not show where somebody in hiding lives: nobody needs it to treat them.

    Source: Caldicott principle 3
    Example:
        >>> no_address_needed_to_save_a_life(Situation.where(verb="break_glass", flags=("address_concealed",), not_acting="imminent_life"))
        True
    """
    return s.verb == "break_glass" and bool(s.flags & {"address_concealed", "restricted_record", "identity_protected"})
