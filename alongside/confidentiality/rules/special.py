"""Information that law protects more than the rest: histories of gender, adoption and crime, confidences, keys to a home."""

from datetime import date

from alongside.confidentiality.rules.kinds import ALLOWED, AT_HOME, AT_WORK, READS, SENDS, allow, ask_first, forbid, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import COUNCIL_CARE, HEALTH, SAFEGUARDING, Situation

CARE_IN_HEALTH = frozenset({"direct_care", "emergency_life", "hospital_discharge"})
CRIMINAL_JUSTICE = frozenset({"police", "probation"})
CONFIDENCES = frozenset({"sexual_health", "counselling_notes"})
FULL_READERS = frozenset(
    {"social_worker", "safeguarding_lead", "family_nurse", "nurse", "doctor", "police_officer", "team_manager", "manager", "idva", "officer", "caldicott_guardian"}
)
COUNCILS = COUNCIL_CARE | {"council_housing", "council_commissioning"}


@refuse("SPE-010", since=date(2005, 4, 4), owes=("neutral_denial",), hides=True)
def gender_history_needs_leave(s: Situation) -> bool:
    """The gender history of somebody with a certificate must not be disclosed without their agreement, nor shown to exist.

    Source: Gender Recognition Act 2004 s22, in force 4 April 2005
    Example:
        >>> gender_history_needs_leave(Situation.where(category="gender_history", verb="share_to", recipient="council_housing", consent="refused"))
        True
        >>> gender_history_needs_leave(Situation.where(category="gender_history", verb="share_to", recipient="council_housing", consent="given"))
        False
    """
    return s.category == "gender_history" and not s.themself and not ((s.agreed or s.limited) and s.consent_by in (None, "person"))


@keep_back("SPE-020", "gender_history", since=date(2005, 4, 4))
def gender_history_stays_out_of_the_rest(s: Situation) -> bool:
    """A whole record that goes out must leave out a protected gender history.

    Source: Gender Recognition Act 2004 s22
    Example:
        >>> gender_history_stays_out_of_the_rest(Situation.where(category="whole_record", verb="share_to", recipient="voluntary", flags=("gender_recognition",)))
        True
    """
    return "gender_recognition" in s.flags and s.category == "whole_record" and not s.themself


@refuse("SPE-030", since=date(2005, 12, 30), owes=("neutral_denial", "route_to_right_recipient"), hides=True)
def adoption_history_is_for_adoption_support(s: Situation) -> bool:
    """An adoption history must be opened only for adoption support, by those who give it, or by the adopted person as an adult.

    Source: Adoption and Children Act 2002 ss56 to 65, in force 30 December 2005
    Example:
        >>> adoption_history_is_for_adoption_support(Situation.where(category="adoption_history", purpose="direct_care"))
        True
        >>> adoption_history_is_for_adoption_support(Situation.where(category="adoption_history", purpose="adoption_support", agency="council_children"))
        False
    """
    if s.category != "adoption_history":
        return False
    supporter = s.involved and s.purpose in ("adoption_support", "court_proceedings")
    grown_up = s.themself and s.kind == "adult"  # and see SPE-035
    adopter = s.parent and s.purpose == "adoption_support"
    return not (supporter or grown_up or adopter)


@ask_first(
    "SPE-035",
    since=date(2005, 12, 30),
    owes=("second_person_approval", "redact_third_party", "offer_safe_channel", "route_to_right_recipient", "offer_reason_and_challenge"),
    who=AT_HOME,
    act=READS,
)
def an_adopted_adults_own_history(s: Situation) -> bool:
    """An adopted adult's own history must be opened by the adoption agency with support, where other people are in it or may be hurt by it.

    Source: Adoption and Children Act 2002 ss60 to 63; Data Protection Act 2018 Sch 4 para 3
    Example:
        >>> an_adopted_adults_own_history(Situation.where(agency="none", role="person", relation="self", category="adoption_history", about="mixed"))
        True
    """
    return s.themself and s.category == "adoption_history" and s.reading and (s.about != "subject" or s.harm)


