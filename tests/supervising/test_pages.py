"""No page of a supervisor or an agency is heavy or asks much of the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.setup import Tarnside

pytestmark = pytest.mark.django_db
from tests.signing_in import signed_in

HEAVIEST, MOST_QUESTIONS = 60_000, 12
ITS_FRAME = ("SAVEPOINT", "RELEASE", "django_session", '"account"."id"', "identify(", "short_memory")
"""What every page of the product asks before its view begins."""


@pytest.fixture
def as_ruth(tarnside: Tarnside) -> Client:
    return signed_in("ruth")


@pytest.mark.parametrize(
    "page",
    ["/my-team/", "/my-team/supervision/", "/my-team/{amina}/", "/my-team/{amina}/cover/", "/my-team/{amina}/hand-over/", "/agency/", "/agency/practitioners/{amina}/",
     "/agency/practitioners/{amina}/end/", "/agency/practitioners/add/", "/agency/details/", "/agency/teams/add/", "/who-is-who/", "/who-is-who/?q=nurse", "/my-expertise/",
     "/people/{leah}/involvement/", "/people/{leah}/involvement/allocate/"],
)
def test_it_is_light(as_ruth: Client, tarnside: Tarnside, page: str) -> None:
    address = page.format(amina=tarnside.practitioners["amina"].pk, leah=tarnside.people["leah"])
    with CaptureQueriesContext(connection) as asked:
        answer = as_ruth.get(address)
    own = [query["sql"] for query in asked.captured_queries if not any(mark in query["sql"] for mark in ITS_FRAME)]
    assert answer.status_code == 200
    assert len(answer.content) < HEAVIEST
    assert len(own) <= MOST_QUESTIONS, "\n".join(own)
