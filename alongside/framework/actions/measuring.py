"""What the worker counts and measures: each day of sharing once and again while it can still change, then each partnership's behaviour from those counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean

from django.db import connection
from django.db.models import Min

from alongside.common import database
from alongside.common.london import london_day
from alongside.common.working_days import Calendar
from alongside.framework.facts import Figure
from alongside.framework.models import BehaviourFigure, CountedDay, PartnerAnswers, TiesFound
from alongside.framework.rules.behaviour import BY_ID
from alongside.framework.rules.complaints import Complained, half_took, in_time, in_words, owed
from alongside.framework.rules.durations import STEPS, half_within
from alongside.measures.information_lost import CAVEAT as LOST_CAVEAT
from alongside.measures.network import CAVEAT as TIES_CAVEAT
from alongside.measures.network import degree_centralisation, density, dyadic_reciprocity, pair_imbalances
from alongside.measures.proportion import wilson
from alongside.measures.result import Result
from alongside.partnerships import queries as partnerships
from alongside.partnerships.facts import ObjectiveFacts, Signed, Standing, Track
from alongside.partnerships.models import Partnership
from alongside.partnerships.rules.duties import dispute_clock
from alongside.partnerships.rules.objectives import track
from alongside.records.rules.kinds import entry_kinds

DAY = timedelta(days=1)
AT_ONCE, AGAIN, OLDEST_AGAIN = 31, 40, 2
A_YEAR, LATELY = 365, 90
STALE, SEVERAL = timedelta(seconds=50), 5
TIES_STALE, A_FEW = timedelta(minutes=5), 5
ASSESSMENTS = ("capacity_assessment", "strengths_needs_entry", "health_finding")
DESCRIPTIVE = "Descriptive: it says what was recorded, and explains nothing."


def count_what_passed(*, at: datetime) -> int:
    """
    1. Count the days not counted yet, the newest first, a month at once; how many is the answer, so that the worker comes back for the rest.
    2. When none is left, count again today and yesterday, days on which something is still open, and the two that were counted longest ago.
    """
    missing, today = _not_counted(at), london_day(at)
    if missing:
        stretch = [day for day in missing if missing[0] - day < AT_ONCE * DAY]
        _count(stretch[-1], stretch[0])
        return len(stretch)
    if not CountedDay.objects.exists():
        return 0
    still = CountedDay.objects.filter(still_open=True).order_by("counted_at").values_list("day", flat=True)[:AGAIN]
    oldest = CountedDay.objects.order_by("counted_at").values_list("day", flat=True)[:OLDEST_AGAIN]
    for day in sorted({today, today - DAY, *still, *oldest}):
        _count(day, day)
    return 0


def measure(*, at: datetime) -> int:
    """
    1. Nothing before every day has been counted once: half a year would look like a whole one.
    2. What each partnership does, from the counts of a year: those whose figures are oldest first; the last figure of a day is kept.
    3. How each agency answers what comes to it, from the counts of ninety days.
    """
    if _not_counted(at):
        return 0
    measured = {row.partnership_id: row.computed_at for row in BehaviourFigure.objects.filter(behaviour="density").order_by("partnership_id", "-day").distinct("partnership_id")}
    due = [one for one in Partnership.objects.filter(stage="active").order_by("pk") if at - measured.get(one.pk, at - DAY) >= STALE]
    for one in sorted(due, key=lambda one: measured.get(one.pk, at - DAY))[:SEVERAL]:
        keep(one.pk, figures_of(one.pk, at=at), at=at)
    keep_answers(at=at)
    return 0


# -- one partnership ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sharing:
    """What passed from one agency to another under this partnership's agreements in a year."""

    sender: int
    receiver: int
    sent: int
    declined: int
    answered: int
    late: int
    not_late: int
    pairs: int
    lost: int
    withheld: int
    running: int
    hours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a partnership's figures are worked out from."""

    partnership_id: int
    first: date
    last: date
    at: datetime
    partners: tuple[int, ...]
    sharing: tuple[Sharing, ...]

    def total(self, what: Callable[[Sharing], int]) -> int:
        return sum(map(what, self.sharing))

    def traffic(self) -> dict[tuple[str, str], float]:
        """How much went from one partner to another; what passed with an agency that is a partner no more is left out."""
        return {(str(one.sender), str(one.receiver)): one.sent for one in self.sharing if one.sent and {one.sender, one.receiver} <= set(self.partners)}

    def figure(self, behaviour: str, value: float | None, n: int, interval: tuple[float, float] | None = None, caveat: str = DESCRIPTIVE) -> Figure:
        low, high = interval or (None, None)
        return Figure(behaviour, value, low, high, n, BY_ID[behaviour].formula, caveat, self.first, self.last, self.at)

    def measured(self, behaviour: str, found: Result, *, n: int) -> Figure:
        """What a formula of the house found; `n` in the words of the registry."""
        return self.figure(behaviour, None if found.value is None else float(found.value), n, caveat=found.caveat)

    def share(self, behaviour: str, count: int, n: int, caveat: str = DESCRIPTIVE) -> Figure:
        """A proportion with Wilson's interval."""
        return self.figure(behaviour, count / n if n else None, n, wilson(count, n) if n else None, caveat)


