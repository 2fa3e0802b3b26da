"""How a sum is divided so that its parts make it up again to the penny."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from alongside.open_book.facts import PENNY


def divided(amount: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """A sum is divided by weights in whole pennies; the pennies left over go to those who lost most in rounding, the first of equals first (largest remainder).

    Raises ValueError for weights that are below nothing or all nothing.

    Source: Hamilton's method of apportionment.
    Example:
        >>> [str(part) for part in divided(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)])]
        ['33.34', '33.33', '33.33']
        >>> sum(divided(Decimal("-0.05"), [Decimal(1), Decimal(2), Decimal(4)]))
        Decimal('-0.05')
    """
    whole = sum(weights, Decimal(0))
    if any(weight < 0 for weight in weights) or whole <= 0:
        raise ValueError("Shares must be above nothing.")
    pennies = int(abs(amount) / PENNY)
    exact = [pennies * weight / whole for weight in weights]
    floors = [int(one.to_integral_value(ROUND_FLOOR)) for one in exact]
    order = sorted(range(len(weights)), key=lambda place: (-(exact[place] - floors[place]), place))
    for place in order[: pennies - sum(floors)]:
        floors[place] += 1
    sign = -1 if amount < 0 else 1
    return tuple(sign * part * PENNY for part in floors)
