"""Panels, consultations and boards: opening one, counting who takes part and who spoke, claiming a rung, and looking at what all that comes to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.london import london_day
from alongside.partnerships.actions import NotNow
from alongside.partnerships.queries.meetings import meetings
from alongside.voice import actions, queries
from alongside.voice.facts import Characteristic, ReplyLog
from alongside.voice.rules.population_file import COLUMNS, read_population
from alongside.web.design.formats import date_words
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.table import own_partnership, shared_partnership
from alongside.web.partnership.voice.forms import ClaimForm, CloseForm, ForumForm, PopulationForm, ProfileForm, SittingForm
from alongside.web.partnership.voice.heard import A_YEAR, charts, forum_heard
from alongside.web.partnership.voice.table import kept_partnership, page, to
from alongside.web.partnership.voice.words import CHARACTERISTICS, KINDS, RUNGS, figure, group_in_words, part_in_words, so_many

MOST_FAULTS, MOST_MEETINGS = 20, 50


@board_page()
def forum(request: HttpRequest, partnership_id: int, forum_id: int) -> HttpResponse:
    found, one = shared_partnership(request, partnership_id), queries.forum(partnership_id, forum_id)
    profile, population = queries.profile_of(one.pk), queries.population_of(partnership_id)
    log = queries.reply_logs(partnership_id, since=request.at - A_YEAR, at=request.at).get(one.pk, ReplyLog())
    heard = forum_heard(one, queries.sittings([one.pk]).get(one.pk, []), log, request.at)
    return page(
        request, "forum",
        {
            "partnership": found, "heard": heard, "sittings": heard.sitting_rows, "forum": one, "charts": charts(profile, population), "kinds": KINDS, "rungs": RUNGS,
            "uncounted": [CHARACTERISTICS[one] for one in Characteristic if one not in profile], "unknown": [CHARACTERISTICS[one] for one in Characteristic if one in profile and one not in population],
            "may": queries.keeps_voice(partnership_id), "figure": figure, "so_many": so_many, "part_in_words": part_in_words,
        },
    )


@partner_page("GET", "POST")
def open_forum(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found, form = kept_partnership(request, partnership_id), ForumForm(request.POST or None, initial={"opens": london_day(request.at)})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_forum(by=request.actor, partnership_id=partnership_id, new=form.forum(), key=form.key_given, at=request.at)
        except NotNow as no:
            form.add_error("name", str(no))
        else:
            messages.success(request, "Opened. Anybody can contribute while it is open.")
            return to("forum", partnership_id, made)
    return page(request, "open_forum", {"partnership": found, "form": form})


@partner_page("GET", "POST")
def claim_rung(request: HttpRequest, partnership_id: int, forum_id: int) -> HttpResponse:
    found, one = kept_partnership(request, partnership_id), queries.forum(partnership_id, forum_id)
    now = queries.claim_of(one)
    initial = {"rung": str(int(now.rung)), "public_votes": now.public_votes, "all_votes": now.all_votes, "budget": now.budget, "why": now.why} if now else {}
    form = ClaimForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.claim_rung(by=request.actor, forum_id=one.pk, claim=form.claim(), at=request.at)
        messages.success(request, "Claimed. Beside it stands what is on record.")
        return to("forum", partnership_id, one.pk)
    return page(request, "claim_rung", {"partnership": found, "forum": one, "form": form})


@partner_page("GET", "POST")
def record_profile(request: HttpRequest, partnership_id: int, forum_id: int) -> HttpResponse:
    found, one = kept_partnership(request, partnership_id), queries.forum(partnership_id, forum_id)
    areas = queries.population_of(partnership_id).get(Characteristic.AREA)
    form = ProfileForm(request.POST or None, areas=list(areas.counts) if areas else [], initial={"taken_on": london_day(request.at)})
    if request.method == "POST" and form.is_valid():
        actions.record_profile(by=request.actor, forum_id=one.pk, taken_on=form.cleaned_data["taken_on"], counts=form.counts(), key=form.key_given, at=request.at)
        messages.success(request, "Counted. What is under 5 is kept back wherever it is shown.")
        return to("forum", partnership_id, one.pk)
    return page(request, "record_profile", {"partnership": found, "forum": one, "form": form, "names": CHARACTERISTICS})


@partner_page("GET", "POST")
def record_sitting(request: HttpRequest, partnership_id: int, forum_id: int) -> HttpResponse:
    found, one = kept_partnership(request, partnership_id), queries.forum(partnership_id, forum_id)
    minuted = [(meeting.pk, f"{meeting.name}, {date_words(meeting.starts)}") for meeting in meetings(partnership_id)[:MOST_MEETINGS]]
    form = SittingForm(request.POST or None, meetings=minuted, initial={"held_on": london_day(request.at)})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        meeting = int(words["meeting"]) if words["meeting"] else None
        actions.record_sitting(by=request.actor, forum_id=one.pk, label=words["label"].strip(), held_on=words["held_on"], counts=form.counts(), key=form.key_given, at=request.at, meeting_id=meeting)
        messages.success(request, "On record, the silent among them.")
        return to("forum", partnership_id, one.pk)
    return page(request, "record_sitting", {"partnership": found, "forum": one, "form": form})


@partner_page("GET", "POST")
def close_forum(request: HttpRequest, partnership_id: int, forum_id: int) -> HttpResponse:
    found, one = kept_partnership(request, partnership_id), queries.forum(partnership_id, forum_id)
    form = CloseForm(request.POST or None, initial={"on": london_day(request.at)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_forum(by=request.actor, forum_id=one.pk, on=form.cleaned_data["on"], at=request.at)
        except NotNow as no:
            form.add_error("on", str(no))
        else:
            messages.success(request, "It closes then. What was said to it is still answered.")
            return to("forum", partnership_id, one.pk)
    return page(request, "close_forum", {"partnership": found, "forum": one, "form": form})


@partner_page("GET", "POST")
def population(request: HttpRequest, partnership_id: int) -> HttpResponse:
    """What is known of who lives here, and bringing in a newer table: all of it, or, where a line is wrong, nothing."""
    found, may = own_partnership(request, partnership_id), queries.keeps_voice(partnership_id)
    if request.method == "POST":
        kept_partnership(request, partnership_id)
    form, faults = PopulationForm(request.POST, request.FILES) if request.method == "POST" else PopulationForm(), []
    if request.method == "POST" and form.is_valid():
        rows, faults = read_population(form.cleaned_data["file"].read().decode("utf-8-sig", "replace"))
        if faults:
            form.add_error("file", "Nothing was brought in. Put the lines below right and choose the file again")
        else:
            many = actions.bring_in_population(by=request.actor, partnership_id=partnership_id, rows=rows, key=form.key_given, at=request.at)
            messages.success(request, f"{many} groups were brought in.")
            return to("population", partnership_id)
    tables = [
        (CHARACTERISTICS[characteristic], counted, [(group_in_words(characteristic, group), f"{people:,}") for group, people in counted.counts.items()])
        for characteristic, counted in queries.population_of(partnership_id).items()
    ]
    return page(request, "population", {"partnership": found, "form": form, "may": may, "tables": tables, "faults": faults[:MOST_FAULTS], "more": max(0, len(faults) - MOST_FAULTS), "columns": COLUMNS})


