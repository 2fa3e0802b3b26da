"""Need to know: who has a part in somebody's care or protection now, and for what."""

from alongside.confidentiality.rules.kinds import ALLOWED, AT_WORK, KEEPS, READS, REFUSED, allow, ask_first, keep_back, oblige, refuse
from alongside.confidentiality.rules.situation import SAFEGUARDING, Situation

CARE = SAFEGUARDING | frozenset(
    {"direct_care", "child_in_need_service", "early_help", "education_support", "housing_support", "hospital_discharge", "peer_support", "emergency_life", "court_proceedings",
     "supervision", "service_management"}
)
OVERSIGHT = frozenset({"supervision", "service_management"})
OFFICES = frozenset({"auditor", "caldicott_guardian", "system_admin", "records_manager", "analyst", "researcher", "machine_client"})
NOT_A_PERSONS_RECORD = frozenset({"finance_open_book", "aggregate_counts"})
FASTEST_READER = 50
"""Records in five minutes. Nobody reads one record in six seconds; a caseload review opens fewer."""
FOR_A_PEER = frozenset({"contact_details", "strengths_needs_plan", "index_entry"})
FOR_A_VOLUNTEER = FOR_A_PEER | {"property_entry", "home_address", "housing", "whereabouts"}
PERSONAL_ACTS = frozenset({"read", "api_read", "bulk_read", "export", "view_ledger", "share_to", "print_letter", "message", "write", "correct", "delete", "change_access"})


def holds_an_office(s: Situation) -> bool:
    """Somebody whose work has rules of its own: audit, technical support, records, research."""
    return s.role in OFFICES or s.relation in ("records_role", "partnership_member") or s.role == "administrator" and s.purpose in ("data_quality", "retention")


@refuse("REL-010", owes=("offer_cover_route",), who=AT_WORK)
def no_part_in_the_care(s: Situation) -> bool:
    """Staff without a part in somebody's care or protection must not use that person's record, whatever they say it is for.

    Source: Data Protection Act 2018 s170; Computer Misuse Act 1990; Caldicott principle 4
    Example:
        >>> no_part_in_the_care(Situation.where(relation="none"))
        True
        >>> no_part_in_the_care(Situation.where(relation="none", person_under_care_of_actors_unit=True))
        False
    """
    return s.staff and s.relation == "none" and not s.involved and s.verb in PERSONAL_ACTS and not (s.demand or holds_an_office(s) or s.category in NOT_A_PERSONS_RECORD)


@refuse("REL-020", owes=("offer_cover_route",), who=AT_WORK)
def no_longer_on_the_case(s: Situation) -> bool:
    """Staff whose part has ended must not open the record any more; if they are needed again, they are allocated again.

    Source: Caldicott principle 4; OWASP ASVS 5.0, 8.3.2
    Example:
        >>> no_longer_on_the_case(Situation.where(relation="previously_involved"))
        True
    """
    leaving = s.agreement == "withdrawn_by_agency" and s.verb == "export" and s.purpose in ("retention", "partnership_governance")
    return (
        s.staff
        and s.relation == "previously_involved"
        and not s.involved
        and s.verb in PERSONAL_ACTS
        and s.purpose != "court_proceedings"
        and not leaving
        and not (s.sending and s.agreed)
    )


@ask_first("REL-025", owes=("record_reason", "second_person_approval", "time_limit", "notify_allocated_worker"), who=AT_WORK)
def evidence_on_an_old_case(s: Situation) -> bool:
    """A worker asked for evidence on a case that is no longer theirs must get it through the present team, for the time it takes.

    Source: Family Procedure Rules; Caldicott principle 4
    Example:
        >>> evidence_on_an_old_case(Situation.where(relation="previously_involved", purpose="court_proceedings"))
        True
    """
    return s.staff and s.relation == "previously_involved" and s.purpose == "court_proceedings" and s.verb in ("read", "export")


@refuse("REL-030", owes=("notify_supervisor", "offer_cover_route"), who=AT_WORK)
def never_ones_own_family(s: Situation) -> bool:
    """Staff must not work with the record of a relative, even one on their list; the supervisor finds somebody else.

    Source: Social Work England professional standards; NMC Code; conflict of interest
    Example:
        >>> never_ones_own_family(Situation.where(flags=("relative_of_actor",)))
        True
    """
    return s.staff and "relative_of_actor" in s.flags


