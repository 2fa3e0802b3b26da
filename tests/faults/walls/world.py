"""Tarnside with secrets planted in it. Every secret is a token found nowhere else, and says who alone may ever read it.

Who may read what is written down here by hand from who works with whom, so that it does not lean on the gate it tests.
"""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction

from alongside.agencies.models import Account
from alongside.cli.tarnside.accounts import together as keep_books
from alongside.cli.tarnside.governance import govern
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import tell
from alongside.common.clock import now
from alongside.common.london import london_day
from alongside.confidentiality.models import Relationship, Restriction
from alongside.open_book import actions as money
from alongside.open_book import queries as books
from alongside.open_book.facts import Spend
from alongside.people import actions as people
from alongside.people.models import Address, ContactPoint, Marker, PersonName, Profile, UnsafeWith
from alongside.records.actions import NewEntry, Part, add_entry
from alongside.records.facts import PersonFacts
from alongside.voice import actions as voice
from alongside.voice.facts import ForumKind, NewContribution, NewForum, Route

MARK = "CANARY"
from tests.signing_in import session_cookie

NOBODY: frozenset[str] = frozenset()


@dataclass
class World:
    """`may_read`: for each token the cast's names that may meet it. `people`: planted people by what is secret about them."""

    made: Tarnside
    may_read: dict[str, frozenset[str]] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def token(self, what: str, readers: Iterable[str]) -> str:
        made = f"{MARK}{what}{secrets.token_hex(6)}".upper()
        self.may_read[made] = frozenset(readers)
        return made


def build() -> World:
    at = now()
    made = set_up(at=at)
    for _ in tell(made, at=at):
        pass
    for _ in govern(made, {"together": made.partnership_id}, at=at):
        pass
    world = World(made)
    with transaction.atomic(), made.acting("owen", at=at):
        _hidden(world, at)
        _strange(world, at)
        _concealed(world, at)
        _adopted(world, at)
    _entries(world, at)
    _contribution(world, at)
    _books(world, at)
    _sign_everybody_in(world)
    return world


def _register(world: World, key: str, *, given_name: str, family_name: str, nhs_number: str, born: date = date(2015, 6, 1)) -> int:
    world.people[key] = people.register_person(given_name=given_name, family_name=family_name, date_of_birth=born, nhs_number=nhs_number)
    return world.people[key]


def _works_with(world: World, person: str, *who: str, at: datetime) -> None:
    practitioners = world.made.practitioners
    Relationship.objects.bulk_create(
        Relationship(person_id=world.people[person], practitioner=practitioners[one], agency_id=practitioners[one].agency_id, kind="allocated", starts=at - timedelta(days=30))
        for one in who
    )


def _hidden(world: World, at: datetime) -> None:
    """A record that nobody but Daniel may know of; Grace works with the child and is not on the list."""
    only = {"daniel"}
    person = _register(world, "hidden", given_name=world.token("HIDDENNAME", only), family_name=world.token("HIDDENFAMILY", only), nhs_number="9990000107")
    Profile.objects.create(person_id=person, what_matters=world.token("HIDDENMATTERS", only), changed_at=at)
    Address.objects.create(person_id=person, kind="home", lines=world.token("HIDDENHOME", only), postcode="ZZ99 9ZZ", recorded_at=at)
    ContactPoint.objects.create(person_id=person, kind="email", value=f"{world.token('HIDDENMAIL', only)}@example.org", recorded_at=at)
    _works_with(world, "hidden", "daniel", "grace", at=at)
    Restriction.objects.create(person_id=person, practitioners=[world.made.practitioners["daniel"].pk], reason=world.token("HIDDENWHY", only), set_by=world.made.practitioners["daniel"], starts=at - timedelta(days=29))


def _strange(world: World, at: datetime) -> None:
    """Somebody whom only the police work with: others may learn that the person exists, no more."""
    only = {"lewis", "moira"}
    person = _register(world, "strange", given_name="Vera", family_name="Unrelated", nhs_number="9990000115")
    Profile.objects.create(person_id=person, how_to_treat_me=world.token("STRANGETREAT", only), communication_needs=world.token("STRANGENEEDS", only), changed_at=at)
    Address.objects.create(person_id=person, kind="home", lines=world.token("STRANGEHOME", only), recorded_at=at)
    ContactPoint.objects.create(person_id=person, kind="mobile", value=world.token("STRANGEPHONE", only), recorded_at=at)
    _works_with(world, "strange", "lewis", at=at)


