"""Whose word is needed, and whether there is one."""

from datetime import date

from alongside.confidentiality.rules.kinds import ALLOWED, AT_WORK, REFUSED, SENDS, ask_first, keep_back, oblige, refuse
from alongside.confidentiality.rules.safeguarding import a_parent_says_no_and_harm_is_possible
from alongside.confidentiality.rules.situation import COUNCIL_CARE, STATUTORY_PURPOSES, Situation

NARROW_ITEMS = frozenset({"property_entry", "index_entry", "home_address", "mental_health", "general_health", "housing", "education"})
MENTAL_CAPACITY_ACT = date(2007, 10, 1)


def their_word_governs(s: Situation) -> bool:
    """Whether the act depends on what the person, or a parent, has said about it.

    It does not where a court, a demand by an authority or a statutory enquiry governs, nor for what goes to the person themselves.
    """
    if not s.staff or s.kind == "none" or s.demand or s.letter_home:
        return False
    if s.sending:
        in_the_process = s.to_family and (s.child and s.purpose in STATUTORY_PURPOSES or s.purpose == "court_proceedings") or s.recipient == "court_service"
        return not in_the_process
    if s.verb in ("read", "api_read", "export"):
        return s.purpose not in STATUTORY_PURPOSES and not (s.agency in COUNCIL_CARE and s.purpose == "child_in_need_service")
    return False


@refuse("CON-010", owes=("record_reason", "review_if_risk_changes"))
def they_said_no(s: Situation) -> bool:
    """What somebody has refused, or agreed to and taken back, must not be shared where their word governs.

    Source: Common law duty of confidence; Care Act 2014 guidance: making safeguarding personal; Mental Capacity Act 2005 s1(4)
    Example:
        >>> they_said_no(Situation.where(verb="share_to", recipient="voluntary", consent="withdrawn"))
        True
        >>> they_said_no(Situation.where(verb="share_to", recipient="court_service", consent="refused"))
        False
    """
    return s.said_no and their_word_governs(s) and not a_parent_says_no_and_harm_is_possible(s)


@oblige("CON-020", "tell_recipients", "notify_allocated_worker", on=REFUSED)
def consent_taken_back(s: Situation) -> bool:
    """Everyone who received something under a consent must be told when it is taken back.

    Source: UK GDPR Art 7(3) and 19; Caldicott principle 8
    Example:
        >>> consent_taken_back(Situation.where(verb="share_to", recipient="voluntary", consent="withdrawn"))
        True
    """
    return s.consent == "withdrawn"


@refuse("CON-030", owes=("seek_persons_own_view", "record_reason", "review_if_risk_changes"), act=SENDS)
def nobody_asked(s: Situation) -> bool:
    """What depends on consent must not be sent before somebody has asked.

    Source: Common law duty of confidence; Caldicott principles 1 and 8
    Example:
        >>> nobody_asked(Situation.where(verb="share_to", recipient="voluntary", consent="not_sought"))
        True
    """
    return s.not_asked and s.sending and their_word_governs(s)


@ask_first("CON-040", owes=("safe_contact_check", "notify_supervisor", "seek_persons_own_view", "record_reason"))
def consent_in_doubt(s: Situation) -> bool:
    """Where a note casts doubt on a consent, somebody must ask the person again, alone, before anything rests on it.

    Source: UK GDPR Art 4(11) and 7: freely given; Serious Crime Act 2015 s76 (controlling or coercive behaviour)
    Example:
        >>> consent_in_doubt(Situation.where(verb="share_to", recipient="care_provider", consent_doubt_recorded=True))
        True
    """
    return (s.agreed or s.limited) and (s.known("consent_doubt_recorded") is True or s.noted("coerc"))


@ask_first("CON-050", owes=("seek_persons_own_view", "record_reason"), since=MENTAL_CAPACITY_ACT)
def consent_of_somebody_who_cannot_give_it(s: Situation) -> bool:
    """A consent ticked for an adult who cannot make this decision must not count; somebody must decide in their best interests.

    Source: Mental Capacity Act 2005 ss2, 3 and 4
    Example:
        >>> consent_of_somebody_who_cannot_give_it(Situation.where(verb="share_to", recipient="voluntary", capacity="lacks"))
        True
    """
    return (s.agreed or s.limited) and s.consent_by == "person" and s.capacity == "lacks" and s.kind == "adult" and not s.themself


