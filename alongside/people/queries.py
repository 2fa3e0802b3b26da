"""Reads about people. The first argument is the Access that the gate gave."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.common.access import Access
from alongside.common.decisions import Decision
from alongside.common.standing import AnyOf, Standing, Word
from alongside.people.facts import (
    PROTECTING_FLAGS,
    AddressRow,
    Channel,
    ContactChoice,
    ContactFacts,
    ContactRow,
    FamilyRow,
    FoundText,
    MarkerRow,
    NameRow,
    SafeContactFacts,
    UnsafeRow,
)
from alongside.people.models import Address, ContactPoint, FamilyRelation, Marker, Person, PersonName, Profile, RefusedRow, RegisterImport, Representation, SafeContact, UnsafeWith
from alongside.people.rules.contact import may_contact
from alongside.people.rules.places import address_keys, candidates, contact_keys, covering, masked

CHANNELS = {
    "mobile": (Channel.CALL, Channel.TEXT_MESSAGE, Channel.VOICEMAIL), "phone": (Channel.CALL, Channel.VOICEMAIL), "email": (Channel.EMAIL, Channel.CALENDAR_INVITE),
    "post": (Channel.LETTER,), "through_worker": (Channel.THROUGH_WORKER,),
}  # fmt: skip
"""By which channels a kind of contact can be used."""


def person(access: Access) -> Person | None:
    """Whose record this is, with how they want to be treated."""
    return next(iter(_person(person=access.person_id)), None)


_person = Standing(lambda: Person.objects.select_related("profile").filter(pk=Word("person", "bigint")))


def profile(access: Access) -> Profile | None:
    """How the person wants to be treated, and what matters to them."""
    return Profile.objects.filter(person_id=access.person_id).first()


def names(access: Access) -> list[NameRow]:
    """Other names, protected ones only where their own category is open."""
    rows = PersonName.objects.filter(person_id=access.person_id, ends__isnull=True).order_by("pk")
    return [NameRow(row.pk, row.kind, row.given_name, row.family_name, row.protected_as) for row in rows if not row.protected_as or access.allows(row.protected_as)]


def addresses(access: Access) -> list[AddressRow]:
    """Where the person lives or can be found now; concealed addresses only where whereabouts are open."""
    rows = Address.objects.filter(person_id=access.person_id, ends__isnull=True).order_by("pk")
    return [AddressRow(row.pk, row.kind, row.lines, row.postcode, row.concealed, row.starts, row.ends) for row in rows if not row.concealed or access.allows("whereabouts")]


def contact_points(access: Access) -> list[ContactRow]:
    rows = ContactPoint.objects.filter(person_id=access.person_id, ends__isnull=True).order_by("pk")
    return [ContactRow(row.pk, row.kind, row.value, row.safe, row.shared_with_others, row.note) for row in rows]


def safe_contact(access: Access) -> SafeContactFacts:
    """The person's choice of how they may be reached; where they made none, any way that they marked safe."""
    row = SafeContact.objects.filter(person_id=access.person_id).first()
    if row is None:
        return SafeContactFacts()
    return SafeContactFacts(ContactChoice(row.allowed), row.times, frozenset(row.days), row.hours_from, row.hours_until, row.code_word, row.no_voicemail, row.chosen_by_person)


def family(access: Access) -> list[FamilyRow]:
    """Relatives. Whoever may know a relative's record gets its name and its id; everybody else the name that was written down, as for a relative without a record."""
    rows = list(FamilyRelation.objects.filter(person_id=access.person_id, ends__isnull=True).order_by("pk"))
    known = Person.objects.in_bulk([row.relative_id for row in rows if row.relative_id])
    told = [(row, known.get(row.relative_id)) for row in rows]
    return [
        FamilyRow(row.pk, row.kind, _name(other) if other else row.relative_name, other.pk if other else None, row.parental_responsibility, row.natural_support, row.starts, row.ends,
                  other.date_of_birth if other else None)  # fmt: skip
        for row, other in told
        if other or row.relative_name
    ]


def unsafe_with(access: Access) -> list[UnsafeRow]:
    rows = list(UnsafeWith.objects.filter(person_id=access.person_id, ends__isnull=True).order_by("pk"))
    known = Person.objects.in_bulk([row.other_id for row in rows if row.other_id])
    return [
        UnsafeRow(
            row.pk, _name(known[row.other_id]) if row.other_id in known else row.other_name, row.other_id if row.other_id in known else None, row.address_lines, row.postcode, row.reason,
            row.alleged_perpetrator, row.starts, row.ends, row.review_on,
        )
        for row in rows
    ]  # fmt: skip


def markers(access: Access) -> list[MarkerRow]:
    """Protecting markers, never those whose very existence is secret."""
    rows = Marker.objects.filter(person_id=access.person_id, ends__isnull=True).exclude(flag__in=PROTECTING_FLAGS).order_by("pk")
    return [MarkerRow(row.pk, row.flag, row.reason, row.starts, row.review_on) for row in rows]


def _name(person: Person) -> str:
    return f"{person.given_name} {person.family_name}".strip() or person.known_as


def acts_for(actor: Actor, *, at: datetime) -> list[int]:
    """Whose records this account may ask for besides its own: ids only. The gate decides about each, and only it shows a name."""
    found = Representation.objects.filter(account_id=actor.account_id, starts__lte=at).filter(Q(ends__isnull=True) | Q(ends__gt=at)).exclude(relation="self")
    return list(found.order_by("pk").values_list("person_id", flat=True))


