"""The report for an audit committee: a page, a PDF and a Word document, made of the same words and figures."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.common.london import london_day
from alongside.framework import queries
from alongside.framework.facts import Depth, Kind, Option
from alongside.framework.rules.behaviour import BEHAVIOURS
from alongside.framework.rules.gates import red, worst_first
from alongside.framework.rules.significance import highest
from alongside.interop.documents import Bullets, Document, Heading, Paragraph, Part, Table
from alongside.web.attached import as_document
from alongside.web.design.formats import date_words, sentence_list, when_words
from alongside.web.entrance import board_page
from alongside.web.partnership.framework.comparing import limit, tag_of
from alongside.web.partnership.framework.picture import Picture, picture_of
from alongside.web.partnership.framework.place import own_run, shown
from alongside.web.partnership.framework.wording import DEPTHS, KINDS, NOT_KNOWN, OPTIONS, agreement_in_words, figure_in_words, gate_in_words, mean_in_words, parting_in_words


@board_page()
def run_report(request: HttpRequest, run_id: int) -> HttpResponse:
    one = run_with_a_report(request, run_id)
    return shown(request, "report", {"run": one, "document": report_of(one, request.at)})


@board_page()
def run_report_file(request: HttpRequest, run_id: int, form: str) -> HttpResponse:
    one = run_with_a_report(request, run_id)
    return as_document(report_of(one, request.at), form, name=f"{KINDS[Kind(one.kind)].lower()}-{one.pk}-{london_day(request.at).isoformat()}", at=request.at)


def run_with_a_report(request: HttpRequest, run_id: int) -> object:
    one = own_run(request, run_id)
    if not queries.revealed(one, request.at):
        raise Refused(Decision(Outcome.DENY, reasons=("There is no report before the scores are revealed.",)))
    return one


def report_of(one: object, at: datetime) -> Document:
    seen = picture_of(one, at)
    parts = [*what_it_says_first(one, seen), *decided(one, at), *gates(seen), *said(seen), *(done(seen) if queries.kind_of(one) is Kind.EXAMINE else ()), *basis(one, seen), *before(one)]
    return Document(
        title=f"{KINDS[Kind(one.kind)]} of {date_words(one.started_at)}", subtitle=one.partnership.name, parts=parts,
        foot=f"{one.partnership.name}, {KINDS[Kind(one.kind)].lower()} by version {one.guidance.version} of the guidance, as of {date_words(at)}.",
    )


def what_it_says_first(one: object, seen: Picture) -> list[Part]:
    reds = [f"{state.gate.name}: {state.gate.asks} “{state.evidence}”" for state in red(seen.gates)]
    parts: list[Part] = [Heading("What matters most")]
    if reds:
        parts += [Paragraph("Red gates. No total can hide them.", strong=True), Bullets(reds)]
    if seen.partings:
        parts += [Paragraph("What partners say and what they do part.", strong=True), Bullets([parting_in_words(parting) for parting in seen.partings])]
    if not reds and not seen.partings:
        parts.append(Paragraph("No gate is red, and nowhere do saying and doing part as far as it is measured."))
    first = [said.principle.name for said in seen.said if said.discuss_first]
    if first:
        parts.append(Paragraph(f"To be talked about first, because the mean is high and partners do not agree: {sentence_list(first)}."))
    return parts


def decided(one: object, at: datetime) -> list[Part]:
    found = queries.recommendations(one)
    stands = queries.standing(found)
    if stands is None:
        return [Heading("Decision"), Paragraph("Nothing is recommended yet.")]
    votes = list(stands.votes.all())
    ayes = [vote.agency.name for vote in votes if vote.agrees]
    sure = f"Decided on {date_words(one.decided_at)}" if one.decided_at else "Recommended and not decided yet"
    parts: list[Part] = [
        Heading("Decision"), Paragraph(f"{OPTIONS[Option(stands.option)]}. {sure}.", strong=True), Paragraph(stands.reasons), Paragraph(f"Agreed: {sentence_list(ayes) if ayes else 'nobody yet'}."),
        Heading("What was weighed", 2), Bullets([f"{OPTIONS[Option(option)]}: {words}" for option, words in stands.considered.items()]),
    ]
    dissent = [f"{vote.agency.name}: “{vote.reason}”" for vote in votes if not vote.agrees]
    parts += [Heading("Dissent", 2), Bullets(dissent) if dissent else Paragraph("None is on record.")]
    conditions = [
        [condition.words, condition.agency.name, date_words(condition.due_on), f"Met on {date_words(condition.met_at)}" if condition.met_at else "Overdue" if condition.due_on < london_day(at) else "Open"]
        for condition in stands.conditions.all()
    ]
    return [*parts, Table("Conditions", ["Condition", "Partner", "By", "State"], conditions)] if conditions else parts


def gates(seen: Picture) -> list[Part]:
    rows = [[state.gate.name, gate_in_words(state)[0], state.evidence or "–", state.by or "–"] for state in worst_first(seen.gates)]
    return [Heading("Gates"), Table("Gates, the worst first", ["Gate", "Answer", "What supports it", "Answered by"], rows, widths=(22, 18, 38, 22))]


def said(seen: Picture) -> list[Part]:
    few = [one.principle.name for one in seen.said if one.n and one.low is None]
    silent = f" Not: {sentence_list(seen.did_not_answer)}." if seen.did_not_answer else ""
    rows = [
        [one.principle.name, mean_in_words(one), f"{one.low} to {one.high}" if one.low is not None else "–", agreement_in_words(one), f"{one.n} of {one.partners}"] for one in seen.said
    ]
    return [
        Heading("What partners say"), Paragraph(f"{seen.sent_in} of {len(seen.sheets)} partners scored, apart from one another.{silent}"),
        Table("Scores by principle, 1 (not at all) to 4 (fully)", ["Principle", "Mean", "From, to", "Agreement", "Partners"], rows, numbers=(1, 2, 3, 4), widths=(32, 20, 16, 16, 16)),
        *([Paragraph(f"How scores are spread is told from five partners on, their mean from three on, so that nobody’s score can be worked out. Too few scored: {sentence_list(few)}.")] if few else []),
    ]


def done(seen: Picture) -> list[Part]:
    rows = [[one.name, figure_in_words(one, seen.figures[one.id]), limit(one), (tag_of(one, seen.figures[one.id]) or ("–",))[0]] for one in BEHAVIOURS if one.id in seen.figures]
    unknown = [one.name.lower() for one in BEHAVIOURS if one.id not in seen.figures]
    parts: list[Part] = [Heading("What partners do")]
    if rows:
        period = next(iter(seen.figures.values()))
        parts += [
            Paragraph(f"From {date_words(period.first)} to {date_words(period.last)}, measured {when_words(seen.measured_at)}."),
            Table("Measured behaviour", ["Behaviour", "Found", "Counts as poor from", "State"], rows, widths=(26, 40, 20, 14)),
        ]
    return [*parts, Paragraph(f"{NOT_KNOWN.capitalize()}, which is not the same as none: {sentence_list(unknown)}.")] if unknown else parts


def basis(one: object, seen: Picture) -> list[Part]:
    methods = ["Agreement is r-wg, formula F2: 1 when all partners score alike, 0 when they scatter as if at random."]
    methods += [f"{behaviour.name} ({behaviour.formula}): {behaviour.how}" for behaviour in BEHAVIOURS if behaviour.id in seen.figures]
    return [
        Heading("How it was done"),
        Paragraph(f"By version {one.guidance.version} of the guidance, published {date_words(one.guidance.published_at)}. Significance {one.significance} of {highest(seen.text)}: {DEPTHS[Depth(one.depth)]}."),
        Bullets(methods),
    ]


def before(one: object) -> list[Part]:
    rows = [
        [f"{KINDS[Kind(former.kind)]} of {date_words(former.started_at)}", f"Version {former.guidance.version}", OPTIONS[Option(former.decision)] if former.decision else "Broken off" if former.closed_at else "Not decided"]
        for former in queries.runs(one.partnership_id) if former.pk != one.pk
    ]
    return [Heading("Earlier and later"), Table("Other tests and examinations", ["Which", "Guidance", "Decision"], rows)] if rows else []
