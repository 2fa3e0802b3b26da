"""Duties to tell: reports of harm, statutory notices, and what follows from them."""

from datetime import date

from alongside.confidentiality.rules.kinds import ALLOWED, AT_HOME, AT_WORK, KEEPS, READS, REFUSED, SENDS, ask_first, duty, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import FAMILY_RECIPIENTS, OWN_RECIPIENTS, SAFEGUARDING, STATUTORY_RECIPIENTS, Situation

ABOUT_HARM = frozenset({"safeguarding_concern", "child_protection_plan", "domestic_abuse", "criminal_allegation"})
TOLD_OF_HARM = frozenset({"safeguarding_concern", "domestic_abuse"})
PROTECTED_HISTORY = frozenset({"gender_history", "adoption_history"})
NOT_A_PERSONS_RECORD = frozenset({"access_ledger", "aggregate_counts", "finance_open_book", "workforce", "legal_advice"})
WHO_ACTS_ON_HARM = STATUTORY_RECIPIENTS | {"school"}
PARTNERS = frozenset({"voluntary", "care_provider", "council_housing", "declared_recipients", "all_partners"})
REPORT = ("record_reason", "record_basis", "minimum_fields", "acknowledge_due")
PUBLIC_BODIES_UNDER_S16LA = frozenset(
    {"council_children", "council_adults", "council_housing", "police", "nhs_community", "nhs_hospital", "nhs_mental_health", "gp_practice", "school", "probation"}
)  # fmt: skip
WHAT_SOMEBODY_MAY_DO = frozenset({"police_intelligence", "criminal_allegation", "domestic_abuse", "safeguarding_concern", "whereabouts"})
WARNED_BY = frozenset({"supervised_session", "safe_channel", "named_person", "sealed", "meeting"})
REGULATED = frozenset({"teacher", "safeguarding_lead", "nurse", "family_nurse", "doctor", "social_worker"})


def holds_the_record(s: Situation) -> bool:
    """Somebody at work on the case, or who was until the case moved."""
    return s.involved or s.staff and s.relation in ("previously_involved", "records_role")


@duty("SAF-010", owes=("acknowledge_due", "route_to_right_recipient"), act=KEEPS)
def a_report_is_always_accepted(s: Situation) -> bool:
    """Anybody may report a worry about anybody: no access, agreement, consent or purpose is asked for.

    Source: Children Act 1989 s47; Children Act 2004 s11; Care Act 2014 s42; Working Together to Safeguard Children
    Example:
        >>> a_report_is_always_accepted(Situation.where(relation="none", verb="write", category="safeguarding_concern"))
        True
        >>> a_report_is_always_accepted(Situation.where(relation="none", verb="write", category="domestic_abuse", not_acting="significant_harm"))
        True
    """
    return s.verb == "write" and (s.category == "safeguarding_concern" and s.staff or s.category in TOLD_OF_HARM and s.some_risk)


@duty("SAF-015", owes=("acknowledge_due", "route_to_right_recipient"), who=AT_HOME, act=SENDS)
def what_anybody_tells_of_harm_is_taken(s: Situation) -> bool:
    """Whatever anybody tells the council or the police of harm must be taken, by whatever way it comes.

    Source: Children Act 1989 s47; Care Act 2014 s42; Working Together to Safeguard Children
    Example:
        >>> tells = dict(agency="none", role="carer", relation="none", verb="share_to", recipient="council_children", category="safeguarding_concern")
        >>> what_anybody_tells_of_harm_is_taken(Situation.where(**tells, not_acting="possible")), what_anybody_tells_of_harm_is_taken(Situation.where(**tells))
        (True, False)
    """
    return s.verb == "share_to" and s.recipient in STATUTORY_RECIPIENTS and s.category in TOLD_OF_HARM and s.some_risk


