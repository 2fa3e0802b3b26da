"""One thing that is late: answer for them, give it to somebody else, telephone, or let it climb."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.agencies import queries as agencies
from alongside.people.queries import names_of
from alongside.records import actions, queries
from alongside.records.rules.kinds import kind_or_plain
from alongside.web.design.forms import Form
from alongside.web.design.frame import Audience, frame_for
from alongside.web.design.pages import attempt, form_page, go_to
from alongside.web.entrance import supervisor_page
from alongside.web.practitioner.involvement.colleagues import chosen_owner, owner_choices
from alongside.web.practitioner.shares.minimum import summary_words
from alongside.web.supervisor.my_team.forms import DecideForm, DeclineForm, EscalateForm, PhoneForm, ReassignForm

SAID = {
    "acknowledge": "Acknowledged for your team. The sender can see it.", "decline": "Declined with your reason. The sender can see and challenge it.",
    "decide": "Decided. Whoever referred has been told.", "reassign": "Given to somebody else. They find it in their work.",
    "phone": "The call is noted. An answer in writing is still owed.", "escalate": "The partnership’s lead has it now.",
}


@supervisor_page("GET", "POST")
def late_share(request: HttpRequest, reference: UUID) -> HttpResponse:
    request.frame = frame_for(request, Audience.SUPERVISOR)
    share = actions.read_share(by=request.actor, reference=reference, at=request.at)
    ours = share.to_agency_id == request.actor.agency_id
    step = request.POST.get("step", "")
    forms = forms_for(request, share, step)
    if request.method == "POST" and step in SAID and (step not in forms or forms[step].is_valid()) and carried_out(request, share, step, forms.get(step)):
        messages.success(request, SAID[step])
        return go_to("my_team")
    wrong = forms[step] if request.method == "POST" and step in forms else None
    return form_page(
        request, "supervisor/my_team/late_share.jinja",
        {
            "share": share, "entry": queries.shared_entry(share), "kind": kind_or_plain(share.kind).name, "ours": ours, "forms": forms, "at": request.at,
            "owner": agencies.people_behind([share.owner]).get(share.owner, ""), "other_side": share.from_agency if ours else share.to_agency,
            "summary": summary_words(share.summary, queries.named_in(share)), "about": names_of([share.person_id]).get(share.person_id),
        } | ({"form": wrong} if wrong else {}),
        wrong=wrong is not None,
    )


def forms_for(request: HttpRequest, share: object, step: str) -> dict[str, Form]:
    """A fresh form for each step, but for the one that was sent."""

    def sent(name: str) -> object:
        return request.POST if step == name else None

    return {
        "reassign": ReassignForm(sent("reassign"), choices=owner_choices(request.actor, at=request.at)), "phone": PhoneForm(sent("phone")), "decline": DeclineForm(sent("decline")),
        "decide": DecideForm(sent("decide")), "escalate": EscalateForm(sent("escalate")),
    }


def carried_out(request: HttpRequest, share: object, step: str, form: Form | None) -> bool:
    """Do it; False when it cannot be, and the form then says why."""
    words, which = form.cleaned_data if form else {}, {"by": request.actor, "reference": share.reference, "at": request.at}
    owner = chosen_owner(words["to"]) if step == "reassign" else None
    acts = {
        "acknowledge": lambda: actions.acknowledge_share(**which), "decline": lambda: actions.decline_share(reason=words["reason"], **which),
        "decide": lambda: actions.decide_share(decision=words["decision"], **which), "phone": lambda: actions.record_phone_call(note=words["note"], **which),
        "escalate": lambda: actions.escalate_share(why=words["why"], **which),
        "reassign": lambda: actions.reassign_share(to_practitioner=owner.practitioner_id, to_team=owner.team_id, **which),
    }
    return attempt(form or Form({}), acts[step]) is not None
