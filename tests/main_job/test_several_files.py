"""Several files with one entry: all chosen at once, each checked, none lost when something else on the form is wrong. Sent as a browser without script sends it."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.decisions import Decision, Outcome, Refused
from alongside.records.models import Attachment, DraftFile, Entry
from tests.main_job.test_practitioner_pages import LETTER, signed_in

pytestmark = pytest.mark.django_db


def typed(**changes: object) -> dict[str, object]:
    return {
        "key": uuid.uuid4().hex, "kind": "visit", "headline": "With letters", "account": "See the letters.", "action_taken": "Filed them.", "harm": "none_known", "happened_on_day": "24",
        "happened_on_month": "11", "happened_on_year": "2025", "step": "save",
    } | changes  # fmt: skip


def letter(name: str, more: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, LETTER + more, content_type="application/pdf")


def ticked(page: str) -> list[str]:
    """The files that stand on the page as attached already, with their ticks."""
    boxes = [box for box in re.findall(r"<input[^>]*>", page) if 'name="attached"' in box and "checked" in box]
    return [found for box in boxes for found in re.findall(r'value="([^"]+)"', box)]


def attached_to(client: Client, where: str) -> set[str]:
    return set(re.findall(r">([^<]+\.(?:pdf|txt))</a>", client.get(where).content.decode()))


def test_several_files_go_with_one_entry(tarnside: Tarnside) -> None:
    client, noah = signed_in("amina"), tarnside.people["noah"]
    done = client.post(f"/people/{noah}/entries/add/", typed(attachment=[letter("first.pdf"), letter("second.pdf"), SimpleUploadedFile("note.txt", b"Weigh again")]))
    assert done.status_code == 303
    assert attached_to(client, done["Location"]) == {"first.pdf", "second.pdf", "note.txt"}


def test_what_was_chosen_comes_back_with_an_error_and_goes_with_the_entry_then(tarnside: Tarnside) -> None:
    client, noah = signed_in("amina"), tarnside.people["noah"]
    sent = typed(headline="")
    wrong = client.post(f"/people/{noah}/entries/add/", sent | {"attachment": [letter("first.pdf"), letter("second.pdf", b"%2")]})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    held = ticked(page)
    assert len(held) == 2
    assert "first.pdf" in page
    done = client.post(f"/people/{noah}/entries/add/", sent | {"headline": "With letters", "attached": held, "files_shown": "yes", "attachment": letter("third.pdf", b"%3")})
    assert done.status_code == 303, done.content.decode()[:3000]
    assert attached_to(client, done["Location"]) == {"first.pdf", "second.pdf", "third.pdf"}
    assert not DraftFile.objects.exists()


def test_what_was_chosen_is_kept_when_the_gate_refuses_the_entry_and_goes_with_the_next_that_it_permits(tarnside: Tarnside, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise Refused(Decision(Outcome.DENY, reasons=("Not this, not here.",)))

    client, noah, sent = signed_in("amina"), tarnside.people["noah"], typed()
    with monkeypatch.context() as at_first:
        at_first.setattr("alongside.web.practitioner.entry.views.actions.add_entry", refuse)
        refused = client.post(f"/people/{noah}/entries/add/", sent | {"attachment": [letter("first.pdf"), letter("second.pdf", b"%2")]})
    assert refused.status_code == 403
    held = ticked(refused.content.decode())
    assert len(held) == 2
    done = client.post(f"/people/{noah}/entries/add/", sent | {"attached": held, "files_shown": "yes"})
    assert done.status_code == 303, done.content.decode()[:3000]
    assert attached_to(client, done["Location"]) == {"first.pdf", "second.pdf"}


def test_one_that_may_not_be_attached_is_named_and_the_others_are_not_lost(tarnside: Tarnside) -> None:
    client, noah = signed_in("amina"), tarnside.people["noah"]
    page = SimpleUploadedFile("page.pdf", b"<html><script>1</script></html>", content_type="application/pdf")
    wrong = client.post(f"/people/{noah}/entries/add/", typed(attachment=[letter("first.pdf"), page]))
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "page.pdf is not a picture" in text
    assert len(ticked(text)) == 1
    assert not Entry.objects.filter(headline="With letters").exists()


def test_what_is_unticked_is_not_attached(tarnside: Tarnside) -> None:
    client, noah = signed_in("amina"), tarnside.people["noah"]
    sent = typed(headline="")
    held = ticked(client.post(f"/people/{noah}/entries/add/", sent | {"attachment": [letter("first.pdf"), letter("second.pdf", b"%2")]}).content.decode())
    done = client.post(f"/people/{noah}/entries/add/", sent | {"headline": "With one letter", "attached": held[:1], "files_shown": "yes"})
    assert len(attached_to(client, done["Location"])) == 1


def test_nobody_else_has_what_somebody_has_not_sent_yet(tarnside: Tarnside) -> None:
    noah, sent = tarnside.people["noah"], typed(headline="")
    held = ticked(signed_in("amina").post(f"/people/{noah}/entries/add/", sent | {"attachment": letter("first.pdf")}).content.decode())
    other = signed_in("daniel").post(f"/people/{noah}/entries/add/", sent | {"headline": "Mine", "attached": held, "files_shown": "yes"})
    assert other.status_code == 422
    assert not Attachment.objects.exists()


def test_too_many_and_too_much_are_told_before_anything_is_recorded(tarnside: Tarnside) -> None:
    client, noah = signed_in("amina"), tarnside.people["noah"]
    many = client.post(f"/people/{noah}/entries/add/", typed(attachment=[letter(f"{one}.pdf", str(one).encode()) for one in range(11)]))
    assert many.status_code == 422
    assert "Choose at most 10 files" in many.content.decode()
