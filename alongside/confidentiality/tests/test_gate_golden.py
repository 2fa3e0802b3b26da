"""The tables that a guardian can read and change, and the shared scenarios where they can be reached."""

from typing import Any

import pytest

from alongside.cli.gate_try import try_file
from alongside.cli.scenarios import Scenario
from alongside.confidentiality.facts import read_request
from alongside.confidentiality.rules.decision import decide
from alongside.confidentiality.rules.kinds import CLAUSES
from alongside.confidentiality.tests.gate_requests import AT, SHARED, TABLES, golden_rows

ROWS = list(golden_rows())


@pytest.mark.parametrize(("row", "switches"), [pytest.param(row, switches, id=name) for name, row, switches in ROWS])
def test_golden_row(row: Scenario, switches: dict[str, Any]) -> None:
    assert not row.problems
    found, expect = decide(read_request(row.words), at=AT, switches=switches), row.words["expect"]
    assert found.outcome == expect["decision"]
    assert not found.reveal_existence or expect["reveal_existence"]
    assert found.reveal_existence is expect["reveal_existence"] or "fires" not in row.words
    assert set(expect.get("obligations") or ()) <= set(found.obligations)
    assert set(expect.get("withhold") or ()) <= set(found.withhold)
    assert set(row.words.get("fires") or ()) <= set(found.rules)


def test_no_two_rows_share_an_id() -> None:
    ids = [row.id for _, row, _ in ROWS]
    assert len(ids) == len(set(ids))


def test_every_rule_has_a_row_in_which_it_has_a_say() -> None:
    heard = {id for _, row, _ in ROWS for id in row.words.get("fires") or ()}
    assert sorted(CLAUSES.keys() - heard) == []
    assert sorted(heard - CLAUSES.keys()) == []


def test_every_table_holds_its_own_bars() -> None:
    for path in TABLES:
        score = try_file(path.read_bytes(), path.name, at=AT)
        assert score.holds, path.name
        assert score.exact == 1.0, path.name


def test_shared_scenarios() -> None:
    if not SHARED.exists():
        pytest.skip(f"the shared scenarios are not at {SHARED}; ALONGSIDE_SHARED says where they are")
    score = try_file(SHARED.read_bytes(), SHARED.name, at=AT)
    assert not score.unreadable
    assert [one.id for one in score.judged if not one.as_expected or one.missing or one.released or one.tells_of_existence] == []
    assert score.holds
