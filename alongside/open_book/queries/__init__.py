"""Reads of the books. Every partner reads all of them; row security sees to it that nobody else does."""

from alongside.open_book.queries.files import Reconciliation, cost_centres_of, imports, left_out, preview, reconciliation, spend_import
from alongside.open_book.queries.lines import Wanted, after, document, documents, line, lines, overdue, parts, question, questions, supplier, suppliers_to_judge, waiting
from alongside.open_book.queries.periods import Keeping, confirms, history, keeping, period, period_now, periods, periods_of, treasurer
from alongside.open_book.queries.published import published_contributions, published_lines, published_periods
from alongside.open_book.queries.sums import ContributionRow, MoneyFor, Sums, by_objective, contributions, cost_centre, cost_centres, funds, money_for, objectives, sums
from alongside.open_book.queries.winding_up import STILL_IN_THE_BOOKS, what_goes_back
from alongside.open_book.queries.worth import Counted, benefit, counted, outcome

__all__ = [
    "STILL_IN_THE_BOOKS", "ContributionRow", "Counted", "Keeping", "MoneyFor", "Reconciliation", "Sums", "Wanted", "after", "benefit", "by_objective", "confirms", "contributions", "cost_centre", "cost_centres", "cost_centres_of", "counted", "document", "documents",
    "funds", "history", "imports", "keeping", "left_out", "line", "lines", "money_for", "objectives", "outcome", "overdue", "parts", "period", "period_now", "periods", "periods_of", "preview",
    "published_contributions", "published_lines", "published_periods", "question", "questions", "reconciliation", "spend_import", "sums", "supplier", "suppliers_to_judge", "treasurer", "waiting", "what_goes_back",
]  # fmt: skip
