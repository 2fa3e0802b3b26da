"""What may be attached to anything (an entry, a payment, a point of an agenda), and in what state it is kept: known kinds only, told by their content, without what they say of whoever made them and where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from alongside.common.attachments.documents import document_alone, is_document
from alongside.common.attachments.pdf import pdf_alone
from alongside.common.attachments.pictures import jpeg_alone, png_alone
from alongside.common.attachments.unsafe import NotSafe

__all__ = ["ALL_TOGETHER", "DOCX", "LARGEST", "NotSafe", "Upload", "kind_of", "made_safe", "plain_name"]

LARGEST = 10 * 1024 * 1024
ALL_TOGETHER = 25 * 1024 * 1024
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ALLOWED = {"application/pdf": (".pdf",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",), "text/plain": (".txt", ".csv"), DOCX: (".docx",)}
ALONE: Mapping[str, Callable[[bytes], bytes]] = {"image/jpeg": jpeg_alone, "image/png": png_alone, "application/pdf": pdf_alone, DOCX: document_alone, "text/plain": bytes}
"""What is kept of each kind: the thing itself, and nothing about who made it, when, where and with what."""


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content_type: str
    content: bytes


def made_safe(upload: Upload) -> Upload:
    """
    1. Refuse what is empty or too large.
    2. Tell the kind by the content, never by what was said; refuse kinds not on the list, and documents that run something.
    3. Keep the thing itself, without what stands in it about who made it, when, where and with what; refuse what cannot be cleaned.

    Raises NotSafe, in words for whoever attached it.
    """
    name = plain_name(upload.name)
    if not upload.content:
        raise NotSafe(f"{name} is empty. Choose the file again.")
    if len(upload.content) > LARGEST:
        raise NotSafe(f"{name} is larger than {LARGEST // 1024 // 1024} MB. Make it smaller, or attach the part that matters.")
    kind = kind_of(upload.content)
    if kind not in ALLOWED:
        raise NotSafe(f"{name} is not a picture (JPEG, PNG), a PDF, a Word document (.docx), plain text or a table as CSV. Save it as one of these.")
    if not name.lower().endswith(ALLOWED[kind]):
        name += ALLOWED[kind][0]
    return Upload(name, kind, ALONE[kind](upload.content))


def kind_of(content: bytes) -> str:
    """The type that the content itself shows; empty for none that is known.

    Example:
        >>> kind_of(b"%PDF-1.7 ..."), kind_of(b"MZ" + bytes(100)) in ALLOWED, kind_of("A plain note\\n".encode())
        ('application/pdf', False, 'text/plain')
    """
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"PK\x03\x04"):
        return DOCX if is_document(content) else "application/zip"
    return "text/plain" if is_plain_text(content) else ""


def is_plain_text(content: bytes) -> bool:
    """Whether it is readable UTF-8 with no control characters, and nothing a browser would take for a page."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(c.isprintable() or c in "\r\n\t" for c in text) and not text.lstrip().lower().startswith(("<", "#!"))


def plain_name(name: str) -> str:
    """A file name without folders, control characters or tricks of direction, at most 120 characters.

    Example:
        >>> plain_name("../../etc/passwd\\r\\n.pdf"), plain_name("  ")
        ('passwd.pdf', 'attachment')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable() and c not in '"<>:|?*;').strip(". ")[-120:] or "attachment"
