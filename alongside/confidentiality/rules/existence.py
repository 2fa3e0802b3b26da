"""Whether anybody may learn that a record is there at all."""

from datetime import date

from alongside.confidentiality.rules.kinds import ALLOWED, AT_HOME, AT_WORK, KEEPS, READS, REFUSED, duty, forbid, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import SECRET_ABODE, Situation

HIDING_FLAGS = frozenset({"restricted_record", "identity_protected"})


@refuse("EXI-010", owes=("neutral_denial",), hides=True)
def restricted_record(s: Situation) -> bool:
    """Whoever is not on the named list of a restricted record must get the answer they would get if there were no record.

    Source: UK GDPR Art 32; that a record exists is itself personal data
    Example:
        >>> restricted_record(Situation.where(verb="search", relation="team_cover", flags=("restricted_record",)))
        True
        >>> restricted_record(Situation.where(flags=("restricted_record",)))
        False
    """
    return "restricted_record" in s.flags and not s.named


@refuse("EXI-020", owes=("neutral_denial",), hides=True)
def protected_identity(s: Situation) -> bool:
    """Somebody with a protected identity must not be found or joined to an earlier name by anyone but those named on the case.

    Source: UK GDPR Art 5(1)(f) and 32; NHS Personal Demographics Service practice for protected identities
    Example:
        >>> protected_identity(Situation.where(relation="referred_to", flags=("identity_protected",)))
        True
    """
    return "identity_protected" in s.flags and not s.named


@refuse("EXI-030", owes=("neutral_denial",), hides=True)
def a_link_is_no_right(s: Situation) -> bool:
    """A link to a file must give nobody a right that they do not have without it, nor show that the file exists.

    Source: OWASP ASVS 5.0, 8.2.2; UK GDPR Art 32
    Example:
        >>> a_link_is_no_right(Situation.where(relation="none", channel="attachment_link"))
        True
        >>> a_link_is_no_right(Situation.where(relation="allocated", channel="attachment_link"))
        False
    """
    return s.channel == "attachment_link" and not (s.involved or s.themself or s.parent)


@refuse("EXI-040", owes=("neutral_denial",), hides=True, who=AT_HOME)
def no_link_at_all(s: Situation) -> bool:
    """Somebody with no link to the person must not learn from us whether we know the person.

    Source: UK GDPR Art 5(1)(f); common law duty of confidence, which outlives the person
    Example:
        >>> no_link_at_all(Situation.where(agency="none", role="carer", relation="none"))
        True
    """
    return s.outsider and s.kind != "none"


@refuse("EXI-050", owes=("neutral_denial",), hides=True, who=AT_WORK)
def secret_abode_from_the_uninvolved(s: Situation) -> bool:
    """Where a person in hiding lives or goes must not be shown, or shown to exist, to staff who are not on the case.

    Source: UK GDPR Art 5(1)(f) and 25
    Example:
        >>> secret_abode_from_the_uninvolved(Situation.where(relation="none", category="whereabouts", flags=("address_concealed",)))
        True
    """
    return s.staff and "address_concealed" in s.flags and s.category in SECRET_ABODE and not s.involved and s.recipient != "court_service"


@refuse("EXI-055", owes=("neutral_denial", "notify_supervisor"), hides=True, who=AT_WORK)
def a_tie_finds_nobody_in_hiding(s: Situation) -> bool:
    """A worker with a tie to a person in hiding must not learn at work that the person is known at all.

    Source: UK GDPR Art 5(1)(f) and 32; Data Protection Act 2018 s170
    Example:
        >>> a_tie_finds_nobody_in_hiding(Situation.where(relation="none", verb="search", category="index_entry", flags=("address_concealed", "relative_of_actor")))
        True
    """
    return s.staff and {"relative_of_actor", "address_concealed"} <= s.flags


@forbid("EXI-060", owes=("neutral_denial", "log_denial", "route_to_right_recipient", "escalate"), hides=True, act=KEEPS)
def never_join_protected_identities(s: Situation) -> bool:
    """Records of an adopted person, of somebody with a gender recognition certificate or with a protected identity must never be joined locally.

    Source: NHS Personal Demographics Service: a national back office alone makes such changes; Adoption and Children Act 2002; Gender Recognition Act 2004 s22
    Example:
        >>> never_join_protected_identities(Situation.where(verb="merge", purpose="data_quality", flags=("adopted",)))
        True
        >>> never_join_protected_identities(Situation.where(verb="merge", purpose="data_quality"))
        False
    """
    protected = s.flags & {"adopted", "gender_recognition", "identity_protected", "restricted_record"}
    return s.verb == "merge" and (bool(protected) or s.category in ("adoption_history", "gender_history"))


