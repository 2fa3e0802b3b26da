"""What a person may see, say, correct and close in their own record."""

from alongside.confidentiality.rules.kinds import ALLOWED, AT_HOME, KEEPS, READS, SENDS, allow, ask_first, forbid, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import Situation

TELLING = frozenset(
    {"domestic_abuse", "safeguarding_concern", "child_protection_plan", "whereabouts", "home_address", "contact_details", "criminal_allegation", "sexual_health", "counselling_notes",
     "mental_health", "whole_record", "gender_history", "adoption_history", "immigration_status", "police_intelligence"}
)  # fmt: skip
SEEN_ALONE = frozenset({"supervised_session", "safe_channel", "sealed", "named_person"})
OWN_READING = frozenset({"read", "export", "search", "view_ledger", "report"})
STATUTORY_RECORD = frozenset({"safeguarding_concern", "child_protection_plan", "domestic_abuse", "criminal_allegation", "police_intelligence", "whole_record", "access_ledger"})
OWN_WORDS = frozenset(
    {"strengths_needs_plan", "contact_details", "home_address", "property_entry", "housing", "education", "whereabouts", "safeguarding_concern", "domestic_abuse", "index_entry"}
)  # fmt: skip
"""What a person writes themselves. The rest are entries of those who wrote them; beside those, a person's own statement stands as a note."""
HELPERS = frozenset({"care_provider", "council_adults", "council_children", "council_housing", "declared_recipients", "police", "school", "voluntary"})
WITHHELD_FROM_SELF = frozenset({"legal_advice", "police_intelligence"})


def on_own_behalf(s: Situation) -> bool:
    """The person, or a parent or proxy in their place."""
    return s.themself or s.family or s.proxy


@refuse("PER-010", owes=("neutral_denial", "offer_safe_channel", "notify_allocated_worker", "safe_contact_check"), hides=True, who=AT_HOME, act=READS)
def somebody_else_may_be_watching(s: Situation) -> bool:
    """Entries that could bring harm must not appear online, nor leave a gap, where somebody else may watch the person's screen.

    Source: NHS England guidance on coerced and proxy access: redaction must not be noticeable
    Example:
        >>> watched = dict(agency="none", role="person", relation="self", flags=("portal_unsafe",), category="domestic_abuse")
        >>> somebody_else_may_be_watching(Situation.where(**watched))
        True
        >>> somebody_else_may_be_watching(Situation.where(**watched, channel="supervised_session"))
        False
    """
    exposed = s.channel not in SEEN_ALONE
    return on_own_behalf(s) and s.reading and s.verb != "view_ledger" and "portal_unsafe" in s.flags and exposed and (s.harm or s.category in TELLING)


@ask_first("PER-020", owes=("second_person_approval", "offer_safe_channel", "seek_persons_own_view"), who=AT_HOME, act=READS)
def reading_it_could_do_serious_harm(s: Situation) -> bool:
    """What is recorded as likely to do the person serious harm must be looked at by a professional before they read it, and read with support.

    Source: Data Protection Act 2018 Sch 3 Part 2 (health) and Part 3 (social work): the serious harm test
    Example:
        >>> reading_it_could_do_serious_harm(Situation.where(agency="none", role="person", relation="self", acting="to_subject"))
        True
    """
    return s.themself and s.reading and s.verb != "view_ledger" and s.harm_to_subject and s.channel not in SEEN_ALONE and "portal_unsafe" not in s.flags


@refuse("PER-030", owes=("neutral_denial",), hides=True, who=AT_HOME)
def not_even_for_the_person(s: Situation) -> bool:
    """Privileged advice and police intelligence must be kept from the person they are about, without showing that they exist.

    Source: Data Protection Act 2018 Sch 2 paras 2 and 19; legal professional privilege
    Example:
        >>> not_even_for_the_person(Situation.where(agency="none", role="person", relation="self", category="police_intelligence"))
        True
    """
    return (s.themself or s.proxy) and s.category in WITHHELD_FROM_SELF


