"""What money is for: budgets, objectives, cost centres, pooled funds, and which suppliers are people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from alongside.agencies import queries as agencies
from alongside.common.decisions import NotKnown
from alongside.open_book import actions, queries
from alongside.open_book.facts import SupplierKind
from alongside.partnerships import queries as partnerships
from alongside.partnerships.queries.objectives import objectives as running_objectives
from alongside.web.design.numbers import number
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.accounts.book import Book, fill_in, go, opened, page
from alongside.web.partnership.accounts.forms import BudgetForm, CostCentreForm, FundForm, ObjectiveForm, SupplierForm

PAGE = 50


def objective_choices(book: Book) -> list[tuple[str, str]]:
    return [(one.code, f"{one.code}: {one.name}") for one in queries.objectives(book.pk)]


@partner_page("GET", "POST")
def set_budget(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    book.treasurer()
    form = BudgetForm(request.POST or None, objectives=objective_choices(book))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            if book.period is None:
                raise actions.NotNow("Open an accounting period first")
            objective = "" if words["objective"] == "overheads" else words["objective"]
            actions.set_budget(by=request.actor, partnership_id=book.pk, period_id=book.period.pk, objective=objective, amount=words["amount"], reason=words["reason"], at=request.at)
        except actions.NotNow as no:
            form.add_error("reason" if "Say why" in str(no) else None, str(no))
        else:
            messages.success(request, "The budget stands.")
            return go(book.to("accounts", period=True))
    return fill_in(request, book, form, heading="Set a budget", button="Set it", back=book.to("accounts", period=True), caption=book.period.name if book.period else "")


@partner_page("GET", "POST")
def add_objective(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    book.treasurer()
    coded = {one.objective_id for one in queries.objectives(book.pk)}
    form = ObjectiveForm(request.POST or None, objectives=[(one.objective.pk, one.wording.title) for one in running_objectives(book.pk, day=book.today) if one.objective.pk not in coded])
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["objective"]
        try:
            actions.add_objective(by=request.actor, partnership_id=book.pk, code=form.cleaned_data["code"], name=form.named, objective_id=int(chosen) if chosen else None)
        except actions.NotNow as no:
            form.add_error("objective", str(no))
        else:
            messages.success(request, "Added. Budgets and cost centres can name it.")
            return go(book.to("cost_centres"))
    return fill_in(request, book, form, heading="Add an objective to the books", button="Add it", back=book.to("cost_centres"))


@partner_page()
def cost_centres(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book, place = opened(request, partnership_id), min(number(request.GET.get("page", "")) or 0, 10_000)
    found, address = queries.cost_centres(book.pk, page=place), book.to("cost_centres")
    words = {
        "centres": found[:PAGE], "names": {one.code: one.name for one in queries.objectives(book.pk)}, "suppliers": queries.suppliers_to_judge(book.pk), "newer": f"{address}?page={place - 1}" if place else "",
        "older": f"{address}?page={place + 1}" if len(found) > PAGE else "",
    }
    return page(request, book, "cost_centres", words)


@partner_page("GET", "POST")
def set_cost_centre(request: HttpRequest, partnership_id: int, cost_centre_id: int) -> HttpResponse:
    book, found = opened(request, partnership_id), queries.cost_centre(partnership_id, cost_centre_id)
    book.treasurer()
    stands = "overheads" if found.overhead else found.objective or "none"
    funds = [(row.fund.pk, row.fund.name) for row in queries.funds(book.pk, None)]
    form = CostCentreForm(request.POST or None, objectives=objective_choices(book), funds=funds, initial={"objective": stands, "fund": found.fund_id})
    if request.method == "POST" and form.is_valid():
        said, fund = form.cleaned_data["objective"], form.cleaned_data["fund"]
        actions.set_cost_centre(by=request.actor, cost_centre=found, objective="" if said in ("none", "overheads") else said, overhead=said == "overheads", fund_id=int(fund) if fund else None)
        messages.success(request, "Its lines count there now, those of before too.")
        return go(book.to("cost_centres"))
    return fill_in(request, book, form, heading=found.name, button="Save", back=book.to("cost_centres"), caption="Cost centre")


@partner_page("GET", "POST")
def judge_supplier(request: HttpRequest, partnership_id: int, supplier_id: int) -> HttpResponse:
    book, found = opened(request, partnership_id), queries.supplier(partnership_id, supplier_id)
    book.treasurer()
    form = SupplierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.judge_supplier(by=request.actor, supplier=found, kind=SupplierKind(form.cleaned_data["kind"]))
        messages.success(request, "Saved.")
        return go(book.to("cost_centres"))
    return fill_in(request, book, form, heading="Is it an organisation?", button="Save", back=book.to("cost_centres"), lead=f"Paid as “{found.name}”.")


@board_page()
def pooled_funds(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    return page(request, book, "funds", {"funds": queries.funds(book.pk, book.period)})


@partner_page("GET", "POST")
def make_fund(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    book.treasurer()
    partners = partnerships.partners(book.pk)
    if not partners:
        raise NotKnown
    managers = [(one.pk, f"{one.name}, {one.title}") for one in agencies.managers_in(partner.agency_id for partner in partners)]
    form = FundForm(request.POST or None, hosts=[(one.agency_id, one.agency.name) for one in partners], managers=managers)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            actions.make_fund(by=request.actor, partnership_id=book.pk, name=words["name"], host_id=int(words["host"]), manager_id=int(words["manager"]), shares=form.shares, at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Made. Say which cost centres it pays.")
            return go(book.to("pooled_funds"))
    return fill_in(request, book, form, heading="Make a pooled fund", button="Make it", back=book.to("pooled_funds"), lead="Under section 75 of the NHS Act 2006 a pooled fund has a host and a manager. The shares say who bears what is over or short.")