Source = Callable[[Seen], Iterable[Figure]]


def answering(seen: Seen) -> Iterable[Figure]:
    answered, late = seen.total(lambda one: one.answered), seen.total(lambda one: one.late)
    hours = [sum(column) for column in zip(*(one.hours for one in seen.sharing), strict=True)] if seen.sharing else []
    yield seen.share("late", late, late + seen.total(lambda one: one.not_late))
    yield seen.share("acknowledged", answered - seen.total(lambda one: one.declined), late + seen.total(lambda one: one.not_late))
    yield seen.figure("half_within", half_within(hours), answered)
    yield seen.share("sent_back", seen.total(lambda one: one.declined), answered)
    ended = seen.total(lambda one: one.pairs - one.withheld - one.running)
    yield seen.share("lost", seen.total(lambda one: one.lost), ended, LOST_CAVEAT)


def network(seen: Seen) -> Iterable[Figure]:
    traffic, partners = seen.traffic(), [str(partner) for partner in seen.partners]
    if len(partners) < 3 or not seen.sharing:
        return
    uneven = [float(found.value or 0) for found in pair_imbalances(traffic).values()]
    yield seen.measured("reciprocity", dyadic_reciprocity(traffic), n=len(uneven))
    yield seen.figure("imbalance", fmean(uneven) if uneven else None, len(uneven), caveat=TIES_CAVEAT)
    yield seen.measured("density", density(traffic, partners), n=len(partners) * (len(partners) - 1) // 2)
    yield seen.measured("centralisation", degree_centralisation(traffic, partners), n=len(partners))


def agreeing(seen: Seen) -> Iterable[Figure]:
    in_force = [one for one in partnerships.agreements(seen.partnership_id, drafts=False) if partnerships.stands(one, seen.at) is Standing.IN_FORCE]
    signed = {party.agency_id for one in in_force for party in one.parties.all() if partnerships.party_facts(party).says is Signed.YES}
    yield seen.share("signed", len(signed & set(seen.partners)), len(seen.partners))
    yield seen.share("reviewed", sum(one.review_on > london_day(seen.at) for one in in_force), len(in_force))
    said = {need.agency_id for need in partnerships.needs(seen.partnership_id)}
    yield seen.share("needs_said", len(said & set(seen.partners)), len(seen.partners))


def assessing(seen: Seen) -> Iterable[Figure]:
    repeated, assessments = database.row("SELECT repeated, assessments FROM assessed_again(%s, %s, %s)", seen.partnership_id, list(ASSESSMENTS), seen.at - A_YEAR * DAY)
    yield seen.share("repeated", repeated, assessments, "Only kinds of entry that are assessments: strengths and needs, health findings, mental capacity. A second look can be right; this counts, and does not judge.")


def elsewhere(seen: Seen) -> Iterable[Figure]:
    """What trust, the board, the open book and those who listen to the public know, as so many of so many."""
    for behaviour, kept, n in database.rows("SELECT behaviour, kept, n FROM behaviour_elsewhere(%s, %s, %s)", seen.partnership_id, seen.first, seen.last):
        if n:
            yield seen.share(behaviour, kept, n)


def reaching(seen: Seen) -> Iterable[Figure]:
    found = [
        track(ObjectiveFacts(title, baseline=baseline, baseline_on=baseline_on, target=target, target_on=target_on), list(zip(days, readings, strict=True)), seen.last)
        for title, baseline, baseline_on, target, target_on, days, readings in database.rows("SELECT title, baseline, baseline_on, target, target_on, days, readings FROM objectives_read(%s)", seen.partnership_id)
    ]  # fmt: skip
    judged = [one for one in found if one is not Track.NOT_KNOWN]
    if judged:
        yield seen.share("objectives", sum(one in (Track.ON, Track.REACHED) for one in judged), len(judged))


def reconciling(seen: Seen) -> Iterable[Figure]:
    """What came of the money that was due, in pounds."""
    due, came, n = database.row("SELECT due, came, n FROM money_due(%s, %s, %s)", seen.partnership_id, seen.first, seen.last)
    if due:
        yield seen.figure("reconciled", float(came / due), n)


def complaining(seen: Seen) -> Iterable[Figure]:
    """How complaints were answered; a dispute about who acts has the chair's clock, in the partnership's own calendar."""
    calendar = Calendar.of(partnerships.partnership(seen.partnership_id).area)
    made = [Complained(where, made_at, due_at or dispute_clock(made_at, made_at + A_YEAR * DAY, calendar).due, answered_at) for where, made_at, due_at, answered_at in database.rows("SELECT place, made_at, due_at, answered_at FROM complaints_of(%s, %s)", seen.partnership_id, seen.first)]
    waited = owed(made, seen.at)
    if waited:
        yield seen.share("complaints", in_time(waited), len(waited), in_words(made))
    answered = [one for one in made if one.answered_at]
    if answered:
        yield seen.figure("complaint_days", half_took(answered), len(answered))


SOURCES: list[Source] = [answering, network, agreeing, assessing, elsewhere, reaching, reconciling, complaining]
"""Where figures come from. A behaviour that none of them yields is not known yet, and the pages say so."""


def figures_of(partnership_id: int, *, at: datetime) -> list[Figure]:
    """Every figure that can be worked out now of one partnership, over the last year."""
    last = london_day(at)
    first = last - A_YEAR * DAY
    partners = tuple(one.agency_id for one in partnerships.partners(partnership_id))
    seen = Seen(partnership_id, first, last, at, partners, tuple(_sharing(partnership_id, first)))
    return [figure for source in SOURCES for figure in source(seen)]


def keep(partnership_id: int, figures: Iterable[Figure], *, at: datetime) -> None:
    """Write down a day's figures; a later one of the same day takes the place of the former."""
    rows = [
        BehaviourFigure(
            partnership_id=partnership_id, behaviour=one.behaviour, day=one.last, value=one.value, low=one.low, high=one.high, n=one.n, formula=one.formula, caveat=one.caveat,
            first=one.first, last=one.last, computed_at=at,
        )
        for one in figures
    ]  # fmt: skip
    BehaviourFigure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["partnership", "behaviour", "day"],
        update_fields=["value", "low", "high", "n", "formula", "caveat", "first", "last", "computed_at"],
    )  # fmt: skip


