"""One invented district: ten agencies, a front door, a partnership with a signed agreement and declared needs. All of it through the product's own actions."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction

from alongside.agencies import actions as agencies
from alongside.cli.tarnside.setup import AGREEMENT, TERMS
from alongside.confidentiality.gate import acting
from alongside.partnerships import actions as partnerships
from alongside.partnerships.facts import PartyFacts

LARGEST = 50_000
"""People in one district at most; ten times as many people make ten times as many districts, as in the country."""

YEARS = timedelta(days=3 * 365)
TRAINED = timedelta(days=60)
TOWNS = (
    "Ashcombe", "Birchwick", "Carrow", "Dunmere", "Eastholm", "Fernley", "Galton", "Harrowby", "Inkpen", "Kelsey", "Larchfield", "Marlow Dene", "Netherby", "Oakham Vale", "Penrose",
    "Quarrington", "Rushden Moor", "Selby Wold", "Thornaby", "Upwell", "Vernham", "Wexcombe", "Yarrow", "Zeal Cross",
)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of agency: what it is called, who works there, which part of the district's children, adults and older people it works with."""

    kind: str
    name: str
    title: str
    role: str
    children: float
    adults: float
    older: float
    tags: tuple[str, ...]
    purpose: str = "direct_care"
    kinds: tuple[str, ...] = ("visit", "phone_call", "meeting")

    @property
    def rates(self) -> tuple[float, float, float]:
        return self.children, self.adults, self.older


SORTS = (
    Sort("council_children", "Children’s Services", "Social worker", "social_worker", 0.6, 0.02, 0, ("referrals", "injuries", "significant_harm"), "safeguarding_child",
         ("visit", "phone_call", "meeting", "family_group_meeting", "strengths_needs_entry")),
    Sort("council_adults", "Adult Social Care", "Social worker", "social_worker", 0, 0.5, 0.7, ("discharges", "falls"), kinds=("visit", "phone_call", "meeting", "choice_made")),
    Sort("nhs_community", "Community Health", "Family nurse", "family_nurse", 0.8, 0.3, 0.6, ("injuries", "domestic_abuse"), "safeguarding_child", ("visit", "phone_call", "health_finding")),
    Sort("nhs_hospital", "General Hospital", "Nurse", "nurse", 0.2, 0.2, 0.6, ("discharges",), kinds=("discharge_summary", "hospital_admission", "medication_change")),
    Sort("gp_practice", "Surgery", "GP", "doctor", 1, 1, 1, ("discharges", "medication"), kinds=("health_finding", "medication_change", "phone_call")),
    Sort("school", "Academy", "Pastoral lead", "safeguarding_lead", 0.7, 0, 0, ("domestic_abuse", "missing_episodes"), "safeguarding_child", ("attendance", "meeting", "persons_own_words")),
    Sort("police", "Police", "Police officer", "police_officer", 0.15, 0.2, 0.05, ("missing_episodes",), "safeguarding_child", ("police_contact",)),
    Sort("voluntary", "Homelink", "Support worker", "support_worker", 0.1, 0.2, 0.5, ("discharges", "visits"), kinds=("visit", "phone_call", "compliment")),
    Sort("council_housing", "Housing", "Housing officer", "housing_officer", 0.1, 0.4, 0.2, ("homelessness",), kinds=("phone_call", "housing_notice")),
    Sort("nhs_mental_health", "Mental Health", "Community nurse", "nurse", 0.1, 0.3, 0.15, ("mental_health_crises",), kinds=("visit", "phone_call")),
)

FRONT_DOOR = "Front Door"


@dataclass
class District:
    """What was made, for those who fill it: each agency with the team that takes what comes in for nobody in particular, and its manager."""

    name: str
    number: int
    sorts: tuple[Sort, ...] = SORTS
    agencies: dict[str, int] = field(default_factory=dict)
    doors: dict[str, int] = field(default_factory=dict)
    managers: dict[str, int] = field(default_factory=dict)

    def rows(self) -> list[tuple[object, ...]]:
        return [(s.kind, self.agencies[s.kind], self.doors[s.kind], self.managers[s.kind], s.title, s.role, *s.rates, list(s.kinds)) for s in self.sorts]


def town(number: int) -> str:
    turn, place = divmod(number, len(TOWNS))
    return TOWNS[place] + (f" {turn + 1}" if turn else "")


@transaction.atomic
def found(number: int, *, sorts: tuple[Sort, ...] = SORTS, at: datetime) -> District:
    """
    1. Its agencies, ten unless fewer `sorts` are asked for, each with a duty team and a manager who may sign.
    2. The partnership, which they join.
    3. The agreement, signed by every manager: from then on what it names may flow.
    4. What each must know.
    """
    made, since = District(town(number), number, sorts), at - YEARS
    tokens = {}
    for sort in sorts:
        agency = agencies.add_agency(kind=sort.kind, name=f"{made.name} {sort.name}", starts=since.date())
        door = agencies.add_team(agency=agency, name=FRONT_DOOR, role=sort.role, starts=since.date(), duty_desk=True)
        account = agencies.open_account(email=f"manager.{sort.kind}.{number}@population.example", password=None, at=since, for_practitioner=True)
        manager = agencies.add_practitioner(
            agency=agency, name=f"{made.name} manager", title=f"Manager, {sort.name}", role="manager", at=since, account=account, manages=(door,), trained_on=at.date() - TRAINED,
        )
        made.agencies[sort.kind], made.doors[sort.kind], made.managers[sort.kind] = agency.pk, door.pk, manager.pk
        tokens[sort.kind] = agencies.begin_session(account, user_agent="Setting up")
    with acting(tokens["council_children"], at=since) as lead:
        partnership = partnerships.found_partnership(
            by=lead, name=f"{made.name} Together", vision="Nobody tells their story twice.", lead_agency_id=made.agencies["council_children"],
            lead_practitioner_id=made.managers["council_children"], guardian_id=made.managers["nhs_community"], starts=since.date(), at=since,
        )
        for sort in sorts:
            partnerships.join(by=lead, partnership=partnership, agency_id=made.agencies[sort.kind], front_door_id=made.doors[sort.kind], at=since)
        text = replace(
            AGREEMENT, title=f"Working together in {made.name}", starts=since, ends=at + YEARS, review_on=(at + YEARS / 2).date(), terms=TERMS,
            parties=tuple(PartyFacts(made.agencies[sort.kind], made.managers[sort.kind]) for sort in sorts),
        )
        agreement = partnerships.draft_agreement(by=lead, partnership_id=partnership.pk, text=text, at=since)
        partnerships.open_for_signature(by=lead, agreement_id=agreement.pk, bases_in_force={term.lawful_basis for term in TERMS}, at=since)
    for sort in sorts:
        with acting(tokens[sort.kind], at=since) as manager:
            partnerships.sign_agreement(by=manager, agreement_id=agreement.pk, at=since)
            partnerships.declare_need(
                by=manager, partnership_id=partnership.pk, team_id=made.doors[sort.kind], tags=sort.tags, purpose=sort.purpose, how_soon="1_working_day",
                what_for="We work with them and must know what has changed.", review_on=(at + YEARS / 2).date(), at=since,
            )
    return made
