"""Somebody may let a helper of their own choice read parts of their record, until a day: a records office lets them in, they read those parts and nothing else, and it ends at a word."""

import json
import re
import uuid
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, connection
from django.db.utils import IntegrityError
from django.test import Client

from alongside.agencies import actions as agencies
from alongside.agencies.models import Account
from alongside.cli.tarnside.letting_in import let_in
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.categories import CATEGORY_NUMBERS
from alongside.common.clock import now
from alongside.common.london import london_day
from alongside.confidentiality import gate
from alongside.confidentiality.models import CapacityJudgement, LettingIn
from alongside.confidentiality.queries.letting_in import letting_in_waiting
from alongside.confidentiality.tests.tarnside_acts import make_unsafe_with, signs_in
from alongside.config import sign_in
from alongside.people.facts import Stands
from alongside.people.models import Representation
from alongside.records.actions import NewEntry, add_entry
from alongside.records.facts import PersonFacts
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
BETH = "beth@tarnside.example"


def asked_by_leah(parts: tuple[str, ...] = ("general_health",), *, until: date | None = None, email: str = BETH) -> dict[str, object]:
    day = until or london_day(now()) + timedelta(days=30)
    return {"name": "Beth Turner", "email": email, "parts": list(parts), "until_day": day.day, "until_month": day.month, "until_year": day.year, "key": uuid.uuid4().hex}


def waiting(tarnside: Tarnside) -> list[int]:
    with tarnside.acting("owen", at=now()):
        return [one.id for one in letting_in_waiting() or [] if one.answered_at is None]


def answered(tarnside: Tarnside, outcome: str = "agree") -> Client:
    """Owen answers the one that waits; Beth can sign in, by an account of her own."""
    (asked,) = waiting(tarnside)
    assert signed_in("owen").post(f"/records-office/letting-in/{asked}/", {"outcome": outcome, "answer": "Amina asked her alone."}).status_code == 303
    return signed_in("beth")


@pytest.fixture
def tarnside(tarnside: Tarnside) -> Tarnside:
    """Leah reads her own record, and two things stand in it."""
    signs_in(tarnside, "leah")
    agencies.open_account(email=BETH, password=None, at=now(), for_practitioner=False, is_demo=True)
    about = (PersonFacts(tarnside.people["leah"], kind="adult", age=22),)
    for headline, category in (("Her blood pressure is high", "general_health"), ("The rent is late again", "housing")):
        with tarnside.acting("amina", at=now()) as amina:
            words = {"kind": "visit", "about": about, "account": headline, "action_taken": "Told her.", "happened_at": now() - timedelta(hours=1)}
            add_entry(by=amina, new=NewEntry(submission_key=uuid.uuid4(), headline=headline, category=category, **words), at=now())
    return tarnside


def pages(tarnside: Tarnside) -> str:
    return f"/for/{tarnside.people['leah']}"


def test_a_helper_reads_the_parts_that_the_person_ticked_and_nothing_else(tarnside: Tarnside) -> None:
    assert signed_in("leah").post("/my-choices/helpers/", asked_by_leah()).status_code == 303
    beth = answered(tarnside)
    page = beth.get(f"{pages(tarnside)}/my-record/").content.decode()
    assert "Her blood pressure is high" in page
    for kept in ("The rent is late again", "Who helps", "What matters", "been told"):
        assert kept not in page, kept
    for shut in ("my-choices/", "my-choices/contact/", "who-looked/", "who-looked/check/", "my-record/write/", "my-record/about-me/"):
        assert beth.get(f"{pages(tarnside)}/{shut}").status_code == 404, shut
    assert "Leah" in beth.get("/whose-record/").content.decode()
    assert "Somebody acting for this person" in signed_in("leah").get("/who-looked/").content.decode()


