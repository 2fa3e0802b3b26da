"""What must hold of a measure whatever the figures: laws its authors give, tried on figures nobody chose."""

from collections.abc import Callable
from fractions import Fraction
from math import isclose
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alongside.measures.agreement import cohen_kappa, kendall_tau, r_wg
from alongside.measures.attributable import attributable
from alongside.measures.concentration import Error, Index, concentration_index
from alongside.measures.continuity import continuity_of_care, usual_provider
from alongside.measures.distributions import binomial_limits, poisson_limits
from alongside.measures.funnel import Standing, proportion_funnel, rate_funnel
from alongside.measures.goals import attainment, change
from alongside.measures.inequity import horizontal_inequity
from alongside.measures.logistic_slope import logistic_slope_index
from alongside.measures.network import betweenness_centralisation, closeness_centralisation, degree_centralisation, density, dyadic_reciprocity, edge_reciprocity, places
from alongside.measures.proportion import byar, wilson
from alongside.measures.ranks import MostDisadvantaged, fractional_ranks
from alongside.measures.representation import dissimilarity, r_indicator
from alongside.measures.result import Result, Unmeasurable
from alongside.measures.slope import Interval, Kind, slope_index
from alongside.measures.spread import mean_log_deviation, theil
from alongside.measures.trust import trust, trust_out
from alongside.measures.voices import effective_voices, gini, gini_corrected, hhi, hhi_normalised

LOWEST, HIGHEST = MostDisadvantaged.LOWEST, MostDisadvantaged.HIGHEST
amounts = st.lists(st.integers(0, 1000), min_size=2, max_size=30).filter(any)
positive = st.lists(st.integers(1, 1000), min_size=5, max_size=20)
ties = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=40)