@keep_back("SPE-040", "third_party_info", "birth_family_address", owes=("redact_third_party", "second_person_approval", "offer_safe_channel"), who=AT_HOME)
def two_families_in_one_history(s: Situation) -> bool:
    """Who reads an adoption history from one side must not thereby find the other family.

    Source: Adoption and Children Act 2002 ss57 and 60
    Example:
        >>> two_families_in_one_history(Situation.where(agency="none", role="person", relation="self", category="adoption_history", about="mixed"))
        True
    """
    return s.category == "adoption_history" and not s.staff and (s.about != "subject" or s.parent)


@keep_back("SPE-050", "adoption_history", "birth_family_identity", since=date(2005, 12, 30), act=SENDS)
def adoption_stays_out_of_the_rest(s: Situation) -> bool:
    """A whole record that goes out must leave out the adoption history.

    Source: Adoption and Children Act 2002 s57
    Example:
        >>> adoption_stays_out_of_the_rest(Situation.where(category="whole_record", verb="share_to", recipient="school", flags=("adopted",)))
        True
    """
    return "adopted" in s.flags and s.category == "whole_record" and s.sending and s.purpose != "adoption_support"


@refuse("SPE-060", owes=("neutral_denial",), hides=True)
def police_intelligence_stays_with_police(s: Situation) -> bool:
    """Police intelligence must stay with the police, unless they themselves pass on what keeps somebody safe.

    Source: Data Protection Act 2018 Part 3; College of Policing: Management of Police Information
    Example:
        >>> police_intelligence_stays_with_police(Situation.where(category="police_intelligence"))
        True
    """
    if s.category != "police_intelligence":
        return False
    police_on_the_case = s.agency == "police" and s.involved
    passes_on_for_safety = police_on_the_case and s.sending and s.purpose in SAFEGUARDING and s.some_risk
    return not (passes_on_for_safety or police_on_the_case and not s.sending)


@ask_first("SPE-070", owes=("second_person_approval", "do_not_forward", "sealed_delivery", "minimum_fields", "record_reason"), who=AT_WORK, act=SENDS)
def intelligence_is_weighed_before_it_is_shared(s: Situation) -> bool:
    """Police intelligence must be weighed by a second officer before any of it is shared where no significant harm is recorded.

    Source: College of Policing: Management of Police Information
    Example:
        >>> intelligence_is_weighed_before_it_is_shared(Situation.where(agency="police", category="police_intelligence", verb="share_to", recipient="school"))
        True
    """
    return s.category == "police_intelligence" and s.sending and s.agency == "police"


@refuse("SPE-080", since=date(1975, 7, 1), owes=("record_reason",))
def spent_is_spent(s: Situation) -> bool:
    """A spent conviction must not be disclosed outside criminal justice, unless the person agrees or somebody would come to serious harm.

    Source: Rehabilitation of Offenders Act 1974 s9, in force 1 July 1975; UK GDPR Art 10
    Example:
        >>> spent_is_spent(Situation.where(category="spent_conviction", verb="share_to", recipient="council_housing", consent="not_sought"))
        True
    """
    if s.category != "spent_conviction" or s.themself or s.agreed or s.grave:
        return False
    return s.sending and s.recipient not in ("police", "court_service") or s.staff and s.agency not in CRIMINAL_JUSTICE and not (s.purpose in SAFEGUARDING and s.involved)


@refuse("SPE-090", owes=("record_reason", "redact_third_party"), act=SENDS)
def an_allegation_is_no_conviction(s: Situation) -> bool:
    """An allegation of crime must not go beyond those who act on it, unless the person agrees or somebody would come to serious harm.

    Source: UK GDPR Art 10; Data Protection Act 2018 Sch 1 paras 10 and 18
    Example:
        >>> an_allegation_is_no_conviction(Situation.where(category="criminal_allegation", verb="share_to", recipient="council_housing", consent="not_sought"))
        True
    """
    acts_on_it = s.recipient in ("police", "council_children", "council_adults", "council_children_other_area", "risk_conference", "court_service") or s.letter_home
    return s.category == "criminal_allegation" and s.sending and not acts_on_it and not s.agreed


