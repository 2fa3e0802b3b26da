"""Everything that waits for a Caldicott guardian, what is latest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.confidentiality import gate
from alongside.confidentiality.queries import guardian_queue
from alongside.web.design.formats import plural, when_short
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import guardian_page


@guardian_page()
def queue(request: HttpRequest) -> HttpResponse:
    found = guardian_queue(request.actor, at=request.at)
    people = {one.person_id for one in [*found.emergencies, *found.complaints]} | {one.person_id for one in found.owed if one.person_id}
    gate.note(verb="read", category="index_entry", purpose="audit", decision="permit", item="guardian queue", people=sorted(people))
    emergencies = [
        WorkRow(
            title=f"{one.practitioner.name} opened a record in an emergency", href=reverse("judge_emergency", args=[one.pk]), due=one.judgement_due_at,
            about=f"{one.practitioner.title}, {one.practitioner.agency.name}", meta=when_short(one.opened_at),
        )
        for one in found.emergencies
    ]
    complaints = [
        WorkRow(
            title="A complaint about an access", href=reverse("complaint", args=[one.pk]), due=one.acknowledge_by, about=one.agency.name if one.agency else "", meta=when_short(one.made_at),
            state="" if one.acknowledged_at else "Not acknowledged", colour="yellow",
        )
        for one in found.complaints
    ]
    agreements = [
        WorkRow(title=one.title, href=reverse("guardian_agreements"), due=one.ends, state=f"Ends in {plural(one.days_left, 'day')}", colour="red" if one.warning <= 30 else "orange")
        for one in found.agreements
    ]
    on_their_own_page = {f"break_glass:{one.pk}" for one in found.emergencies} | {f"complaint:{one.pk}" for one in found.complaints}
    unread = [
        WorkRow(title=one.summary, href=reverse("readers_wanted", args=[one.about.partition(":")[2]]), due=one.due_at, about="You name who may, and read nothing") for one in found.owed if one.code == "name_readers"
    ]
    owed = [WorkRow(title=one.summary, href=reverse("obligation", args=[one.pk]), due=one.due_at) for one in found.owed if one.about not in on_their_own_page and one.code != "name_readers"]
    words = {"emergencies": emergencies, "complaints": complaints, "agreements": agreements, "unread": unread, "owed": owed, "unusual": found.unusual, "at": request.at}
    return render(request, "guardian/queue/queue.jinja", words)
