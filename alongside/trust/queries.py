"""Reads of trust: what is open to the members of a partnership, and what is only ever a total."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.measures.proportion import proportion
from alongside.measures.result import Result
from alongside.measures.trust import trust
from alongside.trust.facts import TRUST, Item, Kept, Level, PromiseFacts
from alongside.trust.models import DecisionNote, Disagreement, Guess, PerspectiveExercise, ProfessionalView, Promise, PromiseEvent, PulseAnswer, PulseRound
from alongside.trust.rules.perspective import mean_nearness
from alongside.trust.rules.promises import promises_kept

YEAR = timedelta(days=365)
BETWEEN_PARTNERS = """
SELECT 'pulse', r.id, 1, r.closes_at, '' FROM pulse_round r WHERE r.partnership_id = %(place)s AND r.closes_at > %(at)s AND NOT EXISTS (SELECT 1 FROM pulse_answer a WHERE a.round_id = r.id AND a.rater_id = %(me)s)
UNION ALL SELECT 'promise', o.id, 1, o.due_on::timestamptz, b.name FROM promise o JOIN agency b ON b.id = o.by_agency_id WHERE o.partnership_id = %(place)s AND o.kept = 'open' AND o.due_on < %(day)s
UNION ALL SELECT 'difference', d.id, 1, d.due_at, d.settled FROM disagreement d WHERE d.partnership_id = %(place)s AND d.settled IN ('open', 'escalated') AND d.due_at < %(at)s
UNION ALL SELECT 'guess', e.id, 1, e.closes_at, g.name FROM perspective_exercise e JOIN agency g ON g.id = e.agency_id WHERE e.partnership_id = %(place)s AND e.closes_at > %(at)s
      AND NOT EXISTS (SELECT 1 FROM perspective_guess x WHERE x.exercise_id = e.id AND x.guesser_id = %(me)s) AND NOT EXISTS (SELECT 1 FROM practitioner w WHERE w.id = %(me)s AND w.agency_id = e.agency_id)
UNION ALL SELECT 'no_pulse', s.id, 1, last.closed + %(year)s, '' FROM partnership s CROSS JOIN LATERAL (SELECT max(r.closes_at) AS closed FROM pulse_round r WHERE r.partnership_id = s.id) last
      WHERE s.id = %(place)s AND s.stage = 'active' AND s.lead_practitioner_id = %(me)s AND last.closed < %(at)s - %(year)s
"""
"""One question for the partnership's home (see `alongside.partnerships.queries.waiting`)."""

STILL_PROMISED = "SELECT 'promise', NULL::bigint, count(*)::int, min(o.due_on)::timestamptz, '' FROM promise o WHERE o.partnership_id = %(place)s AND o.kept = 'open' HAVING count(*) > 0"
"""What is promised and not settled, however long it still has."""


# -- the pulse ----------------------------------------------------------------------------------------------------------------------------


def pulse_rounds(partnership_id: int) -> list[PulseRound]:
    """Every round, the newest first."""
    return list(PulseRound.objects.filter(partnership_id=partnership_id).order_by("-closes_at"))


def pulse_round(round_id: int) -> PulseRound:
    """Raises NotKnown for none, and for whoever does not belong to its partnership."""
    return database.the_one(PulseRound.objects.filter(pk=round_id))


def my_answers(actor: Actor, round_id: int) -> dict[int, list[int]]:
    """What the reader has said in this round, by agency; their own alone."""
    return dict(PulseAnswer.objects.filter(round_id=round_id, rater_id=actor.practitioner_id).values_list("about_id", "items"))


def pulse_turnout(round_id: int) -> tuple[int, int]:
    """How many people have answered, of how many agencies."""
    return database.row("SELECT people, agencies FROM pulse_turnout(%s)", round_id)


@dataclass(frozen=True, slots=True)
class Said:
    """What came out of one round for one partner. A result without a value rests on fewer than five people."""

    trust: Result
    value: Result


def pulse_results(round_id: int) -> tuple[dict[int, Said], dict[int, Result]]:
    """What was said of each partner, and how each rates the others; nothing before the close."""
    received, given = {}, {}
    for side, agency, items in database.rows("SELECT * FROM pulse_totals(%s)", round_id):
        rows = json.loads(items or "[]")
        if side == "received":
            cut = len(TRUST)
            received[agency] = Said(trust([row[:cut] for row in rows], name="trust received"), trust([row[cut:] for row in rows], name="value received"))
        else:
            given[agency] = trust(rows, name="trust given")
    return received, given


# -- promises -----------------------------------------------------------------------------------------------------------------------------


