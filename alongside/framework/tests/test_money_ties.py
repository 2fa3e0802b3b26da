"""Money ties are drawn where the books know both ends, and nowhere else."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from alongside.cli.tarnside.accounts import keep_the_books
from alongside.cli.tarnside.governance import govern
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import sign_ins
from alongside.common.clock import now
from alongside.common.london import london_day
from alongside.framework import queries
from alongside.open_book.models import Contribution, Receipt, SpendLine

pytestmark = pytest.mark.django_db
Ties = dict[tuple[str, str], Decimal]


def with_books() -> tuple[Tarnside, dict[str, int]]:
    at = now()
    made = set_up(at=at)
    sign_ins(made, at)
    ids = found_the_others(made, at=at)
    for _ in govern(made, ids, at=at):
        pass
    keep_the_books(made, ids, at=at)
    return made, ids


@pytest.fixture(scope="module")
def kept(begins_with: Callable[[Callable[[], tuple[Tarnside, dict[str, int]]]], tuple[Tarnside, dict[str, int]]]) -> tuple[Tarnside, dict[str, int]]:
    return begins_with(with_books)


def money(made: Tarnside, place: int, who: str) -> Ties:
    names = {agency.pk: key for key, agency in made.agencies.items()}
    with made.acting(who, at=now()):
        return {(names[sender], names[receiver]): amount for (sender, receiver), amount in queries.ties(place, since=london_day(now()) - timedelta(days=800)).get("money", {}).items()}


def test_what_goes_into_a_pool_goes_to_its_host_and_what_the_host_pays_to_the_partner_that_is_paid(kept: tuple[Tarnside, dict[str, int]]) -> None:
    made, ids = kept
    ties = money(made, ids["home"], "megan")
    with made.acting("megan", at=now()):
        paid = sum(line.amount for line in SpendLine.objects.filter(partnership_id=ids["home"]))
    assert ties[("hospital", "adults")] == Decimal("172500.00")
    assert ties[("adults", "homelink")] == paid
    assert ("adults", "adults") not in ties


def test_money_without_a_fund_goes_to_whoever_paid_and_from_there_to_whoever_answers_for_what_it_was_for(kept: tuple[Tarnside, dict[str, int]]) -> None:
    made, ids = kept
    ties = money(made, ids["together"], "sunita")
    with made.acting("sunita", at=now()):
        came = sum(one.amount for one in Receipt.objects.filter(partnership_id=ids["together"], contribution__way="cash", agency=made.agencies["adults"]))
    assert ties[("adults", "children")] == came, "children's services alone pay the bills"
    assert ties[("children", "adults")] > 0, "they pay for an objective that adult social care answers for"
    assert not [pair for pair in ties if pair[0] in ("community", "police", "surgery", "school")], "hours, rooms and furniture are no money"


def test_money_that_nobody_has_spent_yet_goes_to_nobody(kept: tuple[Tarnside, dict[str, int]]) -> None:
    made, ids = kept
    with made.acting("moira", at=now()):
        assert Contribution.objects.filter(partnership_id=ids["evenings"], agency=made.agencies["school"]).exists()
    assert not [pair for pair in money(made, ids["evenings"], "moira") if pair[0] == "school"]


def test_whoever_does_not_belong_sees_no_tie(kept: tuple[Tarnside, dict[str, int]]) -> None:
    made, ids = kept
    assert money(made, ids["home"], "grace") == {}
