"""What partners say beside what they do, principle by principle; and what they do now, whether or not anybody examines it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from alongside.framework import queries
from alongside.framework.facts import Depth, Kind, Said
from alongside.framework.rules.behaviour import BEHAVIOURS, Behaviour, known
from alongside.framework.rules.guidance import statements_at
from alongside.web.design.rows import Colour
from alongside.web.entrance import board_page
from alongside.web.partnership.framework.picture import picture_of
from alongside.web.partnership.framework.place import own_run, shown
from alongside.web.partnership.framework.wording import KINDS, SCORES, agreement_in_words, figure_in_words, mean_in_words, parting_in_words, too_few_in_words, value_in_words
from alongside.web.partnership.table import shared_partnership

HEAD = ("Statement", *(word for word in SCORES.values()))


@board_page()
def compare(request: HttpRequest, run_id: int) -> HttpResponse:
    one = own_run(request, run_id)
    seen = picture_of(one, request.at)
    counts, notes = (queries.told(one).statements, queries.notes_of(one)) if seen.revealed else ({}, {})
    asked = statements_at(seen.text, Depth(one.depth))
    rows = [
        {
            "said": said, "mean": mean_in_words(said), "agreement": agreement_in_words(said), "bars": bars(said), "too_few": too_few_in_words(said),
            "done": [(behaviour, figure_in_words(behaviour, figure), tag_of(behaviour, figure)) for behaviour, figure in seen.behaviours_of(said.principle.id)],
            "statements": [[statement.says, *of_a_statement(counts.get(statement.id))] for statement in asked if statement.principle == said.principle.id] if said.low is not None else [],
            "notes": [note for statement in asked if statement.principle == said.principle.id for note in notes.get(statement.id, ())],
        }
        for said in seen.said
    ]
    why = list(dict.fromkeys(row["too_few"] for row in rows if row["too_few"]))
    words = {"run": one, "kind": KINDS[Kind(one.kind)], "seen": seen, "rows": rows, "too_few": why, "partings": [parting_in_words(parting) for parting in seen.partings], "head": HEAD, "behaviours": BEHAVIOURS}
    return shown(request, "compare", words)


@board_page()
def behaviour(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found, figures = shared_partnership(request, partnership_id), queries.figures(partnership_id)
    rows = [[one.name, figure_in_words(one, figures.get(one.id)), limit(one)] for one in BEHAVIOURS if one.id in figures]
    poor = [one.sentence.format(value=value_in_words(one, figures[one.id].value)) for one in BEHAVIOURS if (tag_of(one, figures.get(one.id)) or ("",))[0] == "Poor"]
    measured_at = min((figure.computed_at for figure in figures.values()), default=None)
    period = next(iter(figures.values()), None)
    words = {"partnership": found, "rows": rows, "unknown": [one for one in BEHAVIOURS if one.id not in figures], "measured_at": measured_at, "period": period, "poor": poor, "behaviours": BEHAVIOURS, "figures": figures}
    return shown(request, "behaviour", words)


def of_a_statement(counts: Mapping[int, int] | None) -> list[str]:
    """How many partners gave each score, or that fewer than five gave any."""
    return [str(counts.get(score, 0)) for score in SCORES] if counts else ["too few"] * len(SCORES)


def tag_of(one: Behaviour, figure: object) -> tuple[str, Colour] | None:
    if figure is None or not known(figure):
        return None
    return ("Poor", "red") if one.is_poor(figure.value) else ("In order", "green")


def limit(one: Behaviour) -> str:
    return f"{value_in_words(one, one.poor)} or {'more' if one.better.value == 'lower' else 'less'}"


def bars(said: Said) -> list[dict[str, object]]:
    """How the scores are spread, as stretches of a line of a hundred: from "fully" to "not at all"."""
    total, at, stretches = sum(said.counts), 0.0, []
    for score, word in SCORES.items():
        width = 100 * said.counts[score - 1] / total if total else 0
        stretches.append({"score": score, "word": word, "count": said.counts[score - 1], "x": round(at, 2), "width": round(width, 2)})
        at += width
    return stretches
