"""A withdrawal or a lapse commits, and the next request of anybody finds the tap shut; a signature opens it without a restart. Raced with the gate's own facts."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread
from time import monotonic

import psycopg
import pytest

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.partnerships import actions, queries
from alongside.partnerships.facts import AgreementText, PartyFacts

pytestmark = pytest.mark.django_db(transaction=True)
INTERLEAVINGS = 1_000
Connect = Callable[[str], psycopg.Connection]


@pytest.fixture
def made(tarnside: Tarnside) -> Tarnside:
    return tarnside


@pytest.fixture
def agreement(made: Tarnside, connect_as: Connect) -> int:
    """An agreement between two parties alone, both of whom have signed."""
    with made.acting("sunita", at=now()) as lead:
        actions.end_agreement(by=lead, agreement_id=made.agreement_id, reason="Start again.", at=now())
    drawn_up = opened(made, queries.text_of(made.agreement_id), the_pair(made), "Between two")
    for who in the_pair(made).values():
        turn(connect_as("alongside_app"), made.tokens[who], drawn_up, shut=False)
    return drawn_up


def the_pair(made: Tarnside) -> dict[int, str]:
    return {made.agencies["adults"].pk: "megan", made.agencies["homelink"].pk: "peter"}


def asked(reader: psycopg.Connection, token: str, person: int) -> bool:
    """One request of somebody's: whether anything that others wrote may flow to them now."""
    with reader.transaction():
        reader.execute("SELECT identify(%s)", [token])
        facts = reader.execute("SELECT gate_facts(%s, 'direct_care')", [person]).fetchone()[0]  # type: ignore[index]
    return bool(facts["shared_categories"])


def turn(writer: psycopg.Connection, token: str, agreement: int, *, shut: bool) -> None:
    with writer.transaction():
        writer.execute("SELECT identify(%s)", [token])
        writer.execute("SELECT withdraw_from_agreement(%s, 'Race', now())" if shut else "SELECT sign_agreement(%s, now())", [agreement])


def test_what_commits_first_is_what_the_next_request_finds(made: Tarnside, agreement: int, connect_as: Connect) -> None:
    writer, reader, chance = connect_as("alongside_app"), connect_as("alongside_app"), random.Random(7)
    is_open = True
    for _ in range(INTERLEAVINGS):
        if chance.random() < 0.4:
            turn(writer, made.tokens["peter"], agreement, shut=is_open)
            is_open = not is_open
        assert asked(reader, made.tokens["joan"], made.people["margaret"]) is is_open


def test_a_request_that_begins_before_a_withdrawal_commits_is_whole_and_the_next_finds_it_shut(made: Tarnside, agreement: int, connect_as: Connect) -> None:
    writer, reader = connect_as("alongside_app"), connect_as("alongside_app")
    writer.execute("SELECT identify(%s)", [made.tokens["peter"]])
    writer.execute("SELECT withdraw_from_agreement(%s, 'Race', now())", [agreement])
    assert asked(reader, made.tokens["joan"], made.people["margaret"])
    writer.commit()
    assert not asked(reader, made.tokens["joan"], made.people["margaret"])


def test_readers_at_full_speed_never_see_a_tap_that_was_shut_before_they_asked(made: Tarnside, agreement: int, connect_as: Connect) -> None:
    over = Event()
    seen: list[tuple[float, float, bool]] = []
    turns: list[tuple[float, float, bool]] = [(monotonic(), monotonic(), True)]

    def read(reader: psycopg.Connection) -> None:
        while not over.is_set():
            began = monotonic()
            found = asked(reader, made.tokens["joan"], made.people["margaret"])
            seen.append((began, monotonic(), found))

    readers = [Thread(target=read, args=(connect_as("alongside_app"),)) for _ in range(2)]
    for one in readers:
        one.start()
    writer = connect_as("alongside_app")
    for number in range(100):
        began = monotonic()
        turn(writer, made.tokens["peter"], agreement, shut=number % 2 == 0)
        turns.append((began, monotonic(), number % 2 == 1))
        asked_so_far = len(seen)
        while len(seen) < asked_so_far + 4:
            over.wait(0.001)
    over.set()
    for one in readers:
        one.join()
    settled = [(ended, after, state) for (_, ended, state), (after, _, _) in zip(turns, [*turns[1:], (monotonic(), 0.0, True)], strict=True)]
    judged = [(state, found) for began, done, found in seen for ended, after, state in settled if ended <= began and done <= after]
    assert len(judged) > 50
    assert [pair for pair in judged if pair[0] is not pair[1]] == []