@refuse("REL-040", owes=("notify_supervisor", "offer_safe_channel", "offer_reason_and_challenge"), who=AT_WORK)
def ones_own_record_like_anybody_else(s: Situation) -> bool:
    """Staff must not open their own record with a work account; they read it as any person does.

    Source: UK GDPR Art 15 and 32; Data Protection Act 2018 s170
    Example:
        >>> ones_own_record_like_anybody_else(Situation.where(relation="self"))
        True
    """
    return s.staff and s.relation == "self"


@refuse("REL-050", owes=("notify_supervisor",), who=AT_WORK)
def no_employers_curiosity(s: Situation) -> bool:
    """The record of somebody who works for a partner must not be opened to manage them, nor by a colleague without a part in the care.

    Source: UK GDPR Art 5(1)(b); Data Protection Act 2018 s170
    Example:
        >>> no_employers_curiosity(Situation.where(flags=("staff_member",), role="team_manager", relation="supervisor", purpose="service_management"))
        True
    """
    return (
        s.staff
        and "staff_member" in s.flags
        and s.category != "workforce"
        and s.verb in PERSONAL_ACTS
        and (s.purpose in OVERSIGHT and s.relation != "allocated" or not s.involved and not holds_an_office(s))
    )


@oblige("REL-060", "notify_supervisor", "notify_caldicott_guardian", on=REFUSED, who=AT_WORK)
def curiosity_is_looked_at(s: Situation) -> bool:
    """An attempt by uninvolved staff on the record of somebody in the news, dead, a colleague or a relative must be told to their supervisor.

    Source: Caldicott principle 5; inquiries into record snooping at hospitals
    Example:
        >>> curiosity_is_looked_at(Situation.where(relation="none", flags=("public_interest",)))
        True
    """
    return s.staff and bool(s.flags & {"public_interest", "deceased", "staff_member", "relative_of_actor"})


@oblige("REL-070", "record_reason", on=ALLOWED, who=AT_WORK)
def watched_records(s: Situation) -> bool:
    """Whoever opens the record of a colleague or of somebody in the news must write down why.

    Source: Caldicott principles 1 and 5
    Example:
        >>> watched_records(Situation.where(flags=("staff_member",)))
        True
    """
    return s.staff and bool(s.flags & {"public_interest", "staff_member", "deceased"})


@ask_first("REL-080", owes=("no_bulk", "notify_supervisor", "record_reason"))
def too_many_too_fast(s: Situation) -> bool:
    """More records than somebody can read must not open until a supervisor has looked, even where each alone would.

    Source: OWASP ASVS 5.0, 2.4.1; UK GDPR Art 32
    Example:
        >>> too_many_too_fast(Situation.where(verb="bulk_read", rate_per_5min=400))
        True
        >>> too_many_too_fast(Situation.where(rate_per_5min=6))
        False
    """
    rate = s.known("rate_per_5min")
    if type(rate) is int:
        return rate > FASTEST_READER
    return s.verb == "bulk_read" and s.category != "index_entry"


@ask_first("REL-090", owes=("no_bulk", "second_person_approval", "minimum_fields", "record_reason"), who=AT_WORK)
def a_copy_leaves_the_house(s: Situation) -> bool:
    """A record must not be taken out as a file by staff before somebody else has looked, except to answer a right or a court.

    Source: UK GDPR Art 32; OWASP ASVS 5.0, 2.3.5
    Example:
        >>> a_copy_leaves_the_house(Situation.where(verb="export"))
        True
    """
    return (
        s.staff
        and s.verb == "export"
        and s.kind != "none"
        and not holds_an_office(s)
        and not s.demand
        and s.purpose not in ("subject_access", "rights_request", "court_proceedings", "research")
    )


@refuse("REL-100", owes=("ask_narrower", "record_reason"), who=AT_WORK)
def say_what_it_is_for(s: Situation) -> bool:
    """Staff must say what they need a record for.

    Source: Caldicott principle 1; UK GDPR Art 5(1)(b)
    Example:
        >>> say_what_it_is_for(Situation.where(purpose="none_stated"))
        True
    """
    return s.staff and s.purpose == "none_stated"


