"""`alongside gate try FILE`: what it prints, what it compares, and what it says of a file that is not fit."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result

from alongside.cli.gate_try import gate_try
from alongside.confidentiality.tests.gate_requests import TABLES

ROW = """
- id: {id}
  title: A worker reads the plan
  actor: {{agency: council_adults, role: social_worker, relation: {relation}}}
  subject: {{kind: adult, age: 50, capacity: has, flags: [{flags}]}}
  item: {{category: strengths_needs_plan, about: subject}}
  action: {{verb: read}}
  purpose: direct_care
  agreement: {{state: in_force, covers_purpose: true, covers_category: true}}
  consent: {{state: given, by: person}}
  claimed_basis: none
  need: declared
  risk: {{of_not_acting: {risk}, of_acting: none_known}}
{rest}"""


def row(id: str = "A1", relation: str = "allocated", flags: str = "", risk: str = "none_known", expect: str = "", rest: str = "") -> str:
    return ROW.format(id=id, relation=relation, flags=flags, risk=risk, rest=rest + (f"  expect: {expect}\n" if expect else ""))


def tried(text: str | bytes, *options: str, by_standard_input: bool = False) -> Result:
    given = text if isinstance(text, bytes) else text.encode()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "t.yaml"
        file.write_bytes(given)
        return CliRunner().invoke(gate_try, ["-" if by_standard_input else str(file), *options], input=given)


def test_a_decision_is_printed_with_reason_obligations_and_rules() -> None:
    run = tried("scenarios:" + row(relation="none"))
    assert run.exit_code == 0
    assert "A1  deny" in run.stdout
    assert "because: Staff without a part in somebody's care" in run.stdout
    assert "must: offer_cover_route, log_denial" in run.stdout
    assert "REL-010" in run.stdout


def test_what_is_kept_back_and_what_must_not_show_is_printed() -> None:
    assert "kept back: everything_outside_the_consent" not in tried("scenarios:" + row()).stdout
    hidden = tried("scenarios:" + row(relation="none", flags="restricted_record")).stdout
    assert "the answer is the same as if there were nobody there" in hidden


def test_json_is_one_object_a_line_in_the_words_of_the_file() -> None:
    run = tried("scenarios:" + row() + row("A2", relation="none"), "--json")
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["A1", "A2"]
    assert set(lines[0]) == {"id", "decision", "obligations", "withhold", "reveal_existence", "rules"}
    assert [line["decision"] for line in lines] == ["permit", "deny"]


def test_standard_input_is_read_where_the_file_is_a_dash() -> None:
    assert "A1  permit" in tried("scenarios:" + row(), by_standard_input=True).stdout


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        (row(expect="{decision: permit, obligations: [], reveal_existence: true}"), "1 of 1 decisions as expected"),
        (row(expect="{decision: deny, obligations: []}"), "1 false permits"),
        (row(expect="{decision: permit_part, withhold: [home_address]}"), "1 false permits"),
        (row(relation="none", risk="significant_harm", expect="{decision: permit}"), "1 false refusals at risk"),
        (row(relation="none", expect="{decision: deny, reveal_existence: false}"), "1 tells of existence"),
        (row(expect="{decision: permit, obligations: [pseudonymise]}"), "0 of 1 expected obligations"),
    ],
)
def test_expectations_are_summed_up_by_the_files_own_scoring(given: str, counted: str) -> None:
    run = tried("scenarios:" + given)
    assert counted in run.stdout
    assert run.exit_code == (0 if counted.startswith("1 of 1") else 1)


def test_the_day_decides_which_rules_are_asked() -> None:
    assert "A1  permit" in tried("scenarios:" + row(), "--at", "2026-11-24").stdout
    assert "A1  deny" in tried("scenarios:" + row(), "--at", "2017-01-01").stdout


def test_a_waiting_duty_can_be_tried_as_started() -> None:
    duties = next(path for path in TABLES if path.stem == "waiting_duties").read_text()
    assert tried(duties).exit_code == 0
    assert tried(duties.replace("switches: {children_act_2004_s16LA: 2026-06-01}\n", "")).exit_code == 1
    wrong = tried(duties.replace("children_act_2004_s16LA:", "some_other_act:"))
    assert wrong.exit_code == 2
    assert "Allowed: children_act_2004_s16LA" in wrong.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"scenarios: [", "is not YAML that can be read: line"),
        (b"\xff\xfes\x00", "is not UTF-8 text"),
        ("scénarios: é".encode("latin-1"), "is not UTF-8 text"),
        (b"a: &x [1]\nscenarios: [*x, *x]", "line 1: an alias"),
        (b"scenarios: []\nscenarios: []", "'scenarios' stands twice"),
        (b"just text", "must have a list named 'scenarios'"),
        (b"", "must have a list named 'scenarios'"),
        (b"scenarios: {}", "must have a list named 'scenarios'"),
        (b"scenarios: []", "holds no scenarios"),
        (b"scenarios: " + b"[" * 40 + b"]" * 40, "nested deeper than 20 levels"),
        (b"scenarios: [1]", "must be a group of fields"),
        (b"scenarios: [!!python/object/apply:os.system ['true']]", "must be a group of fields"),
        (b"scenarios: [{id: A1, actor: !!python/name:os.system x}]", "could not determine a constructor"),
        (b"switches: 3\nscenarios: [{id: A1}]", "switches: must be names of waiting duties"),
        (b"x" * 10_000_001, "is larger than 10 MB"),
    ],
)
def test_a_file_that_is_not_fit_says_what_to_do(text: bytes, says: str) -> None:
    run = tried(text)
    assert run.exit_code == 2
    assert says in run.stderr
    assert "Traceback" not in run.output


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (row("BAD", relation="married"), "t.yaml: BAD: actor.relation: 'married' is not a word for this. Allowed: allocated, team_cover"),
        (row("BAD", rest="  need: declared\n"), "t.yaml: BAD: need: line 27: stands twice in the same group"),
        (row("BAD", rest="  facts: [smallest_cell=few]\n"), "t.yaml: BAD: facts.smallest_cell: 'few' is not an answer to this. Allowed: a whole number"),
        (row("BAD", rest="  purpose [\n"), "t.yaml: BAD: is not YAML that can be read: line 2"),
        (row("BAD", expect="{decision: maybe}"), "t.yaml: BAD: expect.decision: 'maybe' is not a decision. Allowed: permit, permit_part, deny, refer"),
        (row("BAD", expect="{decision: deny, obligations: [wave]}"), "t.yaml: BAD: expect.obligations: 'wave' is not a word for this. Allowed: record_reason"),
        (row("BAD", expect="[deny]"), "t.yaml: BAD: expect: must be a group of fields"),
        (row("BAD", expect="{decision: deny, withold: [x]}"), "t.yaml: BAD: expect.withold: is not a field"),
        (row("A1"), "t.yaml: A1: id: 'A1' stands on more than one scenario"),
        ("\n- just words\n", "t.yaml: no. 2 (line 15): must be a group of fields"),
    ],
)
def test_one_bad_scenario_is_named_and_the_rest_are_still_decided(bad: str, says: str) -> None:
    run = tried("scenarios:" + row("A1") + bad + row("A9", relation="none"))
    assert run.exit_code == 2
    assert says in run.stderr
    assert "A1  permit" in run.stdout
    assert "A9  deny" in run.stdout


def test_a_fact_no_rule_asks_for_is_kept_and_noted() -> None:
    run = tried("scenarios:" + row(rest="  facts: [weather=sunny]\n"))
    assert run.exit_code == 0
    assert "note: no rule asks for the fact 'weather' by name" in run.stdout


def test_a_file_that_is_not_there_is_said_so() -> None:
    run = CliRunner().invoke(gate_try, ["nowhere.yaml"])
    assert run.exit_code == 2
    assert "nowhere.yaml" in run.stderr


def test_it_needs_neither_django_nor_a_database() -> None:
    code = "import sys, alongside.cli.gate_try; sys.exit(bool({'django', 'psycopg'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