# -- who is tied to whom ------------------------------------------------------------------------------------------------------------------


def find_ties(*, at: datetime) -> int:
    """Of the partnerships at work whose ties were found longest ago, a few; gives how many. A page shows what was found, and as of when."""
    found = dict(TiesFound.objects.values_list("partnership_id").annotate(Min("computed_at")))
    due = [place for place in Partnership.objects.filter(stage="active").order_by("pk").values_list("pk", flat=True) if at - found.get(place, at - DAY) >= TIES_STALE]
    for place in sorted(due, key=lambda place: found.get(place, at - DAY))[:A_FEW]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT keep_ties(%s, %s, %s)", [place, london_day(at) - A_YEAR * DAY, at])
    return len(due[:A_FEW])


# -- each agency --------------------------------------------------------------------------------------------------------------------------


def keep_answers(*, at: datetime) -> None:
    until = london_day(at)
    since = until - LATELY * DAY
    rows = [
        PartnerAnswers(
            agency_id=agency, since=since, until=until, sent=sent, acknowledged=acknowledged, declined=declined, late=late, half_hours=half_within(hours), pairs=pairs, lost=lost, computed_at=at,
        )
        for agency, sent, acknowledged, declined, late, pairs, lost, *hours in _lately(since)
    ]  # fmt: skip
    PartnerAnswers.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["agency"],
        update_fields=["since", "until", "sent", "acknowledged", "declined", "late", "half_hours", "pairs", "lost", "computed_at"],
    )  # fmt: skip


