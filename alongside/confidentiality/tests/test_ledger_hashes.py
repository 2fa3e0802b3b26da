"""The trees and the words of a line, away from any database, and where Python and PostgreSQL must agree to the byte."""

import json
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from alongside.confidentiality.ledger import LedgerEntry, canonical, merkle
from alongside.confidentiality.tests.ledger_of_its_own import ROOT, OwnLedger

FUNCTIONS = (ROOT / "alongside/confidentiality/models/functions_ledger.sql").read_text()


def leaves(count: int) -> list[bytes]:
    return [sha256(b"\x00" + place.to_bytes(4)).digest() for place in range(count)]


def by_the_book(nodes: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word: split at the largest power of two below the number of leaves."""
    if len(nodes) == 1:
        return nodes[0]
    split = 1 << (len(nodes) - 1).bit_length() - 1
    return sha256(b"\x01" + by_the_book(nodes[:split]) + by_the_book(nodes[split:])).digest()


@pytest.mark.parametrize("count", [*range(1, 66), 1000])
def test_a_tree_has_the_root_that_the_standard_defines(count: int) -> None:
    assert merkle.root(leaves(count)) == by_the_book(leaves(count))


@pytest.mark.parametrize("count", [*range(1, 40), 777])
def test_every_leaf_proves_its_own_place_and_no_other(count: int) -> None:
    nodes = leaves(count)
    tree, root = merkle.levels(nodes), merkle.root(nodes)
    for place in range(count):
        path = merkle.path(tree, place)
        assert merkle.root_from_path(nodes[place], place, count, path) == root
        for wrong in {0, place - 1, place + 1, count - 1} - {place}:
            assert leads_elsewhere(nodes[place], wrong, count, path, root)
        assert leads_elsewhere(sha256(b"forged").digest(), place, count, path, root)
        assert leads_elsewhere(nodes[place], place, count, [*path, path[-1] if path else root], root)
        assert not path or leads_elsewhere(nodes[place], place, count, path[:-1], root)


def leads_elsewhere(leaf: bytes, place: int, count: int, path: list[bytes], root: bytes) -> bool:
    try:
        return merkle.root_from_path(leaf, place, count, path) != root
    except ValueError:
        return True


def test_the_database_hashes_the_words_that_the_verifier_reads() -> None:
    assert canonical.WORDS_OF_KEPT_SQL in FUNCTIONS and canonical.KEPT_SQL in FUNCTIONS


def test_every_field_of_an_entry_is_hashed_in_one_part_or_the_other() -> None:
    assert canonical.SHOWN.keys() | canonical.KEPT.keys() == set(LedgerEntry.__dataclass_fields__)
    assert not canonical.SHOWN.keys() & canonical.KEPT.keys()


words = some.text(some.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
lists = some.none() | some.lists(words, max_size=4)
numbers = some.none() | some.integers(-(2**63), 2**63 - 1)
entries = some.fixed_dictionaries(
    {
        "verb": words, "surface": some.sampled_from(["page", "api", "export", "print", "message", "job", "cli", "search"]), "item": some.none() | words,
        "reason": some.none() | words, "person_id": numbers, "account_id": numbers, "rules": lists, "withheld": lists,
        "people": some.none() | some.lists(some.integers(0, 2**42), max_size=5), "automatic": some.booleans(),
    }
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entry=entries)
def test_what_was_hashed_can_be_read_and_hashed_again_by_anybody(own_ledger: OwnLedger, entry: dict[str, object]) -> None:
    line = own_ledger.append(**{"practitioner_id": None, "category": None} | entry)
    query = f"SELECT {canonical.WORDS_SQL}, salt, commitment, {canonical.KEPT_SQL}, kept_salt FROM ledger_line WHERE id = %s"
    text, salt, commitment, kept, kept_salt = own_ledger.owner.execute(query, [line]).fetchone()  # type: ignore[misc]
    assert canonical.commitment(salt, text) == commitment
    words = json.loads(text)
    assert words.pop("kept", None) == (canonical.kept_hash(kept_salt, kept) if kept != canonical.NOTHING else None)
    given_kept = json.loads(kept)
    assert words | given_kept == {name: value for name, value in entry.items() if value is not None}
    assert [*words] == [name for name in canonical.SHOWN if name in words] and [*given_kept] == [name for name in canonical.KEPT if name in given_kept]


def test_two_lines_with_the_same_words_have_different_commitments(own_ledger: OwnLedger) -> None:
    own_ledger.append()
    own_ledger.append()
    assert own_ledger.one(own_ledger.owner, "SELECT count(DISTINCT commitment) FROM ledger_line") == 2
