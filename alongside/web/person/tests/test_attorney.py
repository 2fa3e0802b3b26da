"""Who acts for somebody under a power: over health and welfare, they may do what the person may on the person's own pages, and each step says so; over money only, they may not."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from alongside.agencies import actions as agencies
from alongside.cli.tarnside.letting_in import let_in
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.confidentiality.models import CapacityJudgement, Consent, Involvement
from alongside.confidentiality.queries import who_looked
from alongside.people.facts import Stands
from alongside.people.models import Profile, Representation
from alongside.records.models import Entry
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def acting_for_arthur(tarnside: Tarnside, authority: str, *, limited_to: str = "", seen: bool = True, capacity: str = "lacks") -> Client:
    """Rose signs in; she has no record of her own. Arthur cannot decide about it, unless said otherwise."""
    at = now() - timedelta(seconds=30)
    account = agencies.open_account(email="rose@tarnside.example", password=None, at=at, for_practitioner=False, is_demo=True)
    with tarnside.acting("joan", at=at) as joan:
        access = gate.open_record(joan, tarnside.people["arthur"], verb="write", category="strengths_needs_plan", write=True, at=at)
        CapacityJudgement.objects.create(person_id=access.person_id, outcome=capacity, decision="Who may see his record", reasons="Seen twice.", judged_by_id=joan.practitioner_id, judged_at=at)
    stands = Stands.ATTORNEY if authority == "lpa_health_welfare" else Stands.DEPUTY
    let_in(tarnside, whose="arthur", stands=stands, name="Rose Pell", email=account.email, asked_by="joan", at=at)
    with tarnside.acting("joan", at=at) as joan:
        gate.open_record(joan, tarnside.people["arthur"], verb="write", category="contact_details", write=True, at=at)
        Representation.objects.filter(account=account).update(limited_to=limited_to, **({} if seen else {"authority_verified_at": None}))
    return signed_in("rose")


def pages_of(tarnside: Tarnside) -> str:
    return f"/for/{tarnside.people['arthur']}"


@pytest.mark.parametrize(("authority", "limited_to"), [("lpa_health_welfare", ""), ("deputy", "health_welfare")])
def test_over_health_and_welfare_they_choose_write_and_say_what_matters_for_the_person(tarnside: Tarnside, authority: str, limited_to: str) -> None:
    rose, arthur = acting_for_arthur(tarnside, authority, limited_to=limited_to), pages_of(tarnside)
    assert rose.post(f"{arthur}/my-choices/", {"state": "given", "words": "He always said yes to the district nurses."}).status_code == 303
    assert rose.post(f"{arthur}/my-choices/deciding/", {"topic": "health", "level": "together"}).status_code == 303
    note = {"key": uuid.uuid4().hex, "words": "He likes his tea before his tablets.", "who": "everybody", "screen": "yes"}
    assert rose.post(f"{arthur}/my-record/write/", note).status_code == 303
    assert rose.post(f"{arthur}/my-record/about-me/", {"what_matters": "His garden."}).status_code == 303
    assert "He likes his tea before his tablets." in rose.get(f"{arthur}/my-record/").content.decode()
    with tarnside.acting("joan", at=now()) as joan:
        access = gate.open_record(joan, tarnside.people["arthur"], at=now())
        assert Consent.objects.get(person_id=access.person_id, ended_at=None).by == "proxy"
        assert Involvement.objects.get(person_id=access.person_id).said_by == "proxy"
        assert not Profile.objects.get(person_id=access.person_id).written_by_person
        entry = Entry.objects.get(kind="persons_own_words")
        assert entry.byline == "Somebody who acts for them under a power or a court’s order"
        assert entry.headline == "What their attorney or deputy says for them"


def test_sent_twice_what_they_write_is_one_entry(tarnside: Tarnside) -> None:
    rose, note = acting_for_arthur(tarnside, "lpa_health_welfare"), {"key": uuid.uuid4().hex, "words": "Once.", "who": "everybody", "screen": "yes"}
    for _ in range(2):
        assert rose.post(f"{pages_of(tarnside)}/my-record/write/", note).status_code == 303
    with tarnside.acting("joan", at=now()) as joan:
        gate.open_record(joan, tarnside.people["arthur"], at=now())
        assert Entry.objects.filter(words_of_person="Once.").count() == 1


def test_the_ledger_says_that_somebody_acting_for_the_person_did_it(tarnside: Tarnside) -> None:
    rose = acting_for_arthur(tarnside, "lpa_health_welfare")
    rose.post(f"{pages_of(tarnside)}/my-choices/", {"state": "given"})
    with tarnside.acting("eleanor", at=now()) as eleanor:
        looks = who_looked(gate.open_record(eleanor, tarnside.people["arthur"], verb="view_ledger", purpose="audit", category="access_ledger", at=now()))
    assert ("Somebody acting for this person", "write") in {(look.who, look.verb) for look in looks}


def test_they_see_who_looked_and_may_complain(tarnside: Tarnside) -> None:
    rose, arthur = acting_for_arthur(tarnside, "lpa_health_welfare"), pages_of(tarnside)
    page = rose.get(f"{arthur}/who-looked/")
    assert page.status_code == 200
    assert "complain" in page.content.decode()


def test_over_money_only_they_may_not_even_read(tarnside: Tarnside) -> None:
    rose, arthur = acting_for_arthur(tarnside, "deputy", limited_to="property_finance"), pages_of(tarnside)
    assert rose.get(f"{arthur}/my-record/").status_code == 403
    assert rose.post(f"{arthur}/my-choices/", {"state": "given"}).status_code == 403
    assert rose.post(f"{arthur}/my-record/write/", {"key": uuid.uuid4().hex, "words": "No.", "who": "everybody", "screen": "yes"}).status_code == 403


def test_over_welfare_they_decide_nothing_about_money(tarnside: Tarnside) -> None:
    rose, arthur = acting_for_arthur(tarnside, "lpa_health_welfare"), pages_of(tarnside)
    assert rose.post(f"{arthur}/my-choices/deciding/", {"topic": "money", "level": "told"}).status_code == 403


@pytest.mark.parametrize(("seen", "capacity"), [(False, "lacks"), (True, "has")])
def test_a_power_that_nobody_saw_or_a_person_who_can_decide_lets_nothing_be_done(tarnside: Tarnside, seen: bool, capacity: str) -> None:
    rose, arthur = acting_for_arthur(tarnside, "lpa_health_welfare", seen=seen, capacity=capacity), pages_of(tarnside)
    assert rose.get(f"{arthur}/my-record/").status_code == 403
    assert rose.post(f"{arthur}/my-choices/", {"state": "given"}).status_code == 403


def test_a_deputy_whose_order_does_not_say_what_it_covers_reads_and_is_offered_nothing_to_decide(tarnside: Tarnside) -> None:
    rose, arthur = acting_for_arthur(tarnside, "deputy"), pages_of(tarnside)
    page = rose.get(f"{arthur}/my-choices/")
    assert page.status_code == 200
    assert "Say how much you want to decide" not in page.content.decode()
    assert rose.get(f"{arthur}/my-record/write/").status_code == 404
    assert rose.post(f"{arthur}/my-choices/", {"state": "given"}).status_code in (403, 404)
