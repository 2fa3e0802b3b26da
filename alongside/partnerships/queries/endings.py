"""How a partnership ends: whether its board has decided it, what stops, what goes back to whom, and who has left before."""

from dataclasses import dataclass
from datetime import datetime

from alongside.common.decisions import NotKnown
from alongside.partnerships.facts import Stage
from alongside.partnerships.models import BoardDecision, Ending, Partner, Partnership, ResourceReturn

WHAT_ENDS = """
SELECT 'agreement', a.id, a.version, a.ends, a.title::text FROM sharing_agreement a WHERE a.partnership_id = %(place)s AND a.status IN ('open_for_signature', 'in_force')
UNION ALL SELECT 'decision', d.id, 1, d.at, format('“%%s” %%s: %%s to %%s', d.words, m.name, d.in_favour, d.against) FROM board_decision d JOIN agenda_item i ON i.id = d.item_id JOIN board_meeting m ON m.id = i.meeting_id
      WHERE m.partnership_id = %(place)s AND d.ends_partnership AND d.in_favour > d.against AND NOT EXISTS (SELECT 1 FROM partnership_ending e WHERE e.decision_id = d.id)
UNION ALL SELECT 'alone', p.agency_id, 1, NULL, g.name::text FROM partner p JOIN agency g ON g.id = p.agency_id WHERE p.partnership_id = %(place)s AND p.left_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM partner q JOIN partnership s ON s.id = q.partnership_id AND s.stage = 'active' AND s.ends IS NULL WHERE q.agency_id = p.agency_id AND q.partnership_id <> p.partnership_id AND q.left_at IS NULL)
UNION ALL SELECT 'law', NULL, 1, NULL, w.source::text FROM (SELECT mandate, source FROM initiative WHERE partnership_id = %(place)s ORDER BY at DESC, id DESC LIMIT 1) w WHERE w.mandate = 'statutory'
UNION ALL SELECT 'complaint', NULL, count(*)::int, min(c.due_on)::timestamptz, '' FROM partnership_complaint c WHERE c.partnership_id = %(place)s AND c.answered_at IS NULL HAVING count(*) > 0
UNION ALL SELECT 'action', NULL, count(*)::int, min(a.due)::timestamptz, '' FROM board_action a JOIN agenda_item i ON i.id = a.item_id JOIN board_meeting m ON m.id = i.meeting_id
      WHERE m.partnership_id = %(place)s AND a.done_at IS NULL HAVING count(*) > 0
"""
"""One question for what ends with a partnership (see `alongside.partnerships.queries.waiting`)."""


def over(partnership: Partnership, at: datetime) -> bool:
    """Whether it has ended: from that very moment, whether anybody has carried it out yet or not."""
    return partnership.stage == Stage.ENDED or bool(partnership.ends and partnership.ends <= at)


def ending(partnership_id: int) -> Ending | None:
    """The end that is planned or carried out, with the decision behind it."""
    return Ending.objects.filter(partnership_id=partnership_id, called_off_at=None).select_related("by__agency", "decision__item__meeting").first()


def endings(partnership_id: int) -> tuple[Ending | None, list[Ending]]:
    """The same, and beside it every end that was called off, the latest first."""
    found = list(Ending.objects.filter(partnership_id=partnership_id).select_related("by__agency", "successor__agency", "decision__item__meeting").order_by("-called_off_at", "-pk"))
    return next((one for one in found if not one.called_off_at), None), [one for one in found if one.called_off_at]


def decisions_to_end(partnership_id: int) -> list[BoardDecision]:
    """Decisions of the board to end it that were carried and not carried out, the latest first."""
    found = BoardDecision.objects.filter(item__meeting__partnership_id=partnership_id, ends_partnership=True).exclude(pk__in=Ending.objects.filter(partnership_id=partnership_id).values("decision_id"))
    return [one for one in found.select_related("item__meeting").order_by("-at", "-pk") if one.in_favour > one.against]


def decision(decision_id: int) -> BoardDecision:
    """One decision of a board. Raises NotKnown for none that the reader sits at the table of."""
    found = BoardDecision.objects.filter(pk=decision_id).first()
    if found is None:
        raise NotKnown
    return found


def returns(partnership_id: int) -> list[ResourceReturn]:
    """The exit plan: what is still to be given back first, the earliest on top."""
    found = ResourceReturn.objects.filter(partnership_id=partnership_id).select_related("agency", "owner__agency", "leaver__agency").order_by("due", "pk")
    return sorted(found, key=lambda one: one.done_at is not None)


def a_return(return_id: int) -> ResourceReturn:
    """One line of an exit plan. Raises NotKnown for none that the reader may read."""
    found = ResourceReturn.objects.filter(pk=return_id).select_related("partnership", "agency", "owner").first()
    if found is None:
        raise NotKnown
    return found


@dataclass(frozen=True, slots=True)
class Former:
    """A partnership that is over, or that the reader's agency has left; and when."""

    partnership: Partnership
    until: datetime
    ended: bool


def former_partnerships(agency_id: int | None) -> list[Former]:
    """Partnerships of this agency's that have ended, and those that it left and has not come back to; the latest first."""
    rows = Partner.objects.filter(agency_id=agency_id, left_at__isnull=False).select_related("partnership").order_by("-left_at")
    live = set(Partner.objects.filter(agency_id=agency_id, left_at=None).values_list("partnership_id", flat=True))
    last = {row.partnership_id: row for row in reversed(rows) if row.partnership_id not in live}
    return sorted((Former(row.partnership, row.left_at, row.left_at == row.partnership.ends) for row in last.values()), key=lambda one: one.until, reverse=True)
