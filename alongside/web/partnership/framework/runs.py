"""The tests and examinations of a partnership, how one begins, and where it stands."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.common.london import london_day
from alongside.framework import actions, queries
from alongside.framework.facts import Depth, Kind
from alongside.framework.rules.gates import red, worst_first
from alongside.framework.rules.significance import highest
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.agreements.forms import last_moment
from alongside.web.partnership.framework.forms import BreakOffForm, StartForm
from alongside.web.partnership.framework.picture import picture_of
from alongside.web.partnership.framework.place import NOT_YOURS, own_run, run_to_fill_in, shown, to_run
from alongside.web.partnership.framework.wording import ANSWERS, DEPTHS, KINDS, OPTIONS, STAGES, gate_in_words, parting_in_words
from alongside.web.partnership.table import own_partnership, shared_partnership

TWO_WEEKS = timedelta(days=14)


@board_page()
def framework_runs(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found, takes_part = shared_partnership(request, partnership_id), queries.takes_part(partnership_id)
    made, newest = queries.runs(partnership_id), queries.guidance_in_force()
    going_on = any(one.decided_at is None and one.closed_at is None for one in made)
    superseded = bool(newest and made and made[0].guidance.version < newest.version)
    return shown(
        request, "runs",
        {
            "partnership": found, "rows": [(one, KINDS[Kind(one.kind)], state_of(one, request.at), OPTIONS.get(queries.decision_of(one))) for one in made], "newest": newest, "superseded": superseded, "stage": STAGES[found.stage],
            "may_start": takes_part and newest is not None and not going_on and found.stage in ("potential", "active"), "conditions": queries.open_conditions(partnership_id), "today": london_day(request.at),
        },
    )


@partner_page("GET", "POST")
def start_run(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = own_partnership(request, partnership_id)
    if not queries.takes_part(partnership_id):
        raise Refused(Decision(Outcome.DENY, reasons=(NOT_YOURS,)))
    guidance = queries.guidance_in_force()
    if guidance is None:
        raise Refused(Decision(Outcome.DENY, reasons=("No guidance has been published yet. Whoever looks after the installation can publish it.",)))
    text = queries.text_of(guidance.content)
    today = london_day(request.at)
    form = StartForm(request.POST or None, questions=text.questions, initial={"scores_due": today + TWO_WEEKS})
    form.fields["scores_due"].not_before = today
    if request.method == "POST" and form.is_valid():
        try:
            one = actions.start_run(
                by=request.actor, partnership_id=partnership_id, guidance=guidance, answers=form.answers(), scores_due=last_moment(form.cleaned_data["scores_due"]), at=request.at, key=form.key_given,
            )
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, f"Begun. Its significance is {one.significance} of {highest(text)}, so it is {DEPTHS[Depth(one.depth)]}.")
            return to_run(one.pk)
    return shown(request, "start", {"partnership": found, "form": form, "guidance": guidance, "text": text, "heading": "Test it" if found.stage == "potential" else "Examine it"})


@board_page()
def framework_run(request: HttpRequest, run_id: int) -> HttpResponse:
    one = own_run(request, run_id)
    seen = picture_of(one, request.at)
    found = queries.recommendations(one)
    stands, mine = queries.standing(found), next((sheet for sheet in seen.sheets if sheet.agency_id == request.actor.agency_id), None)
    voted = stands is not None and any(vote.agency_id == request.actor.agency_id for vote in stands.votes.all())
    return shown(
        request, "run",
        {
            "run": one, "kind": KINDS[Kind(one.kind)], "depth": DEPTHS[Depth(one.depth)], "highest": highest(seen.text), "seen": seen, "reds": red(seen.gates), "state": state_of(one, request.at),
            "partings": [parting_in_words(parting) for parting in seen.partings], "gates": [(state, gate_in_words(state), ANSWERS.get(state.answer)) for state in worst_first(seen.gates)],
            "takes_part": queries.takes_part(one.partnership_id), "open": one.decided_at is None and one.closed_at is None, "mine": mine, "stands": stands, "fallen": [other for other in found if other.fell_at],
            "voted": voted, "options": OPTIONS, "stage": STAGES[one.partnership.stage], "today": london_day(request.at), "ayes": sum(vote.agrees for vote in stands.votes.all()) if stands else 0,
        },
    )


@partner_page("GET", "POST")
def break_off_run(request: HttpRequest, run_id: int) -> HttpResponse:
    one = run_to_fill_in(request, run_id)
    form = BreakOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_run(by=request.actor, run_id=one.pk, because=form.cleaned_data["because"], at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Broken off. What was answered stays readable.")
            return to_run(one.pk)
    return shown(request, "break_off", {"run": one, "form": form, "kind": KINDS[Kind(one.kind)]})


def state_of(one: object, at: object) -> tuple[str, str]:
    """Where a run stands, in a coloured word."""
    if one.closed_at:
        return "Broken off", "grey"
    if one.decided_at:
        return "Decided", "green" if one.decision in ("go_ahead", "carry_on") else "blue" if one.decision.endswith("_if") else "red"
    return ("Waits for a decision", "yellow") if queries.revealed(one, at) else ("Partners are scoring", "blue")
