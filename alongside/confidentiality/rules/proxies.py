"""Those who act for an adult: attorneys and deputies, helpers by consent, and those who settle the affairs of the dead."""

from datetime import date

from alongside.confidentiality.rules.kinds import ALLOWED, AT_HOME, KEEPS, READS, SENDS, allow, ask_first, keep_back, oblige, refuse
from alongside.confidentiality.rules.person import HELPERS, OWN_WORDS
from alongside.confidentiality.rules.situation import Situation

PROXY_READING = frozenset({"read", "export", "view_ledger"})
HEALTH_RECORDS = frozenset({"general_health", "mental_health", "sexual_health"})
LASTING_POWERS = date(2007, 10, 1)
AHRA = date(1991, 11, 1)


def attorney(s: Situation) -> bool:
    """Somebody who acts, or says they act, under a lasting power of attorney or a deputyship."""
    return s.proxy and (s.role == "deputy_or_attorney" or s.basis in ("lpa_health_welfare", "lpa_property_finance"))


def over_money_only(s: Situation) -> bool:
    """Somebody whose power, as they say or as the paper on file says, covers property and money."""
    return s.basis == "lpa_property_finance" or s.known("authority_over_money") is True


def over_welfare(s: Situation) -> bool:
    """An attorney or deputy whose authority over health and welfare was seen and checked, for a person who cannot decide."""
    return attorney(s) and s.capacity == "lacks" and s.known("authority_verified") is True and s.known("authority_over_welfare") is True and s.basis != "lpa_property_finance"


def let_in(s: Situation) -> bool:
    """Somebody whom a person able to decide has let in."""
    return s.proxy and (s.agreed or s.limited) and s.capacity != "lacks" and "deceased" not in s.flags


def executor(s: Situation) -> bool:
    """Somebody who settles the affairs of a person who has died."""
    return s.proxy and "deceased" in s.flags


@allow("PRX-010", owes=("record_basis", "seek_persons_own_view", "redact_third_party"), who=AT_HOME)
def an_attorney_may_read(s: Situation) -> bool:
    """An attorney or deputy for health and welfare, whose authority was seen, may read the record of a person who cannot decide.

    Source: Mental Capacity Act 2005 ss9, 11 and 16
    Example:
        >>> lacks = dict(agency="none", role="deputy_or_attorney", relation="proxy", capacity="lacks", consent="cannot_consent")
        >>> an_attorney_may_read(Situation.where(**lacks, authority_verified=True))
        True
        >>> an_attorney_may_read(Situation.where(**lacks))
        False
    """
    return attorney(s) and s.verb in PROXY_READING and s.capacity == "lacks" and s.known("authority_verified") is True


@refuse("PRX-020", since=LASTING_POWERS, owes=("offer_reason_and_challenge", "route_to_right_recipient"), who=AT_HOME)
def a_power_over_money_only(s: Situation) -> bool:
    """A power over property and money must not open a record of health or care.

    Source: Mental Capacity Act 2005 s9(1)(a) and (b) and s11(7)
    Example:
        >>> a_power_over_money_only(Situation.where(agency="none", role="deputy_or_attorney", relation="proxy", capacity="lacks", basis="lpa_property_finance"))
        True
        >>> a_power_over_money_only(Situation.where(agency="none", role="deputy_or_attorney", relation="proxy", capacity="lacks", authority_over_money=True))
        True
    """
    return s.proxy and over_money_only(s) and not let_in(s)


@refuse("PRX-030", since=LASTING_POWERS, owes=("offer_reason_and_challenge", "seek_persons_own_view"), who=AT_HOME)
def they_can_decide_themselves(s: Situation) -> bool:
    """While a person can decide, an attorney for health and welfare has no say; the person must be asked.

    Source: Mental Capacity Act 2005 s11(7)(a)
    Example:
        >>> they_can_decide_themselves(Situation.where(agency="none", role="deputy_or_attorney", relation="proxy", consent="not_sought"))
        True
    """
    return attorney(s) and s.capacity != "lacks" and not let_in(s) and "deceased" not in s.flags


@ask_first("PRX-040", owes=("record_basis", "second_person_approval", "seek_persons_own_view"), who=AT_HOME)
def show_your_authority(s: Situation) -> bool:
    """Whoever says they act under a power must have it seen and checked by a named person before anything is shown.

    Source: Mental Capacity Act 2005 s9(2) and Sch 1; Office of the Public Guardian register
    Example:
        >>> show_your_authority(Situation.where(agency="none", role="deputy_or_attorney", relation="proxy", capacity="lacks", authority_verified=False))
        True
    """
    return attorney(s) and s.capacity == "lacks" and s.known("authority_verified") is not True


