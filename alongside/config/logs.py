"""Logs say where and what kind, never who: no message of an exception, no address of a page, no query and no form value."""

import logging
import time
import traceback
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


class WithoutPersonalData(logging.Formatter):
    """Time, level, logger, and the text of the log call; of an exception its kind and the places it passed, not what it says.

    Our own log calls may only fill in numbers, codes and names of rules. Everybody else's arguments are left out, for a framework puts
    page addresses, form values and statements there.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name == "alongside" or record.name.startswith(("alongside.", "_granian", "granian"))
        said = record.getMessage() if ours else str(record.msg)
        request = getattr(record, "request", None)
        route = getattr(getattr(request, "resolver_match", None), "route", None)
        parts = [self.formatTime(record), record.levelname, record.name, said]
        if route is not None:
            parts.append(f"route={request.method} /{route}" if request is not None else "")
        if status := getattr(record, "status_code", None):
            parts.append(f"status={status}")
        line = " ".join(part.replace("\n", " ") for part in parts)
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + "\n".join(_places(record.exc_info[1]))
        return line


def _places(problem: BaseException) -> list[str]:
    kind = type(problem)
    lines = [f"  {kind.__module__}.{kind.__qualname__}"]
    lines += [f"    {_short(place.filename)}:{place.lineno} {place.name}" for place in traceback.extract_tb(problem.__traceback__)]
    cause = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    return lines + (_places(cause) if cause is not None else [])


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else "/".join(path.parts[-3:])
