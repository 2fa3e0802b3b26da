"""What it is worth is measured by grade of evidence and never across them: the worked example of support at home after hospital."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from alongside.cli.tarnside.accounts import home_from_hospital
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now
from alongside.common.decisions import Refused
from alongside.common.london import london_day
from alongside.measures.benefit import Grade
from alongside.open_book import actions, queries
from alongside.open_book.facts import Level
from alongside.open_book.models import CountedBenefit, Period
from alongside.partnerships.actions import NotNow, objectives
from alongside.partnerships.actions.benefits import claim_benefit
from alongside.partnerships.facts import Claim, ObjectiveFacts, WhoBenefits
from alongside.partnerships.queries.benefits import benefits
from tests.places import tarnside_since_yesterday


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
    stands = {row.claim.benefit.words: row.claim.stands for row in found.rows}
    assert stands == {"Less home care needed": Claim.CLAIMED, "Fewer nights in hospital": Claim.REFUTED}, "what was compared stands on the register as evidence against the claim"
    assert [tuple(row.claim.benefit.words for row in bearing.claims) for bearing in found.bearings] == [("Fewer nights in hospital", "Less home care needed"), ("Fewer nights in hospital",)]
    assert any("refuted" in words for row in found.rows for words in row.cautions)


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(tarnside_since_yesterday)


def opened(made: Tarnside) -> Period:
    with made.acting("sunita", at=now()) as sunita:
        return actions.open_period(by=sunita, partnership_id=made.partnership_id, name="2026-27", first=date(2026, 4, 1), last=date(2027, 3, 31))


def counts(made: Tarnside, period: Period, who: str = "joan", **words: object) -> CountedBenefit:
    common = {"outcome": "Fewer falls", "level": Level.PERSON, "grade": Grade.MATCHED, "evidence": "Compared with two districts.", "gross": Decimal(900), "corrected": Decimal(400)}
    with made.acting(who, at=now()) as by:
        return actions.record_benefit(by=by, partnership_id=made.partnership_id, period_id=period.pk, at=now(), **(common | words))  # type: ignore[arg-type]


def test_what_is_counted_is_a_claim_of_the_register_and_evidence_beside_it(tarnside: Tarnside) -> None:
    period = opened(tarnside)
    counts(tarnside, period)
    counts(tarnside, period, outcome="fewer FALLS", evidence="Counted again.")
    with tarnside.acting("grace", at=now()):
        (claim,) = benefits(tarnside.partnership_id)
        assert (claim.benefit.words, claim.stands, [piece.words for piece in claim.evidence]) == ("Fewer falls", Claim.EVIDENCED, ["Compared with two districts.", "Counted again."])
        assert [(one.period, one.grade, one.facts.corrected) for one in queries.counted(tarnside.partnership_id)[claim.benefit.pk]] == [("2026-27", Grade.MATCHED, Decimal("400.00"))] * 2


def test_a_bare_claim_in_money_is_no_evidence_and_nothing_left_of_it_speaks_against_it(tarnside: Tarnside) -> None:
    period = opened(tarnside)
    one = counts(tarnside, period, grade=Grade.CLAIMED, corrected=None)
    with tarnside.acting("grace", at=now()):
        assert benefits(tarnside.partnership_id)[0].stands is Claim.CLAIMED
    judged = counts(tarnside, period, replaces_id=one.pk, corrected=Decimal(0), evidence="Beside others like them: nothing.")
    assert judged.benefit_id == one.benefit_id
    with tarnside.acting("grace", at=now()):
        assert benefits(tarnside.partnership_id)[0].stands is Claim.REFUTED


def test_a_harm_is_not_counted_as_a_benefit_nor_one_of_another_partnership(tarnside: Tarnside) -> None:
    period = opened(tarnside)
    evenings = found_the_others(tarnside, at=now())["evenings"]
    with tarnside.acting("grace", at=now()) as grace:
        harm = claim_benefit(by=grace, partnership_id=tarnside.partnership_id, harm=True, level=WhoBenefits.PERSON, words="More strangers at the door", at=now())
        elsewhere = claim_benefit(by=grace, partnership_id=evenings, harm=False, level=WhoBenefits.PERSON, words="Quiet streets", at=now())
    for claim in (harm, elsewhere):
        with pytest.raises(NotNow, match="on the register"):
            counts(tarnside, period, benefit_id=claim.pk)
        with tarnside.acting("grace", at=now()) as grace, pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            CountedBenefit.objects.create(
                partnership_id=tarnside.partnership_id, period=period, benefit=claim, outcome="x", level="person", grade="claimed", evidence="x", recorded_by_id=grace.practitioner_id, recorded_at=now()
            )
    with pytest.raises(Refused, match="works for a partner"), tarnside.acting("sunita", at=now()) as sunita:
        actions.record_benefit(by=sunita, partnership_id=evenings, period_id=period.pk, outcome="x", level=Level.PERSON, grade=Grade.CLAIMED, evidence="x", at=now())


def test_what_was_agreed_for_an_objective_stays_with_it_when_it_is_worded_anew(tarnside: Tarnside) -> None:
    period = opened(tarnside)
    with tarnside.acting("sunita", at=now()) as sunita:
        one = objectives.add_objective(by=sunita, partnership_id=tarnside.partnership_id, words=ObjectiveFacts("Stories told once"), at=now())
        actions.add_objective(by=sunita, partnership_id=tarnside.partnership_id, code="O1", name="Stories told once", objective_id=one.pk)
        actions.set_budget(by=sunita, partnership_id=tarnside.partnership_id, period_id=period.pk, objective="O1", amount=Decimal(500), at=now())
        objectives.word_objective(by=sunita, objective=one, words=ObjectiveFacts("Nobody tells their story twice"), at=now())
        assert [(row.name, row.budget, row.objective_id) for row in queries.by_objective(period) if row.code] == [("Nobody tells their story twice", Decimal("500.00"), one.pk)]
        assert [row.name for row in queries.objectives(tarnside.partnership_id)] == ["Nobody tells their story twice"]
        assert [(row.period, row.code, row.agreed) for row in queries.money_for(one.pk)] == [("2026-27", "O1", Decimal("500.00"))]
