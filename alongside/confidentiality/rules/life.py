"""Life and limb: what must not wait for anybody's permission, and what only claims to be such."""

from alongside.confidentiality.rules.existence import HIDING_FLAGS
from alongside.confidentiality.rules.kinds import ALLOWED, AT_WORK, READS, SENDS, duty, forbid, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import SAFEGUARDING, SECRET_ABODE, STATUTORY_AGENCIES, Situation

CARE_AT_RISK = SAFEGUARDING | {"direct_care", "child_in_need_service", "emergency_life", "early_help", "hospital_discharge", "education_support", "housing_support", "supervision"}
NO_PART_IN_RESCUE = frozenset({"researcher", "immigration_enforcement", "council_commissioning"})
WHERE_NOBODY_RESCUES = frozenset({"ex_partner", "birth_family", "immigration_enforcement", "self"})
BREAK_GLASS = ("record_reason", "record_basis", "time_limit", "review_within_24h", "minimum_fields", "notify_caldicott_guardian")


def helper(s: Situation) -> bool:
    """Somebody at work who could do something about it."""
    return s.staff and s.agency not in NO_PART_IN_RESCUE and s.role not in ("student", "system_admin", "analyst", "auditor")


@duty("LIF-010", owes=BREAK_GLASS, who=AT_WORK, act=READS)
def break_the_glass(s: Situation) -> bool:
    """Somebody at work may break the glass when life is at risk or significant harm is recorded, with or without an agreement.

    Source: UK GDPR Art 6(1)(d) and 9(2)(c); Caldicott principle 7
    Example:
        >>> break_the_glass(Situation.where(verb="break_glass", relation="none", not_acting="imminent_life"))
        True
    """
    return s.verb == "break_glass" and s.grave and helper(s)


@forbid("LIF-015", owes=("notify_supervisor", "notify_caldicott_guardian", "neutral_denial", "log_denial"), hides=True, who=AT_WORK, act=READS)
def a_tie_finds_no_hiding_place(s: Situation) -> bool:
    """Whoever has a tie to a person in hiding must not learn by breaking the glass where that person is; a colleague without one may.

    Source: UK GDPR Art 25 and 32; Caldicott principle 4
    Example:
        >>> broken = dict(verb="break_glass", category="home_address", not_acting="imminent_life")
        >>> a_tie_finds_no_hiding_place(Situation.where(**broken, flags=("address_concealed", "relative_of_actor")))
        True
        >>> a_tie_finds_no_hiding_place(Situation.where(**broken, flags=("address_concealed",)))
        False
    """
    return s.staff and "relative_of_actor" in s.flags and "address_concealed" in s.flags and s.category in SECRET_ABODE and s.reading


@duty("LIF-020", owes=BREAK_GLASS, who=AT_WORK, act=READS)
def read_to_save_life(s: Situation) -> bool:
    """Somebody at work may read what they need when life is at risk, as if they had broken the glass.

    Source: UK GDPR Art 6(1)(d) and 9(2)(c); Caldicott principle 7
    Example:
        >>> read_to_save_life(Situation.where(relation="none", not_acting="imminent_life"))
        True
    """
    visible = not s.flags & HIDING_FLAGS or s.named
    return s.life and s.verb in ("read", "api_read", "search") and helper(s) and visible and s.known("end_user_asserted") is not False


@duty("LIF-030", owes=(*BREAK_GLASS, "offer_cover_route"), who=AT_WORK, act=READS)
def read_to_prevent_harm(s: Situation) -> bool:
    """A statutory agency's worker with no part in the case may read the least that helps to prevent a significant harm already recorded.

    Source: Children Act 1989 s47; Care Act 2014 s42; Caldicott principles 3 and 7
    Example:
        >>> harm = dict(relation="none", purpose="safeguarding_adult", not_acting="significant_harm")
        >>> read_to_prevent_harm(Situation.where(**harm))
        True
        >>> read_to_prevent_harm(Situation.where(**harm, agency="voluntary"))
        False
    """
    visible = not s.flags & HIDING_FLAGS
    return (
        s.grave and s.verb == "read" and not s.involved and s.agency in STATUTORY_AGENCIES and s.purpose in SAFEGUARDING and helper(s)
        and visible and s.channel != "attachment_link"
    )  # fmt: skip


@duty("LIF-035", owes=("record_reason", "record_basis", "time_limit", "minimum_fields"), who=AT_WORK, act=READS)
def a_lapse_does_not_blind_those_on_the_case(s: Situation) -> bool:
    """A worker on the case may go on reading what prevents a grave harm while an agreement, a declaration or a consent is missing.

    Source: UK GDPR Art 6(1)(d) and (e) and 9(2)(c); Data Protection Act 2018 Sch 1 para 18; Caldicott principle 7
    Example:
        >>> a_lapse_does_not_blind_those_on_the_case(Situation.where(agency="voluntary", agreement="expired", not_acting="significant_harm"))
        True
    """
    something_missing = not s.terms_hold or not s.need_declared or s.said_no
    own = not s.flags & (HIDING_FLAGS | {"relative_of_actor"}) and s.role not in ("peer_supporter", "volunteer", "student")
    named = s.verb == "read" and s.role != "machine_client" or s.verb == "api_read" and s.known("end_user_asserted") is True
    return s.grave and named and s.involved and something_missing and own and s.purpose in CARE_AT_RISK


