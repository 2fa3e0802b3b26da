"""The log of promises."""

from django.http import HttpRequest, HttpResponse

from alongside.common.london import london_day
from alongside.trust import actions, queries
from alongside.trust.facts import Kept
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.table import own_partnership, shared_partnership
from alongside.web.partnership.trust.forms import PromiseForm, SayDoneForm, SettleForm
from alongside.web.partnership.trust.place import done, others, page, speaks
from alongside.web.partnership.trust.words import KEPT, PROMISED, in_hundred


@board_page()
def promises(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found, rows = shared_partnership(request, partnership_id), queries.promises(partnership_id)
    whole, each = queries.kept_by(rows, london_day(request.at))
    words = {"partnership": found, "rows": rows, "kept": in_hundred(whole), "each": [(name, in_hundred(one)) for name, one in each.items()], "kept_words": KEPT, "speaks": speaks(request, partnership_id)}
    return page(request, "promises", words)


@partner_page("GET", "POST")
def make_promise(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found = own_partnership(request, partnership_id)
    form = PromiseForm(request.POST or None, others=others(request, partnership_id))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def promise() -> int:
            to = int(said["to"]) if said["to"] else None
            return actions.make_promise(by=request.actor, partnership_id=partnership_id, to_agency_id=to, what=said["what"], due_on=said["due_on"], at=request.at)

        answer = done(request, form, promise, said="Promised. Whom it was given to says whether it was kept.", to="promises", args=(partnership_id,))
        if answer:
            return answer
    return page(request, "make_promise", {"partnership": found, "form": form})


@partner_page("GET", "POST")
def promise(request: HttpRequest, promise_id: int) -> HttpResponse:
    one = queries.promise(promise_id)
    found = own_partnership(request, one.partnership_id)
    open_now = one.kept == Kept.OPEN and speaks(request, found.pk)
    ours = one.by_agency_id == request.actor.agency_id
    judges = open_now and not ours and one.to_agency_id in (None, request.actor.agency_id)
    form = SettleForm(request.POST or None) if judges else SayDoneForm(request.POST or None)
    if request.method == "POST" and (judges or (open_now and ours)) and form.is_valid():
        said = form.cleaned_data

        def act() -> None:
            if judges:
                actions.settle_promise(by=request.actor, promise_id=promise_id, kept=Kept(said["kept"]), done_on=said["done_on"], note=said["word"], at=request.at)
            else:
                actions.say_promise_done(by=request.actor, promise_id=promise_id, note=said["note"], at=request.at)

        answer = done(request, form, act, said="Settled." if judges else "Noted. Whom it was given to still says whether it was kept.", to="promise", args=(promise_id,))
        if answer:
            return answer
    words = {"partnership": found, "promise": one, "form": form, "judges": judges, "says_done": open_now and ours, "words": KEPT[Kept(one.kept)], "events": [(PROMISED[event.what], event) for event in one.events.select_related("by__agency").order_by("at", "pk")]}
    return page(request, "promise", words)
