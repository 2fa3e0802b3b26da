"""Who a person is, where they live, how they may be reached: written by who may write, kept from whom it must be kept."""

import uuid
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from django.db import ProgrammingError, connection

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.access import Access
from alongside.common.clock import now
from alongside.common.decisions import Conflict, NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.tests.tarnside_acts import protect
from alongside.people import actions, queries
from alongside.people.actions import NotYoursToSet, OldName
from alongside.people.facts import AddressKind, Channel, ContactChoice, ContactKind, Flag, NameKind, PersonDetails, Protection, RelationKind
from alongside.people.models import Marker

pytestmark = pytest.mark.django_db
CANARY, CANARY_CODE = "14 Canary Rose Lane\nRochford", "SS4 1AB"


@contextmanager
def writing(tarnside: Tarnside, who: str, about: str, category: str = "whole_record"):
    at = now()
    with tarnside.acting(who, at=at) as actor:
        yield gate.open_record(actor, tarnside.people[about], verb="write", category=category, purpose="direct_care", at=at, write=True)


@contextmanager
def reading(tarnside: Tarnside, who: str, about: str, category: str = "whole_record"):
    at = now()
    with tarnside.acting(who, at=at) as actor:
        yield gate.open_record(actor, tarnside.people[about], category=category, purpose="direct_care", at=at)


def leah(**changes: object) -> PersonDetails:
    return PersonDetails(**({"given_name": "Leah", "family_name": "Turner", "date_of_birth": date(2004, 5, 14), "nhs_number": "9990000018"} | changes))  # type: ignore[arg-type]


def found_by(tarnside: Tarnside, words: str) -> set[str]:
    with tarnside.acting("amina", at=now()) as amina:
        return {one.given_name for one in gate.find_people(amina, words=words, sounds=(), at=now())}


def test_whoever_registers_somebody_is_allocated_and_sending_twice_registers_once(tarnside: Tarnside) -> None:
    key, at = uuid.uuid4(), now()
    with tarnside.acting("amina", at=at) as amina:
        first = actions.register_person(given_name="Zoë", family_name="O’Neill", key=key, allocated=True)
        assert first == actions.register_person(given_name="Zoë", family_name="O’Neill", key=key, allocated=True)
        access = gate.open_record(amina, first, at=at)
        assert access.relation == "allocated"
        assert queries.person(access).given_name == "Zoë"
    with tarnside.acting("nadia", at=at) as nadia, pytest.raises((Refused, NotKnown)):
        gate.open_record(nadia, first, at=at)


def test_registering_leaves_a_line_in_the_ledger(tarnside: Tarnside) -> None:
    with tarnside.acting("amina", at=now()) as amina:
        made = actions.register_person(given_name="Zoë", family_name="Neill", allocated=True)
        gate.open_record(amina, made, at=now())
        with connection.cursor() as cursor:
            cursor.execute("SELECT verb, decision FROM who_looked_at(%s, '{}', NULL, 10)", [made])
            assert ("write", "permit") in cursor.fetchall()


