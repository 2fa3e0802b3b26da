"""What each partner said it would put in, and what of it came."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import NotKnown
from alongside.open_book import actions, queries
from alongside.open_book.facts import Way
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.accounts.book import fill_in, go, opened, page, pounds
from alongside.web.partnership.accounts.forms import PromiseForm, ReceiptForm


@board_page()
def account_contributions(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    return page(request, book, "contributions", {"rows": queries.contributions(book.period, today=book.today) if book.period else []})


@partner_page("GET", "POST")
def promise_contribution(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    book.keeper()
    funds = [(row.fund.pk, row.fund.name) for row in queries.funds(book.pk, None)]
    form = PromiseForm(request.POST or None, payers=book.payers(request.actor), funds=funds, initial={"agency": request.actor.agency_id, "what": request.GET.get("what", ""), "way": request.GET.get("way", Way.CASH.value)})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        period = next((one for one in book.periods if one.first <= words["due_on"] <= one.last), None)
        try:
            if period is None:
                raise actions.NotNow("No accounting period holds that day")
            actions.promise(
                by=request.actor, partnership_id=book.pk, period_id=period.pk, agency_id=int(words["agency"]), way=Way(words["way"]), what=words["what"], due_on=words["due_on"], amount=words["amount"],
                quantity=words["quantity"], rate=words["rate"], fund_id=int(words["fund"]) if words.get("fund") else None, at=request.at, key=form.key_given,
            )
        except actions.NotNow as no:
            form.add_error("due_on", str(no))
        else:
            messages.success(request, "Noted. Every partner sees it, and whether it comes.")
            return go(f"{book.to('account_contributions')}?period={period.pk}")
    return fill_in(request, book, form, heading="Add a contribution", button="Add it", back=book.to("account_contributions", period=True))


@partner_page("GET", "POST")
def note_receipt(request: HttpRequest, partnership_id: int, contribution_id: int) -> HttpResponse:
    book = opened(request, partnership_id, winding_up=True)
    found = next((row for one in book.periods for row in queries.contributions(one, today=book.today) if row.contribution.pk == contribution_id), None)
    if found is None:
        raise NotKnown
    book.closer()
    one = found.contribution
    form = ReceiptForm(request.POST or None, initial={"amount": max(found.missing, 0), "came_on": book.today})
    if request.method == "POST" and form.is_valid():
        words, into = form.cleaned_data, one.period if one.period.status != "closed" else book.open_now
        try:
            actions.note_receipt(by=request.actor, contribution=one, amount=words["amount"], came_on=words["came_on"], period_id=into.pk if into else None, key=form.key_given)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Noted.")
            return go(f"{book.to('account_contributions')}?period={one.period_id}")
    lead = f"{one.agency.name} said {pounds(one.amount)}; {pounds(found.came)} has come."
    return fill_in(request, book, form, heading="Note what came", button="Note it", back=book.to("account_contributions"), caption=one.what, lead=lead)
