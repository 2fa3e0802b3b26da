"""As a PDF: headings that are bookmarks too, tables whose header row is repeated on each page, page numbers, title and language said.

fpdf2 tags pictures and links and nothing else, so a PDF of ours has no tags; pages say that the Word document is the one for a screen reader.
"""

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from alongside.interop.documents.parts import Bullets, Document, Heading, Paragraph, Table

if TYPE_CHECKING:
    from fpdf import FPDF

LANGUAGE, FONT, WESTERN = "en-GB", "Helvetica", "windows-1252"
SIZES = {0: 20, 1: 15, 2: 12.5, 3: 11}
TEXT, SMALL, LINE = 10.5, 9, 5.4
SPELT = str.maketrans({"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "≥": "at least ", "≤": "at most ", "−": "-", "→": "to", "\u202f": " ", "\u00a0": " "})


def as_pdf(document: Document, *, at: datetime) -> bytes:
    """The document as a PDF file, made at a moment."""
    pdf = _paper(document.foot)
    pdf.set_title(spelt(document.title))
    pdf.set_lang(LANGUAGE)
    pdf.set_creation_date(at)
    pdf.set_display_mode("fullwidth")
    pdf.add_page()
    _heading(pdf, document.title, 0)
    if document.subtitle:
        _line(pdf, document.subtitle, TEXT)
    for part in document.parts:
        _add(pdf, part)
    return bytes(pdf.output())


def spelt(text: str) -> str:
    """In the letters of western Europe, which the built-in typeface has: other letters lose their mark, and what is none of them becomes "?".

    Example:
        >>> spelt("Zoë Łuczak – ę")
        'Zoë Luczak – e'
    """
    return "".join(letter if _is_western(letter) else _plain(letter) for letter in text.translate(SPELT))


def _is_western(letter: str) -> bool:
    try:
        letter.encode(WESTERN)
    except UnicodeEncodeError:
        return False
    return True


def _plain(letter: str) -> str:
    bare = unicodedata.normalize("NFKD", letter)[:1]
    return bare if bare and _is_western(bare) else "?"


def _paper(foot: str) -> "FPDF":
    from fpdf import FPDF, ViewerPreferences

    class Paper(FPDF):
        def footer(self) -> None:
            self.set_y(-14)
            self.set_font(FONT, size=SMALL - 1)
            self.cell(0, 6, f"{spelt(foot)}  Page {self.page_no()} of {{nb}}".strip(), align="C")

    paper = Paper(format="A4")
    paper.core_fonts_encoding = WESTERN
    paper.viewer_preferences = ViewerPreferences(display_doc_title=True)
    paper.set_margins(20, 18)
    paper.set_auto_page_break(True, margin=20)
    return paper


def _add(pdf: "FPDF", part: object) -> None:
    match part:
        case Heading(text, level):
            _heading(pdf, text, level)
        case Paragraph(text, strong):
            _line(pdf, text, TEXT, strong=strong)
        case Bullets(lines):
            for line in lines:
                _line(pdf, f"•  {line}", TEXT, indent=4)
        case Table():
            _table(pdf, part)


def _heading(pdf: "FPDF", text: str, level: int) -> None:
    if level and pdf.will_page_break(30):
        pdf.add_page()
    pdf.ln(2 if level else 0)
    pdf.set_font(FONT, "B", SIZES[level])
    if level:
        pdf.start_section(spelt(text), level=level - 1)
    pdf.multi_cell(0, SIZES[level] * 0.5, spelt(text), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)


def _line(pdf: "FPDF", text: str, size: float, *, strong: bool = False, indent: float = 0) -> None:
    pdf.set_font(FONT, "B" if strong else "", size)
    pdf.set_x(pdf.l_margin + indent)
    pdf.multi_cell(0, LINE, spelt(text), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(1.5)


def _table(pdf: "FPDF", part: Table) -> None:
    if pdf.will_page_break(30):
        pdf.add_page()
    _line(pdf, part.caption, SMALL, strong=True)
    pdf.set_font(FONT, size=SMALL)
    alignments = tuple("RIGHT" if place in part.numbers else "LEFT" for place in range(len(part.head)))
    with pdf.table(col_widths=tuple(part.widths) or None, text_align=alignments, line_height=LINE - 0.6, padding=1, headings_style=_bold()) as table:
        for cells in (part.head, *part.rows):
            table.row([spelt(cell) for cell in cells])
    pdf.ln(3)


def _bold() -> object:
    from fpdf.fonts import FontFace

    return FontFace(emphasis="BOLD", fill_color=(232, 237, 238))
