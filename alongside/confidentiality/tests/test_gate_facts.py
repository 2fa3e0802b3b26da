"""Facts that cannot be read are sent back with the field and the words that are allowed."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings

from alongside.confidentiality.facts import AccessRequest, Misread, read_facts, read_request
from alongside.confidentiality.tests.gate_requests import requests

GOOD: dict[str, Any] = {
    "actor": {"agency": "school", "role": "teacher", "relation": "allocated"},
    "subject": {"kind": "child", "age": 9, "capacity": "not_competent", "flags": []},
    "item": {"category": "education", "about": "subject"},
    "action": {"verb": "read"},
    "purpose": "education_support",
    "agreement": {"state": "in_force", "covers_purpose": True, "covers_category": True},
    "consent": {"state": "not_needed"},
    "claimed_basis": "none",
    "need": "declared",
    "risk": {"of_not_acting": "none_known", "of_acting": "none_known"},
}


def changed(path: str, value: Any) -> dict[str, Any]:
    words = deepcopy(GOOD)
    section, _, field = path.rpartition(".")
    (words[section] if section else words)[field] = value
    return words


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("actor.agency", "moonbase", "actor.agency: 'moonbase' is not a word for this. Allowed: care_provider, council_adults"),
        ("actor.relation", None, "actor.relation: None is not a word for this. Allowed: allocated"),
        ("actor.rank", "captain", "actor.rank: is not a field. Allowed: agency, role, relation"),
        ("actor", "a teacher", "actor: must be a group of fields. Allowed: agency, role, relation"),
        ("purpose", ["direct_care"], "purpose: ['direct_care'] is not a word for this. Allowed: adoption_support"),
        ("need", "yes", "need: 'yes' is not a word for this. Allowed: declared, not_declared"),
        ("action.recipient", "moon", "action.recipient: 'moon' is not a word for this. Allowed: all_partners"),
        ("agreement.covers_purpose", "yes", "agreement.covers_purpose: 'yes' is neither yes nor no. Allowed: true, false"),
        ("subject.age", "nine", "subject.age: 'nine' is not an age. Allowed: 0 to 130, null"),
        ("subject.age", True, "subject.age: True is not an age"),
        ("subject.age", -1, "subject.age: -1 is not an age"),
        ("subject.age", 18, "subject.age: somebody of 18 is not a child. Allowed: 0 to 17"),
        ("subject.flags", "adopted", "subject.flags: must be a list. Allowed: address_concealed"),
        ("subject.flags", [["adopted"]], "subject.flags: ['adopted'] is not a word for this"),
        ("consent.by", 7, "consent.by: 7 is not a word"),
        ("facts", "smallest_cell=3", "facts: must be a list of name=value"),
        ("facts", ["smallest_cell"], "facts: 'smallest_cell' is not name=value"),
        ("facts", ["smallest_cell=true"], "facts.smallest_cell: True is not an answer to this. Allowed: a whole number"),
        ("facts", ["reason_given=3"], "facts.reason_given: 3 is not an answer to this. Allowed: true, false"),
        ("facts", ["legal_hold=true", "legal_hold=false"], "facts.legal_hold: is given twice, with different values"),
        ("facts", ["rate_per_5min=-3"], "facts.rate_per_5min: cannot be less than nothing"),
        ("facts", ["a b=true"], "facts: 'a b' is not a name"),
        ("facts", {"smallest_cell": [3]}, "facts.smallest_cell: must be true, false, a whole number or a word"),
    ],
)
def test_a_field_that_cannot_be_read_is_named_with_what_is_allowed(path: str, value: Any, says: str) -> None:
    with pytest.raises(Misread) as wrong:
        read_request(changed(path, value))
    assert says in str(wrong.value)


def test_every_missing_field_is_named_at_once() -> None:
    with pytest.raises(Misread) as wrong:
        read_request({"actor": {"agency": "school"}, "purpose": "audit"})
    named = {problem.field for problem in wrong.value.problems}
    assert {"actor.role", "actor.relation", "subject", "item", "action", "agreement", "consent", "claimed_basis", "need", "risk"} <= named


@pytest.mark.parametrize(
    ("relation", "subject"),
    [("self", {"kind": "none", "age": None, "capacity": "unknown", "flags": []}), ("none", {"kind": "none", "age": 4, "capacity": "unknown", "flags": []}),
     ("none", {"kind": "none", "age": None, "capacity": "unknown", "flags": ["adopted"]}), ("none", {"kind": "adult", "age": 9, "capacity": "has", "flags": []})],
)
def test_facts_that_cannot_both_be_true_are_sent_back(relation: str, subject: dict[str, Any]) -> None:
    with pytest.raises(Misread):
        read_request(GOOD | {"actor": GOOD["actor"] | {"relation": relation}, "subject": subject})


def test_facts_are_read_as_a_list_or_as_a_mapping() -> None:
    assert read_facts(["smallest_cell=3", "why= because "]) == read_facts({"smallest_cell": 3, "why": "because"})
    assert read_facts(None) == {}
    with pytest.raises(Misread):
        read_facts(["="])


@settings(max_examples=200, deadline=None)
@given(requests())
def test_every_request_in_the_vocabulary_can_be_read(asked: dict[str, Any]) -> None:
    assert isinstance(read_request(asked), AccessRequest)
