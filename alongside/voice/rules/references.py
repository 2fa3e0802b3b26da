"""The reference with which somebody comes back for their answer: easy to read aloud, hard to guess, and mistyped ones are noticed."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters and digits that are taken for one another (0 O, 1 I L) and without U."""
LENGTH = 9
WEIGHTS = (1, 7, 11, 13, 17, 19, 23, 29)
"""Prime to 30, so that any one sign mistyped changes the last."""


def reference_from(numbers: tuple[int, ...]) -> str:
    """A reference from eight random numbers below 30, with a ninth sign that checks the others.

    Example:
        >>> reference_from((1, 2, 3, 4, 5, 6, 7, 8)), read_reference(" 3456789a-4 ")
        ('3456789A4', '3456789A4')
    """
    return "".join(ALPHABET[number] for number in (*numbers, _check(numbers)))


def read_reference(typed: str) -> str:
    """The reference that was meant, however it was spaced; empty where it cannot be one.

    Example:
        >>> read_reference("345 678 9A4"), read_reference("345 678 9A5"), read_reference("hello")
        ('3456789A4', '', '')
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != LENGTH or any(sign not in ALPHABET for sign in signs):
        return ""
    *numbers, last = (ALPHABET.index(sign) for sign in signs)
    return signs if _check(tuple(numbers)) == last else ""


def grouped(reference: str) -> str:
    """
    >>> grouped("3456789A4")
    '345 678 9A4'
    """
    return " ".join(reference[place : place + 3] for place in range(0, len(reference), 3))


def _check(numbers: tuple[int, ...]) -> int:
    return sum(weight * number for weight, number in zip(WEIGHTS, numbers, strict=True)) % len(ALPHABET)
