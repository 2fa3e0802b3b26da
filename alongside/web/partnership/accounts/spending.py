"""Lines of spend, down to the invoice: found, read, asked about, answered for, allocated, corrected."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from alongside.common.decisions import Decision, Outcome, Refused
from alongside.open_book import actions, queries
from alongside.open_book.facts import PeriodStatus, Spend
from alongside.partnerships import queries as partnerships
from alongside.web.attached import as_file
from alongside.web.design.numbers import number
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.accounts.book import Book, fill_in, go, opened, page, pounds
from alongside.web.partnership.accounts.forms import AllocateForm, AnswerForm, CorrectForm, PaperForm, QuestionForm, SpendForm

PAGE = 50


@board_page()
def account_lines(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book, place = opened(request, partnership_id), min(number(request.GET.get("page", "")) or 0, 100_000)
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:80] for name in ("words", "agency", "objective", "question")}
    wanted = queries.Wanted(asked["words"].strip(), number(asked["agency"]), asked["objective"], bool(asked["question"]), number(request.GET.get("file", "")))
    lines, total = queries.lines(book.period, wanted, page=place) if book.period else ([], 0)

    def at_page(other: int) -> str:
        return book.to("account_lines") + "?" + urlencode({"period": book.period.pk, "page": other} | {name: value for name, value in asked.items() if value})

    return page(
        request, book, "lines",
        {
            "lines": lines, "total": total, "asked": asked, "agencies": [(one.agency_id, one.agency.name) for one in partnerships.partners(book.pk)], "objectives": queries.objectives(book.pk),
            "newer": at_page(place - 1) if place else "", "older": at_page(place + 1) if total > (place + 1) * PAGE else "", "first": place * PAGE + 1,
        },
    )


@board_page("GET", "POST")
def account_line(request: HttpRequest, partnership_id: int, line_id: int) -> HttpResponse:
    """One line with all that stands behind it; a question is asked here, by whoever works for a partner."""
    line = queries.line(partnership_id, line_id)
    book = opened(request, partnership_id, period_id=line.period_id)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and not book.may.lines:
        raise Refused(Decision(Outcome.DENY, reasons=("A question on a line is asked in a partner’s name. Put it on the board’s agenda, or ask somebody of a partner to.",)))
    if request.method == "POST" and form.is_valid():
        actions.ask(by=request.actor, line=line, question=form.cleaned_data["question"], area=book.partnership.area, at=request.at, key=form.key_given)
        messages.success(request, f"Asked. {line.agency.name} has 10 working days; after that it shows on the partnership's home.")
        return go(book.to("account_line", line.pk))
    taken_back_by, in_its_place = queries.after(line)
    keeps = book.may.closes or book.may.closes_own and line.agency_id == request.actor.agency_id
    return page(
        request, book, "line",
        {
            "form": form, "line": line, "keeps": keeps, "parts": queries.parts(line), "names": {one.code: one.name for one in queries.objectives(book.pk)}, "papers": queries.documents(line),
            "questions": queries.questions(line), "taken_back_by": taken_back_by, "in_its_place": in_its_place,
            "closed": line.period.status == PeriodStatus.CLOSED, "paper": PaperForm(),
        },
    )


@partner_page("GET", "POST")
def record_spend(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    book.keeper()
    form = SpendForm(request.POST or None, payers=book.payers(request.actor), initial={"agency": request.actor.agency_id, "paid_on": book.today})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        period = next((one for one in book.periods if one.first <= words["paid_on"] <= one.last), None)
        spend = Spend(words["paid_on"], " ".join(words["supplier"].split()), words["amount"], words["cost_centre"], words["reference"], words["description"], period_id=period.pk if period else None)
        try:
            line = actions.record_spend(by=request.actor, partnership_id=book.pk, agency_id=int(words["agency"]), spend=spend, at=request.at, key=form.key_given)
        except actions.NotNow as no:
            form.add_error("paid_on", str(no))
        else:
            messages.success(request, "It stands in the books. Attach the invoice, if you have it here.")
            return go(book.to("account_line", line))
    return fill_in(request, book, form, heading="Add a payment", button="Put it in the books", back=book.to("account_lines"))


@partner_page("GET", "POST")
def attach_to_line(request: HttpRequest, partnership_id: int, line_id: int) -> HttpResponse:
    line = queries.line(partnership_id, line_id)
    book = opened(request, partnership_id, period_id=line.period_id, winding_up=True)
    book.closer()
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["paper"]
        try:
            actions.attach(by=request.actor, line_id=line.pk, upload=actions.Upload(given.name, given.content_type or "", given.read()), at=request.at)
        except (actions.NotSafe, actions.NotNow) as no:
            form.add_error("paper", str(no))
        else:
            messages.success(request, "Attached. Every partner can open it.")
            return go(book.to("account_line", line.pk))
    return fill_in(request, book, form, heading="Attach a paper", button="Attach it", back=book.to("account_line", line.pk), caption=f"{line.supplier.name}, {pounds(line.amount)}", upload=True)


@partner_page()
def line_paper(request: HttpRequest, partnership_id: int, reference: UUID) -> HttpResponse:
    opened(request, partnership_id)
    return as_file(queries.document(partnership_id, reference))


@partner_page("GET", "POST")
def allocate_line(request: HttpRequest, partnership_id: int, line_id: int) -> HttpResponse:
    line = queries.line(partnership_id, line_id)
    book, objectives = opened(request, partnership_id, period_id=line.period_id), queries.objectives(partnership_id)
    book.keeper()
    stands = {part.objective: part.amount for part in queries.parts(line)}
    form = AllocateForm(request.POST or None, objectives=objectives, initial={f"share_{one.pk}": abs(stands[one.code]) for one in objectives if one.code in stands})
    if request.method == "POST" and form.is_valid():
        try:
            actions.allocate(by=request.actor, line=line, weights=form.weights, at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Divided, to the penny.")
            return go(book.to("account_line", line.pk))
    lead = "Give each objective its share: 1 and 1 halve the line, 3 and 1 give three quarters and one. Pennies that are left over go where rounding took most."
    return fill_in(request, book, form, heading="Divide a line among objectives", button="Divide it", back=book.to("account_line", line.pk), caption=f"{line.supplier.name}, {pounds(line.amount)}", lead=lead)


@partner_page("GET", "POST")
def correct_line(request: HttpRequest, partnership_id: int, line_id: int) -> HttpResponse:
    line = queries.line(partnership_id, line_id)
    book = opened(request, partnership_id, period_id=line.period_id, winding_up=True)
    book.closer()
    into = correcting_period(book, line)
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            if into is None:
                raise actions.NotNow("No period is open. Open one first.")
            day = book.today if into.first <= book.today <= into.last else min(max(line.paid_on, into.first), into.last)
            actions.correct_spend(by=request.actor, line_id=line.pk, period_id=into.pk, day=day, reason=words["reason"], amount=words["amount"], cost_centre=words["cost_centre"], at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Taken back by its opposite" + (", with the right line beside it." if words["amount"] is not None else "."))
            return go(book.to("account_line", line.pk))
    lead = f"The line stays as it is. Its exact opposite goes into {into.name if into else 'the open period'}, and the right line beside it."
    return fill_in(request, book, form, heading="Correct a line", button="Correct it", back=book.to("account_line", line.pk), caption=f"{line.supplier.name}, {pounds(line.amount)}", lead=lead)


def correcting_period(book: Book, line: object) -> object:
    """The line's own period while it is open, else the one that is open now."""
    return line.period if line.period.status != PeriodStatus.CLOSED else book.open_now


@partner_page("GET", "POST")
def answer_query(request: HttpRequest, partnership_id: int, query_id: int) -> HttpResponse:
    query = queries.question(partnership_id, query_id)
    book = opened(request, partnership_id, period_id=query.line.period_id, winding_up=True)
    book.closer()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(by=request.actor, query_id=query.pk, words=form.cleaned_data["answer"], at=request.at)
        except actions.NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Answered. Every partner can read it.")
            return go(book.to("account_line", query.line_id))
    return page(request, book, "answer", {"form": form, "query": query})
