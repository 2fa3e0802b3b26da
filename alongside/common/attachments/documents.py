"""A Word document and nothing beside it: not who wrote it and for how long, nothing that runs, nothing it would fetch, nothing packed inside."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from alongside.common.attachments.pictures import jpeg_alone, png_alone
from alongside.common.attachments.unsafe import NotSafe

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 3_000
DAMAGED = "This document is damaged. Open it in Word, save it again as .docx, and attach that."
HOLDS_MORE = "This document holds a program, another file or a link that opens by itself. Save it as a PDF and attach that."
UNPACKS_TOO_LARGE = "This document unpacks to more than a document should. Save it as a PDF and attach that."
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SAYS_WHO = ("docprops/", "customxml/", "word/people.xml", "word/persons", "word/commentsids", "word/commentsextensible")
"""Parts about whoever made it and their system; nothing is read in the document without them."""
RUNS = re.compile(r"vba|activex|embeddings|oleobject|\.(bin|exe|dll|js|vbs|html?|svg|zip|docx?|xlsm?|hta|lnk)$", re.I)
FETCHES = re.compile(rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?![^>]*relationships/hyperlink[\"'])[^>]*>", re.I)
RELATION = re.compile(rb"<Relationship\b[^>]*?/>|<Relationship\b[^>]*>\s*</Relationship>", re.I)
OVERRIDE = re.compile(rb"<Override\b[^>]*?/>|<Override\b[^>]*>\s*</Override>", re.I)
AUTHOR = re.compile(rb"(\bw:(?:author|initials)\s*=\s*)(\"[^\"]*\"|'[^']*')")


def is_document(content: bytes) -> bool:
    """Whether a packed file is a Word document without macros, by its own table of contents."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return MAIN in _unpacked(packed, packed.getinfo("[Content_Types].xml")) and "word/document.xml" in packed.namelist()
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return False


def document_alone(content: bytes) -> bytes:
    """Unpack part by part, within bounds, and pack anew: what stands before, between and behind the parts does not come along. Raises NotSafe for what cannot be kept."""
    anew = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(anew, "w", zipfile.ZIP_DEFLATED) as kept:
            for name, part in _parts(packed):
                kept.writestr(zipfile.ZipInfo(name), part, compress_type=zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as problem:
        raise (problem if isinstance(problem, NotSafe) else NotSafe(DAMAGED)) from None
    return anew.getvalue()


def _parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = packed.infolist()
    if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > LARGEST_UNPACKED:
        raise NotSafe(UNPACKS_TOO_LARGE)
    names = [one.filename for one in entries]
    if len({name.lower() for name in names}) != len(names) or any(_leads_out(name) for name in names):
        raise NotSafe(DAMAGED)
    left = LARGEST_UNPACKED
    for entry in entries:
        if entry.is_dir() or entry.filename.lower().startswith(SAYS_WHO):
            continue
        if RUNS.search(entry.filename):
            raise NotSafe(HOLDS_MORE)
        part = _unpacked(packed, entry, left)
        left -= len(part)
        yield entry.filename, _cleaned(entry.filename.lower(), part)


def _unpacked(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int = LARGEST_UNPACKED) -> bytes:
    """What a part unpacks to; what its table of contents says of its size is believed by nobody."""
    with packed.open(entry) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise NotSafe(UNPACKS_TOO_LARGE)
    return content


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or "\0" in name or ":" in name


def _cleaned(name: str, part: bytes) -> bytes:
    if name.endswith((".jpg", ".jpeg")):
        return jpeg_alone(part)
    if name.endswith(".png"):
        return png_alone(part)
    if not name.endswith((".xml", ".rels")):
        return part
    if b"<!DOCTYPE" in part[:2_000].upper() or b"<!ENTITY" in part.upper() or not part.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise NotSafe(DAMAGED)  # no writer of documents needs one; whoever opens it might follow it
    if name.endswith(".rels"):
        if FETCHES.search(part):
            raise NotSafe(HOLDS_MORE)
        return RELATION.sub(_unless_it_says_who, part)
    if name == "[content_types].xml":
        return OVERRIDE.sub(_unless_it_says_who, part)
    return AUTHOR.sub(rb'\1""', part)


def _unless_it_says_who(found: re.Match[bytes]) -> bytes:
    line = found[0].decode("utf-8", "replace").lower().replace("'", '"')
    return b"" if any(f'"{mark}' in line or f"/{mark}" in line for mark in (*SAYS_WHO, *(mark.removeprefix("word/") for mark in SAYS_WHO))) else found[0]
