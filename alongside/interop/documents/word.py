"""As a Word document: real headings, tables whose first row is a header repeated on each page, page numbers as fields, the language said."""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from alongside.interop.documents.parts import Bullets, Document, Heading, Paragraph, Table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LANGUAGE = "en-GB"


def as_word(document: Document, *, at: datetime) -> bytes:
    """The document as a .docx file, made at a moment; it names no author."""
    from docx import Document as new_document

    word = new_document()
    facts = word.core_properties
    facts.title, facts.language, facts.author, facts.comments = document.title, LANGUAGE, "", ""
    facts.created = facts.modified = at.astimezone(UTC).replace(tzinfo=None)
    _says_its_language(word)
    word.add_heading(document.title, level=0)
    if document.subtitle:
        word.add_paragraph(document.subtitle, style="Subtitle")
    for part in document.parts:
        _add(word, part)
    _foot(word, document.foot)
    packed = io.BytesIO()
    word.save(packed)
    return packed.getvalue()


def _add(word: "WordDocument", part: object) -> None:
    match part:
        case Heading(text, level):
            word.add_heading(text, level=level)
        case Paragraph(text, strong):
            word.add_paragraph().add_run(text).bold = strong or None
        case Bullets(lines):
            for line in lines:
                word.add_paragraph(line, style="List Bullet")
        case Table():
            _table(word, part)


def _table(word: "WordDocument", part: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    caption = word.add_paragraph(part.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = word.add_table(rows=1, cols=len(part.head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, part.head, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cells in part.rows:
        row = table.add_row()
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.text = text
            if place in part.numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    word.add_paragraph()


def _says_its_language(word: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    word.styles["Normal"].element.get_or_add_rPr().append(language)


def _foot(word: "WordDocument", foot: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{foot}  Page " if foot else "Page ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)
