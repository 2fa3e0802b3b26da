"""A document says the same as PDF and in Word, with headings, header rows and page numbers that a screen reader finds."""

import io
import re
import zipfile
import zlib
from datetime import UTC, datetime

from alongside.interop.documents import Bullets, Document, Heading, Paragraph, Table, as_pdf, as_word

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
REPORT = Document(
    "Yearly report", subtitle="Tarnside Together", foot="As of 26 November 2026",
    parts=(
        Heading("What we found"), Paragraph("Saying and doing part."), Bullets(["Answers are late", "Nobody – not one – wrote back"]), Heading("Figures", 2),
        Table("Answers", ["Partner", "Late"], [[f"Partner {number}", f"{number} %"] for number in range(80)], numbers=[1]),
    ),
)


def word_xml(name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(as_word(REPORT, at=AT))).read(name).decode()


def test_the_word_document_has_real_headings_and_header_rows() -> None:
    body = word_xml("word/document.xml")
    assert '<w:pStyle w:val="Heading1"/>' in body and '<w:pStyle w:val="Heading2"/>' in body
    assert body.count("<w:tblHeader/>") == 1 and body.count("<w:tr>") == 81
    assert "PAGE" in word_xml("word/footer1.xml") and "As of 26 November 2026" in word_xml("word/footer1.xml")


def test_the_word_document_says_its_language_and_not_who_made_it() -> None:
    assert 'w:val="en-GB"' in word_xml("word/styles.xml")
    assert "python-docx" not in word_xml("docProps/core.xml")


def pdf_pages() -> list[str]:
    streams = re.findall(rb"stream\n(.*?)\nendstream", as_pdf(REPORT, at=AT), re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            continue
    return [page for page in unpacked if "BT" in page]


def test_the_pdf_repeats_the_header_row_and_numbers_its_pages() -> None:
    pages = pdf_pages()
    assert len(pages) > 1
    assert all("(Partner)" in page and f"Page {number} of " in page for number, page in enumerate(pages, start=1))


def test_the_pdf_has_title_language_and_bookmarks() -> None:
    content = as_pdf(REPORT, at=AT)
    assert b"/Lang (en-GB)" in content and b"/Outlines" in content
    assert b"Yearly report" in content or "Yearly report".encode("utf-16-be") in content


def test_letters_that_the_typeface_has_not_lose_their_mark_and_nothing_else() -> None:
    assert as_pdf(Document("Łuczak 漢", parts=[Paragraph("≥ 5 → “done”")]), at=AT)
