"""Days as files hold them: which of the two numbers is the month."""

import re
from collections.abc import Iterable

_EITHER = re.compile(r"\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(?:\d{4}|\d{2})(?:[T\s,].*)?", re.ASCII)


def months_come_first(cells: Iterable[str]) -> bool:
    """A file's days must be read with the month first when some can only be read so and none can only be read with the day first.

    Source: one program writes all days of a file alike; an American one, or a spreadsheet set to American, the month first.

    Example:
        >>> months_come_first(["03/04/1985", "12/31/1990"]), months_come_first(["03/04/1985"]), months_come_first(["12/31/1990", "31/12/1990"])
        (True, False, False)
    """
    found = False
    for cell in cells:
        if match := _EITHER.fullmatch(cell):
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                return False
            found = found or second > 12 >= first
    return found