@refuse("PER-040", owes=("neutral_denial", "offer_reason_and_challenge"), hides=True, who=AT_HOME, act=READS)
def somebody_elses_record(s: Situation) -> bool:
    """A person must not get what is only about somebody else by asking for their own record.

    Source: UK GDPR Art 15(4); Data Protection Act 2018 Sch 2 para 16
    Example:
        >>> somebody_elses_record(Situation.where(agency="none", role="person", relation="self", about="other_person"))
        True
    """
    return on_own_behalf(s) and s.reading and s.about == "other_person"


@allow("PER-050", owes=("record_basis",), who=AT_HOME)
def a_person_may_read_their_own(s: Situation) -> bool:
    """A person may read, and take away a copy of, their own record.

    Source: UK GDPR Art 15; Caldicott principle 8
    Example:
        >>> a_person_may_read_their_own(Situation.where(agency="none", role="person", relation="self"))
        True
    """
    return s.themself and s.verb in OWN_READING


@keep_back("PER-060", "third_party_info", owes=("redact_third_party", "second_person_approval", "offer_reason_and_challenge"), who=AT_HOME, act=READS)
def other_people_in_my_record(s: Situation) -> bool:
    """A copy of one's own record must leave out what is about other people and cannot be shown without their leave.

    Source: UK GDPR Art 15(4); Data Protection Act 2018 Sch 2 para 16
    Example:
        >>> other_people_in_my_record(Situation.where(agency="none", role="person", relation="self", verb="export", about="mixed"))
        True
    """
    return on_own_behalf(s) and s.reading and s.about == "mixed" and s.category != "referrer_identity"


@keep_back("PER-070", "domestic_abuse", "risk_conference_entries", "victim_statement", "third_party_info", "home_address", "whereabouts", hides=True,
           owes=("redact_third_party", "neutral_denial", "second_person_approval", "do_not_tell_perpetrator"), who=AT_HOME, act=READS)  # fmt: skip
def a_victim_in_my_record(s: Situation) -> bool:
    """Whoever is alleged to harm somebody must get their own record without the victim's part, and without sign that there is one.

    Source: Data Protection Act 2018 Sch 2 paras 2 and 16, Sch 3 (serious harm to another)
    Example:
        >>> own = dict(agency="none", role="person", relation="self", verb="export", about="mixed", category="domestic_abuse", acting="to_other")
        >>> a_victim_in_my_record(Situation.where(**own))
        True
    """
    victims_part = s.category in ("domestic_abuse", "safeguarding_concern", "whole_record", "child_protection_plan", "criminal_allegation")
    return on_own_behalf(s) and s.reading and s.harm_to_other and (victims_part or s.consent_by == "victim") and s.about == "mixed"


@keep_back("PER-080", "third_party_info", "names_of_those_at_risk", hides=True, owes=("redact_third_party", "second_person_approval"), who=AT_HOME, act=READS)
def reading_my_own_could_harm_another(s: Situation) -> bool:
    """Where showing a person their record could harm somebody else, what leads to that somebody must be left out unnoticed.

    Source: Data Protection Act 2018 Sch 3 Part 3; DfE information sharing advice, rule 5
    Example:
        >>> reading_my_own_could_harm_another(Situation.where(agency="none", role="person", relation="self", acting="to_other"))
        True
    """
    return (s.themself or s.proxy) and s.reading and s.harm_to_other and s.verb != "view_ledger" and s.role != "personal_representative"


@oblige("PER-090", "safe_contact_check", "record_reason", "time_limit", on=ALLOWED)
def shown_in_safety(s: Situation) -> bool:
    """What is shown in a supervised session or by a safe channel must be checked against the person's safe-contact choice just before.

    Source: NHS England guidance on coerced access; UK GDPR Art 32
    Example:
        >>> shown_in_safety(Situation.where(agency="none", role="person", relation="self", channel="supervised_session"))
        True
    """
    return s.channel in SEEN_ALONE and (on_own_behalf(s) or s.letter_home) or (s.themself and "portal_unsafe" in s.flags)


