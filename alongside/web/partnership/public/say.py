"""Where anybody has their say, signed in or not: by web or on a printed form; reads the answer with a reference; and sees what changed because of what people said."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.common.decisions import NotKnown
from alongside.common.london import london_day
from alongside.partnerships import queries as partnerships
from alongside.partnerships.actions import NotNow
from alongside.partnerships.facts import Stage
from alongside.voice import actions, queries
from alongside.voice.facts import REPLY_DAYS, NewContribution, Route, Seat
from alongside.voice.rules.references import grouped
from alongside.web.design.formats import date_words
from alongside.web.entrance import public_page
from alongside.web.partnership.voice.forms import HaveYourSayForm, ReferenceForm
from alongside.web.partnership.voice.words import ROUTES, SPEAKS_AS, VERDICTS

A_YEAR = timedelta(days=365)
TOO_MANY = "There have been too many from here in a short time. Nothing you typed is lost: wait ten minutes and send it again"


@public_page()
def where_to_say(request: HttpRequest) -> HttpResponse:
    return render(request, "partnership/public/where_to_say.jinja", {"partnerships": partnerships.at_work(), "at": request.at})


@public_page("GET", "POST")
def have_your_say(request: HttpRequest, partnership_id: int) -> HttpResponse:
    """Sent, it answers with the reference and nothing else: no address holds it, and sending again is the same contribution."""
    found, today = at_work(partnership_id), london_day(request.at)
    forums = queries.forums_open_to_all(partnership_id, today)
    form, status = HaveYourSayForm(request.POST or None, forums=[(one.id, one.name) for one in forums], about={str(one.id): about_in_words(one) for one in forums}), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if not within_limits(request, "have_your_say", str(partnership_id)):
            form.add_error(None, TOO_MANY)
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            words, about = form.cleaned_data, next((one for one in forums if str(one.id) == form.cleaned_data["forum"]), None)
            due = queries.due_for(found.area, request.at, about.reply_days if about else REPLY_DAYS)
            new = NewContribution(Route.WEB, words["words"], request.at, due, about.id if about else None, Seat(words["seat"]) if words["seat"] else None)
            try:
                reference = actions.have_your_say(partnership_id=partnership_id, new=new, key=form.key_given, at=request.at)
            except NotNow as no:
                form.add_error(None, str(no))
            else:
                return render(request, "partnership/public/said.jinja", {"partnership": found, "reference": grouped(reference), "due": due, "at": request.at})
    status = status if status != HTTPStatus.OK else HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "partnership/public/have_your_say.jinja", {"partnership": found, "form": form, "at": request.at}, status=status)


def about_in_words(forum: Any) -> str:
    """What a panel or consultation is about, and until when one can say something."""
    return " ".join(part for part in (forum.about, f"Until {date_words(forum.closes)}." if forum.closes else "") if part)


@public_page("GET", "POST")
def read_answer(request: HttpRequest) -> HttpResponse:
    """With the reference and nothing else: no account, no name."""
    form, told, status = ReferenceForm(request.POST or None), None, HTTPStatus.OK
    if request.method == "POST":
        if not within_limits(request, "read_answer"):
            form.add_error(None, "There have been too many tries. Wait five minutes and try again")
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif form.is_valid():
            told = queries.by_reference(form.cleaned_data["reference"])
            if told is None:
                form.add_error("reference", "Nothing is kept under this reference. Look at it again")
        if form.errors and status == HTTPStatus.OK:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "partnership/public/read_answer.jinja", {"form": form, "told": told, "verdicts": VERDICTS, "routes": ROUTES, "at": request.at}, status=status)


@public_page()
def what_changed(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = at_work(partnership_id)
    told = queries.what_changed(partnership_id)
    return render(
        request, "partnership/public/what_changed.jinja",
        {
            "partnership": found, "log": queries.reply_log(partnership_id, since=request.at - A_YEAR, at=request.at), "changed": [one for one in told if one.changed],
            "promised": [one for one in told if not one.changed and one.by_when], "refused": [one for one in told if not one.by_when and not one.changed], "verdicts": VERDICTS, "at": request.at,
        },
    )


@public_page()
def paper_form(request: HttpRequest, partnership_id: int) -> HttpResponse:
    """A form to print, with a reference of its own that whoever fills it in tears off; it is typed in later under that reference."""
    found = at_work(partnership_id)
    forums = queries.forums_open_to_all(partnership_id, london_day(request.at))
    words = {"partnership": found, "forums": forums, "seats": SPEAKS_AS, "reference": grouped(actions.new_reference()), "days": REPLY_DAYS, "at": request.at}
    return render(request, "partnership/public/paper_form.jinja", words)


def at_work(partnership_id: int) -> object:
    """Raises NotKnown for a partnership that is only proposed, was refused or has ended: nobody would answer."""
    found = partnerships.partnership(partnership_id)
    if found.stage != Stage.ACTIVE:
        raise NotKnown
    return found


def within_limits(request: HttpRequest, action: str, key: str = "") -> bool:
    """The limits stand in the settings, beside those of signing in."""
    return bool(ratelimit.consume(request, action=action, key=key))
