"""What a parent, or somebody in the family, may see of a child's record."""

from alongside.confidentiality.rules.kinds import ALLOWED, AT_HOME, KEEPS, READS, allow, ask_first, forbid, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import SECRET_ABODE, Situation

CONFIDED = frozenset({"sexual_health", "counselling_notes", "mental_health", "gender_history"})
NOT_FOR_PARENTS = frozenset({"legal_advice", "police_intelligence", "workforce", "finance_open_book", "aggregate_counts"})
READ_BY_PARENTS = frozenset({"read", "export", "view_ledger"})


def concealed_from(s: Situation) -> bool:
    """Whether an address is secret from this relative. After an adoption only the adopters hold parental responsibility, so it is not secret from them."""
    return "address_concealed" in s.flags and not (s.parent and "adopted" in s.flags and not s.harm)


def let_in_on_paper(s: Situation) -> bool:
    """Whether a leave for this relative, such as a placement or delegated authority for a carer, was agreed to, or needs nobody's yes, and has been seen."""
    return (s.agreed or s.limited or s.consent == "not_needed") and s.known("authority_verified") is True


@forbid("PAR-010", owes=("log_denial", "notify_allocated_worker", "offer_reason_and_challenge"))
def a_court_has_barred_this_person(s: Situation) -> bool:
    """Somebody whom a court order on file bars from the information must not get it, whatever responsibility they claim; a report is still taken.

    Source: Children Act 1989 s8 and s91(14); Family Law Act 1996 Part IV
    Example:
        >>> a_court_has_barred_this_person(Situation.where(court_order_restricts_actor=True))
        True
    """
    return s.known("court_order_restricts_actor") is True and not (s.verb == "write" and s.category == "safeguarding_concern")


@refuse("PAR-020", owes=("neutral_denial", "seek_persons_own_view"), hides=True, who=AT_HOME)
def a_competent_child_keeps_it_private(s: Situation) -> bool:
    """A parent must not see, or see that there is, what a child who understands the matter has asked to keep private.

    Source: Gillick v West Norfolk [1986]; GMC 0-18 years; the UK GDPR right is the child's own
    Example:
        >>> private = dict(agency="none", role="parent", relation="parental_responsibility", kind="child", capacity="competent")
        >>> a_competent_child_keeps_it_private(Situation.where(**private, consent="refused", by="person"))
        True
    """
    return s.family and s.competent and s.said_no and s.consent_by != "parent"


@refuse("PAR-030", owes=("neutral_denial", "seek_persons_own_view"), hides=True, who=AT_HOME)
def a_confidence_nobody_released(s: Situation) -> bool:
    """What a competent child told in confidence must not be shown to a parent before the child has agreed.

    Source: Gillick v West Norfolk [1986]; GMC 0-18 years
    Example:
        >>> private = dict(agency="none", role="parent", relation="parental_responsibility", kind="child", capacity="competent")
        >>> a_confidence_nobody_released(Situation.where(**private, category="counselling_notes", consent="not_sought", by=None))
        True
    """
    childs_yes = (s.agreed or s.limited) and s.consent_by != "parent"
    return s.family and s.competent and s.category in CONFIDED and not childs_yes


@ask_first("PAR-040", owes=("seek_persons_own_view",), who=AT_HOME)
def ask_the_competent_child(s: Situation) -> bool:
    """Before a parent sees a competent child's record, somebody must ask the child.

    Source: UK GDPR Art 15 (the right is the child's); ICO guidance on children's rights
    Example:
        >>> asks = dict(agency="none", role="parent", relation="parental_responsibility", kind="child", capacity="competent")
        >>> ask_the_competent_child(Situation.where(**asks, consent="not_sought", by="person"))
        True
    """
    return s.family and s.competent and s.consent in ("not_sought", "not_sought_unsafe", "cannot_consent") and s.verb in READ_BY_PARENTS


@refuse("PAR-050", owes=("neutral_denial", "route_to_right_recipient"), hides=True, who=AT_HOME)
def no_parental_responsibility(s: Situation) -> bool:
    """A relative without parental responsibility must not see a child's record, unless those who hold it, or the competent child, let them in on paper.

    Source: Children Act 1989 s3; common law duty of confidence
    Example:
        >>> no_parental_responsibility(Situation.where(agency="none", role="parent", relation="no_parental_responsibility", kind="child", consent="refused", by="parent"))
        True
    """
    return s.family and not s.parent and not let_in_on_paper(s)


@refuse("PAR-060", owes=("neutral_denial", "escalate", "notify_allocated_worker", "safe_contact_check"), hides=True, who=AT_HOME)
def a_relative_seeks_a_hidden_family(s: Situation) -> bool:
    """A relative from whom an address is secret must not learn it, or that we know it, and the attempt must be raised at once.

    Source: UK GDPR Art 5(1)(f); Adoption and Children Act 2002
    Example:
        >>> seeks = dict(agency="none", role="parent", relation="no_parental_responsibility", kind="child", category="home_address")
        >>> a_relative_seeks_a_hidden_family(Situation.where(**seeks, flags=("address_concealed",)))
        True
    """
    return s.family and s.category in SECRET_ABODE and concealed_from(s)


@refuse("PAR-070", owes=("neutral_denial", "escalate", "notify_allocated_worker"), hides=True, who=AT_HOME)
def adoption_closes_the_door(s: Situation) -> bool:
    """A birth relative must not learn from an adopted child's record who or where the child now is.

    Source: Adoption and Children Act 2002 ss56 to 58; UK GDPR Art 5(1)(f)
    Example:
        >>> adoption_closes_the_door(Situation.where(agency="none", role="parent", relation="no_parental_responsibility", kind="child", flags=("adopted",)))
        True
    """
    return s.family and not s.parent and "adopted" in s.flags


