"""What may be said of a benefit or a harm, given all that was found; and the claims that are commonly made for partnerships."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from alongside.common.rulebook import rule
from alongside.partnerships.facts import Claim, Finding, Grade

SINCE = date(2026, 1, 1)
ROWS = Path(__file__).parent / "starters" / "benefits.yaml"
STRENGTH = {grade: strength for strength, grade in enumerate(Grade)}


@rule("PTN-160", since=SINCE)
def what_stands(found: Iterable[tuple[Grade, Finding]]) -> Claim:
    """The strongest evidence speaks for a benefit or a harm. What nobody was compared with can hint at it or contest it; only a comparison can bear it out or refute it.

    Source: Nuffield Trust (2014) on support at home: a claim that looked good before and after did not hold beside matched people.
    Example:
        >>> what_stands([(Grade.BEFORE_AFTER, Finding.SUPPORTS), (Grade.MATCHED, Finding.AGAINST)]).value
        'refuted'
        >>> what_stands([(Grade.CLAIMED, Finding.SUPPORTS)]).value, what_stands([(Grade.TRIAL, Finding.SUPPORTS), (Grade.TRIAL, Finding.AGAINST)]).value
        ('claimed', 'contested')
        >>> what_stands([(Grade.BEFORE_AFTER, Finding.SUPPORTS)]).value, what_stands([(Grade.OBSERVED, Finding.AGAINST)]).value
        ('hinted', 'contested')
    """
    pieces = [(grade, finding) for grade, finding in found if grade is not Grade.CLAIMED]
    if not pieces:
        return Claim.CLAIMED
    strongest = max(STRENGTH[grade] for grade, _ in pieces)
    says = {finding for grade, finding in pieces if STRENGTH[grade] == strongest}
    compared = strongest >= STRENGTH[Grade.MATCHED]
    if says == {Finding.SUPPORTS}:
        return Claim.EVIDENCED if compared else Claim.HINTED
    return Claim.REFUTED if says == {Finding.AGAINST} and compared else Claim.CONTESTED


@dataclass(frozen=True, slots=True)
class KnownEvidence:
    grade: str
    finding: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim commonly made, with the published evidence for and against it."""

    code: str
    harm: bool
    level: str
    words: str
    evidence: tuple[KnownEvidence, ...]


@cache
def known_claims() -> dict[str, KnownClaim]:
    """Every claim, by code, in the order of the file.

    Example:
        >>> what_stands((Grade(one.grade), Finding(one.finding)) for one in known_claims()["fewer_admissions"].evidence).value
        'refuted'
    """
    return {
        row["code"]: KnownClaim(row["code"], row["harm"], row["level"], row["words"], tuple(KnownEvidence(**one) for one in row["evidence"])) for row in yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    }
