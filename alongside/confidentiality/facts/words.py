"""How a word of the vocabulary behaves."""

from enum import StrEnum


class Word(StrEnum):
    """A word of the vocabulary. Hashed as the plain string it is, so that a word can be looked up in a set at full speed."""

    __hash__ = str.__hash__