_HOURS = ", ".join(f"sum(d.hours[{place}])::integer" for place in range(1, len(STEPS) + 2))


def _sharing(partnership_id: int, since: date) -> Iterable[Sharing]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH way AS MATERIALIZED (
                SELECT DISTINCT f.from_agency_id, f.to_agency_id, f.purpose FROM flow f JOIN sharing_agreement a ON a.id = f.agreement_id WHERE a.partnership_id = %s)
            SELECT d.from_agency, d.to_agency, sum(d.sent), sum(d.declined), sum(d.answered), sum(d.late), sum(d.not_late), sum(d.pairs), sum(d.lost), sum(d.withheld), sum(d.running), {_HOURS}
              FROM sharing_day d JOIN way ON way.from_agency_id = d.from_agency AND way.to_agency_id = d.to_agency AND way.purpose = d.purpose
             WHERE d.day >= %s GROUP BY d.from_agency, d.to_agency""",
            [partnership_id, since],
        )
        for sender, receiver, sent, declined, answered, late, not_late, pairs, lost, withheld, running, *hours in cursor.fetchall():
            yield Sharing(sender, receiver, sent, declined, answered, late, not_late, pairs, lost, withheld, running, tuple(hours))


def _lately(since: date) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT d.to_agency, sum(d.sent), sum(d.acknowledged) + sum(d.decided), sum(d.declined), sum(d.late), sum(d.pairs - d.withheld - d.running), sum(d.lost), {_HOURS}
              FROM sharing_day d WHERE d.day >= %s GROUP BY d.to_agency""",
            [since],
        )
        return cursor.fetchall()


def _not_counted(at: datetime) -> list[date]:
    """The days since anything passed that have not been counted yet, the newest first."""
    first, today = _first_day(), london_day(at)
    if first is None:
        return []
    counted = set(CountedDay.objects.filter(day__gte=first).values_list("day", flat=True))
    return [day for day in (today - number * DAY for number in range((today - first).days + 1)) if day not in counted]


def _first_day() -> date | None:
    found: date | None = database.value("SELECT first_day_of_sharing()")
    return found


def _count(first: date, last: date) -> None:
    database.value("SELECT count_sharing(%s, %s, %s, %s)", first, last, list(STEPS), [one.code for one in entry_kinds().values() if "referrals" in one.tags])


def reveal_what_is_due() -> int:
    """The scores of runs whose day has passed come to light."""
    return int(database.value("SELECT reveal_due_runs()"))

