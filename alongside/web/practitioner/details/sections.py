"""The nouns of a person's details: what each reads and writes, in which category, and how a row of it looks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from alongside.common.access import Access
from alongside.confidentiality import gate
from alongside.people import actions, queries
from alongside.people.actions import OldName
from alongside.people.facts import AddressKind, ContactKind, Flag, NameKind, Protection, RelationKind
from alongside.people.rules.contact import DAYS, hours_in_words
from alongside.people.rules.registration import is_temporary_upn
from alongside.web.design.formats import date_words
from alongside.web.design.forms import Form
from alongside.web.design.rows import SummaryRow
from alongside.web.practitioner.details import forms, words

Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the page shows it: a first line, more lines, and words with a colour. `initial` fills its form."""

    id: int
    title: str
    lines: Sequence[str] = ()
    tags: Sequence[tuple[str, str]] = ()
    initial: Mapping[str, object] = field(default_factory=dict)
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A noun with many rows (`rows`, `end`) or with one (`summary`, `initial`)."""

    noun: str
    title: str
    one: str
    category: str
    form: type[Form]
    save: Callable[[HttpRequest, Access, Form], None]
    rows: Callable[[Access, datetime], list[Row]] | None = None
    end: Callable[[Access, int, str, datetime], None] | None = None
    end_words: str = "End"
    end_needs_reason: bool = False
    summary: Callable[[Access], list[SummaryRow]] | None = None
    initial: Callable[[Access], dict[str, object]] | None = None
    none_yet: str = "Nothing written down."
    hint: str = ""


def relative(request: HttpRequest, nhs_number: str) -> int | None:
    """The record behind an NHS number, where whoever types it may know it."""
    if not nhs_number:
        return None
    found = gate.find_people(request.actor, nhs_number=nhs_number, at=request.at)
    return next((one.id for one in found if one.scope == "known"), None)


# -- who they are ------------------------------------------------------------------------------------------------------------------------


def who_summary(access: Access) -> list[SummaryRow]:
    who = queries.person(access)
    born = date_words(who.date_of_birth) + (" (an estimate)" if who.birth_date_estimated else "") if who.date_of_birth else ""
    rows = [
        SummaryRow("Name", f"{who.given_name} {who.family_name}".strip()), SummaryRow("Likes to be called", who.known_as), SummaryRow("Pronouns", who.pronouns), SummaryRow("Born", born),
        SummaryRow("NHS number", f"{who.nhs_number[:3]} {who.nhs_number[3:6]} {who.nhs_number[6:]}" if who.nhs_number else ""),
    ]
    if who.upn:
        rows.append(SummaryRow("Unique pupil number", who.upn + (" (temporary)" if is_temporary_upn(who.upn) else "")))
    return rows + ([SummaryRow("Died", date_words(who.died_on))] if who.died_on else [])


def who_initial(access: Access) -> dict[str, object]:
    who = queries.person(access)
    named = ("given_name", "family_name", "known_as", "pronouns", "date_of_birth", "birth_date_estimated", "died_on", "nhs_number", "upn")
    return {name: getattr(who, name) or "" for name in named} | {"old_name": OldName.PREVIOUS.value}


def save_who(request: HttpRequest, access: Access, form: Form) -> None:
    actions.change_person(access=access, details=form.details, old_name=OldName(form.cleaned_data["old_name"]), at=request.at)


PROFILE = ("how_to_treat_me", "what_matters", "communication_needs", "access_needs", "language", "interpreter", "large_print", "written_by_person")


def profile_summary(access: Access) -> list[SummaryRow]:
    said = queries.profile(access)
    if said is None:
        return []
    needs = [said.language, "needs an interpreter" if said.interpreter else "", "needs large print" if said.large_print else ""]
    return [
        SummaryRow("How to treat me", said.how_to_treat_me), SummaryRow("What matters to me", said.what_matters), SummaryRow("Communication needs", said.communication_needs),
        SummaryRow("Access needs", said.access_needs), SummaryRow("Language", ", ".join(part for part in needs if part)),
        SummaryRow("Whose words", "Their own" if said.written_by_person else "Written for them"),
    ]


def profile_initial(access: Access) -> dict[str, object]:
    said = queries.profile(access)
    return {name: getattr(said, name) for name in PROFILE} if said else {}


def save_profile(request: HttpRequest, access: Access, form: Form) -> None:
    actions.set_profile(person_id=access.person_id, at=request.at, seen=seen_version(request.POST.get("seen", "")), **{name: form.cleaned_data[name] for name in PROFILE})


def seen_version(typed: str) -> datetime | None:
    """What the writer had before them; what cannot be read was some other version than today's."""
    try:
        return datetime.fromisoformat(typed) if typed else None
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


# -- names ---------------------------------------------------------------------------------------------------------------------------------


