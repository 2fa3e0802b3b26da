"""Whose record these pages are about: one's own, or that of somebody one acts for. The address says which, so that two windows never mix two people."""

from dataclasses import dataclass, replace
from typing import Protocol

from django.http import HttpRequest
from django.urls import reverse

from alongside.common.access import Access
from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.people import queries as people
from alongside.people.rules.ages import age_on, child_or_adult
from alongside.records.facts import PersonFacts
from alongside.web.design.frame import Audience, NavigationItem, frame_for

LONGEST_ID_BITS = 62
WRITES = frozenset({"self", "parental_responsibility"})


class Person(Protocol):
    """All that these pages say of whose record it is."""

    known_as: str
    given_name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One person's pages. `name` is empty for one's own: a page about oneself says "you". `acts`: the gate lets who acts for them write as well."""

    access: Access
    person: Person
    facts: PersonFacts
    own: bool
    name: str
    acts: bool = False

    @property
    def whose(self) -> str:
        return "your" if self.own else f"{self.name}’s"

    @property
    def who(self) -> str:
        return "you" if self.own else self.name

    @property
    def helps(self) -> bool:
        """Whether the reader is a helper of the person's choice, who reads what they were let in to and nothing else."""
        return self.access.basis == "consent_common_law"

    def shows(self, category: str) -> bool:
        return not self.helps or self.access.allows(category)

    @property
    def may_write(self) -> bool:
        """Whether to offer writing at all: what is offered the gate decides when it is sent."""
        return self.access.relation in WRITES or self.acts

    def told(self, text: str) -> str:
        """What is written to the person, as whoever reads it for them reads it."""
        return text if self.own else text.replace("your ", f"{self.name}’s ").replace("about you", f"about {self.name}")

    def url(self, name: str, *args: object) -> str:
        return url_for(name, *args, of=None if self.own else self.facts.person_id)


def url_for(name: str, *args: object, of: int | None) -> str:
    return reverse(name, args=args if of is None else (of, *args))


def opened(
    request: HttpRequest, person_id: int | None, *, category: str = "whole_record", verb: str = "read", item: str = "", to_write: bool = False,
) -> Reading:
    """
    1. Without an id it is the reader's own record; who has none is sent nowhere and told nothing.
    2. Open it through the gate, which decides about a parent or helper as about anybody.
    3. A page to write on is there only for who may write.
    4. Point the four ways to go at this record.
    """
    whose = request.actor.own_person_id if person_id is None else person_id
    if whose is None or whose.bit_length() > LONGEST_ID_BITS:
        raise NotKnown
    own = whose == request.actor.own_person_id
    claim = "uk_gdpr_art15" if own else people.stands_for(request.actor, whose, at=request.at)
    access = whole_or_less(request, whose, verb=verb, category=category, claim=claim, item=item)
    person = people.person(access)
    acts = access.relation == "proxy" and may_act(request, whose, claim)
    if person is None or (to_write and not acts and access.relation not in WRITES):
        raise NotKnown
    age = age_on(person.date_of_birth, request.at.date())
    facts = PersonFacts(whose, kind=child_or_adult(age), age=age)
    reading = Reading(access, person, facts, own, "" if own else person.known_as or person.given_name, acts)
    point_the_ways(request, None if own else whose, WAYS_OF_A_HELPER if reading.helps else WAYS)
    return reading


def whole_or_less(request: HttpRequest, whose: int, *, verb: str, category: str, claim: str, item: str) -> Access:
    """The record, or, where the whole of it may not show on this screen, what of it may: the page is there all the same, and nothing on it tells."""
    asked = {"verb": verb, "claim": claim, "item": item, "purpose": "portal_view", "at": request.at}
    try:
        return gate.open_record(request.actor, whose, category=category, **asked)
    except NotKnown:
        if category != "whole_record":
            raise
    return gate.open_record(request.actor, whose, category="index_entry", **asked)


def may_act(request: HttpRequest, whose: int, claim: str) -> bool:
    """Whether the gate would let whoever acts for this person write in their place: so that nothing is offered which it will refuse."""
    _, opening = gate.judge(request.actor, whose, at=request.at, verb="write", category="strengths_needs_plan", purpose="portal_view", claim=claim, alone=True)
    return opening.decision.permits


WAYS = (("My record", "my_record"), ("My choices", "my_choices"), ("Who looked", "who_looked"), ("Help", "help"))
WAYS_OF_A_HELPER = (WAYS[0], WAYS[-1])


def point_the_ways(request: HttpRequest, of: int | None, ways: tuple[tuple[str, str], ...] = WAYS) -> None:
    """The same ways, at the record that is open; which words stand on them never says whose."""
    labels = [(label if of is None else label.replace("My ", "").capitalize(), name) for label, name in ways]
    request.frame = replace(frame_for(request, Audience.PERSON), navigation=tuple(NavigationItem(label, url_for(name, of=of)) for label, name in labels))