@refuse("PRX-050", owes=("neutral_denial", "offer_reason_and_challenge", "route_to_right_recipient", "seek_persons_own_view"), hides=True, who=AT_HOME)
def being_near_is_no_authority(s: Situation) -> bool:
    """A relative, neighbour or carer must not read the record of somebody who cannot decide only because they are close.

    Source: Mental Capacity Act 2005 ss4(7) and 5; there is no right of a next of kin
    Example:
        >>> being_near_is_no_authority(Situation.where(agency="none", role="carer", relation="proxy", capacity="lacks", consent="cannot_consent"))
        True
    """
    return s.proxy and not attorney(s) and not executor(s) and not let_in(s) and not s.said_no and s.capacity in ("lacks", "unknown")


@refuse("PRX-060", owes=("neutral_denial", "offer_reason_and_challenge"), hides=True, who=AT_HOME)
def no_longer_let_in(s: Situation) -> bool:
    """Somebody the person has not let in, or has shut out again, must not read the person's record.

    Source: Common law duty of confidence; Caldicott principle 8
    Example:
        >>> no_longer_let_in(Situation.where(agency="none", role="carer", relation="proxy", consent="withdrawn"))
        True
    """
    return s.proxy and (s.said_no or not (let_in(s) or attorney(s) or executor(s)))


@allow("PRX-070", owes=("record_basis", "minimum_fields"), who=AT_HOME)
def a_helper_may_see_what_was_agreed(s: Situation) -> bool:
    """Somebody whom the person has let in may read what the person agreed to show.

    Source: Common law duty of confidence; the choice of how much to be involved
    Example:
        >>> a_helper_may_see_what_was_agreed(Situation.where(agency="none", role="carer", relation="proxy", consent="given"))
        True
    """
    return let_in(s) and s.verb in PROXY_READING


@keep_back("PRX-080", "everything_but_visit_times", "everything_outside_the_consent", owes=("minimum_fields", "redact_third_party"), who=AT_HOME, act=READS)
def only_visit_times(s: Situation) -> bool:
    """A helper with a limited leave must see no more than when the visits are, unless the leave says more.

    Source: Common law duty of confidence; Caldicott principle 3
    Example:
        >>> only_visit_times(Situation.where(agency="none", role="carer", relation="proxy", consent="given_limited"))
        True
    """
    return s.proxy and s.limited


@ask_first("PRX-090", owes=("redact_third_party", "second_person_approval", "record_basis", "offer_reason_and_challenge"), who=AT_HOME)
def a_dead_persons_care_record(s: Situation) -> bool:
    """What an executor asks for beyond the health record, or where other people are in it, must be decided by a named person.

    Source: common law duty of confidence, which outlives the person; Access to Health Records Act 1990 covers health records only
    Example:
        >>> a_dead_persons_care_record(Situation.where(agency="none", role="personal_representative", relation="proxy", flags=("deceased",), consent="not_sought"))
        True
    """
    clear = s.category in HEALTH_RECORDS and s.about != "other_person" and not s.harm and s.known("authority_verified") is not False
    return executor(s) and s.role == "personal_representative" and not s.said_no and not clear


@allow("PRX-100", since=AHRA, owes=("redact_third_party", "record_basis", "second_person_approval", "minimum_fields"), who=AT_HOME)
def a_dead_persons_health_record(s: Situation) -> bool:
    """The personal representative of somebody who has died may have the health record.

    Source: Access to Health Records Act 1990 s3(1)(f), in force 1 November 1991
    Example:
        >>> dead = dict(agency="none", role="personal_representative", relation="proxy", flags=("deceased",), consent="not_sought")
        >>> a_dead_persons_health_record(Situation.where(**dead, category="general_health"))
        True
    """
    return executor(s) and s.role == "personal_representative" and s.category in HEALTH_RECORDS and s.verb in PROXY_READING