@duty("SAF-020", owes=REPORT, who=AT_WORK, act=SENDS)
def significant_harm_is_told(s: Situation) -> bool:
    """Whoever knows of significant harm must tell the body that has to act on it; nobody's consent and no agreement is needed.

    Source: Children Act 1989 s47; Care Act 2014 ss42 and 45; Data Protection Act 2018 Sch 1 para 18; Crime and Disorder Act 1998 s115; DfE information sharing advice, rule 3
    Example:
        >>> told = dict(verb="share_to", category="safeguarding_concern", purpose="safeguarding_adult", consent="refused", not_acting="significant_harm")
        >>> significant_harm_is_told(Situation.where(**told, recipient="police", agreement="none"))
        True
        >>> significant_harm_is_told(Situation.where(**told, recipient="ex_partner"))
        False
    """
    return (
        s.grave and s.sending and s.staff and s.recipient in WHO_ACTS_ON_HARM and not s.demand
        and s.category not in NOT_A_PERSONS_RECORD and s.purpose != "immigration_control"
    )  # fmt: skip


@duty("SAF-030", owes=REPORT, who=AT_WORK, act=SENDS)
def partners_in_keeping_safe(s: Situation) -> bool:
    """A worker on the case may tell a partner what it needs to keep somebody from significant harm, consent or not.

    Source: Data Protection Act 2018 Sch 1 para 18; common law: overriding public interest; DfE information sharing advice, rule 3
    Example:
        >>> harm = dict(category="safeguarding_concern", consent="refused", not_acting="significant_harm")
        >>> partners_in_keeping_safe(Situation.where(**harm, verb="share_to", recipient="care_provider"))
        True
    """
    return s.grave and s.sending and holds_the_record(s) and s.recipient in PARTNERS and s.category not in NOT_A_PERSONS_RECORD | PROTECTED_HISTORY


@duty("SAF-033", owes=REPORT, who=AT_WORK, act=SENDS)
def who_works_with_people_and_may_harm_them(s: Situation) -> bool:
    """Harm that somebody may have done to those they work with must be told to the council or the police, whoever employs them.

    Source: Keeping children safe in education, Part 4, and Working Together to Safeguard Children (designated officer); Care Act 2014 guidance 14.120 (positions of trust)
    Example:
        >>> told = dict(category="workforce", about="other_person", purpose="safeguarding_child", verb="share_to", recipient="council_children")
        >>> who_works_with_people_and_may_harm_them(Situation.where(**told, not_acting="possible")), who_works_with_people_and_may_harm_them(Situation.where(**told))
        (True, False)
    """
    return s.category == "workforce" and s.some_risk and s.sending and s.recipient in STATUTORY_RECIPIENTS and s.purpose in SAFEGUARDING and not s.demand


@duty("SAF-035", owes=(*REPORT, "tell_person"), who=AT_WORK, act=SENDS)
def other_people_are_in_danger(s: Situation) -> bool:
    """Where other people are in danger too, a worker on the case may tell those who can protect them, though the person says no.

    Source: common law: overriding public interest; Care Act 2014 guidance 14.93: when others are at risk
    Example:
        >>> danger = dict(category="safeguarding_concern", consent="refused", not_acting="possible", verb="share_to", recipient="voluntary")
        >>> other_people_are_in_danger(Situation.where(**danger, others_at_risk=True))
        True
    """
    able = s.recipient in WHO_ACTS_ON_HARM or s.recipient in PARTNERS
    return s.noted("others") and s.some_risk and s.sending and able and holds_the_record(s) and s.category not in NOT_A_PERSONS_RECORD


@duty("SAF-040", owes=("record_basis", "minimum_fields", "acknowledge_due", "do_not_tell_perpetrator"), who=AT_WORK, act=SENDS)
def notice_to_school(s: Situation) -> bool:
    """Police must tell a child's school, before the next school day, that the child was present at domestic abuse.

    Source: Domestic Abuse Act 2021 s3 and s49B (child victims; notice to education), the Operation Encompass scheme
    Example:
        >>> abuse = dict(agency="police", role="police_officer", kind="child", category="domestic_abuse", purpose="safeguarding_child")
        >>> notice_to_school(Situation.where(**abuse, verb="share_to", recipient="school"))
        True
    """
    return (
        s.agency == "police" and s.sending and s.recipient == "school" and s.child and s.category == "domestic_abuse"
        and s.purpose in SAFEGUARDING and s.need_declared
    )  # fmt: skip


