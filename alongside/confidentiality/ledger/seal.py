"""A seal: the lines of about a second under one hash, chained to the seal before and signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from alongside.confidentiality.ledger.canonical import seal_digest

GENESIS = bytes(32)
"""What the first seal follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """`count` lines: those of transactions `from_xid` up to but not including `to_xid` in `era`, in the order of transaction and line number."""

    number: int
    at: int
    era: int
    from_xid: int
    to_xid: int
    count: int
    root: bytes
    previous: bytes
    digest: bytes
    key: bytes
    signature: bytes

    def computed_digest(self) -> bytes:
        return seal_digest(
            previous=self.previous, root=self.root, number=self.number, count=self.count,
            era=self.era, from_xid=self.from_xid, to_xid=self.to_xid, at=self.at,
        )

    def follows(self, before: Self | None) -> bool:
        """Whether it continues the chain without a gap: next number, next transactions, and the digest of the seal before."""
        if before is None:
            return (self.number, self.previous, self.from_xid) == (1, GENESIS, 0)
        starts = before.to_xid if self.era == before.era else 0
        return (self.number, self.previous, self.from_xid) == (before.number + 1, before.digest, starts) and before.era <= self.era <= before.era + 1

    def to_json(self) -> dict[str, Any]:
        plain = {"number": self.number, "at": self.at, "era": self.era, "from_xid": self.from_xid, "to_xid": self.to_xid, "count": self.count}
        return plain | {name: getattr(self, name).hex() for name in ("root", "previous", "digest", "key", "signature")}

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Self:
        numbers: dict[str, Any] = {name: int(held[name]) for name in ("number", "at", "era", "from_xid", "to_xid", "count")}
        return cls(**numbers | {name: bytes.fromhex(held[name]) for name in ("root", "previous", "digest", "key", "signature")})


class Connection(Protocol):
    """Django's connection or psycopg's own: reading seals and proofs needs no more than a cursor."""

    def cursor(self) -> Any: ...


def newest(connection: Connection) -> Seal | None:
    found = _read(connection, "ORDER BY number DESC LIMIT 1")
    return found[0] if found else None


def seals(connection: Connection, *, since: int = 1, limit: int | None = None) -> list[Seal]:
    """Seals from number `since` on, in order."""
    return _read(connection, "WHERE number >= %s ORDER BY number LIMIT %s", since, limit)


def numbered(connection: Connection, numbers: Sequence[int]) -> list[Seal]:
    """The seals with these numbers, in order."""
    return _read(connection, "WHERE number = ANY (%s) ORDER BY number", list(numbers))


def _read(connection: Connection, which: str, *parameters: object) -> list[Seal]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT number, timestamptz_send(at), era, from_xid::text, to_xid::text, count, root, previous, digest, key, signature
                  FROM public.ledger_seal {which}""",
            parameters,
        )
        return [
            Seal(
                number=number, at=int.from_bytes(at, signed=True), era=era, from_xid=int(from_xid), to_xid=int(to_xid), count=count,
                root=bytes(root), previous=bytes(previous), digest=bytes(digest), key=bytes(key), signature=bytes(signature),
            )
            for number, at, era, from_xid, to_xid, count, root, previous, digest, key, signature in cursor.fetchall()
        ]
