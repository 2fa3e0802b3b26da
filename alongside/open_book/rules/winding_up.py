"""What goes back to whom when a partnership ends or a partner leaves."""

from collections.abc import Mapping
from decimal import Decimal

from alongside.open_book.facts import NOTHING
from alongside.open_book.rules.shares import divided


def goes_back(left: Decimal, put_in: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Money that came and was not spent goes back to those who put it in, in the proportion in which they did, to the penny; where more was spent than came, nothing goes back.

    Of a pooled fund the shares that its partners agreed on take the place of what each put in.

    Source: a decision of this product, after the sharing of over- and underspend in section 75 agreements
    Example:
        >>> {agency: str(pounds) for agency, pounds in goes_back(Decimal("100.00"), {1: Decimal(20_000), 2: Decimal(10_000)}).items()}
        {1: '66.67', 2: '33.33'}
        >>> goes_back(Decimal("-5.00"), {1: Decimal(1)}), goes_back(Decimal("5.00"), {})
        ({}, {})
    """
    weights = {agency: weight for agency, weight in put_in.items() if weight > 0}
    if left <= NOTHING or not weights:
        return {}
    parts = dict(zip(weights, divided(left, list(weights.values())), strict=True))
    return {agency: part for agency, part in parts.items() if part}
