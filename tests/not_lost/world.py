"""Whoever a scenario needs, made from its own words: agencies, teams, supervisors, a lead, people, an agreement between all, and what each must know."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from alongside.agencies import actions as agencies
from alongside.agencies.facts import Actor
from alongside.agencies.models import Agency, Practitioner, Team
from alongside.cli.tarnside.setup import AGREEMENT
from alongside.common.categories import CATEGORY_NUMBERS
from alongside.common.clock import now
from alongside.common.working_days import Calendar
from alongside.confidentiality.facts import Role
from alongside.confidentiality.gate import acting, open_record
from alongside.partnerships import actions as partnerships
from alongside.partnerships.facts import NewTerm, PartyFacts
from alongside.partnerships.models import Partnership
from alongside.people import actions as people
from alongside.records import queries
from alongside.records.actions import NewEntry, Recorded, add_entry
from alongside.records.facts import Harm, Link, PersonFacts
from alongside.records.models import Share
from alongside.records.rules import clocks
from alongside.records.rules.clock_names import clock_in_force
from alongside.records.rules.kinds import entry_kinds, kind_or_plain

A_YEAR = timedelta(days=365)
PURPOSES = ("safeguarding_child", "safeguarding_adult", "direct_care", "education_support", "child_in_need_service", "hospital_discharge", "housing_support", "domestic_abuse_safety")
NOT_OF_A_RECORD = frozenset({"whole_record", "legal_advice", "workforce", "finance_open_book", "aggregate_counts", "access_ledger"})
BASIS = {"safeguarding_child": "s11_ca2004", "safeguarding_adult": "care_act_s42"}
TAKES_ANYBODY = frozenset({"duty_manager", "team_manager", "ehe_team"})
GATE_ROLES = frozenset(role.value for role in Role)
ACTS_AS = {"school": "teacher", "voluntary": "support_worker", "police": "police_officer", "council_housing": "housing_officer", "gp_practice": "doctor", "probation": "police_officer"}
"""What the gate calls somebody whose own title it has no word for, by agency; elsewhere: a nurse in the health service, a social worker in a council."""

CHILDREN = frozenset({"safeguarding_child", "education_support"})


@dataclass
class Worker:
    """One practitioner of a scenario, their team, their supervisor, and the session they act through."""

    practitioner: Practitioner
    team: Team
    token: str
    supervisor: "Worker | None" = None

    @contextmanager
    def acting(self) -> Iterator[Actor]:
        with acting(self.token, at=now()) as actor:
            yield actor

    @property
    def agency(self) -> Agency:
        return self.practitioner.agency


@dataclass
class World:
    """A scenario come to life. `receivers` are in the order of `need_declared_by`; `recorded` is what the author recorded last."""

    scenario: Mapping[str, Any]
    author: Worker
    receivers: list[Worker]
    lead: Worker
    guardian: Worker
    partnership: Partnership
    people: list[int]
    need_ids: list[int]
    recorded: Recorded | None = None
    earlier: list[Recorded] = field(default_factory=list)
    written_at: datetime | None = None
    anchors: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.scenario["entry"])

    @property
    def purpose(self) -> str:
        return purpose_of(self.kind, self.author.agency.kind_id)

    def about(self) -> tuple[PersonFacts, ...]:
        kind = "child" if self.purpose in CHILDREN else "adult"
        subject, *others = self.people
        links = (Link.SIBLING,) * len(others)
        return (PersonFacts(subject, Link.SUBJECT, kind, 7 if kind == "child" else 50), *(PersonFacts(one, link, kind, 5) for one, link in zip(others, links, strict=True)))

    def new(self, kind: str = "", **changes: Any) -> NewEntry:
        at = now()
        anchors = {"discharge": at - timedelta(hours=1), "referral": at - timedelta(days=14)}
        entry = NewEntry(
            uuid.uuid4(), kind or self.kind, self.about(), "Something that must not be lost", "What was seen and heard.", at - timedelta(minutes=30), action_taken="Spoke with the family.",
            purpose=self.purpose, anchors=anchors, effect="It matters to the child.", harm=Harm.NONE_KNOWN,
            tags=self.own_tags(),
        )  # fmt: skip
        return replace(entry, **changes)

    @property
    def how_soon(self) -> str:
        """What the receivers say: of a kind that an edition lists nothing, for the kind has its clock; of any other, the clock that the scenario names."""
        return str(self.scenario.get("how_soon") or ("" if self.kind in entry_kinds() else self.scenario["due"]))

    def own_tags(self) -> frozenset[str]:
        """What the author adds in the words of the needs: that a child was there; of a kind that no edition lists, what it is about."""
        if self.kind == "domestic_abuse_incident":
            return frozenset({"child_present"})
        return frozenset() if self.kind in entry_kinds() else frozenset(tag for need in self.scenario["need_declared_by"] for tag in need["needs"].replace(",", " ").split())

    def record(self, new: NewEntry | None = None) -> Recorded:
        new = new or self.new()
        self.anchors = new.anchors
        with self.author.acting() as author:
            self.written_at = now()
            self.recorded = add_entry(by=author, new=new, at=self.written_at)
        return self.recorded

    def share_to(self, receiver: Worker, entry_id: int | None = None) -> Share:
        """The share of the entry recorded last (or of another) that this receiver got, as they see it."""
        wanted = entry_id or (self.recorded.entry_id if self.recorded else 0)
        with receiver.acting() as actor:
            return next(share for share in queries.shares_to(actor, wanted))

    def due(self, start: datetime | None = None) -> datetime:
        """The scenario's own due moment, by its own clock."""
        calendar, at = Calendar.of("england"), start or self.written_at or now()
        kind = kind_or_plain(self.kind)
        clock = clock_in_force(self.scenario["due"], "england", calendar.local_day(at))
        found = clocks.due(clocks.start_of(clock, self.anchors, at), clock, calendar=calendar)
        return found or clocks.due(at, kind.clock, calendar=calendar) or at


