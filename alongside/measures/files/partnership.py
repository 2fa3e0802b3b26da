"""Files for F1, F4 and the bands: gates, significance, self-scores, trust."""

from dataclasses import replace
from typing import Any

from alongside.measures.bands import SCALES, Bands, bands_from
from alongside.measures.daily_living import BARTHEL
from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.gates import STOPPING, gates
from alongside.measures.gates import Answer as GateAnswer
from alongside.measures.result import Result, Unmeasurable, measured
from alongside.measures.self_scores import self_scores
from alongside.measures.significance import DEPTHS, WEIGHTS, depth, significance
from alongside.measures.trust import share_of_most, trust_in, trust_out

BANDS = {**SCALES, "barthel": BARTHEL}
LEVEL_CAVEAT = "Bands are settings with a version, not findings. A score just above an edge is no better than one just below, and of one score there is no interval."


def _gates(given: Given, options: dict[str, Any]) -> Answer:
    names = given.labels("gate")
    answers = dict(zip(names, given.choices("answer", GateAnswer, {"partial": GateAnswer.PARTLY, "y": GateAnswer.YES, "n": GateAnswer.NO}), strict=True))
    evidence = dict(zip(names, given.texts("evidence"), strict=True)) if given.has("evidence") else None
    stopping = frozenset(name.lower() for name, stops in zip(names, given.flags_or("stops"), strict=True) if stops) if given.has("stops") else STOPPING
    found = gates(answers, stopping=stopping, evidence=evidence)
    notes = [f"RED: {', '.join(found.red)}. The partnership stops here, whatever the share." if found.stopped else "No red gate."]
    notes += [f"{word}: {', '.join(listed)}." for word, listed in (("no", found.no), ("partly", found.partly), ("yes without evidence", found.without_evidence)) if listed]
    return Answer([found.passed], notes)


def _significance(given: Given, options: dict[str, Any]) -> Answer:
    names = given.labels("criterion")
    weights = dict(zip(names, given.numbers("weight"), strict=True)) if given.has("weight") else WEIGHTS
    found = significance(dict(zip(names, given.numbers("score"), strict=True)), weights=weights)
    return Answer([found], [f"depth: {depth(found, bands_from(options['bands']) if options['bands'] else DEPTHS)}"])


def _self_scores(given: Given, options: dict[str, Any]) -> Answer:
    answers: dict[str, dict[str, dict[str, float]]] = {}
    principles = given.words("principle") if given.has("principle") else ["all"] * given.n
    for rater, principle, statement, score in zip(given.words("rater"), principles, given.words("statement"), given.numbers("score"), strict=True):
        if statement in answers.setdefault(rater, {}).setdefault(principle, {}):
            raise Unmeasurable(f"'{rater}' scored '{statement}' twice: leave one of the two rows.")
        answers[rater][principle][statement] = score
    asked = [name.strip() for name in (options["asked"] or "").split(",") if name.strip()]
    found = self_scores(answers, options=options["options"], asked=asked)
    notes = [
        f"{one.name}: lowest {one.lowest:g}, highest {one.highest:g}, spread {one.spread:.4g}" + (f", agreement r_wg {round(one.agreement, 6) + 0:.4g}" if one.agreement is not None else "")
        for one in found.principles
    ]  # fmt: skip
    notes.append(f"total: spread {found.spread:.4g}")
    notes += [f"{word}: {', '.join(listed)}" for word, listed in (("did not answer", found.did_not_answer), ("left statements out", found.left_gaps)) if listed]
    if options["scale"] and found.total.value is not None:
        notes.append(f"band: {BANDS[options['scale']].of(float(found.total.value)).name}")
    return Answer([*(one.score for one in found.principles), found.total], notes)


def _bands(given: Given, options: dict[str, Any]) -> Answer:
    if bool(options["scale"]) == bool(options["bands"]):
        raise Unmeasurable(f"Say one of the two: --scale ({', '.join(BANDS)}), or --bands with your own, for example 35-84=question it,85-126=on its way,127-175=working.")
    scale: Bands = BANDS[options["scale"]] if options["scale"] else bands_from(options["bands"])
    results, notes = list[Result](), list[str]()
    for name, score in zip(given.labels("name"), given.numbers("score"), strict=True):
        band = scale.of(score)
        results.append(replace(measured("Band level", scale.version, float(band.level), n=1, inputs=[(name, score)], caveat=LEVEL_CAVEAT), scope=name))
        notes.append(f"{name}: {score:g} is level {band.level} of {len(scale.bands)}: {band.name}")
    return Answer(results, notes)