def stands_for(actor: Actor, person_id: int, *, at: datetime) -> str:
    """On what ground this account acts for somebody, as the papers on file say, in the gate's words. The gate tests it against the same papers."""
    standing = Representation.objects.filter(account_id=actor.account_id, person_id=person_id, starts__lte=at).filter(Q(ends__isnull=True) | Q(ends__gt=at)).order_by("pk")
    found = min(standing, key=lambda one: one.authority == "consent", default=None)  # a right stands above what was lent
    if found is None:
        return "none"
    if found.relation == "proxy":
        return AS_DEPUTY.get(found.limited_to, "none") if found.authority == "deputy" else found.authority if found.authority.startswith("lpa_") else "consent_common_law" if found.authority == "consent" else "none"
    return "parental_responsibility" if found.relation == "parental_responsibility" else "none"


AS_DEPUTY = {"health_welfare": "lpa_health_welfare", "property_finance": "lpa_property_finance"}
"""What a court's order covers, by the power that covers the same."""


# -- reaching somebody ---------------------------------------------------------------------------------------------------------------------


def may_be_reached(access: Access, channel: Channel, value: str, *, at: datetime) -> Decision:
    """Whether the person may be reached by this channel at this number, email or address, now: asked at the moment of sending, and never kept."""
    return may_contact(contact_facts(access, channel, value), channel, at)


def contact_facts(access: Access, channel: Channel, value: str) -> ContactFacts:
    """What is held about one way to a person, as it stands at this moment. Without the right to know their contacts nothing is known, so nothing goes out."""
    chosen = safe_contact(access)
    keys = list(address_keys(value) if channel in (Channel.LETTER, Channel.VISIT) else contact_keys(value))
    given = ContactPoint.objects.filter(person_id=access.person_id, keys__overlap=keys).order_by("ends", "pk")
    points = [point for point in given if channel in CHANNELS[point.kind] or channel is Channel.VISIT]
    current = [point for point in points if point.ends is None]
    at_home = channel in (Channel.LETTER, Channel.VISIT) and any(set(keys) & set(row.keys) for row in Address.objects.filter(person_id=access.person_id, ends__isnull=True))
    unsafe, portal_unsafe, died = database.row("SELECT leads_to_somebody_unsafe(%s, %s), r.portal_unsafe, r.died FROM reaching(%s) r", access.person_id, keys, access.person_id) or (False, True, False)
    return ContactFacts(
        known=bool(points) or at_home, ended=bool(points) and not current and not at_home, marked_safe=all(point.safe for point in current) and bool(current or at_home),
        heard_by_others=any(point.shared_with_others for point in current), choice=chosen.allowed, no_voicemail=chosen.no_voicemail, hours_from=chosen.hours_from,
        hours_until=chosen.hours_until, days=chosen.days, leads_to_somebody_unsafe=unsafe, portal_unsafe=portal_unsafe, died=died,
    )  # fmt: skip


def ways_to_reach(access: Access, *, at: datetime) -> list[tuple[ContactRow, Channel, Decision]]:
    """Each contact the person gave, by each channel it serves, with whether they may be reached by it now."""
    return [(row, channel, may_be_reached(access, channel, row.value, at=at)) for row in contact_points(access) for channel in CHANNELS[row.kind] if channel in SHOWN]


SHOWN = frozenset({Channel.CALL, Channel.TEXT_MESSAGE, Channel.VOICEMAIL, Channel.EMAIL, Channel.LETTER, Channel.THROUGH_WORKER})


# -- concealed addresses in free text ------------------------------------------------------------------------------------------------------


def would_give_away(people: Sequence[int], texts: Sequence[str]) -> list[list[FoundText]]:
    """For each text, every stretch that writes out a concealed address of these people, or of those who belong with them. Whose it is, is not said."""
    if not any(texts) or not _concealed(people, None):
        return [[] for _ in texts]
    found = [candidates(text) for text in texts]
    concealed = _concealed(people, sorted({key for each in found for key in each}))
    return [covering(stretch for key in concealed for stretch in each.get(key, ())) for each in found]


def released(people: Sequence[int], *texts: str) -> tuple[str, ...]:
    """The texts as they may leave for somebody who may not know where these people are: concealed addresses are taken out, and it says so."""
    return tuple(masked(text, found) if found else text for text, found in zip(texts, would_give_away(people, texts), strict=True))


def _concealed(people: Sequence[int], keys: Sequence[str] | None) -> list[str]:
    return list(database.value("SELECT concealed_among(%s, %s)", list(people), keys))


# -- registers -----------------------------------------------------------------------------------------------------------------------------


def register_imports(agency_id: int) -> list[RegisterImport]:
    """Registers that were loaded for an agency, the newest first: counts and no names."""
    return list(RegisterImport.objects.filter(agency_id=agency_id).order_by("-started_at")[:50])


def refused_rows(import_id: int, *, limit: int) -> list[tuple[int, str]]:
    """Which rows of a file were refused, and why."""
    return [(row, " ".join(reasons)) for row, reasons in RefusedRow.objects.filter(register_import_id=import_id).order_by("row").values_list("row", "reasons")[:limit]]


# -- lists ---------------------------------------------------------------------------------------------------------------------------------


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Names for a list of what waits, of those among these people whom the reader may know. Whoever shows it notes them on a ledger line."""
    return {person.pk: _name(person) for person in _named(people=sorted(set(people)))}


_named = Standing(lambda: Person.objects.filter(pk=AnyOf("people", "bigint[]")).only("pk", "given_name", "family_name", "known_as"))
