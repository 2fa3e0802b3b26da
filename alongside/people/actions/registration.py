"""A person comes into the register."""

import json
from datetime import date
from uuid import UUID

from alongside.common import database
from alongside.common.identifiers import parse_nhs_number, parse_upn
from alongside.people.rules.names import search_name, tidy_name
from alongside.people.rules.sounds import sounds


def register_person(
    *, given_name: str, family_name: str, date_of_birth: date | None = None, nhs_number: str | None = None, upn: str | None = None, known_as: str = "", pronouns: str = "",
    birth_date_estimated: bool = False, died_on: date | None = None, key: UUID | None = None, allocated: bool = False,
) -> int:  # fmt: skip
    """
    1. Names are tidied and turned into what the finder compares; numbers are checked.
    2. The database makes the person and the ledger's line. The same `key` sent again gives the same person.
    3. Whoever registers is `allocated`, or relates somebody else in the same transaction; without that nobody could find the person.

    Answers the same whether or not somebody hidden has the same NHS number. Raises NotAName or NotAnIdentifier with what to do.
    """
    given, family, known = (tidy_name(name) if name else "" for name in (given_name, family_name, known_as))
    names = [name for name in (given, family, known) if name]
    details = {
        "given_name": given, "family_name": family, "known_as": known, "pronouns": pronouns, "date_of_birth": date_of_birth.isoformat() if date_of_birth else None,
        "birth_date_estimated": birth_date_estimated, "died_on": died_on.isoformat() if died_on else None, "nhs_number": parse_nhs_number(nhs_number) if nhs_number else None,
        "upn": parse_upn(upn) if upn else None, "search_name": search_name(names), "sounds": list(sounds(names)), "key": str(key) if key else None, "allocated": allocated,
    }  # fmt: skip
    return int(database.value("SELECT register_person(%s)", json.dumps(details)))