@keep_back("LIF-040", "everything_not_needed_for_the_emergency", who=AT_WORK, act=READS)
def the_least_that_prevents_harm(s: Situation) -> bool:
    """Who reads to prevent harm without a part in the case must see only what prevents it.

    Source: Caldicott principle 3
    Example:
        >>> the_least_that_prevents_harm(Situation.where(relation="none", not_acting="significant_harm"))
        True
    """
    return s.grave and not s.life and s.verb == "read" and s.staff and not s.involved


@keep_back("LIF-045", "home_address", "whereabouts", "contact_details", owes=("minimum_fields",), act=READS)
def the_glass_shows_no_hiding_place(s: Situation) -> bool:
    """Who breaks the glass over a person in hiding must see what saves life, not where that person lives.

    Source: UK GDPR Art 9(2)(c) and 25; Caldicott principle 3
    Example:
        >>> broken = dict(verb="break_glass", category="general_health", flags=("address_concealed",), not_acting="imminent_life")
        >>> the_glass_shows_no_hiding_place(Situation.where(**broken))
        True
    """
    return s.verb == "break_glass" and "address_concealed" in s.flags and s.category not in SECRET_ABODE


@duty("LIF-050", owes=("record_reason", "record_basis", "minimum_fields", "escalate"), who=AT_WORK, act=SENDS)
def tell_who_can_save_life(s: Situation) -> bool:
    """Somebody at work must tell whoever can act when life is at risk.

    Source: UK GDPR Art 6(1)(d) and 9(2)(c); common law: overriding public interest
    Example:
        >>> tell_who_can_save_life(Situation.where(verb="share_to", recipient="police", consent="refused", not_acting="imminent_life"))
        True
    """
    return s.life and s.sending and s.staff and s.agency not in NO_PART_IN_RESCUE and s.recipient not in WHERE_NOBODY_RESCUES


@refuse("LIF-060", owes=("offer_cover_route", "notify_supervisor"), act=READS)
def no_emergency_no_breaking(s: Situation) -> bool:
    """The glass must not be broken for convenience: absence, leave and haste have a cover route.

    Source: Røstad and Edsberg 2006: an exception that is routine cannot be reviewed; Caldicott principle 4
    Example:
        >>> no_emergency_no_breaking(Situation.where(verb="break_glass", relation="none", reason_describes_emergency=False))
        True
    """
    return s.verb == "break_glass" and not s.grave


@oblige("LIF-070", "escalate", on=ALLOWED, act=READS)
def a_reason_that_does_not_fit(s: Situation) -> bool:
    """A manager must be told at once when the glass is broken and the reason given is missing or describes no emergency.

    Source: Caldicott principle 5
    Example:
        >>> a_reason_that_does_not_fit(Situation.where(verb="break_glass", not_acting="imminent_life", reason_given=False))
        True
    """
    return s.verb == "break_glass" and (s.known("reason_given") is False or s.known("reason_describes_emergency") is False)


@oblige("LIF-080", "notify_caldicott_guardian", "escalate", on=ALLOWED, act=READS)
def glass_over_a_hidden_record(s: Situation) -> bool:
    """The guardian and a manager must be told at once when the glass is broken over a hidden or a well-known person.

    Source: Caldicott principles 4 and 5
    Example:
        >>> glass_over_a_hidden_record(Situation.where(verb="break_glass", not_acting="imminent_life", flags=("restricted_record",)))
        True
    """
    return s.verb == "break_glass" and bool(s.flags & {"restricted_record", "identity_protected", "public_interest", "staff_member", "relative_of_actor"})


@oblige("LIF-090", "notify_partnership_lead", on=ALLOWED, who=AT_WORK)
def emergency_without_terms(s: Situation) -> bool:
    """The partnership's lead must learn of an emergency or a report that went ahead without an agreement in force.

    Source: Caldicott principle 6
    Example:
        >>> emergency_without_terms(Situation.where(verb="break_glass", not_acting="imminent_life", agreement="expired"))
        True
    """
    return s.staff and s.agreement in ("expired", "withdrawn_by_agency", "draft")


@oblige("LIF-100", "tell_person", on=ALLOWED)
def told_that_the_glass_was_broken(s: Situation) -> bool:
    """The person must be told that the glass was broken, by a safe way, unless telling is itself unsafe.

    Source: UK GDPR Art 14; Caldicott principle 8
    Example:
        >>> told_that_the_glass_was_broken(Situation.where(verb="break_glass", not_acting="imminent_life"))
        True
    """
    emergency_reading = s.verb == "break_glass" or s.grave and s.staff and s.verb in ("read", "api_read", "search") and not s.involved
    return emergency_reading and not s.unsafe_to_ask
