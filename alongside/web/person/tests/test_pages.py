"""The person's pages hold to their size, and are the same nothing to whoever may not read them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.agencies import actions as agencies
from alongside.agencies.models import Account
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import tell
from alongside.common.clock import now
from alongside.confidentiality.actions.choices import Answer, record_consent

pytestmark = pytest.mark.django_db
PAGES = (
    "my-record/", "my-record/about-me/", "my-record/write/", "my-choices/", "my-choices/keep-from/", "my-choices/deciding/", "my-choices/contact/", "who-looked/", "who-looked/check/",
    "who-looked/complaints/", "help/",
)  # fmt: skip


@pytest.fixture
def tarnside(db: None) -> Tarnside:
    at = now() - timedelta(minutes=1)
    made = set_up(at=at)
    for _ in tell(made, at=at):
        pass
    return made


def signed_in(who: str) -> Client:
    account = Account.objects.get(email=f"{who}@tarnside.example")
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["identity"] = agencies.begin_session(account, user_agent="Test")
    session.save()
    return client


def test_no_page_is_large_or_asks_the_database_often(tarnside: Tarnside) -> None:
    leah = signed_in("leah")
    leah.get("/my-record/")
    for page in (*PAGES, "whose-record/"):
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
                "my-record/?page=x", "my-choices/deciding/?topic=none"):  # fmt: skip
        assert leah.get(f"/{odd}").status_code in (200, 400), odd
    assert leah.get("/who-looked/999999999999/complain/").status_code == 404
    assert leah.get("/who-looked/999999999999999999999999/complain/").status_code == 404
    assert leah.get("/for/999999999999999999999999/my-record/").status_code == 404
    assert leah.post("/my-choices/keep-from/999999999999999999999999/take-back/").status_code == 404