@allow("PER-100", who=AT_HOME, act=KEEPS)
def own_words(s: Situation) -> bool:
    """A person may write what matters to them in their own record, and tell of harm.

    Source: UK GDPR Art 16; the person-led record
    Example:
        >>> own_words(Situation.where(agency="none", role="person", relation="self", verb="write"))
        True
    """
    return s.themself and s.verb == "write" and (s.category in OWN_WORDS or s.some_risk)


@refuse("PER-105", owes=("offer_correction_note", "keep_history_visible"), who=AT_HOME, act=KEEPS)
def an_entry_is_its_authors(s: Situation) -> bool:
    """Nobody may write over a professional's entry; a person's own statement may stand beside it.

    Source: UK GDPR Art 5(1)(d) and 16; professional duties to keep records
    Example:
        >>> an_entry_is_its_authors(Situation.where(agency="none", role="person", relation="self", verb="write", category="general_health"))
        True
    """
    return s.themself and s.verb == "write" and s.category not in OWN_WORDS and not s.some_risk


@oblige("PER-110", "escalate", "notify_allocated_worker", "acknowledge_due", "route_to_right_recipient", on=ALLOWED, who=AT_HOME, act=KEEPS)
def a_cry_for_help(s: Situation) -> bool:
    """What a person or parent writes that tells of harm must reach the worker and a manager at once, like any report.

    Source: Working Together to Safeguard Children; Care Act 2014 s42
    Example:
        >>> a_cry_for_help(Situation.where(agency="none", role="person", relation="self", verb="write", not_acting="imminent_life"))
        True
    """
    return not s.staff and s.verb == "write" and (s.some_risk or s.category in ("safeguarding_concern", "domestic_abuse"))


@ask_first("PER-120", owes=("offer_correction_note", "redact_third_party", "route_to_right_recipient"), who=AT_HOME, act=KEEPS)
def writing_about_somebody_else(s: Situation) -> bool:
    """What a person writes that is only about somebody else must be looked at before it stands in a record.

    Source: UK GDPR Art 5(1)(d) and 10
    Example:
        >>> writing_about_somebody_else(Situation.where(agency="none", role="person", relation="self", verb="write", about="other_person"))
        True
    """
    return on_own_behalf(s) and s.verb == "write" and s.about == "other_person" and not s.some_risk


@allow("PER-130", owes=("keep_history_visible", "tell_recipients", "offer_correction_note", "record_reason"), who=AT_HOME, act=KEEPS)
def put_it_right(s: Situation) -> bool:
    """A person may have a mistake in their record put right, with the earlier version kept and everyone who received it told.

    Source: UK GDPR Art 16 and 19
    Example:
        >>> put_it_right(Situation.where(agency="none", role="person", relation="self", verb="correct", purpose="rights_request"))
        True
    """
    return s.themself and s.verb == "correct"


@forbid("PER-140", owes=("offer_correction_note", "offer_reason_and_challenge", "keep_history_visible"), who=AT_HOME, act=KEEPS)
def statutory_records_stay(s: Situation) -> bool:
    """An entry kept for a statutory duty must not be deleted because the person disagrees; their own statement may stand beside it.

    Source: UK GDPR Art 17(3)(b) and 16
    Example:
        >>> statutory_records_stay(Situation.where(agency="none", role="person", relation="self", verb="delete", category="safeguarding_concern"))
        True
    """
    return on_own_behalf(s) and s.verb == "delete" and (s.category in STATUTORY_RECORD or s.some_risk)