def purpose_of(kind: str, agency_kind: str) -> str:
    """What the sender works for when recording this."""
    known = kind_or_plain(kind)
    if known.group == "school":
        return "education_support"
    if known.group == "adults" and known.category == "safeguarding_concern":
        return "safeguarding_adult"
    if known.group in ("child_protection", "police") or known.category in ("safeguarding_concern", "domestic_abuse"):
        return "safeguarding_child"
    return "direct_care"


def build(scenario: Mapping[str, Any]) -> World:
    """Everybody and everything, through the product's own actions."""
    since = now() - A_YEAR
    kind, _, role = str(scenario["recorded_by"]).partition("/")
    author_agency, author_role = (kind, role) if role else ("council_children", "social_worker")
    found: dict[tuple[str, str], Worker] = {}
    with transaction.atomic():
        author = _worker(found, author_agency, author_role, since)
        receivers = [_worker(found, need["agency"], need["role"], since) for need in scenario["need_declared_by"]]
        lead = _worker(found, "council_commissioning", "manager", since)
        guardian = _worker(found, "council_commissioning", "caldicott_guardian", since)
        with acting(lead.token, at=since) as founder:
            partnership = partnerships.found_partnership(
                by=founder, name=f"Partnership {uuid.uuid4()}", vision="Nobody is lost.", lead_agency_id=lead.agency.pk, lead_practitioner_id=lead.practitioner.pk,
                guardian_id=guardian.practitioner.pk, starts=since.date(), at=since,
            )  # fmt: skip
            for worker in {one.agency.pk: one for one in found.values()}.values():
                partnerships.join(by=founder, partnership=partnership, agency_id=worker.agency.pk, front_door_id=worker.team.pk, at=since)
    _agree(partnership, lead, [*found.values()], since)
    about = _people(scenario, author, [author, *receivers], purpose_of(str(scenario["entry"]), author.agency.kind_id), since)
    world = World(scenario, author, receivers, lead, guardian, partnership, about, [])
    if scenario["entry"] != "declaration":
        for receiver, need in zip(receivers, scenario["need_declared_by"], strict=True):
            world.need_ids.append(declare(world, receiver, need["needs"], need["role"]))
    return world


def declare(world: World, receiver: Worker, needs: str | Sequence[str], role: str = "", *, at: datetime | None = None) -> int:
    tags = needs.replace(",", " ").split() if isinstance(needs, str) else list(needs)
    with receiver.acting() as actor:
        need = partnerships.declare_need(
            by=actor, partnership_id=world.partnership.pk, team_id=receiver.team.pk, tags=tags, purpose=world.purpose, how_soon=world.how_soon,
            what_for="We must act on it.", reach="anyone" if role in TAKES_ANYBODY else "our_people", at=at or now() - timedelta(seconds=1),
        )  # fmt: skip
    return need.pk


