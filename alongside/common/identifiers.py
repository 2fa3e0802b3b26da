"""Numbers that other registers gave to people and bodies: tidied and checked, or refused with words for whoever typed them."""

import re

import nhs_number
from stdnum.gb import upn

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]+")
_ODS = re.compile(r"[A-Z0-9]{3,12}")
_URN = re.compile(r"[1-9][0-9]{5}")
_CHARITY = re.compile(r"[1-9][0-9]{5,6}(-[0-9]{1,3})?|SC0[0-9]{5}|NIC1[0-9]{5}")
_UPN = re.compile(r"[A-HJ-NP-RT-W][0-9]{11}[A-HJ-NP-RT-Z0-9]")


class NotAnIdentifier(ValueError):
    """What was typed cannot be such a number; the message says why in plain words."""


def parse_nhs_number(text: str) -> str:
    """An NHS number must be ten digits whose last one checks the others, and must not be one digit ten times over.

    Source: NHS Data Model and Dictionary, NHS NUMBER. One digit repeated passes the check sum but is what people type for "unknown".

    Example:
        >>> parse_nhs_number("943 476 5919")
        '9434765919'
        >>> parse_nhs_number("1111111111")
        Traceback (most recent call last):
        alongside.common.identifiers.NotAnIdentifier: An NHS number is not one digit repeated.
    """
    number = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]{10}", number):
        raise NotAnIdentifier("An NHS number has ten digits.")
    if len(set(number)) == 1:
        raise NotAnIdentifier("An NHS number is not one digit repeated.")
    if not nhs_number.is_valid(number):
        raise NotAnIdentifier("This NHS number does not check: a digit is wrong or two are swapped.")
    return number


def format_nhs_number(number: str) -> str:
    """An NHS number must be shown in groups of three, three and four, so that it can be read aloud.

    Source: NHS Service Manual, NHS numbers.

    Example:
        >>> format_nhs_number("9434765919")
        '943 476 5919'
    """
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def parse_upn(text: str) -> str:
    """A unique pupil number must be a letter, eleven digits and a digit or (when temporary) a letter, the first letter checking the rest.

    Source: Department for Education, unique pupil numbers, guide; children in need census, rules 1510 and 1540. Whether the council code
    inside is known (rule 1530) is not asked: councils are merged and made, and a pupil's number outlives every list of them.

    Example:
        >>> parse_upn("b801200005001")
        'B801200005001'
        >>> parse_upn("A801200005001")
        Traceback (most recent call last):
        alongside.common.identifiers.NotAnIdentifier: This unique pupil number does not check: a character is wrong or two are swapped.
    """
    number = _SEPARATORS.sub("", text).upper()
    if not _UPN.fullmatch(number):
        raise NotAnIdentifier("A unique pupil number has a letter and twelve digits; the last may be a letter.")
    if upn.calc_check_digit(number[1:]) != number[0]:
        raise NotAnIdentifier("This unique pupil number does not check: a character is wrong or two are swapped.")
    return number


def parse_ods_code(text: str) -> str:
    """An organisation code of the NHS must be three to twelve letters and digits.

    Source: NHS England, Organisation Data Service.

    Example:
        >>> parse_ods_code(" rx1 ")
        'RX1'
    """
    return _shaped(text, _ODS, "An ODS code has three to twelve letters and digits.")


def parse_urn(text: str) -> str:
    """A school's unique reference number must be six digits.

    Source: Department for Education, Get Information about Schools.

    Example:
        >>> parse_urn("100000")
        '100000'
    """
    return _shaped(text, _URN, "A school's URN has six digits.")


def parse_charity_number(text: str) -> str:
    """A charity number must have the form of the register it is in: England and Wales, Scotland (SC) or Northern Ireland (NIC).

    Source: the three charity registers of the United Kingdom.

    Example:
        >>> parse_charity_number("sc012345")
        'SC012345'
    """
    return _shaped(text, _CHARITY, "This is no charity number of England and Wales, Scotland or Northern Ireland.")


def _shaped(text: str, shape: re.Pattern[str], otherwise: str) -> str:
    code = text.strip().upper()
    if not shape.fullmatch(code):
        raise NotAnIdentifier(otherwise)
    return code