@ask_first(
    "PER-150", owes=("second_person_approval", "keep_proof_of_disposal", "tell_recipients", "show_effect_before_confirming", "offer_reason_and_challenge"), who=AT_HOME, act=KEEPS
)
def a_wish_to_be_forgotten(s: Situation) -> bool:
    """A wish to delete what no duty requires must go to a named person, who answers within a month.

    Source: UK GDPR Art 17 and 12(3)
    Example:
        >>> a_wish_to_be_forgotten(Situation.where(agency="none", role="person", relation="self", verb="delete", purpose="rights_request"))
        True
    """
    return on_own_behalf(s) and s.verb == "delete"


@refuse("PER-160", owes=("keep_statutory_floor", "offer_reason_and_challenge", "notify_allocated_worker"), who=AT_HOME, act=KEEPS)
def a_child_is_not_closed_off(s: Situation) -> bool:
    """A parent, or somebody acting for a person, must not close a record to those who have a duty to protect that child or person.

    Source: Children Act 1989 s47; Care Act 2014 s42; UK GDPR Art 21(1) and 23(1)
    Example:
        >>> closes = dict(agency="none", role="parent", relation="parental_responsibility", kind="child", verb="change_access")
        >>> a_child_is_not_closed_off(Situation.where(**closes, category="child_protection_plan"))
        True
    """
    return (s.family or s.proxy) and s.verb == "change_access" and (s.some_risk or s.category in ("child_protection_plan", "safeguarding_concern", "domestic_abuse"))


@keep_back(
    "PER-165",
    "statutory_recipients",
    "statutory_duties",
    owes=("keep_statutory_floor", "offer_reason_and_challenge", "show_effect_before_confirming", "notify_allocated_worker"),
    who=AT_HOME,
    act=KEEPS,
)
def the_floor_stays(s: Situation) -> bool:
    """A person's wish to close a record must hold for everybody except those who have a duty to protect somebody at risk.

    Source: Care Act 2014 s42; Children Act 1989 s47; UK GDPR Art 21(1) and 23(1)
    Example:
        >>> the_floor_stays(Situation.where(agency="none", role="person", relation="self", verb="change_access", not_acting="significant_harm"))
        True
    """
    return s.themself and s.verb == "change_access" and (s.some_risk or s.category in ("child_protection_plan", "safeguarding_concern"))


@ask_first("PER-170", owes=("safe_contact_check", "offer_safe_channel", "notify_allocated_worker"), who=AT_HOME, act=KEEPS)
def whose_hand_is_it(s: Situation) -> bool:
    """Where somebody else may be at the person's screen, a change of who may see must be confirmed with the person by a safe way.

    Source: NHS England guidance on coerced access
    Example:
        >>> whose_hand_is_it(Situation.where(agency="none", role="person", relation="self", verb="change_access", flags=("portal_unsafe",)))
        True
    """
    return s.themself and s.verb in ("change_access", "delete", "correct") and "portal_unsafe" in s.flags and s.channel not in SEEN_ALONE


@allow("PER-180", owes=("show_effect_before_confirming", "keep_statutory_floor", "tell_recipients", "review_date_set"), who=AT_HOME, act=KEEPS)
def choosing_who_may_see(s: Situation) -> bool:
    """A person may limit who sees their record; they see the effect first, and what the law requires stays open.

    Source: Caldicott principle 8; UK GDPR Art 18 and 21; the choice of how much to be involved
    Example:
        >>> choosing_who_may_see(Situation.where(agency="none", role="person", relation="self", verb="change_access"))
        True
    """
    return s.themself and s.verb == "change_access"


@keep_back("PER-190", "covert_lines", "covert_enquiry_lines", "held_lines", "police_information", hides=True,
           owes=("delayed_release_reviewed", "review_date_set", "neutral_denial", "do_not_tell_perpetrator"), who=AT_HOME)  # fmt: skip
