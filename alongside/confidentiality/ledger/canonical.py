"""What is hashed, byte for byte. Nothing here may ever change for lines already written: a new way needs a new number in the prefix.

    people      SHA-256("alongside.ledger.people.1:" | people's salt, 16 bytes | JSON list of person numbers)
    commitment  SHA-256("alongside.ledger.line.1:" | salt, 16 bytes | the line's words)
    leaf        SHA-256(0x00 | "alongside.ledger.leaf.1:" | line number | time | commitment)
    node        SHA-256(0x01 | left | right)
    seal        SHA-256(0x02 | "alongside.ledger.seal.1:" | previous seal | root | number | count | era | from | to | time)

Numbers are 8 bytes, big-endian; a time is the number of microseconds since 2000-01-01T00:00Z. A line's words are one compact JSON
object (UTF-8) of the fields that are set, in the order of `FIELDS`, exactly as PostgreSQL writes it: what was hashed can be read.
Of the people on a list only a salted hash is in the words, so that one of them can be shown the line and not the others.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

LINE, PEOPLE, LEAF, SEAL = (f"alongside.ledger.{part}.1:".encode() for part in ("line", "people", "leaf", "seal"))
LEAF_PREFIX = b"\x00" + LEAF
SEAL_PREFIX = b"\x02" + SEAL
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

NUMBER, TEXT, LIST, FLAG, DOCUMENT, HASHED = "number", "text", "list", "flag", "document", "hashed"
FIELDS = {
    "account_id": NUMBER,
    "practitioner_id": NUMBER,
    "agency_id": NUMBER,
    "person_id": NUMBER,
    "people": HASHED,
    "verb": TEXT,
    "category": TEXT,
    "item": TEXT,
    "purpose": TEXT,
    "basis": TEXT,
    "decision": TEXT,
    "rules": LIST,
    "obligations": LIST,
    "withheld": LIST,
    "reason": TEXT,
    "surface": TEXT,
    "automatic": FLAG,
    "detail": DOCUMENT,
}
NO_WORDS = "{}"
"""What is left of a line's words after erasure."""

_AS_JSON = {
    NUMBER: "{0}",
    FLAG: "{0}",
    TEXT: "to_json({0})",
    LIST: "array_to_json({0})",
    DOCUMENT: "{0}::text",
    HASHED: f"to_json(encode(sha256('{PEOPLE.decode()}'::bytea || coalesce({{0}}_salt, '') || convert_to(array_to_json({{0}})::text, 'UTF8')), 'hex'))",
}

WORDS_SQL = "'{' || concat_ws(',',\n    " + ",\n    ".join(f"""'"{name}":' || {_AS_JSON[kind].format(name)}""" for name, kind in FIELDS.items()) + ") || '}'"
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


def people_hash(salt: bytes, people: str) -> str:
    """What stands in a line's words for the people shown on a list; `people` is their numbers as compact JSON, e.g. "[17,4]"."""
    return sha256(PEOPLE + salt + people.encode()).hexdigest()


def leaf(number: int, at: int, line_commitment: bytes) -> bytes:
    return sha256(LEAF_PREFIX + _packed(number, at) + line_commitment).digest()


def seal_digest(*, previous: bytes, root: bytes, number: int, count: int, era: int, from_xid: int, to_xid: int, at: int) -> bytes:
    return sha256(SEAL_PREFIX + previous + root + _packed(number, count, era, from_xid, to_xid, at)).digest()


def _packed(*numbers: int) -> bytes:
    return b"".join((number & 0xFFFF_FFFF_FFFF_FFFF).to_bytes(8) for number in numbers)
