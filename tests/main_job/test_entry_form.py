"""The form on which everything is recorded: every kind can be recorded sensibly, clocks start from what it asks, and wishes come through."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from alongside.agencies.facts import Actor
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Conflict
from alongside.records import queries
from alongside.records.actions import NewEntry, add_entry, save_draft
from alongside.records.facts import Addition, Harm, KeepBack, Link, PartnerKey, PersonFacts
from alongside.records.models import Entry, EntryPart, Share
from alongside.records.rules.clock_names import read_clock
from alongside.web.practitioner.entry.companions import Companion, read_choices
from alongside.web.practitioner.entry.forms import EntryForm, as_typed
from alongside.web.practitioner.entry.kinds import asks, choices, recordable
from alongside.web.practitioner.entry.wishes import wishes

pytestmark = pytest.mark.django_db

TYPED = {
    "headline": "Seen today", "account": "What was seen.", "action_taken": "Spoke with the mother.", "harm": "none_known", "happened_on_day": "24", "happened_on_month": "11",
    "happened_on_year": "2026", "happened_at": "9:30",
}
AMINA = Actor(account_id=1, token="", name="Amina Khan", practitioner_id=5, agency_id=1, agency_kind="nhs_community", role="family_nurse")
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


def typed(**changes: str | list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in (TYPED | {"key": uuid.uuid4().hex} | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def form(actor: object, data: QueryDict, *, about: PersonFacts | None = None, at: datetime = AT, **others: object) -> EntryForm:
    return EntryForm(data, {}, actor=actor, about=about or PersonFacts(1, kind="child", age=0), at=at, **others)  # type: ignore[arg-type]


def test_every_kind_can_be_recorded_and_asks_for_the_moment_its_clock_starts_from(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        noah = PersonFacts(tarnside.people["noah"], kind="child", age=0)
        for kind in recordable():
            day = {f"started_{name}_{part}": value for name, _ in asks(kind.code).started_by for part, value in (("day", "3"), ("month", "11"), ("year", "2026"))}
            filled = form(amina, typed(kind=kind.code, **day), about=noah, at=at)
            assert filled.is_valid(), (kind.code, filled.errors)
            new = filled.entry(wishes=())
            assert read_clock(kind.clock).anchor in {kind.happened_is, *new.anchors} | {""}, kind.code
            recorded = add_entry(by=amina, new=new, at=at)
            assert Entry.objects.get(pk=recorded.entry_id).kind == kind.code


def test_every_kind_stands_under_a_heading_once() -> None:
    offered = [code for _, pairs in choices() for code, _ in pairs]
    assert sorted(offered) == sorted({kind.code for kind in recordable()})


def test_a_clock_that_starts_at_discharge_needs_the_hour() -> None:
    without = form(AMINA, typed(kind="discharge_summary", happened_at=""))
    assert "happened_at" in without.errors
    tomorrow = form(AMINA, typed(kind="discharge_summary", happened_on_day="27"))
    assert tomorrow.is_valid(), "partners must be ready before somebody comes home"
    assert "happened_on" in form(AMINA, typed(kind="visit", happened_on_day="27")).errors


def test_winter_and_summer_time_are_the_clock_on_the_wall() -> None:
    for month, hour in (("1", 9), ("7", 8)):
        filled = form(AMINA, typed(kind="visit", happened_on_month=month, happened_at="9am"))
        assert filled.is_valid(), filled.errors
        assert filled.entry(wishes=()).happened_at.hour == hour


def test_nothing_done_needs_a_reason() -> None:
    assert "action_taken" in form(AMINA, typed(kind="visit", action_taken="")).errors
    assert form(AMINA, typed(kind="visit", action_taken="", no_action_reason="She asked me to wait.")).is_valid()


def test_the_usual_purpose_follows_kind_stakes_and_person_until_the_author_says_otherwise() -> None:
    assert form(AMINA, typed(kind="visit")).purpose_now == "direct_care"
    assert form(AMINA, typed(kind="visit", harm=Harm.POSSIBLE.value)).purpose_now == "safeguarding_child"
    assert form(AMINA, typed(kind="visit", harm=Harm.POSSIBLE.value), about=PersonFacts(1)).purpose_now == "safeguarding_adult"
    assert form(AMINA, typed(kind="injury_observation", purpose="early_help")).purpose_now == "early_help"


def test_parts_readers_and_screens_are_kept_apart(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("lewis", at=at) as lewis:
        daniel, ella = tarnside.practitioners["daniel"].pk, PersonFacts(tarnside.people["ella"], kind="child", age=7)
        filled = form(
            lewis, typed(kind="domestic_abuse_incident", victim_statement="He said he would be back.", referrer_identity="The neighbour", named_readers=[str(daniel)], not_online="on"), about=ella, at=at,
            readers=[(str(daniel), "Daniel Osei")],
        )
        assert filled.is_valid(), filled.errors
        recorded = add_entry(by=lewis, new=filled.entry(wishes=()), at=at)
        entry = Entry.objects.get(pk=recorded.entry_id)
        assert entry.not_online
        assert entry.only_for is not None and -daniel in entry.only_for, "named personally: nobody reads it in his place"
        assert {part.part: part.category for part in EntryPart.objects.filter(entry=entry)} == {"victim_statement": "domestic_abuse", "referrer_identity": "referrer_identity"}
    with tarnside.acting("joan", at=at):
        assert not Entry.objects.filter(pk=recorded.entry_id).exists()


def test_one_entry_about_several_people_stands_in_each_chronology(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("daniel", at=at) as daniel:
        ella = Companion(tarnside.people["ella"], "Ella Turner", how="brother or sister", link=Link.SIBLING)
        noah = PersonFacts(tarnside.people["noah"], kind="child", age=0)
        filled = form(daniel, typed(kind="visit", also_about=[ella.choice(daniel)]), about=noah, at=at, companions=[ella])
        assert filled.is_valid(), filled.errors
        recorded = add_entry(by=daniel, new=filled.entry(wishes=()), at=at)
        assert set(queries.subjects(Entry.objects.get(pk=recorded.entry_id))) == {noah.person_id, ella.person_id}


def test_somebody_ticked_a_minute_after_they_were_offered_is_the_one_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = Companion(17, "Ella Turner").choice(AMINA)
    monkeypatch.setattr("django.core.signing.time.time", lambda: 4_000_000_000.0)
    assert Companion(17, "Ella Turner").choice(AMINA) == offered


def test_nobody_can_make_up_whom_else_an_entry_is_about() -> None:
    signed = Companion(17, "Ella Turner").choice(AMINA)
    assert [one.name for one in read_choices([signed], AMINA)] == ["Ella Turner"]
    assert not read_choices([signed[:-2] + "xx", "17", ""], AMINA)
    assert not read_choices([signed], replace(AMINA, account_id=2)), "a choice is one account's own"


def test_a_wish_needs_its_reason_and_an_unlisted_reason_is_no_wish() -> None:
    made, wrong = wishes({"add-3-4": "yes", "why-3-4": "She asked me to", "keep-5-6": "raises_risk", "why-5-6": "Her brother works there", "keep-7-8": "unimportant", "why-7-8": "x"}, purpose="direct_care")
    assert made == (Addition(PartnerKey(3, 4), "direct_care", "She asked me to"), KeepBack(PartnerKey(5, 6), "raises_risk", "Her brother works there"))
    assert not wrong
    made, wrong = wishes({"add-3-4": "yes", "why-3-4": " ", "keep-x-y": "raises_risk"}, purpose="direct_care")
    assert not made
    assert wrong == {"3-4": "Say why this partner must know"}


def test_a_partner_added_with_a_reason_is_told(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        team = tarnside.teams["safeguarding"]
        key = f"{team.agency_id}-{team.pk}"
        filled = form(amina, typed(kind="injury_observation", harm=Harm.SIGNIFICANT.value), about=PersonFacts(tarnside.people["noah"], kind="child", age=0), at=at)
        assert filled.is_valid()
        wished, wrong = wishes({f"add-{key}": "yes", f"why-{key}": "His sister goes there"}, purpose=filled.purpose_now)
        recorded = add_entry(by=amina, new=filled.entry(wishes=wished), at=at)
        assert not wrong
        assert Share.objects.filter(entry_id=recorded.entry_id, to_team_id=team.pk).exists()


def test_a_draft_comes_back_as_it_was_left() -> None:
    data = typed(kind="visit", tags=["falls", "money"], happened_on_day="31", happened_on_month="2")
    back = as_typed(EntryForm, dict(data.lists()))
    assert back["tags"] == ["falls", "money"]
    assert back["happened_on"] == {"day": "31", "month": "2", "year": "2026"}
    drawn = str(EntryForm(initial=back, actor=AMINA, about=PersonFacts(1), at=AT)["happened_on"])
    assert 'value="31"' in drawn
    assert "error" not in drawn


def test_a_window_that_has_not_seen_what_another_saved_does_not_overwrite_it(tarnside: Tarnside) -> None:
    at, key = now(), uuid.uuid4()
    with tarnside.acting("amina", at=at) as amina:
        first = save_draft(by=amina, form="entry", about="person:1", fields={"account": "From the first window"}, submission_key=key, version=None, at=at)
        with pytest.raises(Conflict):
            save_draft(by=amina, form="entry", about="person:1", fields={"account": "From the second"}, submission_key=uuid.uuid4(), version=None, at=at + timedelta(seconds=5))
        assert save_draft(by=amina, form="entry", about="person:1", fields={"account": "Longer"}, submission_key=key, version=first.version, at=at).version == first.version + 1


def test_what_was_sent_is_no_draft_any_more_though_the_page_that_is_left_saves_it_once_again(tarnside: Tarnside) -> None:
    at, key, fields = now(), uuid.uuid4(), {"headline": "Seen today", "account": "What was seen."}
    about = f"person:{tarnside.people['noah']}"
    with tarnside.acting("amina", at=at) as amina:
        save_draft(by=amina, form="entry", about=about, fields=fields, submission_key=key, at=at)
        new = NewEntry(key, "visit", (PersonFacts(tarnside.people["noah"], kind="child", age=0),), "Seen today", "What was seen.", at, action_taken="Spoke.", draft_form="entry")
        add_entry(by=amina, new=new, at=at)
        save_draft(by=amina, form="entry", about=about, fields=fields, submission_key=key, version=1, at=at)
        assert queries.draft(amina, form="entry", about=about) is None
        assert queries.drafts(amina) == []
        again = save_draft(by=amina, form="entry", about=about, fields=fields, submission_key=uuid.uuid4(), at=at)
        assert queries.draft(amina, form="entry", about=about) == again