@refuse("PAR-080", owes=("neutral_denial", "notify_allocated_worker", "offer_reason_and_challenge"), hides=True, who=AT_HOME)
def seeing_it_would_harm_the_child(s: Situation) -> bool:
    """A parent must not see what is recorded as likely to harm the child if that parent saw it.

    Source: Data Protection Act 2018 Sch 3 Part 3 (serious harm) and Part 5 (child abuse data)
    Example:
        >>> reads = dict(agency="none", role="parent", relation="parental_responsibility", kind="child")
        >>> seeing_it_would_harm_the_child(Situation.where(**reads, acting="to_subject"))
        True
        >>> seeing_it_would_harm_the_child(Situation.where(**reads, acting="to_subject", flags=("address_concealed",)))
        False
    """
    only_the_address = "address_concealed" in s.flags and s.category not in SECRET_ABODE
    return s.family and s.harm_to_subject and not only_the_address


@refuse("PAR-090", owes=("neutral_denial",), hides=True, who=AT_HOME)
def never_a_parents_business(s: Situation) -> bool:
    """Legal advice, police intelligence and what is about staff must not be shown to a relative.

    Source: Legal professional privilege; Data Protection Act 2018 Sch 2 paras 2 and 19
    Example:
        >>> never_a_parents_business(Situation.where(agency="none", role="parent", relation="parental_responsibility", category="police_intelligence"))
        True
    """
    return s.family and s.category in NOT_FOR_PARENTS


@allow("PAR-100", owes=("redact_third_party", "record_basis"), who=AT_HOME)
def a_parent_may_read(s: Situation) -> bool:
    """A parent with responsibility may read a child's record.

    Source: Children Act 1989 s3; UK GDPR Art 15 on the child's behalf
    Example:
        >>> a_parent_may_read(Situation.where(agency="none", role="parent", relation="parental_responsibility", kind="child"))
        True
    """
    return s.parent and s.child and s.verb in READ_BY_PARENTS


@allow("PAR-110", owes=("redact_third_party", "minimum_fields", "record_basis"), who=AT_HOME, act=READS)
def a_relative_may_read_what_was_agreed(s: Situation) -> bool:
    """A relative without responsibility, such as a foster carer, may read what those who hold it, or the competent child, agreed to on paper.

    Source: Common law duty of confidence; Children Act 1989 s3(5)
    Example:
        >>> carer = dict(agency="none", role="carer", relation="no_parental_responsibility", kind="child", by="parent")
        >>> a_relative_may_read_what_was_agreed(Situation.where(**carer, authority_verified=True))
        True
    """
    return s.family and not s.parent and let_in_on_paper(s) and s.verb == "read"


@keep_back("PAR-120", "everything_outside_the_consent", "third_party_info", "parent_history", who=AT_HOME)
def no_more_than_was_agreed(s: Situation) -> bool:
    """Who sees a child's record by somebody's leave must see only the part that the leave is about.

    Source: Common law duty of confidence; Caldicott principle 3
    Example:
        >>> no_more_than_was_agreed(Situation.where(agency="none", role="carer", relation="no_parental_responsibility", kind="child", by="parent"))
        True
    """
    return s.family and (not s.parent or s.limited) and s.reading


@keep_back("PAR-130", "home_address", "whereabouts", "contact_details", "school", "carer_identity", "other_parent_data", hides=True,
           owes=("minimum_fields", "safe_contact_check", "second_person_approval", "do_not_tell_perpetrator"), who=AT_HOME, act=READS)
def a_parent_is_not_shown_a_secret_abode(s: Situation) -> bool:
    """A parent's view must leave out what leads to somebody whom it could harm, and where a family in hiding lives, without a gap that shows it.

    Source: DfE information sharing advice, rule 5; NHS England guidance: redaction must not be noticeable
    Example:
        >>> reads = dict(agency="none", role="parent", relation="parental_responsibility", kind="child", flags=("address_concealed",))
        >>> a_parent_is_not_shown_a_secret_abode(Situation.where(**reads))
        True
    """
    return s.family and s.reading and (concealed_from(s) or s.harm_to_other and s.category != "referrer_identity")


@allow("PAR-140", owes=("offer_correction_note", "keep_history_visible", "notify_allocated_worker"), who=AT_HOME, act=KEEPS)
def a_parent_may_answer(s: Situation) -> bool:
    """A parent with responsibility may write their own words beside a child's record, and ask for a mistake to be put right.

    Source: UK GDPR Art 16 on the child's behalf; Working Together to Safeguard Children
    Example:
        >>> a_parent_may_answer(Situation.where(agency="none", role="parent", relation="parental_responsibility", kind="child", verb="write"))
        True
    """
    return s.parent and s.child and s.verb in ("write", "correct")


@oblige("PAR-150", "redact_third_party", on=ALLOWED, who=AT_HOME, act=READS)
def other_people_in_a_childs_record(s: Situation) -> bool:
    """A relative's view of a child's record must not carry other people's information.

    Source: Data Protection Act 2018 Sch 2 para 16
    Example:
        >>> other_people_in_a_childs_record(Situation.where(agency="none", role="parent", relation="parental_responsibility", kind="child"))
        True
    """
    return s.family and s.reading
