"""Turns the words of a scenario, a form or a command into facts; what cannot be read is said field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from re import compile as pattern
from types import MappingProxyType
from typing import Any, TypeVar

from alongside.confidentiality.facts.action import Action, Channel, Recipient, Verb
from alongside.confidentiality.facts.actor import Actor, Agency, Relation, Role
from alongside.confidentiality.facts.agreement import Agreement, AgreementState
from alongside.confidentiality.facts.consent import Consent, ConsentState
from alongside.confidentiality.facts.fact import KNOWN_FACTS, Fact
from alongside.confidentiality.facts.item import About, Category, Item
from alongside.confidentiality.facts.need import Need
from alongside.confidentiality.facts.purpose import Basis, Purpose
from alongside.confidentiality.facts.request import AccessRequest
from alongside.confidentiality.facts.risk import Risk, RiskOfActing, RiskOfNotActing
from alongside.confidentiality.facts.subject import Capacity, Flag, Kind, Subject
from alongside.confidentiality.facts.words import Word

WORD = pattern(r"[a-z][A-Za-z0-9_]{0,63}")
OLDEST = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, and what would be right."""

    field: str
    message: str
    allowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" + (f" Allowed: {', '.join(self.allowed)}." if self.allowed else "")


class Misread(Exception):
    """Facts that cannot be read. Carries every problem found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = problems


def read_request(words: Mapping[str, Any]) -> AccessRequest:
    """Turn the words of a scenario into facts.

    Raises `Misread` with all problems: a missing field, a wrong type, an unknown word, facts that contradict each other.
    """
    reader = _Reader()
    request = reader.request(words)
    reader.contradictions(request)
    if reader.problems:
        raise Misread(tuple(reader.problems))
    return request


def read_facts(written: Any) -> dict[str, Fact]:
    """Read extra facts, written as a list of `name=value` or as a mapping. Raises `Misread`.

    Example:
        >>> read_facts(["smallest_cell=3", "approval_verified=false"])
        {'smallest_cell': 3, 'approval_verified': False}
    """
    reader = _Reader()
    facts = reader.facts(written)
    if reader.problems:
        raise Misread(tuple(reader.problems))
    return facts


AnyWord = TypeVar("AnyWord", bound=Word)
SECTIONS = ("actor", "subject", "item", "action", "agreement", "consent", "risk")

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "actor": ("agency", "role", "relation"),
        "subject": ("kind", "age", "capacity", "flags"),
        "item": ("category", "about"),
        "action": ("verb", "recipient", "channel"),
        "agreement": ("state", "covers_purpose", "covers_category"),
        "consent": ("state", "by"),
        "risk": ("of_not_acting", "of_acting"),
    }
)


class _Reader:
    """Reads field by field and remembers every problem; a field that cannot be read gets a stand-in, and nothing is decided."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def request(self, words: Mapping[str, Any]) -> AccessRequest:
        actor, subject, item, action, agreement, consent, risk = (self._section(words, name) for name in SECTIONS)
        return AccessRequest(
            actor=Actor(
                self._word(Agency, actor, "actor.agency"),
                self._word(Role, actor, "actor.role"),
                self._word(Relation, actor, "actor.relation"),
            ),
            subject=Subject(
                self._word(Kind, subject, "subject.kind"),
                self._age(subject),
                self._word(Capacity, subject, "subject.capacity"),
                self._flags(subject),
            ),
            item=Item(self._word(Category, item, "item.category"), self._word(About, item, "item.about")),
            action=Action(
                self._word(Verb, action, "action.verb"),
                self._word(Recipient, action, "action.recipient") if action.get("recipient") is not None else None,
                self._word(Channel, action, "action.channel") if action.get("channel") is not None else None,
            ),
            purpose=self._word(Purpose, words, "purpose"),
            agreement=Agreement(
                self._word(AgreementState, agreement, "agreement.state"),
                self._yes_no(agreement, "agreement.covers_purpose"),
                self._yes_no(agreement, "agreement.covers_category"),
            ),
            consent=Consent(self._word(ConsentState, consent, "consent.state"), self._by(consent)),
            claimed_basis=self._word(Basis, words, "claimed_basis"),
            need=self._word(Need, words, "need"),
            risk=Risk(self._word(RiskOfNotActing, risk, "risk.of_not_acting"), self._word(RiskOfActing, risk, "risk.of_acting")),
            facts=MappingProxyType(self.facts(words.get("facts"))),
        )

    def facts(self, written: Any) -> dict[str, Fact]:
        if written is None:
            return {}
        facts: dict[str, Fact] = {}
        for name, value in self._pairs(written):
            if not WORD.fullmatch(name):
                self._wrong("facts", f"{name!r} is not a name made of letters, digits and underscores.")
            elif name in facts and facts[name] != value:
                self._wrong(f"facts.{name}", "is given twice, with different values.")
            elif name in KNOWN_FACTS and type(value) is not KNOWN_FACTS[name]:
                allowed = ("true", "false") if KNOWN_FACTS[name] is bool else ("a whole number",)
                self._wrong(f"facts.{name}", f"{value!r} is not an answer to this.", allowed)
            elif type(value) is int and value < 0:
                self._wrong(f"facts.{name}", "cannot be less than nothing.")
            else:
                facts[name] = value
        return facts

    def contradictions(self, request: AccessRequest) -> None:
        """Facts that cannot both be true. What is merely odd (consent ticked for somebody who cannot give it) is for the rules to judge."""
        kind, age = request.subject.kind, request.subject.age
        nobody = kind is Kind.NONE
        if nobody and (age is not None or request.subject.flags):
            self._wrong("subject", "a request about nobody in particular cannot have an age or flags.")
        if nobody and request.actor.relation in {Relation.SELF, Relation.PARENTAL_RESPONSIBILITY, Relation.PROXY}:
            self._wrong("actor.relation", f"{request.actor.relation} needs a person to be related to, but subject.kind is none.")
        if kind is Kind.CHILD and age is not None and age >= 18:
            self._wrong("subject.age", f"somebody of {age} is not a child.", ("0 to 17",))
        if kind is Kind.ADULT and age is not None and age < 16:
            self._wrong("subject.age", f"somebody of {age} is not an adult.", (f"16 to {OLDEST}",))

    def _section(self, words: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        section = words.get(name)
        if not isinstance(section, Mapping):
            self._wrong(name, "is missing." if section is None else "must be a group of fields.", FIELDS[name])
            return {}
        for unknown in section.keys() - set(FIELDS[name]):
            self._wrong(f"{name}.{unknown}", "is not a field.", FIELDS[name])
        return section

    def _word(self, vocabulary: type[AnyWord], section: Mapping[str, Any], name: str) -> AnyWord:
        key = name.rpartition(".")[2]
        value = section.get(key)
        found = value if isinstance(value, str) and value in vocabulary._value2member_map_ else None
        if found is None and (section or "." not in name):
            self._wrong(name, "is missing." if key not in section else f"{value!r} is not a word for this.", tuple(vocabulary))
        return next(iter(vocabulary)) if found is None else vocabulary(found)

    def _yes_no(self, section: Mapping[str, Any], name: str) -> bool:
        value = section.get(name.rpartition(".")[2])
        if not isinstance(value, bool) and section:
            self._wrong(name, "is missing." if value is None else f"{value!r} is neither yes nor no.", ("true", "false"))
        return value is True

    def _age(self, subject: Mapping[str, Any]) -> int | None:
        age = subject.get("age")
        if age is None:
            return None
        if type(age) is not int or not 0 <= age <= OLDEST:
            self._wrong("subject.age", f"{age!r} is not an age.", (f"0 to {OLDEST}", "null"))
            return None
        return age

    def _flags(self, subject: Mapping[str, Any]) -> frozenset[Flag]:
        written = subject.get("flags", [])
        if not isinstance(written, (list, tuple)):
            self._wrong("subject.flags", "must be a list.", tuple(Flag))
            return frozenset()
        return frozenset(self._word(Flag, {"flags": flag}, "subject.flags") for flag in written)

    def _by(self, consent: Mapping[str, Any]) -> str | None:
        by = consent.get("by")
        if by is not None and not (isinstance(by, str) and WORD.fullmatch(by)):
            self._wrong("consent.by", f"{by!r} is not a word.", ("person", "parent", "other_parent", "victim", "referrer"))
            return None
        return by

    def _pairs(self, written: Any) -> list[tuple[str, Fact]]:
        if isinstance(written, Mapping):
            pairs = [(str(name), value) for name, value in written.items()]
            for name, value in pairs:
                if not isinstance(value, (bool, int, str)):
                    self._wrong(f"facts.{name}", "must be true, false, a whole number or a word.")
            return [(name, value) for name, value in pairs if isinstance(value, (bool, int, str))]
        if not isinstance(written, (list, tuple)):
            self._wrong("facts", "must be a list of name=value.")
            return []
        pairs = []
        for line in written:
            name, equals, value = line.partition("=") if isinstance(line, str) else ("", "", "")
            if not equals or not value.strip():
                self._wrong("facts", f"{line!r} is not name=value.")
            else:
                pairs.append((name.strip(), _value(value.strip())))
        return pairs

    def _wrong(self, name: str, message: str, allowed: tuple[str, ...] = ()) -> None:
        self.problems.append(Problem(name, message, tuple(str(word) for word in allowed)))


def _value(text: str) -> Fact:
    if text.lower() in ("true", "false", "yes", "no"):
        return text.lower() in ("true", "yes")
    return int(text) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 16 else text