def test_whoever_may_read_the_plan_sees_who_helps_as_well(tarnside: Tarnside) -> None:
    signed_in("leah").post("/my-choices/helpers/", asked_by_leah(("strengths_needs_plan",)))
    page = answered(tarnside).get(f"{pages(tarnside)}/my-record/").content.decode()
    assert "Amina Khan" in page
    assert "Her blood pressure is high" not in page


def test_the_database_lends_a_helper_no_more_than_that_and_never_the_right_to_write(tarnside: Tarnside) -> None:
    signed_in("leah").post("/my-choices/helpers/", asked_by_leah())
    answered(tarnside)
    tarnside.tokens["beth"] = agencies.begin_session(Account.objects.get(email=BETH), user_agent="Test")
    with tarnside.acting("beth", at=now()), connection.cursor() as cursor:
        line = {"verb": "read", "category": "whole_record", "purpose": "portal_view", "decision": "permit"}
        everything = sorted(CATEGORY_NUMBERS.values())
        cursor.execute("SELECT open_record(%s, %s, %s, true, %s)", [tarnside.people["leah"], everything, everything, json.dumps(line)])
        cursor.execute("SELECT DISTINCT k & 63 FROM unnest(ticket_keys()) k")
        assert {number for (number,) in cursor.fetchall()} == {CATEGORY_NUMBERS["general_health"]}
        cursor.execute("SELECT cardinality(ticket_writable())")
        assert cursor.fetchone()[0] == 0


def test_whoever_works_with_the_person_asks_for_them_and_is_told_what_came_of_it(tarnside: Tarnside) -> None:
    typed = asked_by_leah() | {"safe": "on", "seen": "She told me so at home, alone."}
    assert signed_in("amina").post(f"/people/{tarnside.people['leah']}/own-pages/ask-for-helper/", typed).status_code == 303
    assert "Beth Turner" in signed_in("leah").get("/my-choices/helpers/").content.decode()
    answered(tarnside)
    assert "Let in: Beth Turner" in signed_in("amina").get("/my-work/").content.decode()
    assert "My health" in signed_in("amina").get(f"/people/{tarnside.people['leah']}/own-pages/").content.decode()


def test_the_person_ends_it_and_the_next_request_finds_nothing(tarnside: Tarnside) -> None:
    signed_in("leah").post("/my-choices/helpers/", asked_by_leah())
    beth = answered(tarnside)
    assert beth.get(f"{pages(tarnside)}/my-record/").status_code == 200
    assert signed_in("leah").post(f"/my-choices/helpers/{helper_of(tarnside).pk}/end/").status_code == 303
    assert beth.get(f"{pages(tarnside)}/my-record/").status_code == 404
    assert "There is no record that you can read here" in beth.get("/whose-record/").content.decode()


def helper_of(tarnside: Tarnside) -> Representation:
    with tarnside.acting("amina", at=now()) as amina:
        access = gate.open_record(amina, tarnside.people["leah"], at=now())
        return Representation.objects.filter(person_id=access.person_id, authority="consent").latest("pk")


def test_after_their_last_day_a_helper_reads_nothing(tarnside: Tarnside) -> None:
    day = london_day(now()) + timedelta(days=30)
    signed_in("leah").post("/my-choices/helpers/", asked_by_leah(until=day))
    beth, helper = answered(tarnside), helper_of(tarnside)
    assert london_day(helper.ends) == day
    with tarnside.acting("amina", at=now()) as amina:
        gate.open_record(amina, tarnside.people["leah"], verb="write", category="contact_details", write=True, at=now())
        Representation.objects.filter(pk=helper.pk).update(ends=now() - timedelta(days=1))
    assert beth.get(f"{pages(tarnside)}/my-record/").status_code == 404


