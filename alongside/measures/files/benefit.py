"""Files for F15: what it costs, what it brings, by how good the evidence is."""

from decimal import Decimal
from typing import Any

from alongside.measures.benefit import Benefit, Cost, Grade, benefit_beside_cost, cost, cost_per_outcome
from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.result import Unmeasurable

LINES = {"costs": "cost", "benefits": "benefit", "saving": "benefit", "savings": "benefit"}
GRADES = {"before after": Grade.BEFORE_AFTER, "claim": Grade.CLAIMED, "rct": Grade.TRIAL, "matched comparison": Grade.MATCHED}


def _benefit(given: Given, options: dict[str, Any]) -> Answer:
    kinds = [LINES.get(kind.lower(), kind.lower()) for kind in given.words("kind")]
    bodies = given.words("body") if given.has("body") else ["all"] * given.n
    amounts, hours, rates, kept = (
        given.money_or(name, otherwise) for name, otherwise in (("amount", Decimal(0)), ("hours", Decimal(0)), ("rate", Decimal(0)), ("correction", Decimal(1)))
    )
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


MEASURES = (
    Measure(
        "benefit-cost",
        "Cost and benefit (F15): benefit, net and benefit for each pound, per grade of evidence, never added across grades; net for each body.",
        (
            Column("kind", "cost or benefit", ("type", "line")),
            Column("amount", "money", ("value", "gbp", "pounds"), needed=False),
            Column("body", "who pays or gains", ("partner", "agency", "beneficiary"), needed=False),
            Column("hours", "hours, for costs of time", ("quantity", "units"), needed=False),
            Column("rate", "money for each hour or unit", ("unit_cost", "price"), needed=False),
            Column("grade", "for benefits: claimed, before-after, matched or trial", ("evidence", "evidence_grade"), needed=False),
            Column("cashable", "yes where a budget can be cut by it", needed=False),
            Column("correction", "share kept after correcting for hope, 0 to 1", needed=False),
        ),
        _benefit,
        "kind,body,amount,hours,rate,grade\ncost,social care,172500,,,\ncost,health,,1360,126.84,\nbenefit,social care,339000,,,claimed\nbenefit,health,616000,,,claimed\nbenefit,health,0,,,matched\n",
        (Option("outcomes", "outcomes reached, for the cost of each", int),),
        aliases=("cost", "cost-per-outcome", "cost-benefit", "bcr", "cba"),
    ),
)
