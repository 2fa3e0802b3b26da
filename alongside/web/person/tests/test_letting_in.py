"""Nobody comes to read a record by one pair of hands: whoever works with the person has seen who they are, a records office lets them in."""

import re
import uuid

import pytest
from django.core import mail
from django.db import connection
from django.db.utils import ProgrammingError
from django.test import Client

from alongside.agencies import actions as agencies
from alongside.agencies.models import Account
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.confidentiality.queries.letting_in import letting_in_waiting
from alongside.confidentiality.tests.tarnside_acts import signs_in
from alongside.config import sign_in
from alongside.people.models import Representation
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
SEEN = "Passport 925665416, and the birth certificate at home"


def asks(tarnside: Tarnside, *, email: str = "chloe.b@mail.example", key: str = "", **more: str) -> int:
    """Megan asks that Chloe, whom she works with, may read her own record."""
    typed = {"stands": "self", "name": "Chloe Barnes", "email": email, "safe": "on", "seen": SEEN, "key": key or str(uuid.uuid4())} | more
    return signed_in("megan").post(f"/people/{tarnside.people['chloe']}/own-pages/ask/", typed).status_code


def waiting(tarnside: Tarnside) -> list[int]:
    with tarnside.acting("owen", at=now()):
        return [one.id for one in letting_in_waiting() or [] if one.answered_at is None]


def answers(asked: int, outcome: str = "agree") -> int:
    return signed_in("owen").post(f"/records-office/letting-in/{asked}/", {"outcome": outcome, "answer": "The passport was seen at a visit."}).status_code


def test_a_person_is_let_in_by_two_and_chooses_a_password_by_a_letter_that_names_nobody(tarnside: Tarnside) -> None:
    assert asks(tarnside) == 303
    (asked,) = waiting(tarnside)
    assert answers(asked) == 303
    sign_in.POST.submit(lambda: None).result()  # letters leave after the answer
    letter = mail.outbox[-1]
    assert letter.to == ["chloe.b@mail.example"]
    assert "Chloe" not in letter.body and "Barnes" not in letter.body
    chooses = Client().post(welcome(letter.body), {"code": code_seen_by("megan", tarnside)}, follow=True)
    assert chooses.status_code == 200 and "New password" in chooses.content.decode()
    tarnside.tokens["chloe"] = agencies.begin_session(Account.objects.get(email="chloe.b@mail.example"), user_agent="Test")
    with tarnside.acting("chloe", at=now()) as chloe:
        assert gate.open_record(chloe, tarnside.people["chloe"], purpose="portal_view", at=now()).allows("index_entry")


def welcome(letter: str) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", letter)
    assert found, letter
    return found[1]


def code_seen_by(who: str, tarnside: Tarnside) -> str:
    """What somebody who works with Chloe is to give her, by hand or on the phone."""
    found = re.search(r"\b\d{4} \d{4} \d{4}\b", signed_in(who).get(f"/people/{tarnside.people['chloe']}/own-pages/").content.decode())
    assert found
    return found[0]


def test_a_letter_that_goes_astray_lets_nobody_in_without_the_code_and_a_forgotten_password_is_no_way_round(tarnside: Tarnside) -> None:
    asks(tarnside)
    answers(waiting(tarnside)[0])
    sign_in.POST.submit(lambda: None).result()
    link, stranger = welcome(mail.outbox[-1].body), Client()
    assert code_seen_by("megan", tarnside) not in mail.outbox[-1].body
    wrong = stranger.post(link, {"code": "0000 0000 0000"})
    assert wrong.status_code == 422 and "This is not the code" in wrong.content.decode()
    assert stranger.get(link).status_code == 200
    before = len(mail.outbox)
    assert stranger.post("/sign-in/forgotten-password/", {"email": "chloe.b@mail.example"}).status_code == 302
    sign_in.POST.submit(lambda: None).result()
    assert len(mail.outbox) == before


def test_who_asked_for_is_told_in_their_work_what_came_of_it_until_they_have_seen_it(tarnside: Tarnside) -> None:
    asks(tarnside)
    answers(waiting(tarnside)[0], "refuse")
    work = signed_in("megan").get("/my-work/").content.decode()
    (listed,) = re.findall(r'href="(/owed/\d+/)">Not let in: Chloe Barnes', work)
    assert "The passport was seen at a visit." in work
    seen = signed_in("megan").get(listed)
    assert seen.headers["Location"] == f"/people/{tarnside.people['chloe']}/own-pages/"
    assert "Not let in: Chloe Barnes" not in signed_in("megan").get("/my-work/").content.decode()


