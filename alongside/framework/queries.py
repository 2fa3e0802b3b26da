"""Reads of the framework: what guidance says, how a run stands, what partners said after the reveal, and what they did as the worker last found it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, OuterRef, Prefetch, Subquery, Window
from django.db.models.functions import RowNumber

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.framework.facts import Answer, Depth, Figure, GateState, Kind, Option, Said, SheetState, Text, Told
from alongside.framework.models import (
    BehaviourFigure,
    Condition,
    GateAnswer,
    Guidance,
    GuidanceHandOver,
    GuidanceReview,
    PartnerAnswers,
    Recommendation,
    Run,
    Score,
    TiesFound,
    Vote,
)
from alongside.framework.rules.guidance import gates_at, statements_at, text_of
from alongside.framework.rules.said import summed_up

# -- guidance -----------------------------------------------------------------------------------------------------------------------------


def guidance_versions() -> list[Guidance]:
    """Every published version, the newest first, each with its day of review: the last one that was set."""
    last = GuidanceReview.objects.filter(guidance=OuterRef("pk")).order_by("-pk").values("review_on")[:1]
    return list(Guidance.objects.select_related("owner", "agency").annotate(next_review=Subquery(last)).order_by("-version"))


def guidance_in_force() -> Guidance | None:
    return next(iter(guidance_versions()), None)


def guidance(version: int) -> Guidance:
    """One version. Raises NotKnown for none."""
    found = next((one for one in guidance_versions() if one.version == version), None)
    if found is None:
        raise NotKnown
    return found


def review_day(one: Guidance) -> date:
    return getattr(one, "next_review", None) or one.review_on


def reviews(one: Guidance) -> list[GuidanceReview]:
    return list(GuidanceReview.objects.filter(guidance=one).select_related("by").order_by("-pk"))


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whether the reader may publish guidance and hand it over, and who owns it now; None while there is none."""

    may_publish: bool
    may_hand_over: bool
    owner_id: int | None


def ownership() -> Ownership:
    """Asked of the database, which asks again at each door."""
    return Ownership(*database.row("SELECT may_publish_guidance(), may_hand_over_guidance(), guidance_owner()"))


def may_publish() -> bool:
    return ownership().may_publish


def hand_overs() -> list[GuidanceHandOver]:
    """From whom to whom the guidance went, the latest first."""
    return list(GuidanceHandOver.objects.select_related("owner__agency", "former__agency", "by").order_by("-pk"))


@dataclass(frozen=True, slots=True)
class LastRun:
    """By which version of the guidance a partnership was last tested or examined; None: never."""

    partnership_id: int
    name: str
    stage: str
    version: int | None
    kind: str | None
    started_at: datetime | None


def last_runs() -> list[LastRun]:
    return [LastRun(*row) for row in database.rows("SELECT partnership_id, name, stage, version, kind, started_at FROM last_runs()")]


# -- runs ---------------------------------------------------------------------------------------------------------------------------------


def runs(partnership_id: int) -> list[Run]:
    """Every test and examination of a partnership that the reader may read, the latest first."""
    return list(Run.objects.filter(partnership_id=partnership_id).select_related("guidance", "started_by").order_by("-started_at", "-pk"))


def run(run_id: int) -> Run:
    """One run. Raises NotKnown for none, and for one that is not the reader's to read."""
    return database.the_one(Run.objects.filter(pk=run_id).select_related("guidance", "partnership", "started_by"))


def takes_part(partnership_id: int) -> bool:
    """Whether the reader leads the partnership or speaks for one of its partners."""
    return bool(database.value("SELECT takes_part(%s)", partnership_id))


def text_of_run(one: Run) -> Text:
    return text_of(one.guidance.content)


def revealed(one: Run, at: datetime) -> bool:
    return one.revealed_at is not None or one.scores_due <= at


def gates(one: Run) -> list[GateState]:
    """Every gate of a run in the guidance's order, with its latest answer."""
    latest = GateAnswer.objects.filter(run=one).annotate(place=Window(RowNumber(), partition_by="gate", order_by=F("pk").desc())).filter(place=1).select_related("by__agency")
    found = {answer.gate: answer for answer in latest}
    return [
        GateState(gate, Answer(found[gate.id].answer), found[gate.id].evidence, f"{found[gate.id].by.name}, {found[gate.id].by.agency.name}", found[gate.id].at) if gate.id in found else GateState(gate)
        for gate in gates_at(text_of_run(one), Depth(one.depth))
    ]  # fmt: skip


