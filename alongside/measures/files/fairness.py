"""Files for F7, F8 and F9: concentration, horizontal inequity, slope index, spread between groups, attributable fraction."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from alongside.measures import spread
from alongside.measures.attributable import attributable
from alongside.measures.concentration import SAMPLES, SEED, Error, Index, concentration_index
from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import CONFIDENCE, SURE, Answer, Measure, Option, confidence
from alongside.measures.files.table import plain
from alongside.measures.inequity import horizontal_inequity
from alongside.measures.logistic_slope import logistic_slope_index
from alongside.measures.proportion import wilson
from alongside.measures.ranks import MostDisadvantaged, counted
from alongside.measures.result import Result, Unmeasurable
from alongside.measures.slope import SAMPLES as SIMULATIONS
from alongside.measures.slope import Interval, Kind, slope_index

VALUE_NAMES = ("y", "outcome", "estimate", "est", "rate", "health", "mean")
POPULATION = Column("population", "how many people the row stands for", ("pop", "denominator", "people"), needed=False)
WEIGHTS = Option("weights", "the heading of the column that says how much each row counts, where it is not called population", aliases=("weight",))
LIKE_WEIGHTS = ("weight", "weights", "w", "n")
"""Headings that may be a weight or may be a body's weight or a number of something else: they count only when asked for."""
SE = Column("se", "standard error of the group's value", ("standard_error", "standarderror", "stderr", "std_error"), needed=False)
GROUP = Column("group", "the group's name", ("name", "subgroup", "area", "region"), needed=False)
DIRECTION = Option(
    "most-disadvantaged",
    "which end of the rank column is the most disadvantaged: lowest (income, wealth quintile 1, IMD decile 1) or highest (a deprivation score)",
    choices=("lowest", "highest"),
    needed=True,
    aliases=("rank-direction",),
)
RANK_NAMES = ("quantile", "quintile", "decile", "income", "ses", "order", "subgroup_order", "imd", "imd_decile", "deprivation", "wealth", "ineqvar")
SMALLEST = Option("smallest", "leave out groups with a population below this before anything is worked out", float, 0.0)
ALL = "all"


def _concentration(given: Given, options: dict[str, Any]) -> Answer:
    given = given.of_at_least(options["smallest"], "population")
    y = given.numbers("value")
    floor, ceiling = options["floor"], options["ceiling"]
    bounded = floor <= min(y) and max(y) <= ceiling
    indices = [Index(options["index"])] if options["index"] != ALL else [index for index in Index if bounded or index not in (Index.ERREYGERS, Index.WAGSTAFF)]
    errors = [Error(options["error"])] if options["error"] != ALL else [Error.KAKWANI, Error.DELTA, Error.REGRESSION]
    results = list[Result]()
    for index in indices:
        for error in errors:
            found = concentration_index(
                y, given.numbers("rank"), most_disadvantaged=MostDisadvantaged(options["most_disadvantaged"]), weights=given.optional_numbers("population"), index=index, error=error,
                floor=floor, ceiling=ceiling, spreads=given.optional_numbers("sd"), errors=given.optional_numbers("se"),
                clusters=given.words("cluster") if given.has("cluster") else None, samples=options["samples"], seed=options["seed"],
            )  # fmt: skip
            results.append(replace(found, measure=f"{found.measure} (standard error: {error.value})"))
    skipped = options["index"] == ALL and not bounded
    left_out = f"Erreygers and Wagstaff are left out: the outcome is not within {floor:g} to {ceiling:g}; give --floor and --ceiling."
    return Answer(results, [*_weighted(given), *([left_out] if skipped else [])])


def _weighted(given: Given) -> list[str]:
    """Which column says how much a row counts: a body's weight, in kilograms, has the same name."""
    heading = given.heading("population")
    if heading:
        return [f"Each row counts by its '{heading}'. To count each row once, add --column population="]
    left = next((one for one in given.table.headings if plain(one) in LIKE_WEIGHTS), None)
    return [f"Each row counts once. The column '{left}' is left alone: add --weights {left} if each row counts by it."] if left else ["Each row counts once."]