def test_a_new_name_keeps_the_old_one_to_be_found_by(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah", "index_entry") as access:
        actions.change_person(access=access, details=leah(family_name="Hadley"), old_name=OldName.PREVIOUS, at=now())
        assert [row.name for row in queries.names(access)] == ["Leah Turner"]
    assert found_by(tarnside, "hadley") == {"Leah"}
    assert "Leah" in found_by(tarnside, "turner")


@pytest.mark.parametrize(("old_name", "shown"), [(OldName.GENDER, 0), (OldName.ADOPTION, 0), (OldName.MISTAKE, 0)])
def test_a_protected_name_is_no_ordinary_alias(tarnside: Tarnside, old_name: OldName, shown: int) -> None:
    with writing(tarnside, "amina", "leah", "index_entry") as access:
        actions.change_person(access=access, details=leah(given_name="Lee"), old_name=old_name, at=now())
        assert len(queries.names(access)) == shown
    assert "Lee" not in found_by(tarnside, "leah")


def test_a_name_taken_back_is_searched_no_more(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah", "index_entry") as access:
        actions.add_name(access=access, kind=NameKind.ALIAS, given_name="Xanthippe", family_name="", protected_as=Protection.NONE, at=now())
        [row] = queries.names(access)
        assert row.given_name == "Xanthippe"
        actions.end_name(access=access, row_id=row.id, at=now())
        assert queries.names(access) == []
    assert found_by(tarnside, "xanthippe") == set()


def test_what_was_saved_meanwhile_is_not_overwritten(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah", "index_entry") as access:
        first = actions.set_profile(person_id=access.person_id, at=now(), how_to_treat_me="Knock twice.")
        actions.set_profile(person_id=access.person_id, at=now(), seen=first.changed_at, how_to_treat_me="Knock three times.")
        with pytest.raises(Conflict) as both:
            actions.set_profile(person_id=access.person_id, at=now(), seen=first.changed_at, how_to_treat_me="Ring.")
        assert (both.value.texts.yours, both.value.texts.saved) == ("Ring.", "Knock three times.")


def test_the_same_sent_twice_stands_once_and_what_ends_is_kept(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah") as access:
        for _ in range(2):
            actions.add_family(access=access, kind=RelationKind.MOTHER, name="Margaret Turner", relative_id=tarnside.people["margaret"], at=now())
        [row] = queries.family(access)
        actions.end_family(access=access, row_id=row.id, at=now())
        actions.end_family(access=access, row_id=row.id, at=now())
        assert queries.family(access) == []
        with pytest.raises(NotKnown):
            actions.end_family(access=access, row_id=row.id + 1000, at=now())


def test_a_relative_whose_record_one_may_not_know_looks_like_one_without_a_record(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah") as access:
        actions.add_family(access=access, kind=RelationKind.FORMER_PARTNER, name="Jake Dunn", relative_id=tarnside.people["jake"], at=now())
        actions.add_family(access=access, kind=RelationKind.FRIEND, name="Somebody Else", at=now())
        actions.add_family(access=access, kind=RelationKind.CHILD, name="Noah Turner", relative_id=tarnside.people["noah"], at=now())
        told = {row.name: row.relative_id for row in queries.family(access)}
    assert told == {"Jake Dunn": None, "Somebody Else": None, "Noah Turner": tarnside.people["noah"]}


def test_without_the_right_to_write_nothing_is_written(tarnside: Tarnside) -> None:
    with reading(tarnside, "amina", "leah") as access, pytest.raises(Exception, match="row-level security"):
        actions.add_contact(access=access, kind=ContactKind.MOBILE, value="07700 900123", safe=True, at=now())


def test_a_marker_whose_existence_is_secret_is_the_records_offices_and_shown_to_nobody(tarnside: Tarnside) -> None:
    protect(tarnside, tarnside.people["leah"], Flag.GENDER_RECOGNITION, by="amina")
    with writing(tarnside, "amina", "leah") as access:
        with pytest.raises(NotYoursToSet):
            actions.set_marker(access=access, role="family_nurse", flag=Flag.ADOPTED, reason="x", review_on=None, at=now())
        actions.set_marker(access=access, role="family_nurse", flag=Flag.PORTAL_UNSAFE, reason="Shares her phone", review_on=date(2027, 3, 1), at=now())
        assert [row.flag for row in queries.markers(access)] == ["portal_unsafe"]


@pytest.mark.parametrize("flag", [Flag.ADOPTED, Flag.IDENTITY_PROTECTED, Flag.GENDER_RECOGNITION, Flag.RESTRICTED_RECORD])
def test_whoever_only_says_that_they_are_the_records_office_is_stopped_by_the_database(tarnside: Tarnside, flag: Flag) -> None:
    with writing(tarnside, "amina", "leah") as access, pytest.raises(ProgrammingError, match="row-level security"):
        Marker.objects.bulk_create([Marker(person_id=access.person_id, flag=flag.value, reason="x", set_by_id=tarnside.practitioners["owen"].pk, starts=now())])


# -- reaching somebody ---------------------------------------------------------------------------------------------------------------------


def reach(access: Access, channel: Channel, value: str, at: datetime | None = None) -> str:
    return queries.may_be_reached(access, channel, value, at=at or now()).outcome.value


def choose(access: Access, **changes: object) -> None:
    chosen = {"allowed": ContactChoice.SAFE_ONLY, "no_voicemail": False, "hours_from": None, "hours_until": None, "days": frozenset(), "by_person": True}
    actions.choose_contact(access=access, at=now(), **(chosen | changes))  # type: ignore[arg-type]


def test_only_what_they_gave_and_called_safe_is_used(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah") as access:
        actions.add_contact(access=access, kind=ContactKind.MOBILE, value="07700 900123", safe=True, at=now())
        actions.add_contact(access=access, kind=ContactKind.EMAIL, value="leah@example.org", safe=False, at=now())
        assert reach(access, Channel.CALL, "+44 7700 900 123") == "permit"
        assert reach(access, Channel.EMAIL, "Leah@example.org") == "deny"
        assert reach(access, Channel.CALL, "07700 900999") == "deny"
        choose(access, allowed=ContactChoice.ANY)
        assert reach(access, Channel.EMAIL, "leah@example.org") == "permit"
        choose(access, allowed=ContactChoice.THROUGH_WORKER)
        assert reach(access, Channel.CALL, "07700 900123") == "deny"
        assert reach(access, Channel.THROUGH_WORKER, "") == "permit"


def test_the_choice_counts_at_the_moment_of_sending(tarnside: Tarnside) -> None:
    monday = datetime.fromisoformat("2026-11-23T10:00:00+00:00")
    with writing(tarnside, "amina", "leah") as access:
        actions.add_contact(access=access, kind=ContactKind.MOBILE, value="07700 900123", safe=True, at=now())
        choose(access, hours_from=time(9), hours_until=time(15), days=frozenset({0}), no_voicemail=True)
        assert reach(access, Channel.CALL, "07700900123", monday) == "permit"
        assert reach(access, Channel.CALL, "07700900123", monday + timedelta(hours=6)) == "refer"
        assert reach(access, Channel.TEXT_MESSAGE, "07700900123", monday + timedelta(days=1)) == "refer"
        assert reach(access, Channel.VOICEMAIL, "07700900123", monday) == "deny"
        [row] = queries.contact_points(access)
        actions.end_contact(access=access, row_id=row.id, at=now())
        assert reach(access, Channel.CALL, "07700900123", monday) == "deny"


def test_no_way_leads_to_somebody_they_are_unsafe_with(tarnside: Tarnside) -> None:
    with writing(tarnside, "lewis", "jake") as access:
        actions.add_contact(access=access, kind=ContactKind.MOBILE, value="07700 900555", safe=True, at=now())
        actions.add_address(access=access, kind=AddressKind.HOME, lines="3 Harbour Street", postcode="SS4 1ZZ", at=now())
    with writing(tarnside, "amina", "leah") as access:
        actions.add_contact(access=access, kind=ContactKind.MOBILE, value="07700900555", safe=True, at=now())
        actions.add_contact(access=access, kind=ContactKind.POST, value="3 Harbour St", safe=True, at=now())
        actions.add_address(access=access, kind=AddressKind.CORRESPONDENCE, lines="3 Harbour St", postcode="SS4 1ZZ", at=now())
        assert reach(access, Channel.CALL, "07700900555") == "permit"
        actions.add_unsafe_with(access=access, name="Jake Dunn", other_id=tarnside.people["jake"], reason="Threats", review_on=date(2027, 3, 1), at=now())
        assert reach(access, Channel.CALL, "07700900555") == "deny"
        assert reach(access, Channel.LETTER, "3 Harbour Street") == "deny"
        [row] = queries.unsafe_with(access)
        assert (row.name, row.other_id) == ("Jake Dunn", None)
        actions.end_unsafe_with(access=access, row_id=row.id, reason="He has moved away; she says so", at=now() - timedelta(minutes=1))
        assert reach(access, Channel.CALL, "07700900555") == "permit"


def test_an_unsafe_place_gets_no_letter(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah") as access:
        actions.add_address(access=access, kind=AddressKind.HOME, lines="9 Mill Road", postcode="SS4 1YY", at=now())
        assert reach(access, Channel.LETTER, "9 Mill Rd") == "permit"
        actions.add_unsafe_with(access=access, address_lines="9 Mill Road", postcode="SS4 1YY", reason="He has a key", at=now())
        assert reach(access, Channel.LETTER, "9 Mill Rd") == "deny"


# -- concealed addresses -------------------------------------------------------------------------------------------------------------------


def test_a_concealed_address_is_taken_out_of_free_text_however_it_is_written(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah") as access:
        actions.add_family(access=access, kind=RelationKind.CHILD, name="Noah", relative_id=tarnside.people["noah"], at=now())
        actions.add_address(access=access, kind=AddressKind.REFUGE, lines=CANARY, postcode=CANARY_CODE, concealed=True, at=now())
        for text in ("She is at 14 canary rose ln now", "near Canary Rose Lane", "postcode ss4-1ab", "14, Canary Rose Lane, Rochford"):
            [left] = queries.released([access.person_id], text)
            assert "removed]" in left and "canary" not in left.lower() and "1ab" not in left.lower(), left
        assert queries.released([access.person_id], "She lives in Rochford") == ("She lives in Rochford",)
    with reading(tarnside, "daniel", "noah") as access:
        [left] = queries.released([access.person_id], "His mother moved to 14 Canary Rose Lane")
        assert left == "His mother moved to [address removed]"


def test_whoever_has_no_record_open_learns_nothing_by_guessing(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah") as access:
        actions.add_address(access=access, kind=AddressKind.REFUGE, lines=CANARY, postcode=CANARY_CODE, concealed=True, at=now())
    with tarnside.acting("nadia", at=now()):
        assert queries.released([tarnside.people["leah"]], CANARY) == (CANARY,)


def test_a_new_home_ends_the_one_before(tarnside: Tarnside) -> None:
    with writing(tarnside, "amina", "leah") as access:
        actions.add_address(access=access, kind=AddressKind.HOME, lines="1 Old Street", at=now())
        actions.add_address(access=access, kind=AddressKind.HOME, lines="2 New Street", at=now())
        actions.add_address(access=access, kind=AddressKind.HOME, lines="2 New Street", at=now())
        assert [row.lines for row in queries.addresses(access)] == ["2 New Street"]
