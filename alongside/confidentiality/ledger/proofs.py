"""Proofs that somebody outside can check without us: the lines, their places under signed seals, and the partners who vouch for those.

A bundle is plain JSON. `bin/verify-ledger` checks it offline and imports nothing of this program. A line without words in it is either
erased (`disposed_by` names the line that says so) or kept from the reader; both are still proven to stand as they were sealed.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from alongside.confidentiality.ledger import merkle
from alongside.confidentiality.ledger.canonical import KEPT_SQL, NOTHING, WORDS_SQL, leaf
from alongside.confidentiality.ledger.seal import Connection, numbered
from alongside.confidentiality.ledger.witness import SEALS_PER_SIGNATURE, Checkpoint, checkpoint_of

FORMAT = "alongside.ledger.proof.1"
HASH = 32

Bundle = dict[str, Any]


class NoProof(Exception):
    """There is nothing to prove, or not yet: no such line, or a line that is not sealed so far."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    at: int
    era: int
    xid: str
    commitment: bytes
    salt: bytes | None
    words: str | None
    kept: str | None = None
    kept_salt: bytes | None = None

    @property
    def leaf(self) -> bytes:
        return leaf(self.number, self.at, self.commitment)


def for_person(connection: Connection, person_id: int, *, withheld: Sequence[str] = (), before: int | None = None, wanted: int = 50) -> Bundle:
    """The proof of one page of a person's own ledger, newest lines first, with what that page shows and no more; needs a ticket for it.

    `withheld` is the gate's, as for the page. Lines of practitioners the page does not name are proven to stand, but their words are kept
    back; lines not sealed yet are left out.
    """
    query = "SELECT line, timestamptz_send(at), era, xid::text, commitment, salt, words FROM ledger_about(%s, %s::text[], %s, %s)"
    return _bundle(connection, _lines(connection, query, person_id, list(withheld), before, wanted))


def for_lines(connection: Connection, numbers: Sequence[int]) -> Bundle:
    """The proof of these lines, for a role that may read the whole ledger. An erased line comes with the line that disposed of it."""
    lines = _lines(connection, f"{_WHOLE} WHERE id = ANY (%s) ORDER BY id DESC", list(numbers))
    if missing := set(numbers) - {line.number for line in lines}:
        raise NoProof(f"there is no line {min(missing)}")
    disposals = {line.number: _disposal(connection, line.number) for line in lines if line.salt is None}
    wanted = set(disposals.values()) - {None} - {line.number for line in lines}
    return _bundle(connection, [*lines, *_lines(connection, f"{_WHOLE} WHERE id = ANY (%s)", list(wanted))], disposals)


def for_guardian(connection: Connection, numbers: Sequence[int]) -> Bundle:
    """The same for a guardian, of lines of the agencies they guard and no other."""
    query = "SELECT line, timestamptz_send(at), era, xid::text, commitment, salt, words, kept, kept_salt FROM ledger_for_guardian(%s)"
    return _bundle(connection, _lines(connection, query, list(numbers)))


