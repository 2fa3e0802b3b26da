"""What may be attached to an entry, and in what state it is kept: known kinds only, told by their content, without where and with what a picture was taken."""

import struct
import zlib
from dataclasses import dataclass

import puremagic

LARGEST = 10 * 1024 * 1024
ALL_TOGETHER = 25 * 1024 * 1024
ALLOWED = {
    "application/pdf": (".pdf",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",), "text/plain": (".txt",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
}  # fmt: skip
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"bKGD", b"sBIT", b"hIST"})
FORBIDDEN_IN_PDF = (b"/JavaScript", b"/JS ", b"/Launch", b"/EmbeddedFile", b"/OpenAction")


class NotSafe(ValueError):
    """A file that is not taken. The message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content_type: str
    content: bytes


def made_safe(upload: Upload) -> Upload:
    """
    1. Refuse what is empty or too large.
    2. Tell the kind by the content, never by what was said; refuse kinds not on the list, and documents that run something.
    3. Take out of a picture everything but the picture: where it was taken, when, with what, by whom.

    Raises NotSafe, in words for whoever attached it.
    """
    name = plain_name(upload.name)
    if not upload.content:
        raise NotSafe(f"{name} is empty. Choose the file again.")
    if len(upload.content) > LARGEST:
        raise NotSafe(f"{name} is larger than {LARGEST // 1024 // 1024} MB. Make it smaller, or attach the part that matters.")
    kind = kind_of(upload.content)
    if kind not in ALLOWED:
        raise NotSafe(f"{name} is not a picture (JPEG, PNG), a PDF, a Word document (.docx) or plain text. Save it as one of these.")
    if kind == "application/pdf" and any(word in upload.content for word in FORBIDDEN_IN_PDF):
        raise NotSafe(f"{name} contains a program or another file. Print it to a new PDF and attach that.")
    if not name.lower().endswith(ALLOWED[kind]):
        name += ALLOWED[kind][0]
    content = {"image/jpeg": jpeg_alone, "image/png": png_alone}.get(kind, bytes)(upload.content)
    return Upload(name, kind, content)


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
        return DOCX if b"word/document.xml" in content and b"vbaProject" not in content else "application/zip"
    if is_plain_text(content):
        return "text/plain"
    try:
        return str(puremagic.from_string(content, mime=True))
    except (puremagic.PureError, ValueError):
        return ""


def is_plain_text(content: bytes) -> bool:
    """Whether it is readable UTF-8 with no control characters, and nothing a browser would take for a page."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(c.isprintable() or c in "\r\n\t" for c in text) and not text.lstrip().lower().startswith(("<", "#!"))


def jpeg_alone(content: bytes) -> bytes:
    """A JPEG without its application and comment segments but the one that says JFIF; the picture itself is untouched. Raises NotSafe for a broken one.

    Example:
        >>> def segment(marker, body): return b"\\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
        >>> picture = b"\\xff\\xd8" + segment(0xE1, b"Exif\\0\\0GPS 54.1,-2.8") + segment(0xDB, b"table") + segment(0xDA, b"scan") + b"data\\xff\\xd9"
        >>> b"GPS" in jpeg_alone(picture), jpeg_alone(picture).endswith(b"data\\xff\\xd9")
        (False, True)
    """
    kept, place = bytearray(content[:2]), 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            break
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        length = struct.unpack(">H", content[place + 2 : place + 4])[0]
        end = place + 2 + length
        if length < 2 or end > len(content):
            break
        if marker == 0xDA:
            tail = content.rfind(b"\xff\xd9")
            if tail < end:
                break
            return bytes(kept + content[place : tail + 2])
        if not (0xE1 <= marker <= 0xEF or marker == 0xFE):
            kept += content[place:end]
        place = end
    raise NotSafe("This picture is damaged. Take or save it again.")


def png_alone(content: bytes) -> bytes:
    """A PNG with the chunks that make the picture and no others. Raises NotSafe for a broken one."""
    kept, place = bytearray(content[:8]), 8
    while place + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        end = place + 12 + length
        if end > len(content) or struct.unpack(">I", content[end - 4 : end])[0] != zlib.crc32(content[place + 4 : end - 4]):
            break
        if name in KEPT_CHUNKS:
            kept += content[place:end]
        if name == b"IEND":
            return bytes(kept)
        place = end
    raise NotSafe("This picture is damaged. Take or save it again.")


def plain_name(name: str) -> str:
    """A file name without folders, control characters or tricks of direction, at most 120 characters.

    Example:
        >>> plain_name("../../etc/passwd\\r\\n.pdf"), plain_name("  ")
        ('passwd.pdf', 'attachment')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable() and c not in '"<>:|?*;').strip(". ")[-120:] or "attachment"
