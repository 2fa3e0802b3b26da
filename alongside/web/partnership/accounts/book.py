"""The books of one partnership, opened at one period for one reader; and how money is written."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.common.decisions import Decision, NotKnown, Outcome, Refused
from alongside.common.london import london_day
from alongside.open_book import queries
from alongside.open_book.facts import PeriodStatus, Way
from alongside.partnerships import queries as partnerships
from alongside.partnerships.queries.endings import over
from alongside.web.design.numbers import number
from alongside.web.design.pages import form_page, go_on
from alongside.web.partnership.table import in_this_one, lead_frame, way_home

WAYS = {Way.CASH: "Money", Way.HOURS: "Hours", Way.PREMISES: "Premises", Way.DATA: "Data", Way.GOODS: "Goods", Way.LEAD_BODY: "Work of the lead body"}
STATUSES = {PeriodStatus.OPEN: ("Open", "green"), PeriodStatus.PROPOSED: ("Waits for a second partner", "yellow"), PeriodStatus.CLOSED: ("Closed", "grey")}
KEEPERS = "The books are kept by the treasurer, by the partnership's lead and, for what an agency pays and puts in, by whoever speaks for it."


@dataclass(frozen=True, slots=True)
class Book:
    """What a reader has before them, and what they may do with it."""

    partnership: Any
    may: queries.Keeping
    periods: list[Any]
    period: Any
    today: date
    at: datetime

    @property
    def pk(self) -> int:
        return int(self.partnership.pk)

    @property
    def writable(self) -> bool:
        return self.period is not None and self.period.status != PeriodStatus.CLOSED

    @property
    def open_now(self) -> Any:
        """The period into which corrections go."""
        return queries.period_now([one for one in self.periods if one.status != PeriodStatus.CLOSED], self.today)

    @property
    def over(self) -> bool:
        return over(self.partnership, self.at)

    def closer(self) -> None:
        """Raises Refused for who keeps no part of these books, nor did when the partnership ended; the database asks again."""
        if not (self.may.closes_own or self.may.closes):
            raise Refused(Decision(Outcome.DENY, reasons=(KEEPERS,)))

    def keeper(self) -> None:
        """Raises Refused for who keeps no part of these books; the database asks again."""
        if not (self.may.own or self.may.all):
            raise Refused(Decision(Outcome.DENY, reasons=(KEEPERS,)))

    def treasurer(self) -> None:
        if not self.may.all:
            raise Refused(Decision(Outcome.DENY, reasons=("This is for the partnership's treasurer and its lead.",)))

    def payers(self, actor: Any) -> list[tuple[int, str]]:
        """The partners whose books the reader keeps."""
        return [(one.agency_id, one.agency.name) for one in partnerships.partners(self.pk) if self.may.all or one.agency_id == actor.agency_id]

    def to(self, route: str, *more: Any, period: bool = False) -> str:
        return reverse(route, args=[self.pk, *more]) + (f"?period={self.period.pk}" if period and self.period else "")


def opened(request: HttpRequest, partnership_id: int, *, period_id: int | None = None, winding_up: bool = False) -> Book:
    """For whoever works for a partner, or sits on its board; for everybody else these books do not exist."""
    lead_frame(request)
    found, may = partnerships.partnership(partnership_id), queries.keeping(request.actor, partnership_id)
    if not may.reads:
        raise NotKnown
    in_this_one(request, found, winding_up=winding_up)
    periods, today = queries.periods(found.pk), london_day(request.at)
    wanted = period_id or number(request.GET.get("period", ""))
    chosen = next((one for one in periods if one.pk == wanted), None) or queries.period_now(periods, today)
    return Book(found, may, periods, chosen, today, request.at)


def pounds(amount: Decimal | None) -> str:
    """
    >>> pounds(Decimal("1234.5")), pounds(Decimal("-3")), pounds(None)
    ('£1,234.50', '−£3.00', '')
    """
    return "" if amount is None else f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


def percent(share: Decimal | float | None) -> str:
    """
    >>> percent(Decimal("0.256")), percent(None)
    ('26%', 'not known')
    """
    return "not known" if share is None else f"{round(float(share) * 100)}%"


def page(request: HttpRequest, book: Book, template: str, words: dict[str, Any]) -> HttpResponse:
    common = {"home": way_home(request, book.partnership), "book": book, "partnership": book.partnership, "pounds": pounds, "percent": percent, "statuses": STATUSES, "ways": WAYS, "at": request.at}
    return form_page(request, f"partnership/accounts/{template}.jinja", common | words)


def fill_in(request: HttpRequest, book: Book, form: Any, *, heading: str, button: str, back: str, caption: str = "", lead: str = "", upload: bool = False) -> HttpResponse:
    """A page that is one form."""
    return page(request, book, "fill_in", {"form": form, "heading": heading, "press": button, "back": back, "caption": caption, "lead": lead, "upload": upload})


def go(address: str) -> HttpResponseRedirect:
    return go_on(address)
