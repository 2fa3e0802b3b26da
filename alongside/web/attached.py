"""What somebody attached, given out."""

from typing import Any

from django.http import HttpResponse


def as_file(found: Any, *, content_type: str = "") -> HttpResponse:
    """Always a file to save and never shown as a page: nothing in it can run here. `found` has a reference, a name and its content."""
    response = HttpResponse(bytes(found.content), content_type=content_type or "application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}{suffix(found.name)}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def suffix(name: str) -> str:
    """The end of a file's name, plain letters only: names of files carry names of people.

    >>> suffix("Leah Turner.docx"), suffix("no end"), suffix("x.p\\ng")
    ('.docx', '', '')
    """
    end = name.rpartition(".")[2].lower()
    return f".{end}" if end.isascii() and end.isalnum() and len(end) <= 5 and "." in name else ""
