"""A recommendation is made, each partner says yes or no to it, and what was made a condition is met."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.common.london import london_day
from alongside.framework import actions, queries
from alongside.framework.facts import OPTIONS as OPTIONS_OF
from alongside.framework.facts import Kind, Option
from alongside.framework.rules.gates import may_be_recommended
from alongside.web.entrance import partner_page
from alongside.web.partnership.framework.filling_in import still_open
from alongside.web.partnership.framework.forms import ConditionForm, MeetForm, RecommendForm, VoteForm
from alongside.web.partnership.framework.place import own_run, run_to_fill_in, shown, to_run
from alongside.web.partnership.framework.wording import KINDS, OPTIONS

NEVER = {Kind.TEST: Option.DO_NOT, Kind.EXAMINE: Option.END}


@partner_page("GET", "POST")
def recommend(request: HttpRequest, run_id: int) -> HttpResponse:
    one = still_open(run_to_fill_in(request, run_id))
    kind = queries.kind_of(one)
    if not queries.revealed(one, request.at):
        raise Refused(Decision(Outcome.DENY, reasons=("Nothing is recommended before every partner has scored, or the day for it has passed.",)))
    allowed = may_be_recommended(kind, queries.gates(one))
    form = RecommendForm(request.POST or None, options=OPTIONS_OF[kind], possible=[option for option, why in allowed.items() if not why], never=NEVER[kind])
    if request.method == "POST" and form.is_valid():
        option = Option(form.cleaned_data["option"])
        try:
            actions.recommend(by=request.actor, run_id=one.pk, option=option, reasons=form.cleaned_data["reasons"], considered=form.considered(), at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Recommended. Each partner can now decide." if option not in (Option.GO_AHEAD_IF, Option.CARRY_ON_IF) else "Recommended. Now write down the conditions; partners decide on them together with it.")
            return to_run(one.pk)
    return shown(request, "recommend", {"run": one, "form": form, "kind": KINDS[kind], "barred": [(OPTIONS[option], why) for option, why in allowed.items() if why]})


@partner_page("GET", "POST")
def decide(request: HttpRequest, run_id: int) -> HttpResponse:
    one = run_to_fill_in(request, run_id)
    stands = queries.standing(queries.recommendations(one))
    if stands is None:
        raise Refused(Decision(Outcome.DENY, reasons=("No recommendation stands at the moment.",)))
    form = VoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agrees = form.cleaned_data["answer"] == "yes"
        put = request.POST.get("recommendation", "")
        try:
            became = actions.vote(
                by=request.actor, run_id=one.pk, recommendation_id=int(put) if put.isascii() and put.isdecimal() and len(put) < 18 else 0, agrees=agrees, reason="" if agrees else form.cleaned_data["reason"], at=request.at,
            )
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, {"said": "What your agency says is on record.", "decided": f"Decided: {OPTIONS[Option(stands.option)].lower()}.", "fell": "With that, more than half can no longer agree: the recommendation has fallen."}[became])
            return to_run(one.pk)
    partners = len(queries.sheets(one))
    words = {"run": one, "form": form, "kind": KINDS[queries.kind_of(one)], "stands": stands, "options": OPTIONS, "needed": partners // 2 + 1, "partners": partners, "considered": considered_in_words(stands)}
    return shown(request, "decide", words)


@partner_page("GET", "POST")
def add_condition(request: HttpRequest, run_id: int) -> HttpResponse:
    one = still_open(run_to_fill_in(request, run_id))
    form = ConditionForm(request.POST or None, partners=[(sheet.agency_id, sheet.agency) for sheet in queries.sheets(one)])
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            actions.add_condition(by=request.actor, run_id=one.pk, words=words["words"], agency_id=int(words["agency"]), due_on=words["due_on"], at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Added.")
            return to_run(one.pk)
    return shown(request, "condition", {"run": one, "form": form})


@partner_page("GET", "POST")
def meet_condition(request: HttpRequest, condition_id: int) -> HttpResponse:
    found = queries.condition(condition_id)
    one = own_run(request, found.recommendation.run_id)
    form = MeetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.meet_condition(by=request.actor, condition_id=found.pk, evidence=form.cleaned_data["evidence"], at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Met, with what shows it.")
            return to_run(one.pk)
    return shown(request, "meet", {"run": one, "condition": found, "form": form, "today": london_day(request.at)})


def considered_in_words(stands: object) -> list[tuple[str, str]]:
    return [(OPTIONS[Option(option)], words) for option, words in stands.considered.items()]
