"""The practitioner's pages stay light, whoever has much to do: at most 12 questions to the database and 60 kB each; and they offer what belongs together."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Decision, Outcome, Refused
from alongside.confidentiality import gate
from alongside.people import actions as people
from alongside.people.facts import RelationKind
from alongside.records import queries
from alongside.records.actions import NewEntry, add_entry
from alongside.records.facts import Harm, PersonFacts
from alongside.records.models import Entry, Share
from alongside.web.practitioner.entry.companions import Companion

pytestmark = pytest.mark.django_db
from tests.signing_in import signed_in

MOST_QUESTIONS, MOST_BYTES, ROWS = 12, 60_000, 60


def counted(client: Client, path: str) -> tuple[HttpResponse, list[str]]:
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path)
    return page, [one["sql"] for one in asked.captured_queries if not re.match(r"SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT", one["sql"])]


def bruises(tarnside: Tarnside, number: int) -> None:
    at = now() - timedelta(minutes=5)
    noah = PersonFacts(tarnside.people["noah"], kind="child", age=0)
    with tarnside.acting("amina", at=at) as amina:
        for count in range(number):
            new = NewEntry(
                uuid.uuid4(), "injury_observation", (noah,), f"Bruise {count} on the arm", "A bruise. " * 60, at, action_taken="Rang the duty manager.", harm=Harm.SIGNIFICANT, purpose="safeguarding_child",
            )
            add_entry(by=amina, new=new, at=at)


PAGES = (
    ("priya", "/my-work/"), ("priya", "/inbox/"), ("amina", "/my-work/"), ("amina", "/people/{noah}/"), ("amina", "/people/{noah}/chronology/"), ("priya", "/shares/{share}/"),
    ("amina", "/people/{noah}/entries/{entry}/"), ("amina", "/people/{noah}/entries/add/?kind=visit"),
)


def test_a_page_with_much_on_it_is_light(tarnside: Tarnside) -> None:
    bruises(tarnside, ROWS)
    with tarnside.acting("priya", at=now()):
        share = Share.objects.select_related("entry").get(headline="Bruise 3 on the arm", to_team=tarnside.teams["front_door"])
    clients = {who: signed_in(who) for who in ("priya", "amina")}
    too_heavy = []
    for who, path in PAGES:
        clients[who].get("/my-work/")
        page, asked = counted(clients[who], path.format(noah=tarnside.people["noah"], share=share.reference, entry=share.entry.reference))
        assert page.status_code == 200
        if len(asked) > MOST_QUESTIONS or len(page.content) > MOST_BYTES:
            too_heavy.append(f"{path} as {who}: {len(page.content):,} bytes, {len(asked)} questions\n  " + "\n  ".join(one[:150] for one in asked))
    assert not too_heavy, "\n".join(too_heavy)


def test_brothers_and_sisters_are_offered_and_the_entry_stands_in_both_records(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("daniel", at=at) as daniel:
        access = gate.open_record(daniel, tarnside.people["ella"], purpose="child_in_need_service", at=at, write=True, verb="write")
        people.add_family(access=access, kind=RelationKind.SIBLING, name="Noah Turner", relative_id=tarnside.people["noah"], at=at)
    client = signed_in("daniel")
    page = client.get(f"/people/{tarnside.people['ella']}/entries/add/?kind=visit").content.decode()
    offered = re.search(r'name="also_about" type="checkbox" value="([^"]+)"', page)
    assert offered
    assert "Noah Turner, brother or sister" in page
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    typed = {
        "key": key[1], "kind": "visit", "also_about": offered[1], "headline": "Saw both children", "account": "They played.", "action_taken": "Will come again.", "harm": "none_known",
        "happened_on_day": "24", "happened_on_month": "11", "happened_on_year": "2025", "step": "save",
    }
    done = client.post(f"/people/{tarnside.people['ella']}/entries/add/", typed)
    assert done.status_code == 303, done.content.decode()[:2000]
    for child in ("ella", "noah"):
        assert "Saw both children" in client.get(f"/people/{tarnside.people[child]}/chronology/").content.decode()


LETTER = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def test_what_is_attached_is_served_as_a_file_and_never_as_a_page(tarnside: Tarnside) -> None:
    client, noah = signed_in("amina"), tarnside.people["noah"]
    typed = {
        "key": uuid.uuid4().hex, "kind": "visit", "headline": "With a letter", "account": "See the letter.", "action_taken": "Filed it.", "harm": "none_known", "happened_on_day": "24",
        "happened_on_month": "11", "happened_on_year": "2025", "step": "save",
    }
    refused = client.post(f"/people/{noah}/entries/add/", typed | {"attachment": SimpleUploadedFile("page.pdf", b"<html><script>1</script></html>", content_type="application/pdf")})
    assert refused.status_code == 422
    assert "Save it as one of these" in refused.content.decode()
    done = client.post(f"/people/{noah}/entries/add/", typed | {"attachment": SimpleUploadedFile("Noah Turner.pdf", LETTER, content_type="text/html")})
    assert done.status_code == 303
    link = re.search(r'href="(/entries/[^"]+/attachments/[^"]+)"', client.get(done["Location"]).content.decode())
    assert link
    given = client.get(link[1])
    assert given["Content-Type"] == "application/pdf"
    assert given["Content-Disposition"].startswith("attachment")
    assert "Noah" not in given["Content-Disposition"]
    assert signed_in("joan").get(link[1]).status_code in (403, 404)


def test_one_cannot_reach_an_entry_through_the_record_of_somebody_else(tarnside: Tarnside) -> None:
    bruises(tarnside, 1)
    client = signed_in("amina")
    link = re.search(rf'href="/people/{tarnside.people["noah"]}/entries/([0-9a-f-]{{36}})/"', client.get(f"/people/{tarnside.people['noah']}/").content.decode())
    assert link
    assert client.get(f"/people/{tarnside.people['leah']}/entries/{link[1]}/").status_code == 404


def test_a_worry_is_taken_from_somebody_who_may_not_read_and_opens_nothing(tarnside: Tarnside) -> None:
    tom = signed_in("tom")
    arthur = tarnside.people["arthur"]
    assert tom.get(f"/people/{arthur}/").status_code in (403, 404)
    with tarnside.acting("tom", at=now()) as actor:
        about = Companion(arthur, "Arthur Pell").choice(actor)
    blank = tom.post("/worries/report/", {"about": about})
    assert blank.status_code == 200
    typed = {
        "about": about, "key": uuid.uuid4().hex, "kind": "safeguarding_adult_concern", "headline": "A neighbour takes his money", "account": "He told me at the school gate.", "harm": "significant_harm",
        "no_action_reason": "I do not know him.", "happened_on_day": "24", "happened_on_month": "11", "happened_on_year": "2025",
    }
    assert "Say in one line what happened" in tom.post("/worries/report/", typed | {"headline": ""}).content.decode()
    done = tom.post("/worries/report/", typed)
    assert done.status_code == 303, done.content.decode()[:3000]
    assert "A neighbour takes his money" in tom.get(done["Location"]).content.decode()
    assert tom.get(f"/people/{arthur}/").status_code in (403, 404)
    with tarnside.acting("megan", at=now()):
        assert Share.objects.filter(headline="A neighbour takes his money", to_team=tarnside.teams["hospital_social"]).exists()
    assert tom.post("/worries/report/", {"about": str(arthur)}).status_code == 404


def test_a_refusal_loses_nothing_that_was_typed(tarnside: Tarnside, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise Refused(Decision(Outcome.DENY, reasons=("Not this, not here.",)))

    amina = signed_in("amina")
    typed = {
        "key": uuid.uuid4().hex, "kind": "visit", "headline": "Typed with care", "account": "Every word of it.", "action_taken": "Stayed.", "harm": "none_known", "happened_on_day": "24",
        "happened_on_month": "11", "happened_on_year": "2025", "step": "save",
    }
    monkeypatch.setattr("alongside.web.practitioner.entry.views.actions.add_entry", refuse)
    page = amina.post(f"/people/{tarnside.people['noah']}/entries/add/", typed)
    assert page.status_code == 403
    assert "Not this, not here." in page.content.decode()
    assert "Every word of it." in page.content.decode()


def test_a_character_that_no_database_holds_is_no_fault_wherever_it_stands_in_an_entry(tarnside: Tarnside) -> None:
    """Pasted from a strange file, it stands in a purpose, which is then no purpose, or in the reason why a partner must not know."""
    amina, add = signed_in("amina"), f"/people/{tarnside.people['noah']}/entries/add/"
    words = {"key": uuid.uuid4().hex, "kind": "visit", "headline": "Weighed Noah", "account": "He weighs 6.1 kg.", "action_taken": "Next visit agreed.", "harm": "none_known",
             "happened_on_day": "1", "happened_on_month": "9", "happened_on_year": "2026"}
    for wrong in ({"purpose": "\0"}, {"headline": "\0", "claim": "\0", "tags": "\0"}):
        assert amina.post(add, words | wrong).status_code == 422
    doctors = tarnside.teams["doctors"]
    key = f"{doctors.agency_id}-{doctors.pk}"
    assert amina.post(add, words | {"kind": "injury_observation", f"keep-{key}": "raises_risk", f"why-{key}": "His aunt\0 works there."}).status_code == 303
    with tarnside.acting("amina", at=now()) as author:
        written = Entry.objects.get(author_id=author.practitioner_id, headline="Weighed Noah")
        assert any("His aunt works there." in known.why for known in queries.who_knows(author, written.pk))
