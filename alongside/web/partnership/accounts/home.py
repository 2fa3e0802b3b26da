"""The accounts at a glance: what came, what went, what is left, and what needs somebody now."""

from django.http import HttpRequest, HttpResponse

from alongside.open_book import queries
from alongside.open_book.facts import PeriodStatus
from alongside.web.design.rows import WorkRow
from alongside.web.entrance import board_page
from alongside.web.partnership.accounts.book import Book, opened, page, pounds


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
        elif one.status == PeriodStatus.OPEN and (one.last < book.today or book.over):
            rows.append(WorkRow(f"{one.name} is over and still open", book.to("close_period", one.pk), None, "", state="To close", colour="yellow"))
    unsaid = next((row for row in sums.objectives if not row.code and not row.overhead), None) if sums else None
    if unsaid and book.may.all:
        rows.append(WorkRow(f"{pounds(unsaid.spent)} is for no objective yet", book.to("cost_centres"), None, "Say what the cost centres are for", state="To sort", colour="grey"))
    return rows


def questions_that_wait(book: Book, waiting: list[object], actor: object) -> list[WorkRow]:
    """Each question on a line, the reader's own to answer first, the longest overdue before the others."""
    rows = []
    for one in sorted(waiting, key=lambda one: (one.agency_id != actor.agency_id, one.due_on)):
        late, mine = one.due_on < book.today, one.agency_id == actor.agency_id and book.may.closes_own
        rows.append(WorkRow(
            f"{'Answer' if mine else 'Unanswered'}: a question on {pounds(one.line.amount)} of {one.agency.name}", book.to("answer_query" if mine else "account_line", one.pk if mine else one.line_id), one.due_on,
            f"Asked by {one.asked_by.agency.name}", state="Overdue" if late else "Yours" if mine else "Asked", colour="red" if late else "blue" if mine else "yellow",
        ))
    return rows
