"""Everything that leaves: letters, messages, bundles, broadcasts, and the ways by which they go."""

from alongside.confidentiality.rules.kinds import ALLOWED, AT_WORK, SENDS, allow, forbid, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import FAMILY_RECIPIENTS, SECRET_ABODE, Situation

SAFE_WAYS = frozenset({"safe_channel", "sealed", "named_person", "supervised_session"})
OPEN_WAYS = frozenset({"email", "broadcast", "notification"})


def to_another_party(s: Situation) -> bool:
    """Going to somebody in the family, or to all parties of a case."""
    return s.sending and (s.recipient in FAMILY_RECIPIENTS or s.channel == "court_bundle")


@forbid("OUT-010", owes=("safe_contact_check", "log_denial", "notify_allocated_worker", "offer_safe_channel"), act=SENDS)
def never_to_the_old_address(s: Situation) -> bool:
    """Nothing must go to an address that the person has left or a telephone that others answer; it must wait for a safe way.

    Source: UK GDPR Art 5(1)(d) and (f); ICO reprimands of councils and housing bodies, 2022 and 2023
    Example:
        >>> never_to_the_old_address(Situation.where(verb="print_letter", recipient="person", channel="old_address"))
        True
        >>> never_to_the_old_address(Situation.where(verb="print_letter", recipient="person", channel="safe_channel"))
        False
    """
    return s.sending and s.channel in ("old_address", "shared_phone")


@forbid("OUT-020", owes=("route_to_right_recipient", "log_denial", "offer_safe_channel"), act=SENDS)
def not_to_a_mailbox_many_read(s: Situation) -> bool:
    """What concerns a person must go to somebody by name, not to a mailbox that many read, unless grave harm cannot wait for a name.

    Source: Caldicott principle 4; UK GDPR Art 32
    Example:
        >>> not_to_a_mailbox_many_read(Situation.where(verb="share_to", recipient="voluntary", channel="shared_mailbox"))
        True
    """
    return s.sending and s.channel == "shared_mailbox" and not s.grave


@refuse("OUT-030", owes=("neutral_denial", "safe_contact_check", "notify_allocated_worker", "escalate"), hides=True)
def a_secret_abode_stays_secret(s: Situation) -> bool:
    """Where a person in hiding lives or goes must not be sent to the family, nor to anyone else without the person's leave.

    Source: UK GDPR Art 5(1)(f); DfE information sharing advice, rule 5
    Example:
        >>> abode = dict(verb="share_to", category="home_address", flags=("address_concealed",))
        >>> a_secret_abode_stays_secret(Situation.where(**abode, recipient="ex_partner"))
        True
        >>> a_secret_abode_stays_secret(Situation.where(**abode, recipient="court_service", channel="sealed"))
        False
    """
    hidden = "address_concealed" in s.flags and s.category in SECRET_ABODE and s.sending and not s.letter_home
    sealed_for_the_court = s.recipient == "court_service" and s.channel in SAFE_WAYS
    letterbox = s.purpose == "adoption_support" and s.recipient == "birth_family" and s.category == "contact_details"
    return hidden and not sealed_for_the_court and not letterbox and (s.to_family or s.said_no or s.channel in OPEN_WAYS or s.harm)


@keep_back("OUT-040", "home_address", "whereabouts", "contact_details", "school", owes=("minimum_fields", "safe_contact_check"), act=SENDS)
def an_address_does_not_travel(s: Situation) -> bool:
    """What goes out about a person in hiding must not carry where they live, learn or can be reached, unless it is that which the recipient needs.

    Source: UK GDPR Art 25; Family Procedure Rules (confidential contact details)
    Example:
        >>> an_address_does_not_travel(Situation.where(verb="share_to", recipient="ex_partner", channel="court_bundle", flags=("address_concealed",)))
        True
        >>> an_address_does_not_travel(Situation.where(verb="share_to", recipient="police", not_acting="imminent_life", flags=("address_concealed",)))
        False
    """
    if not s.sending or "address_concealed" not in s.flags or s.letter_home and s.channel in SAFE_WAYS:
        return False
    for_the_purpose = s.category in SECRET_ABODE and not to_another_party(s)
    sealed_for_the_court = s.recipient == "court_service" and s.channel in SAFE_WAYS
    return not (for_the_purpose or sealed_for_the_court or s.grave and not s.to_family)


