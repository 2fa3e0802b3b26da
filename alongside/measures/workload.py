"""F12: load beside capacity, worker by worker, so that work is shared by expertise and nobody is forgotten. Never a target, and never a league table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F12.1"
CAVEAT = "Points are indicative: travel, risk and supervision count, and each worker may contest them. There is no single safe number. Show the spread, not only the mean. All work is counted, so there is no interval."
FIXED, FULL_TIME, NEWLY_QUALIFIED = 15.0, 100.0, 0.9


@dataclass(frozen=True, slots=True)
class Case:
    """One piece of work: points `base` x `complexity` x (1 + `travel`) x `joint_share`, the share this worker carries."""

    base: float
    complexity: float = 1.0
    travel: float = 0.0
    joint_share: float = 1.0

    @property
    def points(self) -> float:
        if min(self.base, self.complexity, self.travel) < 0 or not 0 <= self.joint_share <= 1:
            raise Unmeasurable("Points, complexity and travel are zero or more, and a joint share is from 0 to 1.")
        return self.base * self.complexity * (1 + self.travel) * self.joint_share


@dataclass(frozen=True, slots=True)
class Worker:
    """`stage` is 1, or less for who is new (0.9 newly qualified); `extra` are points for other duties."""

    cases: Sequence[Case]
    fte: float = 1.0
    stage: float = 1.0
    extra: float = 0.0


@dataclass(frozen=True, slots=True)
class Spread:
    """How evenly work lies: each worker's utilisation, the highest, and the mean distance from the mean."""

    each: dict[str, Result]
    highest: Result
    unevenness: Result


def load(cases: Sequence[Case], *, extra: float = 0.0, fixed: float = FIXED) -> Result:
    """Fixed points + the points of the cases + extra duties. n is the cases.

    Source: measure F12 of this product, after schemes published by English councils.
    Example:
        >>> load([Case(5), Case(10, complexity=1.5, travel=0.1), Case(8, joint_share=0.5)], extra=4).value
        44.5
    """
    if extra < 0 or fixed < 0:
        raise Unmeasurable("Fixed points and extra duties cannot be below zero.")
    return measured("F12 load", VERSION, fixed + sum(case.points for case in cases) + extra, n=len(cases), inputs=cases, caveat=CAVEAT)


def capacity(fte: float, stage: float = 1.0, *, full_time: float = FULL_TIME) -> Result:
    """Full-time points x FTE x stage.

    Source: measure F12 of this product.
    Example:
        >>> capacity(0.8, NEWLY_QUALIFIED).value
        72.0
    """
    if not 0 < fte <= 2 or not 0 < stage <= 1 or full_time <= 0:
        raise Unmeasurable("FTE is above 0 (1 is full time), and stage above 0 and at most 1 (0.9 for newly qualified).")
    return measured("F12 capacity", VERSION, full_time * fte * stage, n=1, inputs=[(fte, stage)], caveat=CAVEAT)


def utilisation(worker: Worker, *, fixed: float = FIXED, full_time: float = FULL_TIME) -> Result:
    """Load / capacity: 1 is full. n is the cases.

    Source: measure F12 of this product.
    Example:
        >>> utilisation(Worker([Case(10)] * 7, fte=1.0, extra=5)).value
        0.9
    """
    held, able = load(worker.cases, extra=worker.extra, fixed=fixed), capacity(worker.fte, worker.stage, full_time=full_time)
    return measured("F12 utilisation", VERSION, float(held.value or 0) / float(able.value or 1), n=held.n, inputs=[worker], caveat=CAVEAT)


def spread(workers: Mapping[str, Worker], *, fixed: float = FIXED, full_time: float = FULL_TIME) -> Spread:
    """Utilisation of each worker, the highest of them, and the mean of |U - mean U|.

    Source: measure F12 of this product.
    Example:
        >>> found = spread({"A": Worker([Case(10)] * 6), "B": Worker([Case(10)] * 8)})
        >>> found.highest.value, round(found.unevenness.value, 10)
        (0.95, 0.1)
    """
    if not workers:
        raise Unmeasurable("There are no workers to compare.")
    each = {name: utilisation(worker, fixed=fixed, full_time=full_time).within(name) for name, worker in workers.items()}
    used = [float(found.value or 0) for found in each.values()]
    inputs = list(zip(workers, used))
    uneven = fmean(abs(u - fmean(used)) for u in used)
    return Spread(
        each, measured("F12 highest utilisation", VERSION, max(used), n=len(used), inputs=inputs, caveat=CAVEAT),
        measured("F12 unevenness of utilisation", VERSION, uneven, n=len(used), inputs=inputs, caveat=CAVEAT),
    )  # fmt: skip


def cases_per_worker(cases: float, fte: float) -> Result:
    """Cases held over the FTE of those who hold any, agency workers too; siblings count one by one.

    Source: Department for Education, children's social work workforce statistics, their definition.
    Example:
        >>> round(cases_per_worker(326_770, 20_296).value, 1)
        16.1
    """
    if cases < 0 or fte <= 0:
        raise Unmeasurable("Cases are zero or more, and the FTE of case holders is above zero.")
    return measured("F12 cases per worker", VERSION, cases / fte, n=round(cases), inputs=[(cases, fte)], caveat=CAVEAT)


def case_holders(cases: float, per_worker: float) -> Result:
    """The FTE of case holders that an average caseload implies.

    Source: Department for Education, the same definition turned round.
    Example:
        >>> round(case_holders(326_770, 16.1).value)
        20296
    """
    if cases < 0 or per_worker <= 0:
        raise Unmeasurable("Cases are zero or more, and cases per worker above zero.")
    return measured("F12 case holders", VERSION, cases / per_worker, n=round(cases), inputs=[(cases, per_worker)], caveat=CAVEAT)
