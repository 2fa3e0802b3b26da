"""Files for F10 and F11: who is heard, who is represented, who pays and gains."""

from dataclasses import replace
from typing import Any

from alongside.measures.bootstrap import told
from alongside.measures.files.given import MOST, Column, Given
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.representation import burden_benefit_gap, dissimilarity, dissimilarity_interval, missing_groups, r_indicator, r_indicator_adjusted, r_indicator_intervals
from alongside.measures.result import Unmeasurable
from alongside.measures.voices import HHI_CAVEAT, effective_voices, gini, gini_corrected, gini_intervals, hhi, hhi_normalised, influence_ratios, worth_a_look

VALUE = Column("value", "what each has: turns, income, amount; zeros stay in", ("x", "y", "turns", "amount", "count", "income", "spend", "n"))
GROUP = Column("group", "the group's name", ("name", "stratum", "category", "area"), needed=False)


def _gini(given: Given, options: dict[str, Any]) -> Answer:
    values, weights = given.numbers("value"), given.optional_numbers("weight")
    if options["members"] is not None:
        silent = options["members"] - len(values)
        if not 0 <= silent <= MOST or weights is not None:
            raise Unmeasurable(f"--members is how many there are in all, those who said nothing too: at least {len(values)}, and not together with weights.")
        values = values + [0.0] * silent
    counted = sum(weights) if weights else len(values)
    plain, corrected, voices = gini_intervals(values, weights)
    results = [told(gini(values, weights), plain)] + ([told(gini_corrected(values, weights), corrected)] if counted > 1 else [])
    heading = given.heading("weight")
    return Answer([*results, *([] if weights else [told(effective_voices(values), voices)])], [f"Each value counts by its '{heading}'. To count each once, add --column weight="] if heading else [])


def _hhi(given: Given, options: dict[str, Any]) -> Answer:
    amounts = given.numbers("value")
    return Answer([hhi(amounts), *([hhi_normalised(amounts)] if len(amounts) > 1 else []), replace(effective_voices(amounts), caveat=HHI_CAVEAT)])


def _influence(given: Given, options: dict[str, Any]) -> Answer:
    groups = given.labels("group")
    found = influence_ratios(dict(zip(groups, given.numbers("adopted"), strict=True)), dict(zip(groups, given.numbers("members"), strict=True)))
    flagged = [group for group, ratio in found.items() if worth_a_look(ratio)]
    return Answer(list(found.values()), [f"worth a look (above 2 or below 0.5): {', '.join(flagged) or 'none'}"])


def _dissimilarity(given: Given, options: dict[str, Any]) -> Answer:
    groups, panel, population = given.labels("group"), given.numbers("first"), given.numbers("second")
    missing = missing_groups(dict(zip(groups, panel, strict=True)), dict(zip(groups, population, strict=True)))
    return Answer([told(dissimilarity(panel, population), dissimilarity_interval(panel, population))], [f"groups missing from the first: {', '.join(missing) or 'none'}"])


def _r_indicator(given: Given, options: dict[str, Any]) -> Answer:
    population, respondents = given.numbers("population"), given.numbers("respondents")
    found = r_indicator(population, respondents), r_indicator_adjusted(population, respondents)
    return Answer([told(one, interval) for one, interval in zip(found, r_indicator_intervals(population, respondents), strict=True)])


def _burden(given: Given, options: dict[str, Any]) -> Answer:
    partners = given.labels("partner")
    return Answer([burden_benefit_gap(dict(zip(partners, given.numbers_or("cost", 0.0), strict=True)), dict(zip(partners, given.numbers_or("benefit", 0.0), strict=True)))])


MEASURES = (
    Measure(
        "gini",
        "Gini coefficient (F10), plain and corrected by n/(n-1), with zeros kept; and the effective number of voices.",
        (VALUE, Column("weight", "how often each value occurs", ("weights", "frequency", "population", "pop"), needed=False)),
        _gini,
        "member,turns\na,40\nb,25\nc,20\nd,10\ne,5\n",
        (Option("members", "how many there are in all: those not in the file count as zero", int, aliases=("n",)),),
        aliases=("voice-gini", "effective-voices", "voice"),
    ),
    Measure(
        "hhi",
        "Herfindahl-Hirschman index (F10): plain and normalised, and the effective number.",
        (Column("value", "each one's amount or share", ("share", "amount", "spend", "count", "x", "n")),),
        _hhi,
        "provider,amount\nA,50\nB,30\nC,20\n",
        aliases=("herfindahl", "concentration-of-market"),
    ),
    Measure(
        "influence",
        "Influence ratio (F10): share of adopted proposals over share of members, for each group.",
        (
            GROUP,
            Column("members", "how many members the group has", ("seats", "people")),
            Column("adopted", "how many adopted proposals came from it", ("adoptions", "proposals_adopted")),
        ),
        _influence,
        "group,members,adopted\nofficers,5,9\nresidents,15,3\n",
        aliases=("influence-ratio",),
    ),
    Measure(
        "dissimilarity",
        "Dissimilarity D (F11) of two distributions over the same groups, with the groups that are missing by name.",
        (
            Column("first", "count in the panel, board or consultation", ("a", "panel", "board", "sample", "x", "count")),
            Column("second", "count in the population", ("b", "population", "census", "y")),
            GROUP,
        ),
        _dissimilarity,
        "group,panel,population\nunder 25,100,100\n25 to 64,50,50\n65 and over,10,90\n",
        aliases=("d", "dissimilarity-index"),
    ),
    Measure(
        "r-indicator",
        "R-indicator (F11): 1 - 2 S of response rates, plain and adjusted for chance.",
        (
            GROUP,
            Column("population", "people in the stratum", ("pop", "invited", "total", "size")),
            Column("respondents", "how many of them answered", ("responses", "answered", "respondent", "panel")),
        ),
        _r_indicator,
        "stratum,population,respondents\nunder 25,300,30\n25 to 64,400,60\n65 and over,300,10\n",
        aliases=("representativity",),
    ),
    Measure(
        "burden-benefit",
        "Burden-benefit gap (F11): half the sum of |cost share - benefit share|.",
        (
            Column("partner", "the partner", ("body", "agency", "name", "group")),
            Column("cost", "what it pays", ("costs", "burden", "paid")),
            Column("benefit", "what it gains", ("benefits", "gain", "gained")),
        ),
        _burden,
        "partner,cost,benefit\ncouncil,80,50\ntrust,20,50\n",
        aliases=("burden-benefit-gap", "burden"),
    ),
)
