"""Postcodes, and how an address, a telephone number or an email is recognised in free text whatever way it is written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from alongside.people.facts import FoundText
from alongside.people.rules.names import plain

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?|NPT|GIR) ?([0-9][ABD-HJLNP-UW-Z]{2})")
_POSTCODE_IN_TEXT = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,2}[0-9oO][A-Za-z0-9]?)[\s.\-]{0,3}([0-9oO][A-Za-z]{2})(?![A-Za-z0-9])")
_DIGITS_IN_TEXT = re.compile(r"[+(]?\d(?:[\s().\-/,;]{0,3}\d)*")
_EMAIL_END = re.compile(r"[^\s<>()\[\],;:\"'@]{1,64}$")
_EMAIL_START = re.compile(r"[^\s<>()\[\],;:\"'@]{1,255}")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_HOUSE_NUMBER = re.compile(r"\d{1,5}[a-z]?")

_STREET_WORDS = {
    "ave": "avenue", "av": "avenue", "bldg": "building", "blvd": "boulevard", "cl": "close", "cotts": "cottages", "cres": "crescent", "cresc": "crescent", "ct": "court",
    "crt": "court", "dr": "drive", "drv": "drive", "est": "estate", "gdns": "gardens", "gdn": "gardens", "grn": "green", "gr": "grove", "gro": "grove", "hse": "house",
    "ho": "house", "ln": "lane", "mnr": "manor", "pde": "parade", "pk": "park", "pl": "place", "rd": "road", "sq": "square", "st": "street", "str": "street",
    "terr": "terrace", "tce": "terrace", "trl": "trail", "wk": "walk", "wy": "way", "yd": "yard", "saint": "street",
}
"""Shortened street words; a Saint and a Street are both written St, so both are read as one."""

STREET_KINDS = frozenset({
    "avenue", "boulevard", "building", "buildings", "close", "cottage", "cottages", "court", "crescent", "drive", "estate", "farm", "gardens", "green", "grove", "hall", "heights",
    "hill", "house", "lane", "lodge", "manor", "mews", "mount", "parade", "park", "passage", "place", "refuge", "rise", "road", "row", "square", "street", "terrace", "tower",
    "towers", "view", "villas", "walk", "way", "wharf", "yard",
})
LONGEST_ADDRESS_RUN = 6
LEAST_PHONE_DIGITS, COMPARED_PHONE_DIGITS, LONGEST_PHONE_PREFIX = 6, 10, 5


class NotAPostcode(ValueError):
    """What was given has not the shape of a postcode; the message says so in plain words."""


def parse_postcode(text: str) -> str:
    """A postcode must have the shape of a British one and is kept in capitals with one space; whether it exists is not asked.

    Source: shape tried over every postcode of the ONS Postcode Directory, November 2025: it turns away none that is in use.

    Example:
        >>> parse_postcode("ss41ab"), parse_postcode("W1A 1aa")
        ('SS4 1AB', 'W1A 1AA')
        >>> parse_postcode("TQ1W 8DFX")
        Traceback (most recent call last):
        alongside.people.rules.places.NotAPostcode: “TQ1W 8DFX” has not the shape of a postcode, which is like SS4 1AB.
    """
    tidy = "".join(text.upper().split())
    found = _POSTCODE.fullmatch(tidy)
    if not found:
        raise NotAPostcode(f"“{text.strip()[:20]}” has not the shape of a postcode, which is like SS4 1AB.")
    return f"{found[1]} {found[2]}"


def address_keys(lines: str, postcode: str = "") -> tuple[str, ...]:
    """An address must be recognised by its postcode, by house and street, by the street alone, and by the name of a house.

    Town and county alone are no key: they give nobody away, and marking them would hide half of every letter.

    Source: Information Commissioner, reprimands of 2022 and 2023 for addresses left in free text.

    Example:
        >>> address_keys("Flat 2, 14 Rose Lane\\nRochford", "SS4 1AB")
        ('postcode:ss41ab', 'place:14 rose lane', 'place:rose lane')
    """
    keys = [_postcode_key(*_POSTCODE.fullmatch("".join(postcode.upper().split())).groups())] if _has_shape(postcode) else []  # type: ignore[union-attr]
    for number, line in enumerate(re.split(r"[\n,;]+", lines)):
        words = _street_words(line)
        if words and words[0] in ("flat", "apartment", "unit", "room") and len(words) >= 2:
            words = words[2:]
        starts_with_number = bool(words) and bool(_HOUSE_NUMBER.fullmatch(words[0]))
        street = words[1:] if starts_with_number else words
        if starts_with_number and street:
            keys.append("place:" + " ".join(words[:LONGEST_ADDRESS_RUN]))
        if len(street) > 1 and (street[-1] in STREET_KINDS or number == 0):
            keys.append("place:" + " ".join(street[:LONGEST_ADDRESS_RUN]))
    return tuple(dict.fromkeys(keys))


def contact_keys(value: str) -> tuple[str, ...]:
    """A telephone number must be recognised by its last ten digits, an email by its letters in any case.

    Source: Ofcom, numbering: the trunk 0 and +44 stand for each other, so only what follows them is compared.

    Example:
        >>> contact_keys("+44 7700 900123") == contact_keys("07700-900 123"), contact_keys("Amina@Example.org")
        (True, ('email:amina@example.org',))
    """
    if "@" in value:
        return (f"email:{value.strip().casefold()}",)
    key = _phone_key(value)
    return (key,) if key else ()


def candidates(text: str) -> Mapping[str, list[FoundText]]:
    """Every stretch of a text that could be a postcode, a place, a telephone number or an email, under the key it would have."""
    found: dict[str, list[FoundText]] = defaultdict(list)
    for match in _POSTCODE_IN_TEXT.finditer(text):
        key = _postcode_key(match[1], match[2])
        found[key].append(FoundText(match.start(), match.end(), "postcode"))
    for match in _DIGITS_IN_TEXT.finditer(text):
        for key, start, end in _phones_within(match[0]):
            found[key].append(FoundText(match.start() + start, match.start() + end, "phone"))
    for at in (place for place, letter in enumerate(text) if letter == "@"):
        before, after = _EMAIL_END.search(text[max(0, at - 64) : at]), _EMAIL_START.match(text, at + 1)
        if before and after:
            address = f"{before[0]}@{after[0]}".rstrip(".")
            found[f"email:{address.casefold()}"].append(FoundText(at - len(before[0]), at - len(before[0]) + len(address), "email"))
    words = [(_street_word(word), match.start(), match.end()) for match in _WORD.finditer(text) for word in plain(match[0]).split()]
    for first in range(len(words)):
        for last in range(first + 1, min(first + LONGEST_ADDRESS_RUN, len(words))):
            key = "place:" + " ".join(word for word, _, _ in words[first : last + 1])
            found[key].append(FoundText(words[first][1], words[last][2], "address"))
    return found


def covering(found: Iterable[FoundText]) -> list[FoundText]:
    """Stretches in order, those that overlap made one, named after the longest."""
    merged: list[FoundText] = []
    for stretch in sorted(found, key=lambda stretch: (stretch.start, -stretch.end)):
        if merged and stretch.start < merged[-1].end:
            last = merged[-1]
            what = last.what if last.end - last.start >= stretch.end - stretch.start else stretch.what
            merged[-1] = FoundText(last.start, max(last.end, stretch.end), what)
        else:
            merged.append(stretch)
    return merged


def masked(text: str, found: Iterable[FoundText]) -> str:
    """The text with every such stretch taken out and named.

    Example:
        >>> masked("She is at 14 Rose Lane now", [FoundText(10, 22, "address")])
        'She is at [address removed] now'
    """
    parts, reached = [], 0
    for stretch in covering(found):
        parts += [text[reached : stretch.start], f"[{stretch.what} removed]"]
        reached = stretch.end
    return "".join([*parts, text[reached:]])


def _has_shape(postcode: str) -> bool:
    return bool(_POSTCODE.fullmatch("".join(postcode.upper().split())))


def _postcode_key(outward: str, inward: str) -> str:
    """With zero and O read alike, as they are typed."""
    outward, inward = outward.lower(), inward.lower()
    return "postcode:" + outward[0] + outward[1:].replace("o", "0") + inward.replace("o", "0")


def _phone_key(text: str) -> str | None:
    digits = "".join(letter for letter in text if letter in "0123456789")
    return f"phone:{digits[-COMPARED_PHONE_DIGITS:]}" if len(digits) >= LEAST_PHONE_DIGITS else None


def _phones_within(text: str) -> Iterator[tuple[str, int, int]]:
    """Numbers written one after the other run together, so every ten digits in a row count; what leads up to the first is its prefix."""
    places = [place for place, letter in enumerate(text) if letter in "0123456789"]
    digits = "".join(text[place] for place in places)
    size = min(len(digits), COMPARED_PHONE_DIGITS)
    if size >= LEAST_PHONE_DIGITS:
        for first in range(len(digits) - size + 1):
            start = 0 if first <= LONGEST_PHONE_PREFIX else places[first]
            yield f"phone:{digits[first : first + size]}", start, places[first + size - 1] + 1


def _street_words(line: str) -> list[str]:
    return [_street_word(word) for word in plain(line).split()]


def _street_word(word: str) -> str:
    return _STREET_WORDS.get(word, word)
