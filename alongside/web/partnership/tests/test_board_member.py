"""A board member with lived experience reads what the partnership knows of itself, fills in nothing of it, and meets nobody who is helped and nobody's private answer."""

import copy
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.accounts import keep_the_books
from alongside.cli.tarnside.complaints import complain_of
from alongside.cli.tarnside.framework import begun, decide_on_together, gates_answered, publish, scored
from alongside.cli.tarnside.governance import govern
from alongside.cli.tarnside.own_side import own_token
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import sign_ins
from alongside.cli.tarnside.trust import tell_of_trust
from alongside.cli.tarnside.voice import tell_of_voices
from alongside.common.clock import now
from alongside.confidentiality.gate import acting
from alongside.framework.models import Run, Score, ScoreSheet
from alongside.open_book import queries as books
from alongside.open_book.models import BookEvent, LineDocument, LineQuery, SpendLine, Supplier
from alongside.partnerships.actions import board
from alongside.partnerships.models import BoardMember, Complaint
from alongside.trust.models import DecisionNote, Disagreement, PromiseEvent, PulseAnswer
from alongside.voice.models import Contribution
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Seated:
    """Tarnside with everything that its partnerships know of themselves; Leah sits on the board of the first, and of no other."""

    def __init__(self) -> None:
        self.at = now() - timedelta(minutes=1)
        self.made: Tarnside = set_up(at=self.at)
        sign_ins(self.made, self.at)
        self.ids = found_the_others(self.made, at=self.at)
        for chapter in (govern, keep_the_books, tell_of_trust, tell_of_voices, complain_of):
            for _ in chapter(self.made, self.ids, at=self.at):
                pass
        publish(self.made, "2026", "The first version.", self.at - 60 * DAY, review_on=(self.at + 300 * DAY).date())
        self.run = self.examined().pk

    def examined(self) -> Run:
        run = begun(self.made, "sunita", self.ids["together"], (3, 3, 3, 3, 3, 3), at=self.at - 2 * DAY)
        gates_answered(self.made, "sunita", run, {}, at=self.at)
        for who in ("priya", "megan", "ruth", "kofi", "sam", "grace", "moira", "peter", "nadia"):
            scored(self.made, run, who, 3, at=self.at, notes={"trust_word": "Ours alone to say."} if who == "moira" else None)
        decide_on_together(self.made, run, at=self.at)
        return run

    def leah(self):
        return acting(own_token(self.made, "leah"), at=self.at)

    def pages(self, place: str = "together") -> list[str]:
        home = f"/partnership/{self.ids[place]}"
        return [f"{home}/accounts/", f"{home}/accounts/lines/", f"{home}/accounts/contributions/", f"{home}/accounts/funds/", f"{home}/accounts/outcome/", f"{home}/trust/", f"{home}/trust/promises/", f"{home}/voice/",
                f"{home}/framework/", f"{home}/behaviour/", f"{home}/objectives/", f"{home}/benefits/"]


@pytest.fixture(scope="module")
def as_told(begins_with: Callable[[Callable[[], Seated]], Seated]) -> Seated:
    return begins_with(Seated)


@pytest.fixture
def seated(as_told: Seated, db: None) -> Seated:
    return copy.deepcopy(as_told)


def test_she_reads_accounts_objectives_trust_voice_and_what_an_examination_found(seated: Seated) -> None:
    leah = signed_in("leah")
    leah.get("/my-boards/")
    asked: dict[str, int] = {}
    for page in [*seated.pages(), f"/framework/{seated.run}/", f"/framework/{seated.run}/compare/", f"/framework/{seated.run}/report/", f"/framework/{seated.run}/report/pdf/", "/guidance/1/"]:
        with CaptureQueriesContext(connection) as queries:
            answer = leah.get(page)
        assert answer.status_code == 200, page
        assert len(answer.content) <= 60_000 or page.endswith("pdf/"), page
        asked[page] = len([one for one in queries if "SAVEPOINT" not in one["sql"]])
    assert {page: count for page, count in asked.items() if count > 12} == {}
    boards = leah.get("/my-boards/").content.decode()
    assert all(f'href="/partnership/{seated.ids["together"]}/{room}/"' in boards for room in ("accounts", "framework", "trust", "voice", "objectives"))


