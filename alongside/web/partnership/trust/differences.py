"""Where professions differ: each view under its own title, side by side, then the joint one."""

from django.http import HttpRequest, HttpResponse

from alongside.common.working_days import Calendar
from alongside.partnerships.queries import standings
from alongside.trust import actions, queries
from alongside.trust.facts import Level, Settled
from alongside.trust.rules.disagreement import threshold_agreement
from alongside.web.entrance import partner_page
from alongside.web.partnership.table import own_partnership
from alongside.web.partnership.trust.forms import JointForm, QuestionForm, ViewForm
from alongside.web.partnership.trust.place import done, page
from alongside.web.partnership.trust.words import LEVELS, SETTLED


@partner_page()
def differences(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found, rows = own_partnership(request, partnership_id), queries.disagreements(partnership_id)
    kappas = [(" and ".join(pair), f"{one.value:.2f}, n = {one.n}" if one.value is not None else "cannot be said") for pair, one in threshold_agreement(queries.thresholds(rows)).items()]
    return page(request, "differences", {"partnership": found, "rows": rows, "settled_words": SETTLED, "kappas": kappas})


@partner_page("GET", "POST")
def open_difference(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = own_partnership(request, partnership_id)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def ask() -> None:
            one = actions.open_disagreement(by=request.actor, partnership_id=partnership_id, question=said["question"], is_threshold=said["is_threshold"], calendar=Calendar.of(found.area), at=request.at)
            actions.give_view(by=request.actor, disagreement_id=one, view=said["view"], level=Level(said["level"]) if said["is_threshold"] else None, at=request.at)

        answer = done(request, form, ask, said="Open. Every profession can now say how it sees it.", to="differences", args=(partnership_id,))
        if answer:
            return answer
    return page(request, "open_difference", {"partnership": found, "form": form})


@partner_page("GET", "POST")
def difference(request: HttpRequest, disagreement_id: int) -> HttpResponse:
    one = queries.disagreement(disagreement_id)
    found = own_partnership(request, one.partnership_id)
    open_now = one.settled in (Settled.OPEN, Settled.ESCALATED)
    settles = open_now and (standings(request.actor, found.pk).leads or (one.settled == Settled.OPEN and one.opened_by_id == request.actor.practitioner_id))
    joining = request.POST.get("step") == "settle"
    view = ViewForm(request.POST if request.method == "POST" and not joining else None, is_threshold=one.is_threshold)
    joint = JointForm(request.POST if joining else None)
    form = joint if joining else view
    if request.method == "POST" and open_now and form.is_valid():

        def act() -> None:
            if joining:
                said = joint.cleaned_data
                actions.settle_disagreement(by=request.actor, disagreement_id=disagreement_id, settled=Settled(said["settled"]), joint_view=said["joint_view"], at=request.at)
            else:
                actions.give_view(by=request.actor, disagreement_id=disagreement_id, view=view.cleaned_data["view"], level=view.chosen(), at=request.at)

        answer = done(request, form, act, said="Written down." if joining else "Your view stands beside the others.", to="difference", args=(disagreement_id,))
        if answer:
            return answer
    words = {
        "partnership": found, "one": one, "views": [(each, LEVELS.get(Level(each.level)) if each.level else "") for each in queries.last_views(one)], "open_now": open_now, "settles": settles, "view": view, "joint": joint,
        "form": form, "words": SETTLED[Settled(one.settled)],
    }
    return page(request, "difference", words)
