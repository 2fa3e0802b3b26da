"""What it is worth is measured by grade of evidence and never across them: the worked example of support at home after hospital."""

from datetime import timedelta
from decimal import Decimal

import pytest

from alongside.cli.tarnside.accounts import home_from_hospital
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import set_up
from alongside.common.clock import now
from alongside.common.london import london_day
from alongside.measures.benefit import Grade
from alongside.open_book import queries


@pytest.mark.django_db
def test_a_claim_of_nearly_three_pounds_for_one_stands_beside_the_comparison_that_found_nothing() -> None:
    at = now() - timedelta(minutes=1)
    made = set_up(at=at)
    home = found_the_others(made, at=at)["home"]
    home_from_hospital(made, home, at=at)
    with made.acting("megan", at=at):
        found = queries.outcome(queries.period_now(queries.periods(home), london_day(at)), today=london_day(at))
    assert found.cost == Decimal("345440.00") == 1360 * Decimal(254)
    claimed, matched = found.worth
    assert (claimed.grade, claimed.of.benefit.value, round(claimed.of.ratio.value, 2)) == (Grade.CLAIMED, Decimal("955000.00"), Decimal("2.76"))
    assert (matched.grade, matched.said, matched.of.benefit.value, matched.of.net.value) == (Grade.MATCHED, Decimal("616000.00"), Decimal("0.00"), Decimal("-345440.00"))
    nets = {share.body: share.net for share in found.bearings[0].rows}
    assert nets == {"Tarnside Council Adult Social Care": Decimal("166500.00"), "Tarnside General Hospital NHS Trust": Decimal("443500.00")}, "each carries half: 172,500"
    assert round(found.bearings[0].gap.value, 3) == round(616 / 955 - 0.5, 3)
    assert [row.per_outcome for row in found.rows if row.benefit.units == 1360] == [Decimal("254.00")] * 2
    assert found.needs_comparing
    assert any("Nothing was compared." in row.cautions for row in found.rows)