def lines_of_item(connection: Connection, item: str, *, wanted: int = 1000) -> list[int]:
    """Numbers of the newest lines about one thing, such as "entry:12"."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_line WHERE item = %s ORDER BY id DESC LIMIT %s", [item, wanted])
        return [number for (number,) in cursor.fetchall()]


_WHOLE = f"SELECT id, timestamptz_send(at), era, xid::text, commitment, salt, {WORDS_SQL}, nullif({KEPT_SQL}, '{NOTHING}'), kept_salt FROM ledger_line"


def _lines(connection: Connection, query: str, *parameters: object) -> list[_Line]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [
            _Line(number, int.from_bytes(at, signed=True), era, xid, bytes(commitment), bytes(salt) if salt else None, words, *kept)
            for number, at, era, xid, commitment, salt, words, *kept in cursor.fetchall()
        ]


def _disposal(connection: Connection, number: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM ledger_line WHERE verb = 'dispose' AND category = 'access_ledger' AND detail->'lines' @> to_jsonb(%s::bigint)", [number])
        return next(iter(cursor.fetchone()))  # type: ignore[no-any-return]


def _bundle(connection: Connection, lines: Iterable[_Line], disposals: Mapping[int, int | None] = MappingProxyType({})) -> Bundle:
    under = _by_seal(connection, list(lines))
    if not under:
        raise NoProof("none of these lines is sealed so far: try again in a few seconds")
    held = _leaves(connection, list(under))
    proven = [shown for number, covered in under.items() for shown in _placed(number, held[number], covered)]
    for shown in proven:
        if shown["line"] in disposals:
            shown["disposed_by"] = disposals[shown["line"]]
    vouched = _cosignatures(connection, list(under))
    needed = {step for number in under for step in range(number, 1 + max((checkpoint.seal for checkpoint in vouched[number]), default=number))}
    chain = {seal.number: seal for seal in numbered(connection, sorted(needed))}
    return {
        "format": FORMAT,
        "lines": sorted(proven, key=lambda shown: -shown["line"]),
        "seals": [chain[number].to_json() for number in sorted(chain)],
        "cosignatures": [checkpoint.to_json() for checkpoint in dict.fromkeys(itertools.chain(*vouched.values()))],
    }


def _placed(seal: int, leaves: Sequence[bytes], lines: Iterable[_Line]) -> Iterator[dict[str, Any]]:
    """Each line with its place under the seal."""
    tree = merkle.levels(leaves)
    places = {hashed: place for place, hashed in enumerate(tree[0])}
    for line in lines:
        if line.leaf not in places:
            raise NoProof(f"line {line.number} is not what seal {seal} holds: the ledger was tampered with")
        place = places[line.leaf]
        shown = {
            "line": line.number, "at": line.at, "commitment": line.commitment.hex(),
            "seal": seal, "place": place, "path": [sibling.hex() for sibling in merkle.path(tree, place)],
        }
        if line.salt:
            shown |= {"salt": line.salt.hex(), "words": line.words}
            if line.kept and line.kept_salt:
                shown |= {"kept": line.kept, "kept_salt": bytes(line.kept_salt).hex()}
        yield shown


def _by_seal(connection: Connection, lines: Sequence[_Line]) -> dict[int, list[_Line]]:
    """The lines under the seal that covers each; those not sealed yet are under none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.place, s.number FROM unnest(%s::smallint[], %s::text[]) WITH ORDINALITY l(era, xid, place),
                      LATERAL (SELECT number FROM ledger_seal WHERE era = l.era AND to_xid > l.xid::xid8 AND from_xid <= l.xid::xid8 ORDER BY to_xid LIMIT 1) s""",
            [[line.era for line in lines], [line.xid for line in lines]],
        )
        under: dict[int, list[_Line]] = {}
        for place, number in cursor.fetchall():
            under.setdefault(number, []).append(lines[place - 1])
    return under


def _leaves(connection: Connection, numbers: list[int]) -> dict[int, list[bytes]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, leaves FROM ledger_seal WHERE number = ANY (%s)", [numbers])
        return {number: [bytes(joined)[start : start + HASH] for start in range(0, len(joined), HASH)] for number, joined in cursor.fetchall()}


def _cosignatures(connection: Connection, numbers: list[int]) -> dict[int, list[Checkpoint]]:
    """Each witness's first checkpoint at or soon after each of these seals."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT n.number, f.* FROM unnest(%s::bigint[]) n(number), LATERAL (
                   SELECT DISTINCT ON (c.key) c.witness, c.key, c.seal_id, s.digest, c.at, c.signature
                     FROM ledger_cosignature c JOIN ledger_seal s ON s.number = c.seal_id
                    WHERE c.seal_id BETWEEN n.number AND n.number + %s ORDER BY c.key, c.seal_id) f""",
            [numbers, SEALS_PER_SIGNATURE],
        )
        found: dict[int, list[Checkpoint]] = {number: [] for number in numbers}
        for number, *checkpoint in cursor.fetchall():
            found[number].append(checkpoint_of(*checkpoint))
    return found