def name_rows(access: Access, at: datetime) -> list[Row]:
    return [
        Row(
            row.id, row.name, [words.NAME_KINDS[NameKind(row.kind)]], [("Protected", "red")] if row.protected_as else [],
            {"kind": row.kind, "given_name": row.given_name, "family_name": row.family_name, "protected_as": row.protected_as},
        )
        for row in queries.names(access)
    ]


def save_name(request: HttpRequest, access: Access, form: Form) -> None:
    typed: Typed = form.cleaned_data
    actions.add_name(
        access=access, kind=NameKind(typed["kind"]), given_name=typed["given_name"], family_name=typed["family_name"], protected_as=Protection(typed["protected_as"]), at=request.at,
    )


# -- addresses and contacts ----------------------------------------------------------------------------------------------------------------


def address_rows(access: Access, at: datetime) -> list[Row]:
    return [
        Row(
            row.id, words.ADDRESS_KINDS[AddressKind(row.kind)], [*row.lines.splitlines(), row.postcode, *([f"Since {date_words(row.starts)}"] if row.starts else [])],
            [("Concealed", "red")] if row.concealed else [],
            {"kind": row.kind, "lines": row.lines, "postcode": row.postcode, "concealed": row.concealed, "starts": row.starts},
        )
        for row in queries.addresses(access)
    ]


def save_address(request: HttpRequest, access: Access, form: Form) -> None:
    typed: Typed = form.cleaned_data
    actions.add_address(
        access=access, kind=AddressKind(typed["kind"]), lines=typed["lines"], postcode=typed["postcode"], concealed=typed["concealed"], starts=typed["starts"], at=request.at,
    )


def contact_rows(access: Access, at: datetime) -> list[Row]:
    ways: dict[int, list[str]] = {}
    for row, channel, answer in queries.ways_to_reach(access, at=at):
        said = "yes" if answer.outcome.value == "permit" else " ".join(answer.reasons)
        ways.setdefault(row.id, []).append(f"{words.CHANNELS[channel]} now: {said}")
    return [
        Row(
            row.id, f"{words.CONTACT_KINDS[ContactKind(row.kind)]}: {row.value}", [*([row.note] if row.note else []), *ways.get(row.id, ())],
            [("Safe", "green") if row.safe else ("Not said to be safe", "red"), *([("Others may hear or read it", "orange")] if row.shared_with_others else [])],
            {"kind": row.kind, "value": row.value, "safe": row.safe, "shared_with_others": row.shared_with_others, "note": row.note},
        )
        for row in queries.contact_points(access)
    ]


def save_contact(request: HttpRequest, access: Access, form: Form) -> None:
    typed: Typed = form.cleaned_data
    actions.add_contact(
        access=access, kind=ContactKind(typed["kind"]), value=typed["value"], safe=typed["safe"], shared_with_others=typed["shared_with_others"], note=typed["note"], at=request.at,
    )


def safe_contact_summary(access: Access) -> list[SummaryRow]:
    chosen = queries.safe_contact(access)
    hours = hours_in_words(chosen.hours_from, chosen.hours_until) if chosen.hours_from or chosen.hours_until else ""
    when = [" or ".join(DAYS[day] for day in sorted(chosen.days)), hours, chosen.times]
    return [
        SummaryRow("They may be reached", words.CHOICES[chosen.allowed]), SummaryRow("When", ", ".join(part for part in when if part) or "At any time"),
        SummaryRow("Voicemail", "No message" if chosen.no_voicemail else "A message may be left where the number is safe"), SummaryRow("Code word", chosen.code_word),
        SummaryRow("Who chose", "They did" if chosen.chosen_by_person else "Not yet asked, or somebody for them"),
    ]


def safe_contact_initial(access: Access) -> dict[str, object]:
    chosen = queries.safe_contact(access)
    return {
        "allowed": chosen.allowed.value, "no_voicemail": chosen.no_voicemail, "days": [str(day) for day in sorted(chosen.days)], "hours_from": chosen.hours_from, "hours_until": chosen.hours_until,
        "times": chosen.times, "code_word": chosen.code_word, "by_person": chosen.chosen_by_person,
    }


def save_safe_contact(request: HttpRequest, access: Access, form: Form) -> None:
    typed: Typed = form.cleaned_data
    actions.choose_contact(
        access=access, allowed=form.choice, no_voicemail=typed["no_voicemail"], hours_from=typed["hours_from"], hours_until=typed["hours_until"],
        days=frozenset(int(day) for day in typed["days"]), times=typed["times"], code_word=typed["code_word"], by_person=typed["by_person"], at=request.at,
    )


# -- family, danger, protection ------------------------------------------------------------------------------------------------------------


def family_rows(access: Access, at: datetime) -> list[Row]:
    return [
        Row(
            row.id, row.name, [words.RELATIONS[RelationKind(row.kind)]],
            [*([("Parental responsibility", "blue")] if row.parental_responsibility else []), *([("Supports them", "green")] if row.natural_support else [])],
            {"kind": row.kind, "name": row.name, "parental_responsibility": row.parental_responsibility, "natural_support": row.natural_support, "starts": row.starts}, row.relative_id,
        )
        for row in queries.family(access)
    ]


