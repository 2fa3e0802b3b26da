"""Whatever the counts are, none below five is shown and none can be worked out; and the figures on the pages are the measures' own."""

from itertools import product

import pytest

from alongside.measures.representation import dissimilarity, r_indicator
from alongside.voice.facts import Characteristic, PopulationRow, Seat, SeatCount
from alongside.voice.rules.comparison import Standing, compare
from alongside.voice.rules.population_file import read_population
from alongside.voice.rules.references import ALPHABET, read_reference, reference_from
from alongside.voice.rules.speaking import speaking
from alongside.voice.rules.suppression import SMALLEST, kept_back, too_few_to_compare

HEAD = "characteristic,group,people,source,as_of\n"


@pytest.mark.parametrize("size", [1, 2, 3])
def test_no_count_from_one_to_four_is_shown_or_left_over(size: int) -> None:
    for numbers in product((0, 1, 4, 5, 6, 12), repeat=size):
        counts = {str(place): number for place, number in enumerate(numbers)}
        shown = {} if too_few_to_compare(counts) else {group: number for group, number in counts.items() if group not in kept_back(counts)}
        assert not [number for number in shown.values() if 0 < number < SMALLEST], counts
        left = [number for group, number in counts.items() if group not in shown]
        assert not left or not shown or (len(left) > 1 and sum(left) >= SMALLEST), counts


def test_what_is_kept_back_counts_as_one_group_in_the_measures() -> None:
    found = compare({"a": 2, "b": 6, "c": 12}, {"a": 100, "b": 300, "c": 600})
    assert [one.members for one in found.groups] == [None, None, 12]
    assert found.dissimilarity and found.dissimilarity.value == dissimilarity([12, 8], [600, 400]).value
    assert found.r_indicator and found.r_indicator.value == r_indicator([600, 400], [12, 8]).value, "20 of 1,000 took part"


def test_a_group_that_is_missing_is_named_and_one_too_small_to_expect_is_not_called_so() -> None:
    found = compare({"a": 20}, {"a": 9_000, "b": 900, "c": 100})
    assert [one.standing for one in found.groups] == [Standing.AS_EXPECTED, Standing.MISSING, Standing.NONE_EXPECTED]
    assert found.missing == ("b",)


def test_nothing_is_compared_where_nobody_was_counted_or_nobody_lives() -> None:
    assert compare({}, {"a": 5}).dissimilarity is None
    assert compare({"a": 7}, {"a": 0, "b": 0}).dissimilarity is None
    assert compare({"a": 0, "b": 0}, {"a": 9, "b": 1}).missing == ()


def test_the_silent_stay_in_the_denominator() -> None:
    speakers, silent = SeatCount(Seat.PROFESSIONAL, (40, 25, 20, 10, 5)), SeatCount(Seat.LIVED, (0,) * 15)
    alone, all_of_them = speaking([[speakers]]), speaking([[speakers, silent]])
    assert alone.gini and all_of_them.gini
    assert (round(float(alone.gini.value or 0), 3), round(float(all_of_them.gini.value or 0), 3)) == (0.34, 0.835)
    assert [part.of_turns for part in all_of_them.parts] == [0.0, 1.0]


def test_a_meeting_in_which_nobody_spoke_has_no_measure_and_no_fault() -> None:
    found = speaking([[SeatCount(Seat.LIVED, (0,) * 6)]])
    assert (found.gini, found.voices, found.silent, found.parts[0].of_turns) == (None, None, 6, None)
    assert speaking([]).parts == ()


def test_what_was_only_written_hides_nobody_who_was_there() -> None:
    there = [SeatCount(Seat.PROFESSIONAL, (1,) * 6), SeatCount(Seat.LIVED, (1,) * 6), SeatCount(Seat.CARER, (), written=3)]
    assert [part.name for part in speaking([there]).parts] == ["lived_experience", "carer", "professional"]


@pytest.mark.parametrize("sign", range(9))
def test_one_mistyped_sign_of_a_reference_is_noticed(sign: int) -> None:
    reference = reference_from((3, 0, 29, 7, 7, 1, 12, 25))
    wrong = {reference[:sign] + other + reference[sign + 1 :] for other in ALPHABET if other != reference[sign]}
    assert not [one for one in wrong if read_reference(one)]


def test_a_table_is_read_as_it_comes_or_says_line_by_line_what_is_wrong() -> None:
    rows, wrong = read_population("\ufeffCharacteristic, Group ,People,Source,As of\r\narea,North End,\"11,860\",Census,21/03/2021\r\n\r\nAge band,16 to 24,5820,Census,2021-03-21\r\n")
    assert wrong == [] and [(row.characteristic, row.group, row.people) for row in rows] == [(Characteristic.AREA, "North End", 11860), (Characteristic.AGE, "16_24", 5820)]
    assert isinstance(rows[0], PopulationRow)
    for line, says in (
        ("height,tall,1,x,2021-03-21", "is none of age_band"), ("sex,other,1,x,2021-03-21", "is none of Female, Male"), ("sex,male,-1,x,2021-03-21", "not a whole number"),
        ("sex,male,1,,2021-03-21", "where the number is from"), ("sex,male,1,x,31/02/2021", "is no day"), ("sex,male", "not a whole number"), ("area,,1,x,2021-03-21", "needs a name"),
    ):
        rows, wrong = read_population(HEAD + line)
        assert rows == [] and says in wrong[0] and wrong[0].startswith("Line 2:"), line
    assert read_population("group,people\n")[1] == ["The first line must name the columns characteristic, group, people, source, as_of. Missing: characteristic, source, as_of."]
    assert read_population("")[1][0].startswith("The first line must name") and read_population(HEAD)[1] == ["There is no line below the first."]
    assert "is there already" in read_population(HEAD + "sex,male,1,x,2021-03-21\nsex,MALE,2,x,2021-03-21\n")[1][0]