@refuse("SPE-100", owes=("neutral_denial", "seek_persons_own_view"), hides=True, who=AT_WORK)
def a_confidence_stays_where_it_was_told(s: Situation) -> bool:
    """Counselling notes and sexual health must not be read or sent outside the care in which they were told, unless the person agrees or those on the case must prevent grave harm.

    Source: common law duty of confidence; UK GDPR Art 9; NHS Trusts and Primary Care Trusts (Sexually Transmitted Diseases) Directions
    Example:
        >>> a_confidence_stays_where_it_was_told(Situation.where(category="sexual_health", consent="not_sought"))
        True
        >>> a_confidence_stays_where_it_was_told(Situation.where(category="sexual_health", agency="nhs_community", role="nurse", consent="not_needed"))
        False
        >>> a_confidence_stays_where_it_was_told(Situation.where(category="sexual_health", verb="write", consent="not_sought"))
        False
    """
    if s.category not in CONFIDENCES or not s.staff or s.verb == "write" or s.demand or s.agreed or s.limited or s.letter_home:
        return False
    told_here = s.involved and not s.sending and (s.agency in HEALTH or s.agency == "voluntary" and s.category == "counselling_notes") and s.purpose in CARE_IN_HEALTH | SAFEGUARDING
    to_keep_safe = s.involved and s.reading and s.grave and s.purpose in SAFEGUARDING and s.role in FULL_READERS and s.agency != "police"
    return not (told_here or to_keep_safe)


@refuse("SPE-110", owes=("neutral_denial", "record_reason"), hides=True, who=AT_WORK)
def immigration_status_is_not_for_passing_on(s: Situation) -> bool:
    """Somebody's immigration status must be used only with their agreement, or by the worker who helps with it.

    Source: UK GDPR Art 5(1)(b); Domestic Abuse Commissioner, Safety Before Status (2023)
    Example:
        >>> immigration_status_is_not_for_passing_on(Situation.where(category="immigration_status", verb="share_to", recipient="council_housing", consent="not_needed"))
        True
    """
    if s.category != "immigration_status" or not s.staff or s.agreed or s.limited:
        return False
    return s.sending and not (s.cannot_agree or s.letter_home or s.recipient == "court_service") or s.said_no


@refuse("SPE-120", owes=("ask_narrower", "route_to_right_recipient"))
def staff_matters_stay_with_the_employer(s: Situation) -> bool:
    """What one agency holds about its own staff must not be shown to its partners; numbers without names may be asked for.

    Source: UK GDPR Art 5(1)(b) and (c); Employment practices guidance of the ICO
    Example:
        >>> staff_matters_stay_with_the_employer(Situation.where(category="workforce", relation="partnership_member", purpose="partnership_governance"))
        True
    """
    return s.category == "workforce" and not s.themself and not (s.staff and s.relation == "supervisor" and not s.sending)


@oblige("SPE-130", "time_limit", "minimum_fields", "do_not_forward", "record_reason", on=ALLOWED, who=AT_WORK)
def keys_are_lent(s: Situation) -> bool:
    """A key-safe code or a way into a home must be shown only for the visit, and must not be passed on.

    Source: UK GDPR Art 32; ICO penalty of 2025 for taken entry details
    Example:
        >>> keys_are_lent(Situation.where(category="property_entry"))
        True
    """
    return s.category == "property_entry" and s.staff and (s.reading or s.sending)


@forbid("SPE-140", owes=("neutral_denial", "log_denial", "route_to_right_recipient"), hides=True)
def advice_belongs_to_the_client(s: Situation) -> bool:
    """A solicitor's advice must be read only by the workers of the council that took it, and must not leave it.

    Source: Legal professional privilege; Data Protection Act 2018 Sch 2 para 19
    Example:
        >>> advice_belongs_to_the_client(Situation.where(agency="nhs_hospital", role="doctor", category="legal_advice"))
        True
        >>> advice_belongs_to_the_client(Situation.where(agency="council_children", category="legal_advice"))
        False
    """
    client = s.agency in COUNCILS and s.involved and not s.sending
    return s.category == "legal_advice" and not client


