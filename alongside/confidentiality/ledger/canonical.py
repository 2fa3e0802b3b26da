"""What is hashed, byte for byte. Nothing here may ever change for lines already written: a new way needs a new number in the prefix.

    kept        SHA-256("alongside.ledger.kept.1:" | its salt, 16 bytes | the line's kept part)
    commitment  SHA-256("alongside.ledger.line.1:" | salt, 16 bytes | the line's words)
    leaf        SHA-256(0x00 | "alongside.ledger.leaf.1:" | line number | time | commitment)
    node        SHA-256(0x01 | left | right)
    seal        SHA-256(0x02 | "alongside.ledger.seal.1:" | previous seal | root | number | count | era | from | to | time)

Numbers are 8 bytes, big-endian; a time is the number of microseconds since 2000-01-01T00:00Z. A line's words are one compact JSON
object (UTF-8) of the fields that are set, in the order of `SHOWN`, exactly as PostgreSQL writes it: what was hashed can be read. Fields
that the person must not learn with the line (who else was on a list, what was withheld and why) are its kept part, written in the same
way, of which only a salted hash is among the words: so a person can be shown and proven the one without the other.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

LINE, KEPT_PART, LEAF, SEAL = (f"alongside.ledger.{part}.1:".encode() for part in ("line", "kept", "leaf", "seal"))
LEAF_PREFIX = b"\x00" + LEAF
SEAL_PREFIX = b"\x02" + SEAL
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

NUMBER, TEXT, LIST, FLAG, DOCUMENT = "{0}", "to_json({0})", "array_to_json({0})", "{0}", "{0}::text"
SHOWN = {
    "account_id": NUMBER,
    "practitioner_id": NUMBER,
    "agency_id": NUMBER,
    "person_id": NUMBER,
    "verb": TEXT,
    "category": TEXT,
    "purpose": TEXT,
    "basis": TEXT,
    "decision": TEXT,
    "surface": TEXT,
    "automatic": FLAG,
}
KEPT = {
    "people": LIST,
    "item": TEXT,
    "rules": LIST,
    "obligations": LIST,
    "withheld": LIST,
    "reason": TEXT,
    "detail": DOCUMENT,
}
NOTHING = "{}"
"""What is left of a line's words, and of its kept part, after erasure."""


def _object(members: Iterable[str]) -> str:
    return "'{' || concat_ws(',',\n    " + ",\n    ".join(members) + ") || '}'"


def _members(fields: dict[str, str]) -> list[str]:
    return [f"""'"{name}":' || {as_json.format(name)}""" for name, as_json in fields.items()]


def _hashed(kept: str) -> str:
    salted = f"'{KEPT_PART.decode()}'::bytea || coalesce(kept_salt, '') || convert_to(nullif({kept}, '{NOTHING}'), 'UTF8')"
    return f"""'"kept":' || to_json(encode(sha256({salted}), 'hex'))"""


KEPT_SQL = _object(_members(KEPT))
WORDS_OF_KEPT_SQL = _object([*_members(SHOWN), _hashed("kept")])
WORDS_SQL = _object([*_members(SHOWN), _hashed(KEPT_SQL)])
"""The words of a line as an SQL expression over its columns, of built-in functions only: a verifier believes no function that lives in the database."""


def microseconds(at: datetime) -> int:
    """Microseconds since 2000-01-01T00:00Z.

    Example:
        >>> microseconds(datetime(2000, 1, 1, 0, 0, 1, tzinfo=UTC))
        1000000
    """
    return (at - EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    """The time that `microseconds` was made from."""
    return EPOCH + timedelta(microseconds=at)


def commitment(salt: bytes, words: str) -> bytes:
    return sha256(LINE + salt + words.encode()).digest()


def kept_hash(salt: bytes, kept: str) -> str:
    """What stands in a line's words for its kept part."""
    return sha256(KEPT_PART + salt + kept.encode()).hexdigest()


def leaf(number: int, at: int, line_commitment: bytes) -> bytes:
    return sha256(LEAF_PREFIX + _packed(number, at) + line_commitment).digest()


def seal_digest(*, previous: bytes, root: bytes, number: int, count: int, era: int, from_xid: int, to_xid: int, at: int) -> bytes:
    return sha256(SEAL_PREFIX + previous + root + _packed(number, count, era, from_xid, to_xid, at)).digest()


def _packed(*numbers: int) -> bytes:
    return b"".join((number & 0xFFFF_FFFF_FFFF_FFFF).to_bytes(8) for number in numbers)
