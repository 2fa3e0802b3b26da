"""The sharing agreement and the needs that partners have declared under it: when either is missing, the tap is closed."""

from alongside.confidentiality.rules.kinds import ALLOWED, AT_WORK, REFUSED, SENDS, allow, ask_first, keep_back, oblige, refuse
from alongside.confidentiality.rules.numbers import approved, beyond_care
from alongside.confidentiality.rules.situation import COUNCIL_CARE, STATUTORY_RECIPIENTS, Situation

PUBLIC_BODIES = frozenset({"council_children", "council_adults", "council_children_other_area", "council_housing", "police", "school", "court_service", "home_office"})
ONE_HOUSE = frozenset({"delete", "merge", "correct", "change_access"})
NOT_A_READER = frozenset({"self", "person", "parent", "ex_partner", "birth_family", "court_service"})
STATES = frozenset({"expired", "draft", "none"})


def needs_terms(s: Situation) -> bool:
    """Whether the act passes information between agencies and so stands on their agreement.

    It does not for what an agency does in its own house, for an authority's demand, for what goes to the person, the family or the court,
    nor where the person has agreed to a named public body.
    """
    if not s.staff or s.demand or s.verb in ONE_HOUSE:
        return False
    if s.sending:
        return s.recipient not in NOT_A_READER and not (s.agreed and s.recipient in PUBLIC_BODIES)
    return s.reading or s.verb == "declare_need"


def reads_for_a_partner(s: Situation) -> bool:
    """A worker on the case whose need rests on what their agency declared. A council's social worker who holds the case needs it by that."""
    return s.relation in ("allocated", "referred_to") and not (s.agency in COUNCIL_CARE and s.role == "social_worker")


@refuse("AGR-010", owes=("notify_partnership_lead",))
def no_agreement_in_force(s: Situation) -> bool:
    """Without an agreement in force, signed by all and not run out, nothing must pass between agencies.

    Source: UK GDPR Art 26 and 28; Caldicott principle 6
    Example:
        >>> no_agreement_in_force(Situation.where(agency="voluntary", agreement="expired"))
        True
    """
    research_on_its_own_terms = s.agreement == "none" and beyond_care(s) and approved(s)
    return s.agreement in STATES and needs_terms(s) and not research_on_its_own_terms


@refuse("AGR-020", owes=("notify_partnership_lead",))
def the_agency_has_left(s: Situation) -> bool:
    """An agency that has left must not read what is written after it left, nor receive anything more.

    Source: Terms of the sharing agreement; Caldicott principle 4
    Example:
        >>> the_agency_has_left(Situation.where(agency="voluntary", agreement="withdrawn_by_agency"))
        True
    """
    return s.agreement == "withdrawn_by_agency" and needs_terms(s) and not what_it_wrote_itself(s)


def what_it_wrote_itself(s: Situation) -> bool:
    """An agency that has left asks for a copy of its own part."""
    return s.agreement == "withdrawn_by_agency" and s.verb == "export" and s.purpose in ("retention", "partnership_governance")


@ask_first("AGR-025", owes=("redact_third_party", "second_person_approval", "notify_partnership_lead"), who=AT_WORK)
def taking_ones_own_part_along(s: Situation) -> bool:
    """An agency that has left may ask for a copy of what it wrote itself; a named person cuts it out of the rest.

    Source: UK GDPR Art 26; exit terms of the sharing agreement
    Example:
        >>> taking_ones_own_part_along(Situation.where(agency="voluntary", agreement="withdrawn_by_agency", verb="export", purpose="retention"))
        True
    """
    return s.staff and what_it_wrote_itself(s)


@refuse("AGR-030", owes=("notify_partnership_lead", "ask_narrower"))
def not_what_was_agreed(s: Situation) -> bool:
    """An agreement must cover both the purpose and the kind of information; what it does not name does not pass.

    Source: UK GDPR Art 5(1)(b) and 26; Caldicott principles 2 and 6
    Example:
        >>> not_what_was_agreed(Situation.where(agency="voluntary", covers=False))
        True
    """
    return s.agreement == "in_force" and not s.terms_hold and needs_terms(s)