@keep_back("EXI-070", "home_address", "whereabouts", "contact_details", "school", act=READS)
def a_search_shows_no_secret_abode(s: Situation) -> bool:
    """A search may show that a person in hiding is known to the partnership, but must not show where they live, learn or can be reached.

    Source: UK GDPR Art 25
    Example:
        >>> a_search_shows_no_secret_abode(Situation.where(verb="search", category="index_entry", flags=("address_concealed",)))
        True
    """
    return s.verb == "search" and "address_concealed" in s.flags


@duty("EXI-075", owes=("route_to_right_recipient", "minimum_fields", "record_basis"), who=AT_WORK, act=KEEPS)
def registering_tells_nothing(s: Situation) -> bool:
    """Anybody at work may register a person they begin to help; where the person is already known and hidden, the answer must be the same, and a back office joins the two.

    Source: UK GDPR Art 32: a refused duplicate would show that a record exists
    Example:
        >>> registering_tells_nothing(Situation.where(relation="none", verb="write", category="index_entry", flags=("restricted_record",)))
        True
    """
    return s.staff and s.verb == "write" and s.category == "index_entry" and s.role not in ("machine_client", "student", "researcher", "analyst")


@oblige("EXI-080", "neutral_denial", "route_to_right_recipient", on=ALLOWED, hides=True)
def the_same_thanks(s: Situation) -> bool:
    """Whoever reports a worry about a hidden person, or with no link to anybody here, must get the reply that they would get about a person nobody knows.

    Source: UK GDPR Art 32; the duty to report does not depend on access
    Example:
        >>> worry = dict(role="teacher", agency="school", relation="none", verb="write", category="safeguarding_concern")
        >>> the_same_thanks(Situation.where(**worry, flags=("restricted_record",)))
        True
    """
    hidden = bool(s.flags & HIDING_FLAGS) and not s.named
    return (hidden or s.outsider and s.kind != "none") and (s.verb == "write" or s.sending)


@oblige("EXI-085", "neutral_denial", on=REFUSED, hides=True)
def no_reason_tells(s: Situation) -> bool:
    """Whatever the reason for a refusal, it must not show that a hidden record, or a secret address that a relative asks for, is there.

    Source: UK GDPR Art 32; that a record exists is itself personal data
    Example:
        >>> no_reason_tells(Situation.where(relation="none", verb="delete", flags=("restricted_record",)))
        True
        >>> no_reason_tells(Situation.where(verb="delete", flags=("restricted_record",)))
        False
    """
    hidden = bool(s.flags & HIDING_FLAGS) and not s.named
    return hidden or s.family and "address_concealed" in s.flags and s.category in SECRET_ABODE


@oblige("EXI-090", "log_denial", on=REFUSED)
def every_refusal_is_logged(s: Situation) -> bool:
    """Every refused attempt must leave its line in the ledger.

    Source: OWASP ASVS 5.0, 16.3.2; UK GDPR Art 5(2)
    Example:
        >>> every_refusal_is_logged(Situation.where())
        True
    """
    return True


@oblige("EXI-100", "offer_reason_and_challenge", on=REFUSED, who=AT_HOME)
def the_refused_may_challenge(s: Situation) -> bool:
    """The person, a parent or somebody acting for them must hear how to ask why and how to complain; the words are the same where nothing is held.

    Source: Data Protection Act 2018 s45; UK GDPR Art 12(4); Working Together to Safeguard Children
    Example:
        >>> the_refused_may_challenge(Situation.where(agency="none", role="parent", relation="parental_responsibility", kind="child"))
        True
    """
    return s.themself or s.family or s.proxy


@oblige("EXI-110", "offer_reason_and_challenge", on=REFUSED, since=date(2026, 6, 19), who=AT_HOME)
def complaints_process(s: Situation) -> bool:
    """Everybody outside the agencies must be offered the statutory complaint route, acknowledged within 30 days.

    Source: Data Protection Act 2018 s164A, in force 19 June 2026
    Example:
        >>> complaints_process(Situation.where(agency="none", role="carer", relation="none"))
        True
    """
    return not s.staff
