"""What pages say of who is heard: within their size, nothing that points at anybody, and the same numbers for everybody who may read them."""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.voice import EVENINGS, TOGETHER, tell_of_voices
from alongside.common.clock import now
from alongside.voice import queries
from alongside.voice.models import Contribution, Forum
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@dataclass
class Voices:
    made: Tarnside
    partnerships: dict[str, int]

    def forum(self, name: str) -> int:
        with self.made.acting("sunita", at=now()):
            found = Forum.objects.filter(name=name).values_list("pk", flat=True)
            if found:
                return found[0]
        with self.made.acting("moira", at=now()):
            return Forum.objects.get(name=name).pk

    def waiting(self, partnership: str, who: str) -> list[Contribution]:
        with self.made.acting(who, at=now()):
            return queries.waiting(self.partnerships[partnership])


def told() -> Voices:
    at = now() - timedelta(minutes=1)
    made = set_up(at=at)
    partnerships = found_the_others(made, at=at)
    tell_of_voices(made, partnerships, at=at)
    return Voices(made, partnerships)


@pytest.fixture(scope="module")
def as_told(begins_with: Callable[[Callable[[], Voices]], Voices]) -> Voices:
    return begins_with(told)


@pytest.fixture
def voices(as_told: Voices, db: None) -> Voices:
    return copy.deepcopy(as_told)


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_no_page_is_large_or_asks_often(voices: Voices) -> None:
    sunita, here = signed_in("sunita"), f"/partnership/{voices.partnerships['together']}/voice/"
    board, first = voices.forum("Tarnside Together board"), voices.waiting("together", "sunita")[0].pk
    paths = [
        "", "contributions/", "contributions/type-in/", f"contributions/{first}/", "population/", "forums/open/",
        *(f"forums/{board}/{page}" for page in ("", "claim/", "who-takes-part/", "who-spoke/", "close/")),
    ]
    about = f"/about/partnership/{voices.partnerships['together']}/"
    questions = {}
    for path in [*(here + path for path in paths), *(about + path for path in ("have-your-say/", "have-your-say/on-paper/", "what-changed/")), "/about/have-your-say/", "/about/have-your-say/answer/"]:
        sunita.get("/partnership/")
        with CaptureQueriesContext(connection) as asked:
            answer = sunita.get(path)
        assert answer.status_code == 200, path
        assert len(answer.content) <= 60_000, path
        questions[path] = len([query for query in asked if "SAVEPOINT" not in query["sql"]])
    assert {path: count for path, count in questions.items() if count > 12} == {}


def test_a_board_is_told_who_is_missing_and_nothing_under_five_is_shown(voices: Voices) -> None:
    page = words_of(signed_in("peter").get(f"/partnership/{voices.partnerships['together']}/voice/forums/{voices.forum('Tarnside Together board')}/").content.decode())
    assert "Where they live: North End" in page and "Ethnic group: Asian, Asian British or Asian Welsh" in page
    assert "Age: Under 16, 16 to 24 and 80 and over" in page
    assert not re.search(r"\(([1-4])\)", page), "no count from 1 to 4 beside a share"
    assert "What is claimed is on record." in page


def test_a_panel_that_claims_much_is_shown_what_is_on_record(voices: Voices) -> None:
    moira, here = signed_in("moira"), f"/partnership/{voices.partnerships['evenings']}/"
    page = words_of(moira.get(f"{here}voice/forums/{voices.forum('Young people’s forum')}/").content.decode())
    assert "It claims 3 rungs more than is on record" in page and "Claimed: delegated power" in page and "On record: consultation" in page
    assert "Ratio 4.5" in page, "six of 27 places, and all that was adopted"
    home = words_of(moira.get(here).content.decode())
    assert "people have waited too long for an answer" in home


def test_the_public_page_holds_no_word_that_anybody_sent(voices: Voices) -> None:
    for key, sayings in (("together", TOGETHER), ("evenings", EVENINGS)):
        page = Client().get(f"/about/partnership/{voices.partnerships[key]}/what-changed/").content.decode()
        assert not [said.words for said in sayings if said.words in page]
    page = words_of(Client().get(f"/about/partnership/{voices.partnerships['together']}/what-changed/").content.decode())
    assert "The school nurse is in Harbour every second Thursday." in page and "What will not be done, and why Taxis should be paid for everybody." in page


def test_anybody_has_their_say_and_reads_the_answer_without_an_account(voices: Voices) -> None:
    here = f"/about/partnership/{voices.partnerships['together']}/have-your-say/"
    words = {"forum": "0", "words": "The lift in the town hall is broken.", "nobody_named": "on", "key": "8a4c1c9e0f9b4bd7a3d1a5b0c6f3e2d1"}
    assert Client().post(here, words | {"nobody_named": ""}).status_code == 422
    first, again = (Client().post(here, words) for _ in range(2))
    reference = re.search(r"Your reference: (\w{3} \w{3} \w{3})", first.content.decode())
    assert reference and reference[1] in again.content.decode(), "sent again, it is the same contribution"
    told = Client().post("/about/have-your-say/answer/", {"reference": reference[1].lower()})
    assert "There is no answer yet" in told.content.decode() and "The lift in the town hall is broken." in told.content.decode()
    assert "this is no reference" in Client().post("/about/have-your-say/answer/", {"reference": "abc"}).content.decode().lower()