@keep_back("SAF-050", "home_address", "victim_statement", "police_information", "third_party_info")
def a_notice_is_short(s: Situation) -> bool:
    """What a school gets of domestic abuse must leave out the address and what the victim told the police, except for its safeguarding lead.

    Source: Caldicott principle 3; DfE information sharing advice, rule 5
    Example:
        >>> a_notice_is_short(Situation.where(verb="share_to", recipient="school", category="domestic_abuse"))
        True
    """
    in_the_school = s.agency == "school" and s.reading and s.role != "safeguarding_lead"
    return s.category == "domestic_abuse" and (s.sending and s.recipient == "school" or in_the_school)


@oblige("SAF-060", "do_not_tell_family", "record_basis", on=ALLOWED, since=date(2015, 10, 31), act=SENDS)
def mutilation_is_reported(s: Situation) -> bool:
    """A teacher, nurse, doctor or social worker who learns that a girl was mutilated must tell the police, and must not warn her family.

    Source: Female Genital Mutilation Act 2003 s5B, in force 31 October 2015, and its statutory guidance
    Example:
        >>> girl = dict(kind="child", category="safeguarding_concern", basis="fgm_duty", role="teacher", agency="school")
        >>> mutilation_is_reported(Situation.where(**girl, verb="share_to", recipient="police", not_acting="significant_harm"))
        True
    """
    return s.basis == "fgm_duty" and s.child and s.sending and s.role in REGULATED


@refuse("SAF-070", since=date(2015, 10, 31), owes=("record_reason", "review_if_risk_changes", "seek_persons_own_view"), act=SENDS)
def no_such_duty_for_adults(s: Situation) -> bool:
    """The duty to report mutilation is about girls under 18; a grown woman's account must not be passed on against her will.

    Source: Female Genital Mutilation Act 2003 s5B(2); common law duty of confidence
    Example:
        >>> no_such_duty_for_adults(Situation.where(verb="share_to", recipient="police", basis="fgm_duty", consent="refused"))
        True
    """
    return s.basis == "fgm_duty" and s.kind == "adult" and s.sending and not (s.agreed or s.limited or s.cannot_agree)


@duty("SAF-080", switch="children_act_2004_s16LA", owes=REPORT, who=AT_WORK, act=SENDS)
def the_duty_to_share_about_children(s: Situation) -> bool:
    """A listed body must disclose what is relevant to a child's safety or welfare to another, unless that would be more detrimental to the child.

    Source: Children Act 2004 s16LA, enacted 29 April 2026 (Children's Wellbeing and Schools Act 2026 s4), in force when regulations under s78(5) say
    Example:
        >>> told = dict(kind="child", category="education", verb="share_to", recipient="council_children", consent="refused")
        >>> the_duty_to_share_about_children(Situation.where(**told, agency="school", purpose="child_in_need_service", not_acting="possible"))
        True
        >>> the_duty_to_share_about_children(Situation.where(**told, agency="school", not_acting="possible", acting="to_subject"))
        False
    """
    return (
        s.child and s.sending and s.agency in PUBLIC_BODIES_UNDER_S16LA and s.recipient in WHO_ACTS_ON_HARM and holds_the_record(s) and s.some_risk
        and not s.harm_to_subject and not s.demand and s.category not in NOT_A_PERSONS_RECORD and s.purpose in SAFEGUARDING | {"child_in_need_service", "early_help"}
    )  # fmt: skip


@duty("SAF-085", since=date(2026, 4, 29), owes=REPORT)
def the_duty_recorded_as_started(s: Situation) -> bool:
    """A listed body must disclose what is relevant to a child's safety or welfare where the start of that duty is on record for its area.

    Source: Children Act 2004 s16LA and Children's Wellbeing and Schools Act 2026 s78(5): regulations may start it for some areas or purposes first
    Example:
        >>> told = dict(kind="child", category="education", verb="share_to", recipient="council_children", consent="refused", not_acting="possible")
        >>> the_duty_recorded_as_started(Situation.where(**told, agency="school", purpose="child_in_need_service", s16LA_commenced=True))
        True
    """
    return (s.noted("commence") or s.noted("16LA")) and the_duty_to_share_about_children(s)


@duty("SAF-087", withhold=("names", "third_party_info", "victim_statement"),
      owes=("record_reason", "record_basis", "minimum_fields", "do_not_forward", "do_not_tell_perpetrator", "safe_contact_check"), who=AT_WORK, act=SENDS)  # fmt: skip
