"""Files to save: what somebody attached, and documents that are made of what stands here."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from alongside.common.attachments import DOCX
from alongside.common.decisions import NotKnown
from alongside.interop.documents import Document, as_pdf, as_word

FORMS = {"pdf": ("application/pdf", as_pdf), "docx": (DOCX, as_word)}


def as_document(document: Document, form: str, *, name: str, at: datetime) -> HttpResponse:
    """As a PDF or a Word file. Raises NotKnown for any other form."""
    if form not in FORMS:
        raise NotKnown
    content_type, make = FORMS[form]
    return HttpResponse(make(document, at=at), content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'})


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