def tried(*on: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Tried on fifty sets of figures, however slow the machine is today."""
    return lambda law: settings(deadline=None, max_examples=50)(given(*on)(law))


def near(one: Result | float | None, other: Result | float | None, digits: float = 1e-9) -> bool:
    a, b = (value.value if isinstance(value, Result) else value for value in (one, other))
    return (a is None) is (b is None) if a is None or b is None else isclose(float(a), float(b), rel_tol=digits, abs_tol=digits)


@tried(amounts, st.integers(2, 9))
def test_gini_knows_neither_unit_nor_order_nor_size_of_the_population(values: list[int], times: int) -> None:
    assert near(gini(values), gini([value * times for value in reversed(values)]))
    assert near(gini(values), gini(values * times)) and near(gini(values), gini(values, [float(times)] * len(values)))
    assert near(gini(values * times), gini(values, [times] * len(values)))


@tried(amounts)
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[int]) -> None:
    n = len(values)
    difference = Fraction(sum(abs(a - b) for a in values for b in values), 2 * n * sum(values))
    assert near(gini(values), float(difference))
    assert 0 <= float(gini(values).value or 0) <= float(gini_corrected(values).value or 0) <= 1 + 1e-12


@tried(amounts)
def test_the_silent_make_a_meeting_less_equal_and_change_no_effective_voice(values: list[int]) -> None:
    assert float(gini([*values, 0]).value or 0) >= float(gini(values).value or 0) - 1e-12
    assert near(effective_voices([*values, 0]), effective_voices(values))
    assert near(hhi(values), 1 / float(effective_voices(values).value or 1)) and -1e-12 <= float(hhi_normalised(values).value or 0) <= 1


@tried(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 6)), min_size=4, max_size=25).filter(lambda rows: any(y for y, _ in rows)))
def test_concentration_turns_its_sign_with_the_direction_and_does_not_see_the_order_of_rows(rows: list[tuple[int, int]]) -> None:
    y, order = [y for y, _ in rows], [rank for _, rank in rows]
    up, down = (concentration_index(y, order, most_disadvantaged=end) for end in (LOWEST, HIGHEST))
    assert near(up, -float(down.value or 0))
    for error in (Error.KAKWANI, Error.DELTA, Error.REGRESSION):
        one, other = (concentration_index(y[::step], order[::step], most_disadvantaged=LOWEST, error=error) for step in (1, -1))
        assert near(one, other) and near(one.se, other.se, 1e-6)
    assert near(concentration_index(y, order, most_disadvantaged=LOWEST, index=Index.GENERALISED), float(up.value or 0) * sum(y) / len(y))


@tried(st.lists(st.tuples(st.booleans(), st.integers(1, 6)), min_size=4, max_size=25).filter(lambda rows: 0 < sum(y for y, _ in rows) < len(rows)))
def test_erreygers_sees_the_absence_as_the_mirror_of_the_presence(rows: list[tuple[bool, int]]) -> None:
    there, order = [float(y) for y, _ in rows], [rank for _, rank in rows]
    for index in (Index.ERREYGERS, Index.WAGSTAFF):
        one = concentration_index(there, order, most_disadvantaged=LOWEST, index=index)
        other = concentration_index([1 - y for y in there], order, most_disadvantaged=LOWEST, index=index)
        assert near(one, -float(other.value or 0)) and abs(float(one.value or 0)) <= 1 + 1e-12


@tried(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 9), st.integers(1, 5)), min_size=3, max_size=8, unique_by=lambda row: row[1]))
def test_a_group_counts_as_much_as_its_people_one_by_one(rows: list[tuple[int, int, int]]) -> None:
    grouped = concentration_index([y for y, _, _ in rows], [rank for _, rank, _ in rows], most_disadvantaged=LOWEST, weights=[n for _, _, n in rows])
    people = [(y, rank) for y, rank, n in rows for _ in range(n)]
    assert near(grouped, concentration_index([y for y, _ in people], [rank for _, rank in people], most_disadvantaged=LOWEST))


@tried(st.lists(st.integers(1, 5), min_size=1, max_size=20))
def test_ranks_have_the_mean_of_one_half(order: list[int]) -> None:
    assert isclose(sum(fractional_ranks(order, most_disadvantaged=HIGHEST)) / len(order), 0.5)


def test_the_bootstrap_lies_near_kakwani_and_draws_whole_clusters() -> None:
    y, order = [float((place * 7919) % 101) for place in range(600)], [float(place) for place in range(600)]
    kakwani, drawn, clustered = (
        concentration_index(y, order, most_disadvantaged=LOWEST, error=error, clusters=clusters)
        for error, clusters in ((Error.KAKWANI, None), (Error.BOOTSTRAP, None), (Error.BOOTSTRAP, [str(place // 60) for place in range(600)]))
    )
    assert near(kakwani.se, drawn.se, 0.1) and clustered.se != drawn.se
    assert drawn.low is not None and drawn.high is not None and drawn.low < float(drawn.value or 0) < drawn.high


@tried(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9), st.integers(0, 20)), min_size=6, max_size=25))
def test_horizontal_inequity_is_the_concentration_of_standardised_use(rows: list[tuple[int, int, int]]) -> None:
    use, order, need = ([float(row[place]) for row in rows] for place in range(3))
    assume(len(set(need)) > 1 and len(set(order)) > 1)
    found = horizontal_inequity(use, order, [need], most_disadvantaged=LOWEST)
    assert near(found.inequity, concentration_index(found.standardised, order, most_disadvantaged=LOWEST), 1e-7)


@tried(positive, st.integers(1, 1000))
def test_a_straight_line_through_groups_is_found_whole(population: list[int], start: int) -> None:
    order = list(range(len(population)))
    ranks = fractional_ranks(order, most_disadvantaged=LOWEST, weights=population)
    found = slope_index([start + 3 * r for r in ranks], order, population, most_disadvantaged=LOWEST)
    assert near(found.sii, 3.0, 1e-6) and near(found.intercept, float(start)) and near(found.rii, (start + 3) / start)
    turned = slope_index([start + 3 * r for r in ranks], order, population, most_disadvantaged=HIGHEST)
    assert near(turned.sii, -3.0, 1e-6)


@pytest.mark.parametrize("kind, transform", [(Kind.OTHER, False), (Kind.RATE, False), (Kind.PROPORTION, False), (Kind.RATE, True), (Kind.PROPORTION, True)])
def test_simulated_and_worked_out_intervals_agree(kind: Kind, transform: bool) -> None:
    values, population = [0.31, 0.28, 0.30, 0.22, 0.18], [900, 1100, 1000, 950, 1050]
    limits = [wilson(value * people, people) for value, people in zip(values, population)]
    drawn, worked = (
        slope_index(values, range(5), population, most_disadvantaged=LOWEST, limits=limits, kind=kind, transform=transform, interval=interval, samples=50_000)
        for interval in Interval
    )
    for one, other in ((drawn.sii, worked.sii), (drawn.rii, worked.rii)):
        assert abs(float(one.low or 0) - float(other.low or 0)) < 0.04 and abs(float(one.high or 0) - float(other.high or 0)) < 0.04


def test_a_negative_multiplier_turns_polarity_and_inverts_the_ratio() -> None:
    values, population = [10.0, 12.0, 11.0, 15.0, 16.0], [100.0] * 5
    plain, turned = (slope_index(values, range(5), population, most_disadvantaged=LOWEST, errors=[1.0] * 5, multiplier=times) for times in (1, -1))
    assert near(turned.sii, -float(plain.sii.value or 0)) and near(turned.rii, 1 / float(plain.rii.value or 1))
    assert near(turned.sii.low, -float(plain.sii.high or 0)) and near(turned.rii.low, 1 / float(plain.rii.high or 1))


def test_a_logistic_curve_is_found_again() -> None:
    ranks = fractional_ranks(range(6), most_disadvantaged=LOWEST, weights=[100_000] * 6)
    curve = [1 / (1 + 2.718281828459045 ** -(-1 + 1.5 * r)) for r in ranks]
    found = logistic_slope_index(curve, range(6), [100_000] * 6, most_disadvantaged=LOWEST, whole_people=False)
    assert near(found.intercept, 1 / (1 + 2.718281828459045), 1e-9) and near(found.sii, 1 / (1 + 2.718281828459045**-0.5) - 1 / (1 + 2.718281828459045), 1e-9)


@tried(positive, st.integers(2, 50))
def test_theil_and_its_kin_know_no_unit_and_are_never_below_zero(values: list[int], times: int) -> None:
    for measure in (theil, mean_log_deviation):
        assert near(measure(values), measure([value * times for value in values])) and float(measure(values).value or 0) >= -1e-12
        assert near(measure(values, [times] * len(values)), measure(values))


@tried(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=12).filter(lambda rows: any(a for a, _ in rows) and any(b for _, b in rows)))
def test_dissimilarity_is_even_handed_and_at_most_one(rows: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in rows], [b for _, b in rows]
    assert near(dissimilarity(one, other), dissimilarity(other, one)) and 0 <= float(dissimilarity(one, other).value or 0) <= 1 + 1e-12
    assert near(dissimilarity(one, [3 * a for a in one]), 0.0)


@tried(st.lists(st.integers(1, 50), min_size=1, max_size=10), st.integers(0, 100))
def test_equal_response_is_wholly_representative(population: list[int], percent: int) -> None:
    assert near(r_indicator(population, [people * percent / 100 for people in population]), 1.0)


@tried(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3).filter(lambda table: any(map(any, table))))
def test_kappa_does_not_know_who_is_first(table: list[list[int]]) -> None:
    assert near(cohen_kappa(table), cohen_kappa([list(column) for column in zip(*table)]))


@tried(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=30))
def test_tau_is_turned_by_a_turned_order(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    found, turned = kendall_tau(first, second).value, kendall_tau(first, [-b for b in second]).value
    assert (found is None and turned is None) or near(found, -float(turned or 0))


@tried(st.lists(st.integers(1, 5), min_size=2, max_size=12))
def test_full_agreement_is_one_and_nothing_is_more(ratings: list[int]) -> None:
    assert near(r_wg([ratings[0]] * len(ratings), options=5), 1.0) and float(r_wg(ratings, options=5).value or 0) <= 1


@tried(ties)
def test_networks_are_measured_within_their_bounds(pairs: list[tuple[str, str]]) -> None:
    nodes = "abcdefgh"
    for measure in (density, degree_centralisation, betweenness_centralisation, closeness_centralisation):
        value = measure(pairs, nodes).value
        assert value is None or -1e-12 <= float(value) <= 1 + 1e-12
    both = [*pairs, *((b, a) for a, b in pairs)]
    real = any(a != b for a, b in pairs)
    assert edge_reciprocity(both).value == dyadic_reciprocity(both).value == (1.0 if real else None)
    assert {place.name for place in places(pairs, nodes) if place.isolated} == set(nodes) - {name for a, b in pairs if a != b for name in (a, b)}


@tried(st.lists(st.tuples(st.integers(-2, 2), st.integers(1, 9)), min_size=1, max_size=10))
def test_goals_all_as_expected_give_fifty_and_better_goals_more(goals: list[tuple[int, int]]) -> None:
    levels, weights = [level for level, _ in goals], [weight for _, weight in goals]
    assert near(attainment([0] * len(goals), weights), 50.0)
    assert near(attainment(levels, weights), attainment(levels, [7 * weight for weight in weights]))
    assert near(change(levels, [2] * len(goals), weights), float(attainment([2] * len(goals), weights).value or 0) - float(attainment(levels, weights).value or 0))


@pytest.mark.parametrize("n, times", [(1, 10), (2, 6.2017), (3, 4.5644), (4, 3.6274), (5, 3.0151), (6, 2.5820)])
def test_equal_goals_are_multiplied_by_the_published_numbers(n: int, times: float) -> None:
    assert near(attainment([1] * n), 50 + n * times, 1e-5)


@tried(st.lists(st.integers(0, 20), min_size=1, max_size=8).filter(lambda counts: sum(counts) > 1))
def test_one_provider_is_full_continuity_and_a_new_one_each_time_none(contacts: list[int]) -> None:
    assert 0 <= float(continuity_of_care(contacts).value or 0) <= float(usual_provider(contacts).value or 0) <= 1
    assert continuity_of_care([sum(contacts), 0]).value == 1 and continuity_of_care([1] * max(2, len(contacts))).value == 0


@tried(st.integers(0, 300), st.integers(1, 300))
def test_intervals_hold_what_they_are_of(count: int, more: int) -> None:
    n = count + more
    for low, high in (wilson(count, n), binomial_limits(count, n)):
        assert 0 <= low <= count / n + 1e-12 and count / n - 1e-12 <= high <= 1
    for low, high in (byar(count), poisson_limits(count)):
        assert 0 <= low <= count <= high


@tried(st.integers(0, 200), st.integers(1, 200), st.integers(0, 200), st.integers(1, 200))
def test_a_provider_is_outside_a_funnel_exactly_when_its_own_interval_misses_the_average(a: int, more_a: int, b: int, more_b: int) -> None:
    found = proportion_funnel({"A": (a, a + more_a), "B": (b, b + more_b)})
    average = float(found.average.value or 0)
    assume(0 < average < 1)
    for point, (events, cases) in zip(found.points, ((a, a + more_a), (b, b + more_b))):
        low, high = wilson(events, cases)
        near_edge = min(abs(low - average), abs(high - average)) < 1e-9
        assert near_edge or (point.standing is Standing.INSIDE) == (low <= average <= high)


@tried(st.integers(0, 200), st.integers(1, 500), st.integers(1, 500))
def test_a_rate_outside_the_outer_limits_is_outside_the_inner_ones(events: int, people: int, others: int) -> None:
    for point in rate_funnel({"A": (events, people), "B": (50, others)}).points:
        assert point.outer[0] <= point.inner[0] + 1e-9 and point.inner[1] <= point.outer[1] + 1e-9


def test_no_mean_of_four_raters_is_shown_however_it_is_asked_for() -> None:
    hidden = trust([[4, 4, 4]] * 4, smallest=1)
    assert hidden.suppressed and hidden.value is hidden.low is hidden.high is hidden.se is None
    assert trust_out([(f"school/{person}", "trust", [3, 3, 3]) for person in range(4)])["school"].suppressed
    assert not trust_out([(f"school/{person}", "trust", [3, 3, 3]) for person in range(5)])["school"].suppressed


def test_nobody_can_gain_where_the_reference_is_worse_than_the_average() -> None:
    assert attributable([60, 80], [1, 1], higher_is_better=True, reference=0).difference.value == 0


@pytest.mark.parametrize("wrong", [
    lambda: gini([]), lambda: gini([-1, 2]), lambda: gini([0, 0]), lambda: cohen_kappa([[1, 2]]), lambda: r_wg([3], options=4), lambda: r_wg([1, 9], options=4),
    lambda: concentration_index([0, 0], [1, 2], most_disadvantaged=LOWEST), lambda: concentration_index([], [], most_disadvantaged=LOWEST),
    lambda: concentration_index([1, 2], [1, 2], most_disadvantaged=LOWEST, weights=[1, 0]), lambda: slope_index([1] * 4, range(4), [1] * 4, most_disadvantaged=LOWEST),
    lambda: theil([0, 0]), lambda: mean_log_deviation([0, 1]), lambda: attainment([3]), lambda: r_indicator([10], [11]), lambda: wilson(3, 2), lambda: byar(-1),
])
def test_what_cannot_be_measured_is_refused_in_one_sentence(wrong: object) -> None:
    with pytest.raises(Unmeasurable, match=r"[a-z].*\.$"):
        wrong()  # type: ignore[operator]
