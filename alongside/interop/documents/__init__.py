"""A document that a committee, a board or a regulator can be handed: written once as a list of parts, given out as PDF and as a Word document."""

from alongside.interop.documents.parts import Bullets, Document, Heading, Paragraph, Part, Table
from alongside.interop.documents.pdf import as_pdf
from alongside.interop.documents.word import as_word

__all__ = ["Bullets", "Document", "Heading", "Paragraph", "Part", "Table", "as_pdf", "as_word"]
