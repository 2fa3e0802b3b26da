"""The no to a file."""


class NotSafe(ValueError):
    """A file that is not taken. The message says what to do instead."""
