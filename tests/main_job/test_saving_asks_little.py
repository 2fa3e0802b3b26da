"""Saving an entry asks the database few questions and each of them once; and what was left out to that end is still so."""

import uuid
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from csp.utils import build_policy
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.london import london_day
from alongside.confidentiality.gate.circumstances import held_facts
from alongside.config.middleware import TransactionMiddleware
from alongside.config.sessions import SessionStore
from alongside.records import actions
from alongside.records.facts import PersonFacts
from alongside.records.models import Entry, Share

MOST_QUESTIONS = 7
"""The session, who it is, their account, what is held, the right to write, the entry with all that hangs on it, the session again."""


@pytest.fixture
def amina(tarnside: Tarnside) -> Client:
    client = Client()
    client.force_login(tarnside.practitioners["amina"].account)
    session = client.session
    session["identity"], session["seen_at"] = tarnside.tokens["amina"], now().timestamp()
    session.save()
    return client


def a_visit() -> dict[str, object]:
    today = london_day(now())
    return {
        "key": str(uuid.uuid4()), "kind": "visit", "happened_on_day": today.day, "happened_on_month": today.month, "happened_on_year": today.year, "headline": "Weighed",
        "account": "Gaining weight as he should.", "action_taken": "Told Leah.", "harm": "none_known", "step": "save",
    }  # fmt: skip


def test_an_entry_is_saved_with_seven_questions_however_many_partners_there_are(tarnside: Tarnside, amina: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = amina.post(f"/people/{tarnside.people['noah']}/entries/add/", a_visit())
    questions = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert answer.status_code == 303
    assert len(questions) <= MOST_QUESTIONS, "\n".join(questions)
    assert Entry.objects.get(reference=answer.url.rstrip("/").split("/")[-1]).headline == "Weighed"


def test_the_same_form_sent_twice_through_the_page_is_one_entry_and_is_told_alike(tarnside: Tarnside, amina: Client) -> None:
    words = a_visit()
    first, again = (amina.post(f"/people/{tarnside.people['noah']}/entries/add/", words) for _ in range(2))
    assert first.url == again.url
    assert Entry.objects.filter(submission_key=words["key"]).count() == 1


def test_what_is_held_for_another_purpose_is_what_the_gate_would_have_fetched_for_it(tarnside: Tarnside) -> None:
    noah, purposes = tarnside.people["noah"], ("direct_care", "safeguarding_child", "crime_investigation")
    for who in ("amina", "megan"):
        with tarnside.acting(who, at=now()) as actor:
            held = actions.what_is_held(actor, (noah,), purposes=purposes, category="safeguarding_concern")
            assert held is not None
            for purpose in purposes:
                facts, fetched = held.about(noah, purpose), held_facts(noah, purpose)
                assert fetched is not None
                assert {name: sorted(words) if isinstance(words, list) else words for name, words in facts.items()} == {
                    name: sorted(words) if isinstance(words, list) else words for name, words in fetched.items()
                }  # fmt: skip


def test_what_was_held_for_something_else_is_not_taken_for_an_answer(tarnside: Tarnside) -> None:
    """Facts fetched for another category, purpose, person or key are fetched anew: who is told is the same as if nothing had been at hand."""
    at, noah = now(), PersonFacts(tarnside.people["noah"], kind="child", age=0)
    with tarnside.acting("amina", at=at) as amina:
        wrong = actions.what_is_held(amina, (tarnside.people["ella"],), purposes=("direct_care",), category="finance_open_book", key=uuid.uuid4())
        told = []
        for held in (None, wrong):
            new = actions.NewEntry(
                submission_key=uuid.uuid4(), kind="injury_observation", about=(noah,), headline="Bruise", account="A small round bruise.", happened_at=at, purpose="safeguarding_child",
                action_taken="Rang the duty manager.",
            )  # fmt: skip
            recorded = actions.add_entry(by=amina, new=new, held=held, at=at)
            told.append(sorted(Share.objects.filter(entry_id=recorded.entry_id).values_list("to_team_id", flat=True)))
        assert told[0] == told[1] != []


# -- the session ---------------------------------------------------------------------------------------------------------------------------


def through(store: SessionStore, cookie: str, view: HttpResponse | KeyError) -> HttpRequest:
    request = RequestFactory().get("/")
    request.session, request.COOKIES = store, {"alongside": cookie}

    def answer(request: HttpRequest) -> HttpResponse:
        request.session["said"] = "Recorded"
        if isinstance(view, KeyError):
            raise view
        return view

    with suppress(KeyError):
        TransactionMiddleware(answer)(request)
    return request


@pytest.fixture
def session(db: None) -> Iterator[SessionStore]:
    store = SessionStore()
    store["identity"] = ""
    store.create()
    yield SessionStore(store.session_key)


def kept(session: SessionStore) -> str:
    return str(SessionStore(session.session_key).get("said", ""))


def test_what_a_page_says_next_is_kept_with_what_it_did(session: SessionStore) -> None:
    request = through(session, str(session.session_key), HttpResponse())
    assert kept(session) == "Recorded"
    assert not request.session.modified


def test_and_is_undone_with_it(session: SessionStore) -> None:
    request = through(session, str(session.session_key), HttpResponse(status=500))
    assert kept(session) == ""
    assert request.session.modified
    through(session, str(session.session_key), KeyError("a bug"))
    assert kept(session) == ""


def test_a_session_that_the_browser_does_not_have_yet_is_left_to_whoever_sets_its_cookie(session: SessionStore) -> None:
    assert through(session, "another", HttpResponse()).session.modified
    assert kept(session) == ""


def test_a_session_that_was_ended_meanwhile_undoes_nothing(session: SessionStore) -> None:
    SessionStore(session.session_key).delete()
    with transaction.atomic():
        assert through(session, str(session.session_key), HttpResponse()).session.modified


# -- the connection and the page's policy --------------------------------------------------------------------------------------------------


def test_a_connection_whose_server_has_gone_is_replaced_before_it_is_used(db: None) -> None:
    kept_open = connection.copy()
    try:
        with kept_open.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (server,) = cursor.fetchone()
        assert kept_open.is_usable()
        with psycopg.connect(**{name: value for name, value in kept_open.get_connection_params().items() if name in ("dbname", "user", "password", "host", "port")}, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [server])
        assert not kept_open.is_usable()
        kept_open.health_check_enabled, kept_open.health_check_done = True, False
        with kept_open.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            assert cursor.fetchone() != (server,)
    finally:
        kept_open.close()


def test_the_policy_of_a_page_is_the_one_in_the_settings_with_the_nonce_of_its_scripts(tarnside: Tarnside, amina: Client) -> None:
    page = amina.get("/find/")
    nonce = page.content.decode().split('nonce="')[1].split('"')[0]
    assert page["Content-Security-Policy"] == build_policy(nonce=nonce)
    assert amina.post(f"/people/{tarnside.people['noah']}/entries/add/", a_visit())["Content-Security-Policy"] == build_policy()
