"""Files for F16: proportions, rates, counts and funnels."""

from dataclasses import replace
from typing import Any

from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import CONFIDENCE, Answer, Measure, Option, confidence
from alongside.measures.funnel import Limits, proportion_funnel, rate_funnel
from alongside.measures.proportion import byar, byar_always, proportion, rate
from alongside.measures.result import measured

NAME = Column("name", "the provider's or group's name", ("provider", "group", "area", "agency", "organisation", "org", "unit", "trust"), needed=False)
CASES = Column("cases", "out of how many", ("n", "denominator", "total", "population", "pop"))
EVENTS = Column("events", "how many", ("count", "numerator", "x", "observed", "obs", "successes"))
COUNT_CAVEAT = "The interval is for chance alone, if events happen by themselves."


def _proportion(given: Given, options: dict[str, Any]) -> Answer:
    rows = zip(given.labels("name"), given.numbers("events"), given.numbers("cases"), strict=True)
    return Answer([replace(proportion(events, cases, confidence(options)), scope=name if given.has("name") else "") for name, events, cases in rows])


def _rate(given: Given, options: dict[str, Any]) -> Answer:
    rows = zip(given.labels("name"), given.numbers("events"), given.numbers("cases"), strict=True)
    return Answer([replace(rate(events, cases, per=options["per"], confidence=confidence(options)), scope=name if given.has("name") else "") for name, events, cases in rows])


def _count(given: Given, options: dict[str, Any]) -> Answer:
    interval = byar_always if options["always_byar"] else byar
    return Answer([
        replace(measured("F16 count", "F16.1", events, n=round(events), inputs=[events], caveat=COUNT_CAVEAT, interval=interval(events, confidence(options))), scope=name if given.has("name") else "")
        for name, events in zip(given.labels("name"), given.numbers("events"), strict=True)
    ])


def _funnel(given: Given, options: dict[str, Any]) -> Answer:
    names, statistic, limits = given.labels("name"), options["statistic"], Limits(options["limits"])
    counts = dict(zip(names, zip(given.numbers("events"), given.numbers("cases"), strict=True), strict=True))
    if statistic == "proportion":
        found = proportion_funnel(counts, limits=limits, target=options["target"], multiplier=options["multiplier"])
    else:
        target = options["target"] if options["target"] is not None or statistic == "rate" else 1.0
        found = rate_funnel(counts, limits=limits, target=target, multiplier=options["multiplier"])
    notes = [
        f"{point.name}: {point.standing.value}; 95% limits {point.inner[0]:.10g} to {point.inner[1]:.10g}, 99.8% limits {point.outer[0]:.10g} to {point.outer[1]:.10g}, z {point.z:.6g}"
        for point in found.points
    ]
    return Answer([found.average, *(point.value for point in found.points)], [*notes, f"overdispersion (mean of z squared): {found.overdispersion:.6g}"])


MEASURES = (
    Measure(
        "proportion",
        "Proportion with Wilson's interval (F16), one a row.",
        (EVENTS, CASES, NAME),
        _proportion,
        "name,events,cases\nnorth,15,148\nsouth,82,100\n",
        (CONFIDENCE,),
        aliases=("wilson",),
    ),
    Measure(
        "rate",
        "Rate with Byar's interval (F16; exact below 10 events), one a row.",
        (EVENTS, CASES, NAME),
        _rate,
        "name,events,population\nnorth,65,20000\nsouth,5,9000\n",
        (Option("per", "per how many people", float, 1.0, aliases=("multiplier",)), CONFIDENCE),
    ),
    Measure(
        "count",
        "Count with Byar's interval (F16; exact Poisson below 10), one a row.",
        (EVENTS, NAME),
        _count,
        "name,count\nnorth,65\nsouth,5\n",
        (CONFIDENCE, Option("always-byar", "Byar's approximation below 10 too", bool, False)),
        aliases=("byar",),
    ),
    Measure(
        "funnel",
        "Funnel (F16): each provider beside the 95% and 99.8% limits round the average of all, or round a target. Intervals of the results are the 95% limits.",
        (NAME, EVENTS, replace(CASES, says="out of how many; for rates the population; for ratios the expected events", aliases=(*CASES.aliases, "expected", "person_years"))),
        _funnel,
        "provider,events,cases\nA,40,100\nB,20,100\nC,240,800\n",
        (
            Option("statistic", "proportion; rate; or ratio of observed to expected", default="proportion", choices=("proportion", "rate", "ratio"), aliases=("type",)),
            Option(
                "limits",
                "official: English public health method (proportions: normal limits round the average, Wilson's test; rates: exact Poisson interval of the events); normal; "
                "exact: binomial or Poisson quantiles; wilson: Wilson's interval of the expected count; byar",
                default="official",
                choices=tuple(Limits),
                aliases=("method",),
            ),
            Option("target", "the centre, in place of the average of all: a proportion from 0 to 1, or a rate for one person", float),
            Option("multiplier", "multiply values and limits, for instance by 100", float, 1.0),
        ),
        aliases=("funnels", "funnel-plot"),
    ),
)
