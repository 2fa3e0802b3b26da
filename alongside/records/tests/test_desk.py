"""One question puts everything on somebody's desk; it must lay on each shelf what the shelf's own question finds, for each of the cast."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.records import queries
from alongside.records.models import Share
from tests.places import tarnside_and_its_story

pytestmark = pytest.mark.django_db(transaction=True)

SHELVES = {"inbox": queries.inbox, "sign": queries.to_sign, "telephone": queries.to_telephone, "climbed": queries.escalations}


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(tarnside_and_its_story)


def keys(shares: Iterable[Share]) -> list[int]:
    return [share.pk for share in shares]


def as_the_records_hold(owner: psycopg.Connection, change: str, *words: object) -> None:
    owner.execute("SET ROLE alongside_definer")
    owner.execute(change, words)
    owner.commit()


def test_each_shelf_of_a_desk_holds_what_its_own_question_finds(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    ids = {name: who.pk for name, who in tarnside.practitioners.items()}
    shown: set[str] = set()
    as_the_records_hold(as_owner, "UPDATE share SET phone_asked_at = now() WHERE status = 'awaiting' AND mod(id, 2) = 0")
    as_the_records_hold(as_owner, "UPDATE share SET escalated_to = %s WHERE owed AND mod(id, 3) = 0", ids["sunita"])
    as_the_records_hold(as_owner, "UPDATE share SET climbed_to = %s WHERE mod(id, 3) = 1", ids["helen"])
    as_the_records_hold(as_owner, "UPDATE share SET status = 'held', signatory = %s WHERE status = 'awaiting' AND mod(id, 5) = 0", ids["kofi"])
    for name in tarnside.practitioners:
        with tarnside.acting(name, at=now()) as actor:
            desk = queries.on_desk(actor)
            for shelf, ask in SHELVES.items():
                assert keys(desk[shelf]) == keys(ask(actor)), (name, shelf)
                shown |= {shelf} if desk[shelf] else set()
    assert shown == set(SHELVES)


def test_a_line_of_the_desk_asks_nothing_more_of_the_database(tarnside: Tarnside) -> None:
    from alongside.web.practitioner.my_work.waiting import sent_rows, share_waits

    with tarnside.acting("priya", at=now()) as actor:
        desk, sent = queries.on_desk(actor), queries.sent(actor)
        with CaptureQueriesContext(connection) as asked:
            rows = [share_waits(share, actor) for shelf in desk.values() for share in shelf]
            rows += [(share.to_team.name, share.to_agency.name, share.to_agency.duty_phone) for shelf in desk.values() for share in shelf]
            sent_rows(sent, {}, now() + timedelta(days=1))
        assert rows
        assert len(asked) == 0


def test_shares_to_one_team_stand_beside_one_team(tarnside: Tarnside) -> None:
    with tarnside.acting("priya", at=now()) as actor:
        inbox = queries.inbox(actor)
        teams = {id(share.to_team) for share in inbox}
        assert len(inbox) > len(teams)
        assert len(teams) == len({share.to_team_id for share in inbox})
        assert all(share.to_team.pk == share.to_team_id and share.from_agency.pk == share.from_agency_id for share in inbox)