@refuse("AGR-040", owes=("route_to_right_recipient", "ask_narrower", "record_reason"), who=AT_WORK)
def nobody_asked_for_it(s: Situation) -> bool:
    """An item must not be sent to a partner, or read by one's worker, that has not declared a need for this kind of item for this purpose.

    Source: Caldicott principles 2 and 4; UK GDPR Art 5(1)(c)
    Example:
        >>> nobody_asked_for_it(Situation.where(verb="share_to", recipient="voluntary", need="not_declared"))
        True
        >>> nobody_asked_for_it(Situation.where(verb="share_to", recipient="all_partners", category="whole_record", need="not_declared"))
        False
    """
    if s.need_declared or not s.staff or s.demand or s.kind == "none":
        return False
    to_one = s.sending and s.recipient not in NOT_A_READER | {"all_partners", "declared_recipients"} and s.category != "whole_record"
    by_one = s.verb in ("read", "api_read") and reads_for_a_partner(s) and s.category != "whole_record"
    return to_one or by_one


@keep_back("AGR-050", "everything_no_recipient_declared_a_need_for", owes=("minimum_fields", "record_reason"))
def only_what_was_asked_for(s: Situation) -> bool:
    """What goes to several partners, or goes whole, must be cut to what each has declared a need for.

    Source: Caldicott principles 2 and 3; UK GDPR Art 5(1)(c)
    Example:
        >>> only_what_was_asked_for(Situation.where(verb="share_to", recipient="all_partners", category="whole_record", need="not_declared"))
        True
        >>> only_what_was_asked_for(Situation.where(verb="share_to", recipient="declared_recipients", category="whole_record"))
        False
    """
    if s.sending:
        to_agencies = s.staff and s.recipient not in NOT_A_READER and not s.demand
        owed = s.recipient not in ("all_partners", "declared_recipients") and (s.grave or s.some_risk and s.recipient in STATUTORY_RECIPIENTS | {"home_office"})
        return to_agencies and (s.recipient == "all_partners" or not s.need_declared) and not owed
    return s.staff and s.reading and s.category == "whole_record" and not s.need_declared and reads_for_a_partner(s) and not s.grave


@allow("AGR-060")
def partners_on_the_case_share(s: Situation) -> bool:
    """Those on the case may share, under an agreement, what a partner has declared a need for and nobody has refused.

    Source: UK GDPR Art 6(1)(e) and 9(2)(h); Health and Social Care Act 2012 s251B; Children Act 2004 s10; Care Act 2014 s6
    Example:
        >>> partners_on_the_case_share(Situation.where(verb="share_to", recipient="voluntary"))
        True
    """
    at_their_wish = s.recipient != "home_office" or s.agreed
    to_agency = s.sending and s.recipient is not None and s.recipient not in NOT_A_READER and at_their_wish
    holds = s.involved or s.staff and s.relation in ("previously_involved", "records_role") and s.agreed
    return to_agency and holds and s.verb != "print_letter"


@oblige("AGR-070", "record_reason", on=ALLOWED, act=SENDS)
def sharing_widely_needs_a_reason(s: Situation) -> bool:
    """Whoever shares with several partners, or a whole record, must say why.

    Source: Caldicott principle 1
    Example:
        >>> sharing_widely_needs_a_reason(Situation.where(verb="share_to", recipient="declared_recipients", category="whole_record"))
        True
    """
    return s.sending and (s.recipient in ("all_partners", "declared_recipients") or s.category == "whole_record")


@oblige("AGR-080", "notify_partnership_lead", on=REFUSED, who=AT_WORK)
def a_lapse_is_somebodys_to_mend(s: Situation) -> bool:
    """The partnership's lead must hear at once when an agreement that has run out or was never signed stops work.

    Source: Caldicott principle 6; UK GDPR Art 5(2)
    Example:
        >>> a_lapse_is_somebodys_to_mend(Situation.where(agency="voluntary", agreement="draft"))
        True
    """
    return s.staff and s.agreement in ("expired", "draft")
