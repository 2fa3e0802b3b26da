"""Other people whom one entry is about: offered from the family and household, or found; each stays chosen while the form goes back and forth.

A choice travels signed for one account, so that a name never has to be read again only to draw the form, and nobody can make one up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing

from alongside.agencies.facts import Actor
from alongside.common.access import Access
from alongside.confidentiality.gate import FoundPerson
from alongside.people import queries as people
from alongside.people.rules.ages import age_on, child_or_adult
from alongside.records.facts import Link, PersonFacts

HOW = {"sibling": "brother or sister", "household": "lives in the household", "other_relative": "relative"}


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody else an entry may be about. `how` says in words how they belong to the first."""

    person_id: int
    name: str
    born: date | None = None
    how: str = ""
    link: Link = Link.SUBJECT

    def choice(self, actor: Actor) -> str:
        return signer(actor).sign_object([self.person_id, self.name, self.born.isoformat() if self.born else "", self.how, self.link.value], compress=True)

    @property
    def words(self) -> str:
        return self.name + (f", {self.how}" if self.how else f", born {self.born:%d %B %Y}".replace("born 0", "born ") if self.born else "")

    def facts(self, at: datetime) -> PersonFacts:
        age = age_on(self.born, at.date())
        return PersonFacts(self.person_id, self.link, child_or_adult(age), age)


def signer(actor: Actor) -> signing.Signer:
    """Signs without the time: a choice that is offered again must be the one that was ticked a minute ago."""
    return signing.Signer(salt=f"companion:{actor.account_id}")


def read_choices(values: Iterable[str], actor: Actor) -> list[Companion]:
    """The people behind what was chosen; what we did not sign for this account is nobody."""
    found = []
    for value in values:
        try:
            person_id, name, born, how, link = signer(actor).unsign_object(value)
        except signing.BadSignature:
            continue
        found.append(Companion(person_id, name, date.fromisoformat(born) if born else None, how, Link(link)))
    return found


def family(access: Access) -> list[Companion]:
    """The family and whoever lives with them, brothers and sisters first, as far as the reader may know that they have a record."""
    rows = [one for one in people.family(access) if one.relative_id]
    links = {"sibling": Link.SIBLING, "household": Link.HOUSEHOLD}
    return [Companion(one.relative_id, one.name, one.born, HOW.get(one.kind, one.kind.replace("_", " ")), links.get(one.kind, Link.SUBJECT)) for one in sorted(rows, key=lambda one: one.kind not in links)]


def from_finder(one: FoundPerson) -> Companion:
    return Companion(one.id, f"{one.given_name} {one.family_name}".strip() or one.known_as, one.date_of_birth)
