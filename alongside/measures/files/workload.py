"""Files for F12: load, capacity and utilisation; cases per worker."""

from collections import defaultdict
from typing import Any

from alongside.measures import workload
from alongside.measures.files.given import Column, Given
from alongside.measures.files.measure import Answer, Measure, Option
from alongside.measures.result import Unmeasurable


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


WORKER = Column("worker", "the worker", ("practitioner", "name", "who"))
MEASURES = (
    Measure(
        "workload",
        "Workload (F12): load, capacity and utilisation of each worker, the highest and the unevenness. One case a row.",
        (
            WORKER,
            Column("base", "points of the case before weighting; empty for a worker without cases", ("points", "weight"), needed=False),
            Column("complexity", "factor; 1 if left out", needed=False),
            Column("travel", "share added for travel; 0 if left out", needed=False),
            Column("joint_share", "share that this worker carries; 1 if left out", ("share",), needed=False),
            Column("fte", "1 is full time", needed=False),
            Column("stage", "1, or 0.9 for newly qualified", needed=False),
            Column("extra", "points for other duties", needed=False),
        ),
        _workload,
        "worker,base,complexity,travel,joint_share,fte,stage,extra\nA,10,1.5,0.1,1,1,1,5\nA,8,1,0,0.5,,,\nB,10,1,0,1,0.8,0.9,\n",
        (Option("fixed", "points that every worker has", float, workload.FIXED), Option("full-time", "points of a full-time worker", float, workload.FULL_TIME)),
        aliases=("load", "utilisation", "utilization"),
    ),
    Measure(
        "caseload",
        "Cases per worker (F12) as the DfE counts them (cases over FTE), or the number of case holders that an average implies.",
        (
            Column("cases", "cases held", ("children", "n")),
            Column("fte", "FTE of those who hold cases", ("workers", "case_holders"), needed=False),
            Column("per_worker", "average cases per worker", ("average", "average_caseload"), needed=False),
        ),
        _caseload,
        "area,cases,fte\nnorth,180,11\nsouth,320,19.5\n",
        aliases=("cases-per-worker", "case-holders"),
    ),
)
