"""Which column of a register holds what: known by its heading, as registers call it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FIELDS: Mapping[str, str] = {
    "given_name": "Given names", "family_name": "Family name", "full_name": "Whole name", "known_as": "Likes to be called", "previous_family_name": "Previous family name",
    "pronouns": "Pronouns", "date_of_birth": "Date of birth", "died_on": "Date of death", "nhs_number": "NHS number", "upn": "Unique pupil number", "address": "Address",
    "postcode": "Postcode", "phone": "Telephone", "mobile": "Mobile", "email": "Email",
}
SEVERAL = frozenset({"address"})
"""Fields that several columns may make up together, in the order of the file."""

SYNONYMS: Mapping[str, str] = {
    synonym: field
    for field, synonyms in {
        "given_name": "given name|given names|first name|first names|firstname|forename|forenames|person given name|christian name|name first|fname",
        "family_name": "family name|surname|last name|lastname|person family name|second name|name last|lname",
        "full_name": "full name|name|person name|patient name|pupil name|child name|client name|fullname|first and surname",
        "known_as": "known as|preferred name|preferred first name|preferred forename|nickname|likes to be called|chosen name",
        "previous_family_name": "previous family name|previous surname|former surname|maiden name|birth surname|former name|previous name",
        "pronouns": "pronouns|preferred pronouns",
        "date_of_birth": "date of birth|dob|birth date|birthdate|d o b|born|born on|person birth date|birthday|date birth",
        "died_on": "date of death|dod|death date|died|died on|person death date|deceased date|deceased on",
        "nhs_number": "nhs number|nhs no|nhs|nhsnumber|nhsno|nhs num|nhs id",
        "upn": "upn|unique pupil number|pupil number",
        "address": "address|full address|home address|address line|street|street address|town|city|county|locality|"
        + "|".join(f"address {n}|address line {n}|addr {n}|add {n}|address{n}|addr{n}" for n in range(1, 6)),
        "postcode": "postcode|post code|postal code|zip|zip code|pcode|postcode fake|home postcode",
        "phone": "phone|telephone|tel|phone number|telephone number|home phone|landline|home telephone|contact number|tel no",
        "mobile": "mobile|mobile number|mobile phone|cell|mobile tel|mobile no",
        "email": "email|e mail|email address|mail|e mail address",
    }.items()
    for synonym in synonyms.split("|")
}
MOST_COLUMNS = 1_000


class NotARegister(ValueError):
    """The file cannot be read as a register of people; the message says why, and what to do, in plain words."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column (by its place) makes which field; and the headings that are not used."""

    fields: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]
    unused: tuple[str, ...] = ()

    def said(self) -> list[tuple[str, str]]:
        """Each field and the headings it is read from, for whoever checks before loading."""
        return [(FIELDS[field], " + ".join(self.headings[place] for place in places)) for field, places in self.fields.items()]


def plain_heading(heading: str) -> str:
    """A heading as synonyms know it: lower case, words apart, without decoration.

    Example:
        >>> plain_heading("Date_Of_Birth*"), plain_heading("dateOfBirth"), plain_heading(" NHS No. "), plain_heading("Address1")
        ('date of birth', 'date of birth', 'nhs no', 'address1')
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.sub(r"[\W_]+", " ", apart).lower().split())


def map_columns(headings: Sequence[str], chosen: Mapping[str, str] | None = None) -> Columns:
    """A column must be taken for the field that its heading names, unless somebody chose otherwise; each field from one column, an address from several.

    `chosen` maps headings to fields, or to nothing to leave a column out. Raises NotARegister.

    Source: headings of NHS, school and council registers.

    Example:
        >>> columns = map_columns(["Forename", "SURNAME", "D.O.B.", "Shoe size"])
        >>> dict(columns.fields), columns.unused
        ({'given_name': (0,), 'family_name': (1,), 'date_of_birth': (2,)}, ('Shoe size',))
    """
    if len(headings) > MOST_COLUMNS:
        raise NotARegister(f"This file has {len(headings):,} columns. A register has {MOST_COLUMNS:,} at most: is it the right file?")
    chosen = dict(chosen or {})
    places = _places_of(headings, chosen)
    fields: dict[str, tuple[int, ...]] = {field: (place,) for place, field in places.items() if field}
    for field in SEVERAL & set(chosen.values()):
        fields[field] = tuple(place for place, told in sorted(places.items()) if told == field)
    for place, heading in enumerate(headings):
        field = SYNONYMS.get(plain_heading(heading), "")
        if place in places or not field or field in chosen.values():
            continue
        if field not in fields:
            fields[field] = (place,)
        elif field in SEVERAL:
            fields[field] = (*fields[field], place)
    if not {"given_name", "family_name", "full_name", "known_as"} & set(fields):
        raise NotARegister(f"No column holds a name. The columns are: {_some(headings)}. Say which it is, for example: --map '{headings[0][:30] if headings else 'Column'}=full_name'")
    if {"given_name", "family_name"} <= set(fields):
        fields.pop("full_name", None)
    used = {place for several in fields.values() for place in several}
    _refuse_twice(headings, used)
    in_order = {field: fields[field] for field in FIELDS if field in fields}
    return Columns(in_order, tuple(headings), tuple(heading for place, heading in enumerate(headings) if place not in used))


def _places_of(headings: Sequence[str], chosen: Mapping[str, str]) -> dict[int, str]:
    places: dict[int, str] = {}
    for heading, field in chosen.items():
        if heading not in headings:
            raise NotARegister(f"There is no column “{heading}”. The columns are: {_some(headings)}.")
        if field and field not in FIELDS:
            raise NotARegister(f"There is no field “{field}”. The fields are: {', '.join(FIELDS)}.")
        place = headings.index(heading)
        if field and field not in SEVERAL and field in places.values():
            raise NotARegister(f"Two columns are mapped to {field}. Choose one.")
        places[place] = field
    return places


def _refuse_twice(headings: Sequence[str], used: Iterable[int]) -> None:
    for place in used:
        if list(headings).count(headings[place]) > 1:
            raise NotARegister(f"Two columns are called “{headings[place]}”. Rename one of them, so that it is clear which to read.")


def _some(headings: Sequence[str]) -> str:
    return ", ".join(heading[:40] for heading in headings[:12]) + (" ..." if len(headings) > 12 else "")
