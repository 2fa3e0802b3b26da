"""What partners do as partners: the open book, declared needs."""

from alongside.confidentiality.rules.kinds import AT_WORK, KEEPS, allow, forbid, keep_back
from alongside.confidentiality.rules.situation import Situation


@allow("PSP-010", owes=("record_basis",), who=AT_WORK)
def the_book_is_open(s: Situation) -> bool:
    """Every partner may read what the partnership spends and on what.

    Source: Terms of the sharing agreement: open-book accounting
    Example:
        >>> the_book_is_open(Situation.where(agency="voluntary", relation="partnership_member", kind="none", category="finance_open_book"))
        True
    """
    member = s.relation == "partnership_member" or s.role in ("auditor", "analyst") and s.agency != "researcher"
    return s.staff and member and s.category == "finance_open_book" and s.verb in ("read", "report", "export")


@keep_back("PSP-015", "names", "personal_payments", "third_party_info", owes=("redact_third_party", "minimum_fields"), who=AT_WORK)
def the_book_names_nobody(s: Situation) -> bool:
    """The open book must show what was spent on which service, not which person it was spent on.

    Source: UK GDPR Art 5(1)(c); Local Government Transparency Code 2015: payments to individuals are redacted
    Example:
        >>> the_book_names_nobody(Situation.where(agency="voluntary", relation="partnership_member", kind="none", category="finance_open_book", about="mixed"))
        True
    """
    return s.staff and s.category == "finance_open_book" and s.about != "subject"


@forbid("PSP-020", owes=("ask_narrower", "log_denial"), act=KEEPS)
def nobody_needs_everything(s: Situation) -> bool:
    """A partner must not declare a need for whole records, or for staff and privileged matter; it must say which kind of item and what for.

    Source: Caldicott principles 1 to 4; UK GDPR Art 5(1)(b) and (c)
    Example:
        >>> nobody_needs_everything(Situation.where(verb="declare_need", relation="partnership_member", kind="none", category="whole_record"))
        True
    """
    never_needed = ("whole_record", "legal_advice", "workforce", "access_ledger", "police_intelligence", "gender_history", "adoption_history")
    return s.verb == "declare_need" and (s.category in never_needed or s.purpose == "none_stated")


@allow("PSP-030", owes=("review_date_set", "record_reason", "show_effect_before_confirming"), who=AT_WORK, act=KEEPS)
def a_partner_may_say_what_it_needs(s: Situation) -> bool:
    """A partner may declare which kind of item it needs to know of, and for what; the declaration is looked at again on a date.

    Source: Caldicott principles 1, 2 and 7; terms of the sharing agreement
    Example:
        >>> a_partner_may_say_what_it_needs(Situation.where(verb="declare_need", relation="partnership_member", kind="none", category="property_entry"))
        True
    """
    return s.staff and s.verb == "declare_need" and (s.relation in ("partnership_member", "supervisor") or s.involved)