def somebody_in_danger_is_warned(s: Situation) -> bool:
    """Whoever is at risk of significant harm from somebody may be told what they need to be safe, face to face or by a safe way.

    Source: Domestic Abuse Act 2021 s77 (disclosure scheme); Criminal Justice Act 2003 s327A; common law: overriding public interest
    Example:
        >>> warned = dict(agency="police", category="police_intelligence", about="other_person", verb="share_to", purpose="domestic_abuse_safety")
        >>> somebody_in_danger_is_warned(Situation.where(**warned, recipient="person", channel="supervised_session", not_acting="significant_harm"))
        True
    """
    in_danger = s.recipient == "person" or s.recipient == "parent" and s.child and not s.harm_to_subject
    of_somebody = s.category in WHAT_SOMEBODY_MAY_DO or s.about != "subject"
    return s.grave and s.sending and in_danger and of_somebody and s.involved and s.purpose in SAFEGUARDING and s.channel in WARNED_BY


@duty("SAF-088", owes=("record_reason", "record_basis", "minimum_fields", "tell_person", "seek_persons_own_view"), who=AT_WORK, act=SENDS)
def a_parent_who_can_keep_a_child_alive(s: Situation) -> bool:
    """A parent may be told what keeps a child from grave harm, though the child says no, where the danger does not come from home.

    Source: Consensus statement for information sharing and suicide prevention (2021); GMC 0-18 years: disclosure to prevent serious harm
    Example:
        >>> told = dict(kind="child", capacity="competent", category="mental_health", verb="message", recipient="parent", consent="refused", not_acting="significant_harm")
        >>> a_parent_who_can_keep_a_child_alive(Situation.where(**told)), a_parent_who_can_keep_a_child_alive(Situation.where(**told, acting="to_subject"))
        (True, False)
    """
    told = s.category in ("mental_health", "general_health", "safeguarding_concern", "whereabouts")
    return s.child and s.grave and s.recipient == "parent" and told and s.involved and not (s.harm or s.unsafe_to_ask or "address_concealed" in s.flags)


@duty("SAF-090", owes=REPORT, who=AT_WORK, act=SENDS)
def a_child_who_may_be_at_risk(s: Situation) -> bool:
    """Consent is not needed where a child may be at risk: a worker on the case may tell the council or the police, unless a parent has already said no.

    Source: DfE information sharing advice, rules 1 and 3; Children Act 2004 ss10 and 11
    Example:
        >>> worry = dict(kind="child", category="safeguarding_concern", purpose="safeguarding_child", verb="share_to", recipient="council_children")
        >>> a_child_who_may_be_at_risk(Situation.where(**worry, consent="not_sought_unsafe", by="parent", not_acting="possible"))
        True
        >>> a_child_who_may_be_at_risk(Situation.where(**worry, consent="refused", by="parent", not_acting="possible"))
        False
    """
    return (
        s.child and s.some_risk and s.sending and s.recipient in WHO_ACTS_ON_HARM and s.purpose in SAFEGUARDING and s.category not in NOT_A_PERSONS_RECORD | PROTECTED_HISTORY | {"police_intelligence"}
        and (s.need_declared or s.recipient in STATUTORY_RECIPIENTS) and holds_the_record(s) and not s.said_no and not s.demand
    )  # fmt: skip


@ask_first("SAF-100", owes=("record_reason", "review_if_risk_changes", "notify_supervisor", "second_person_approval", "seek_persons_own_view"), who=AT_WORK, act=SENDS)
def a_parent_says_no_and_harm_is_possible(s: Situation) -> bool:
    """Where a parent has said no and harm is possible but not yet suspected to be significant, the named safeguarding lead must decide.

    Source: Working Together to Safeguard Children; DfE information sharing advice, rule 4 (ask when unsure)
    Example:
        >>> worry = dict(kind="child", category="safeguarding_concern", purpose="safeguarding_child", verb="share_to", recipient="council_children")
        >>> a_parent_says_no_and_harm_is_possible(Situation.where(**worry, consent="refused", by="parent", not_acting="possible"))
        True
    """
    return (
        s.child and s.said_no and s.not_acting == "possible" and s.sending and s.recipient in WHO_ACTS_ON_HARM and s.purpose in SAFEGUARDING
        and s.category not in NOT_A_PERSONS_RECORD and holds_the_record(s)
    )  # fmt: skip


