"""What a decision is: an outcome, why, what it obliges, what is held back. An expected "no" is a value, never a bug."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The four answers that a gate can give."""

    PERMIT = "permit"
    PERMIT_PART = "permit_part"
    DENY = "deny"
    REFER = "refer"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer, with everything needed to explain it, to carry it out and to give it again.

    `reasons` are plain sentences, the deciding ones first. `withhold` names the parts that must not be released.
    `rules` are the ids of all rules that had a say, and `rulebook` the version of the rules they belong to.
    """

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    withhold: tuple[str, ...] = ()
    reveal_existence: bool = True
    rules: tuple[str, ...] = ()
    rulebook: str = ""

    @property
    def permits(self) -> bool:
        """Whether the act goes ahead, whole or in part."""
        return self.outcome is Outcome.PERMIT or self.outcome is Outcome.PERMIT_PART

    def must(self, obligation: str) -> bool:
        """Whether this decision carries an obligation."""
        return obligation in self.obligations


class Refused(Exception):
    """The gate said no, or not yet, to somebody who may know that there is something to refuse. Carries the decision.

    `line` is what the ledger must say of it; whoever answers the asker writes it, after undoing whatever had been begun.
    """

    def __init__(self, decision: Decision, line: Mapping[str, Any] | None = None) -> None:
        super().__init__(" ".join(decision.reasons) or decision.outcome.value)
        self.decision = decision
        self.line = line


class NotKnown(Exception):
    """Nothing here that this asker may know of: the same for what is hidden and what was never there."""

    def __init__(self, decision: Decision | None = None, line: Mapping[str, Any] | None = None) -> None:
        super().__init__("There is nothing here that can be shown to you.")
        self.decision = decision
        self.line = line


@dataclass(frozen=True, slots=True)
class BothTexts:
    """The text somebody was writing, and the text that was saved meanwhile."""

    yours: str
    saved: str
    field: str = ""


class Conflict(Exception):
    """Two people changed the same thing. Carries both texts, so that neither is lost."""

    def __init__(self, yours: str, saved: str, *, field: str = "") -> None:
        super().__init__("Somebody saved another version while you were writing. Nothing of yours is lost.")
        self.texts = BothTexts(yours, saved, field)
