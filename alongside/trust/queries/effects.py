"""Reads of what works against what: the matrix of activities and objectives, who still has to say, what is taken on; and what a person was told that does not agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alongside.common import database
from alongside.common.access import Access
from alongside.common.decisions import NotKnown
from alongside.measures.cross_effects import AGREEING, CrossEffects, Rating, cross_effects
from alongside.trust.models import Activity, Contradiction, EffectPoint, EffectRating, EffectRound

UNDONE = f"""
SELECT 'rate', r.id, count(*)::int, r.closes_at, '' FROM effect_round r JOIN effects_unsaid(r.id, r.partnership_id) u ON u.agency = my_agency()
 WHERE r.partnership_id = %(place)s AND r.closes_at > %(at)s AND speaks_for(r.partnership_id, my_agency()) GROUP BY r.id, r.closes_at
UNION ALL SELECT 'effect', NULL, count(*)::int, min(e.due_on)::timestamptz, '' FROM effect_point e WHERE e.partnership_id = %(place)s AND e.ended_at IS NULL AND e.due_on < %(day)s HAVING count(*) > 0
UNION ALL SELECT 'undoes', NULL, count(*)::int, NULL, '' FROM (
        SELECT x.activity_id AS activity, u.objective FROM effect_rating x CROSS JOIN LATERAL unnest(x.objectives, x.effects) AS u(objective, effect)
         WHERE x.round_id = (SELECT r.id FROM effect_round r WHERE r.partnership_id = %(place)s AND r.closes_at <= %(at)s ORDER BY r.closes_at DESC LIMIT 1) AND u.effect < 0 GROUP BY 1, 2 HAVING count(*) >= {AGREEING}
        UNION SELECT activity, objective FROM reported_effects(%(place)s)) c
      WHERE NOT EXISTS (SELECT 1 FROM effect_point e WHERE e.activity_id = c.activity AND e.objective_id = c.objective
                           AND (e.ended_at IS NULL OR e.ended_at >= coalesce((SELECT max(r.closes_at) FROM effect_round r WHERE r.partnership_id = %(place)s AND r.closes_at <= %(at)s), '-infinity'))) HAVING count(*) > 0
"""
"""One question for the partnership's home (see `alongside.partnerships.queries.waiting`). That so many must concur is the measure's own number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one activity does to one objective: what each partner says (None: cannot say), whether it works against it, and who took that on."""

    activity: Activity
    objective_id: int
    said: tuple[tuple[str, int | None], ...] = ()
    mean: float | None = None
    against: int = 0
    reported: bool = False
    counter_productive: bool = False
    points: tuple[EffectPoint, ...] = ()
    """Everything that was ever taken on here, the newest first."""
    since: datetime | None = None

    @property
    def point(self) -> EffectPoint | None:
        return self.points[0] if self.points else None

    @property
    def wants_owner(self) -> bool:
        """It works against an objective, and nobody has taken it on, or ended it, since that was found."""
        return self.counter_productive and not (self.point and (self.point.ended_at is None or self.since is None or self.point.ended_at >= self.since))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every activity on every objective, as the last asking that has ended left it. `found` is None before the first has ended."""

    titles: dict[int, str]
    activities: tuple[Activity, ...]
    cells: dict[tuple[int, int], Cell]
    found: CrossEffects | None
    ratings: tuple[Rating, ...]
    last: EffectRound | None
    running: EffectRound | None
    pairs: tuple[tuple[str, str, int | None], ...]
    """By which two partners people were told different things in the last year, and how many were; None: fewer than five."""

    def worst_first(self) -> list[Cell]:
        """What works against an objective."""
        return sorted((cell for cell in self.cells.values() if cell.counter_productive), key=lambda cell: (cell.mean or 0, cell.activity.what))


def matrix(partnership_id: int, titles: dict[int, str], *, at: datetime) -> Matrix:
    """
    1. The last asking that has ended, and one that runs.
    2. What each partner said then, with what people reported, through the one formula of the measure (F13).
    3. A cell that people reported and nobody rated works against its objective as well; the formula rests on ratings, and does not count it.
    """
    rounds = list(EffectRound.objects.filter(partnership_id=partnership_id).order_by("-closes_at"))
    last, running = next((one for one in rounds if one.closes_at <= at), None), next((one for one in rounds if one.closes_at > at), None)
    activities = tuple(Activity.objects.filter(partnership_id=partnership_id, ended_at=None).select_related("agency").order_by("pk"))
    there, said = {one.pk for one in activities}, _said(last)
    reported, pairs = _heard(partnership_id)
    reported = {(activity, objective) for activity, objective in reported if activity in there and objective in titles}
    points: dict[tuple[int, int], tuple[EffectPoint, ...]] = {}
    for point in EffectPoint.objects.filter(partnership_id=partnership_id).select_related("owner__agency", "ended_by__agency").order_by("opened_at", "pk"):
        points[point.activity_id, point.objective_id] = (point, *points.get((point.activity_id, point.objective_id), ()))
    names = {one.pk: one.what for one in activities}
    shown = {key: given for key, given in said.items() if key[0] in names and key[1] in titles}
    ratings = tuple(
        Rating(names[key[0]], titles[key[1]], partner, effect, key in reported) for key, given in shown.items() for partner, effect in given if effect is not None
    )
    found = cross_effects(ratings) if ratings else None
    worked_out = {(cell.activity, cell.objective): cell for cell in found.cells} if found else {}
    cells = {}
    for activity in activities:
        for objective in titles:
            key, one = (activity.pk, objective), worked_out.get((activity.what, titles[objective]))
            cells[key] = Cell(
                activity, objective, tuple(shown.get(key, ())), one.mean if one else None, one.against if one else 0, key in reported, bool(one and one.counter_productive) or key in reported, points.get(key, ()),
                last.closes_at if last else None,
            )
    return Matrix(titles, activities, cells, found, ratings, last, running, pairs)