@refuse("REL-110", owes=("ask_narrower",), who=AT_WORK)
def membership_is_no_key(s: Situation) -> bool:
    """Being a member of the partnership must not open anybody's record.

    Source: Caldicott principle 4
    Example:
        >>> membership_is_no_key(Situation.where(relation="partnership_member"))
        True
    """
    return s.staff and s.relation == "partnership_member" and s.kind != "none" and s.verb in PERSONAL_ACTS and s.category not in NOT_A_PERSONS_RECORD


@refuse("REL-120", owes=("minimum_fields", "ask_narrower", "route_to_right_recipient"), who=AT_WORK, act=READS)
def more_than_a_peer_needs(s: Situation) -> bool:
    """A peer supporter or volunteer must not read beyond what their part needs: no health, no safeguarding, no whole record.

    Source: Caldicott principles 3 and 4; role boundaries of the volunteering agreement
    Example:
        >>> more_than_a_peer_needs(Situation.where(agency="peer_network", role="peer_supporter", relation="referred_to", category="general_health"))
        True
    """
    fit = {"peer_supporter": FOR_A_PEER, "volunteer": FOR_A_VOLUNTEER}.get(s.role)
    return fit is not None and s.staff and s.reading and s.category not in fit


@refuse("REL-130", owes=("notify_supervisor", "offer_training_data"), who=AT_WORK)
def training_first(s: Situation) -> bool:
    """Staff whose yearly training in information governance has lapsed must renew it before they open a record.

    Source: Data Security and Protection Toolkit; Caldicott principle 5
    Example:
        >>> training_first(Situation.where(training_current=False))
        True
    """
    return s.staff and s.known("training_current") is False


@refuse("REL-140", owes=("ask_narrower", "route_to_right_recipient"), who=AT_WORK, act=READS)
def not_a_purpose_of_care(s: Situation) -> bool:
    """A part in the care must not open a record for anything but care, protection and their supervision.

    Source: UK GDPR Art 5(1)(b); Caldicott principle 2
    Example:
        >>> not_a_purpose_of_care(Situation.where(purpose="commissioning_planning"))
        True
    """
    elsewhere = CARE | {"subject_access", "rights_request", "data_quality", "adoption_support", "retention", "none_stated", "portal_view", "immigration_control"}
    return s.involved and s.purpose not in elsewhere and s.reading and s.category not in NOT_A_PERSONS_RECORD and not holds_an_office(s)


@allow("REL-150", owes=("record_basis",), who=AT_WORK)
def those_on_the_case_may_read(s: Situation) -> bool:
    """Those with a part in the care or protection may read what it needs.

    Source: UK GDPR Art 6(1)(e) and 9(2)(h); Children Act 1989; Care Act 2014
    Example:
        >>> those_on_the_case_may_read(Situation.where())
        True
    """
    return s.involved and s.verb in ("read", "search", "bulk_read", "view_ledger", "export", "report") and s.purpose in CARE


@allow("REL-160", owes=("acknowledge_due", "record_basis"), who=AT_WORK, act=KEEPS)
def those_on_the_case_may_write(s: Situation) -> bool:
    """Those with a part in the care or protection may write in the record.

    Source: UK GDPR Art 6(1)(e); professional duties to keep records
    Example:
        >>> those_on_the_case_may_write(Situation.where(verb="write"))
        True
    """
    return s.involved and s.verb == "write" and s.role != "machine_client"


@allow("REL-170", owes=("minimum_fields", "record_basis"), who=AT_WORK, act=READS)
def anybody_at_work_may_look_somebody_up(s: Situation) -> bool:
    """Staff of a partner may find in the index whether somebody is known and whom to ask, and no more.

    Source: Children Act 2004 s10 and 11; Caldicott principles 3 and 7
    Example:
        >>> anybody_at_work_may_look_somebody_up(Situation.where(verb="search", category="index_entry", relation="none"))
        True
    """
    outsiders = ("machine_client", "student", "researcher", "analyst", "peer_supporter", "volunteer")
    return s.staff and s.verb == "search" and s.category == "index_entry" and s.role not in outsiders