def ledger_lines_that_must_wait(s: Situation) -> bool:
    """Lines of the ledger that would warn of a covert enquiry, or lead to harm, must be held back unnoticed until the reason ends, with a review date.

    Source: Data Protection Act 2018 Sch 2 para 2 and Sch 3; UK GDPR Art 23
    Example:
        >>> ledger_lines_that_must_wait(Situation.where(agency="none", role="person", relation="self", verb="view_ledger", acting="to_other"))
        True
    """
    covert = s.noted("covert") or s.noted("police") or s.noted("investigation")
    return not s.staff and own_ledger(s) and (s.harm or s.grave or covert)


@keep_back(
    "PER-200",
    "staff_identity",
    "staff_names",
    "worker_names",
    "names",
    owes=("redact_third_party", "delayed_release_reviewed", "review_date_set", "offer_reason_and_challenge"),
    who=AT_HOME,
)
def ledger_names_that_could_be_hunted(s: Situation) -> bool:
    """Where a reader of the ledger is a danger to staff, it must name the team and the purpose, not the worker.

    Source: Data Protection Act 2018 Sch 2 para 16 and 17; Health and Safety at Work etc. Act 1974 s2
    Example:
        >>> ledger_names_that_could_be_hunted(Situation.where(agency="none", role="person", relation="self", verb="view_ledger", staff_threatened=True))
        True
    """
    return not s.staff and own_ledger(s) and (s.harm_to_other or s.noted("threat"))


@keep_back(
    "PER-210",
    "domestic_abuse",
    "home_address",
    "whereabouts",
    "contact_details",
    "agencies_that_help_with_abuse",
    hides=True,
    owes=("offer_safe_channel", "notify_allocated_worker", "safe_contact_check"),
    who=AT_HOME,
)
def a_ledger_somebody_else_may_read(s: Situation) -> bool:
    """A ledger on a screen that somebody else may watch, or in a family with a secret address, must not show who helps or from where.

    Source: NHS England guidance on coerced access; DfE information sharing advice, rule 5
    Example:
        >>> a_ledger_somebody_else_may_read(Situation.where(agency="none", role="person", relation="self", verb="view_ledger", flags=("portal_unsafe",)))
        True
    """
    return not s.staff and own_ledger(s) and bool(s.flags & {"portal_unsafe", "address_concealed"}) and s.channel not in SEEN_ALONE


def own_ledger(s: Situation) -> bool:
    """Reading who looked at a record."""
    return s.verb == "view_ledger" or s.category == "access_ledger" and s.reading


@oblige("PER-220", "offer_correction_note", "offer_reason_and_challenge", "keep_history_visible", who=AT_HOME, act=KEEPS)
def a_correction_is_answered(s: Situation) -> bool:
    """Whoever asks to have a record put right must get an answer with its reason, and may add their own statement whatever the answer.

    Source: UK GDPR Art 12(4), 16 and 19; Data Protection Act 2018 s46
    Example:
        >>> a_correction_is_answered(Situation.where(agency="none", role="person", relation="self", verb="correct"))
        True
    """
    return on_own_behalf(s) and s.verb == "correct"


@allow("PER-230", owes=("record_basis",), who=AT_HOME, act=SENDS)
def own_words_reach_who_helps(s: Situation) -> bool:
    """What a person writes themselves or sends of their own, or a parent with responsibility writes for a child, may go to the agencies that help them.

    Source: UK GDPR Art 6 and 9(2)(h); Caldicott principle 8; the person-led record
    Example:
        >>> own_words_reach_who_helps(Situation.where(agency="none", role="person", relation="self", verb="share_to", recipient="voluntary", channel="entry"))
        True
        >>> own_words_reach_who_helps(Situation.where(agency="none", role="person", relation="self", verb="share_to", recipient="ex_partner", channel="entry"))
        False
    """
    written = s.channel == "entry" or s.themself and s.about == "subject"
    return (s.themself or s.parent and s.child) and s.verb == "share_to" and written and s.recipient in HELPERS and (s.category in OWN_WORDS or s.some_risk)
