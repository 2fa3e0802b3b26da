"""S33: how a text speaks of people: phrases that put the fault in the person, for each thousand words. A prompt to look again, never a block."""

from collections.abc import Sequence
from dataclasses import dataclass
from re import IGNORECASE, escape, sub
from re import compile as pattern

from alongside.measures.proportion import byar
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "LANG.1"
CAVEAT = (
    "Counts listed phrases outside quotation marks; the person's own words stay as they are. Lists differ and each place may edit its own. A text without them can still be unkind."
)
PHRASES = (
    "the disabled", "the elderly", "the mentally ill", "suffers from", "suffering from", "suffered from", "victim of", "afflicted with", "confined to a wheelchair",
    "wheelchair bound", "wheelchair-bound", "bed blocker", "bed-blocker", "mental age", "able-bodied", "handicapped", "attention seeking", "attention-seeking",
    "non-compliant", "refuses to engage", "failed to engage", "did not attend", "hard to reach", "challenging family", "frequent flyer",
)
"""Our own short list after public guidance on inclusive language; a place edits it."""
WORD = pattern(r"[^\W\d_][\w'’-]*")
QUOTED = r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*’(?!\w)"


@dataclass(frozen=True, slots=True)
class Spoken:
    """`per_thousand` words; `found` says how often each phrase stands there."""

    per_thousand: Result
    words: int
    found: dict[str, int]


def language(text: str, phrases: Sequence[str] = PHRASES) -> Spoken:
    """Listed phrases for each thousand words, quoted speech left out of both. n is the words.

    Source: measure S33 of this product; GOV.UK, Inclusive language (2026) for what to avoid.
    Example:
        >>> spoken = language('He suffers from epilepsy. He says: "the disabled are invisible here." A wheelchair user.')
        >>> spoken.words, spoken.found, round(spoken.per_thousand.value, 1)
        (9, {'suffers from': 1}, 111.1)
    """
    plain = sub(QUOTED, " ", text)
    words = len(WORD.findall(plain))
    if not words:
        raise Unmeasurable("There are no words outside quotation marks.")
    counts = {phrase: len(pattern(rf"(?<!\w){escape(phrase)}(?!\w)".replace(r"\ ", r"\s+"), IGNORECASE).findall(plain)) for phrase in phrases}
    found = {phrase: count for phrase, count in counts.items() if count}
    total = sum(found.values())
    low, high = (edge / words * 1000 for edge in byar(total))
    return Spoken(measured("Deficit phrases per 1,000 words", VERSION, total / words * 1000, n=words, inputs=[text], caveat=CAVEAT, interval=(low, high)), words, found)