def sheets(one: Run) -> list[SheetState]:
    """Who has sent in their scores, by agency and role."""
    return [SheetState(*row) for row in database.rows("SELECT agency_id, agency, role, begun, sent_in, mine FROM sheets_of(%s)", one.pk)]


def own_scores(one: Run, actor: Actor) -> Mapping[str, Score]:
    """What the reader has scored in a run, by statement; nothing of anybody else's."""
    return {score.statement: score for score in Score.objects.filter(sheet__run=one, sheet__scorer_id=actor.practitioner_id)}


def said(one: Run, partners: int) -> list[Said]:
    """What partners said of each principle; nothing of any before the reveal, and of what too few said no more than that."""
    text = text_of_run(one)
    return summed_up(text.principles, statements_at(text, Depth(one.depth)), told(one), partners=partners)


def told(one: Run) -> Told:
    """After the reveal: what the database tells of the scores."""
    answered: dict[str, int] = {}
    means: dict[str, float] = {}
    tallies: dict[str, dict[int, int]] = defaultdict(dict)
    statements: dict[str, dict[int, int]] = defaultdict(dict)
    for principle, statement, value, times, mean in database.rows("SELECT principle, statement, value, times, mean FROM said_in(%s)", one.pk):
        if value is None:
            answered[principle] = times
            if mean is not None:
                means[principle] = float(mean)
        elif statement is None:
            tallies[principle][value] = times
        else:
            statements[statement][value] = times
    return Told(answered, means, tallies, statements)


def notes_of(one: Run) -> dict[str, list[str]]:
    """After the reveal: what partners wrote beside a statement, without saying who."""
    notes: dict[str, list[str]] = defaultdict(list)
    for statement, note in database.rows("SELECT statement, note FROM notes_of(%s)", one.pk):
        notes[statement].append(note)
    return notes


def recommendations(one: Run) -> list[Recommendation]:
    """What was put to the partners, the latest first, each with what partners said of it and its conditions."""
    votes, conditions = Vote.objects.select_related("agency", "by").order_by("at"), Condition.objects.select_related("agency", "met_by").order_by("due_on", "pk")
    return list(one.recommendations.select_related("by").prefetch_related(Prefetch("votes", votes), Prefetch("conditions", conditions)).order_by("-pk"))


def standing(found: list[Recommendation]) -> Recommendation | None:
    """The recommendation that stands, of a run's: the latest, unless it fell."""
    return found[0] if found and found[0].fell_at is None else None


def condition(condition_id: int) -> Condition:
    """One condition. Raises NotKnown for none."""
    return database.the_one(Condition.objects.filter(pk=condition_id).select_related("recommendation__run__partnership", "agency"))


def open_conditions(partnership_id: int) -> list[Condition]:
    """Conditions of what was decided that nobody has met yet, the soonest first."""
    waiting = Condition.objects.filter(recommendation__run__partnership_id=partnership_id, recommendation__run__decided_at__isnull=False, met_at__isnull=True)
    decided = waiting.filter(recommendation__run__decision=F("recommendation__option"), recommendation__fell_at__isnull=True)
    return list(decided.select_related("agency", "recommendation__run").order_by("due_on", "pk"))


def kind_of(one: Run) -> Kind:
    return Kind(one.kind)


def decision_of(one: Run) -> Option | None:
    return Option(one.decision) if one.decision else None


