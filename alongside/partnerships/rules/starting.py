"""Why a partnership starts, which kinds there are, and which offices each kind must fill."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from alongside.common.rulebook import rule
from alongside.partnerships.facts import Level, Mandate

SINCE = date(2026, 1, 1)
ROWS = Path(__file__).parent / "starters" / "kinds_of_partnership.yaml"


@dataclass(frozen=True, slots=True)
class Office:
    """One office a kind of partnership must fill."""

    code: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class KindOfPartnership:
    """Where the founding of a partnership begins: its usual driver and its law, and the offices it needs."""

    code: str
    name: str
    says: str
    level: Level
    mandate: Mandate
    driver: str
    source: str
    offices: tuple[Office, ...]


@cache
def kinds_of_partnership() -> dict[str, KindOfPartnership]:
    """Every kind, by code, in the order of the file.

    Example:
        >>> [office.code for office in kinds_of_partnership()["section_75"].offices]
        ['host', 'pool_manager', 'lead_commissioner', 'chair']
    """
    return {
        row["code"]: KindOfPartnership(
            row["code"], row["name"], row["says"], Level(row["level"]), Mandate(row["mandate"]), row["driver"], row["source"], tuple(Office(**office) for office in row["offices"])
        )
        for row in yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    }


@rule("PTN-100", since=SINCE)
def offices_missing(kind: str, held: Collection[str]) -> tuple[Office, ...]:
    """Every office that a kind of partnership must have must be filled by somebody who is named.

    Source: Working Together to Safeguard Children 2023, chapter 2 (lead and delegated safeguarding partners, chair, independent scrutiny); NHS Act 2006 section 75 and SI 2000/617 (host, pool manager)
    Example:
        >>> [office.name for office in offices_missing("section_75", {"host", "chair"})]
        ['Pool manager', 'Lead commissioner']
    """
    found = kinds_of_partnership().get(kind)
    return tuple(office for office in found.offices if office.code not in held) if found else ()


@rule("PTN-101", since=SINCE)
def driver_is_over(driver_ends: date | None, day: date) -> bool:
    """A partnership must be looked at again once the reason for which it was started has ended.

    Source: a decision of this product: partnerships outlive their reasons unseen.
    Example:
        >>> driver_is_over(date(2026, 3, 31), date(2026, 4, 1)), driver_is_over(date(2026, 3, 31), date(2026, 3, 31)), driver_is_over(None, date(2026, 4, 1))
        (True, False, False)
    """
    return driver_ends is not None and driver_ends < day
