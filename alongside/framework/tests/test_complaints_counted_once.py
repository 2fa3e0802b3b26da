"""A complaint about an access counts once: for the partnership under whose agreement the access was, or for none."""

from collections.abc import Callable

import pytest
from django.db import connection

from alongside.cli.tarnside.own_side import own_token
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import sign_ins
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.confidentiality.actions.complaints import complain
from alongside.partnerships.actions import withdraw_from_agreement
from alongside.partnerships.queries import agreements
from tests.worker_role import as_worker

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> Tarnside:
    made = set_up(at=now())
    sign_ins(made, now())
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


def looked(made: Tarnside, who: str = "amina") -> int:
    with made.acting(who, at=now()) as worker:
        return gate.open_record(worker, made.people["leah"], at=now()).line_id


def complained(made: Tarnside, line: int | None) -> None:
    with gate.acting(own_token(made, "leah"), at=now()) as leah:
        complain(by=leah, person_id=made.people["leah"], line_id=line, text=f"Why, {line}?", at=now())


def counted(ids: dict[str, int]) -> dict[str, int]:
    with as_worker(), connection.cursor() as cursor:
        found = {}
        for name, place in ids.items():
            cursor.execute("SELECT count(*) FROM complaints_of(%s, current_date - 365) WHERE place = 'access'", [place])
            found[name] = cursor.fetchone()[0]
        return {name: count for name, count in found.items() if count}


def test_where_two_agreements_let_it_through_it_counts_for_the_one_that_began_first(tarnside: Tarnside) -> None:
    ids = found_the_others(tarnside, at=now())
    complained(tarnside, looked(tarnside))
    assert counted(ids) == {"home": 1}, "the community trust belongs to both, and Home from Hospital is the older"


def test_after_a_withdrawal_from_the_one_it_counts_for_the_other_and_what_was_before_stays(tarnside: Tarnside) -> None:
    ids = found_the_others(tarnside, at=now())
    before = looked(tarnside)
    with tarnside.acting("ruth", at=now()) as ruth:
        withdraw_from_agreement(by=ruth, agreement_id=agreements(ids["home"])[0].pk, reason="For now.", at=now())
    after = looked(tarnside)
    complained(tarnside, before)
    complained(tarnside, after)
    assert counted(ids) == {"home": 1, "together": 1}


def test_an_access_under_no_agreement_and_a_complaint_about_none_count_for_no_partnership(tarnside: Tarnside) -> None:
    with tarnside.acting("ruth", at=now()) as ruth:
        withdraw_from_agreement(by=ruth, agreement_id=tarnside.agreement_id, reason="For now.", at=now())
    complained(tarnside, looked(tarnside))
    complained(tarnside, None)
    assert counted({"together": tarnside.partnership_id}) == {}