@refuse("PRX-110", since=AHRA, owes=("offer_reason_and_challenge",), who=AT_HOME)
def the_dead_can_still_have_said_no(s: Situation) -> bool:
    """What the dead person asked to keep private must stay private, and only a personal representative may ask for the rest.

    Source: Access to Health Records Act 1990 s4(3) and s5(3)
    Example:
        >>> dead = dict(agency="none", relation="proxy", flags=("deceased",), category="general_health")
        >>> the_dead_can_still_have_said_no(Situation.where(**dead, role="personal_representative", consent="refused"))
        True
        >>> the_dead_can_still_have_said_no(Situation.where(**dead, role="carer", consent="not_sought"))
        True
    """
    return executor(s) and (s.said_no or s.role != "personal_representative")


@oblige("PRX-120", "redact_third_party", "record_basis", on=ALLOWED, who=AT_HOME)
def others_in_a_record_read_for_somebody(s: Situation) -> bool:
    """Whoever reads for somebody else must not thereby see other people's information.

    Source: Data Protection Act 2018 Sch 2 para 16
    Example:
        >>> others_in_a_record_read_for_somebody(Situation.where(agency="none", role="carer", relation="proxy"))
        True
    """
    return s.proxy


@refuse("PRX-130", owes=("neutral_denial", "do_not_tell_perpetrator", "notify_allocated_worker", "safe_contact_check"), hides=True, who=AT_HOME)
def the_one_who_acts_may_be_the_one_who_harms(s: Situation) -> bool:
    """Somebody who acts for a person must not read what is recorded as likely to harm that person if they read it, whatever their authority.

    Source: Care Act 2014 s42; Data Protection Act 2018 Sch 3 (serious harm); Mental Capacity Act 2005 s22
    Example:
        >>> acts = dict(agency="none", role="deputy_or_attorney", relation="proxy", capacity="lacks", consent="cannot_consent", authority_verified=True)
        >>> the_one_who_acts_may_be_the_one_who_harms(Situation.where(**acts, acting="to_subject"))
        True
    """
    return s.proxy and s.harm_to_subject


@allow("PRX-140", since=LASTING_POWERS, owes=("record_basis", "seek_persons_own_view"), who=AT_HOME, act=KEEPS)
def an_attorney_may_do_what_the_person_may(s: Situation) -> bool:
    """An attorney or deputy for health and welfare, whose authority was seen, may choose, say and put right for a person who cannot decide what that person might in their own record.

    Source: Mental Capacity Act 2005 ss4, 9, 11 and 16; UK GDPR Art 16 on the person's behalf
    Example:
        >>> acts = dict(agency="none", role="deputy_or_attorney", relation="proxy", capacity="lacks", consent="cannot_consent", verb="write", authority_verified=True)
        >>> an_attorney_may_do_what_the_person_may(Situation.where(**acts, authority_over_welfare=True))
        True
        >>> an_attorney_may_do_what_the_person_may(Situation.where(**acts)), an_attorney_may_do_what_the_person_may(Situation.where(**acts, authority_over_money=True))
        (False, False)
    """
    return over_welfare(s) and (s.verb == "write" and (s.category in OWN_WORDS or s.some_risk) or s.verb == "change_access" or s.verb == "correct")


@refuse("PRX-145", since=LASTING_POWERS, owes=("offer_reason_and_challenge", "route_to_right_recipient"), who=AT_HOME, act=KEEPS)
def a_power_over_welfare_is_none_over_money(s: Situation) -> bool:
    """A power over health and welfare must not be used to decide about the person's money.

    Source: Mental Capacity Act 2005 s9(1)(a) and (b)
    Example:
        >>> a_power_over_welfare_is_none_over_money(Situation.where(agency="none", role="deputy_or_attorney", relation="proxy", capacity="lacks", verb="write", about_money=True))
        True
    """
    return attorney(s) and s.known("about_money") is True and not let_in(s)


@allow("PRX-150", since=LASTING_POWERS, owes=("record_basis",), who=AT_HOME, act=SENDS)
def an_attorneys_words_reach_who_helps(s: Situation) -> bool:
    """What an attorney or deputy for health and welfare writes for a person who cannot decide may go to the agencies that help that person.

    Source: Mental Capacity Act 2005 ss4(7) and 9; Caldicott principle 8
    Example:
        >>> acts = dict(agency="none", role="deputy_or_attorney", relation="proxy", capacity="lacks", consent="cannot_consent", authority_verified=True, authority_over_welfare=True)
        >>> an_attorneys_words_reach_who_helps(Situation.where(**acts, verb="share_to", recipient="voluntary", channel="entry"))
        True
    """
    return over_welfare(s) and s.verb == "share_to" and s.channel == "entry" and s.recipient in HELPERS and (s.category in OWN_WORDS or s.some_risk)
