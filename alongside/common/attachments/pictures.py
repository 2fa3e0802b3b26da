"""A picture and nothing beside it: not where it was taken, when, with what, by whom, and not what hangs behind its end."""

import struct
import zlib

from alongside.common.attachments.unsafe import NotSafe

LARGEST_PIXELS = 100_000_000
DAMAGED = "This picture is damaged. Take or save it again."
KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"bKGD", b"sBIT", b"hIST"})
START_OF_SCAN, END, COMMENT = 0xDA, 0xD9, 0xFE
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
STANDS_IN_A_SCAN = frozenset({0x00, *range(0xD0, 0xD8)})
"""A stuffed byte, or a restart: the picture's own data go on behind it."""


def jpeg_alone(content: bytes) -> bytes:
    """A JPEG without its application and comment segments but the one that says JFIF, up to the end of its first picture. Raises NotSafe for a broken one.

    Example:
        >>> def segment(marker, body): return b"\\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
        >>> picture = b"\\xff\\xd8" + segment(0xE1, b"Exif\\0\\0GPS 54.1,-2.8") + segment(0xDB, b"table") + segment(0xDA, b"scan") + b"data\\xff\\xd9"
        >>> b"GPS" in jpeg_alone(picture), jpeg_alone(picture + picture).endswith(b"scandata\\xff\\xd9")
        (False, True)
    """
    kept, place, scans = bytearray(content[:2]), 2, 0
    while place + 2 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == END:
            if not scans:
                break
            return bytes(kept + b"\xff\xd9")
        end = _end_of_segment(content, place)
        if marker in FRAMES:
            _refuse_a_giant(*struct.unpack(">HH", content[place + 5 : place + 9].ljust(4, b"\0")))
        if marker == START_OF_SCAN:
            scans, end = scans + 1, _end_of_scan(content, end)
        if not (0xE1 <= marker <= 0xEF or marker == COMMENT) or (marker == 0xEE and content[place + 4 : place + 9] == b"Adobe"):
            kept += content[place:end]
        place = end
    raise NotSafe(DAMAGED)


def _end_of_segment(content: bytes, place: int) -> int:
    if place + 4 > len(content):
        raise NotSafe(DAMAGED)
    length = struct.unpack(">H", content[place + 2 : place + 4])[0]
    if length < 2 or place + 2 + length > len(content):
        raise NotSafe(DAMAGED)
    return int(place + 2 + length)


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker stands that is no part of the scan's own data."""
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        if content[place + 1] == 0xFF:
            place += 1
        elif content[place + 1] in STANDS_IN_A_SCAN:
            place += 2
        else:
            return place
    raise NotSafe(DAMAGED)


def png_alone(content: bytes) -> bytes:
    """A PNG with the chunks that make the picture and no others, up to its end. Raises NotSafe for a broken one."""
    kept, place = bytearray(content[:8]), 8
    while place + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        end = place + 12 + length
        if end > len(content) or struct.unpack(">I", content[end - 4 : end])[0] != zlib.crc32(content[place + 4 : end - 4]):
            break
        if name == b"IHDR":
            _refuse_a_giant(*struct.unpack(">II", content[place + 8 : place + 16].ljust(8, b"\0")))
        if name in KEPT_CHUNKS:
            kept += content[place:end]
        if name == b"IEND":
            return bytes(kept)
        place = end
    raise NotSafe(DAMAGED)


def _refuse_a_giant(width: int, height: int) -> None:
    if width * height > LARGEST_PIXELS:
        raise NotSafe(f"This picture has more than {LARGEST_PIXELS // 1_000_000} million points. Make it smaller, or attach the part that matters.")
