"""What was found in one run: gates, what partners said, what they did, and where the two part. Page, comparison and report are drawn from this and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.framework import queries
from alongside.framework.facts import Figure, GateState, Kind, Said, SheetState, Text
from alongside.framework.rules.behaviour import BEHAVIOURS, Behaviour, Parting, known, partings


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything found in a run. `revealed` tells whether what partners said is open; before that `said` holds nothing."""

    text: Text
    gates: Sequence[GateState]
    sheets: Sequence[SheetState]
    revealed: bool
    said: Sequence[Said]
    figures: Mapping[str, Figure]
    partings: Sequence[Parting]

    @property
    def did_not_answer(self) -> list[str]:
        """Who did not score, by role and never by name."""
        return [f"{sheet.agency}: {sheet.role}" for sheet in self.sheets if not sheet.sent_in]

    @property
    def sent_in(self) -> int:
        return sum(sheet.sent_in for sheet in self.sheets)

    @property
    def measured_at(self) -> datetime | None:
        """How old the figures are: the oldest of them."""
        return min((figure.computed_at for figure in self.figures.values()), default=None)

    def behaviours_of(self, principle: str) -> list[tuple[Behaviour, Figure | None]]:
        return [(one, self.figures.get(one.id)) for one in BEHAVIOURS if one.principle == principle]

    def is_poor(self, behaviour: Behaviour) -> bool:
        figure = self.figures.get(behaviour.id)
        return figure is not None and known(figure) and behaviour.is_poor(figure.value or 0.0)


def picture_of(one: object, at: datetime) -> Picture:
    """A potential partnership has done nothing yet, so a test shows no behaviour."""
    revealed, sheets = queries.revealed(one, at), queries.sheets(one)
    said = queries.said(one, len(sheets)) if revealed else []
    figures = queries.figures(one.partnership_id, until=one.figures_until or at) if queries.kind_of(one) is Kind.EXAMINE else {}
    return Picture(queries.text_of_run(one), queries.gates(one), sheets, revealed, said, figures, partings(said, figures) if revealed else [])
