"""A record is opened for what its reader says they need it; the gate tests that, agreements for that purpose open what partners wrote, and the person can read it."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now
from alongside.partnerships import actions as partnerships
from alongside.records.actions import NewEntry, add_entry
from alongside.records.facts import Harm, PersonFacts
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
HEADLINE = "Shouting heard through the wall"


def told() -> Tarnside:
    made = set_up(at=now() - timedelta(minutes=10))
    at = now() - timedelta(minutes=5)
    ella = PersonFacts(made.people["ella"], kind="child", age=7)
    with made.acting("lewis", at=at) as lewis:
        told = NewEntry(uuid.uuid4(), "domestic_abuse_incident", (ella,), HEADLINE, "Called at night.", at, action_taken="Advice given.", harm=Harm.POSSIBLE, purpose="safeguarding_child")
        add_entry(by=lewis, new=told, at=at)
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


def record(client: Client, tarnside: Tarnside) -> str:
    return client.get(f"/people/{tarnside.people['ella']}/").content.decode()


def choose(client: Client, tarnside: Tarnside, purpose: str):
    return client.post(f"/people/{tarnside.people['ella']}/purpose/", {"purpose": purpose})


def test_what_partners_share_for_a_childs_safety_opens_to_who_needs_it_for_that_and_the_ledger_says_so(tarnside: Tarnside) -> None:
    daniel = signed_in("daniel")
    assert "care and support" in record(daniel, tarnside)
    page = daniel.get(f"/people/{tarnside.people['ella']}/purpose/").content.decode()
    assert "Keeping a child safe" in page and "domestic abuse" in page
    assert choose(daniel, tarnside, "safeguarding_child").status_code == 303
    page = record(daniel, tarnside)
    assert "keeping a child safe" in page and HEADLINE in page
    looked = signed_in("eleanor").get(f"/guardian/ledger/?practitioner={tarnside.practitioners['daniel'].pk}").content.decode()
    assert re.search("safeguarding child|child safe", looked), looked


def test_it_holds_for_that_record_alone_and_until_somebody_chooses_again(tarnside: Tarnside) -> None:
    daniel = signed_in("daniel")
    choose(daniel, tarnside, "safeguarding_child")
    assert "care and support" in daniel.get(f"/people/{tarnside.people['noah']}/").content.decode()
    choose(daniel, tarnside, "direct_care")
    assert "You opened this record for: care and support" in record(daniel, tarnside)


@pytest.mark.parametrize("purpose", ["", "immigration_control", "emergency_life", "subject_access", "no such thing"])
def test_a_purpose_that_nothing_agrees_to_is_not_taken(tarnside: Tarnside, purpose: str) -> None:
    daniel = signed_in("daniel")
    answer = choose(daniel, tarnside, purpose)
    assert answer.status_code == 422
    assert "care and support" in record(daniel, tarnside)


def test_when_the_agreement_ends_the_tap_is_shut_whatever_was_said_before(tarnside: Tarnside) -> None:
    daniel = signed_in("daniel")
    choose(daniel, tarnside, "safeguarding_child")
    assert HEADLINE in record(daniel, tarnside)
    with tarnside.acting("sunita", at=now()) as sunita:
        partnerships.end_agreement(by=sunita, agreement_id=tarnside.agreement_id, reason="Ended for a test of the tap.", at=now())
    assert "Called at night." not in record(daniel, tarnside)
