"""The accounts at a glance: what came, what went, what is left, and what needs somebody now."""

from django.http import HttpRequest, HttpResponse

from alongside.open_book import queries
from alongside.open_book.facts import PeriodStatus
from alongside.web.design.numbers import number
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import board_page, partner_page
from alongside.web.partnership.accounts.book import Book, opened, page, pounds

SUBJECTS = {
    "treasurer": "Treasurer", "accounting_period": "Period", "objective_code": "Objective", "pooled_fund": "Pooled fund", "pooled_share": "Share of a fund", "cost_centre": "Cost centre", "budget": "Budget",
    "contribution": "Contribution", "receipt": "What came", "counted_benefit": "What came of it", "supplier": "Supplier", "spend_import": "Spend file", "spend_line": "Line", "line_allocation": "Allocation",
    "line_document": "Paper", "line_query": "Question",
}  # fmt: skip
NOT_SAID = frozenset({"id", "partnership_id", "submission_key", "fingerprint", "sha256", "columns", "tally"})


@board_page()
def accounts(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book = opened(request, partnership_id)
    waiting = queries.waiting(book.pk)
    sums = queries.sums(book.period, today=book.today) if book.period else None
    return page(request, book, "home", {"sums": sums, "needs": needs(book, waiting, sums, request.actor), "treasurer": queries.treasurer(book.pk), "waiting": len(waiting)})


def needs(book: Book, waiting: list[object], sums: queries.Sums | None, actor: object) -> list[WorkRow]:
    """What waits, the reader's own first."""
    rows = questions_that_wait(book, waiting, actor)
    if sums and sums.late:
        rows.append(WorkRow(f"{pounds(sums.late)} that was due has not come", book.to("account_contributions", period=True), None, "Contributions", state="Late", colour="orange"))
    for one in book.periods:
        if one.status == PeriodStatus.PROPOSED:
            rows.append(WorkRow(f"Close {one.name}", book.to("close_period", one.pk), None, f"Proposed by {one.proposed_by.name}, {one.proposed_by.agency.name}", state="Waits for a second partner", colour="yellow"))
        elif one.status == PeriodStatus.OPEN and one.last < book.today:
            rows.append(WorkRow(f"{one.name} is over and still open", book.to("close_period", one.pk), None, "", state="To close", colour="yellow"))
    unsaid = next((row for row in sums.objectives if not row.code and not row.overhead), None) if sums else None
    if unsaid and book.may.all:
        rows.append(WorkRow(f"{pounds(unsaid.spent)} is for no objective yet", book.to("cost_centres"), None, "Say what the cost centres are for", state="To sort", colour="grey"))
    return rows


def questions_that_wait(book: Book, waiting: list[object], actor: object) -> list[WorkRow]:
    """Each question on a line, the reader's own to answer first, the longest overdue before the others."""
    rows = []
    for one in sorted(waiting, key=lambda one: (one.agency_id != actor.agency_id, one.due_on)):
        late, mine = one.due_on < book.today, one.agency_id == actor.agency_id and book.may.own
        rows.append(WorkRow(
            f"{'Answer' if mine else 'Unanswered'}: a question on {pounds(one.line.amount)} of {one.agency.name}", book.to("answer_query" if mine else "account_line", one.pk if mine else one.line_id), one.due_on,
            f"Asked by {one.asked_by.agency.name}", state="Overdue" if late else "Yours" if mine else "Asked", colour="red" if late else "blue" if mine else "yellow",
        ))  # fmt: skip
    return rows


@partner_page()
def account_history(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book, place = opened(request, partnership_id), number(request.GET.get("page", "")) or 0
    place = min(place, 10_000)
    found = queries.history(book.pk, page=place)
    address = book.to("account_history")
    return page(
        request, book, "history",
        {
            "events": [{"event": one, "subject": SUBJECTS.get(one.subject, one.subject), "said": said(one)} for one in found[:50]], "newer": f"{address}?page={place - 1}" if place else "",
            "older": f"{address}?page={place + 1}" if len(found) > 50 else "",
        },
    )  # fmt: skip


def said(event: object) -> list[tuple[str, str, str]]:
    """What stood there before and stands there now, field by field; of something new only what it says."""
    before, after = event.before or {}, event.after or {}
    names = [name for name in after if name not in NOT_SAID and not name.endswith("_id") and (before.get(name) != after[name] if event.before else after[name] not in (None, "", False))]
    return [(name.replace("_", " "), plain(before.get(name)), plain(after[name])) for name in names[:10]]


def plain(value: object) -> str:
    return "" if value is None else str(value)[:120]
