"""Files come as they come: they are read where they can be read one way only, and refused in one clear sentence where not. Never with a traceback."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.cli.main import alongside
from alongside.measures.files.catalogue import FORMULAE, MEASURES, NAMES, measure_called
from alongside.measures.files.measure import Measure

WRONG = ("", "abc", "1,5", "£5", "50%", "-1", "0", "nan", "inf", "1e308", "1e29", "1e-300", "99999999999", "2026-13-45", "1_000", "x" * 500, "=cmd()", "0x10")


def run(tmp_path: Path, measure: Measure, content: str | bytes, *options: str) -> Result:
    file = tmp_path / "given.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CliRunner().invoke(alongside, ["measures", measure.name, str(file), *measure.example_options, *options])


def values(result: Result) -> list[object]:
    assert result.exit_code == 0, result.output
    return [(one["measure"], one["scope"], one["value"], one["low"], one["high"]) for one in json.loads(result.output)["results"]]


def refused(result: Result, *words: str) -> None:
    assert result.exit_code == 2, (result.output, result.exception)
    assert len(result.output.strip().splitlines()) == 1
    assert all(word in result.output for word in words), result.output


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
class TestEachMeasure:
    def test_its_example_is_measured_and_every_result_has_what_a_figure_needs(self, measure: Measure, tmp_path: Path) -> None:
        found = run(tmp_path, measure, measure.example, "--json")
        results = json.loads(found.output)["results"]
        assert results
        assert all(one["version"] and one["caveat"] and one["inputs"] and one["n"] >= 0 and "period" not in one for one in results)

    def test_text_says_the_same_figures_with_the_formula_and_the_caveat(self, measure: Measure, tmp_path: Path) -> None:
        text, told = run(tmp_path, measure, measure.example).output, run(tmp_path, measure, measure.example, "--json").output
        assert "formula" in text and "Caveat: " in text
        for one in json.loads(told)["results"]:
            assert one["measure"] in text and one["version"] in text

    def test_marks_dividers_and_case_change_nothing(self, measure: Measure, tmp_path: Path) -> None:
        rows = list(csv.reader(StringIO(measure.example)))
        plain = values(run(tmp_path, measure, measure.example, "--json"))
        for divider, mark, ends in ((";", "\ufeff", "\r\n"), ("\t", "", "\n"), ("|", "\ufeff", "\r")):
            out = StringIO()
            csv.writer(out, delimiter=divider, lineterminator=ends).writerows([[f" {heading.upper()} " for heading in rows[0]], *rows[1:]])
            told = values(run(tmp_path, measure, mark + out.getvalue() + ends, "--json"))
            assert json.dumps(told).lower() == json.dumps(plain).lower()

    def test_help_tells_each_column_each_option_and_a_file(self, measure: Measure) -> None:
        found = CliRunner().invoke(alongside, ["measures", measure.name, "--help"]).output
        assert all(column.name in found for column in measure.columns)
        assert all(f"--{option.name}" in found for option in measure.options)
        assert all(f"  {line}" in found for line in measure.example.splitlines())

    def test_whatever_stands_in_a_cell_it_is_measured_or_refused_in_one_sentence(self, measure: Measure, tmp_path: Path) -> None:
        rows = list(csv.reader(StringIO(measure.example)))
        for column in range(len(rows[0])):
            for wrong in WRONG:
                for places in ([1], range(1, len(rows))) if wrong in ("", "abc", "0", "-1") else (range(1, len(rows)),):
                    changed = [list(row) for row in rows]
                    for place in places:
                        changed[place][column] = wrong
                    out = StringIO()
                    csv.writer(out).writerows(changed)
                    found = run(tmp_path, measure, out.getvalue(), "--json")
                    assert found.exit_code in (0, 2), (column, wrong, found.exception)
                    assert found.exit_code or not {"NaN", "Infinity"} & set(found.output.replace(",", " ").split())
                    assert found.exit_code == 0 or len(found.output.strip().splitlines()) == 1, found.output

    def test_a_file_without_rows_or_without_its_columns_is_refused(self, measure: Measure, tmp_path: Path) -> None:
        refused(run(tmp_path, measure, ""), "is empty")
        refused(run(tmp_path, measure, measure.example.splitlines()[0]), "no rows")
        refused(run(tmp_path, measure, "nothing,like,it\nx,y,z\n"))


GINI = MEASURES["gini"]


class TestRefusals:
    def test_a_decimal_comma_is_refused_and_the_sentence_says_how_to_write_it(self, tmp_path: Path) -> None:
        refused(run(tmp_path, GINI, "value;group\n1,5;a\n2;b\n"), "line 2", "'value'", "1,5", "1.5")

    def test_a_workbook_is_refused_with_what_to_do(self, tmp_path: Path) -> None:
        refused(run(tmp_path, GINI, b"PK\x03\x04rest"), "CSV UTF-8")

    def test_text_of_another_encoding_is_refused(self, tmp_path: Path) -> None:
        refused(run(tmp_path, GINI, "value\n1\nété\n".encode("latin-1")), "UTF-8")

    def test_utf_16_is_read(self, tmp_path: Path) -> None:
        assert run(tmp_path, GINI, "value\n1\n3\n".encode("utf-16")).exit_code == 0

    def test_an_open_quotation_mark_is_refused(self, tmp_path: Path) -> None:
        refused(run(tmp_path, GINI, 'value\n"1\n2\n'), "quotation mark")

    def test_a_row_longer_than_the_headings_is_refused(self, tmp_path: Path) -> None:
        refused(run(tmp_path, GINI, "value,group\n1,a,b\n2,b\n"), "line 2", "3 cells")

    def test_a_heading_that_stands_twice_is_refused(self, tmp_path: Path) -> None:
        refused(run(tmp_path, GINI, "value,Value\n1,2\n"), "twice")

    def test_zeros_alone_cannot_be_shared_out(self, tmp_path: Path) -> None:
        refused(run(tmp_path, GINI, "value\n0\n0\n"), "at least one must be above zero")

    def test_a_missing_column_is_named_with_what_it_may_be_called(self, tmp_path: Path) -> None:
        refused(run(tmp_path, MEASURES["r-indicator"], "stratum,respondents\na,3\n"), "'population'", "pop", "--column population=HEADING")

    def test_the_direction_of_ranks_must_be_said(self, tmp_path: Path) -> None:
        file = tmp_path / "ranked.csv"
        file.write_text("income,value\n1,2\n2,3\n3,4\n")
        refused(CliRunner().invoke(alongside, ["measures", "concentration-index", str(file)]), "--most-disadvantaged lowest or highest")

    def test_a_file_that_is_not_there_is_said(self) -> None:
        refused(CliRunner().invoke(alongside, ["measures", "gini", "/nowhere/at-all.csv"]), "There is no file")

    def test_an_unknown_measure_is_answered_with_the_nearest(self) -> None:
        refused(CliRunner().invoke(alongside, ["measures", "ginni", "x.csv"]), "gini")

    def test_an_option_spelt_wrong_is_answered_with_the_nearest_and_so_is_a_word(self, tmp_path: Path) -> None:
        refused(run(tmp_path, GINI, "value\n1\n2\n", "--membres", "5"), "no option '--membres'", "Did you mean --members")
        refused(run(tmp_path, MEASURES["concentration-index"], "income,value\n1,2\n2,3\n3,4\n", "--error", "kakwini"), "'kakwini'", "Did you mean kakwani")
        refused(run(tmp_path, GINI, "value\n1\n2\n", "--members", "many"), "--members", "many")
        refused(run(tmp_path, GINI, "value\n1\n2\n", "--members"), "--members", "argument")
        refused(CliRunner().invoke(alongside, ["measures", "gini"]), "Say which file")
        refused(CliRunner().invoke(alongside, ["measures", "--jsn"]), "no option '--jsn'")

    def test_a_table_that_is_not_square_has_no_kappa(self, tmp_path: Path) -> None:
        refused(run(tmp_path, MEASURES["kappa"], "yes,no\n20,5\n"), "square")

    def test_categories_called_a_and_b_are_categories_and_not_raters(self, tmp_path: Path) -> None:
        assert "kappa: 0.4 " in run(tmp_path, MEASURES["kappa"], "a,b\n20,5\n10,15\n").output

    def test_counts_without_headings_are_asked_about(self, tmp_path: Path) -> None:
        refused(run(tmp_path, MEASURES["kappa"], "20,5\n10,15\n"), "--no-header")
        assert "0.4" in run(tmp_path, MEASURES["kappa"], "20,5\n10,15\n", "--no-header").output


class TestIntervals:
    """What no formula gives an interval is drawn anew, the same each time, and says so."""

    SPEAKERS = "value\n40\n25\n20\n10\n5\n0\n0\n8\n"
    TIES = "from,to\na,b\nb,a\na,c\nc,d\nd,e\ne,a\n"

    @pytest.mark.parametrize(("name", "rows"), [("gini", SPEAKERS), ("network", TIES), ("reciprocity", TIES), ("rwg", "rating\n4\n4\n3\n4\n2\n")])
    def test_a_file_gives_one_interval_however_often_it_is_asked(self, name: str, rows: str, tmp_path: Path) -> None:
        first, second = (run(tmp_path, measure_called(name), rows, "--json") for _ in range(2))
        assert first.output == second.output
        told = [one for one in json.loads(first.output)["results"] if one["low"] is not None]
        assert told and all(one["low"] <= one["high"] and "bootstrap" in one["caveat"] and "seed 20261126" in one["caveat"] for one in told)

    def test_it_is_wider_for_five_than_for_five_hundred(self, tmp_path: Path) -> None:
        few, many = (values(run(tmp_path, GINI, "value\n" + "1\n2\n3\n4\n10\n" * times, "--json"))[0] for times in (1, 100))
        assert few[4] - few[3] > 3 * (many[4] - many[3])  # type: ignore[index, operator]
        assert few[2] == pytest.approx(many[2])  # type: ignore[index]

    def test_where_all_are_alike_there_is_nothing_to_draw_and_of_two_nothing_is_said(self, tmp_path: Path) -> None:
        assert values(run(tmp_path, GINI, "value\n3\n3\n3\n", "--json"))[0][2:] == (0.0, 0.0, 0.0)  # type: ignore[index]
        assert values(run(tmp_path, GINI, "value\n1\n3\n", "--json"))[0][3:] == (None, None)  # type: ignore[index]
        assert values(run(tmp_path, measure_called("rwg"), "rating\n3\n3\n3\n3\n", "--json"))[0][2:] == (1.0, 1.0, 1.0)  # type: ignore[index]

    def test_a_weight_counts_as_so_many_people(self, tmp_path: Path) -> None:
        spelt, weighted = run(tmp_path, GINI, "value\n1\n1\n5\n5\n5\n", "--json"), run(tmp_path, GINI, "value,weight\n1,2\n5,3\n", "--json")
        assert values(spelt)[0][2:] == pytest.approx(values(weighted)[0][2:])  # type: ignore[index]


class TestBlocksAndColumns:
    def test_blocks_are_measured_apart(self, tmp_path: Path) -> None:
        found = values(run(tmp_path, GINI, "team,value\na,1\na,1\nb,0\nb,2\n", "--by", "team", "--json"))
        assert [(name, scope, value) for name, scope, value, *_ in found if name == "F10 Gini"] == [("F10 Gini", "a", 0.0), ("F10 Gini", "b", 0.5)]

    def test_a_wrong_block_is_named(self, tmp_path: Path) -> None:
        refused(run(tmp_path, GINI, "team,value\na,1\nb,0\n", "--by", "team"), "b: ", "zero")

    def test_a_column_of_another_name_can_be_said(self, tmp_path: Path) -> None:
        found = values(run(tmp_path, GINI, "who,minutes\na,0\nb,2\n", "--column", "value=minutes", "--json"))
        assert found[0][2] == 0.5  # type: ignore[index]

    def test_an_optional_column_can_be_left_out(self, tmp_path: Path) -> None:
        rows, measure = "income,bmi,weight\n1,20,50\n2,30,90\n3,25,70\n", MEASURES["concentration-index"]
        rows = rows.replace("weight", "people")
        weighted, once = run(tmp_path, measure, rows), run(tmp_path, measure, rows, "--column", "population=")
        assert "Each row counts by its 'people'" in weighted.output and "Each row counts once" in once.output

    @pytest.mark.parametrize("name", ["concentration-index", "horizontal-inequity", "theil", "mld"])
    def test_a_column_called_weight_may_be_kilograms_and_counts_only_when_asked(self, name: str, tmp_path: Path) -> None:
        plain = "income,bmi,value,need,weight\n1,20,20,1,50\n2,30,30,2,90\n3,25,25,2,70\n4,27,27,1,61\n5,22,22,3,80\n6,24,24,2,55\n"
        rows = plain.replace("bmi", "use" if name.startswith("horizontal") else "outcome")
        measure = MEASURES[name]
        left, asked = run(tmp_path, measure, rows), run(tmp_path, measure, rows, "--weights", "weight")
        assert "The column 'weight' is left alone: add --weights weight" in left.output
        assert "Each row counts by its 'weight'" in asked.output
        assert left.output.splitlines()[0] != asked.output.splitlines()[0]
        refused(run(tmp_path, measure, rows, "--weights", "stones"), "no heading 'stones'", "weight")

    def test_several_need_columns_can_be_said(self, tmp_path: Path) -> None:
        rows = "income,visits,age,ill\n1,3,60,2\n2,4,55,1\n3,2,40,1\n4,5,70,2\n5,2,30,0\n6,6,65,1\n"
        found = run(tmp_path, MEASURES["horizontal-inequity"], rows, "--column", "need=age", "--column", "need=ill")
        assert "need: age, ill" in found.output

    def test_a_slope_of_counts_has_an_interval(self, tmp_path: Path) -> None:
        rows = "quintile,numerator,denominator\n1,30,100\n2,28,110\n3,20,105\n4,18,95\n5,10,100\n"
        found = values(run(tmp_path, MEASURES["sii"], rows, "--json"))
        assert found[0][3] < found[0][2] < found[0][4] < 0  # type: ignore[index, operator]
        refused(run(tmp_path, MEASURES["sii"], rows.replace("110", "0")), "above zero")

    def test_small_groups_are_left_out_before_anything_is_worked_out(self, tmp_path: Path) -> None:
        rows = "value,population\n1,100\n3,100\n90,2\n"
        few = values(run(tmp_path, MEASURES["theil"], rows, "--smallest", "5", "--json"))
        assert few == values(run(tmp_path, MEASURES["theil"], "value,population\n1,100\n3,100\n", "--json"))
        refused(run(tmp_path, MEASURES["theil"], rows, "--smallest", "500"), "500")

    def test_standard_input_is_read(self) -> None:
        found = CliRunner().invoke(alongside, ["measures", "gini", "-", "--json"], input="value\n0\n2\n")
        assert json.loads(found.output)["results"][0]["value"] == 0.5

    def test_all_names_and_aliases_lead_to_one_measure_each(self) -> None:
        names = [name for measure in MEASURES.values() for name in (measure.name, *measure.aliases)]
        assert len(names) == len(set(names)) == len(NAMES)
        assert all(measure_called(name.upper()).name in MEASURES for name in names)

    def test_the_number_of_a_formula_leads_to_its_measure_or_names_those_there_are(self) -> None:
        assert all(name in MEASURES for names in FORMULAE.values() for name in names)
        assert [measure_called(name).name for name in ("F5", "f14", "F6a", "F11 dissimilarity")] == ["gas", "information-lost", "involvement", "dissimilarity"]
        found = CliRunner().invoke(alongside, ["measures", "F10", "x.csv"])
        refused(found, "gini, hhi or influence")

    def test_the_list_names_every_measure_and_its_columns(self) -> None:
        found = CliRunner().invoke(alongside, ["measures"]).output
        assert all(f"{name}  " in found or f"{name}\n" in found for name in MEASURES)
