"""Files as people have them, and files made to do harm: what is kept says nothing of who made it, where and with what; what cannot be cleaned is refused in words."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pytest

from alongside.common.attachments import NotSafe, Upload, made_safe

MAIN = '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
SECRETS = (b"54.0466", b"Amina Khan", b"SM-G991B", b"Tarnside Trust")


def safe(content: bytes, name: str = "file.bin") -> bytes:
    kept = made_safe(Upload(name, "application/octet-stream", content)).content
    assert not [secret for secret in SECRETS if secret in kept]
    return kept


def refused(content: bytes, name: str = "file.bin") -> str:
    with pytest.raises(NotSafe) as no:
        made_safe(Upload(name, "application/pdf", content))
    return str(no.value)


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


EXIF = segment(0xE1, b"Exif\0\0MM\0*" + b"SM-G991B Amina Khan GPS 54.0466,-2.8007")
XMP = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Amina Khan 54.0466</x:xmpmeta>")
FRAME = segment(0xC0, struct.pack(">BHHB", 8, 100, 200, 3) + bytes(9))
SCAN = segment(0xDA, b"\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00") + b"da\xff\x00ta\xff\xd0more"


def jpeg(*, before: bytes = EXIF + XMP, scans: bytes = SCAN) -> bytes:
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + before + segment(0xDB, bytes(65)) + FRAME + scans + b"\xff\xd9"


def test_a_photograph_keeps_its_picture_and_loses_where_and_with_what_it_was_taken() -> None:
    kept = safe(jpeg(), "bruise.jpg")
    assert kept == jpeg(before=b"")


def test_what_hangs_behind_a_photograph_is_cut_a_second_picture_with_its_place_among_it() -> None:
    whole = jpeg(before=b"")
    assert safe(jpeg() + jpeg()) == whole
    assert safe(jpeg() + b"PK\x03\x04 Amina Khan \xff\xd9") == whole


def test_a_photograph_that_comes_in_several_passes_stays_whole() -> None:
    passes = SCAN + segment(0xC4, bytes(30)) + SCAN
    assert safe(jpeg(scans=passes)) == jpeg(before=b"", scans=passes)


@pytest.mark.parametrize("broken", [jpeg()[:40], jpeg()[:-2], b"\xff\xd8\xff", b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xe0\x00\x01", b"\xff\xd8\xff" + b"\xff" * 50])
def test_a_broken_photograph_is_refused_in_words(broken: bytes) -> None:
    assert "damaged" in refused(broken)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*more: bytes, width: int = 8, height: int = 8) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + b"".join(more) + chunk(b"IDAT", zlib.compress(bytes(72))) + chunk(b"IEND", b"")


def test_a_screenshot_keeps_its_picture_only() -> None:
    assert safe(png(chunk(b"tEXt", b"Author\0Amina Khan"), chunk(b"eXIf", b"54.0466"), chunk(b"iTXt", b"x")) + b"<script>Amina Khan</script>") == png()


def test_a_picture_of_fifty_thousand_by_fifty_thousand_points_is_refused() -> None:
    assert "million points" in refused(png(width=50_000, height=50_000))
    assert "million points" in refused(jpeg().replace(struct.pack(">HH", 100, 200), struct.pack(">HH", 50_000, 50_000)))


# ── Word documents ───────────────────────────────────────────────────────────────────────────────────────────────────


def docx(more: Mapping[str, bytes | str] | None = None, *, types: str = MAIN) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = {
            "[Content_Types].xml": f'<?xml version="1.0"?><Types>{types}<Override PartName="/docProps/core.xml" ContentType="x"/></Types>',
            "_rels/.rels": '<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="office/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="x/core-properties" Target="docProps/core.xml"/></Relationships>',
            "word/document.xml": '<?xml version="1.0"?><w:document><w:ins w:author="Amina Khan" w:id="1">He was cold.</w:ins></w:document>', "docProps/core.xml": "<dc:creator>Amina Khan</dc:creator>",
            "docProps/app.xml": "<Company>Tarnside Trust</Company>", "customXml/item1.xml": "<x>Tarnside Trust</x>", "word/media/image1.jpeg": jpeg(),
        } | dict(more or {})
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def test_a_word_document_keeps_its_words_and_pictures_and_loses_who_wrote_it() -> None:
    with zipfile.ZipFile(io.BytesIO(safe(docx(), "plan.docx"))) as kept:
        assert kept.testzip() is None
        parts = {name: kept.read(name) for name in kept.namelist()}
    assert set(parts) == {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/media/image1.jpeg"}
    assert not [(name, secret) for name, part in parts.items() for secret in SECRETS if secret in part]
    assert b"He was cold." in parts["word/document.xml"]
    assert b"docProps" not in parts["_rels/.rels"] + parts["[Content_Types].xml"]
    assert parts["word/media/image1.jpeg"] == jpeg(before=b"")


@pytest.mark.parametrize(
    "more",
    [
        {"word/vbaProject.bin": b"x"}, {"word/embeddings/oleObject1.bin": b"x"}, {"word/evil.exe": b"MZ"}, {"word/media/image.svg": "<svg><script>1</script></svg>"}, {"word/inner.zip": b"PK"},
        {"word/_rels/settings.xml.rels": '<Relationships><Relationship Id="r1" Type="x/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>'},
    ],
)
def test_a_word_document_that_runs_fetches_or_holds_another_file_is_refused(more: dict[str, bytes | str]) -> None:
    assert "Save it as a PDF" in refused(docx(more))


def test_a_link_that_somebody_may_press_stays() -> None:
    link = '<Relationships><Relationship Id="r1" Type="http://x/relationships/hyperlink" Target="https://example.org" TargetMode="External"/></Relationships>'
    assert safe(docx({"word/_rels/document.xml.rels": link}))


@pytest.mark.parametrize(
    "more",
    [
        {"../../etc/passwd": b"x"}, {"/word/x.xml": b"<x/>"}, {"word\\x.xml": b"<x/>"}, {"WORD/document.xml": b"<x/>"}, {"word/x.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'},
        {"word/x.xml": "no markup at all"}, {"word/media/broken.jpg": b"\xff\xd8\xff\xe0"},
    ],
)
def test_a_word_document_that_is_none_inside_is_refused(more: dict[str, bytes | str]) -> None:
    assert "damaged" in refused(docx(more))


def test_a_bomb_packed_as_a_word_document_is_refused_before_it_unpacks() -> None:
    assert "unpacks to more" in refused(docx({"word/big.xml": b"<" + bytes(101 * 2**20)}))
    lying = bytearray(docx({"word/big.xml": b"<" + bytes(101 * 2**20)}))
    real = struct.pack("<I", 101 * 2**20 + 1)
    while (place := lying.find(real)) >= 0:
        lying[place : place + 4] = struct.pack("<I", 1_000)
    assert refused(bytes(lying))


@pytest.mark.parametrize("content", [docx(types=MAIN.replace("wordprocessingml.document.main", "word.document.macroEnabled.main")), docx()[:-30], b"PK\x03\x04 rest of nothing", b"PK\x05\x06" + bytes(18)])
def test_a_packed_file_that_is_no_word_document_is_refused(content: bytes) -> None:
    assert "is not a picture" in refused(content, "letter.docx")


def test_what_stands_before_or_behind_a_word_document_does_not_come_along() -> None:
    assert b"<script>" not in safe(docx() + b"<script>Amina Khan</script>")


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

ABOUT = rb"<< /Author (Amina Khan) /Title (Letter \(1\) of Amina Khan) /Producer <416d696e61204b68616e> /Creator (Tarnside Trust) /CreationDate (D:20260102) >>"


def pdf(*objects: bytes, info: bytes = b"3 0 R", trailer: bytes = b"") -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" + b"".join(objects)
    return body + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Info " + info + trailer + b" >>\nstartxref\n9\n%%EOF\n"


def stream(number: int, head: bytes, content: bytes) -> bytes:
    return b"%d 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, head, len(content), content)


def test_a_pdf_loses_who_wrote_it_and_keeps_every_other_byte_where_it_was() -> None:
    content = pdf(b"3 0 obj\n" + ABOUT + b"\nendobj\n", b"4 0 obj\n(The words of the letter)\nendobj\n", stream(5, b"/Type /Metadata", b"<x:xmpmeta>Amina Khan</x:xmpmeta>"), stream(6, b"/Filter /DCTDecode", jpeg()))
    kept = safe(content, "letter.pdf")
    assert len(kept) == len(content)
    assert b"(The words of the letter)" in kept
    assert kept.index(b"startxref") == content.index(b"startxref")
    assert b"416d696e61" not in kept


def test_what_a_pdf_says_of_its_author_in_a_pack_is_taken_out_of_the_pack() -> None:
    other = b"<< /Kind (kept) >>"
    objects = b"3 0 7 %d " % (len(ABOUT) + 1) + ABOUT + b" " + other
    content = pdf(stream(9, b"/Type /ObjStm /N 2 /First 9 /Filter /FlateDecode", zlib.compress(objects)), stream(8, b"/Type /Metadata /Filter [/FlateDecode]", zlib.compress(b"<x:xmpmeta>Amina Khan</x:xmpmeta>" * 3)))
    kept = safe(content)
    assert len(kept) == len(content)
    unpacked = zlib.decompressobj().decompress(kept[kept.index(b"stream\n") + 7 :])
    assert not [secret for secret in SECRETS if secret in unpacked]
    assert unpacked.endswith(other) and len(unpacked) == len(objects)
    assert b"Amina" not in zlib.decompressobj().decompress(kept[kept.index(b"stream\n", kept.index(b"8 0 obj")) + 7 :])


@pytest.mark.parametrize(
    "part",
    [
        b"4 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n", b"4 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n", b"4 0 obj\n<< /S /J#61va#53cript >>\nendobj\n", b"4 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n",
        stream(4, b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zlib.compress(b"5 0 << /S /JavaScript >>")), b"4 0 obj\n<< /AcroForm << /XFA [1] >> >>\nendobj\n",
    ],
)
def test_a_pdf_that_runs_or_holds_another_file_is_refused(part: bytes) -> None:
    assert "Print it to a new PDF" in refused(pdf(b"3 0 obj\n" + ABOUT + b"\nendobj\n", part))


def test_a_pdf_that_is_locked_cut_short_packed_strangely_or_a_bomb_is_refused() -> None:
    about = b"3 0 obj\n" + ABOUT + b"\nendobj\n"
    assert "locked" in refused(pdf(about, trailer=b" /Encrypt 9 0 R"))
    assert "cut short" in refused(pdf(about)[:-8])
    assert "packed is not known" in refused(pdf(about, stream(4, b"/Type /ObjStm /N 1 /First 4 /Filter /LZWDecode", b"x")))
    assert "unpacks to more" in refused(pdf(about, stream(4, b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zlib.compress(bytes(60 * 2**20)))))
    assert "cannot be found" in refused(pdf(info=b"77 0 R"))


def test_a_pdf_that_only_says_on_which_page_to_open_is_taken() -> None:
    assert safe(pdf(b"3 0 obj\n" + ABOUT + b"\nendobj\n", b"4 0 obj\n<< /OpenAction [1 0 R /XYZ null null 0] >>\nendobj\n"))


def test_what_hangs_behind_a_pdf_is_cut() -> None:
    assert b"PK" not in safe(pdf(b"3 0 obj\n" + ABOUT + b"\nendobj\n") + b"PK\x03\x04 Amina Khan")


# ── names, and what is none of these ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", [b"MZ" + bytes(200), b"<svg xmlns='x'><script>1</script></svg>", b"<html>", b"#!/bin/sh\nrm -rf /", b"GIF89a" + bytes(50), b"\xd0\xcf\x11\xe0" + bytes(600), "e\u202exe".encode(), b"plain\x00text", b"\xff\xfeU\0T\0F\0"])
def test_what_is_none_of_the_kinds_is_refused_whatever_it_calls_itself(content: bytes) -> None:
    assert "Save it as one of these" in refused(content, "holiday.pdf")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report\u202efdp.exe", "reportfdp.exe.txt"), ("../../etc/passwd", "passwd.txt"), ("C:\\letters\\a.txt", "a.txt"), ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"), ("\u2066.txt", "txt.txt"), ("", "attachment.txt"),
        ('a";filename="b.exe.txt', "afilename=b.exe.txt"), ("x" * 500 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_a_name_that_plays_tricks_becomes_a_plain_one(name: str, kept: str) -> None:
    assert made_safe(Upload(name, "image/jpeg", b"A plain note.\n")).name == kept