@duty("SAF-110", owes=REPORT, who=AT_WORK, act=SENDS)
def a_protected_child_moves(s: Situation) -> bool:
    """When a child with a protection plan moves, the record must follow to the new area at once, agreement or not.

    Source: Working Together to Safeguard Children (moves across boundaries); Children Act 1989 s47; Children Act 2004 s11
    Example:
        >>> moves = dict(kind="child", verb="share_to", recipient="council_children_other_area", channel="transfer", agreement="none")
        >>> a_protected_child_moves(Situation.where(**moves, category="child_protection_plan", purpose="safeguarding_child"))
        True
    """
    return (
        s.child and s.sending and s.recipient == "council_children_other_area" and holds_the_record(s)
        and (s.category == "child_protection_plan" or s.some_risk and s.category in ABOUT_HARM | {"whole_record"})
        and s.purpose in SAFEGUARDING | {"child_in_need_service"}
    )  # fmt: skip


@duty("SAF-120", owes=(*REPORT, "seek_persons_own_view"), act=SENDS)
def an_adult_who_cannot_protect_themselves(s: Situation) -> bool:
    """What an enquiry about an adult who cannot decide, or cannot safely be asked, needs must be given to the council.

    Source: Care Act 2014 ss42, 44 and 45; Mental Capacity Act 2005 s4
    Example:
        >>> enquiry = dict(capacity="lacks", category="safeguarding_concern", purpose="safeguarding_adult", consent="cannot_consent")
        >>> an_adult_who_cannot_protect_themselves(Situation.where(**enquiry, verb="share_to", recipient="council_adults", not_acting="possible"))
        True
    """
    return (
        s.kind == "adult" and s.some_risk and s.sending and s.recipient == "council_adults" and s.purpose == "safeguarding_adult"
        and (s.cannot_agree or s.unsafe_to_ask or s.capacity == "lacks") and not s.demand and s.category not in PROTECTED_HISTORY
    )  # fmt: skip


@duty("SAF-130", since=date(2015, 11, 1), owes=("record_reason", "record_basis", "minimum_fields", "acknowledge_due"), who=AT_WORK, act=SENDS)
def modern_slavery_is_notified(s: Situation) -> bool:
    """Signs of slavery or trafficking must be notified to the Home Office.

    Source: Modern Slavery Act 2015 s52, in force 1 November 2015
    Example:
        >>> notice = dict(category="safeguarding_concern", purpose="safeguarding_adult", verb="share_to", recipient="home_office")
        >>> modern_slavery_is_notified(Situation.where(**notice, consent="refused"))
        True
    """
    return s.sending and s.recipient == "home_office" and s.purpose in SAFEGUARDING and s.category == "safeguarding_concern" and s.staff


@keep_back("SAF-140", "names", "contact_details", "home_address", "date_of_birth", since=date(2015, 11, 1), act=SENDS)
def an_adult_may_stay_nameless(s: Situation) -> bool:
    """A grown-up who has not agreed to be named must be notified without a name or anything that leads to them.

    Source: Modern Slavery Act 2015 s52(2) and the regulations under it
    Example:
        >>> an_adult_may_stay_nameless(Situation.where(verb="share_to", recipient="home_office", consent="refused"))
        True
        >>> an_adult_may_stay_nameless(Situation.where(verb="share_to", recipient="home_office", consent="given"))
        False
    """
    return s.sending and s.recipient == "home_office" and s.kind == "adult" and not (s.agreed or s.capacity == "lacks")


@ask_first("SAF-150", owes=("safe_contact_check", "record_reason", "review_if_risk_changes"), act=SENDS)
def unsafe_to_ask_and_not_high_risk(s: Situation) -> bool:
    """Where it is unsafe to ask and no significant harm is recorded, a named person must decide whether sharing is justified.

    Source: Data Protection Act 2018 Sch 1 para 18(2); SafeLives risk conference thresholds
    Example:
        >>> unsafe_to_ask_and_not_high_risk(Situation.where(verb="share_to", recipient="risk_conference", consent="not_sought_unsafe"))
        True
    """
    return s.unsafe_to_ask and s.sending and not s.grave and not s.to_family and not s.letter_home