def _worker(found: dict[tuple[str, str], Worker], kind: str, role: str, since: datetime) -> Worker:
    if (kind, role) in found:
        return found[kind, role]
    agency = next((one.agency for one in found.values() if one.agency.kind_id == kind), None) or agencies.add_agency(kind=kind, name=f"{kind} {uuid.uuid4()}", starts=since.date())
    team = agencies.add_team(agency=agency, name=f"{role} {uuid.uuid4()}", role=role, starts=since.date(), duty_desk=role in TAKES_ANYBODY)
    supervisor = _hire(agency, team, f"Supervisor of {role}", "manager", since, manages=True)
    worker = _hire(agency, team, f"Any {role}", role, since, supervisor=supervisor)
    found[kind, role] = worker
    return worker


def _hire(agency: Agency, team: Team, name: str, role: str, since: datetime, *, manages: bool = False, supervisor: Worker | None = None) -> Worker:
    account = agencies.open_account(email=f"{uuid.uuid4()}@example.org", password=None, at=since, for_practitioner=True)
    practitioner = agencies.add_practitioner(
        agency=agency, name=name, title=role.replace("_", " "), role=role if role in GATE_ROLES else ACTS_AS.get(agency.kind_id, "nurse" if agency.kind_id.startswith("nhs") else "social_worker"), at=since, account=account, supervisor=supervisor.practitioner if supervisor else None, teams=(team,),
        manages=(team,) if manages else (), trained_on=now().date() - timedelta(days=30),
    )  # fmt: skip
    return Worker(practitioner, team, agencies.begin_session(account), supervisor)


def _agree(partnership: Partnership, lead: Worker, workers: list[Worker], since: datetime) -> None:
    """One agreement between all of them, for everything that care and safety need."""
    signatories = {worker.agency.pk: worker for worker in workers}
    terms = tuple(
        NewTerm(purpose, category, BASIS.get(purpose, "art9_2_h_care"), "The Acts that make these duties", minimum_fields="What whoever acts must know")
        for purpose in PURPOSES
        for category in CATEGORY_NUMBERS
        if category not in NOT_OF_A_RECORD
    )
    text = replace(
        AGREEMENT, starts=since, ends=now() + A_YEAR, review_on=(now() + A_YEAR - timedelta(days=30)).date(), terms=terms,
        parties=tuple(PartyFacts(agency, worker.practitioner.pk) for agency, worker in signatories.items()),
    )  # fmt: skip
    with acting(lead.token, at=since) as drafting:
        agreement = partnerships.draft_agreement(by=drafting, partnership_id=partnership.pk, text=text, at=since)
        partnerships.open_for_signature(by=drafting, agreement_id=agreement.pk, bases_in_force={term.lawful_basis for term in terms}, at=since)
    for worker in signatories.values():
        with acting(worker.token, at=since) as actor:
            partnerships.sign_agreement(by=actor, agreement_id=agreement.pk, at=since)


def _people(scenario: Mapping[str, Any], author: Worker, involved: list[Worker], purpose: str, since: datetime) -> list[int]:
    """The one it is about; brothers and sisters where the scenario is about them. Everybody in it works with each of them."""
    children = purpose in CHILDREN
    count = 3 if "sibling" in str(scenario["entry"]) else 1
    made = []
    with author.acting() as actor, connection.cursor() as cursor:
        for one in range(count):
            born = (now() - timedelta(days=365 * (7 - one if children else 50) + 30)).date()
            person = people.register_person(given_name=f"Person {one}", family_name=f"Of {uuid.uuid4().hex[:8]}", date_of_birth=born, nhs_number=None)
            for worker in {worker.practitioner.pk: worker for worker in involved}.values():
                cursor.execute(
                    "INSERT INTO relationship (person_id, practitioner_id, agency_id, kind, lead, reason, starts, ended_reason) VALUES (%s, %s, %s, 'allocated', false, '', %s, '')",
                    [person, worker.practitioner.pk, worker.agency.pk, since],
                )
            made.append(person)
        assert actor.practitioner_id
    return made


def open_as(worker: Worker, world: World, **options: Any) -> Any:
    """Open the record of the person as somebody in the scenario; within their own transaction."""
    with worker.acting() as actor:
        return open_record(actor, world.people[0], purpose=world.purpose, at=now(), **options)
