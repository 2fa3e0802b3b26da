"""Papers to a point of an agenda: attached, and given out to those at the table."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.confidentiality import gate
from alongside.partnerships.actions import NotNow
from alongside.partnerships.actions import papers as act_on
from alongside.partnerships.queries import meetings as reading
from alongside.web.attached import as_file
from alongside.web.design.pages import go_on
from alongside.web.entrance import board_page
from alongside.web.partnership.at_the_table import at_table, must, shown
from alongside.web.partnership.meetings.forms import PaperForm
from alongside.web.partnership.meetings.views import a_point


@board_page("GET", "POST")
def attach_paper(request: HttpRequest, item_id: int) -> HttpResponse:
    item, _, place, back = a_point(request, item_id)
    must(place.governs or item.member_id in place.seats, act_on.WHO_ATTACHES)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["paper"]
        try:
            act_on.attach_paper(by=request.actor, item=item, upload=act_on.Upload(given.name, given.content_type or "", given.read()), at=request.at)
        except (act_on.NotSafe, NotNow) as no:
            form.add_error("paper", str(no))
        else:
            messages.success(request, "Attached. Everybody at the table can open it.")
            return go_on(back[1])
    return shown(request, "partnership/meetings/attach.jinja", place, back, form=form, item=item, cancel=back[1])


@board_page()
def agenda_paper(request: HttpRequest, reference: UUID) -> HttpResponse:
    found = reading.paper(reference)
    at_table(request, found.item.meeting.partnership)
    gate.note(verb="read", purpose="partnership_governance", decision="permit", item=f"paper:{reference}")
    return as_file(found)
