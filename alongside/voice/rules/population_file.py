"""What a table of the population must look like to be brought in: a CSV with the columns characteristic, group, people, source and as_of."""

import csv
import re
from datetime import date
from io import StringIO

from alongside.voice.facts import GROUPS, Characteristic, PopulationRow

COLUMNS = ("characteristic", "group", "people", "source", "as_of")
MOST_ROWS = 2_000
ENGLISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read_population(text: str) -> tuple[list[PopulationRow], list[str]]:
    """Rows and, line by line, what is wrong with those that cannot be taken. Groups may be given by code or in words; numbers with commas; days as 2021-03-21 or 21/03/2021.

    Example:
        >>> rows, wrong = read_population("characteristic,group,people,source,as_of\\nsex,Female,\\"51,000\\",Census 2021,21/03/2021\\nsex,male,many,Census 2021,2021-03-21")
        >>> rows[0].group, rows[0].people, rows[0].as_of.isoformat(), wrong
        ('female', 51000, '2021-03-21', ['Line 3: “many” is not a whole number of people.'])
    """
    lines = csv.DictReader(StringIO(text.lstrip("\ufeff"), newline=""), strict=False)
    heads = {str(head).strip().lower().replace(" ", "_"): head for head in lines.fieldnames or ()}
    missing = [column for column in COLUMNS if column not in heads]
    if missing:
        return [], [f"The first line must name the columns {', '.join(COLUMNS)}. Missing: {', '.join(missing)}."]
    rows: dict[tuple[str, str], PopulationRow] = {}
    wrong: list[str] = []
    for line in lines:
        cells = {column: str(line.get(heads[column]) or "").strip() for column in COLUMNS}
        if not any(cells.values()):
            continue
        found = read_row(cells)
        if isinstance(found, str):
            wrong.append(f"Line {lines.line_num}: {found}")
        elif (found.characteristic, found.group) in rows:
            wrong.append(f"Line {lines.line_num}: “{cells['group']}” is there already.")
        else:
            rows[found.characteristic, found.group] = found
        if len(rows) > MOST_ROWS or len(wrong) > MOST_ROWS:
            return [], [f"More than {MOST_ROWS:,} lines. Bring in groups, not small areas."]
    return list(rows.values()), wrong or ([] if rows else ["There is no line below the first."])


def read_row(cells: dict[str, str]) -> PopulationRow | str:
    """One row, or what is wrong with it in words."""
    characteristic = next((one for one in Characteristic if one.value == cells["characteristic"].lower().replace(" ", "_").replace("-", "_")), None)
    if characteristic is None:
        return f"“{cells['characteristic']}” is none of {', '.join(Characteristic)}."
    group = group_code(characteristic, cells["group"])
    if not group:
        return f"“{cells['group']}” is none of {', '.join(GROUPS[characteristic].values())}." if GROUPS[characteristic] else "An area needs a name of up to 80 characters."
    people = cells["people"].replace(",", "").replace(" ", "")
    if not (people.isascii() and people.isdigit() and len(people) <= 10):
        return f"“{cells['people']}” is not a whole number of people."
    as_of = read_day(cells["as_of"])
    if as_of is None:
        return f"“{cells['as_of']}” is no day. Write 2021-03-21 or 21/03/2021."
    if not cells["source"]:
        return "Say where the number is from."
    return PopulationRow(characteristic, group, int(people), cells["source"][:200], as_of)


def group_code(characteristic: Characteristic, typed: str) -> str:
    """The code of a group given by code or in words; an area's own name; empty where there is no such group.

    Example:
        >>> group_code(Characteristic.AGE, "16 TO 24"), group_code(Characteristic.AREA, " North  End "), group_code(Characteristic.SEX, "blue")
        ('16_24', 'North End', '')
    """
    words = " ".join(typed.split())
    known = GROUPS[characteristic]
    if not known:
        return words if len(words) <= 80 else ""
    return next((code for code, text in known.items() if words.lower() in (code, text.lower())), "")


def read_day(typed: str) -> date | None:
    english = ENGLISH_DAY.fullmatch(typed)
    try:
        return date(int(english[3]), int(english[2]), int(english[1])) if english else date.fromisoformat(typed)
    except ValueError:
        return None
