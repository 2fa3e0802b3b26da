"""Each figure says how sure it is, or why that cannot be said; and all shortest ways of a network are the same whichever way they are found."""

import json
from math import isclose
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.cli.main import alongside
from alongside.measures.agreement import alignment, kendall_tau
from alongside.measures.files.catalogue import MEASURES
from alongside.measures.files.measure import Measure
from alongside.measures.network import pair_imbalance
from alongside.measures.paths import draw, ways_at_once, ways_one_by_one
from alongside.measures.representation import dissimilarity_interval, r_indicator_intervals

ties = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")), max_size=40)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_every_figure_has_an_interval_or_its_caveat_says_why_there_is_none(measure: Measure, tmp_path: Path) -> None:
    file = tmp_path / "given.csv"
    file.write_text(measure.example)
    found = CliRunner().invoke(alongside, ["measures", measure.name, str(file), *measure.example_options, "--json"])
    bare = [one for one in json.loads(found.output)["results"] if one["value"] is not None and one["low"] is None and "no interval" not in one["caveat"]]
    assert {one["measure"]: one["caveat"] for one in bare} == {}


@settings(deadline=None, max_examples=60)
@given(ties)
def test_all_ways_at_once_and_one_by_one_come_to_the_same(found: list[tuple[str, str]]) -> None:
    net = draw(found, "abcdefghijkl")
    at_once, one_by_one = ways_at_once(net), ways_one_by_one(net)
    assert at_once is not None and at_once.near == one_by_one.near
    assert all(isclose(at_once.through[name], one_by_one.through[name], abs_tol=1e-9) for name in net.beside)


def test_a_long_chain_is_walked_one_by_one() -> None:
    assert ways_at_once(draw([(f"{step:03}", f"{step + 1:03}") for step in range(40)])) is None


def test_an_interval_holds_its_figure_and_narrows_with_what_it_rests_on() -> None:
    few, many = kendall_tau([1, 2, 3, 4, 5], [1, 2, 3, 5, 4]), kendall_tau(list(range(50)), [*range(48), 49, 48])
    assert few.low < few.value < few.high and many.high - many.low < few.high - few.low
    few, many = pair_imbalance(3, 1), pair_imbalance(300, 100)
    assert few.low < few.value < few.high and many.high - many.low < few.high - few.low
    assert pair_imbalance(10, 10).low == 0.0
    few, many = (dissimilarity_interval([times * 5, times * 3, times * 2], [100, 50, 90]) for times in (1, 100))
    assert many[1] - many[0] < few[1] - few[0]
    few, many = (r_indicator_intervals([times * 30, times * 40], [times * 3, times * 6])[0] for times in (1, 100))
    assert many[1] - many[0] < few[1] - few[0]


def test_orders_that_are_all_the_same_and_too_few_raters_leave_no_interval() -> None:
    assert kendall_tau([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]).low is None
    assert kendall_tau([1, 2, 3, 4], [1, 2, 4, 3]).low is None
    assert alignment({"council": [1, 2, 3], "trust": [1, 3, 2]}).low is None
    agreed = alignment({"council": [1, 2, 3], "trust": [1, 3, 2], "school": [2, 1, 3], "police": [1, 2, 3]})
    assert -1 <= agreed.low < agreed.value < agreed.high <= 1
