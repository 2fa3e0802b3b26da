"""The numbers by which other registers know an agency."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from alongside.common.identifiers import NotAnIdentifier, parse_charity_number, parse_ods_code, parse_urn
from alongside.common.rulebook import rule

SINCE = date(2026, 1, 1)
_AUTHORITY = re.compile(r"[EWSN][0-9]{8}")
_FORCE = re.compile(r"[0-9]{2}")


def parse_authority_code(text: str) -> str:
    """A council must be named by the nine characters that the Office for National Statistics gives it.

    Source: Office for National Statistics, register of geographic codes.
    Example:
        >>> parse_authority_code("e06000001")
        'E06000001'
    """
    code = text.strip().upper()
    if not _AUTHORITY.fullmatch(code):
        raise NotAnIdentifier("A local authority code is a letter and eight digits, such as E06000001.")
    return code


def parse_force_code(text: str) -> str:
    """A police force must be named by its two digits.

    Source: Home Office, police force codes.
    Example:
        >>> parse_force_code(" 01 ")
        '01'
    """
    code = text.strip()
    if not _FORCE.fullmatch(code):
        raise NotAnIdentifier("A police force code has two digits.")
    return code


SHAPES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"ods": parse_ods_code, "urn": parse_urn, "charity": parse_charity_number, "la": parse_authority_code, "force": parse_force_code}
)


@rule("AGY-060", since=SINCE, topic="agencies")
def agency_identifier(scheme: str, value: str) -> str:
    """A number of an agency must have the shape of the register it is from. Raises `NotAnIdentifier` in words for whoever typed it.

    Source: the registers named beside each shape.
    Example:
        >>> agency_identifier("urn", "999001")
        '999001'
    """
    if scheme not in SHAPES:
        raise NotAnIdentifier(f"{scheme} is not a register of agencies.")
    return SHAPES[scheme](value)