def _trust(given: Given, options: dict[str, Any]) -> Answer:
    items = given.many("item")
    if not items:
        raise Unmeasurable("There are no columns with the items: name them item1, item2, ... or reliability, mission and openness.")
    ratings = list(zip(given.words("rater"), given.words("rated"), [list(row) for row in zip(*items.values(), strict=True)], strict=True))
    lowest, highest = options["lowest"], options["highest"]
    word = options["kind"]
    received = trust_in(ratings, name=f"{word} received", lowest=lowest, highest=highest)
    given_out = trust_out(ratings, name=f"{word} given", lowest=lowest, highest=highest)
    shares = [f"{name}: {share:.1%} of the highest possible" for name, found in received.items() if (share := share_of_most(found, highest=highest)) is not None]
    hidden = sum(found.suppressed for found in (*received.values(), *given_out.values()))
    return Answer([*received.values(), *given_out.values()], [*shares, *([f"{hidden} results are hidden, because fewer than five rated."] if hidden else [])])


RATING = (Option("options", "how many answers each statement had (A), for the agreement", int, 4, aliases=("answers", "points")),)
MEASURES = (
    Measure(
        "gates",
        "Gates of a partnership (F1a): share passed, and the red ones that no total can hide.",
        (
            Column("gate", "the gate's name", ("name", "heading")),
            Column("answer", "yes, partly or no", ("status", "result")),
            Column("evidence", "where the evidence is", ("link", "document"), needed=False),
            Column("stops", "yes where a no stops everything; left out: statutory basis, data sharing, exit and owner do", ("red", "stopping"), needed=False),
        ),
        _gates,
        "gate,answer,evidence\nrationale,yes,minutes 4\nexit,no,\nfinance,partly,budget v2\n",
    ),
    Measure(
        "significance",
        "Significance score (F1b): sum of weight x score from 0 to 3; decides how deep the test goes.",
        (
            Column("criterion", "what is scored", ("name", "heading")),
            Column("score", "0 to 3", ("value",)),
            Column("weight", f"the weight; left out: {', '.join(f'{name} {weight:g}' for name, weight in WEIGHTS.items())}", needed=False),
        ),
        _significance,
        "criterion,score,weight\nmoney,2,3\nsafeguarding,3,3\npersonal data,3,2\n",
        (Option("bands", "your own bands, for example 0-13=light,14-27=standard,28-42=full"),),
    ),
    Measure(
        "self-scores",
        "What partners say of the partnership (F1c): per principle and in total, with spread and who did not answer.",
        (
            Column("rater", "who answered, by role", ("partner", "role", "who")),
            Column("statement", "the statement", ("item", "question")),
            Column("score", "the answer", ("rating", "answer", "value")),
            Column("principle", "the principle that the statement belongs to", ("area", "heading"), needed=False),
        ),
        _self_scores,
        "rater,principle,statement,score\ncouncil,purpose,p1,4\ncouncil,purpose,p2,4\ntrust,purpose,p1,2\ntrust,purpose,p2,3\n",
        (*RATING, Option("asked", "everybody who was asked, by role, with commas between"), Option("scale", "put the total in a band", choices=tuple(BANDS))),
        aliases=("partnership-scores",),
        example_options=("--asked", "council,trust,school"),
    ),
    Measure(
        "bands",
        "Which band a score lies in: partnership health, Barthel, or your own bands.",
        (Column("score", "the score, or a mean of scores", ("total", "mean", "value")), Column("name", "whose score", ("partnership", "group", "year"), needed=False)),
        _bands,
        "name,score\nyear 1,125.1\nyear 2,134.7\n",
        (
            Option(
                "scale",
                "35-items: 35 items scored 1-5 (35-175); 35-items-from-0: scored 0-4; 36-items: 36 statements scored 1-4; 6-items: one principle; zones: means of 1-5; barthel: 0-100",
                choices=tuple(BANDS),
            ),
            Option("bands", "your own, for example 35-84=question it,85-126=on its way,127-175=working"),
        ),
        aliases=("partnership-health", "health-bands", "levels", "vichealth", "pat", "barthel"),
        example_options=("--scale", "35-items"),
    ),
    Measure(
        "trust",
        "Trust or value (F4): mean over raters of their mean over the items, received and given. Hidden below five raters.",
        (
            Column("rater", "who rated: the partner, or partner/person where several people of one rated", ("from", "who")),
            Column("rated", "who was rated", ("to", "about", "partner")),
            Column(
                "item",
                "the items: item1, item2, ...; or reliability, mission, openness; or influence, involvement, resources",
                ("reliability", "mission", "openness", "open", "influence", "power", "involvement", "resources", "score", "trust", "value"),
                many=True,
            ),
        ),
        _trust,
        "rater,rated,reliability,mission,openness\na,school,4,3,4\nb,school,3,3,3\nc,school,4,4,4\nd,school,2,3,2\ne,school,3,4,4\n",
        (
            Option("lowest", "lowest possible score", float, 1.0),
            Option("highest", "highest possible score", float, 4.0),
            Option("kind", "what was rated", default="trust", choices=("trust", "value")),
        ),
    ),
)
