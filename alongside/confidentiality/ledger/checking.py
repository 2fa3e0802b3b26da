"""Checking a proof here, for a page that says in plain words whether its lines stand. Who trusts nobody runs `bin/verify-ledger` on the same file.

It believes only the keys it is given, computes every hash and checks every signature again, and takes nothing from the database.
"""

import json
from dataclasses import dataclass

from alongside.confidentiality.ledger import merkle
from alongside.confidentiality.ledger.canonical import commitment, leaf
from alongside.confidentiality.ledger.keys import QUORUM, SEAL_SIGNATURE, Trust, signed_by
from alongside.confidentiality.ledger.proofs import Bundle
from alongside.confidentiality.ledger.seal import Seal
from alongside.confidentiality.ledger.witness import Checkpoint


class DoesNotStand(Exception):
    """A line, a seal or a signature is not what it must be."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one proof. `vouching` are the partners who signed for every line in it; `problem` says what does not fit, if anything."""

    lines: int
    vouching: tuple[str, ...] = ()
    problem: str = ""

    @property
    def stands(self) -> bool:
        return not self.problem

    @property
    def witnessed(self) -> bool:
        return self.stands and len(self.vouching) >= QUORUM


def check(bundle: Bundle, trust: Trust) -> Checked:
    """Whether every line of a proof stands as it was sealed, by a sealer on the list of trusted keys, and who vouches for all of them."""
    sealed = {held["number"]: Seal.from_json(held) for held in bundle["seals"]}
    checkpoints = [Checkpoint.from_json(held) for held in bundle["cosignatures"]]
    try:
        for line in bundle["lines"]:
            _line(line, sealed)
        under = sorted({line["seal"] for line in bundle["lines"]})
        vouching = [_vouch(number, sealed, checkpoints, trust) for number in under]
    except DoesNotStand as problem:
        return Checked(len(bundle["lines"]), problem=str(problem))
    return Checked(len(bundle["lines"]), tuple(sorted(frozenset.intersection(*vouching))))


def _line(line: dict[str, object], sealed: dict[int, Seal]) -> None:
    """The words lead to the commitment, the commitment to the leaf, the leaf by its path to the root of its seal."""
    number, given = line["line"], bytes.fromhex(str(line["commitment"]))
    if line.get("words") is not None:
        if commitment(bytes.fromhex(str(line["salt"])), str(line["words"])) != given:
            raise DoesNotStand(f"The words of line {number} are not those that were sealed.")
        json.loads(str(line["words"]))
    seal = sealed[line["seal"]]  # type: ignore[index]
    try:
        top = merkle.root_from_path(leaf(number, line["at"], given), line["place"], seal.count, [bytes.fromhex(one) for one in line["path"]])  # type: ignore[arg-type, attr-defined]
    except ValueError:
        raise DoesNotStand(f"Line {number} has no place under its seal.") from None
    if top != seal.root:
        raise DoesNotStand(f"Line {number} is not among those that were sealed.")


def _vouch(number: int, sealed: dict[int, Seal], checkpoints: list[Checkpoint], trust: Trust) -> frozenset[str]:
    """Trusted partners who signed this seal, or one that follows from it without a gap."""
    seal = sealed[number]
    if seal.key not in trust.sealers or seal.computed_digest() != seal.digest or not signed_by(seal.key, seal.signature, SEAL_SIGNATURE + seal.digest):
        raise DoesNotStand(f"Seal {number} was not made by this ledger.")
    names = set()
    for one in checkpoints:
        if one.key in trust.witnesses and one.seal >= number and _leads(number, one.seal, sealed):
            if one.digest != sealed[one.seal].digest or not one.genuine():
                raise DoesNotStand(f"What {trust.witnesses[one.key]} is said to have signed is not theirs.")
            names.add(trust.witnesses[one.key])
    return frozenset(names)


def _leads(number: int, later: int, sealed: dict[int, Seal]) -> bool:
    steps = range(number + 1, later + 1)
    if any(step not in sealed for step in steps):
        return False
    for step in steps:
        if sealed[step].previous != sealed[step - 1].digest or sealed[step].computed_digest() != sealed[step].digest:
            raise DoesNotStand(f"Seal {step} does not follow from the one before.")
    return True
