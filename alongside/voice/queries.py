"""Reads of who is heard and what becomes of it. Row security lets partners read; the public reads through doors that give only what is published."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import OuterRef, Prefetch, Q, Subquery

from alongside.common import database
from alongside.common.decisions import NotKnown
from alongside.common.working_days import Calendar
from alongside.voice.facts import REPLY_DAYS, Characteristic, Claim, ReplyLog, Rung, Seat, SeatCount, Verdict
from alongside.voice.models import Change, Contribution, Forum, ForumClaim, PopulationCount, ProfileCount, Redaction, Reply, Sitting, SittingCount
from alongside.voice.rules.replies import due

MOST_SHOWN = 100


def keeps_voice(partnership_id: int) -> bool:
    """Whether the reader answers contributions and keeps panels here: asked of the database, which asks again at each door."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT keeps_voice(%s)", [partnership_id])
        return bool(cursor.fetchone()[0])


def answering(partnership_id: int) -> tuple[bool, bool]:
    """Whether the reader answers what people said, and whether they take words out of it; once the partnership is over too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT settles_what_is_left(%(p)s), leads_what_is_left(%(p)s)", {"p": partnership_id})
        answers, leads = cursor.fetchone()
        return bool(answers), bool(leads)


# -- contributions ------------------------------------------------------------------------------------------------------------------------


def due_for(partnership_area: str, received: datetime, working_days: int = REPLY_DAYS) -> datetime:
    """When an answer is due, in the calendar of the partnership's area."""
    return due(received, working_days, Calendar.of(partnership_area))


UNHEARD = """
SELECT 'unheard', NULL::bigint, count(*)::int, min(c.due_at), '' FROM voice_contribution c WHERE c.partnership_id = %(place)s AND c.answered_at IS NULL AND (c.due_at < %(at)s OR is_over(%(place)s)) HAVING count(*) > 0
UNION ALL SELECT 'not_done', CASE WHEN count(*) = 1 THEN min(c.id) END, count(*)::int, min(r.by_when)::timestamptz, '' FROM voice_contribution c
      JOIN LATERAL (SELECT x.verdict, x.by_when FROM voice_reply x WHERE x.contribution_id = c.id ORDER BY x.id DESC LIMIT 1) r ON r.verdict <> 'not' AND r.by_when < %(day)s
      WHERE c.partnership_id = %(place)s AND NOT EXISTS (SELECT 1 FROM voice_change h WHERE h.contribution_id = c.id) HAVING count(*) > 0
"""
"""One question for the partnership's home (see `alongside.partnerships.queries.waiting`)."""
STILL_UNHEARD = "SELECT 'unheard', NULL::bigint, count(*)::int, min(c.due_at), '' FROM voice_contribution c WHERE c.partnership_id = %(place)s AND c.answered_at IS NULL HAVING count(*) > 0"
"""Everything without an answer, however long there still is for it."""


def waiting(partnership_id: int, *, limit: int = MOST_SHOWN) -> list[Contribution]:
    """What has had no answer, the latest first to be late."""
    return list(Contribution.objects.filter(partnership_id=partnership_id, answered_at=None).select_related("forum", "typed_by__agency").order_by("due_at", "pk")[:limit])


def answered(partnership_id: int, *, limit: int = MOST_SHOWN) -> list[Contribution]:
    found = Contribution.objects.filter(partnership_id=partnership_id, answered_at__isnull=False).select_related("forum").order_by("-answered_at", "-pk")
    return list(found.prefetch_related(Prefetch("replies", Reply.objects.order_by("-pk")))[:limit])


def promised(partnership_id: int, *, limit: int = MOST_SHOWN) -> list[Contribution]:
    """What the newest answer adopts, wholly or partly, and of which nobody has said yet that it is done, with `heard` and `by_when` of that answer; the latest first to be late."""
    newest = Reply.objects.filter(contribution=OuterRef("pk")).order_by("-pk")
    found = Contribution.objects.filter(partnership_id=partnership_id, answered_at__isnull=False, changes=None)
    found = found.annotate(verdict=Subquery(newest.values("verdict")[:1]), heard=Subquery(newest.values("heard")[:1]), by_when=Subquery(newest.values("by_when")[:1]))
    return list(found.exclude(verdict=Verdict.NOT).order_by("by_when", "pk")[:limit])


def contribution(partnership_id: int, contribution_id: int) -> Contribution:
    """One contribution with every answer, what changed and what was taken out of it. Raises NotKnown for none that the reader may see."""
    found = (
        Contribution.objects.filter(partnership_id=partnership_id, pk=contribution_id)
        .select_related("forum", "typed_by__agency")
        .prefetch_related(
            Prefetch("replies", Reply.objects.select_related("by__agency").order_by("-pk")), Prefetch("changes", Change.objects.select_related("by__agency").order_by("-pk")),
            Prefetch("redactions", Redaction.objects.select_related("by").order_by("-pk")),
        )
        .first()
    )  # fmt: skip
    if found is None:
        raise NotKnown
    return found


