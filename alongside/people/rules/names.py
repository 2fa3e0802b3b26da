"""Names as people write them, and the plain form under which the finder looks for them."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LONGEST_NAME = 100
MOST_MARKS_IN_A_ROW = 4
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
JOINERS = {"\u200c", "\u200d"}
JOINING_SCRIPTS = ("ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "MALAYALAM", "ORIYA", "SINHALA", "TAMIL", "TELUGU", "MONGOLIAN")
EMOJI = range(0x1F000, 0x20000)
SYMBOLS = range(0x2600, 0x2800)
APOSTROPHES = "'’‘`´ʼʹ′"

LOOK_ALIKES = str.maketrans(
    {
        # Cyrillic and Greek letters that no eye tells from a Latin one, and letters that no accent-stripping reaches
        "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "һ": "h", "н": "h", "і": "i", "ї": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m", "о": "o",
        "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "ү": "y",
        "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "m", "ν": "v", "ο": "o", "ρ": "p", "σ": "s", "ς": "s", "τ": "t", "υ": "u", "χ": "x", "ϲ": "c", "ϳ": "j",
        "ɑ": "a", "ɡ": "g", "ı": "i", "ɩ": "i", "ƚ": "l", "ł": "l", "ø": "o", "ɵ": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ə": "e",
        "ʿ": None, "ʾ": None, "ʻ": None,
    }
)


class NotAName(ValueError):
    """What was given cannot be kept as a name; the message says why in plain words."""


def tidy_name(text: str, *, longest: int = LONGEST_NAME) -> str:
    """A name must be kept as its owner writes it, tidied of stray spaces only, and must hold nothing that cannot be seen.

    Emoji are letters to whoever uses them. The two invisible joiners are allowed where a script or an emoji needs them and nowhere else.

    Source: Unicode Technical Standard 39, section 3 (identifiers); Unicode Standard Annex 31, section 2.3 (joiners).

    Example:
        >>> tidy_name("  Zoë   O’Neill ")
        'Zoë O’Neill'
        >>> tidy_name("Ann\\u200bie")
        Traceback (most recent call last):
        alongside.people.rules.names.NotAName: A name cannot hold characters that do not show (U+200B after “Ann”). Type it again by hand.
    """
    if len(text) > 20 * longest:
        raise NotAName(f"A name can have {longest} characters at most; this has {len(text):,}.")
    name = unicodedata.normalize("NFC", " ".join(text.split(" ")))
    _refuse_unseen(name)
    name = " ".join(name.split())
    if len(name) > longest:
        raise NotAName(f"A name can have {longest} characters at most; this has {len(name):,}.")
    if name.startswith(FORMULA_STARTS):
        raise NotAName(f"A name cannot begin with {name[0]}: spreadsheets would take it for a formula.")
    if name and not any(unicodedata.category(letter)[0] in "LS" or ord(letter) in EMOJI for letter in name):
        raise NotAName("A name needs at least one letter.")
    return name


def mixes_alphabets(name: str) -> bool:
    """Whether a reader must be warned that a name mixes alphabets whose letters look alike.

    Source: Unicode Technical Standard 39, section 5.1 (mixed-script detection), for Latin, Cyrillic and Greek.

    Example:
        >>> mixes_alphabets("Аmina"), mixes_alphabets("Амина"), mixes_alphabets("Amina")
        (True, False, False)
    """
    found = {unicodedata.name(letter, "").split(" ")[0] for letter in name if letter.isalpha()}
    return len(found & {"LATIN", "CYRILLIC", "GREEK"}) > 1


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """What two spellings of one name must have in common: lower case, no accents, no punctuation, look-alike letters made one.

    Source: Unicode Technical Standard 39, section 4 (skeletons), narrowed to the letters that names here are written in.

    Example:
        >>> plain("Zoë O’Neill-SMITH"), plain("Аmina"), plain("Łukasz ＫＨＡＮ 🙂")
        ('zoe oneill smith', 'amina', 'lukasz khan')
    """
    folded = unicodedata.normalize("NFKC", text.translate({ord(mark): None for mark in APOSTROPHES})).casefold()
    stripped = "".join(letter for letter in unicodedata.normalize("NFKD", folded.translate(LOOK_ALIKES)) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in stripped.translate(LOOK_ALIKES)).split())


_PREFIX = re.compile(r"\b(o|mc) (?=[a-z]{2})")


def name_words(name: str) -> str:
    """A name in plain words, with the O and the Mc that belong to the next word joined to it, however they were typed.

    Example:
        >>> name_words("O’Brien"), name_words("o brien"), name_words("Mc Donald"), name_words("Anna-Maria")
        ('obrien', 'obrien', 'mcdonald', 'anna maria')
    """
    return _PREFIX.sub(r"\1", plain(name))


def search_name(names: Iterable[str]) -> str:
    """All names of a person in one line for the finder, each part once, in the order given. A protected name must never be handed in.

    Example:
        >>> search_name(["Amina", "Khan", "Mina", "Amina Begum"])
        'amina khan mina begum'
    """
    return " ".join(dict.fromkeys(part for name in names for part in name_words(name).split()))


def _refuse_unseen(name: str) -> None:
    marks = 0
    for place, letter in enumerate(name):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks > MOST_MARKS_IN_A_ROW:
            raise NotAName(f"There are too many accents on one letter after “{name[: place - marks + 1][-20:]}”.")
        if kind == "Cs":
            raise NotAName("The text is damaged: it holds half a character. Save the file as UTF-8 and try again.")
        if letter in JOINERS and _needs_joiner(name, place):
            continue
        unknown = kind == "Cn" and ord(letter) not in EMOJI
        if kind in ("Cc", "Cf", "Co", "Zl", "Zp") or unknown or letter in "\u115f\u1160\u3164\uffa0\u2800":
            after = f" after “{name[:place][-20:]}”" if name[:place].strip() else ""
            raise NotAName(f"A name cannot hold characters that do not show (U+{ord(letter):04X}{after}). Type it again by hand.")


def _needs_joiner(name: str, place: int) -> bool:
    if not 0 < place < len(name) - 1:
        return False
    before, after = name[place - 1], name[place + 1]
    if name[place] == "\u200d" and (ord(after) in EMOJI or ord(after) in SYMBOLS):
        return ord(before) in EMOJI or before == "\ufe0f" or unicodedata.category(before) == "So"
    return all(unicodedata.name(letter, "").startswith(JOINING_SCRIPTS) for letter in (before, after))
