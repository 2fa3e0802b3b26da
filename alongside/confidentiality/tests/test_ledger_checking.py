"""The check on the person's own page believes nothing but hashes and keys, and finds whatever was altered."""

import copy
from collections.abc import Iterator

import pytest

from alongside.confidentiality.ledger.checking import check
from alongside.confidentiality.ledger.keys import Trust
from alongside.confidentiality.ledger.proofs import Bundle
from alongside.confidentiality.tests import ledger_of_its_own
from alongside.confidentiality.tests.ledger_of_its_own import PARTNERS, OwnLedger
from tests import databases


@pytest.fixture(scope="module")
def sealed(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnLedger]:
    name = f"{databases.own_name()}_checking"
    own = ledger_of_its_own.make(name, tmp_path_factory.mktemp("checking"))
    own.grow(3, 4)
    yield own
    own.close()
    databases.drop(name)


@pytest.fixture
def trust(sealed: OwnLedger) -> Trust:
    return Trust.read(sealed.keys.trust_file)


@pytest.fixture
def bundle(sealed: OwnLedger) -> Bundle:
    return copy.deepcopy(sealed.prove(2, 7, 11))


def test_lines_that_stand_are_said_to_stand_and_who_vouches(bundle: Bundle, trust: Trust) -> None:
    checked = check(bundle, trust)
    assert (checked.stands, checked.witnessed, checked.lines) == (True, True, 3)
    assert checked.vouching == tuple(sorted(PARTNERS))


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("lines", lambda line: line.update(words=line["words"].replace("read", "read"[::-1]))),
        ("lines", lambda line: line.update(at=line["at"] + 1)),
        ("lines", lambda line: line.update(place=line["place"] + 1)),
        ("lines", lambda line: line.update(path=line["path"][:-1])),
        ("seals", lambda seal: seal.update(root="00" * 32)),
        ("seals", lambda seal: seal.update(signature="00" * 64)),
        ("cosignatures", lambda one: one.update(signature="00" * 64)),
        ("cosignatures", lambda one: one.update(digest="00" * 32)),
    ],
)
def test_whatever_was_altered_is_found(bundle: Bundle, trust: Trust, where: str, change) -> None:
    change(bundle[where][-1])
    checked = check(bundle, trust)
    assert checked.problem
    assert not checked.stands
    assert not checked.witnessed


def test_a_sealer_or_partner_who_is_not_on_the_list_counts_for_nothing(bundle: Bundle, trust: Trust) -> None:
    assert check(bundle, Trust(frozenset(), trust.witnesses)).problem
    unvouched = check(bundle, Trust(trust.sealers, {}))
    assert (unvouched.stands, unvouched.witnessed, unvouched.vouching) == (True, False, ())
