"""Reads of same-person links: the pairs a records office has to judge, and the other records of a person whose record is open."""

from datetime import datetime

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.access import Access
from alongside.confidentiality import gate
from alongside.linkage.facts import OneOfTwo, Pair

PAGE = 50


def pairs(actor: Actor, *, decided: bool, at: datetime) -> list[Pair]:
    """The pairs this records office may know, the surest first (or the latest decided). Writes the ledger's line about everybody named."""
    found = [Pair(row[0], row[1], row[2], tuple(row[3]), OneOfTwo(*row[4:10]), OneOfTwo(*row[10:16]), *row[16:19]) for row in database.rows("SELECT * FROM pairs_to_judge(%s, %s)", ["linked", "different", "unlinked"] if decided else ["proposed"], PAGE)]
    gate.note(
        verb="read", category="index_entry", purpose="data_quality", decision="permit", item="possible doubles", people=sorted({one.id for pair in found for one in (pair.first, pair.second)}),
    )  # fmt: skip
    return found


def other_records(access: Access) -> list[tuple[int, str]]:
    """Other records of the same person that this reader may know: id and the agency that registered it."""
    return database.rows("SELECT * FROM linked_to(%s)", access.person_id)
