"""Trust at a glance: the last pulse, promises, how near partners come to each other's pressures, what they differ on, whether those who know are asked."""

from django.http import HttpRequest, HttpResponse

from alongside.common.london import london_day
from alongside.trust import queries
from alongside.web.entrance import board_page
from alongside.web.partnership.table import shared_partnership
from alongside.web.partnership.trust.perspective import exercise_rows
from alongside.web.partnership.trust.place import page
from alongside.web.partnership.trust.pulse import chart, last_closed
from alongside.web.partnership.trust.words import KEPT, SETTLED, in_hundred

FEW = 4


@board_page()
def trust(request: HttpRequest, partnership_id: int) -> HttpResponse:
    """What partners differ on, and whom they asked, names practitioners in their own words: that is for those who work for a partner."""
    found, at = shared_partnership(request, partnership_id), request.at
    works_here = request.actor.is_practitioner
    rounds, promises = queries.pulse_rounds(partnership_id), queries.promises(partnership_id, events=False)
    differences, notes = (queries.disagreements(partnership_id), queries.decision_notes(partnership_id)) if works_here else ([], [])
    whole, each = queries.kept_by(promises, london_day(at))
    closed = last_closed(rounds, at)
    words = {
        "partnership": found, "running": next((one for one in rounds if one.closes_at > at), None), "closed": closed, "trust_bars": chart(closed, partnership_id)[0] if closed else [], "kept": in_hundred(whole),
        "each": [(name, in_hundred(one)) for name, one in each.items()], "open": [one for one in promises if one.kept == "open"][:FEW], "kept_words": KEPT,
        "exercises": exercise_rows(queries.exercises(partnership_id)[:FEW], at), "differences": [one for one in differences if one.settled in ("open", "escalated")][:FEW], "settled_words": SETTLED,
        "asked": in_hundred(queries.consult_rate(notes, at)),
    }
    return page(request, "trust", words)
