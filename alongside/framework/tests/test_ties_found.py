"""Who is tied to whom is found by the worker and kept with its age; it comes to what is found on the spot, and nobody reads it who does not sit at the table."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.london import london_day
from alongside.framework import queries
from alongside.framework.actions import measuring
from alongside.framework.models import TiesFound
from alongside.partnerships.actions import leave
from tests.places import tarnside_and_its_story
from tests.signing_in import signed_in
from tests.worker_role import as_worker

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = timedelta(days=365)


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(tarnside_and_its_story)


def found_by_the_worker() -> None:
    with as_worker():
        while measuring.count_what_passed(at=now()):
            pass
        while measuring.find_ties(at=now()):
            pass


def test_what_is_kept_is_what_would_be_found_on_the_spot_and_the_page_says_as_of_when(tarnside: Tarnside) -> None:
    place = tarnside.partnership_id
    with tarnside.acting("sunita", at=now()):
        assert queries.ties_found(place, "shares") is None
    found_by_the_worker()
    with tarnside.acting("sunita", at=now()):
        kept, now_found = queries.ties_found(place, "shares"), queries.ties(place, since=london_day(now()) - YEAR)["shares"]
        assert kept and {(sender, receiver): amount for sender, receiver, amount in kept.ties} == {pair: float(amount) for pair, amount in now_found.items()} != {}
        assert queries.ties_found(place, "money").ties == []
    page = signed_in("sunita").get(f"/partnership/{place}/network/").content.decode()
    assert "As of" in page and "Tarnside Police" in page


def test_it_is_looked_for_again_when_it_is_old_and_not_before(tarnside: Tarnside) -> None:
    found_by_the_worker()
    with as_worker():
        assert measuring.find_ties(at=now() + timedelta(minutes=1)) == 0
        assert measuring.find_ties(at=now() + timedelta(minutes=6)) == 1


def test_nobody_elsewhere_reads_it_and_nobody_on_a_page_writes_it(tarnside: Tarnside) -> None:
    found_by_the_worker()
    with tarnside.acting("peter", at=now()) as peter:
        leave(by=peter, partnership_id=tarnside.partnership_id, agency_id=peter.agency_id or 0, reason="We leave.", at=now())
    with tarnside.acting("joan", at=now()):
        assert not TiesFound.objects.exists()
    with tarnside.acting("sunita", at=now()):
        assert TiesFound.objects.count() == 4
        for words in ("DELETE FROM ties_found", "UPDATE ties_found SET ties = '[]'", "SELECT keep_ties(1, current_date, now())", "SELECT * FROM ties_among(1, current_date)"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(words)
