"""Every change of the books, as the database noted it, in words: what stood there before and stands there now."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse

from alongside.open_book import queries
from alongside.web.design.formats import date_words, when_short
from alongside.web.design.numbers import number
from alongside.web.entrance import partner_page
from alongside.web.partnership.accounts.book import opened, page, pounds

SUBJECTS = {
    "treasurer": "Treasurer", "accounting_period": "Period", "objective_code": "Objective", "pooled_fund": "Pooled fund", "pooled_share": "Share of a fund", "cost_centre": "Cost centre", "budget": "Budget",
    "contribution": "Contribution", "receipt": "What came", "counted_benefit": "What came of it", "supplier": "Supplier", "spend_import": "Spend file", "spend_line": "Line", "line_allocation": "Allocation",
    "line_document": "Paper", "line_query": "Question",
}
NOT_SAID = frozenset({"id", "partnership_id", "submission_key", "fingerprint", "sha256", "columns", "tally", "reference", "content_type", "size"})
MONEY = frozenset({"amount", "gross", "corrected", "rate"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(rf"{DAY.pattern}T\d\d:\d\d")


@partner_page()
def account_history(request: HttpRequest, partnership_id: int) -> HttpResponse:
    book, place = opened(request, partnership_id), min(number(request.GET.get("page", "")) or 0, 10_000)
    found = queries.history(book.pk, page=place)
    address = book.to("account_history")
    return page(
        request, book, "history",
        {
            "events": [{"event": one, "subject": SUBJECTS.get(one.subject, one.subject), "said": said(one)} for one in found[:50]], "newer": f"{address}?page={place - 1}" if place else "",
            "older": f"{address}?page={place + 1}" if len(found) > 50 else "",
        },
    )


def said(event: Any) -> list[tuple[str, str, str]]:
    """Field by field, before and after; of something new only what it says, for when it was written stands beside it."""
    before, after = event.before or {}, event.after or {}
    names = [name for name in after if name not in NOT_SAID and not name.endswith("_id") and (before.get(name) != after[name] if event.before else after[name] not in (None, "", False) and not name.endswith("_at"))]
    return [(name.replace("_", " "), words(name, before.get(name)), words(name, after[name])) for name in names[:10]]


def words(name: str, value: object) -> str:
    """
    >>> words("closed_at", "2026-11-26T21:25:59.789296+00:00"), words("due_on", "2026-11-27"), words("overhead", True), words("gross", 8200.0), words("kind", "not_judged")
    ('Thu 26 Nov 2026, 9:25pm', '27 November 2026', 'yes', '£8,200.00', 'not judged')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in MONEY:
        return pounds(Decimal(str(value)))
    text = str(value)[:120]
    if MOMENT.match(text):
        return when_short(datetime.fromisoformat(text))
    if DAY.fullmatch(text):
        return date_words(date.fromisoformat(text))
    return text.replace("_", " ") if " " not in text else text