@keep_back("OUT-050", "other_parent_data", "home_address", "whereabouts", "contact_details", "third_party_info", owes=("redact_third_party", "minimum_fields"), act=SENDS)
def an_ex_partner_gets_only_their_part(s: Situation) -> bool:
    """What goes to an ex-partner must leave out the other parent and everything that leads to them.

    Source: UK GDPR Art 5(1)(c) and (f); ICO reprimand of a county council, 2023
    Example:
        >>> an_ex_partner_gets_only_their_part(Situation.where(verb="share_to", recipient="ex_partner", consent="refused"))
        True
    """
    nothing_to_hide = s.agreed and s.about == "subject" and not s.harm and not s.flags
    return s.sending and s.recipient == "ex_partner" and not nothing_to_hide


@keep_back("OUT-060", "third_party_info", "names_of_others", "carer_identity", "home_address", "criminal_allegation", "referrer_identity", owes=("redact_third_party",), act=SENDS)
def a_copy_for_the_family_holds_only_the_family(s: Situation) -> bool:
    """A paper for one family must not carry other people: no carers' names or address, no neighbour's child, no referrer, no allegation.

    Source: UK GDPR Art 5(1)(f), 10, 25 and 32; ICO reprimand of a children's trust, 2024; ICO penalty for a printing default, 2012
    Example:
        >>> a_copy_for_the_family_holds_only_the_family(Situation.where(verb="print_letter", recipient="parent", about="mixed"))
        True
        >>> a_copy_for_the_family_holds_only_the_family(Situation.where(verb="print_letter", recipient="parent"))
        False
    """
    return s.sending and (s.to_family or s.letter_home) and (s.about != "subject" or s.harm_to_other)


@keep_back("OUT-070", "adoptive_names", "carer_identity", "home_address", "whereabouts", "contact_details", "school", owes=("safe_contact_check", "redact_third_party"), act=SENDS)
def letters_after_adoption(s: Situation) -> bool:
    """Contact between a birth family and an adopted child must go through the agency, without anything that leads to the adoptive home.

    Source: Adoption and Children Act 2002 ss56 to 58
    Example:
        >>> letters_after_adoption(Situation.where(verb="message", recipient="birth_family", flags=("adopted",)))
        True
    """
    return s.sending and (s.recipient == "birth_family" or s.to_family and "adopted" in s.flags and "address_concealed" in s.flags)


@refuse("OUT-080", owes=("notify_allocated_worker", "seek_persons_own_view", "safe_contact_check"), act=SENDS)
def sending_it_home_would_harm(s: Situation) -> bool:
    """What is likely to harm somebody if the family read it must not be sent to the family, where leaving out an address does not cure it.

    Source: Data Protection Act 2018 Sch 3 (serious harm, child abuse data); DfE information sharing advice, rule 5
    Example:
        >>> sending_it_home_would_harm(Situation.where(verb="print_letter", recipient="parent", acting="to_subject"))
        True
    """
    through_the_agency = s.recipient == "birth_family" and s.purpose == "adoption_support"
    return s.to_family and s.harm_to_subject and "address_concealed" not in s.flags and not through_the_agency


@refuse("OUT-085", owes=("safe_contact_check", "notify_allocated_worker", "do_not_tell_perpetrator"), act=SENDS)
def abuse_is_not_announced_at_home(s: Situation) -> bool:
    """What tells of domestic abuse must not be sent to the family: whoever does the harm may read it.

    Source: DfE information sharing advice, rule 5; the Operation Encompass scheme: the notice is for the key adult only
    Example:
        >>> abuse_is_not_announced_at_home(Situation.where(verb="message", recipient="parent", category="domestic_abuse", consent="not_sought_unsafe"))
        True
    """
    by_a_safe_way = s.channel in SAFE_WAYS and s.recipient != "ex_partner" or s.channel == "court_bundle"
    return s.to_family and s.category == "domestic_abuse" and not by_a_safe_way