@ask_first("CON-060", owes=("seek_persons_own_view", "record_reason"), act=SENDS)
def consent_of_a_young_child(s: Situation) -> bool:
    """A young child's yes must not stand in for a parent's.

    Source: Gillick v West Norfolk [1986]; Children Act 1989 s3
    Example:
        >>> consent_of_a_young_child(Situation.where(kind="child", verb="share_to", recipient="voluntary", consent="given", by="person"))
        True
    """
    return (s.agreed or s.limited) and s.consent_by == "person" and s.child and not s.competent and s.sending and their_word_governs(s)


@ask_first("CON-070", owes=("seek_persons_own_view", "record_reason"), act=SENDS)
def over_a_competent_childs_head(s: Situation) -> bool:
    """A parent's yes must not stand in for a competent child's own word about what the child told in confidence.

    Source: Gillick v West Norfolk [1986]; GMC 0-18 years
    Example:
        >>> confided = dict(kind="child", capacity="competent", category="counselling_notes", verb="share_to", recipient="school")
        >>> over_a_competent_childs_head(Situation.where(**confided, consent="given", by="parent"))
        True
    """
    return s.competent and s.agreed and s.consent_by == "parent" and s.sending and s.category in ("sexual_health", "counselling_notes", "mental_health", "gender_history")


@keep_back("CON-080", "mental_health", "sexual_health", "counselling_notes", "everything_outside_the_consent", owes=("minimum_fields",), who=AT_WORK)
def consent_has_limits(s: Situation) -> bool:
    """A consent must be kept to: what somebody agreed to only in part is shared only in that part.

    Source: Common law duty of confidence; Caldicott principles 2 and 3
    Example:
        >>> consent_has_limits(Situation.where(verb="share_to", recipient="voluntary", category="whole_record", consent="given_limited"))
        True
        >>> consent_has_limits(Situation.where(category="property_entry", consent="given_limited"))
        False
    """
    return s.limited and s.staff and (s.sending or s.reading) and not s.grave and s.category not in NARROW_ITEMS


@oblige("CON-090", "seek_persons_own_view", "record_basis", on=ALLOWED, since=MENTAL_CAPACITY_ACT)
def best_interests(s: Situation) -> bool:
    """Whoever acts for somebody who cannot decide must find out, as far as possible, what that person wants.

    Source: Mental Capacity Act 2005 s4(6)
    Example:
        >>> best_interests(Situation.where(capacity="lacks", consent="cannot_consent"))
        True
    """
    return (s.cannot_agree or s.capacity == "lacks") and not s.themself and (s.sending or s.reading)


@oblige("CON-100", "seek_persons_own_view", who=AT_WORK, act=SENDS)
def the_childs_own_voice(s: Situation) -> bool:
    """When a worker shares about a child, or goes against what a competent child wants, the child's own view must be sought and written down.

    Source: UN Convention on the Rights of the Child Art 12; Children Act 1989 s17(4A) and s47(5A)
    Example:
        >>> the_childs_own_voice(Situation.where(kind="child", verb="share_to", recipient="council_children"))
        True
    """
    return s.child and s.sending and s.staff


@oblige("CON-110", "seek_persons_own_view", "review_if_risk_changes", on=REFUSED, who=AT_WORK, act=SENDS)
def ask_again(s: Situation) -> bool:
    """A refusal by an adult at risk must not end the conversation: their own view is sought again and the decision is looked at when the risk changes.

    Source: Care Act 2014 guidance: making safeguarding personal
    Example:
        >>> ask_again(Situation.where(verb="share_to", recipient="voluntary", consent="refused", purpose="safeguarding_adult", not_acting="possible"))
        True
    """
    return s.staff and s.sending and s.said_no and s.some_risk
