"""Whether the reader has said that it needs to know."""

from alongside.confidentiality.facts.words import Word


class Need(Word):
    """Whether the reader or recipient has declared that it needs this kind of item for this purpose."""

    DECLARED = "declared"
    NOT_DECLARED = "not_declared"
