"""Numbers that came in an address or in a hidden field: whoever tampers with them meets nothing, and no fault."""

LARGEST = 2**31 - 1


def number(typed: object, *, most: int = LARGEST) -> int | None:
    """The whole number that was meant, or None.

    Example:
        >>> number("12"), number("\\u00b2"), number("-1"), number("9" * 5000), number(None)
        (12, None, None, None, None)
    """
    words = str(typed)
    found = int(words) if words.isascii() and words.isdigit() and len(words) <= len(str(most)) else None
    return found if found is not None and found <= most else None