@oblige("SAF-160", "do_not_tell_perpetrator", "safe_contact_check", on=ALLOWED, who=AT_WORK)
def nothing_reaches_the_perpetrator(s: Situation) -> bool:
    """Nothing about sharing what concerns abuse, or what it was unsafe to ask about, must reach whoever is alleged to do the harm.

    Source: DfE information sharing advice, rule 5; Domestic Abuse Act 2021
    Example:
        >>> nothing_reaches_the_perpetrator(Situation.where(verb="share_to", recipient="risk_conference", category="domestic_abuse"))
        True
    """
    about_abuse = s.category == "domestic_abuse" or s.purpose == "domestic_abuse_safety" or s.recipient == "risk_conference"
    under_pressure = s.purpose in SAFEGUARDING and s.sending and (s.harm_to_subject or s.known("consent_doubt_recorded") is True)
    return s.staff and (s.sending or s.reading or s.verb == "write") and (about_abuse or s.unsafe_to_ask or under_pressure)


@oblige("SAF-170", "tell_person", on=ALLOWED, who=AT_WORK, act=SENDS)
def told_openly(s: Situation) -> bool:
    """Whoever is written about, or the parent, must be told what was shared and why, unless that is unsafe.

    Source: DfE information sharing advice, rule 2; Caldicott principle 8
    Example:
        >>> told_openly(Situation.where(verb="share_to", recipient="council_children", consent="refused", purpose="safeguarding_child"))
        True
    """
    secret = s.unsafe_to_ask or s.noted("covert")
    return s.staff and s.sending and not secret and not s.letter_home and (s.said_no or s.purpose in SAFEGUARDING or s.recipient == "police" or s.agreement == "none")


@oblige("SAF-180", "do_not_tell_family", on=ALLOWED, who=AT_WORK)
def the_family_is_not_warned(s: Situation) -> bool:
    """Where it was unsafe to ask the family, where the risk comes from inside it, or where a competent child asked for silence, no one in it may learn of it.

    Source: Statutory guidance on forced marriage and on female genital mutilation; Gillick v West Norfolk [1986]; DfE information sharing advice, rule 2
    Example:
        >>> the_family_is_not_warned(Situation.where(kind="child", verb="share_to", recipient="police", consent="not_sought_unsafe", by="parent"))
        True
    """
    if not s.staff or s.recipient in FAMILY_RECIPIENTS:
        return False
    own_secret = s.competent and (s.consent_by in ("person", "child") or s.category == "sexual_health")
    return (s.unsafe_to_ask and s.consent_by != "person") or own_secret


@oblige("SAF-190", "acknowledge_due", "record_basis", "minimum_fields", on=ALLOWED, act=SENDS)
def what_is_sent_is_answered_for(s: Situation) -> bool:
    """Whatever goes to an agency must carry its legal basis and only what the purpose needs, and starts the clock of the receipt.

    Source: UK GDPR Art 5(1)(c) and 5(2); Caldicott principles 3 and 6
    Example:
        >>> what_is_sent_is_answered_for(Situation.where(verb="share_to", recipient="voluntary"))
        True
    """
    return s.sending and not s.letter_home and not s.to_family


@oblige("SAF-200", "record_reason", "review_if_risk_changes", "keep_statutory_floor", on=ALLOWED, who=AT_WORK, act=SENDS)
def against_their_will(s: Situation) -> bool:
    """Sharing without or against somebody's will must carry its reason in words, and is looked at again when the risk changes.

    Source: DfE information sharing advice, rule 7; Caldicott principle 1
    Example:
        >>> against_their_will(Situation.where(verb="share_to", recipient="council_adults", consent="refused"))
        True
    """
    return s.staff and s.sending and not s.letter_home and (s.said_no or s.unsafe_to_ask or s.not_asked)


@oblige("SAF-210", "do_not_forward", on=ALLOWED, act=SENDS)
def conference_papers_stay(s: Situation) -> bool:
    """What a risk conference or an enquiry hears must not be passed on by those who heard it.

    Source: Crime and Disorder Act 1998 s115; risk conference information sharing protocol; Caldicott principle 2
    Example:
        >>> conference_papers_stay(Situation.where(verb="share_to", recipient="risk_conference"))
        True
    """
    return s.sending and (s.recipient == "risk_conference" or s.channel == "meeting")


