"""The lines of an agreement: terms that are alike but for their category, said once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from alongside.partnerships.facts import AgreementText, NewTerm
from alongside.web.partnership.wording import categories_in_words


@dataclass(frozen=True, slots=True)
class LineInWords:
    """`key` names the line by what it says, so that taking it out twice takes out one."""

    key: str
    purpose: str
    what: str
    basis: str
    gateway: str
    least: str
    between: str


def lines(text: AgreementText) -> dict[NewTerm, list[str]]:
    """What each line has in common, and its categories."""
    found: dict[NewTerm, list[str]] = {}
    for term in text.terms:
        found.setdefault(replace(term, category=""), []).append(term.category)
    return found


def key_of(line: NewTerm) -> str:
    return sha256(repr(line).encode()).hexdigest()[:16]


def lines_in_words(text: AgreementText, *, purposes: Mapping[str, str], bases: Mapping[str, object], agencies: Mapping[int, str]) -> list[LineInWords]:
    return [
        LineInWords(
            key_of(line), purposes.get(line.purpose, line.purpose), categories_in_words(categories), str(bases.get(line.lawful_basis, line.lawful_basis)), line.gateway, line.minimum_fields,
            between(line, agencies),
        )
        for line, categories in lines(text).items()
    ]


def between(line: NewTerm, agencies: Mapping[int, str]) -> str:
    """
    >>> between(NewTerm("direct_care", "", "public_task"), {}), between(NewTerm("direct_care", "", "public_task", from_agency_id=1), {1: "Ward 7"})
    ('Between all parties', 'From Ward 7 to every other party')
    """
    if line.from_agency_id is None and line.to_agency_id is None:
        return "Between all parties"
    sender = agencies.get(line.from_agency_id or 0, "every party")
    return f"From {sender} to {agencies.get(line.to_agency_id or 0, 'every other party')}"


def without(text: AgreementText, key: str) -> AgreementText:
    """The agreement with one line taken out."""
    return replace(text, terms=tuple(term for term in text.terms if key_of(replace(term, category="")) != key))


def added_and_taken_out(former: tuple[NewTerm, ...], now: tuple[NewTerm, ...]) -> tuple[tuple[NewTerm, ...], tuple[NewTerm, ...]]:
    """What a new version lets flow that the former did not, and what it no longer does, whatever else changed."""

    def flows(terms: tuple[NewTerm, ...]) -> dict[tuple[object, ...], NewTerm]:
        return {(term.purpose, term.category, term.from_agency_id, term.to_agency_id): term for term in terms}

    old, new = flows(former), flows(now)
    return tuple(new[key] for key in new.keys() - old.keys()), tuple(old[key] for key in old.keys() - new.keys())
