"""The command gives the worked examples to the digits their sources state."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from alongside.cli.main import alongside

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
EXAMPLES: list[dict[str, Any]] = yaml.safe_load((GOLDEN / "expected.yaml").read_text())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['id']} {example['measure']}: {example['about'][:50]}")
def test_the_command_gives_the_worked_example(example: dict[str, Any]) -> None:
    found = CliRunner().invoke(alongside, ["measures", example["measure"], str(GOLDEN / example["file"]), *example.get("options", []), "--json"])
    assert found.exit_code == 0, found.output
    results = {f"{result['measure']} · {result['scope']}" if result["scope"] else result["measure"]: result for result in json.loads(found.output)["results"]}
    for name, expected in example["says"].items():
        result = results.get(name) or next(result for there, result in results.items() if there.startswith(name))
        for figure in ("value", "low", "high", "se"):
            if figure in expected:
                assert abs(result[figure] - expected[figure]) <= expected["within"] + 1e-15, (name, figure, result[figure], expected[figure])


def test_every_file_is_an_example_of_something() -> None:
    assert {path.name for path in GOLDEN.glob("*.csv")} == {example["file"] for example in EXAMPLES}