def test_every_link_that_she_is_given_leads_somewhere(seated: Seated) -> None:
    leah = signed_in("leah")
    given = {link for page in [*seated.pages(), f"/framework/{seated.run}/", f"/framework/{seated.run}/compare/"] for link in links(leah.get(page).content.decode())}
    dead = {link: status for link in sorted(given) if (status := leah.get(link).status_code) not in (200, 302)}
    assert dead == {}
    assert len(given) > 25


def links(page: str) -> set[str]:
    main = page.split("<main", 1)[1].split("</main>")[0] if "<main" in page else page
    found = {part.split('"')[0].replace("&amp;", "&") for part in main.split('href="')[1:]}
    return {link.split("#")[0] for link in found if link.startswith("/") and "/report/" not in link} - {""}


def test_nobody_who_was_paid_and_nobody_who_wrote_is_named_to_her(seated: Seated) -> None:
    leah, home = signed_in("leah"), f"/partnership/{seated.ids['together']}"
    said = "".join(leah.get(page).content.decode() for page in seated.pages())
    assert "Harbour Training Ltd" in said and "Holroyd" not in said
    with seated.made.acting("sunita", at=seated.at):
        words = [one.words[:40] for one in Contribution.objects.filter(partnership_id=seated.ids["together"])]
        person = SpendLine.objects.filter(supplier__name="Mrs P Holroyd").first()
        complaint = Complaint.objects.filter(partnership_id=seated.ids["together"]).first()
    assert words and not any(one in said for one in words)
    assert leah.get(f"{home}/accounts/lines/{person.pk}/").status_code == 404
    assert leah.get(f"{home}/complaints/").status_code == leah.get(f"/partnership/complaints/{complaint.pk}/answer/").status_code == 404


def test_the_sums_she_reads_are_those_that_partners_read(seated: Seated) -> None:
    with seated.made.acting("sunita", at=seated.at):
        period = books.period_now(books.periods(seated.ids["together"]), seated.at.date())
        told, lines = books.sums(period, today=seated.at.date()), SpendLine.objects.filter(period=period).count()
    with seated.leah():
        assert books.sums(period, today=seated.at.date()) == told
        assert 0 < SpendLine.objects.filter(period=period).count() < lines


def test_the_database_gives_her_no_row_that_names_somebody_or_holds_a_private_answer(seated: Seated) -> None:
    with seated.leah():
        for model in (Score, ScoreSheet, PulseAnswer, PromiseEvent, Disagreement, DecisionNote, Contribution, Complaint, LineDocument, LineQuery, BookEvent):
            assert not model.objects.exists(), model
        assert not Supplier.objects.exclude(kind="organisation").exists()
        assert not SpendLine.objects.exclude(partnership_id=seated.ids["together"]).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM notes_of(%s)", [seated.run])
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM said_in(%s)", [seated.run])
            assert cursor.fetchone()[0] > 0


def test_of_another_partnership_and_after_she_has_left_she_finds_nothing(seated: Seated) -> None:
    leah = signed_in("leah")
    for page in seated.pages("evenings"):
        assert leah.get(page).status_code == 404, page
    with seated.made.acting("sunita", at=seated.at) as sunita:
        board.leave_seat(by=sunita, member=BoardMember.objects.get(name="Leah Turner", ended_at=None), at=seated.at)
    for page in [*seated.pages(), f"/framework/{seated.run}/", "/guidance/1/"]:
        assert leah.get(page).status_code == 404, page


def test_she_fills_in_nothing_that_is_said_in_a_partner_s_name(seated: Seated) -> None:
    leah, home = signed_in("leah"), f"/partnership/{seated.ids['together']}"
    with seated.made.acting("sunita", at=seated.at):
        line = SpendLine.objects.filter(partnership_id=seated.ids["together"], supplier__name="Harbour Training Ltd").first().pk
    assert leah.post(f"{home}/accounts/lines/{line}/", {"question": "Why?", "key": "x"}).status_code == 403
    for page in ("accounts/lines/add/", "accounts/outcome/add/", "accounts/history/", "accounts/import/", "accounts/periods/", "trust/promises/make/", "trust/pulse/open/", "trust/differences/", "voice/contributions/", "framework/start/", "complaints/add/"):
        assert leah.get(f"{home}/{page}").status_code in (403, 404), page
        assert leah.post(f"{home}/{page}", {"x": "y"}).status_code in (403, 404, 405), page
    for page in ("gates/", "my-scores/", "recommend/", "decide/", "break-off/"):
        assert leah.post(f"/framework/{seated.run}/{page}", {}).status_code in (403, 404), page
