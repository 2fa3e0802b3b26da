"""Files for F12, F13, F14 and F15: workload, repeated and diluted help, information lost, cost and benefit."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from alongside.measures import continuity, cross_effects, repetition, workload
from alongside.measures.benefit import Benefit, Cost, Grade, benefit_beside_cost, cost, cost_per_outcome
from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.information_lost import End, Pair, information_lost
from alongside.measures.result import Unmeasurable

LINES = {"costs": "cost", "benefits": "benefit", "saving": "benefit", "savings": "benefit"}
GRADES = {"before after": Grade.BEFORE_AFTER, "claim": Grade.CLAIMED, "rct": Grade.TRIAL, "matched comparison": Grade.MATCHED}
CELL = ("need", "eligibility", "area", "time")


def _workload(given: Given, options: dict[str, Any]) -> Answer:
    columns = [given.numbers_or(name, otherwise) for name, otherwise in (("base", 0.0), ("complexity", 1.0), ("travel", 0.0), ("joint_share", 1.0))]
    cases: dict[str, list[workload.Case]] = defaultdict(list)
    facts: dict[str, dict[str, float]] = defaultdict(dict)
    spoken = {"fte": 1.0, "stage": 1.0, "extra": 0.0}
    for place, worker in enumerate(given.words("worker")):
        case = workload.Case(*(column[place] for column in columns))
        cases[worker] += [case] if case.base else []
    for name, otherwise in spoken.items():
        for worker, text, value in zip(given.words("worker"), given.texts(name) if given.has(name) else [""] * given.n, given.numbers_or(name, otherwise), strict=True):
            if text and facts[worker].setdefault(name, value) != value:
                raise Unmeasurable(f"'{worker}' has {name} {facts[worker][name]:g} and {value:g}: write the same on each row, or once.")
    workers = {worker: workload.Worker(held, **{**spoken, **facts[worker]}) for worker, held in cases.items()}
    found = workload.spread(workers, fixed=options["fixed"], full_time=options["full_time"])
    loads = [workload.load(one.cases, extra=one.extra, fixed=options["fixed"]).within(name) for name, one in workers.items()]
    able = [workload.capacity(one.fte, one.stage, full_time=options["full_time"]).within(name) for name, one in workers.items()]
    return Answer([*(result for three in zip(loads, able, found.each.values(), strict=True) for result in three), found.highest, found.unevenness])


def _caseload(given: Given, options: dict[str, Any]) -> Answer:
    cases = sum(given.numbers("cases"))
    if given.has("fte"):
        return Answer([workload.cases_per_worker(cases, sum(given.numbers("fte")))])
    if given.has("per_worker") and given.n == 1:
        return Answer([workload.case_holders(cases, given.numbers("per_worker")[0])])
    raise Unmeasurable("Give a column 'fte' (for cases per worker), or 'per_worker' in a file with one row (for how many workers that implies).")


def _repetition(given: Given, options: dict[str, Any]) -> Answer:
    rows = zip(given.words("person"), given.words("need"), given.words("provider"), given.dates("first"), given.optional_dates("last"), given.flags_or("joint"), strict=True)
    return Answer([repetition.repetition(repetition.Help(*row) for row in rows)])


def _asked_again(given: Given, options: dict[str, Any]) -> Answer:
    return Answer([repetition.asked_again(zip(given.words("person"), given.words("question"), given.dates("date"), strict=True), within=timedelta(days=options["days"]))])


def _overlap(given: Given, options: dict[str, Any]) -> Answer:
    parts = [given.texts(name) for name in (("cell",) if given.has("cell") else CELL) if given.has(name)]
    if not parts:
        raise Unmeasurable("There is nothing to compare services by: give a column 'cell', or any of need, eligibility, area and time.")
    services: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for service, spend, *cell in zip(given.words("service"), given.money_or("spend"), *parts, strict=True):
        services[service]["/".join(cell)] += spend
    return Answer([result for found in repetition.overlaps(services) for result in ((found.jaccard, found.money) if given.has("spend") else (found.jaccard,))])


def _dose(given: Given, options: dict[str, Any]) -> Answer:
    planned, delivered = _summed(given.words("provider"), given.numbers("planned")), _summed(given.words("provider"), given.numbers("delivered"))
    found = continuity.dose(planned, delivered)
    return Answer([found.delivered, found.providers], ["diluted: under 80% delivered, from more than two effective providers" if found.diluted else "not diluted"])


def _continuity(given: Given, options: dict[str, Any]) -> Answer:
    counts = _summed(given.words("provider"), [float(count) for count in given.counts_or("contacts", 1)])
    contacts = [int(count) for count in counts.values()]
    return Answer([continuity.continuity_of_care(contacts), continuity.usual_provider(contacts), continuity.effective_providers(contacts)])


def _cross_effects(given: Given, options: dict[str, Any]) -> Answer:
    rows = zip(given.words("activity"), given.words("objective"), given.words("partner"), given.numbers("effect"), given.flags_or("reported"), strict=True)
    found = cross_effects.cross_effects(cross_effects.Rating(*row) for row in rows)
    notes = [
        f"{cell.activity} on {cell.objective}: mean {cell.mean:+.3g}, {cell.against} of {cell.raters} below zero" + (": COUNTER-PRODUCTIVE" if cell.counter_productive else "")
        for cell in found.cells if cell.against or cell.counter_productive
    ]  # fmt: skip
    return Answer([found.counter_productive], notes)


def _information_lost(given: Given, options: dict[str, Any]) -> Answer:
    rows = zip(given.choices("end", End), given.optional_flags("sender_important"), given.optional_flags("receiver_used"), strict=True)
    found = information_lost(given.repeated([Pair(*row) for row in rows]), scope="", period=None)
    return Answer([found.loss, found.mismatch, found.kappa], [f"{end.value}: {count}" for end, count in found.ends.items()])


def _benefit(given: Given, options: dict[str, Any]) -> Answer:
    kinds = [LINES.get(kind.lower(), kind.lower()) for kind in given.words("kind")]
    bodies = given.words("body") if given.has("body") else ["all"] * given.n
    amounts, hours, rates, kept = (given.money_or(name, otherwise) for name, otherwise in (("amount", Decimal(0)), ("hours", Decimal(0)), ("rate", Decimal(0)), ("correction", Decimal(1))))
    grades, cashable = given.texts("grade") if given.has("grade") else [""] * given.n, given.flags_or("cashable")
    costs, benefits = list[Cost](), list[Benefit]()
    for place, (kind, row) in enumerate(zip(kinds, given.table.rows, strict=True)):
        if kind == "cost":
            costs.append(Cost(bodies[place], amounts[place], hours[place], rates[place]))
        elif kind == "benefit":
            benefits.append(Benefit(bodies[place], amounts[place], _grade(grades[place], f"{given.table.name}, line {row.line}"), cashable[place], kept[place]))
        else:
            raise Unmeasurable(f"{given.table.name}, line {row.line}: '{kind}' is neither cost nor benefit.")
    if not costs:
        raise Unmeasurable("There is no cost line: a benefit without its cost says nothing.")
    results = [cost(costs)]
    if options["outcomes"] is not None:
        results.append(cost_per_outcome(sum((line.total for line in costs), Decimal(0)), options["outcomes"]))
    for found in benefit_beside_cost(benefits, costs):
        results += [found.benefit, found.cashable, found.net, found.ratio, *(found.by_body.values() if given.has("body") else ())]
    return Answer(results, ["Grades of evidence are never added up."] if benefits else [])


def _grade(text: str, where: str) -> Grade:
    word = text.strip().lower().replace("_", "-")
    try:
        return GRADES.get(word) or Grade(word)
    except ValueError:
        raise Unmeasurable(f"{where}: each benefit needs a grade of evidence: {', '.join(Grade)}.") from None


def _summed(names: Iterable[str], amounts: Iterable[float]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for name, amount in zip(names, amounts, strict=True):
        found[name] += amount
    return dict(found)



WORKER = Column("worker", "the worker", ("practitioner", "name", "who"))
PERSON = Column("person", "the person", ("person_id", "id"))
PROVIDER = Column("provider", "the provider", ("agency", "service", "practitioner", "doctor"))
MEASURES = (
    Measure(
        "workload", "Workload (F12): load, capacity and utilisation of each worker, the highest and the unevenness. One case a row.",
        (
            WORKER, Column("base", "points of the case before weighting; empty for a worker without cases", ("points", "weight"), needed=False), Column("complexity", "factor; 1 if left out", needed=False),
            Column("travel", "share added for travel; 0 if left out", needed=False), Column("joint_share", "share that this worker carries; 1 if left out", ("share",), needed=False),
            Column("fte", "1 is full time", needed=False), Column("stage", "1, or 0.9 for newly qualified", needed=False), Column("extra", "points for other duties", needed=False),
        ),
        _workload, "worker,base,complexity,travel,joint_share,fte,stage,extra\nA,10,1.5,0.1,1,1,1,5\nA,8,1,0,0.5,,,\nB,10,1,0,1,0.8,0.9,\n",
        (Option("fixed", "points that every worker has", float, workload.FIXED), Option("full-time", "points of a full-time worker", float, workload.FULL_TIME)), aliases=("load", "utilisation", "utilization"),
    ),
    Measure(
        "caseload", "Cases per worker as the DfE counts them (cases over FTE), or the number of case holders that an average implies.",
        (Column("cases", "cases held", ("children", "n")), Column("fte", "FTE of those who hold cases", ("workers", "case_holders"), needed=False), Column("per_worker", "average cases per worker", ("average", "average_caseload"), needed=False)),
        _caseload, "area,cases,fte\nnorth,180,11\nsouth,320,19.5\n", aliases=("cases-per-worker", "case-holders"),
    ),
    Measure(
        "repetition", "Needs served by two providers at once without a joint plan (F13).",
        (PERSON, Column("need", "the need"), PROVIDER, Column("first", "first day", ("start", "from")), Column("last", "last day; empty while it goes on", ("end", "to", "until"), needed=False), Column("joint", "yes where planned together", needed=False)),
        _repetition, "person,need,provider,first,last,joint\np1,speech,trust,2026-05-01,,no\np1,speech,school,2026-06-01,,no\np2,sleep,trust,2026-05-01,2026-06-01,no\n",
    ),
    Measure(
        "asked-again", "The same question to the same person within 90 days (F13).", (PERSON, Column("question", "the question or section", ("assessment", "section")), Column("date", "the day", ("day", "asked_on"))),
        _asked_again, "person,question,date\np1,housing,2026-01-01\np1,housing,2026-02-01\np2,housing,2026-02-01\n", (Option("days", "within how many days", int, 90),), aliases=("repeat-assessments",),
    ),
    Measure(
        "overlap", "Overlap of services (F13): Jaccard of the cells that each serves, and the money in shared cells at the smaller spend.",
        (
            Column("service", "the service", ("provider", "name")), Column("cell", "what it serves, in one word", ("item",), needed=False), *(Column(name, "part of the cell", needed=False) for name in CELL),
            Column("spend", "money in this cell", ("amount", "cost"), needed=False),
        ),
        _overlap, "service,need,area,spend\nA,speech,north,100\nA,sleep,north,50\nB,speech,north,80\n", aliases=("jaccard", "service-overlap"),
    ),
    Measure(
        "dose", "Dilution (F13): share of the planned dose delivered, and the effective number of providers.",
        (PROVIDER, Column("planned", "hours or visits planned", ("plan",)), Column("delivered", "hours or visits delivered", ("done", "actual"))),
        _dose, "need,provider,planned,delivered\nspeech,trust,2,1\nspeech,school,2,1\nspeech,charity,2,1\n", aliases=("dilution",), blocks=("person", "need"),
    ),
    Measure(
        "continuity", "Continuity (F13): COC, usual provider (UPC) and effective providers, for each person or for the whole file.",
        (PROVIDER, Column("contacts", "contacts with this provider; 1 a row if left out", ("visits", "n", "count"), needed=False)),
        _continuity, "person,provider,contacts\np1,nurse,6\np1,GP,3\np1,volunteer,1\np2,nurse,4\n", aliases=("coc", "upc", "continuity-of-care", "usual-provider", "effective-providers"), blocks=("person", "person_id", "patient"),
    ),
    Measure(
        "cross-effects", "Counter-productive help (F13): activities that two partners rate below zero for an objective, from -3 to +3.",
        (
            Column("activity", "the activity"), Column("objective", "the objective"), Column("partner", "who rates", ("rater", "agency")), Column("effect", "-3 to +3", ("rating", "score", "value")),
            Column("reported", "yes where a person reported contradictory advice", needed=False),
        ),
        _cross_effects, "activity,objective,partner,effect\neviction,stable home,council,-2\neviction,stable home,trust,-3\nadvice,stable home,trust,2\n", aliases=("counter-productive",),
    ),
    Measure(
        "information-lost", "Information lost (F14): loss rate, importance mismatch and kappa of sender and receiver. One pair of entry and partner a row.",
        (
            Column("end", "acknowledged, declined, withheld, expired or open", ("outcome", "status", "result")), Column("sender_important", "yes where the sender thought it important", ("sender",), needed=False),
            Column("receiver_used", "yes where the receiver used it", ("receiver", "used"), needed=False), Column("count", "how many such pairs; 1 if left out", ("n",), needed=False),
        ),
        _information_lost, "end,sender_important,receiver_used,count\nacknowledged,yes,yes,12\nacknowledged,no,yes,3\ndeclined,yes,no,3\nexpired,,,2\nwithheld,,,4\n", aliases=("loss", "information-loss"),
    ),
    Measure(
        "benefit-cost", "Cost and benefit (F15): benefit, net and benefit for each pound, per grade of evidence, never added across grades; net for each body.",
        (
            Column("kind", "cost or benefit", ("type", "line")), Column("amount", "money", ("value", "gbp", "pounds"), needed=False), Column("body", "who pays or gains", ("partner", "agency", "beneficiary"), needed=False),
            Column("hours", "hours, for costs of time", ("quantity", "units"), needed=False), Column("rate", "money for each hour or unit", ("unit_cost", "price"), needed=False),
            Column("grade", "for benefits: claimed, before-after, matched or trial", ("evidence", "evidence_grade"), needed=False), Column("cashable", "yes where a budget can be cut by it", needed=False),
            Column("correction", "share kept after correcting for hope, 0 to 1", needed=False),
        ),
        _benefit, "kind,body,amount,hours,rate,grade\ncost,social care,172500,,,\ncost,health,,1360,126.84,\nbenefit,social care,339000,,,claimed\nbenefit,health,616000,,,claimed\nbenefit,health,0,,,matched\n",
        (Option("outcomes", "outcomes reached, for the cost of each", int),), aliases=("cost", "cost-benefit", "bcr", "cba"),
    ),
)  # fmt: skip