def promises(partnership_id: int, *, events: bool = True) -> list[Promise]:
    """Every promise, with what was said of it unless that is not wanted; what is open comes first, then by the day it was due."""
    said = [Prefetch("events", PromiseEvent.objects.select_related("by__agency").order_by("at", "pk"))] if events else []
    found = Promise.objects.filter(partnership_id=partnership_id).select_related("by_agency", "to_agency").prefetch_related(*said)
    return sorted(found, key=lambda one: (one.kept != Kept.OPEN, one.due_on if one.kept == Kept.OPEN else date.max - (one.due_on - date.min), one.pk))


def promise(promise_id: int) -> Promise:
    return database.the_one(Promise.objects.filter(pk=promise_id).select_related("by_agency", "to_agency"))


def kept_by(rows: list[Promise], on: date) -> tuple[Result | None, Mapping[str, Result | None]]:
    """How many promises of the last year were kept: of all partners, and of each."""
    lately = [row for row in rows if row.due_on > on - YEAR]
    facts = {row.pk: PromiseFacts(row.due_on, row.done_on, Kept(row.kept)) for row in lately}
    names = sorted({row.by_agency.name for row in lately})
    return promises_kept(facts.values(), on), {name: promises_kept([facts[row.pk] for row in lately if row.by_agency.name == name], on) for name in names}


# -- each other's pressures ---------------------------------------------------------------------------------------------------------------


def exercises(partnership_id: int) -> list[PerspectiveExercise]:
    """Every exercise, the newest first; the order of the pressures stays sealed."""
    return list(PerspectiveExercise.objects.filter(partnership_id=partnership_id).select_related("agency").defer("order").order_by("-closes_at"))


def exercise(exercise_id: int) -> PerspectiveExercise:
    return database.the_one(PerspectiveExercise.objects.filter(pk=exercise_id).select_related("agency").defer("order"))


def my_guess(actor: Actor, exercise_id: int) -> list[int] | None:
    found: list[int] | None = Guess.objects.filter(exercise_id=exercise_id, guesser_id=actor.practitioner_id).values_list("order", flat=True).first()
    return found


def true_order(exercise_id: int) -> list[int] | None:
    """The order in which the pressures weigh; None before the close, but for the agency itself."""
    found: list[int] | None = database.value("SELECT true_order(%s)", exercise_id)
    return found


def nearness_of(exercise_id: int) -> tuple[float | None, int]:
    """The mean nearness of all guesses and how many there were; (None, 0) before the close and below five guesses."""
    return nearness_of_each([exercise_id]).get(exercise_id, (None, 0))


def nearness_of_each(exercise_ids: list[int]) -> dict[int, tuple[float, int]]:
    """The same of several; those of which nothing may be told are left out."""
    told = database.rows("SELECT e, true_order(e), (SELECT jsonb_agg(g.guess) FROM guesses_of(e) g) FROM unnest(%s::bigint[]) e", exercise_ids)
    rows = [(one, truth, json.loads(guesses)) for one, truth, guesses in told if truth and guesses]
    return {one: (mean, len(guesses)) for one, truth, guesses in rows if (mean := mean_nearness(truth, guesses)) is not None}


# -- differences --------------------------------------------------------------------------------------------------------------------------


def disagreements(partnership_id: int) -> list[Disagreement]:
    """Every question with its views; what is open comes first."""
    views = Prefetch("views", ProfessionalView.objects.order_by("said_at", "pk"))
    found = Disagreement.objects.filter(partnership_id=partnership_id).prefetch_related(views).order_by("-opened_at")
    return sorted(found, key=lambda one: one.settled not in ("open", "escalated"))


def disagreement(disagreement_id: int) -> Disagreement:
    views = Prefetch("views", ProfessionalView.objects.order_by("said_at", "pk"))
    return database.the_one(Disagreement.objects.filter(pk=disagreement_id).select_related("opened_by", "settled_by").prefetch_related(views))


def last_views(one: Disagreement) -> list[ProfessionalView]:
    """Each practitioner's last view."""
    return list({view.by_id: view for view in one.views.all()}.values())


def thresholds(rows: list[Disagreement]) -> list[dict[str, Level]]:
    """Of each question of thresholds, what each profession last said it would do."""
    return [{view.profession: Level(view.level) for view in one.views.all() if view.level} for one in rows if one.is_threshold]


# -- expertise ----------------------------------------------------------------------------------------------------------------------------


def decision_notes(partnership_id: int) -> list[DecisionNote]:
    return list(DecisionNote.objects.filter(partnership_id=partnership_id).select_related("agency", "asked__agency").order_by("-decided_on", "-pk"))


def consult_rate(notes: list[DecisionNote], at: datetime) -> Result | None:
    """Decisions of the last year for which whoever knows was asked, of all that called for them."""
    lately = [note for note in notes if note.decided_on > (at - YEAR).date()]
    return proportion(sum(note.asked_id is not None for note in lately), len(lately)) if lately else None


ITEMS = tuple(Item)
