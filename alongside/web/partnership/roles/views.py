"""Who answers for what: the map of duties, tasks that may be covered, and disputes with their clock."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.partnerships import queries
from alongside.partnerships.actions import duties as act_on
from alongside.partnerships.queries import duties as reading
from alongside.partnerships.queries.table import Place
from alongside.partnerships.rules.duties import PARTS, Step
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.at_the_table import at_table, done, fill_in, must, number_or_none, partner_choices, people_choices, shown
from alongside.web.partnership.roles.forms import DisputeForm, DutyForm, HoldForm, SettleForm, TaskForm

STEPS = {Step.LEADS: "With the two leads", Step.CHAIR: "With the chair", Step.BOARD: "With the board"}


@board_page()
def roles(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    rows, disputes = reading.duties(partnership_id), reading.disputes(partnership_id, area=place.partnership.area, at=request.at)
    settled = sorted(days for row in disputes if (days := row.days) is not None)
    return shown(
        request, "partnership/roles/roles.jinja", place, rows=rows, unsettled=sum(row.wrong is not None for row in rows), parts=PARTS, tasks=reading.tasks(partnership_id), disputes=disputes, steps=STEPS,
        open=[row for row in disputes if row.clock], settled=[row for row in disputes if not row.clock], middle=settled[len(settled) // 2] if settled else None,
    )


@board_page("GET", "POST")
def add_duty(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, to, back = books(request, partnership_id)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.add_duty(by=request.actor, partnership_id=partnership_id, name=words["name"], source=words["source"], at=request.at, key=key)

    return fill_in(request, place, DutyForm(request.POST or None), act, heading="Add a duty", said="Added. Say who is accountable for it.", to=lambda made: reverse("hold_duty", args=[made.pk]), back=back)


@board_page("GET", "POST")
def hold_duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    duty = reading.duty(duty_id)
    place, to, back = books(request, duty.partnership_id)
    people = people_choices(place)
    form = HoldForm(request.POST or None, agencies=partner_choices(place), people=[(pk, words) for pk, (words, _) in people.items()], homes={pk: agency for pk, (_, agency) in people.items()})

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        return act_on.hold_duty(by=request.actor, duty=duty, agency_id=int(words["agency"]), practitioner_id=number_or_none(words["practitioner"]), part=words["part"], at=request.at, key=key)

    now = next((row.holders for row in reading.duties(duty.partnership_id) if row.duty.pk == duty.pk), ())
    return fill_in(
        request, place, form, act, heading="Say who has which part", caption=duty.name, said="Written on the map.", to=f"{to}#duties", back=back, duty=duty, now=now, parts=PARTS,
        template="partnership/roles/duty.jinja",
    )


@board_page("POST")
def leave_duty(request: HttpRequest, holder_id: int) -> HttpResponse:
    holder = reading.holder(holder_id)
    _, to, _ = books(request, holder.duty.partnership_id)
    return done(request, lambda: act_on.leave_duty(by=request.actor, holder=holder, at=request.at), said="Taken off the map.", to=f"{to}#duties")


@board_page("POST")
def end_duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    duty = reading.duty(duty_id)
    _, to, _ = books(request, duty.partnership_id)
    return done(request, lambda: act_on.end_duty(by=request.actor, duty=duty, at=request.at), said="The duty has ended.", to=f"{to}#duties")


@board_page("GET", "POST")
def add_task(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place, to, back = books(request, partnership_id)

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        task = {name: words[name] for name in ("task", "must", "may", "cover", "competence")}
        return act_on.add_task(by=request.actor, partnership_id=partnership_id, at=request.at, key=key, **task)

    lead = "Boundaries that everybody can see help people work together. This says where each may be crossed."
    return fill_in(request, place, TaskForm(request.POST or None), act, heading="Add a task", lead=lead, said="Added.", to=f"{to}#tasks", back=back)


@board_page("POST")
def end_task(request: HttpRequest, task_id: int) -> HttpResponse:
    task = reading.task(task_id)
    _, to, _ = books(request, task.partnership_id)
    return done(request, lambda: act_on.end_task(by=request.actor, task=task, at=request.at), said="Taken out.", to=f"{to}#tasks")


@partner_page("GET", "POST")
def raise_dispute(request: HttpRequest, partnership_id: int) -> HttpResponse:
    place = at_table(request, partnership_id)
    must(place.partner, act_on.DISPUTERS)
    own = request.actor.agency_id
    form = DisputeForm(
        request.POST or None, agencies=[(one.agency_id, one.agency.name) for one in queries.partners(partnership_id) if one.agency_id != own],
        duties=[(row.duty.pk, row.duty.name) for row in reading.duties(partnership_id)],
    )

    def act(words: Mapping[str, Any], key: UUID | None) -> object:
        against = int(words["against"])
        return act_on.raise_dispute(
            by=request.actor, partnership_id=partnership_id, against_id=against, what=words["what"], acts_meanwhile_id=own if words["meanwhile"] == "us" else against,
            duty_id=number_or_none(words["duty"]), at=request.at, key=key,
        )

    to = reverse("roles", args=[partnership_id])
    lead = "The two leads have 5 working days to settle it, then the chair has until the 10th, then it is the board’s."
    return fill_in(request, place, form, act, heading="Raise a dispute about who acts", lead=lead, said="Raised. The clock runs.", to=f"{to}#disputes", back=("Roles", to))


@board_page("GET", "POST")
def settle_dispute(request: HttpRequest, dispute_id: int) -> HttpResponse:
    one = reading.dispute(dispute_id, at=request.at)
    place = at_table(request, one.dispute.partnership)
    must((place.governs or one.dispute.by_id == request.actor.practitioner_id) and one.clock is not None, act_on.SETTLERS)
    to = reverse("roles", args=[place.partnership.pk])

    def act(words: Mapping[str, Any], key: UUID | None) -> None:
        act_on.settle_dispute(by=request.actor, dispute=one.dispute, settlement=words["settlement"], at=request.at)

    caption = f"{one.dispute.agency.name} and {one.dispute.against.name}"
    return fill_in(request, place, SettleForm(request.POST or None), act, heading="Settle it", caption=caption, lead=one.dispute.what, said="Settled.", to=f"{to}#disputes", back=("Roles", to))


def books(request: HttpRequest, partnership_id: int) -> tuple[Place, str, tuple[str, str]]:
    place = at_table(request, partnership_id)
    must(place.governs)
    to = reverse("roles", args=[partnership_id])
    return place, to, ("Roles", to)