WAITING = """
SELECT 'score', r.id, 1, r.scores_due, r.kind FROM framework_run r
 WHERE r.partnership_id = %(place)s AND r.decided_at IS NULL AND r.closed_at IS NULL AND r.revealed_at IS NULL AND r.scores_due > %(at)s
   AND NOT EXISTS (SELECT 1 FROM score_sheet s WHERE s.run_id = r.id AND s.scorer_id = %(me)s AND s.sent_in_at IS NOT NULL)
UNION ALL SELECT 'recommend', r.id, 1, coalesce(r.revealed_at, r.scores_due), r.kind FROM framework_run r
 WHERE r.partnership_id = %(place)s AND r.decided_at IS NULL AND r.closed_at IS NULL AND (r.revealed_at IS NOT NULL OR r.scores_due <= %(at)s)
   AND NOT EXISTS (SELECT 1 FROM recommendation c WHERE c.run_id = r.id AND c.fell_at IS NULL)
UNION ALL SELECT 'decide', r.id, 1, c.at, c.option FROM framework_run r JOIN recommendation c ON c.id = (SELECT max(x.id) FROM recommendation x WHERE x.run_id = r.id) AND c.fell_at IS NULL
 WHERE r.partnership_id = %(place)s AND r.decided_at IS NULL AND r.closed_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM recommendation_vote v JOIN practitioner w ON w.agency_id = v.agency_id WHERE v.recommendation_id = c.id AND w.id = %(me)s)
UNION ALL SELECT 'condition', r.id, 1, k.due_on::timestamptz, k.words FROM framework_run r JOIN recommendation c ON c.run_id = r.id AND c.option = r.decision AND c.fell_at IS NULL
       JOIN run_condition k ON k.recommendation_id = c.id AND k.met_at IS NULL
 WHERE r.partnership_id = %(place)s AND r.decided_at IS NOT NULL AND k.due_on <= %(day)s + 30
UNION ALL SELECT 'examine', s.id, 1, last.begun + %(year)s, '' FROM partnership s CROSS JOIN LATERAL (SELECT max(r.started_at) AS begun FROM framework_run r WHERE r.partnership_id = s.id AND r.closed_at IS NULL) last
 WHERE s.id = %(place)s AND s.stage = 'active' AND s.lead_practitioner_id = %(me)s AND last.begun < %(at)s - %(year)s
UNION ALL SELECT 'guidance', g.version, 1, due.day::timestamptz, '' FROM guidance g
       CROSS JOIN LATERAL (SELECT coalesce((SELECT w.review_on FROM guidance_review w WHERE w.guidance_id = g.id ORDER BY w.id DESC LIMIT 1), g.review_on) AS day) due
 WHERE g.version = (SELECT max(version) FROM guidance) AND due.day <= %(day)s AND (g.owner_id = %(me)s OR EXISTS (SELECT 1 FROM partnership s WHERE s.id = %(place)s AND s.stage = 'active' AND s.lead_practitioner_id = %(me)s))
"""
"""What waits in the framework, as `alongside.partnerships.queries.waiting` asks it together with what waits elsewhere."""


# -- what partners do ---------------------------------------------------------------------------------------------------------------------


def figures(partnership_id: int, *, until: datetime | None = None) -> dict[str, Figure]:
    """The last figure of each behaviour, or the last as it stood at a moment; where nothing had been measured by then, the first that was."""
    found = BehaviourFigure.objects.filter(partnership_id=partnership_id)
    if until is not None:
        before = found.filter(day__lte=london_day(until))
        found = before | found.filter(day=Subquery(found.order_by("day").values("day")[:1]))
    return {
        row.behaviour: Figure(row.behaviour, row.value, row.low, row.high, row.n, row.formula, row.caveat, row.first, row.last, row.computed_at)
        for row in found.order_by("behaviour", "-day").distinct("behaviour")
    }


def partner_answers(agencies: list[int]) -> dict[int, PartnerAnswers]:
    """How each of these agencies answered what came to it lately, as the worker last found it; those that the reader sits with."""
    return {row.agency_id: row for row in PartnerAnswers.objects.filter(agency_id__in=agencies)}


def ties_found(partnership_id: int, kind: str) -> TiesFound | None:
    """One kind of tie as the worker last found it; None where it has not looked yet, or for whoever does not sit at the table."""
    return TiesFound.objects.filter(partnership_id=partnership_id, kind=kind).first()


def ties(partnership_id: int, *, since: date) -> dict[str, dict[tuple[int, int], Decimal]]:
    """Who is tied to whom, by kind of tie (shares, referrals, help, money): how much went from one agency to another. Nothing for whoever does not belong."""
    found: dict[str, dict[tuple[int, int], Decimal]] = defaultdict(dict)
    for kind, sender, receiver, amount in database.rows("SELECT kind, sender, receiver, amount FROM ties_of(%s, %s)", partnership_id, since):
        found[kind][sender, receiver] = amount
    return found
