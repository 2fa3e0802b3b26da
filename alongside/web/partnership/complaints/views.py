"""Complaints to the partnership: what waits, how they are answered, one more written down, one answered by somebody who was not involved."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.common.london import london_day
from alongside.framework.queries import figures
from alongside.framework.rules.behaviour import BY_ID
from alongside.partnerships.actions import complaints as act_on
from alongside.partnerships.facts import CameBy, Upheld
from alongside.partnerships.queries import complaints as reading
from alongside.partnerships.queries.endings import over
from alongside.partnerships.queries.table import Place
from alongside.partnerships.rules.complaints import may_answer
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import partner_page
from alongside.web.partnership.at_the_table import at_table, fill_in, must, number_or_none, partner_choices, shown
from alongside.web.partnership.complaints.forms import OUTCOMES, WAYS, ComplaintAnswerForm, ComplaintForm
from alongside.web.partnership.framework.wording import figure_in_words

MEASURED = ("complaints", "complaint_days")
LONGEST_TITLE = 90


@partner_page()
def partnership_complaints(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, found = at_partners_table(request, partnership_id, reading_only=True), figures(partnership_id)
    rows = [
        WorkRow(
            shortened(one.words), reverse("answer_partnership_complaint", args=[one.pk]), one.due_on, f"About {one.about.name if one.about else 'all partners'}. {WAYS[one.came_by]}",
            state="Late" if one.due_on < london_day(request.at) else "Not answered", colour="red" if one.due_on < london_day(request.at) else "yellow",
        )
        for one in reading.waiting(partnership_id)
    ]
    measured = [(BY_ID[one], figure_in_words(BY_ID[one], found.get(one)), found.get(one)) for one in MEASURED]
    return shown(request, "partnership/complaints/complaints.jinja", place, waiting=rows, answered=reading.answered(partnership_id), outcomes=OUTCOMES, measured=measured, shortened=shortened)


@partner_page("GET", "POST")
def write_down_complaint(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, today, to = at_partners_table(request, partnership_id), london_day(request.at), reverse("partnership_complaints", args=[partnership_id])
    form = ComplaintForm(request.POST or None, partners=partner_choices(place), until=today, initial={"received_on": today})

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.write_down_complaint(
            by=request.actor, partnership_id=partnership_id, about_id=number_or_none(words["about"]), came_by=CameBy(words["came_by"]), words=words["words"], received_on=words["received_on"], at=request.at, key=key
        )

    lead = "Whoever was let down tells it once, whichever partner it was. Somebody who was not involved answers."
    return fill_in(request, place, form, act, heading="Write down a complaint", lead=lead, said="Written down. Its clock runs.", to=to, back=("Complaints", to))


@partner_page("GET", "POST")
def answer_partnership_complaint(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """For whoever may answer it; anybody else of a partner reads it here, and so does everybody once it is answered."""
    one = reading.complaint(complaint_id)
    place, to = at_table(request, one.partnership_id, winding_up=True), reverse("partnership_complaints", args=[one.partnership_id])
    answers = place.settles and may_answer(request.actor.agency_id, one.about_id)
    if request.method == "GET" and (one.answered_at or not answers):
        return shown(request, "partnership/complaints/complaint.jinja", place, ("Complaints", to), one=one, ways=WAYS, outcomes=OUTCOMES, answerers=act_on.ANSWERERS)
    must(answers, act_on.ANSWERERS)

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.answer_complaint(by=request.actor, complaint=one, outcome=Upheld(words["outcome"]), answer=words["answer"], at=request.at)

    return fill_in(
        request, place, ComplaintAnswerForm(request.POST or None), act, heading="Answer a complaint", said="Answered. Tell whoever complained, in these words.", to=to, back=("Complaints", to), one=one, ways=WAYS,
        template="partnership/complaints/answer.jinja",
    )


def at_partners_table(request: HttpRequest, partnership_id: int, *, reading_only: bool = False) -> Place:
    """For those who work for a partner, and to read once it has ended for those who did: what somebody complained of may say more than a board member from elsewhere should read."""
    place = at_table(request, partnership_id)
    must(place.partner or reading_only and over(place.partnership, request.at), act_on.HEARERS)
    return place


def shortened(words: str) -> str:
    """
    >>> shortened("They  did not ring back.")
    'They did not ring back.'
    """
    flat = " ".join(words.split())
    return flat if len(flat) <= LONGEST_TITLE else f"{flat[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"
