"""One row of a register becomes a person to be made, or the reasons why not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.common.identifiers import NotAnIdentifier, parse_nhs_number, parse_upn
from alongside.people.facts import ContactKind, ImportRow, PersonDetails
from alongside.people.rules.columns import FIELDS, Columns
from alongside.people.rules.dates import EARLIEST_BIRTH, NotADate, birth_date, death_date, read_date
from alongside.people.rules.names import FORMULA_STARTS, LONGEST_NAME, NotAName, tidy_name
from alongside.people.rules.places import NotAPostcode, contact_keys, parse_postcode

NOTHING = frozenset({"", "null", "none", "n/a", "na", "nan", "nat", "-", "--", "?", "unknown", "not known", "nk", "not stated", "#n/a", "0000-00-00", "00/00/0000"})
"""What registers write for nothing. Never asked of names: Null is a family name."""

LONGEST_CELL = 1_000
DATES = ("date_of_birth", "died_on")


@dataclass(frozen=True, slots=True)
class Reading:
    """How this file is to be read: what today is, whether months come first, and how long ago somebody may be born."""

    today: date
    month_first: bool = False
    earliest_birth: int = EARLIEST_BIRTH


def read_row(number: int, cells: Sequence[str], columns: Columns, reading: Reading) -> ImportRow:
    """A row must become a person only if everything in it that is used is right; else it is refused with every reason, and no part of it is kept.

    A postcode that has no such shape is kept as it was written, in the address: it is not worth losing a person for.

    Source: NHS Data Model and Dictionary; the importer's contract: nothing half-imported.

    Example:
        >>> from alongside.people.rules.columns import map_columns
        >>> columns = map_columns(["name", "dob"])
        >>> read_row(1, ["Zoë O'Neill", "3/4/1985"], columns, Reading(date(2026, 1, 1))).person.family_name
        "O'Neill"
        >>> read_row(2, ["=HYPERLINK(1)", "31/2/1985"], columns, Reading(date(2026, 1, 1))).reasons
        ('Whole name: A name cannot begin with =: spreadsheets would take it for a formula.', 'Date of birth: “31/2/1985” is not a day in the calendar: February 1985 has 28 days.')
    """
    if len(cells) != len(columns.headings):
        return ImportRow(number, reasons=(f"This row has {len(cells)} cells, the heading has {len(columns.headings)}.",))
    row = _Row(columns, cells, reading)
    person = row.person()
    address, postcode = row.address()
    contacts = row.contacts()
    previous = row.name("previous_family_name")
    if row.reasons or person is None:
        return ImportRow(number, reasons=tuple(row.reasons))
    return ImportRow(number, person, address=address, postcode=postcode, contacts=contacts, other_names=(("", previous),) if previous else ())


class _Row:
    """The cells of one row, and what was found wrong with them so far."""

    def __init__(self, columns: Columns, cells: Sequence[str], reading: Reading) -> None:
        self.reading, self.reasons = reading, list[str]()
        self.typed: Mapping[str, list[str]] = {field: [cells[place].strip() for place in places] for field, places in columns.fields.items()}
        self.refuse_strange_cells()

    def refuse_strange_cells(self) -> None:
        for field, parts in self.typed.items():
            if any(len(part) > LONGEST_CELL for part in parts):
                self.refuse(field, f"A cell can have {LONGEST_CELL:,} characters at most; this has {max(map(len, parts)):,}.")
            elif any("\x00" in part for part in parts):
                self.refuse(field, "This cell is damaged: it holds characters that are no text.")

    def refuse(self, field: str, why: str) -> None:
        self.reasons.append(f"{FIELDS[field]}: {why}")

    def text(self, field: str) -> str:
        parts = self.typed.get(field)
        return "" if not parts or len(parts[0]) > LONGEST_CELL or parts[0].casefold() in NOTHING else parts[0]

    def name(self, field: str) -> str:
        parts = self.typed.get(field)
        if not parts or not parts[0] or len(parts[0]) > LONGEST_CELL:
            return ""
        try:
            return tidy_name(parts[0], longest=2 * LONGEST_NAME if field == "full_name" else LONGEST_NAME)
        except NotAName as no:
            self.refuse(field, str(no))
            return ""

    def person(self) -> PersonDetails | None:
        given, family, whole, known_as = (self.name(field) for field in ("given_name", "family_name", "full_name", "known_as"))
        if whole and not (given or family):
            given, family = split_name(whole)
            if max(len(given), len(family)) > LONGEST_NAME:
                self.refuse("full_name", f"A name can have {LONGEST_NAME} characters at most.")
        born = self.day("date_of_birth")
        died = self.day("died_on")
        if not (given or family or known_as) and not self.reasons:
            self.reasons.append("There is no name.")
        if self.reasons:
            self.judge_numbers()
            return None
        try:
            born = birth_date(born, today=self.reading.today, earliest=self.reading.earliest_birth) if born else None
        except NotADate as no:
            hint = " For a register of the past give --earliest-birth." if born and born.year < self.reading.earliest_birth else ""
            self.refuse("date_of_birth", f"{no}{hint}")
        try:
            died = death_date(died, born=born, today=self.reading.today) if died else None
        except NotADate as no:
            self.refuse("died_on", str(no))
        nhs_number, upn = self.judge_numbers()
        pronouns = self.text("pronouns")[:40]
        return PersonDetails(given, family, known_as, pronouns, born, False, died, nhs_number, upn)

    def judge_numbers(self) -> tuple[str | None, str | None]:
        found: list[str | None] = []
        for field, parse in (("nhs_number", parse_nhs_number), ("upn", parse_upn)):
            typed = self.text(field)
            try:
                found.append(parse(re.sub(r"\.0$", "", typed)) if typed else None)
            except NotAnIdentifier as no:
                self.refuse(field, str(no))
                found.append(None)
        return found[0], found[1]

    def day(self, field: str) -> date | None:
        typed = self.text(field)
        if not typed:
            return None
        try:
            return read_date(typed, today=self.reading.today, month_first=self.reading.month_first, strict=True).day
        except NotADate as no:
            self.refuse(field, str(no))
            return None

    def address(self) -> tuple[str, str]:
        lines = [part for part in self.typed.get("address", ()) if part.casefold() not in NOTHING]
        if any(line.startswith(FORMULA_STARTS) for line in lines):
            self.refuse("address", "An address cannot begin like a formula of a spreadsheet.")
        postcode = self.text("postcode")
        try:
            return "\n".join(lines), parse_postcode(postcode) if postcode else ""
        except NotAPostcode:
            return "\n".join([*lines, postcode.upper()[:20]]), ""

    def contacts(self) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        for field, kind in (("phone", ContactKind.PHONE), ("mobile", ContactKind.MOBILE), ("email", ContactKind.EMAIL)):
            value = self.text(field)
            if not value:
                continue
            if not contact_keys(value) or ("@" in value) is not (kind is ContactKind.EMAIL) or len(value) > 200:
                self.refuse(field, f"“{value[:40]}” is no {'email address' if kind is ContactKind.EMAIL else 'telephone number'}.")
            else:
                found.append((kind.value, value))
        return tuple(found)


def split_name(whole: str) -> tuple[str, str]:
    """A whole name must be split at its comma, else before its last word with the small words that belong to it.

    Example:
        >>> split_name("O'Neill, Zoë Ann"), split_name("Ludwig van Beethoven"), split_name("Sade")
        (('Zoë Ann', "O'Neill"), ('Ludwig', 'van Beethoven'), ('Sade', ''))
    """
    if "," in whole:
        family, _, given = whole.partition(",")
        return given.strip(), family.strip()
    words = whole.split()
    if len(words) < 2:
        return whole, ""
    place = len(words) - 1
    while place > 1 and words[place - 1].lower() in PARTICLES:
        place -= 1
    return " ".join(words[:place]), " ".join(words[place:])


PARTICLES = frozenset({"van", "von", "de", "der", "den", "da", "di", "du", "dos", "del", "della", "la", "le", "el", "al", "bin", "ibn", "bint", "ap", "ab", "of", "st", "mac", "ter", "ten"})
