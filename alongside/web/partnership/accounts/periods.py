"""Accounting periods: opened, closed by two partners, published; and who keeps the books."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.agencies import queries as agencies
from alongside.common.decisions import Decision, NotKnown, Outcome, Refused
from alongside.open_book import actions, queries
from alongside.partnerships import queries as partnerships
from alongside.web.entrance import partner_page
from alongside.web.partnership.accounts.book import fill_in, go, opened, page
from alongside.web.partnership.accounts.forms import PeriodForm, TreasurerForm

SAID = {
    "propose": ("propose_closing", "Proposed. Somebody who speaks for another partner must confirm it."), "confirm": ("confirm_closing", "Closed, for good. What turns out wrong is corrected in the open period."),
    "send_back": ("send_back", "Sent back. The period is open again."), "publish": ("publish", "Published. Everybody can read it, without the names of people who were paid."),
}


@partner_page()
def account_periods(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    return page(request, book, "periods", {"treasurer": queries.treasurer(book.pk), "imports": queries.imports(book.pk)})


@partner_page("GET", "POST")
def open_period(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    book.treasurer()
    begins = max((one.last for one in book.periods), default=None)
    form = PeriodForm(request.POST or None, initial={"first": begins + timedelta(days=1)} if begins else {})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            actions.open_period(by=request.actor, partnership_id=book.pk, name=words["name"], first=words["first"], last=words["last"])
        except actions.NotNow as no:
            form.add_error("last" if "before the first" in str(no) else "first" if "holds" in str(no) else "name", str(no))
        else:
            messages.success(request, "Opened.")
            return go(book.to("account_periods"))
    return fill_in(request, book, form, heading="Open an accounting period", button="Open it", back=book.to("account_periods"))


@partner_page("GET", "POST")
def close_period(request: HttpRequest, partnership_id: int, period_id: int) -> HttpResponse:
    """What is in a period, what stands in the way of closing it, and the next step for this reader."""
    book, wrong = opened(request, partnership_id, period_id=period_id, winding_up=True), ""
    found = book.period
    if found is None or found.pk != period_id:
        raise NotKnown
    if request.method == "POST":
        name, words = SAID.get(request.POST.get("step", ""), ("", ""))
        try:
            if name:
                getattr(actions, name)(by=request.actor, period_id=found.pk, at=request.at)
                messages.success(request, words)
                return go(book.to("close_period", found.pk))
            wrong = "Choose what to do."
        except actions.NotNow as no:
            wrong = str(no)
    waiting = [one for one in queries.waiting(book.pk) if one.line.period_id == found.pk]
    answer = page(request, book, "period", {"period": found, "sums": queries.sums(found, today=book.today), "waiting": waiting, "confirms": queries.confirms(found.pk), "wrong_words": wrong})
    answer.status_code = 422 if wrong else 200
    return answer


@partner_page("GET", "POST")
def name_treasurer(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    if not book.may.leads:
        raise Refused(Decision(Outcome.DENY, reasons=("The partnership's lead names its treasurer.",)))
    partners = {one.agency_id: one.agency.name for one in partnerships.partners(book.pk)}
    people = [(one.pk, f"{one.name}, {one.title}, {partners[one.agency_id]}") for one in agencies.practitioners().filter(agency_id__in=partners).order_by("agency__name", "name")[:400]]
    form = TreasurerForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        actions.name_treasurer(by=request.actor, partnership_id=book.pk, practitioner_id=int(form.cleaned_data["practitioner"]), at=request.at)
        messages.success(request, "Named. They keep all of these books beside you.")
        return go(book.to("account_periods"))
    return fill_in(request, book, form, heading="Name the treasurer", button="Name them", back=book.to("account_periods"))
