"""How partners answer each other, as a table with everything needed to check it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.web.partnership.wording import duration_in_words, percent

HEAD = ("Partner", "Came in", "Acknowledged", "Sent back", "Late", "Half within", "Information lost")


@dataclass(frozen=True, slots=True)
class Answers:
    """The table, since when it counts, and what the measure's own formula says of itself."""

    rows: Sequence[Sequence[str]]
    since: datetime
    version: str
    caveat: str
    head: Sequence[str] = HEAD

    @classmethod
    def of(cls, partners: Sequence[object], found: Mapping[int, object], *, since: datetime) -> "Answers":
        loss = next((one.lost.loss for one in found.values()), None)
        rows = [row(partner.agency.name, found[partner.agency_id]) for partner in partners if partner.agency_id in found]
        return cls(rows, since, loss.version if loss else "", loss.caveat if loss else "")


def row(name: str, found: object) -> list[str]:
    lost = found.lost.loss
    interval = f" ({percent(lost.low)} to {percent(lost.high)})" if lost.value is not None else ""
    return [
        name, f"{found.shares:,}" + (f" ({found.open} open)" if found.open else ""), percent(found.rate(found.acknowledged)), percent(found.rate(found.declined)),
        percent(found.rate(found.late)), duration_in_words(found.median_minutes), f"{percent(lost.value)}{interval}, n = {lost.n}",
    ]  # fmt: skip
