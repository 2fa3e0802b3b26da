"""An amount of money as spreadsheets and ledgers write it."""

import re
from decimal import Decimal, InvalidOperation

from alongside.open_book.facts import PENNY

MOST = Decimal("999999999999.99")
PLAIN = re.compile(r"-?\d{1,12}\.\d\d")
GROUPED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?")
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}")
CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})*,\d\d|\d+,\d\d")
DUST = Decimal("0.000001")
"""What a spreadsheet's own arithmetic leaves behind a penny."""
SAME = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-", "\ufe63": "-", "\uff0d": "-", "\u2009": None, "\u202f": None, "\xa0": None, " ": None, "\t": None, "'": None, "\u2019": None, "£": None})


class NotAnAmount(ValueError):
    """This is no amount; the message says why, in words for whoever reads the report."""


def read_amount(cell: str) -> Decimal:
    """An amount may carry a pound sign, thousands commas, and its minus before it, behind it or as brackets; anything that could be read in two ways is refused.

    Raises NotAnAmount.

    Source: spend over £500 as English councils publish it under the Local Government Transparency Code 2015; it states a format that few keep to.

    Example:
        >>> [str(read_amount(cell)) for cell in ("1,234.56", "(12.50)", "£1,000", "12.50-", "-£3", "1.2E+3", " 7.5 ", "£ -", "12.50 CR")]
        ['1234.56', '-12.50', '1000.00', '-12.50', '-3.00', '1200.00', '7.50', '0.00', '-12.50']
    """
    if PLAIN.fullmatch(cell):
        return Decimal(cell) + 0
    bare, negative = _unsigned(cell.upper().translate(SAME).replace("GBP", ""))
    if bare == "" and negative is True:
        return Decimal("0.00")
    if not bare:
        raise NotAnAmount("It has no amount.")
    if CONTINENTAL.fullmatch(bare) and not GROUPED.fullmatch(bare):
        raise NotAnAmount(f"“{_short(cell)}” has a comma where British figures have a point. Write it with a point.")
    if not (GROUPED.fullmatch(bare) or SCIENTIFIC.fullmatch(bare)) or not any(letter.isdigit() for letter in bare):
        raise NotAnAmount(f"“{_short(cell)}” is not an amount.")
    try:
        value = Decimal(bare.replace(",", ""))
    except InvalidOperation:
        raise NotAnAmount(f"“{_short(cell)}” is not an amount.") from None
    if value > MOST:
        raise NotAnAmount(f"“{_short(cell)}” is more than any payment. Is it a number of something else?")
    exact = value.quantize(PENNY)
    if abs(exact - value) > DUST:
        raise NotAnAmount(f"“{_short(cell)}” is not in whole pennies.")
    return -exact + 0 if negative else exact


def _unsigned(words: str) -> tuple[str, bool]:
    """Without its sign, and whether it was a minus. A sign said twice is no amount."""
    signs = 0
    if words.startswith("(") and words.endswith(")"):
        words, signs = words[1:-1], signs + 1
    if words.endswith("CR"):
        words, signs = words[:-2], signs + 1
    elif words.endswith("DR"):
        words = words[:-2]
    if words.startswith("-"):
        words, signs = words[1:], signs + 1
    elif words.startswith("+"):
        words = words[1:]
    if words.endswith("-"):
        words, signs = words[:-1], signs + 1
    if signs > 1:
        raise NotAnAmount("It has two minus signs, so it may be either.")
    return words, signs == 1


def _short(cell: str) -> str:
    return cell.strip()[:40]
