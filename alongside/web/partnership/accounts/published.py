"""What everybody can read of a partnership's money."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.open_book import queries
from alongside.partnerships import queries as partnerships
from alongside.web.design.numbers import number
from alongside.web.entrance import public_page
from alongside.web.partnership.accounts.book import WAYS, pounds

PAGE = 50


@public_page()
def public_accounts(request: HttpRequest, partnership_id: int) -> HttpResponse:
    found, periods = partnerships.partnership(partnership_id), queries.published_periods(partnership_id)
    wanted, place = number(request.GET.get("period", "")), min(number(request.GET.get("page", "")) or 0, 100_000)
    shown = next((one for one in periods if one.period_id == wanted), periods[0] if periods else None)
    lines = queries.published_lines(shown.period_id, page=place, many=PAGE + 1) if shown else []
    return render(
        request, "partnership/accounts/public.jinja",
        {
            "partnership": found, "periods": periods, "shown": shown, "lines": lines[:PAGE], "contributions": queries.published_contributions(shown.period_id) if shown else [], "pounds": pounds, "ways": WAYS,
            "newer": f"?period={shown.period_id}&page={place - 1}" if shown and place else "", "older": f"?period={shown.period_id}&page={place + 1}" if len(lines) > PAGE else "", "at": request.at,
        },
    )
