"""A partnership's voice: how it answers, what waits, which forums it has and how far each is what it claims to be."""

from django.http import HttpRequest, HttpResponse

from alongside.voice import queries
from alongside.voice.facts import ReplyLog
from alongside.web.entrance import board_page
from alongside.web.partnership.table import shared_partnership
from alongside.web.partnership.voice.heard import A_YEAR, forum_heard
from alongside.web.partnership.voice.table import page
from alongside.web.partnership.voice.waiting import promised_rows, waiting_rows
from alongside.web.partnership.voice.words import KINDS, RUNGS, so_many

MOST_FORUMS, FEW = 5, 5


@board_page()
def voice(request: HttpRequest, partnership_id: int) -> HttpResponse:
    """What people wrote is for those who work for a partner; a board member who works for none reads how it is answered, and who is heard."""
    found, at = shared_partnership(request, partnership_id), request.at
    forums = queries.forums(partnership_id)
    sittings = queries.sittings([one.pk for one in forums[:MOST_FORUMS]])
    waiting, logs = queries.waiting(partnership_id), queries.reply_logs(partnership_id, since=at - A_YEAR, at=at)
    return page(
        request, "voice",
        {
            "partnership": found, "log": ReplyLog.together(logs.values()), "may": queries.keeps_voice(partnership_id), "waiting": waiting_rows(waiting[:FEW]), "many": len(waiting),
            "late": sum(one.due_at < at for one in waiting), "promised": promised_rows(queries.promised(partnership_id))[:FEW],
            "forums": [forum_heard(one, sittings.get(one.pk, []), logs.get(one.pk, ReplyLog()), at) for one in forums[:MOST_FORUMS]], "others": forums[MOST_FORUMS:], "kinds": KINDS, "rungs": RUNGS, "so_many": so_many,
        },
    )
