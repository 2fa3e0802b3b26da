"""A PDF and nothing beside it: not who wrote it and with what, not where its photographs were taken, nothing that runs, nothing packed inside, nothing behind its end.

Where its words about itself stand open they are overwritten in place, so that every other byte stays where the document says it is. Where they are packed
among other things, the pack is made anew and must fit where it was; one that does not is refused.
"""

import itertools
import re
import struct
import zlib
from collections.abc import Iterator

from alongside.common.attachments.unsafe import NotSafe

LARGEST_UNPACKED = 50 * 1024 * 1024
PRINT_ANEW = "Print it to a new PDF and attach that."
RUNS = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|GoToR|Rendition|Movie)(?![A-Za-z0-9])|/XFA\s*[\[\d]")
"""Names too long to stand by chance in the bytes of a picture."""
SPELT_OUT = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"/Type\s*/ObjStm\b")
PLAINLY_PACKED = re.compile(rb"/Filter\s*(/FlateDecode\b|\[\s*/FlateDecode\s*\])")
STREAM = re.compile(rb"<<(?:[^<>]|<(?!<)|>(?!>)|<<(?:[^<>]|<(?!<)|>(?!>))*>>)*>>\s*stream\r?\n")
INFO = re.compile(rb"/Info\s+(\d+)\s+\d+\s+R")
XMP = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>|<rdf:RDF\b.*?</rdf:RDF>", re.S)
IN_A_PHOTOGRAPH = re.compile(rb"\xff\xe1(..)(?:Exif\0\0|http://ns\.adobe\.com/x)", re.S)
TEXT = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)|(?<!<)<(?!<)[0-9A-Fa-f\s]*>", re.S)
LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")


def pdf_alone(content: bytes) -> bytes:
    """
    1. Cut what hangs behind its end. Refuse what is locked, since nobody can see what is in it, and what runs or holds another file.
    2. Overwrite what it says of itself, wherever that stands, and where its photographs were taken.

    Raises NotSafe, in words for whoever attached it.
    """
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise NotSafe(f"This PDF is damaged or cut short. {PRINT_ANEW}")
    kept = bytearray(content[: end + 5] + b"\n")
    if re.search(rb"/Encrypt\b", kept):
        raise NotSafe(f"This PDF is locked. {PRINT_ANEW}")
    packs = list(_packs(bytes(kept)))
    for words in (bytes(kept), *(text for _, _, text in packs)):
        if RUNS.search(SPELT_OUT.sub(lambda found: bytes([int(found[1], 16)]), words)):
            raise NotSafe(f"This PDF contains a program or another file. {PRINT_ANEW}")
    about = {int(found[1]) for found in INFO.finditer(kept)}
    cleaned = {number for start, stop, text in packs for number in _repack(kept, start, stop, text, about)}
    for number in about:
        for found in re.finditer(rb"(?<!\d)%d\s+\d+\s+obj\b(.*?)endobj" % number, bytes(kept), re.S):
            kept[found.start(1) : found.end(1)] = _blank(found[1])
            cleaned.add(number)
    if about - cleaned:
        raise NotSafe(f"What this PDF says of whoever wrote it cannot be found. {PRINT_ANEW}")
    for found in XMP.finditer(bytes(kept)):
        kept[found.start() : found.end()] = b" " * len(found[0])
    for found in IN_A_PHOTOGRAPH.finditer(bytes(kept)):
        length = struct.unpack(">H", found[1])[0]
        kept[found.start() + 4 : found.start() + 2 + length] = bytes(max(0, min(length - 2, len(kept) - found.start() - 4)))
    return bytes(kept)


def _packs(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Streams that hold objects or words about the document: where each begins and ends, and what it unpacks to."""
    room = LARGEST_UNPACKED
    for found in STREAM.finditer(content):
        head = found[0]
        packed = PACKED.search(head)
        if not (packed or re.search(rb"/Type\s*/Metadata\b", head)) or b"/Filter" not in head:
            continue
        if not PLAINLY_PACKED.search(head) or b"/Predictor" in head:
            raise NotSafe(f"How this PDF is packed is not known here. {PRINT_ANEW}")
        said = LENGTH.search(head)
        stop = found.end() + int(said[1]) if said else content.find(b"endstream", found.end())
        unpacking = zlib.decompressobj()
        try:
            text = unpacking.decompress(content[found.end() : stop], room + 1)
        except zlib.error:
            raise NotSafe(f"This PDF is damaged. {PRINT_ANEW}") from None
        room -= len(text)
        if room < 0:
            raise NotSafe(f"This PDF unpacks to more than a document should. {PRINT_ANEW}")
        yield found.end(), stop, text


def _repack(kept: bytearray, start: int, stop: int, text: bytes, about: set[int]) -> set[int]:
    """Write a pack anew without the words about the document, in the very place where it was. Returns which of the objects about it were in it."""
    places = {} if XMP.search(text) else _objects(text)
    clean = bytearray(XMP.sub(lambda found: b" " * len(found[0]), text))
    for number in about & places.keys():
        at, end = places[number]
        clean[at:end] = _blank(bytes(clean[at:end]))
    if clean != text:
        packed = zlib.compress(bytes(clean), 9)
        if len(packed) > stop - start:
            raise NotSafe(f"What this PDF says of whoever wrote it cannot be taken out. {PRINT_ANEW}")
        kept[start:stop] = packed + bytes(stop - start - len(packed))
    return about & places.keys()


def _objects(text: bytes) -> dict[int, tuple[int, int]]:
    """Where each object of a pack begins and ends: the pack says number and place of each, then come the objects."""
    numbers = [int(word) for word in itertools.takewhile(bytes.isdigit, text.split())]
    head = re.match(rb"[\d\s]*", text)
    first, pairs = head.end() if head else 0, list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = sorted(place for _, place in pairs)[1:] + [len(text) - first]
    return {number: (first + place, first + end) for (number, place), end in zip(sorted(pairs, key=lambda pair: pair[1]), ends, strict=True)}


def _blank(words: bytes) -> bytes:
    """Every text in an object, overwritten by spaces of the same length; a text in hexadecimal by zeros."""
    return TEXT.sub(lambda found: b"(" + b" " * (len(found[0]) - 2) + b")" if found[0].startswith(b"(") else b"<" + b"20" * ((len(found[0]) - 2) // 2) + b" " * (len(found[0]) % 2) + b">", words)
