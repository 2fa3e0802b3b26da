"""Gates answered with what supports them, and each partner's own scores, private until the reveal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.framework import actions, queries
from alongside.framework.facts import Depth, Kind
from alongside.framework.rules.guidance import statements_at
from alongside.web.entrance import partner_page
from alongside.web.partnership.framework.forms import GatesForm, ScoresForm
from alongside.web.partnership.framework.place import run_to_fill_in, shown, to_run
from alongside.web.partnership.framework.wording import KINDS

OVER = "This is over: nothing more can be filled in."


@partner_page("GET", "POST")
def answer_gates(request: HttpRequest, run_id: int) -> HttpResponse:
    one = still_open(run_to_fill_in(request, run_id))
    form = GatesForm(request.POST or None, states=queries.gates(one))
    if request.method == "POST" and form.is_valid():
        try:
            for gate, (answer, evidence) in form.answers().items():
                actions.answer_gate(by=request.actor, run_id=one.pk, gate=gate, answer=answer, evidence=evidence, at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Saved. The worst stands first.")
            return to_run(one.pk)
    return shown(request, "gates", {"run": one, "form": form, "kind": KINDS[Kind(one.kind)]})


@partner_page("GET", "POST")
def my_scores(request: HttpRequest, run_id: int) -> HttpResponse:
    one = still_open(run_to_fill_in(request, run_id))
    sheet = next((sheet for sheet in queries.sheets(one) if sheet.agency_id == request.actor.agency_id), None)
    if sheet is None or sheet.begun and not sheet.mine:
        raise Refused(Decision(Outcome.DENY, reasons=("Somebody else scores for your agency. Nobody but they can see or change it before the reveal.",)))
    if queries.revealed(one, request.at):
        raise Refused(Decision(Outcome.DENY, reasons=("The scores have been revealed; none can be added or changed.",)))
    text = queries.text_of_run(one)
    form = ScoresForm(request.POST or None, statements=statements_at(text, Depth(one.depth)), principles=text.principles, given=queries.own_scores(one, request.actor))
    sends = request.POST.get("step") == "send"
    if request.method == "POST" and form.is_valid() and (not sends or form.must_be_whole()):
        try:
            revealed = actions.save_scores(by=request.actor, run_id=one.pk, scores=form.scores(), notes=form.notes(), send_in=sends, at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, said_after(sends, revealed))
            return to_run(one.pk)
    return shown(request, "scores", {"run": one, "form": form, "kind": KINDS[Kind(one.kind)], "sheet": sheet})


def said_after(sent_in: bool, revealed: bool) -> str:
    if revealed:
        return "Sent in. Yours was the last, so what partners said is open to all of you now."
    return "Sent in. You can change it until the reveal; nobody else can see it." if sent_in else "Kept. Nobody else can see it, and it counts only once you send it in."


def still_open(one: object) -> object:
    if one.decided_at or one.closed_at:
        raise Refused(Decision(Outcome.DENY, reasons=(OVER,)))
    return one