def _said(last: EffectRound | None) -> dict[tuple[int, int], list[tuple[str, int | None]]]:
    given: dict[tuple[int, int], list[tuple[str, int | None]]] = {}
    for row in EffectRating.objects.filter(round=last).select_related("agency").order_by("agency__name") if last else ():
        for objective, effect in zip(row.objectives, row.effects, strict=True):
            given.setdefault((row.activity_id, objective), []).append((row.agency.name, effect))
    return given


def _heard(partnership_id: int) -> tuple[set[tuple[int, int]], tuple[tuple[str, str, int | None], ...]]:
    """What people said of two different things: of which activity and objective, and by which two partners; nothing of whom."""
    rows = database.rows(
        """SELECT activity, objective, '', '', NULL::bigint FROM reported_effects(%(place)s)
           UNION ALL SELECT NULL, NULL, g.name, h.name, t.people FROM told_two_things(%(place)s) t JOIN agency g ON g.id = t.one JOIN agency h ON h.id = t.other ORDER BY 5 DESC NULLS LAST, 3, 4""",
        place=partnership_id,
    )
    return {(activity, objective) for activity, objective, *_ in rows if activity}, tuple((one, other, people) for activity, _, one, other, people in rows if not activity)


def activity(activity_id: int) -> Activity:
    return database.the_one(Activity.objects.filter(pk=activity_id, ended_at=None).select_related("agency", "partnership__lead_agency", "partnership__lead_practitioner"))


def last_point(activity_id: int, objective_id: int) -> EffectPoint:
    """What was taken on last, also once it has ended: the same end sent twice is one."""
    return database.the_one(EffectPoint.objects.filter(activity_id=activity_id, objective_id=objective_id).order_by("-opened_at", "-pk"))


def effect_round(round_id: int) -> EffectRound:
    return database.the_one(EffectRound.objects.filter(pk=round_id))


def may_end_effect(activity_id: int) -> bool:
    return bool(database.value("SELECT may_end_effect(%s)", activity_id))


def unsaid(one: EffectRound) -> tuple[dict[str, int], set[int]]:
    """How many activities each partner has still to say something of; and of which the reader's own has."""
    rows = database.rows("SELECT g.name, u.activity, u.agency = my_agency() FROM effects_unsaid(%s, %s) u JOIN agency g ON g.id = u.agency ORDER BY g.name", one.pk, one.partnership_id)
    counts: dict[str, int] = {}
    for name, _, _ in rows:
        counts[name] = counts.get(name, 0) + 1
    return counts, {activity_id for _, activity_id, own in rows if own}


def own_rating(round_id: int, activity_id: int, agency_id: int | None) -> dict[int, int | None]:
    """What the reader's own agency has said so far."""
    found = EffectRating.objects.filter(round_id=round_id, activity_id=activity_id, agency_id=agency_id).first()
    return dict(zip(found.objectives, found.effects, strict=True)) if found else {}


# -- what a person was told ---------------------------------------------------------------------------------------------------------------


def contradictions(access: Access) -> list[Contradiction]:
    """What was said of this in this record, as far as the reader may see it, newest first."""
    return list(Contradiction.objects.filter(person_id=access.person_id).select_related("one", "other", "written_by", "answered_by__agency").order_by("-made_at", "-pk"))


def contradiction(access: Access, contradiction_id: int) -> Contradiction:
    found: Contradiction | None = next((row for row in contradictions(access) if row.pk == contradiction_id), None)
    if found is None:
        raise NotKnown
    return found


def cells_of(agency_id: int | None) -> Iterator[tuple[tuple[int, int], str]]:
    """Every activity and objective of the partnerships that this agency belongs to, for whoever answers to choose from: ((activity, objective), words)."""
    rows = database.rows(
        """SELECT a.id, o.id, a.what || ', against: ' || w.title FROM partnership_activity a JOIN objective o ON o.partnership_id = a.partnership_id AND o.ended_at IS NULL
             JOIN LATERAL (SELECT x.title FROM objective_wording x WHERE x.objective_id = o.id ORDER BY x.number DESC LIMIT 1) w ON true
            WHERE a.ended_at IS NULL AND EXISTS (SELECT 1 FROM partner m WHERE m.partnership_id = a.partnership_id AND m.agency_id = %s AND m.left_at IS NULL) ORDER BY a.what, w.title""",
        agency_id,
    )
    yield from (((activity_id, objective_id), words) for activity_id, objective_id, words in rows)