@oblige("REL-180", "record_reason", "time_limit", on=ALLOWED, who=AT_WORK)
def cover_is_lent(s: Situation) -> bool:
    """Access by cover, or because the person is on the worker's ward, must carry its reason and end by itself.

    Source: Caldicott principle 4; continuity of care
    Example:
        >>> cover_is_lent(Situation.where(relation="team_cover"))
        True
    """
    return s.staff and (s.relation == "team_cover" or s.known("person_under_care_of_actors_unit") is True or s.role in ("volunteer", "peer_supporter"))


@oblige("REL-190", "record_reason", on=ALLOWED, who=AT_WORK)
def supervision_is_noted(s: Situation) -> bool:
    """A supervisor or manager who opens a worker's case must note the supervision it is for.

    Source: Working Together to Safeguard Children: supervision; Caldicott principle 1
    Example:
        >>> supervision_is_noted(Situation.where(relation="supervisor", purpose="supervision"))
        True
    """
    return s.staff and (s.relation == "supervisor" or s.purpose in OVERSIGHT)


@keep_back("REL-200", "everything_outside_the_referral", owes=("minimum_fields", "time_limit"), who=AT_WORK, act=READS)
def a_referral_is_not_the_whole(s: Situation) -> bool:
    """Whoever holds only an open referral must see what the referral is about, not the whole record.

    Source: Caldicott principle 3
    Example:
        >>> a_referral_is_not_the_whole(Situation.where(relation="referred_to", category="whole_record"))
        True
    """
    return s.staff and s.relation == "referred_to" and s.category == "whole_record" and s.reading and not s.grave


@keep_back("REL-210", "everything_but_first_name_and_interests", owes=("minimum_fields", "do_not_forward"), who=AT_WORK, act=READS)
def what_a_peer_is_shown(s: Situation) -> bool:
    """A peer supporter must see the first name and the interests that the person chose to share.

    Source: common law duty of confidence: consent has limits
    Example:
        >>> what_a_peer_is_shown(Situation.where(agency="peer_network", role="peer_supporter", relation="referred_to", category="contact_details"))
        True
    """
    return s.role == "peer_supporter" and s.staff and s.reading and not (s.agreed and s.category != "contact_details")


@refuse("REL-220", owes=("offer_training_data", "notify_supervisor"), who=AT_WORK)
def learn_on_invented_people(s: Situation) -> bool:
    """A student must learn on invented records, unless they care for the person under supervision.

    Source: UK GDPR Art 5(1)(c); Caldicott principle 2
    Example:
        >>> learn_on_invented_people(Situation.where(agency="nhs_hospital", role="student", relation="none"))
        True
    """
    placed = s.involved and s.purpose in SAFEGUARDING | {"direct_care", "child_in_need_service", "early_help", "hospital_discharge"} and s.verb in ("read", "write")
    return s.role == "student" and s.staff and not placed


@oblige("REL-230", "notify_supervisor", "minimum_fields", "time_limit", "record_reason", on=ALLOWED, who=AT_WORK)
def a_student_is_not_alone(s: Situation) -> bool:
    """A student who reads for a person in their care must be seen by whoever supervises them.

    Source: NMC Standards for student supervision; Caldicott principle 5
    Example:
        >>> a_student_is_not_alone(Situation.where(agency="nhs_hospital", role="student", relation="allocated"))
        True
    """
    return s.role == "student" and s.staff


@oblige("REL-240", "notify_supervisor", on=ALLOWED, who=AT_WORK)
def a_colleague_on_the_list(s: Situation) -> bool:
    """A supervisor must know that a worker cares for somebody who works for a partner, and judge whether that can stand.

    Source: Social Work England professional standards; NMC Code; conflict of interest
    Example:
        >>> a_colleague_on_the_list(Situation.where(flags=("staff_member",)))
        True
    """
    return s.staff and "staff_member" in s.flags


@refuse("REL-250", owes=("route_to_right_recipient",), who=AT_WORK, act=KEEPS)
def an_entry_stands_where_it_belongs(s: Situation) -> bool:
    """What is only about somebody else must not be written into a person's record; it belongs in that other person's.

    Source: UK GDPR Art 5(1)(c) and (d) and 10; ICO reprimand of a children's trust, 2024
    Example:
        >>> an_entry_stands_where_it_belongs(Situation.where(verb="write", about="other_person", category="criminal_allegation"))
        True
    """
    return s.staff and s.verb == "write" and s.about == "other_person" and s.kind != "none"
