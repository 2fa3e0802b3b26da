"""Files for F13 and F14: repeated, diluted and counter-productive help; information lost."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from alongside.measures import continuity, cross_effects, repetition
from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.information_lost import End, Pair, information_lost
from alongside.measures.result import Unmeasurable

CELL = ("need", "eligibility", "area", "time")


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


def _summed(names: Iterable[str], amounts: Iterable[float]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for name, amount in zip(names, amounts, strict=True):
        found[name] += amount
    return dict(found)


PERSON = Column("person", "the person", ("person_id", "id"))
PROVIDER = Column("provider", "the provider", ("agency", "service", "practitioner", "doctor"))
MEASURES = (
    Measure(
        "repetition",
        "Needs served by two providers at once without a joint plan (F13).",
        (
            PERSON,
            Column("need", "the need"),
            PROVIDER,
            Column("first", "first day", ("start", "from")),
            Column("last", "last day; empty while it goes on", ("end", "to", "until"), needed=False),
            Column("joint", "yes where planned together", needed=False),
        ),
        _repetition,
        "person,need,provider,first,last,joint\np1,speech,trust,2026-05-01,,no\np1,speech,school,2026-06-01,,no\np2,sleep,trust,2026-05-01,2026-06-01,no\n",
    ),
    Measure(
        "asked-again",
        "The same question to the same person within 90 days (F13).",
        (PERSON, Column("question", "the question or section", ("assessment", "section")), Column("date", "the day", ("day", "asked_on"))),
        _asked_again,
        "person,question,date\np1,housing,2026-01-01\np1,housing,2026-02-01\np2,housing,2026-02-01\n",
        (Option("days", "within how many days", int, 90),),
        aliases=("repeat-assessments",),
    ),
    Measure(
        "overlap",
        "Overlap of services (F13): Jaccard of the cells that each serves, and the money in shared cells at the smaller spend.",
        (
            Column("service", "the service", ("provider", "name")),
            Column("cell", "what it serves, in one word", ("item",), needed=False),
            *(Column(name, "part of the cell", needed=False) for name in CELL),
            Column("spend", "money in this cell", ("amount", "cost"), needed=False),
        ),
        _overlap,
        "service,need,area,spend\nA,speech,north,100\nA,sleep,north,50\nB,speech,north,80\n",
        aliases=("jaccard", "service-overlap"),
    ),
    Measure(
        "dose",
        "Dilution (F13): share of the planned dose delivered, and the effective number of providers.",
        (PROVIDER, Column("planned", "hours or visits planned", ("plan",)), Column("delivered", "hours or visits delivered", ("done", "actual"))),
        _dose,
        "need,provider,planned,delivered\nspeech,trust,2,1\nspeech,school,2,1\nspeech,charity,2,1\n",
        aliases=("dilution",),
        blocks=("person", "need"),
    ),
    Measure(
        "continuity",
        "Continuity (F13): COC, usual provider (UPC) and effective providers, for each person or for the whole file.",
        (PROVIDER, Column("contacts", "contacts with this provider; 1 a row if left out", ("visits", "n", "count"), needed=False)),
        _continuity,
        "person,provider,contacts\np1,nurse,6\np1,GP,3\np1,volunteer,1\np2,nurse,4\n",
        aliases=("coc", "upc", "continuity-of-care", "usual-provider", "effective-providers"),
        blocks=("person", "person_id", "patient"),
    ),
    Measure(
        "cross-effects",
        "Counter-productive help (F13): activities that two partners rate below zero for an objective, from -3 to +3.",
        (
            Column("activity", "the activity"),
            Column("objective", "the objective"),
            Column("partner", "who rates", ("rater", "agency")),
            Column("effect", "-3 to +3", ("rating", "score", "value")),
            Column("reported", "yes where a person reported contradictory advice", needed=False),
        ),
        _cross_effects,
        "activity,objective,partner,effect\neviction,stable home,council,-2\neviction,stable home,trust,-3\nadvice,stable home,trust,2\n",
        aliases=("counter-productive",),
    ),
    Measure(
        "information-lost",
        "Information lost (F14): loss rate, importance mismatch and kappa of sender and receiver. One pair of entry and partner a row.",
        (
            Column("end", "acknowledged, declined, withheld, expired or open", ("outcome", "status", "result")),
            Column("sender_important", "yes where the sender thought it important", ("sender",), needed=False),
            Column("receiver_used", "yes where the receiver used it", ("receiver", "used"), needed=False),
            Column("count", "how many such pairs; 1 if left out", ("n",), needed=False),
        ),
        _information_lost,
        "end,sender_important,receiver_used,count\nacknowledged,yes,yes,12\nacknowledged,no,yes,3\ndeclined,yes,no,3\nexpired,,,2\nwithheld,,,4\n",
        aliases=("loss", "information-loss", "mismatch"),
    ),
)