def _concealed(world: World, at: datetime) -> None:
    """A mother who fled: where she lives is for the social worker and her supervisor, never for the father or anybody else."""
    only = {"daniel", "helen"}
    person = _register(world, "concealed", given_name="Anna", family_name="Fled", nhs_number="9990000123", born=date(1994, 3, 3))
    Marker.objects.create(person_id=person, flag="address_concealed", reason=world.token("CONCEALEDWHY", only), starts=at)
    Address.objects.create(person_id=person, kind="refuge", lines=world.token("CONCEALEDHOME", only), postcode="ZZ98 8ZZ", concealed=True, recorded_at=at)
    UnsafeWith.objects.create(person_id=person, other_id=world.made.people["jake"], reason=world.token("CONCEALEDUNSAFE", only), starts=at, alleged_perpetrator=True, recorded_by=world.made.practitioners["daniel"])
    _works_with(world, "concealed", "daniel", at=at)


def _adopted(world: World, at: datetime) -> None:
    """The name before adoption is on no page at all."""
    person = _register(world, "adopted", given_name="Ivy", family_name="Placed", nhs_number="9990000131")
    with connection.cursor() as cursor:  # nobody reads it back, so it cannot be made with an answer
        cursor.execute("INSERT INTO person_marker (person_id, flag, reason, starts, ended_reason) VALUES (%s, 'adopted', %s, %s, '')", [person, world.token("ADOPTEDWHY", NOBODY), at])
    PersonName.objects.create(person_id=person, kind="birth", given_name=world.token("ADOPTEDBEFORE", NOBODY), family_name=world.token("ADOPTEDFAMILY", NOBODY), protected_as="adoption_history")
    _works_with(world, "adopted", "daniel", "tom", at=at)


def _entries(world: World, at: datetime) -> None:
    made, day = world.made, timedelta(days=1)

    def write(who: str, person: int, readers: set[str], **words: object) -> None:
        facts = {
            "submission_key": uuid.uuid4(), "kind": "visit", "about": (PersonFacts(person, kind="child", age=10),), "headline": world.token("HEADLINE", readers),
            "account": world.token("ACCOUNT", readers), "happened_at": at - day, "action_taken": world.token("ACTION", readers), "words_of_person": world.token("WORDS", readers),
        } | words
        with made.acting(who, at=at - day) as by:
            add_entry(by=by, new=NewEntry(**facts), at=at - day)  # type: ignore[arg-type]

    write("daniel", world.people["hidden"], {"daniel"})
    write("lewis", world.people["strange"], {"lewis", "moira"})
    named = made.practitioners["daniel"].pk
    write("daniel", made.people["ella"], {"daniel"}, only_for=(named,))
    write("lewis", made.people["jake"], {"lewis", "moira"}, parts=(Part("third_party", "police_intelligence", world.token("INTELLIGENCE", {"lewis", "moira"})),))


def _contribution(world: World, at: datetime) -> None:
    """What somebody without a name told the partnership: for those who work for a partner, and on no page for everybody."""
    made, day = world.made, at.date()
    with made.acting("sunita", at=at) as by:
        forum = voice.open_forum(by=by, partnership_id=made.partnership_id, new=NewForum(ForumKind.BOARD, "Board", "Decides", day - timedelta(days=9)), key=uuid.uuid4(), at=at)
    new = NewContribution(Route.WEB, world.token("SAIDBYSOMEBODY", made.practitioners), at, at + timedelta(days=20), forum)
    voice.have_your_say(partnership_id=made.partnership_id, new=new, key=uuid.uuid4(), at=at)


def _books(world: World, at: datetime) -> None:
    """The partnership's money: a payment to a person, which partners may read and nobody else, a question that waits, and a file that is read and not yet in the books."""
    made, partnership = world.made, world.made.partnership_id
    keep_books(made, partnership, at=at)
    payee, children = world.token("PAYEE", made.practitioners), made.agencies["children"].pk
    with made.acting("sunita", at=at) as sunita:
        period = next(one for one in money.periods_of(partnership) if one.holds(london_day(at)))
        line = money.record_spend(by=sunita, partnership_id=partnership, agency_id=children, spend=Spend(london_day(at), payee, Decimal("12.50"), period_id=period.period_id), at=at)
        file = money.look_through("waits.csv", f"Date,Supplier,Amount\n{london_day(at):%d/%m/%Y},Waiting Ltd,1.00\n".encode())
        money.read_spend(by=sunita, partnership_id=partnership, agency_id=children, file=file, at=at)
    with made.acting("tom", at=at) as tom:
        money.ask(by=tom, line=books.line(partnership, line), question="What was it for?", area="england", at=at)


def _sign_everybody_in(world: World) -> None:
    for account in Account.objects.filter(is_active=True):
        world.cookies[account.email.partition("@")[0]] = session_cookie(account)
