"""In which letters a form says that it is written."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from alongside.config.this_machine_only import Wsgi

CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^;\"]*)\"?", re.IGNORECASE)


def in_known_letters(serve: Wsgi) -> Wsgi:
    """A form that names letters which are none, such as base64, is read as if it named none: the framework would fall over the name before it could answer."""

    def respond(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        said = CHARSET.search(environ.get("CONTENT_TYPE", ""))
        if said and not are_letters(said[1].strip()):
            environ["CONTENT_TYPE"] = CHARSET.sub("", environ["CONTENT_TYPE"])
        return serve(environ, start_response)

    return respond


def are_letters(charset: str) -> bool:
    """
    >>> are_letters("utf-8"), are_letters("utf-16"), are_letters("base64"), are_letters("no-such")
    (True, True, False, False)
    """
    try:
        b"a".decode(charset, "replace")
    except (LookupError, ValueError):
        return False
    return True