def test_a_flood_from_one_place_is_asked_to_wait_and_loses_nothing_typed(voices: Voices) -> None:
    here, client = f"/about/partnership/{voices.partnerships['home']}/have-your-say/", Client()
    answers = [client.post(here, {"forum": "0", "words": f"Once more, {number}", "nobody_named": "on", "key": f"{number:032x}"}) for number in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "Once more, 10" in answers[-1].content.decode() and "Nothing you typed is lost" in answers[-1].content.decode()


def test_a_lead_answers_and_whoever_speaks_for_nobody_is_refused(voices: Voices) -> None:
    found = voices.waiting("together", "sunita")[0]
    here = f"/partnership/{voices.partnerships['together']}/voice/contributions/{found.pk}/"
    day = (now() + timedelta(days=20)).date()
    words = {"step": "answer", "verdict": "adopted", "heard": "The waiting room is too loud.", "why": "A quiet room is set up.", "public": "on", "key": "8a4c1c9e0f9b4bd7a3d1a5b0c6f3e2d2"}
    dated = {f"by_when_{part}": getattr(day, part) for part in ("day", "month", "year")}
    assert signed_in("amina").post(here, words | dated).status_code == 403
    without = signed_in("sunita").post(here, words)
    assert without.status_code == 422 and "by when it will be done" in without.content.decode() and "A quiet room is set up." in without.content.decode()
    assert signed_in("sunita").post(here, words | dated).status_code == 303
    assert "The waiting room is too loud." in Client().get(f"/about/partnership/{voices.partnerships['together']}/what-changed/").content.decode()


@pytest.mark.parametrize("typed", ["", "x" * 6000, "\x00", "-1", "9" * 30, "'; --", "2026-02-30", "not_said"])
def test_whatever_is_sent_is_answered_in_words(voices: Voices, typed: str) -> None:
    sunita, board, here = signed_in("sunita"), voices.forum("Tarnside Together board"), f"/partnership/{voices.partnerships['together']}/voice/"
    contribution = voices.waiting("together", "sunita")[0].pk
    about = f"/about/partnership/{voices.partnerships['together']}/have-your-say/"
    pages = [f"{here}contributions/type-in/", f"{here}population/", f"{here}forums/open/", *(f"{here}forums/{board}/{page}/" for page in ("claim", "who-takes-part", "who-spoke", "close")), about, "/about/have-your-say/answer/"]
    for page in pages:
        names = {*re.findall(r'name="(\w+)"', sunita.get(page).content.decode())} - {"csrfmiddlewaretoken"}
        assert sunita.post(page, dict.fromkeys(names, typed)).status_code == 422, page
    for step, prefix in (("answer", ""), ("change", "change-"), ("redact", "redact-"), (typed, "")):
        words = {f"{prefix}{name}": typed for name in ("verdict", "heard", "why", "by_when_day", "by_when_month", "by_when_year", "key", "what", "done_on_day", "done_on_month", "done_on_year", "passage")}
        assert sunita.post(f"{here}contributions/{contribution}/", words | {"step": step}).status_code in (200, 422), step
    assert voices.waiting("together", "sunita")[0].pk == contribution, "nothing was done"


def test_who_works_for_no_partner_finds_nothing_there(voices: Voices) -> None:
    amina, here = signed_in("amina"), f"/partnership/{voices.partnerships['evenings']}/voice/"
    for path in ("", "contributions/", "population/", f"forums/{voices.forum('Young people’s forum')}/", "contributions/type-in/"):
        assert amina.get(here + path).status_code == 404, path


def test_a_table_with_a_wrong_line_is_not_brought_in_and_says_which_line(voices: Voices) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    sunita, here = signed_in("sunita"), f"/partnership/{voices.partnerships['together']}/voice/population/"
    head = "\ufeffCharacteristic,Group,People,Source,As of\r\n"

    def sent(lines: str) -> object:
        return sunita.post(here, {"file": SimpleUploadedFile("people.csv", (head + lines).encode()), "key": "8a4c1c9e0f9b4bd7a3d1a5b0c6f3e2d3"})

    wrong = sent('sex,Female,"30,001",Census,2021-03-21\r\nsex,Male,about half,Census,21/03/2021\r\n')
    assert wrong.status_code == 422 and "Line 3: “about half” is not a whole number of people." in wrong.content.decode()
    assert sent('sex,Female,"30,001",Census,2021-03-21\r\nsex,Male,28000,Census,21/03/2021\r\n').status_code == 303
    assert "30,001" in sunita.get(here).content.decode() and "13,900" in sunita.get(here).content.decode(), "what the table does not hold stays as it was"