def save_family(request: HttpRequest, access: Access, form: Form) -> None:
    typed: Typed = form.cleaned_data
    actions.add_family(
        access=access, kind=RelationKind(typed["kind"]), name=typed["name"], relative_id=relative(request, typed["nhs_number"]), starts=typed["starts"],
        parental_responsibility=typed["parental_responsibility"], natural_support=typed["natural_support"], at=request.at,
    )


def unsafe_rows(access: Access, at: datetime) -> list[Row]:
    return [
        Row(
            row.id, row.name or "A place", [*row.address_lines.splitlines(), *([row.postcode] if row.postcode else []), row.reason, *([f"Review due {date_words(row.review_on)}"] if row.review_on else [])],
            [*([("Said to have done harm", "red")] if row.alleged_perpetrator else []), *([("Review overdue", "orange")] if row.review_on and row.review_on < at.date() else [])],
            {"name": row.name, "address_lines": row.address_lines, "postcode": row.postcode, "reason": row.reason, "alleged_perpetrator": row.alleged_perpetrator, "review_on": row.review_on},
            row.other_id,
        )
        for row in queries.unsafe_with(access)
    ]


def save_unsafe(request: HttpRequest, access: Access, form: Form) -> None:
    typed: Typed = form.cleaned_data
    actions.add_unsafe_with(
        access=access, name=typed["name"], other_id=relative(request, typed["nhs_number"]), address_lines=typed["address_lines"], postcode=typed["postcode"], reason=typed["reason"],
        alleged_perpetrator=typed["alleged_perpetrator"], review_on=typed["review_on"], at=request.at,
    )


def marker_rows(access: Access, at: datetime) -> list[Row]:
    return [
        Row(
            row.id, words.MARKERS.get(Flag(row.flag), row.flag), [row.reason, *([f"Review due {date_words(row.review_on)}"] if row.review_on else [])],
            [("Review overdue", "orange")] if row.review_on and row.review_on < at.date() else [], {"flag": row.flag, "reason": row.reason, "review_on": row.review_on},
        )
        for row in queries.markers(access)
    ]


def save_marker(request: HttpRequest, access: Access, form: Form) -> None:
    typed: Typed = form.cleaned_data
    actions.set_marker(access=access, role=request.actor.role, flag=Flag(typed["flag"]), reason=typed["reason"], review_on=typed["review_on"], at=request.at)


SECTIONS = {
    section.noun: section
    for section in (
        Section("who", "Who they are", "who they are", "index_entry", forms.ChangeWhoForm, save_who, summary=who_summary, initial=who_initial),
        Section(
            "profile", "How to treat me", "how to treat them", "index_entry", forms.ProfileForm, save_profile, summary=profile_summary, initial=profile_initial,
            none_yet="Nobody has asked them yet how they want to be treated.",
        ),
        Section(
            "names", "Other names", "another name", "index_entry", forms.NameForm, save_name, rows=name_rows,
            end=lambda access, row, reason, at: actions.end_name(access=access, row_id=row, at=at), end_words="Take back",
        ),
        Section(
            "addresses", "Addresses", "an address", "home_address", forms.AddressForm, save_address, rows=address_rows,
            end=lambda access, row, reason, at: actions.end_address(access=access, row_id=row, at=at), hint="A new home makes the one before a previous home.",
        ),
        Section(
            "contacts", "Contacts", "a contact", "contact_details", forms.ContactForm, save_contact, rows=contact_rows,
            end=lambda access, row, reason, at: actions.end_contact(access=access, row_id=row, at=at),
        ),
        Section("safe-contact", "Safe contact", "how they may be reached", "contact_details", forms.SafeContactForm, save_safe_contact, summary=safe_contact_summary, initial=safe_contact_initial),
        Section(
            "family", "Family and other people", "somebody who belongs with them", "strengths_needs_plan", forms.FamilyForm, save_family, rows=family_rows,
            end=lambda access, row, reason, at: actions.end_family(access=access, row_id=row, at=at),
        ),
        Section(
            "unsafe-with", "Unsafe with", "somebody or somewhere unsafe", "domestic_abuse", forms.UnsafeForm, save_unsafe, rows=unsafe_rows,
            end=lambda access, row, reason, at: actions.end_unsafe_with(access=access, row_id=row, reason=reason, at=at), end_needs_reason=True,
        ),
        Section(
            "markers", "Protection", "a protecting marker", "whole_record", forms.MarkerForm, save_marker, rows=marker_rows,
            end=lambda access, row, reason, at: actions.end_marker(access=access, row_id=row, reason=reason, at=at), end_needs_reason=True,
        ),
    )
}
