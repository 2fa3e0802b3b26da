"""Who belongs to a partnership."""

from collections.abc import Iterable
from datetime import date, datetime
from json import dumps

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import through_the_door
from alongside.partnerships.actions.endings import SeesTo, line_of
from alongside.partnerships.facts import GoesBack, Stage
from alongside.partnerships.models import Partner, Partnership


def found_partnership(
    *, by: Actor, name: str, vision: str, lead_agency_id: int, lead_practitioner_id: int, guardian_id: int | None, starts: date, at: datetime, area: str = "england", how_to_complain: str = "",
    stage: Stage = Stage.ACTIVE,
) -> Partnership:
    """Whoever founds it leads it, for the agency they work in. It starts as active, or as potential while it is tested."""
    words = {
        "name": name, "vision": vision, "lead_agency": lead_agency_id, "lead_practitioner": lead_practitioner_id, "guardian": guardian_id, "starts": starts, "area": area,
        "how_to_complain": how_to_complain, "stage": stage,
    }
    return Partnership.objects.get(pk=through_the_door(by, "found_partnership(%s, %s)", dumps(words, default=str), at))


def join(*, by: Actor, partnership: Partnership, agency_id: int, front_door_id: int | None, at: datetime, guardian_id: int | None = None) -> Partner:
    """The partnership's lead lets an agency join. Nothing flows to it before it has signed an agreement."""
    return Partner.objects.get(pk=through_the_door(by, "join_partnership(%s, %s, %s, %s, %s)", partnership.pk, agency_id, front_door_id, guardian_id, at))


def leave(*, by: Actor, partnership_id: int, agency_id: int, reason: str, returns: Iterable[GoesBack] = (), sees_to: SeesTo | None = None, at: datetime) -> None:
    """
    1. The agency is a partner no more, from this moment.
    2. It is withdrawn from every agreement of this partnership: its taps close.
    3. What its teams asked to know ends, and so do its seats on the board.
    4. What goes back to it is written down, with who sees to it and by when; the others are told.
    """
    lines = dumps([line_of(one, sees_to) for one in returns if sees_to], default=str)
    through_the_door(by, "leave_partnership(%s, %s, %s, %s, %s)", partnership_id, agency_id, reason, lines, at)


def change_partner(*, by: Actor, partnership_id: int, agency_id: int, front_door_id: int | None, guardian_id: int | None, at: datetime) -> None:
    """Where an agency receives what is for nobody in particular, and who its guardian is."""
    through_the_door(by, "change_partner(%s, %s, %s, %s, %s)", partnership_id, agency_id, front_door_id, guardian_id, at)
