"""The person's pages hold to their size, and are the same nothing to whoever may not read them."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.agencies import actions as agencies
from alongside.cli.tarnside.letting_in import let_in
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.confidentiality.actions.choices import Answer, record_consent
from alongside.people.facts import Stands
from alongside.people.models import Marker
from alongside.records.actions import NewEntry, add_entry
from alongside.records.facts import PersonFacts
from tests.places import tarnside_and_its_story

pytestmark = pytest.mark.django_db
from tests.signing_in import signed_in

PAGES = (
    "my-record/", "my-record/about-me/", "my-record/write/", "my-choices/", "my-choices/keep-from/", "my-choices/deciding/", "my-choices/contact/", "who-looked/", "who-looked/check/",
    "who-looked/complaints/", "help/",
)


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(tarnside_and_its_story)


def test_no_page_is_large_or_asks_the_database_often(tarnside: Tarnside) -> None:
    leah = signed_in("leah")
    leah.get("/my-record/")
    for page in (*PAGES, "my-choices/helpers/", "whose-record/"):
        with CaptureQueriesContext(connection) as asked:
            answer = leah.get(f"/{page}")
        questions = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
        assert answer.status_code == 200, page
        assert len(answer.content) <= 60_000, page
        assert len(questions) <= 12, (page, questions)


def test_a_record_one_may_not_read_and_one_that_is_nobodys_are_the_same_nothing(tarnside: Tarnside) -> None:
    leah = signed_in("leah")
    for page in PAGES:
        hidden, missing = (leah.get(f"/for/{number}/{page}") for number in (tarnside.people["margaret"], 4_000_000_000_000))
        assert hidden.status_code == missing.status_code == 404, page
        assert len(hidden.content) == len(missing.content), page


def test_a_mother_reads_and_writes_in_her_childrens_records_and_nothing_says_whose_in_the_title(tarnside: Tarnside) -> None:
    leah = signed_in("leah")
    for child, name in (("noah", "Noah"), ("ella", "Ellie")):
        for page in PAGES:
            answer = leah.get(f"/for/{tarnside.people[child]}/{page}")
            assert answer.status_code == 200, page
            title = answer.content.decode().partition("<title>")[2].partition("</title>")[0]
            assert name not in title
            assert "Turner" not in title


def test_what_a_competent_child_keeps_private_is_nothing_to_the_mother(tarnside: Tarnside) -> None:
    at = now() - timedelta(seconds=30)
    with tarnside.acting("daniel", at=at) as daniel:
        record_consent(by=daniel, person_id=tarnside.people["ella"], answer=Answer("refused", how="in_person", competence="competent"), at=at)
    leah = signed_in("leah")
    assert leah.get(f"/for/{tarnside.people['ella']}/my-record/").status_code == 404
    names = leah.get("/whose-record/").content.decode()
    assert "Noah" in names
    assert "Ellie" not in names


def test_a_practitioner_does_not_come_in_by_the_persons_door(tarnside: Tarnside) -> None:
    amina = signed_in("amina")
    for page in (*PAGES, "whose-record/"):
        assert amina.get(f"/{page}").status_code == 404, page


def test_strange_numbers_in_an_address_break_nothing(tarnside: Tarnside) -> None:
    leah = signed_in("leah")
    for odd in ("who-looked/?upto=99999999999999999999999", "who-looked/?upto=-1", "who-looked/?upto=²", "who-looked/?agency=%00%ff", "who-looked/check/?upto=1", "my-record/?page=9999999999999",
                "my-record/?page=x", "my-choices/deciding/?topic=none"):
        assert leah.get(f"/{odd}").status_code in (200, 400), odd
    assert leah.get("/who-looked/999999999999/complain/").status_code == 404
    assert leah.get("/who-looked/999999999999999999999999/complain/").status_code == 404
    assert leah.get("/for/999999999999999999999999/my-record/").status_code == 404
    assert leah.post("/my-choices/keep-from/999999999999999999999999/take-back/").status_code == 404


def test_on_a_screen_that_somebody_may_watch_the_pages_are_there_and_tell_nothing(tarnside: Tarnside) -> None:
    at = now() - timedelta(seconds=30)
    with tarnside.acting("amina", at=at) as amina:
        add_entry(
            by=amina, at=at,
            new=NewEntry(
                uuid.uuid4(), "domestic_abuse_incident", (PersonFacts(tarnside.people["leah"], age=22),), "He came back", "He stood at the door again.", at, action_taken="Moved her alarm.",
                purpose="safeguarding_adult",
            ),
        )
    leah = signed_in("leah")
    assert "He stood at the door again." in leah.get("/my-record/").content.decode()
    with tarnside.acting("amina", at=at) as amina:
        gate.open_record(amina, tarnside.people["leah"], verb="write", category="whole_record", purpose="safeguarding_adult", write=True, at=at)
        Marker.objects.bulk_create([Marker(person_id=tarnside.people["leah"], flag="portal_unsafe", reason="He reads her phone.", starts=at - timedelta(days=1))])
    for page in PAGES:
        answer = leah.get(f"/{page}")
        assert answer.status_code == 200, page
        assert "He stood at the door" not in answer.content.decode(), page
        assert "He reads her phone" not in answer.content.decode(), page
    answer = leah.post("/my-choices/", {"state": "given"})
    assert answer.status_code == 200
    assert "We have your wish" in answer.content.decode()
    assert "screen" not in answer.content.decode()


def test_a_day_to_be_asked_again_lies_ahead_and_what_was_typed_stays(tarnside: Tarnside) -> None:
    answer = signed_in("leah").post("/my-choices/", {"state": "given", "words": "For now", "until_day": "1", "until_month": "2", "until_year": "2020"})
    assert answer.status_code == 422
    assert "Ask me again on must be" in answer.content.decode()
    assert "For now" in answer.content.decode()


def test_who_only_acts_for_others_begins_by_saying_for_whom(tarnside: Tarnside) -> None:
    at = now() - timedelta(seconds=30)
    account = agencies.open_account(email="beth@tarnside.example", password=None, at=at, for_practitioner=False, is_demo=True)
    let_in(tarnside, whose="noah", stands=Stands.PARENT, name="Beth Turner", email=account.email, asked_by="amina", at=at)
    beth = signed_in("beth")
    assert beth.get("/my-record/").headers["Location"] == "/whose-record/"
    assert "Noah" in beth.get("/whose-record/").content.decode()
    assert beth.get(f"/for/{tarnside.people['noah']}/my-record/").status_code == 200
    sent = beth.post(f"/for/{tarnside.people['noah']}/my-record/write/", {"key": uuid.uuid4().hex, "words": "I can help at weekends.", "who": "everybody", "screen": "yes"})
    assert sent.status_code == 303
    assert "I can help at weekends." in beth.get(f"/for/{tarnside.people['noah']}/my-record/").content.decode()