def test_who_asked_cannot_let_in_and_the_web_itself_cannot_either(tarnside: Tarnside) -> None:
    asks(tarnside)
    (asked,) = waiting(tarnside)
    assert signed_in("megan").get(f"/records-office/letting-in/{asked}/").status_code == 404
    assert signed_in("megan").post(f"/records-office/letting-in/{asked}/", {"outcome": "agree", "answer": "I have seen it myself."}).status_code == 404
    with tarnside.acting("megan", at=now()) as megan, pytest.raises(ProgrammingError, match="permission denied"):
        gate.open_record(megan, tarnside.people["chloe"], verb="write", category="contact_details", write=True, at=now())
        Representation.objects.create(account_id=megan.account_id, person_id=tarnside.people["chloe"], relation="self", starts=now())


def test_the_same_form_sent_again_asks_once(tarnside: Tarnside) -> None:
    key = str(uuid.uuid4())
    assert [asks(tarnside, key=key), asks(tarnside, key=key)] == [303, 303]
    assert len(waiting(tarnside)) == 1


def test_an_address_of_somebody_at_work_is_refused_with_what_to_do_and_nothing_typed_is_lost(tarnside: Tarnside) -> None:
    sent = signed_in("megan").post(
        f"/people/{tarnside.people['chloe']}/own-pages/ask/", {"stands": "self", "name": "Chloe Barnes", "email": "Daniel@tarnside.example", "safe": "on", "seen": SEEN, "key": "x"}
    )
    assert sent.status_code == 422
    assert "Ask for one of their own" in sent.content.decode() and SEEN in sent.content.decode()


def test_it_waits_on_the_records_offices_list_with_a_clock_and_leaves_it_when_answered(tarnside: Tarnside) -> None:
    asks(tarnside)
    (asked,) = waiting(tarnside)
    work = signed_in("owen").get("/my-work/").content.decode()
    (listed,) = re.findall(r'href="(/owed/\d+/)">Let somebody in to read a record', work)
    assert signed_in("owen").get(listed).headers["Location"] == f"/records-office/letting-in/{asked}/"
    answers(asked)
    assert "Let somebody in to read a record" not in signed_in("owen").get("/my-work/").content.decode()


def test_who_is_not_let_in_reads_nothing_and_whoever_asked_reads_why(tarnside: Tarnside) -> None:
    asks(tarnside)
    (asked,) = waiting(tarnside)
    assert answers(asked, "refuse") == 303
    assert not Account.objects.filter(email="chloe.b@mail.example").exists()
    page = signed_in("megan").get(f"/people/{tarnside.people['chloe']}/own-pages/").content.decode()
    assert "Not let in" in page and "The passport was seen at a visit." in page


def test_answered_once_only_whoever_answers_second_is_told(tarnside: Tarnside) -> None:
    asks(tarnside)
    (asked,) = waiting(tarnside)
    assert [answers(asked), answers(asked, "refuse")] == [303, 409]


def test_the_person_is_told_who_may_read_their_record_besides_them(tarnside: Tarnside) -> None:
    asks(tarnside, email="mum@mail.example", stands="attorney", name="Pam Barnes")
    answers(waiting(tarnside)[0])
    with tarnside.acting("megan", at=now()) as megan:
        gate.open_record(megan, tarnside.people["chloe"], at=now())
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM person_notice WHERE person_id = %s AND code = 'let_in'", [tarnside.people["chloe"]])
            assert [text.split(" may now")[0] for (text,) in cursor.fetchall()] == ["Pam Barnes"]


def test_whoever_no_longer_may_finds_nothing_at_the_next_request(tarnside: Tarnside) -> None:
    signs_in(tarnside, "leah")
    leah = signed_in("leah")
    assert leah.get("/my-record/").status_code == 200
    with tarnside.acting("amina", at=now()) as amina:
        access = gate.open_record(amina, tarnside.people["leah"], at=now())
        own = Representation.objects.get(person_id=access.person_id, relation="self")
    assert signed_in("amina").post(f"/people/{tarnside.people['leah']}/own-pages/{own.pk}/end/", {"reason": "She asked us to."}).status_code == 303
    assert leah.get("/my-record/").status_code in (302, 403, 404)
