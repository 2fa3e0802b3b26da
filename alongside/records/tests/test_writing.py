"""One call writes an entry and all that hangs on it, under the author's own rights: row security weighs every row of it."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.categories import record_key
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.records.actions import NewEntry, Part, Upload, add_entry, entries, save_draft
from alongside.records.actions.entries import recorded_before
from alongside.records.facts import PersonFacts
from alongside.records.models import Attachment, Draft, Entry, EntryPart, RoutingOutcome, Share

pytestmark = pytest.mark.django_db


def visit(made: Tarnside, at: datetime, **changes: Any) -> NewEntry:
    fields = {
        "submission_key": uuid.uuid4(), "kind": "visit", "about": (PersonFacts(made.people["noah"], kind="child", age=0),), "headline": "Weighed Noah", "account": "He weighs 6.1 kg.",
        "action_taken": "Next visit agreed.", "happened_at": at - timedelta(hours=1),
    }
    return NewEntry(**(fields | changes))


def test_nobody_writes_on_a_record_that_the_gate_did_not_open_for_writing(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        noah = tarnside.people["noah"]
        gate.open_record(amina, noah, at=at)
        entry = {
            "reference": uuid.uuid4(), "submission_key": uuid.uuid4(), "kind": "visit", "category": "general_health", "agency_id": amina.agency_id, "author_id": amina.practitioner_id, "byline": "x",
            "tags": [], "headline": "x", "account": "x", "words_of_person": "", "effect": "", "action_taken": "", "no_action_reason": "", "happened_at": at, "written_at": at, "status": "shared",
            "risk": "none_known", "correction_reason": "", "not_online": False, "keys": [record_key(noah, amina.agency_id or 0, "general_health")], "shared_to": [],
        }
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT write_entry(%s, '{}')", [json.dumps({"entry": entry, "event": "recorded"}, default=str)])
        assert not Entry.objects.filter(author_id=amina.practitioner_id).exists()


def test_whoever_comes_to_write_is_lent_no_other_category(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        alone = gate.open_record(amina, tarnside.people["noah"], verb="write", category="general_health", write=True, alone=True, at=at)
        assert alone.categories == {"general_health"}
        assert len(gate.open_record(amina, tarnside.people["noah"], at=at).categories) > 5


def test_an_entry_is_written_whole_and_its_draft_forgotten(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        new = visit(
            tarnside, at, kind="injury_observation", purpose="safeguarding_child", draft_form="entry", parts=(Part("third_party_info", "safeguarding_concern", "His aunt smokes."),),
            attachments=(Upload("plan.txt", "text/plain", b"Weigh again"), Upload("note.txt", "text/plain", b"on Monday")),
        )
        Draft.objects.create(account_id=amina.account_id, form="entry", about="", submission_key=new.submission_key, saved_at=at)
        recorded = add_entry(by=amina, new=new, at=at)
        entry = Entry.objects.get(pk=recorded.entry_id)
        assert [bytes(content) for content in Attachment.objects.filter(entry=entry).order_by("pk").values_list("content", flat=True)] == [b"Weigh again", b"on Monday"]
        assert EntryPart.objects.get(entry=entry).text == "His aunt smokes."
        assert entry.subjects.get().person_id == tarnside.people["noah"]
        assert entry.events.get().what == "recorded"
        assert RoutingOutcome.objects.filter(entry=entry).count() == len(recorded.outcomes)
        shares = Share.objects.filter(entry=entry)
        assert shares.count() == len([one for one in recorded.outcomes if one.outcome == "share"]) > 0
        assert all(share.why == share.outcome.reason and share.to_team_id == share.outcome.team_id for share in shares)
        assert not Draft.objects.filter(submission_key=new.submission_key).exists()


def test_a_draft_keeps_what_was_typed_but_the_characters_that_no_database_holds(tarnside: Tarnside) -> None:
    at, key = now(), uuid.uuid4()
    typed = {"third_party_info": "His aunt\0 smokes.", "tags": ["\0", "neglect\0"], "of no form\0": "\0"}
    with tarnside.acting("amina", at=at) as amina:
        first = save_draft(by=amina, form="entry", about="person:1", fields=typed, submission_key=key, at=at)
        again = save_draft(by=amina, form="entry", about="person:1", fields=typed, submission_key=key, version=None, at=at)
        assert again.pk == first.pk, "the same words are no conflict, NUL or not"
        assert Draft.objects.get(pk=first.pk).fields == {"third_party_info": "His aunt smokes.", "tags": ["", "neglect"], "of no form": ""}


def test_what_is_sent_twice_at_the_same_moment_is_written_once(tarnside: Tarnside, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second did not see the first when it looked: the database itself says that it is there."""
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        new = visit(tarnside, at)
        first = add_entry(by=amina, new=new, at=at)
        missed: list[None] = [None]
        monkeypatch.setattr(entries, "recorded_before", lambda by, key: missed.pop() if missed else recorded_before(by, key))
        again = add_entry(by=amina, new=new, at=at)
        assert (again.again, again.entry_id) == (True, first.entry_id)
        assert Entry.objects.filter(author_id=amina.practitioner_id).count() == 1