@oblige("SPE-150", "do_not_forward", "record_reason", on=ALLOWED, who=AT_WORK)
def protected_matter_is_not_passed_on(s: Situation) -> bool:
    """Whoever receives privileged or specially protected matter must not pass it on.

    Source: Legal professional privilege; Gender Recognition Act 2004 s22; common law duty of confidence
    Example:
        >>> protected_matter_is_not_passed_on(Situation.where(agency="council_children", category="legal_advice"))
        True
    """
    protected = ("legal_advice", "gender_history", "adoption_history", "police_intelligence", "spent_conviction", "criminal_allegation", "immigration_status")
    return s.staff and (s.category in protected or bool(s.flags & {"restricted_record", "identity_protected"}))


@keep_back("SPE-155", "offence_detail", "police_information", "third_party_info", owes=("minimum_fields", "tell_person", "record_reason"), act=SENDS)
def a_landlord_needs_the_risk_not_the_file(s: Situation) -> bool:
    """A partner who must be warned of somebody must get the risk and what to do about it, not the offences, the intelligence or the victims.

    Source: Criminal Justice Act 2003 s325 (public protection arrangements); UK GDPR Art 10; Caldicott principle 3
    Example:
        >>> warned = dict(verb="share_to", recipient="council_housing", not_acting="significant_harm", consent="not_sought")
        >>> a_landlord_needs_the_risk_not_the_file(Situation.where(**warned, category="police_intelligence"))
        True
    """
    criminal = s.category in ("police_intelligence", "criminal_allegation", "spent_conviction")
    return criminal and s.sending and s.recipient in ("council_housing", "voluntary", "care_provider", "school", "declared_recipients", "all_partners") and not s.agreed


@keep_back("SPE-157", "spent_conviction", "criminal_history", act=SENDS)
def spent_stays_out_of_the_rest(s: Situation) -> bool:
    """A warning about crime, or a whole record, that goes to a partner must leave out what is spent.

    Source: Rehabilitation of Offenders Act 1974 s9
    Example:
        >>> spent_stays_out_of_the_rest(Situation.where(verb="share_to", recipient="council_housing", category="police_intelligence"))
        True
    """
    return s.sending and s.recipient in ("council_housing", "voluntary", "care_provider", "school") and s.category in ("police_intelligence", "criminal_allegation")


@keep_back("SPE-160", "health_detail", "parent_history", "police_information", "third_party_info", owes=("minimum_fields",), who=AT_WORK, act=READS)
def a_plan_in_part(s: Situation) -> bool:
    """Somebody on the team who does not lead on safeguarding must see of a protection plan only what they have to do and look out for.

    Source: Keeping children safe in education: need to know, through the designated lead; Caldicott principle 4
    Example:
        >>> a_plan_in_part(Situation.where(agency="school", role="teacher", category="child_protection_plan"))
        True
        >>> a_plan_in_part(Situation.where(agency="school", role="safeguarding_lead", category="child_protection_plan"))
        False
    """
    return (
        s.staff and s.reading and s.category in ("child_protection_plan", "safeguarding_concern", "whole_record") and s.role not in FULL_READERS and not s.life and not_an_office(s)
    )


def not_an_office(s: Situation) -> bool:
    """Whether the reader is not one whose office has its own rules (administrators, auditors, analysts, machines for a named user)."""
    return s.role not in ("system_admin", "auditor", "analyst", "researcher", "machine_client", "records_manager", "administrator")


@allow("SPE-170", owes=("record_basis", "record_reason"), who=AT_WORK, act=READS)
def adoption_support(s: Situation) -> bool:
    """Those who support adopted people and their families may read the history for it.

    Source: Adoption and Children Act 2002 ss3, 4 and 60
    Example:
        >>> adoption_support(Situation.where(agency="council_children", category="adoption_history", purpose="adoption_support"))
        True
    """
    return s.involved and s.reading and s.verb in ("read", "view_ledger") and s.category == "adoption_history" and s.purpose == "adoption_support"
