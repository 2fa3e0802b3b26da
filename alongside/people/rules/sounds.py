"""How names sound, so that Aisha finds Ayesha and Kahn finds Khan."""

import re
from collections.abc import Iterable
from functools import lru_cache

import jellyfish

from alongside.people.rules.names import name_words
from alongside.people.rules.nicknames import full_forms

LONGEST_CODE = 12
_BREATHED = re.compile(r"(?<=[bdjk])h")
_GLIDES = re.compile(r"(?<=[aeiou])[yw](?=[aeiou]|$)|(?<=[aeiou])y")
_VOWELS = re.compile(r"[AEIOU ]")
_TWICE = re.compile(r"(.)\1+")
_ONE_SOUND = str.maketrans({"0": "T", "X": "S", "H": None})


@lru_cache(maxsize=65_536)
def sound(part: str) -> str:
    """One part of a name must get the same code however it is spelt, as far as English ears go; nothing where no Latin letter is left.

    Metaphone, with the aspirated consonants of South Asian names said as plain ones, th as t, sh as s, and every first vowel as one.

    Source: Lawrence Philips, Hanging on the Metaphone, Computer Language 7(12), 1990; the foldings were chosen by measuring.

    Example:
        >>> sound("khan") == sound("kahn"), sound("aisha") == sound("ayesha"), sound("sean") == sound("shaun"), sound("ann") == sound("tom")
        (True, True, True, False)
    """
    letters = "".join(letter for letter in part if "a" <= letter <= "z")
    code = jellyfish.metaphone(_GLIDES.sub("", _BREATHED.sub("", letters))).translate(_ONE_SOUND).replace("MPS", "MS")
    first, rest = code[:1], _VOWELS.sub("", code[1:])
    return _TWICE.sub(r"\1", ("A" if _VOWELS.match(first) else first) + rest)[:LONGEST_CODE]


def sounds(names: Iterable[str]) -> tuple[str, ...]:
    """The sound code of each part of each name, and of the full names it may be short for, once, in order: what a person is found by.

    Example:
        >>> sounds(["Catherine", "O’Brien"]) == sounds(["Kathryn", "OBrian"])
        True
        >>> set(sounds(["William"])) <= set(sounds(["Bill"]))
        True
    """
    parts = (part for name in names for part in name_words(name).split())
    codes = (sound(form) for part in parts for form in (part, *full_forms(part)))
    return tuple(dict.fromkeys(code for code in codes if code))


def asked_sounds(words: str) -> tuple[str, ...]:
    """For each word somebody types, its sound code; for a short or pet form, that of the first full name it stands for. Single letters have no sound.

    Example:
        >>> set(asked_sounds("bill turner")) <= set(sounds(["William", "Turner"])), set(asked_sounds("william")) <= set(sounds(["Billy"]))
        (True, True)
    """
    codes = (sound((full_forms(part) or (part,))[0]) for part in words.split() if len(part) > 1)
    return tuple(dict.fromkeys(code for code in codes if code))