def by_reference(reference: str) -> dict[str, object] | None:
    """What whoever holds a reference may read."""
    told = database.document("SELECT contribution_by_reference(%s)", reference)
    if told is None:
        return None
    for name in ("received_at", "due_at", "answered_at"):
        told[name] = datetime.fromisoformat(str(told[name])) if told[name] else None
    for reply in told["replies"]:  # type: ignore[attr-defined]
        reply["by_when"] = date.fromisoformat(reply["by_when"]) if reply["by_when"] else None
        reply["at"] = datetime.fromisoformat(reply["at"])
    for change in told["changes"]:  # type: ignore[attr-defined]
        change["done_on"] = date.fromisoformat(change["done_on"])
    return told


@dataclass(frozen=True, slots=True)
class Published:
    """One thing that was said and what became of it, as everybody may read it."""

    verdict: str
    heard: str
    why: str
    by_when: date | None
    answered_at: datetime
    changed: str | None
    done_on: date | None


def what_changed(partnership_id: int) -> list[Published]:
    return [Published(*row) for row in database.rows("SELECT verdict, heard, why, by_when, answered_at, changed, done_on FROM what_changed_because_of_you(%s)", partnership_id)]


def reply_logs(partnership_id: int, *, since: datetime, at: datetime) -> dict[int | None, ReplyLog]:
    """How contributions since a moment were answered, forum by forum (None: what was said to no forum), as numbers that anybody may know."""
    return {forum_id: ReplyLog(*counts) for forum_id, *counts in database.rows("SELECT forum_id, received, owed, answered, in_time, adopted, partly FROM how_it_answers(%s, %s, %s)", partnership_id, since, at)}


def reply_log(partnership_id: int, *, since: datetime, at: datetime) -> ReplyLog:
    """The same for all of them together."""
    return ReplyLog.together(reply_logs(partnership_id, since=since, at=at).values())


# -- forums -------------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenForum:
    """A forum to which anybody may contribute now."""

    id: int
    kind: str
    name: str
    about: str
    closes: date | None
    reply_days: int


def forums_open_to_all(partnership_id: int, on: date) -> list[OpenForum]:
    return [OpenForum(*row) for row in database.rows("SELECT id, kind, name, about, closes, reply_days FROM forums_open_to_all(%s, %s)", partnership_id, on)]


def forums(partnership_id: int) -> list[Forum]:
    """Every forum with its newest claim first among its claims; those that are open come first."""
    found = Forum.objects.filter(partnership_id=partnership_id).prefetch_related(Prefetch("claims", ForumClaim.objects.order_by("-pk")))
    return sorted(found, key=lambda one: (one.closes is not None, one.name))


def forum(partnership_id: int, forum_id: int) -> Forum:
    """One forum. Raises NotKnown for none that the reader may see."""
    found = Forum.objects.filter(partnership_id=partnership_id, pk=forum_id).prefetch_related(Prefetch("claims", ForumClaim.objects.select_related("by__agency").order_by("-pk"))).first()
    if found is None:
        raise NotKnown
    return found


def claim_of(one: Forum) -> Claim | None:
    """What is claimed for a forum now; None while nobody claims anything."""
    newest = next(iter(one.claims.all()), None)
    return newest and Claim(Rung(newest.rung), newest.public_votes, newest.all_votes, newest.budget, newest.why)


def sittings(forum_ids: list[int]) -> Mapping[int, list[tuple[Sitting, list[SeatCount]]]]:
    """The sittings of these forums, latest first, each with what every kind of seat did."""
    found: dict[int, dict[int, tuple[Sitting, list[SeatCount]]]] = defaultdict(dict)
    for row in SittingCount.objects.filter(sitting__forum_id__in=forum_ids).select_related("sitting").order_by("-sitting__held_on", "-sitting_id", "pk"):
        _, counts = found[row.sitting.forum_id].setdefault(row.sitting_id, (row.sitting, []))
        counts.append(SeatCount(Seat(row.seat), tuple(row.turns), row.written, row.proposals, row.adopted))
    return {forum_id: list(sittings.values()) for forum_id, sittings in found.items()}


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts by group, with the day they are of and where they are from."""

    counts: Mapping[str, int]
    on: date
    source: str = ""


def profile_of(forum_id: int) -> dict[Characteristic, Counted]:
    """Who takes part in a forum: for each characteristic the newest counts."""
    rows = ProfileCount.objects.filter(profile__forum_id=forum_id).select_related("profile").order_by("-profile__taken_on", "-profile_id", "pk")
    found: dict[Characteristic, tuple[int, date, dict[str, int]]] = {}
    for row in rows:
        profile, _, counts = found.setdefault(Characteristic(row.characteristic), (row.profile_id, row.profile.taken_on, {}))
        if profile == row.profile_id:
            counts[row.group] = row.members
    return {characteristic: Counted(counts, on) for characteristic, (_, on, counts) in found.items()}


def population_of(partnership_id: int) -> dict[Characteristic, Counted]:
    """Who lives here: for each characteristic the table brought in last."""
    newest = (
        PopulationCount.objects.filter(partnership_id=partnership_id).order_by("characteristic", "-recorded_at", "-pk").distinct("characteristic").values_list("characteristic", "table")
    )
    wanted = Q(pk__in=[])
    for characteristic, table in newest:
        wanted |= Q(characteristic=characteristic, table=table)
    found: dict[Characteristic, Counted] = {}
    for row in PopulationCount.objects.filter(wanted, partnership_id=partnership_id).order_by("pk"):
        counted = found.setdefault(Characteristic(row.characteristic), Counted({}, row.as_of, row.source))
        counted.counts[row.group] = row.people  # type: ignore[index]
    return found