def test_the_person_ends_a_helper_of_theirs_and_nobody_who_is_there_by_right(tarnside: Tarnside) -> None:
    let_in(tarnside, whose="leah", stands=Stands.ATTORNEY, name="Rose Pell", email="rose@mail.example", asked_by="amina", at=now())
    with tarnside.acting("amina", at=now()) as amina:
        access = gate.open_record(amina, tarnside.people["leah"], at=now())
        attorney = Representation.objects.get(person_id=access.person_id, relation="proxy")
    assert signed_in("leah").post(f"/my-choices/helpers/{attorney.pk}/end/").status_code == 404
    with tarnside.acting("amina", at=now()) as amina:
        gate.open_record(amina, tarnside.people["leah"], at=now())
        assert Representation.objects.get(pk=attorney.pk).ends is None


def test_the_person_cannot_ask_for_anybody_but_a_helper_whatever_the_web_says(tarnside: Tarnside) -> None:
    with tarnside.acting("leah", at=now()) as leah, pytest.raises((ProgrammingError, IntegrityError)):
        access = gate.open_record(leah, leah.own_person_id, verb="change_access", category="strengths_needs_plan", purpose="portal_view", write=True, at=now())
        LettingIn.objects.create(person_id=access.person_id, stands="attorney", name="Beth", email=BETH, submission_key=uuid.uuid4(), asked_at=now())


def test_asked_by_the_person_whoever_works_with_them_asks_them_alone_and_the_office_sees_a_danger(tarnside: Tarnside) -> None:
    make_unsafe_with(tarnside, "leah", "jake")
    signed_in("leah").post("/my-choices/helpers/", asked_by_leah())
    assert "Ask the person, alone" in signed_in("amina").get("/my-work/").content.decode()
    (asked,) = waiting(tarnside)
    page = signed_in("owen").get(f"/records-office/letting-in/{asked}/").content.decode()
    assert "Somebody may be a danger to this person" in page
    assert "The person themself, on their own pages" in page


def test_whoever_cannot_decide_it_chooses_no_helper(tarnside: Tarnside) -> None:
    with tarnside.acting("amina", at=now()) as amina:
        gate.open_record(amina, tarnside.people["leah"], verb="write", category="strengths_needs_plan", write=True, at=now())
        CapacityJudgement.objects.create(person_id=tarnside.people["leah"], outcome="lacks", decision="Who may read her record", reasons="Seen twice.", judged_by_id=amina.practitioner_id, judged_at=now())
    typed = asked_by_leah() | {"safe": "on", "seen": "She told me so at home, alone."}
    sent = signed_in("amina").post(f"/people/{tarnside.people['leah']}/own-pages/ask-for-helper/", typed)
    assert sent.status_code == 422
    assert "They cannot decide this themself" in sent.content.decode()


def test_a_no_is_told_to_the_person_with_its_reason(tarnside: Tarnside) -> None:
    signed_in("leah").post("/my-choices/helpers/", asked_by_leah())
    answered(tarnside, "refuse")
    page = signed_in("leah").get("/my-record/").content.decode()
    assert "Beth Turner was not let in" in page
    assert "Amina asked her alone." in page


def test_asked_again_with_other_parts_the_later_counts(tarnside: Tarnside) -> None:
    for parts in (("general_health",), ("housing",)):
        signed_in("leah").post("/my-choices/helpers/", asked_by_leah(parts))
        beth = answered(tarnside)
    page = beth.get(f"{pages(tarnside)}/my-record/").content.decode()
    assert "The rent is late again" in page
    assert "Her blood pressure is high" not in page


def test_a_helper_is_invited_by_a_letter_and_gets_the_code_from_the_person(tarnside: Tarnside) -> None:
    signed_in("leah").post("/my-choices/helpers/", asked_by_leah(email="beth.t@mail.example"))
    answered(tarnside)
    sign_in.POST.submit(lambda: None).result()  # letters leave after the answer
    letter, page = mail.outbox[-1], signed_in("leah").get("/my-choices/helpers/").content.decode()
    assert letter.to == ["beth.t@mail.example"]
    assert "Leah" not in letter.body
    assert "Give them this code yourself" in page
    (code,) = re.findall(r"\b\d{4} \d{4} \d{4}\b", page)
    assert code not in letter.body
