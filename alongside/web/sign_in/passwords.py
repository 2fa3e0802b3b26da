"""Which passwords anybody could guess, however long they are."""

import re

from django.core.exceptions import ValidationError

RUNS = ("0123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
OUR_NAME = "alongside"


def guessable(password: str) -> str:
    """Why a password is too easy to guess; empty when it is not.

    Source: NIST SP 800-63B 5.1.1.2: refuse repetitive and sequential characters, and words of the service itself.
    Example:
        >>> guessable("three unrelated words"), guessable("passwordpassword"), guessable("123456789012")
        ('', 'It is one part said again and again', 'It is only figures')
    """
    plain = re.sub(r"[\W_]", "", password.lower())
    if plain.isdigit():
        return "It is only figures"
    if re.fullmatch(r"(.{1,8})\1+", plain):
        return "It is one part said again and again"
    if any(plain in run or plain in run[::-1] for run in RUNS):
        return "It is only a row of the keyboard"
    return "It is little more than our own name" if OUR_NAME in plain and len(plain) < len(OUR_NAME) + 6 else ""


class GuessableValidator:
    """For Django's list of validators."""

    def validate(self, password: str, user: object = None) -> None:
        why = guessable(password)
        if why:
            raise ValidationError(f"{why}. Three unrelated words are easy to remember and hard to guess")

    def get_help_text(self) -> str:
        return "Three unrelated words are easy to remember and hard to guess."