@allow("OUT-090", owes=("record_basis",), who=AT_WORK, act=SENDS)
def to_the_family_in_its_own_matter(s: Situation) -> bool:
    """A worker on the case may give the family of a child, of an adult who cannot decide or who agrees, or a party to proceedings, the papers of that matter.

    Source: Children Act 1989 s17, s22(4) and s47; Mental Capacity Act 2005 s4(7); Family Procedure Rules
    Example:
        >>> to_the_family_in_its_own_matter(Situation.where(verb="print_letter", recipient="parent", kind="child"))
        True
        >>> to_the_family_in_its_own_matter(Situation.where(verb="share_to", recipient="parent", consent="refused", purpose="safeguarding_adult"))
        False
    """
    return s.involved and s.to_family and (s.child or s.purpose == "court_proceedings" or s.agreed or s.limited or s.cannot_agree)


@allow("OUT-100", owes=("record_basis", "safe_contact_check"), who=AT_WORK, act=SENDS)
def to_the_person(s: Situation) -> bool:
    """A worker on the case may write to the person.

    Source: Caldicott principle 8; UK GDPR Art 12
    Example:
        >>> to_the_person(Situation.where(verb="print_letter", recipient="person", channel="safe_channel"))
        True
    """
    return s.involved and s.letter_home


@refuse("OUT-110", owes=("safe_contact_check", "offer_safe_channel", "notify_allocated_worker"), act=SENDS)
def find_a_safe_way_first(s: Situation) -> bool:
    """Where an address is secret, or somebody else may watch, and harm is recorded, a letter or message must not go by a way that is not known to be safe.

    Source: UK GDPR Art 5(1)(f) and 32
    Example:
        >>> find_a_safe_way_first(Situation.where(verb="message", recipient="person", channel="email", flags=("portal_unsafe",), acting="to_subject"))
        True
    """
    return s.letter_home and bool(s.flags & {"address_concealed", "portal_unsafe"}) and s.harm_to_subject and s.channel not in SAFE_WAYS


@oblige("OUT-120", "safe_contact_check", on=ALLOWED, act=SENDS)
def check_before_sending(s: Situation) -> bool:
    """Whatever goes to a person or a family must be checked against the safe-contact choice at the moment of sending.

    Source: UK GDPR Art 5(1)(d) and (f)
    Example:
        >>> check_before_sending(Situation.where(verb="message", recipient="person"))
        True
    """
    return s.sending and (s.letter_home or s.to_family or bool(s.flags & {"address_concealed", "portal_unsafe"}))


@oblige("OUT-130", "second_person_approval", on=ALLOWED, act=SENDS)
def a_second_pair_of_eyes(s: Situation) -> bool:
    """Somebody other than the author must look at what goes to a family or a court, and at whatever holds other people, before it goes.

    Source: UK GDPR Art 32; ICO reprimands of councils, 2022 to 2024; OWASP ASVS 5.0, 2.3.5
    Example:
        >>> a_second_pair_of_eyes(Situation.where(verb="print_letter", recipient="parent"))
        True
    """
    return s.sending and (s.to_family or s.recipient == "court_service" or s.channel == "court_bundle" or s.letter_home and (s.about != "subject" or s.harm))


@oblige("OUT-140", "sealed_delivery", "do_not_forward", on=ALLOWED, act=SENDS)
def for_one_pair_of_eyes(s: Situation) -> bool:
    """What goes to a court, and what is most protected, must be sealed to the named recipient, who may not pass it on.

    Source: Family Procedure Rules (confidential contact details); Gender Recognition Act 2004 s22; UK GDPR Art 32
    Example:
        >>> for_one_pair_of_eyes(Situation.where(verb="share_to", recipient="court_service", channel="sealed"))
        True
    """
    most_protected = s.category in ("gender_history", "adoption_history", "police_intelligence", "referrer_identity", "counselling_notes", "sexual_health")
    secret = bool(s.flags & {"restricted_record", "identity_protected"}) or "address_concealed" in s.flags and s.category in SECRET_ABODE
    return s.sending and not s.letter_home and (s.recipient == "court_service" or s.channel in ("sealed", "named_person") or most_protected or secret)
