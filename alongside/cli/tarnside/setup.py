"""Set up Tarnside through the product's own actions: agencies, teams, practitioners, the partnership, what is agreed, what each must know."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from alongside.agencies import actions as agencies
from alongside.agencies.models import Agency, Practitioner, Team
from alongside.cli.tarnside.cast import AGENCIES, HOW_TO_COMPLAIN, PARTNERSHIP, PEOPLE, PRACTITIONERS, TEAMS, VISION
from alongside.confidentiality.gate import acting
from alongside.confidentiality.models import Relationship
from alongside.partnerships import actions as partnerships
from alongside.partnerships.facts import AgreementText, NewTerm, PartyFacts
from alongside.people import actions as people

LONGER = timedelta(days=365)

TERMS = tuple(
    NewTerm(purpose, category, basis, gateway, minimum_fields=least)
    for purpose, categories, basis, gateway, least in (
        ("safeguarding_child", ("index_entry", "contact_details", "safeguarding_concern", "domestic_abuse", "strengths_needs_plan", "education", "general_health", "whereabouts"),
         "s11_ca2004", "Children Act 2004 section 11", "What was seen, said and done about the worry"),
        ("direct_care", ("index_entry", "contact_details", "strengths_needs_plan", "general_health", "education"), "art9_2_h_care", "Health and Social Care Act 2012 section 251B", "What whoever helps must know today"),
        ("hospital_discharge", ("index_entry", "strengths_needs_plan", "general_health"), "art9_2_h_care", "Care Act 2014 section 74", "What has changed and what help is needed at home"),
        ("safeguarding_adult", ("index_entry", "safeguarding_concern", "strengths_needs_plan", "general_health"), "care_act_s42", "Care Act 2014 sections 42 and 45", "What was seen and said, and what the adult wants"),
    )
    for category in categories
)  # fmt: skip

AGREEMENT = AgreementText(
    "Working together with children, families and older people", starts=datetime(2025, 1, 1, tzinfo=UTC), ends=datetime(2026, 1, 1, tzinfo=UTC), review_on=date(2025, 12, 1),
    why="So that nobody has to tell their story twice and no worry is lost between agencies.",
    who_sees="Those who work with the person now, their supervisors, and the desk that decides what comes in.",
    safeguards="Everybody is trained every year. Every look leaves a line that the person can read. What is kept back is kept back with a reason.",
    retention="As each agency's own record is kept; what was only passed through is not kept twice.",
    how_people_are_told="At the first meeting, in each agency's privacy notice, and on the person's own pages, where they see who looked and why.",
    contact="The partnership's lead, or the duty desk of any party. Out of hours: 01632 960 100.",
)  # fmt: skip

NEEDS = (
    ("priya", "front_door", ("referrals", "injuries", "significant_harm"), "safeguarding_child", "same_working_day", "We decide whether a child is at risk and who must act.", "anyone"),
    ("daniel", "assessment", ("injuries", "siblings", "domestic_abuse", "assessment_parts"), "safeguarding_child", "same_working_day", "We assess the children and plan with the family.", "our_people"),
    ("amina", "family_nurses", ("injuries", "domestic_abuse", "roll_changes"), "safeguarding_child", "same_working_day", "We visit the baby and must know what may harm him.", "our_people"),
    ("grace", "safeguarding", ("domestic_abuse", "missing_episodes"), "safeguarding_child", "start_of_next_school_day", "The child must be met with care when school opens.", "our_people"),
    ("sam", "doctors", ("discharges", "medication", "injuries"), "direct_care", "1_working_day", "We prescribe, and see the whole family.", "our_people"),
    ("joan", "home_support", ("discharges", "falls", "visits"), "direct_care", "1_working_day", "We visit at home and must know what has changed.", "our_people"),
    ("megan", "hospital_social", ("discharges", "medication", "falls"), "direct_care", "1_working_day", "We arrange support at home.", "our_people"),
)  # fmt: skip

INVOLVED = (
    ("leah", "amina", True), ("noah", "amina", True), ("noah", "daniel", False), ("ella", "daniel", True), ("ella", "tom", False), ("ella", "grace", False),
    ("margaret", "megan", True), ("margaret", "joan", False), ("margaret", "kofi", False), ("margaret", "farah", False), ("margaret", "sam", False), ("leah", "sam", False), ("noah", "sam", False), ("leah", "lewis", False),
    ("ella", "lewis", False), ("arthur", "joan", True), ("zara", "tom", False), ("zara", "grace", True), ("jake", "lewis", True), ("chloe", "megan", True),
)  # fmt: skip


@dataclass
class Tarnside:
    """Everything made, by the cast's own names. `tokens` are the sessions the loader acts through."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    practitioners: dict[str, Practitioner] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    partnership_id: int = 0
    agreement_id: int = 0

    def acting(self, who: str, *, at: datetime):
        return acting(self.tokens[who], at=at)


