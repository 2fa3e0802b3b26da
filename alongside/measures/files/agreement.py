"""Files for F2: kappa, Fleiss' kappa, r_wg, Kendall's tau and alignment."""

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

from alongside.measures.agreement import alignment, fleiss_kappa, kappa, kendall_tau, r_wg, r_wg_interval, r_wg_of_statements, r_wg_of_statements_interval
from alongside.measures.bootstrap import told
from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.result import Result, Unmeasurable


def _kappa(given: Given, options: dict[str, Any]) -> Answer:
    if not given.has("first") or not given.has("second"):
        words, table = given.matrix()
        if len(table) != len(words):
            raise Unmeasurable(
                f"Kappa needs a square table of counts, and this one has {len(table)} rows and {len(words)} columns of numbers. "
                "If the first line holds counts and no headings, add --no-header; or give columns 'first' and 'second' with one case a row."
            )
        return Answer([kappa(table)])
    pairs = list(zip(given.words("first"), given.words("second"), given.numbers_or("count", 1.0), strict=True))
    words = list(dict.fromkeys(word for first, second, _ in pairs for word in (first, second)))
    counts: dict[tuple[str, str], float] = defaultdict(float)
    for first, second, count in pairs:
        counts[first, second] += count
    return Answer([kappa([[counts[row, column] for column in words] for row in words])])


def _fleiss(given: Given, options: dict[str, Any]) -> Answer:
    if not (given.has("subject") and given.has("category")):
        headings, table = given.matrix()
        if len({sum(row) for row in table}) == 1 and all(heading.replace(".", "", 1).isdigit() for heading in headings) and sum(map(float, headings)) == sum(table[0]):
            raise Unmeasurable("The first line looks like counts and not like headings: add --no-header if it is the first subject.")
        return Answer([fleiss_kappa(table)])
    said: dict[str, Counter[str]] = {}
    for subject, category in zip(given.words("subject"), given.words("category"), strict=True):
        said.setdefault(subject, Counter())[category] += 1
    words = list(dict.fromkeys(given.words("category")))
    return Answer([fleiss_kappa([[float(counts[word]) for word in words] for counts in said.values()])])


def _r_wg(given: Given, options: dict[str, Any]) -> Answer:
    ratings = given.numbers("rating")
    if not given.has("statement"):
        return Answer([_agreed(ratings, options["options"])])
    statements: dict[str, list[float]] = {}
    for statement, rating in zip(given.words("statement"), ratings, strict=True):
        statements.setdefault(statement, []).append(rating)
    each = [replace(_agreed(found, options["options"]), scope=statement) for statement, found in statements.items()]
    if len(statements) == 1:
        return Answer(each)
    many = options["options"]
    return Answer([*each, told(r_wg_of_statements(statements, options=many), r_wg_of_statements_interval(statements, options=many))])


def _agreed(ratings: list[float], options: int) -> Result:
    """r_wg with the interval that drawing the raters anew gives it."""
    return told(r_wg(ratings, options=options), r_wg_interval(ratings, options=options))


def _tau(given: Given, options: dict[str, Any]) -> Answer:
    return Answer([kendall_tau(given.numbers("first"), given.numbers("second"))])


def _alignment(given: Given, options: dict[str, Any]) -> Answer:
    orders: dict[str, dict[str, float]] = {}
    for rater, item, rank in zip(given.words("rater"), given.words("item"), given.numbers("rank"), strict=True):
        if item in orders.setdefault(rater, {}):
            raise Unmeasurable(f"'{rater}' ranked '{item}' twice: leave one of the two rows.")
        orders[rater][item] = rank
    items = list(dict.fromkeys(given.words("item")))
    short = next((rater for rater, order in orders.items() if len(order) < len(items)), None)
    if short:
        missing = next(item for item in items if item not in orders[short])
        raise Unmeasurable(f"'{short}' did not rank '{missing}': every rater must rank every item.")
    return Answer([alignment({rater: [order[item] for item in items] for rater, order in orders.items()})])


MEASURES = (
    Measure(
        "kappa",
        "Cohen's kappa (F2): how far two agree beyond chance.",
        (
            Column("first", "what the first rater said of a case; leave out for a square table of counts", ("rater1", "rater_1", "sender"), needed=False),
            Column("second", "what the second rater said", ("rater2", "rater_2", "receiver"), needed=False),
            Column("count", "how many cases had this pair of answers; 1 if left out", ("n", "cases", "frequency"), needed=False),
        ),
        _kappa,
        "first,second,count\nneed,need,20\nneed,no need,5\nno need,need,10\nno need,no need,15\n",
        aliases=("cohen", "cohen-kappa", "cohens-kappa"),
        wide=True,
    ),
    Measure(
        "fleiss-kappa",
        "Fleiss' kappa (F2): how far many raters agree beyond chance. One subject a row, one category a column, each cell the number of raters.",
        (
            Column("subject", "for files with one rating a row: the subject", ("case", "item"), needed=False),
            Column("category", "for files with one rating a row: the category that this rater chose", ("rating", "answer", "chosen"), needed=False),
        ),
        _fleiss,
        "subject,low,medium,high\ncase 1,0,0,3\ncase 2,3,0,0\ncase 3,1,2,0\ncase 4,0,3,0\n",
        aliases=("fleiss",),
        wide=True,
    ),
    Measure(
        "rwg",
        "Agreement in ratings within a group (F2, r_wg), for each statement and for all together.",
        (
            Column("rating", "one rater's answer", ("score", "answer", "value")),
            Column("statement", "which statement; leave out for a single one", ("item", "question"), needed=False),
        ),
        _r_wg,
        "statement,rating\naims are clear,4\naims are clear,4\naims are clear,3\naims are clear,4\n",
        (Option("options", "how many answers were possible (A)", int, needed=True, aliases=("answers", "points", "scale-points")),),
        aliases=("r-wg", "agreement"),
        example_options=("--options", "4"),
    ),
    Measure(
        "kendall",
        "Kendall's tau-b (F2) of two orders of the same things, for instance guessed and true pressures.",
        (
            Column("first", "the place or score in the first order", ("x", "a", "guessed", "rank1", "rank_1")),
            Column("second", "the place or score in the second order", ("y", "b", "true", "actual", "rank2", "rank_2")),
        ),
        _tau,
        "pressure,guessed,true\nwaiting lists,1,2\nstaff,2,1\nmoney,3,3\nhousing,4,4\n",
        aliases=("kendall-tau", "tau", "perspective-accuracy"),
    ),
    Measure(
        "alignment",
        "Mean Kendall tau (F2) over all pairs of raters who each ranked the same items.",
        (
            Column("rater", "who ranked", ("partner", "agency", "who")),
            Column("item", "what was ranked", ("objective", "thing")),
            Column("rank", "the place given, 1 first", ("place", "order", "score")),
        ),
        _alignment,
        "rater,item,rank\ncouncil,home,1\ncouncil,school,2\ntrust,home,1\ntrust,school,2\n",
        aliases=("interest-alignment",),
    ),
)
