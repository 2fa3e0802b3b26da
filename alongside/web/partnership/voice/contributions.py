"""What people say: what waits for an answer, typing in what came on paper or by telephone, and one contribution with all that became of it."""

from collections.abc import Mapping
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.common.london import london_day
from alongside.confidentiality import gate
from alongside.partnerships.actions import NotNow
from alongside.partnerships.queries.endings import over
from alongside.voice import actions, queries
from alongside.voice.facts import REPLY_DAYS, NewContribution, Route, Seat, Verdict
from alongside.voice.rules.references import grouped
from alongside.web.entrance import partner_page
from alongside.web.partnership.table import own_partnership
from alongside.web.partnership.voice.forms import AnswerForm, ChangeForm, RedactForm, TypeInForm, moment_of
from alongside.web.partnership.voice.table import NOT_YOURS, page, to
from alongside.web.partnership.voice.waiting import promised_rows, waiting_rows
from alongside.web.partnership.voice.words import ROUTES, SEATS, VERDICTS

A_MONTH = timedelta(days=30)


@partner_page()
def contributions(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = own_partnership(request, partnership_id)
    waiting, answered = queries.waiting(partnership_id), queries.answered(partnership_id)
    gate.note(verb="read", category="aggregate_counts", purpose="partnership_governance", decision="permit", item=f"partnership:{partnership_id} contributions")
    return page(
        request, "contributions",
        {"partnership": found, "waiting": waiting_rows(waiting), "promised": promised_rows(queries.promised(partnership_id)), "answered": answered, "verdicts": VERDICTS, "may": queries.answering(partnership_id)[0],
         "over": over(found, request.at)},
    )


@partner_page("GET", "POST")
def type_in_contribution(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found, today = own_partnership(request, partnership_id), london_day(request.at)
    forums = queries.forums_open_to_all(partnership_id, today)
    form = TypeInForm(request.POST or None, forums=[(one.id, one.name) for one in forums], initial={"received_on": today})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        received = moment_of(words["received_on"], request.at)
        about = next((one for one in forums if str(one.id) == words["forum"]), None)
        new = NewContribution(
            Route(words["route"]), words["words"], received, queries.due_for(found.area, received, about.reply_days if about else REPLY_DAYS), about.id if about else None,
            Seat(words["seat"]) if words["seat"] else None, words["exact"] == "yes",
        )
        try:
            reference = actions.type_in(by=request.actor, partnership_id=partnership_id, new=new, key=form.key_given, at=request.at, reference=words["reference"])
        except NotNow as no:
            form.add_error("reference" if "reference" in str(no) else None, str(no))
        else:
            messages.success(request, f"Taken down. Give them this reference, with which they read the answer: {grouped(reference)}")
            return to("contributions", partnership_id)
    return page(request, "type_in", {"partnership": found, "form": form})


@partner_page("GET", "POST")
def contribution(request: HttpRequest, partnership_id: int, contribution_id: int) -> HttpResponse:
    """Answering, saying what changed and taking words out are forms of this page; `step` says which was sent."""
    found, one = own_partnership(request, partnership_id, winding_up=True), queries.contribution(partnership_id, contribution_id)
    may, leads = queries.answering(partnership_id)
    step = request.POST.get("step", "")
    if request.method == "POST" and not may:
        raise Refused(Decision(Outcome.DENY, reasons=(NOT_YOURS,)))
    forms: Mapping[str, object] = {
        "answer": AnswerForm(request.POST if step == "answer" else None, initial=first_answer(one, request)), "change": ChangeForm(request.POST if step == "change" else None, prefix="change"),
        "redact": RedactForm(request.POST if step == "redact" else None, prefix="redact"),
    }
    if request.method == "POST" and step in forms and forms[step].is_valid() and done(request, one.pk, step, forms[step]):
        return to("contribution", partnership_id, one.pk)
    gate.note(verb="read", category="aggregate_counts", purpose="partnership_governance", decision="permit", item=f"contribution:{one.pk}")
    wrong = next((form for form in forms.values() if form.errors), None)
    return page(
        request, "contribution",
        {
            "partnership": found, "one": one, "replies": list(one.replies.all()), "reference": grouped(one.reference), "may": may, "leads": leads, "forms": forms, "wrong": bool(wrong), "wrong_form": wrong,
            "routes": ROUTES, "seats": SEATS, "verdicts": VERDICTS, "adopted": bool(one.replies.all()) and one.replies.all()[0].verdict != Verdict.NOT,
        },
        wrong=bool(wrong),
    )


def first_answer(one: object, request: HttpRequest) -> dict[str, object]:
    """What the form of an answer stands at: the newest answer, to be changed."""
    newest = next(iter(one.replies.all()), None)
    if newest is None:
        return {"by_when": london_day(request.at) + A_MONTH}
    return {"verdict": newest.verdict, "heard": newest.heard, "why": newest.why, "by_when": newest.by_when, "public": newest.public}


def done(request: HttpRequest, contribution_id: int, step: str, form: object) -> bool:
    """Do what was sent; False, with the form saying why, where it cannot be done as things stand."""
    words = {"by": request.actor, "contribution_id": contribution_id, "at": request.at}
    try:
        if step == "answer":
            actions.answer(answer=form.answer(), key=form.key_given, **words)
            messages.success(request, "Answered. Whoever has the reference can read it now.")
        elif step == "change":
            actions.say_what_changed(what=form.cleaned_data["what"].strip(), done_on=form.cleaned_data["done_on"], key=form.key_given, **words)
            messages.success(request, "Written down, for everybody to read.")
        else:
            gone = actions.redact(passage=form.cleaned_data["passage"], why=form.cleaned_data["why"], **words)
            messages.success(request, f"{gone} characters were taken out. They are kept nowhere.")
    except NotNow as no:
        form.add_error("passage" if step == "redact" else None, str(no))
        return False
    return True
