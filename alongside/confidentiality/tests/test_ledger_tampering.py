"""Whoever owns the database may change anything in it. Every change to a sealed line is found, with its kind and its place."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from alongside.confidentiality.ledger.keys import KeyProblem, SigningKey, Trust
from alongside.confidentiality.ledger.verification import Report, Tampering, verify
from alongside.confidentiality.tests import ledger_of_its_own
from alongside.confidentiality.tests.ledger_of_its_own import OwnLedger
from tests import databases

SEALS, LINES = 6, 7
TAMPERINGS = 1_000
WORDS = """account_id, practitioner_id, agency_id, person_id, verb, category, purpose, basis, decision, surface, automatic,
    ledger_kept(people, item, rules, obligations, withheld, reason, detail), kept_salt"""


def recommitted(column: str, value: str) -> str:
    """Change a field and make the commitment anew, as somebody who knows how would."""
    words = re.sub(rf"\b{column}\b", value, WORDS)
    return f"{column} = {value}, commitment = sha256('alongside.ledger.line.1:'::bytea || salt || convert_to(ledger_words({words}), 'UTF8'))"


@pytest.fixture(scope="module")
def shared(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnLedger]:
    name = f"{databases.own_name()}_tampering"
    own = ledger_of_its_own.make(name, tmp_path_factory.mktemp("tampering"))
    own.grow(SEALS, LINES - 1)
    own.remember()
    yield own
    own.close()
    databases.drop(name)


@pytest.fixture
def sealed(shared: OwnLedger) -> Iterator[OwnLedger]:
    """Six seals of seven lines, as they were before any test touched them."""
    yield shared
    shared.undo()


def kinds(report: Report) -> set[Tampering]:
    return {finding.kind for finding in report.findings}


def places(report: Report) -> set[tuple[int | None, int | None]]:
    return {(finding.seal, finding.line) for finding in report.findings}


def test_an_untouched_ledger_is_intact_and_both_partners_vouch_for_it(sealed: OwnLedger) -> None:
    report = sealed.verify()
    assert (report.lines, report.seals, report.waiting, report.findings, report.alarms) == (SEALS * LINES, SEALS, 0, [], [])
    assert report.vouched == {"Riverside School": SEALS, "Northern Trust": SEALS}


@pytest.mark.parametrize(
    "change",
    ["reason = reason || ' '", "person_id = 999", "rules = rules[1:1]", "automatic = true", "surface = 'api'", "detail = '{}'", "basis = ''",
     "verb = 'Read'", "practitioner_id = NULL", "salt = sha256('other')", "salt = substr(salt, 1, 15)", "people = '{1}'", "rules = '{}'", "kept_salt = NULL", "kept_salt = sha256('other')", "item = NULL"],
)
def test_an_edited_line_is_named(sealed: OwnLedger, change: str) -> None:
    sealed.anything.execute(f"UPDATE ledger_line SET {change} WHERE id = 10")
    report = sealed.verify()
    assert kinds(report) == {Tampering.LINE_EDITED}
    assert places(report) == {(2, 10)}


def test_somebody_added_to_or_taken_from_a_list_of_people_is_found(sealed: OwnLedger) -> None:
    sealed.anything.execute("UPDATE ledger_line SET people = array_append(people, 104::bigint) WHERE id = 7")
    assert places(sealed.verify()) == {(1, 7)}


@pytest.mark.parametrize("change", [recommitted("reason", "'never'"), "at = at + interval '1 microsecond'", "id = 1000"])
def test_a_line_rewritten_with_its_commitment_is_named(sealed: OwnLedger, change: str) -> None:
    sealed.anything.execute(f"UPDATE ledger_line SET {change} WHERE id = 10")
    report = sealed.verify()
    assert kinds(report) <= {Tampering.LINE_REWRITTEN, Tampering.LINE_DELETED, Tampering.LINE_INSERTED}
    assert {seal for seal, _ in places(report)} == {2}
    assert {line for _, line in places(report)} & {10, 1000}


def test_an_edited_commitment_is_found_twice_over(sealed: OwnLedger) -> None:
    sealed.anything.execute("UPDATE ledger_line SET commitment = sha256('other') WHERE id = 10")
    report = sealed.verify()
    assert kinds(report) == {Tampering.LINE_EDITED, Tampering.LINE_REWRITTEN}
    assert places(report) == {(2, 10)}


@pytest.mark.parametrize("line", [1, 10, SEALS * LINES])
def test_a_deleted_line_is_missed_between_its_neighbours(sealed: OwnLedger, line: int) -> None:
    sealed.anything.execute("DELETE FROM ledger_line WHERE id = %s", [line])
    report = sealed.verify()
    assert kinds(report) == {Tampering.LINE_DELETED}
    assert places(report) == {((line - 1) // LINES + 1, None)}
    if line == 10:
        assert "after line 9 and before line 11" in report.findings[0].says


def test_a_line_written_into_the_past_is_named(sealed: OwnLedger) -> None:
    forged = sealed.append()
    sealed.anything.execute("UPDATE ledger_line SET xid = (SELECT xid FROM ledger_line WHERE id = 17) WHERE id = %s", [forged])
    report = sealed.verify()
    assert kinds(report) == {Tampering.LINE_INSERTED}
    assert places(report) == {(3, forged)}


@pytest.mark.parametrize("swapped", ["words", "id", "at", "xid"])
def test_two_swapped_lines_are_named(sealed: OwnLedger, swapped: str) -> None:
    swap(sealed, swapped, 10, 12)
    report = sealed.verify()
    assert {seal for seal, _ in places(report)} == {2}
    assert {line for _, line in places(report)} >= {10, 12} or kinds(report) == {Tampering.LINES_SWAPPED}


def swap(own: OwnLedger, what: str, one: int, other: int) -> None:
    words = "salt, kept_salt, commitment, person_id, people, verb, item, rules, reason, surface, practitioner_id, category"
    columns = {"words": words, "id": "at, xid, " + words, "at": "at", "xid": "xid"}[what]
    own.anything.execute(
        f"""UPDATE ledger_line l SET ({columns}) = (SELECT {columns} FROM ledger_line o WHERE o.id = %(one)s + %(other)s - l.id)
             WHERE l.id IN (%(one)s, %(other)s)""",
        {"one": one, "other": other},
    )


def test_a_line_moved_under_another_seal_is_missed_here_and_found_there(sealed: OwnLedger) -> None:
    sealed.anything.execute("UPDATE ledger_line SET xid = (SELECT xid FROM ledger_line WHERE id = 30) WHERE id = 10")
    report = sealed.verify()
    assert kinds(report) == {Tampering.LINE_DELETED, Tampering.LINE_INSERTED}
    assert places(report) == {(2, None), (5, 10)}


def test_lines_cut_off_at_the_end_are_missed(sealed: OwnLedger) -> None:
    sealed.anything.execute("DELETE FROM ledger_line WHERE id > %s", [(SEALS - 1) * LINES + 3])
    report = sealed.verify(witnessed=False)
    assert kinds(report) == {Tampering.LINE_DELETED}
    assert places(report) == {(SEALS, None)}


def cut_tail(own: OwnLedger, first: int) -> None:
    own.anything.execute("DELETE FROM ledger_cosignature WHERE seal_id >= %s", [first])
    own.anything.execute("DELETE FROM ledger_line WHERE xid >= (SELECT from_xid FROM ledger_seal WHERE number = %s)", [first])
    own.anything.execute("DELETE FROM ledger_seal WHERE number >= %s", [first])


def test_a_tail_cut_off_with_its_seals_is_missed_by_the_partners_who_saw_it(sealed: OwnLedger) -> None:
    cut_tail(sealed, 5)
    assert sealed.verify(witnessed=False).intact, "inside the database nothing tells"
    report = sealed.verify()
    assert kinds(report) == {Tampering.TAIL_CUT}
    assert places(report) == {(5, None)}
    assert "the ledger ends with seal 4, but Riverside School vouched for seal" in report.findings[0].says


def test_a_ledger_rewritten_in_full_with_the_stolen_sealing_key_is_found_by_its_partners(sealed: OwnLedger) -> None:
    sealed.anything.execute(f"UPDATE ledger_line SET {recommitted('practitioner_id', '6')} WHERE id = 24")
    sealed.seal_again(sealed.keys.sealing)
    assert sealed.verify(witnessed=False).intact, "inside the database nothing tells"
    report = sealed.verify()
    assert kinds(report) == {Tampering.HISTORY_REWRITTEN}
    assert places(report) == {(4, None)}
    assert report.findings[0].says == "seal 4 is not the one Riverside School vouched for; up to seal 3 it agrees"


def test_a_ledger_rewritten_in_full_without_the_sealing_key_is_found_by_its_signatures(sealed: OwnLedger) -> None:
    sealed.seal_again(SigningKey.make(sealed.home / "forger.key"))
    assert kinds(sealed.verify(witnessed=False)) == {Tampering.SIGNATURE_FORGED}


def test_everything_thrown_away_is_found_by_the_partners(sealed: OwnLedger) -> None:
    cut_tail(sealed, 1)
    assert kinds(sealed.verify()) == {Tampering.TAIL_CUT}


def test_a_line_erased_without_a_disposal_line_is_tampering(sealed: OwnLedger) -> None:
    erase(sealed, 10)
    report = sealed.verify()
    assert kinds(report) == {Tampering.ERASED_WITHOUT_DISPOSAL}
    assert places(report) == {(2, 10)}


def erase(own: OwnLedger, line: int) -> None:
    own.anything.execute(
        """UPDATE ledger_line SET salt = NULL, kept_salt = NULL, account_id = NULL, practitioner_id = NULL, agency_id = NULL, person_id = NULL,
           people = NULL, verb = NULL, category = NULL, item = NULL, purpose = NULL, basis = NULL, decision = NULL, rules = NULL,
           obligations = NULL, withheld = NULL, reason = NULL, surface = NULL, automatic = NULL, detail = NULL WHERE id = %s""",
        [line],
    )


@pytest.mark.parametrize("left", ["person_id = 104", "people = '{1}'", "reason = 'x'"])
def test_a_line_that_lost_its_salt_but_not_all_its_words_counts_as_edited(sealed: OwnLedger, left: str) -> None:
    erase(sealed, 10)
    sealed.anything.execute(f"UPDATE ledger_line SET {left} WHERE id = 10")
    assert kinds(sealed.verify()) == {Tampering.LINE_EDITED}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE ledger_seal SET root = sha256('x') WHERE number = 3", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET at = at + interval '1 s' WHERE number = 3", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET at = 'infinity' WHERE number = 3", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET count = -1 WHERE number = 3", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET to_xid = '18446744073709551615' WHERE number = 3", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET from_xid = '0' WHERE number = 3", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET era = 2 WHERE number = 6", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET previous = digest WHERE number = 3", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET leaves = set_byte(leaves, 40, 255 - get_byte(leaves, 40)) WHERE number = 3", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET leaves = '' WHERE number = 3", Tampering.SEAL_EDITED),
        ("UPDATE ledger_seal SET signature = set_byte(signature, 0, 255 - get_byte(signature, 0)) WHERE number = 3", Tampering.SIGNATURE_FORGED),
        ("UPDATE ledger_seal SET key = sha256('x') WHERE number = 3", Tampering.SIGNATURE_FORGED),
        ("DELETE FROM ledger_cosignature; DELETE FROM ledger_seal WHERE number = 3", Tampering.SEAL_MISSING),
        ("DELETE FROM ledger_cosignature; DELETE FROM ledger_seal WHERE number = 1", Tampering.SEAL_MISSING),
    ],
)
def test_a_touched_seal_is_named(sealed: OwnLedger, change: str, expected: Tampering) -> None:
    sealed.anything.execute(change)
    report = sealed.verify(witnessed=False)
    assert expected in kinds(report)
    assert {finding.seal for finding in report.findings if finding.kind is expected} & {1, 3, 6}


@pytest.mark.parametrize("era", [0, 3, -5])
def test_a_line_of_an_era_that_never_was_is_named(sealed: OwnLedger, era: int) -> None:
    forged = sealed.append()
    sealed.anything.execute("UPDATE ledger_line SET era = %s WHERE id = %s", [era, forged])
    report = sealed.verify()
    assert places(report) == {(None, forged)} and kinds(report) == {Tampering.LINE_INSERTED}


def test_the_words_of_a_line_that_waits_for_its_seal_are_checked_too(sealed: OwnLedger) -> None:
    line = sealed.append()
    sealed.anything.execute("UPDATE ledger_line SET reason = 'x' WHERE id = %s", [line])
    assert places(sealed.verify()) == {(None, line)}


def test_a_function_changed_in_the_database_does_not_deceive_the_verifier(sealed: OwnLedger) -> None:
    sealed.anything.execute("UPDATE ledger_line SET reason = 'x' WHERE id = 10")
    sealed.anything.execute("CREATE FUNCTION public.to_json(text) RETURNS json LANGUAGE sql AS 'SELECT NULL::json'")
    try:
        assert places(sealed.verify()) == {(2, 10)}
    finally:
        sealed.anything.execute("DROP FUNCTION public.to_json(text)")


def test_checking_from_a_later_seal_on_finds_what_is_after_it_only(sealed: OwnLedger) -> None:
    sealed.anything.execute("UPDATE ledger_line SET reason = 'x' WHERE id IN (10, 38)")
    report = sealed.verify(since=4)
    assert places(report) == {(6, 38)} and report.lines == 3 * LINES


def test_a_partner_nobody_trusts_is_not_believed(sealed: OwnLedger) -> None:
    nobody = Trust(frozenset({sealed.keys.sealing.public}))
    with pytest.raises(KeyProblem, match="not a partner on the list of trusted keys"):
        verify(sealed.owner, trust=nobody, checkpoints=sealed.witnesses[0].seen())
    assert verify(sealed.owner, trust=nobody).alarms == ["0 partners vouch for this ledger; it takes 2"]


def test_a_checkpoint_that_the_partner_did_not_sign_is_not_believed(sealed: OwnLedger) -> None:
    false = replace(sealed.witnesses[0].seen()[-1], seal=SEALS + 3)
    with pytest.raises(KeyProblem, match="was not signed with that partner's key"):
        verify(sealed.owner, trust=Trust.read(sealed.keys.trust_file), checkpoints=[false])


def random_edit(own: OwnLedger, chance: random.Random) -> set[int | None]:
    line = chance.randint(1, SEALS * LINES)
    change = chance.choice(
        [f"reason = '{chance.random()}'", f"person_id = {chance.randint(1000, 2**42)}", f"at = at + interval '{chance.randint(1, 10**6)} microseconds'",
         "commitment = sha256(commitment)", "salt = sha256(salt)", f"practitioner_id = {chance.randint(6, 99)}", "verb = 'write'", "decision = 'deny'",
         recommitted("person_id", "5")]
    )
    own.anything.execute(f"UPDATE ledger_line SET {change} WHERE id = {line}")
    return {line}


def random_deletion(own: OwnLedger, chance: random.Random) -> set[int | None]:
    own.anything.execute("DELETE FROM ledger_line WHERE id = ANY (%s)", [chance.sample(range(1, SEALS * LINES + 1), chance.randint(1, 3))])
    return {None}


def random_insertion(own: OwnLedger, chance: random.Random) -> set[int | None]:
    line = own.append(person_id=chance.randint(1, 99))
    own.anything.execute("UPDATE ledger_line SET xid = (SELECT xid FROM ledger_line WHERE id = %s) WHERE id = %s", [chance.randint(1, SEALS * LINES), line])
    return {line}


def random_swap(own: OwnLedger, chance: random.Random) -> set[int | None]:
    one, other = chance.sample(range(1, SEALS * LINES + 1), 2)
    swap(own, chance.choice(["words", "id", "at", "xid"]), one, other)
    return {one, other}


def random_cut(own: OwnLedger, chance: random.Random) -> set[int | None]:
    cut_tail(own, chance.randint(1, SEALS))
    return {None}


def random_rewriting(own: OwnLedger, chance: random.Random) -> set[int | None]:
    changed = recommitted("reason", "'nothing'")
    own.anything.execute(f"UPDATE ledger_line SET {changed} WHERE id = {chance.randint(1, SEALS * LINES)}")
    own.seal_again(own.keys.sealing)
    return {None}


KINDS: dict[Callable[[OwnLedger, random.Random], set[int | None]], set[Tampering]] = {
    random_edit: {Tampering.LINE_EDITED, Tampering.LINE_REWRITTEN},
    random_deletion: {Tampering.LINE_DELETED},
    random_insertion: {Tampering.LINE_INSERTED},
    random_swap: {Tampering.LINES_SWAPPED, Tampering.LINE_REWRITTEN, Tampering.LINE_DELETED, Tampering.LINE_INSERTED},
    random_cut: {Tampering.TAIL_CUT},
    random_rewriting: {Tampering.HISTORY_REWRITTEN},
}


@pytest.mark.slow
def test_of_a_thousand_random_tamperings_a_thousand_are_found(sealed: OwnLedger) -> None:
    chance = random.Random(2026)
    found: Counter[str] = Counter()
    for _ in range(TAMPERINGS):
        tamper = chance.choice(list(KINDS))
        state = chance.getstate()
        touched = tamper(sealed, chance)
        report = sealed.verify()
        assert kinds(report) and kinds(report) <= KINDS[tamper], (tamper.__name__, state, report.findings)
        assert touched & {finding.line for finding in report.findings}, (tamper.__name__, touched, report.findings)
        found[tamper.__name__] += 1
        sealed.undo()
    assert sum(found.values()) == TAMPERINGS and len(found) == len(KINDS)
    assert sealed.verify().intact
