"""Every rule states itself, names its source and its days, and speaks the vocabulary."""

import ast
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from alongside.common.rulebook import REGISTER, RuleMistake, rule
from alongside.confidentiality import facts as words
from alongside.confidentiality.facts import read_request
from alongside.confidentiality.rules import kinds, situation
from alongside.confidentiality.rules.kinds import CLAUSES
from alongside.confidentiality.rules.situation import Situation
from alongside.confidentiality.tests.gate_requests import ROWS_OF_CODE, requests


def test_a_rule_says_what_must_or_may_be() -> None:
    for clause in CLAUSES.values():
        assert re.search(r"\b(must|may)\b", clause.rule.says), clause.id
        assert clause.rule.says.endswith("."), clause.id
        assert "Source:" not in clause.rule.says, clause.id


def test_a_rule_names_its_source_and_its_first_day() -> None:
    for clause in CLAUSES.values():
        assert len(clause.rule.source) > 8, clause.id
        assert (clause.rule.since is None) != (clause.rule.switch is None), clause.id
        assert clause.rule.since is None or date(1970, 1, 1) < clause.rule.since <= date(2026, 11, 24), clause.id


def test_a_rule_has_an_example_that_runs() -> None:
    for clause in CLAUSES.values():
        assert f">>> {clause.holds.__name__}(" in (clause.holds.__doc__ or ""), clause.id


def test_a_rule_that_hides_owes_the_neutral_answer_and_every_rule_does_something() -> None:
    for clause in CLAUSES.values():
        assert set(clause.owes) <= {word.value for word in words.Obligation}, clause.id
        assert clause.kind != "oblige" or clause.owes, clause.id
        assert clause.kind != "keep_back" or clause.withhold, clause.id
        assert not (clause.hides and clause.kind in ("forbid", "refuse")) or "neutral_denial" in clause.owes, clause.id


@settings(max_examples=500, deadline=None)
@given(requests())
def test_a_rule_never_holds_outside_the_chapter_it_is_looked_up_in(asked: dict[str, Any]) -> None:
    s = Situation(read_request(asked))
    for clause in CLAUSES.values():
        assert not clause.holds(s) or (clause.who in (None, s.who) and clause.act in (None, s.act)), clause.id


@pytest.mark.parametrize("file", ROWS_OF_CODE, ids=lambda file: file.stem)
def test_every_word_a_rule_compares_with_is_in_the_vocabulary(file: Path) -> None:
    vocabulary = {word.value for kind in vars(words).values() if isinstance(kind, type) and issubclass(kind, words.Word) for word in kind}
    spoken = vocabulary | set(words.KNOWN_FACTS) | {"person", "parent", "victim", "child", kinds.AT_HOME, kinds.AT_WORK}
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Compare):
            constants = [part for each in node.comparators for part in (each.elts if isinstance(each, (ast.Tuple, ast.Set)) else [each])]
            for part in constants:
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value not in ("differ",):
                    assert part.value in spoken, f"{file.name}:{node.lineno}: {part.value!r}"


def test_sets_of_words_are_in_the_vocabulary() -> None:
    vocabulary = {word.value for kind in vars(words).values() if isinstance(kind, type) and issubclass(kind, words.Word) for word in kind}
    own = {"third_party", "staff", "victim", "referrer", "other_parent"}
    for clause in CLAUSES.values():
        for name, value in vars(__import__(clause.holds.__module__, fromlist=["x"])).items():
            if name.isupper() and isinstance(value, frozenset):
                assert value <= vocabulary | own, f"{clause.holds.__module__}.{name}"


def test_the_register_refuses_a_rule_that_is_not_fit() -> None:
    def good() -> bool:
        """A door must have a key.

        Source: House rules
        """
        return True

    with pytest.raises(RuleMistake, match="two to six capitals"):
        rule("bad", since=date(2020, 1, 1))(good)
    with pytest.raises(RuleMistake, match="first day or a switch"):
        rule("TST-001")(good)
    with pytest.raises(RuleMistake, match="already"):
        rule("CON-010", since=date(2020, 1, 1))(good)
    with pytest.raises(RuleMistake, match="one sentence"):
        rule("TST-002", since=date(2020, 1, 1))(lambda: True)
    assert not {"TST-001", "TST-002", "bad"} & REGISTER.keys()


def test_unknown_names_are_read_by_what_they_say() -> None:
    assert Situation.where(inquiry_hold=True).noted("hold")
    assert not Situation.where(inquiry_hold=False).noted("hold")
    assert Situation.where(identity_verified=False).failed_check
    assert not Situation.where(authority_verified=False).failed_check
    assert situation.request_where().facts == {}
