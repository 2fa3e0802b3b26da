"""What every page about one person begins with: the gate opens the record, and the identity stands on top."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from alongside.common.access import Access
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.facts import Purpose
from alongside.people import queries as people
from alongside.people.rules.ages import age_on, child_or_adult
from alongside.records.facts import PersonFacts
from alongside.web.design.rows import Identity

USUAL, SAID = Purpose.DIRECT_CARE.value, "opens_for"
"""What a record is opened for where its reader has said nothing; and where their session keeps what they said."""
MOST_KEPT = 50


def purpose_of(request: HttpRequest, person_id: int) -> str:
    said: str = request.session.get(SAID, {}).get(str(person_id), USUAL)
    return said


def open_for(request: HttpRequest, person_id: int, purpose: str) -> None:
    """Keep what this reader opens this record for, until they sign out; the usual needs no keeping."""
    said = {whose: what for whose, what in request.session.get(SAID, {}).items() if whose != str(person_id)}
    kept = [*said.items(), *([(str(person_id), purpose)] if purpose != USUAL else [])][-MOST_KEPT:]
    request.session[SAID] = dict(kept)


def opened(request: HttpRequest, person_id: int, *, write: bool = False, item: str = "") -> tuple[Access, object]:
    """Open a record through the gate for what its reader said they need it, then read whose it is. What is refused is not kept: the next page opens for the usual purpose."""
    purpose = purpose_of(request, person_id)
    try:
        access = gate.open_record(request.actor, person_id, purpose=purpose, at=request.at, item=item, write=write)
    except (Refused, NotKnown):
        if purpose != USUAL:
            open_for(request, person_id, USUAL)
        raise
    person = people.person(access)
    if person is None:
        raise NotKnown
    return access, person


def identity(person: object, *, profile: object | None = None, href: str = "") -> Identity:
    needs = [words for words in (profile.communication_needs, profile.access_needs) if words] if profile else []
    return Identity(
        name=f"{person.given_name} {person.family_name}".strip() or "Name not known", href=href, known_as=person.known_as, born=person.date_of_birth,
        nhs_number=person.nhs_number or "", pronouns=person.pronouns, needs=needs,
    )


def about(who: object, request: HttpRequest) -> PersonFacts:
    age = age_on(who.date_of_birth, request.at.date())
    return PersonFacts(who.id, kind=child_or_adult(age), age=age)


def address_of(name: str, *args: object) -> str:
    """Where a page of another journey is; empty where that journey does not exist here."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
