"""Writes the bank holidays on file anew from the `holidays` library. Run once by hand when its rows are checked; edit the file afterwards.

python -m alongside.common.calendars.seed 2026-11-24 > alongside/common/calendars/bank_holidays.csv
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date

from holidays import __version__, country_holidays

YEARS = range(2012, 2036)
PUBLISHED_UNTIL = date(2028, 12, 31)
NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}
ONE_OFF_2026 = ("scotland", date(2026, 6, 15))


def rows(checked_on: date) -> Iterator[tuple[str, str, str, str, str, str]]:
    """One row for each nation and day: nation, date, name, standing, source, checked on."""
    for nation, subdivision in NATIONS.items():
        for day, name in sorted(country_holidays("GB", subdiv=subdivision, years=YEARS).items()):
            yield (nation, day.isoformat(), name, *_standing(nation, day), checked_on.isoformat())


def _standing(nation: str, day: date) -> tuple[str, str]:
    if (nation, day) == ONE_OFF_2026:
        return (
            "published",
            f"holidays {__version__}; one-off for 2026, absent from the government list packaged as govuk-bank-holidays 0.19",
        )
    if day <= PUBLISHED_UNTIL:
        return "published", f"holidays {__version__}, same weekdays as the government list packaged as govuk-bank-holidays 0.19"
    return "by_rule", f"holidays {__version__}, worked out by rule; no government list reaches this year yet"


if __name__ == "__main__":
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("nation", "date", "name", "standing", "source", "checked_on"))
    out.writerows(rows(date.fromisoformat(sys.argv[1])))