def set_up(*, at: datetime) -> Tarnside:
    """Make the district as it stood a year ago, so that everything later has somewhere to happen."""
    made, since = Tarnside(), at - LONGER
    _agencies(made, since, at)
    _partnership(made, since, at)
    _people(made, since)
    return made


@transaction.atomic
def _agencies(made: Tarnside, since: datetime, at: datetime) -> None:
    for agency in AGENCIES:
        made.agencies[agency.key] = agencies.add_agency(kind=agency.kind, name=agency.name, starts=since.date(), identifiers=agency.identifiers, duty_phone=agency.duty_phone)
    for team in TEAMS:
        made.teams[team.key] = agencies.add_team(agency=made.agencies[team.agency], name=team.name, role=team.role, starts=since.date(), duty_desk=team.duty_desk)
    for who in sorted(PRACTITIONERS, key=lambda one: (bool(one.supervisor), one.key == "farah", one.supervisor not in ("", *made.practitioners))):
        team = made.teams[who.team]
        account = agencies.open_account(email=f"{who.key}@tarnside.example", password=None, at=since, for_practitioner=True, is_demo=True)
        made.practitioners[who.key] = agencies.add_practitioner(
            agency=team.agency, name=who.name, title=who.title, role=who.role, profession=who.profession, at=since, account=account,
            supervisor=made.practitioners.get(who.supervisor), teams=(team,), manages=(team,) if who.manages else (), trained_on=at.date() - timedelta(days=60), expertise=who.expertise,
        )  # fmt: skip
        made.tokens[who.key] = agencies.begin_session(account, user_agent="Setting up")


@transaction.atomic
def _partnership(made: Tarnside, since: datetime, at: datetime) -> None:
    signatories = {made.teams[who.team].agency_id: made.practitioners[who.key].pk for who in PRACTITIONERS if who.manages}
    with acting(made.tokens["sunita"], at=since) as lead:
        partnership = partnerships.found_partnership(
            by=lead, name=PARTNERSHIP, vision=VISION, how_to_complain=HOW_TO_COMPLAIN, lead_agency_id=made.agencies["children"].pk, lead_practitioner_id=made.practitioners["sunita"].pk,
            guardian_id=made.practitioners["eleanor"].pk, starts=since.date(), at=since,
        )  # fmt: skip
        made.partnership_id = partnership.pk
        for agency in AGENCIES:
            doors = [team for team in TEAMS if team.agency == agency.key and team.duty_desk]
            partnerships.join(by=lead, partnership=partnership, agency_id=made.agencies[agency.key].pk, front_door_id=made.teams[doors[0].key].pk if doors else None, at=since)
        text = replace(AGREEMENT, starts=since, ends=at + timedelta(days=70), review_on=(at + timedelta(days=40)).date(), parties=tuple(PartyFacts(*pair) for pair in signatories.items()), terms=TERMS)
        agreement = partnerships.draft_agreement(by=lead, partnership_id=partnership.pk, text=text, at=since)
        partnerships.open_for_signature(by=lead, agreement_id=agreement.pk, bases_in_force={term.lawful_basis for term in TERMS}, at=since)
    made.agreement_id = agreement.pk
    for who in PRACTITIONERS:
        if who.manages and signatories.get(made.teams[who.team].agency_id) == made.practitioners[who.key].pk:
            with acting(made.tokens[who.key], at=since) as actor:
                partnerships.sign_agreement(by=actor, agreement_id=agreement.pk, at=since)
    for who, team, tags, purpose, how_soon, what_for, reach in NEEDS:
        with acting(made.tokens[who], at=since) as actor:
            partnerships.declare_need(
                by=actor, partnership_id=partnership.pk, team_id=made.teams[team].pk, tags=tags, purpose=purpose, how_soon=how_soon, what_for=what_for, reach=reach, at=since,
                review_on=(at + timedelta(days=90)).date(),
            )  # fmt: skip


@transaction.atomic
def _people(made: Tarnside, since: datetime) -> None:
    with acting(made.tokens["owen"], at=since):
        for person in PEOPLE:
            made.people[person.key] = people.register_person(
                given_name=person.given_name, family_name=person.family_name, date_of_birth=person.born, nhs_number=person.nhs_number, known_as=person.known_as, pronouns=person.pronouns,
            )  # fmt: skip
            relate_those_involved(made, person.key, since)


def relate_those_involved(made: Tarnside, person: str, since: datetime) -> None:
    Relationship.objects.bulk_create([
        Relationship(
            person_id=made.people[person], practitioner=made.practitioners[who], agency_id=made.practitioners[who].agency_id, kind="allocated", lead=lead, starts=since,
        )
        for about, who, lead in INVOLVED
        if about == person
    ])  # fmt: skip
