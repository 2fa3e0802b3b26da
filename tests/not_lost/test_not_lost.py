"""Every scenario of what must not be lost, played to the end on a real database; under the fault it names, with real processes that are killed."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from alongside.records.rules.not_lost import promises
from tests.not_lost import checks  # noqa: F401 - the checks enter themselves
from tests.not_lost.stories import CHECKS, kept, late, words
from tests.not_lost.under_fault import can_be_played
from tests.not_lost.world import build

HERE = Path(__file__).parent
GIVEN = Path(os.environ.get("ALONGSIDE_SHARED") or HERE.parents[2] / "shared") / "scenarios" / "not-lost.yaml"
OTHER_STORY = {"remind_at_half_time", "show_who_is_late", "phone_fallback"}


def scenarios() -> list[dict[str, Any]]:
    files = [HERE / "siblings.yaml", *([GIVEN] if GIVEN.exists() else [])]
    return [scenario for file in files for scenario in yaml.safe_load(file.read_text(encoding="utf-8"))["scenarios"]]


ALL = scenarios()
IN_THE_STORY = ("", "second_signer_absent")
"""Faults that every telling of a story goes through anyway: the second signer does not come while nobody answers."""

UNDER_FAULT = [scenario for scenario in ALL if scenario.get("fault_injected", "") not in IN_THE_STORY]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: str(scenario["id"]))
def test_what_must_happen_happens_in_time_and_what_follows_if_not_follows(scenario: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    unknown = [word for word in words(scenario) if word not in CHECKS]
    assert not unknown, f"no check for {unknown}"
    checked = set(kept(build(dict(scenario)), list(scenario["must"])))
    checked |= set(late(build(dict(scenario)), words(scenario)))
    checked |= set(kept(build(dict(scenario)), list(scenario["if_not"]))) if scenario["entry"] == "inbox_items" else set()
    left = set(words(scenario)) - checked
    assert not left, f"not checked in any story: {left}"
    if "alert_operator" in scenario["if_not"]:
        assert "cannot be delivered" in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize("scenario", UNDER_FAULT, ids=lambda scenario: str(scenario["id"]))
def test_it_holds_under_the_fault_it_names(scenario: dict[str, Any]) -> None:
    assert can_be_played(scenario["fault_injected"]), f"nobody knows how to bring about {scenario['fault_injected']!r}"
    done = subprocess.run([sys.executable, "-m", "tests.not_lost.under_fault"], input=yaml.safe_dump(scenario), cwd=HERE.parents[1], capture_output=True, text=True, timeout=420, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_word_of_the_vocabulary_has_a_check() -> None:
    assert set(promises()) <= set(CHECKS)


def test_every_check_is_made_by_some_scenario_where_all_of_them_are_at_hand() -> None:
    made = {word for scenario in ALL for word in words(scenario)}
    assert made <= set(CHECKS) and (made == set(CHECKS) or not GIVEN.exists())