@oblige("SAF-220", "record_reason", "review_if_risk_changes", on=REFUSED, who=AT_WORK, act=SENDS)
def a_refusal_to_share_is_a_decision(s: Situation) -> bool:
    """Deciding not to share must be recorded with its reason like deciding to share, and is reopened when the risk changes.

    Source: DfE information sharing advice, rule 7; Children Act 2004 s16LA debate
    Example:
        >>> a_refusal_to_share_is_a_decision(Situation.where(verb="share_to", recipient="voluntary", consent="refused"))
        True
    """
    return s.sending and s.staff and s.recipient not in OWN_RECIPIENTS


@oblige("SAF-230", "do_not_tell_family", "do_not_tell_perpetrator", on=REFUSED, act=SENDS)
def the_family_is_not_told_against_their_will(s: Situation) -> bool:
    """What somebody has asked us to keep from the family, or what tells of abuse in it, must reach nobody in the family, not even as a refusal.

    Source: common law duty of confidence; DfE information sharing advice, rule 5
    Example:
        >>> the_family_is_not_told_against_their_will(Situation.where(verb="share_to", recipient="parent", consent="refused"))
        True
    """
    return s.to_family and (s.said_no or s.unsafe_to_ask or s.category == "domestic_abuse")


@oblige("SAF-240", "escalate", on=ALLOWED, who=AT_WORK, act=SENDS)
def a_hidden_danger_goes_to_a_manager(s: Situation) -> bool:
    """A report of grave harm about which it was unsafe to ask must be known to a manager at once.

    Source: Statutory guidance on forced marriage; Working Together to Safeguard Children
    Example:
        >>> a_hidden_danger_goes_to_a_manager(Situation.where(verb="share_to", recipient="police", consent="not_sought_unsafe", not_acting="significant_harm"))
        True
    """
    return s.staff and s.sending and s.grave and (s.unsafe_to_ask or s.child and s.said_no and s.consent_by != "parent")


@oblige("SAF-250", "seek_persons_own_view", on=ALLOWED, act=SENDS)
def safeguarding_is_made_personal(s: Situation) -> bool:
    """Whoever shares about an adult at risk must ask what that adult wants to come of it, even where they could not wait for a yes.

    Source: Care Act 2014 s42 guidance: making safeguarding personal
    Example:
        >>> safeguarding_is_made_personal(Situation.where(verb="share_to", recipient="council_adults", purpose="safeguarding_adult", consent="refused"))
        True
    """
    return s.kind == "adult" and s.sending and s.purpose == "safeguarding_adult" and not s.unsafe_to_ask


@oblige("SAF-260", "do_not_forward", on=ALLOWED, who=AT_WORK, act=READS)
def a_protection_plan_stays_with_its_readers(s: Situation) -> bool:
    """A partner who reads a child's protection plan must not pass it on; whoever else needs it asks for it.

    Source: Working Together to Safeguard Children: core group; Caldicott principle 4
    Example:
        >>> a_protection_plan_stays_with_its_readers(Situation.where(agency="school", category="child_protection_plan"))
        True
    """
    return s.staff and s.agency != "council_children" and s.category == "child_protection_plan" and s.reading


@refuse("SAF-270", since=date(2018, 5, 25), owes=("ask_narrower",), who=AT_WORK, act=READS)
def an_adults_safety_is_no_reason_to_read_a_childs_record(s: Situation) -> bool:
    """A child's record must not be opened to keep an adult safe: a child's own safety is another purpose; where a life or serious harm is at stake, the name of the purpose stops nobody.

    Source: Care Act 2014 s42(1): an adult in its area; Children Act 2004 s11; UK GDPR Art 5(1)(b)
    Example:
        >>> an_adults_safety_is_no_reason_to_read_a_childs_record(Situation.where(kind="child", purpose="safeguarding_adult"))
        True
        >>> an_adults_safety_is_no_reason_to_read_a_childs_record(Situation.where(kind="child", purpose="safeguarding_adult", not_acting="significant_harm"))
        False
    """
    return s.staff and s.child and s.reading and s.purpose == "safeguarding_adult" and not s.grave and s.verb != "search"