def test_two_signatures_at_once_both_count(made: Tarnside, connect_as: Connect) -> None:
    text = queries.text_of(made.agreement_id)
    pair = the_pair(made)
    for number in range(10):
        draft = opened(made, text, pair, f"At once {number}")
        threads = [Thread(target=turn, args=(connect_as("alongside_app"), made.tokens[who], draft), kwargs={"shut": False}) for who in pair.values()]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        flows = connect_as("alongside_app").execute("SELECT count(*), count(DISTINCT (from_agency_id, purpose, category)) FROM flow WHERE agreement_id = %s", [draft]).fetchone()
        assert flows == (len(text.terms) * 2, len(text.terms) * 2)


def opened(made: Tarnside, text: AgreementText, pair: dict[int, str], title: str, **dates: object) -> int:
    parties = tuple(PartyFacts(agency, made.practitioners[who].pk) for agency, who in pair.items())
    with made.acting("sunita", at=now()) as lead:
        draft = actions.draft_agreement(by=lead, partnership_id=made.partnership_id, text=replace(text, title=title, parties=parties, **dates), at=now())  # type: ignore[arg-type]
        actions.open_for_signature(by=lead, agreement_id=draft.pk, bases_in_force={term.lawful_basis for term in text.terms}, at=now())
    return draft.pk


def test_the_tap_shuts_at_the_very_moment_of_the_lapse_by_the_database_s_clock(made: Tarnside, connect_as: Connect) -> None:
    with made.acting("sunita", at=now()) as lead:
        actions.end_agreement(by=lead, agreement_id=made.agreement_id, reason="Start again.", at=now())
    reader = connect_as("alongside_app")
    moment = reader.execute("SELECT now() + interval '1 second'").fetchone()[0]  # type: ignore[index]
    reader.commit()
    pair = the_pair(made)
    draft = opened(made, queries.text_of(made.agreement_id), pair, "Short", starts=now() - timedelta(days=1), ends=moment, review_on=moment.date())
    for who in pair.values():
        turn(reader, made.tokens[who], draft, shut=False)
    found: list[tuple[bool, bool]] = []
    while not found or found[-1][0]:
        with reader.transaction():
            before_its_end = reader.execute("SELECT now() < %s", [moment]).fetchone()[0]  # type: ignore[index]
            reader.execute("SELECT identify(%s)", [made.tokens["joan"]])
            facts = reader.execute("SELECT gate_facts(%s, 'direct_care')", [made.people["margaret"]]).fetchone()[0]  # type: ignore[index]
        found.append((before_its_end, bool(facts["shared_categories"])))
    assert all(before is flows for before, flows in found)
    with made.acting("joan", at=now()) as joan:
        assert not gate.open_record(joan, made.people["margaret"], at=now()).shared_categories
    with made.acting("peter", at=now()) as peter:
        at = now()
        new = actions.renew_agreement(
            by=peter, agreement_id=draft, starts=at, ends=at + timedelta(days=365), review_on=(at + timedelta(days=300)).date(),
            bases_in_force={term.lawful_basis for term in queries.text_of(draft).terms}, at=at,
        )
    for who in pair.values():
        with made.acting(who, at=now()) as signatory:
            actions.sign_agreement(by=signatory, agreement_id=new.pk, at=now())
    with made.acting("joan", at=now()) as joan:
        assert gate.open_record(joan, made.people["margaret"], at=now()).shared_categories