def _inequity(given: Given, options: dict[str, Any]) -> Answer:
    need = given.many("need")
    if not need:
        raise Unmeasurable("There is no need variable: name the columns need, need_age, need_2, ...; or say --column need=HEADING for each.")
    found = horizontal_inequity(
        given.numbers("use"), given.numbers("rank"), list(need.values()), others=list(given.many("other").values()), weights=given.optional_numbers("population"),
        most_disadvantaged=MostDisadvantaged(options["most_disadvantaged"]), error=Error(options["error"]),
    )  # fmt: skip
    named = [replace(found.use, measure="F7 C of use"), replace(found.need, measure="F7 C of needed use"), found.inequity]
    return Answer(named, [*_weighted(given), f"need: {', '.join(need)}", f"others, held at their means: {', '.join(given.many('other')) or 'none'}"])


def _slope(given: Given, options: dict[str, Any]) -> Answer:
    population, order = counted(given.numbers("population"), given.n), given.numbers("rank")
    values, limits, note = _values_and_limits(given, population)
    direction = MostDisadvantaged(options["most_disadvantaged"])
    if options["method"] == "logistic":
        most = options["most"] or (1.0 if max(values) <= 1 else 100.0)
        found = logistic_slope_index(values, order, population, most_disadvantaged=direction, most=most, whole_people=not options["fractional_people"])
        return Answer([found.sii, found.rii, found.intercept])
    found = slope_index(
        values, order, population, most_disadvantaged=direction, limits=limits, errors=None if limits else given.optional_numbers("se"), kind=Kind(options["kind"]),
        transform=options["transform"], multiplier=options["multiplier"], confidence=confidence(options), interval=Interval(options["interval"]), samples=options["samples"],
        seed=options["seed"],
    )  # fmt: skip
    return Answer([found.sii, found.rii, found.intercept], [*note, *([f"Interval: {confidence(options):.1%}."] if confidence(options) != SURE else [])])


def _values_and_limits(given: Given, population: Sequence[float]) -> tuple[list[float], list[tuple[float, float]] | None, list[str]]:
    """The groups' values, their limits as given, or Wilson's where counts are given and nothing says how sure they are; and a word on where limits came from."""
    limits = list(zip(given.numbers("lower"), given.numbers("upper"), strict=True)) if given.has("lower") and given.has("upper") else None
    if given.has("value"):
        return given.numbers("value"), limits, [] if limits or given.has("se") else ["No interval: the file has neither 'se' nor 'lower' and 'upper'."]
    if not given.has("count"):
        raise Unmeasurable("There is neither a value nor a count for the groups: give a column 'value', or 'count' to be divided by the population.")
    counts = given.numbers("count")
    values = [count / people for count, people in zip(counts, population, strict=True)]
    if limits or given.has("se"):
        return values, limits, []
    return values, [wilson(count, people) for count, people in zip(counts, population, strict=True)], ["The groups' limits are Wilson's, from count and population."]


def _spread(given: Given, options: dict[str, Any]) -> Answer:
    given = given.of_at_least(options["smallest"], "population")
    values, population, errors = given.numbers("value"), given.optional_numbers("population"), given.optional_numbers("se")
    results = [spread.theil(values, population, errors)]
    notes = list[str]()
    if 0 in values:
        notes.append("The mean log deviation is left out: a group is at zero.")
    else:
        results.append(spread.mean_log_deviation(values, population, errors))
    results += [spread.between_group_variance(values, population, errors), spread.index_of_disparity(values, population, errors)]
    results += [spread.index_of_disparity_unweighted(values, population, errors), spread.gap(values, errors), spread.ratio(values, errors)]
    return Answer(results, [*_weighted(given), *notes])


def _mean_log_deviation(given: Given, options: dict[str, Any]) -> Answer:
    given = given.of_at_least(options["smallest"], "population")
    return Answer([spread.mean_log_deviation(given.numbers("value"), given.optional_numbers("population"), given.optional_numbers("se"))], _weighted(given))


def _attributable(given: Given, options: dict[str, Any]) -> Answer:
    given = given.of_at_least(options["smallest"], "population")
    flags, names = given.flags_or("reference"), given.labels("group")
    if sum(flags) > 1:
        raise Unmeasurable("More than one group is marked as the reference: mark one, or none for the best.")
    found = attributable(
        given.numbers("value"), given.numbers("population"), higher_is_better=options["better"] == "higher", reference=flags.index(True) if any(flags) else None, most=options["most"]
    )  # fmt: skip
    return Answer([found.difference, found.fraction], [f"reference: {names[found.reference]}"])


SPREAD = (Column("value", "the group's (or person's) value", (*VALUE_NAMES, "income", "x", "amount")), POPULATION, SE, GROUP)
SPREAD_EXAMPLE = "group,value,population,se\nnorth,12.1,1000,0.8\nsouth,9.4,2500,0.4\neast,15.0,800,1.1\n"
ERROR = Option(
    "error", "how the standard error is found: kakwani (eq. 14), delta, regression (convenient, too small) or bootstrap; all: the first three", default=ALL, choices=(ALL, *Error)
)
MEASURES = (
    Measure(
        "concentration-index",
        "Concentration index (F7): plain, generalised, and for bounded outcomes Erreygers and Wagstaff, with standard errors.",
        (
            Column("value", "the outcome of a person, or the mean of a group", (*VALUE_NAMES, "use", "bmi")),
            Column("rank", "what people are ranked by; ties share the middle rank", RANK_NAMES),
            POPULATION,
            Column("sd", "for groups: standard deviation inside the group", ("standard_deviation", "stdev"), needed=False),
            SE,
            Column("cluster", "for the bootstrap: draw whole clusters", ("psu", "practice"), needed=False),
        ),
        _concentration,
        "income,bmi\n4559.391,22.58166\n6978.015,28.91325\n3696.986,20.73883\n5093.507,23.13902\n",
        (
            DIRECTION,
            Option("index", "which index; all: every one that fits the outcome", default=ALL, choices=(ALL, *Index)),
            ERROR,
            Option("floor", "lowest possible outcome, for Erreygers and Wagstaff", float, 0.0, aliases=("min",)),
            Option("ceiling", "highest possible outcome", float, 1.0, aliases=("max",)),
            SMALLEST,
            WEIGHTS,
            Option("samples", "bootstrap samples", int, SAMPLES),
            Option("seed", "of the random numbers", int, SEED),
        ),
        aliases=("concentration", "ci", "cix", "generalised-concentration-index", "erreygers", "wagstaff"),
        example_options=("--most-disadvantaged", "lowest"),
    ),
    Measure(
        "horizontal-inequity",
        "Horizontal inequity (F7): C of use minus C of the use that need would bring.",
        (
            Column("use", "what the person used", ("value", "y", "visits", "outcome")),
            Column("rank", "what people are ranked by", RANK_NAMES),
            Column("need", "need variables: need, need_age, need_2, ...", many=True),
            Column("other", "other variables, held at their means: other, other_1, ...", needed=False, many=True),
            POPULATION,
        ),
        _inequity,
        "income,visits,need_illness,need_age\n10,3,2,60\n20,4,2,55\n30,2,1,40\n40,5,1,70\n50,2,0,30\n60,6,1,65\n",
        (DIRECTION, replace(ERROR, default="kakwani", choices=tuple(Error)), WEIGHTS),
        aliases=("hi",),
        example_options=("--most-disadvantaged", "lowest"),
    ),
    Measure(
        "sii",
        "Slope and relative index of inequality (F8), by the English official method or by a logistic curve. One group (decile, quintile) a row.",
        (
            Column("rank", "the group's place", RANK_NAMES),
            replace(POPULATION, needed=True, aliases=(*POPULATION.aliases, "n")),
            Column("value", "the group's value", VALUE_NAMES, needed=False),
            Column("count", "members with the attribute, to be divided by the population", ("numerator", "events", "x"), needed=False),
            SE,
            Column("lower", "lower 95% limit of the value", ("lower_cl", "lowercl", "lcl", "lower_ci", "low", "lower_limit"), needed=False),
            Column("upper", "upper 95% limit", ("upper_cl", "uppercl", "ucl", "upper_ci", "high", "upper_limit"), needed=False),
        ),
        _slope,
        "quintile,population,value,lower,upper\n1,7291,75.9,72.7,79.1\n2,7997,78.3,75.3,81.4\n3,6105,80.1,77.2,83.0\n4,7666,82.0,79.0,85.0\n5,5790,84.5,81.1,87.9\n",
        (
            DIRECTION,
            Option(
                "kind",
                "what the values are, which decides how their limits are read: other, rate (log) or proportion (logit)",
                default="other",
                choices=tuple(Kind),
                aliases=("value-type",),
            ),
            Option("transform", "fit the line on the log (rates) or logit (proportions) scale", bool, False),
            Option("multiplier", "multiply the SII and its limits; below 0 turns the polarity and inverts the RII", float, 1.0),
            CONFIDENCE,
            Option("interval", "how the interval is found", default="simulated", choices=tuple(Interval)),
            Option("samples", "simulations", int, SIMULATIONS, aliases=("repetitions",)),
            Option("seed", "of the random numbers", int, SEED),
            Option("method", "official: straight line; logistic: curve, as the WHO's tools mean it", default="official", choices=("official", "logistic")),
            Option("most", "logistic: the value that stands for everybody, 1 or 100; guessed from the values if left out", float, aliases=("scale",)),
            Option("fractional-people", "logistic: do not round value x population to whole people", bool, False),
        ),
        aliases=("rii", "slope-index", "slope-index-of-inequality", "relative-index"),
        blocks=("area", "indicator"),
        example_options=("--most-disadvantaged", "lowest"),
    ),
    Measure(
        "theil",
        "Spread between groups without an order (F9): Theil, mean log deviation, between-group variance, index of disparity, gap and ratio.",
        SPREAD,
        _spread,
        SPREAD_EXAMPLE,
        (SMALLEST, WEIGHTS),
        aliases=("spread", "bgv", "between-group-variance", "index-of-disparity", "disparity", "theil-index", "idis", "idisw", "idisu", "gap", "ratio"),
    ),
    Measure("mld", "Mean log deviation (F9) of groups without an order.", SPREAD, _mean_log_deviation, SPREAD_EXAMPLE, (SMALLEST, WEIGHTS), aliases=("mean-log-deviation",)),
    Measure(
        "paf",
        "Population-attributable difference and fraction (F9), beside the best group or a marked one.",
        (
            Column("value", "the group's value", VALUE_NAMES),
            replace(POPULATION, needed=True, aliases=(*POPULATION.aliases, "n")),
            GROUP,
            Column("reference", "yes for the group to compare with; the best if left out", ("ref", "reference_subgroup"), needed=False),
        ),
        _attributable,
        "group,value,population\nnorth,60,1000\nsouth,80,1000\n",
        (
            Option("better", "which values are better", choices=("higher", "lower"), needed=True, aliases=("favourable",)),
            Option("most", "for proportions: the value that stands for everybody, 1 or 100; gives the interval", float, aliases=("scale",)),
            SMALLEST,
        ),
        aliases=("population-attributable-fraction", "par", "attributable"),
        example_options=("--better", "higher", "--most", "100"),
    ),
)
