"""The end of a partnership by its pages: the effect first, forms only for whoever carries it out, every room read-only afterwards, former members at their own books, papers and minutes as files."""

import copy
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.cli.tarnside.accounts import keep_the_books
from alongside.cli.tarnside.governance import govern
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import sign_ins
from alongside.common.clock import now
from alongside.partnerships.actions import leave, meetings
from alongside.partnerships.facts import Came
from alongside.partnerships.models import AgendaItem, AgendaPaper, BoardDecision, BoardMember, Meeting, Partnership, ResourceReturn
from alongside.web.partnership.sections import SECTIONS
from alongside.web.partnership.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n110\n%%EOF\n"


class Home:
    """Home from Hospital, which Megan leads and chairs, with its books and its board."""

    def __init__(self) -> None:
        self.at = now() - timedelta(minutes=1)
        self.made: Tarnside = set_up(at=self.at)
        sign_ins(self.made, self.at)
        self.ids = found_the_others(self.made, at=self.at)
        for _ in govern(self.made, self.ids, at=self.at):
            pass
        keep_the_books(self.made, self.ids, at=self.at)
        self.place = self.ids["home"]

    @property
    def exit(self) -> str:
        return f"/partnership/{self.place}/exit/"

    def decide(self) -> BoardDecision:
        with self.made.acting("megan", at=now()) as megan:
            one = meetings.call_meeting(by=megan, partnership_id=self.place, name="Last board", starts=now() - timedelta(hours=1), place="", at=now())
            point = meetings.add_to_agenda(by=megan, meeting=one, title="Stop?", what_for="decision", at=now())
            meetings.note_attendance(by=megan, meeting=one, came={who.pk: (Came.PRESENT, "") for who in BoardMember.objects.filter(partnership_id=self.place)}, at=now())
            return meetings.decide(by=megan, item=point, words="We stop.", why="", in_favour=4, against=1, abstained=0, ends_partnership=True, at=now())

    def words(self, decision: BoardDecision, *, days: int = 0) -> dict[str, str]:
        dates = {f"{name}_{part}": getattr((now() + more * DAY).date(), part) for name, more in (("on", days), ("due", 60)) for part in ("day", "month", "year")}
        return {"key": "6f1f3a52-58c4-4b38-9f6a-0f4b1d8f7a11", "decision": str(decision.pk), "reason": "The grant has ended.", "information": "As settled.", "owner": str(self.made.practitioners["kofi"].pk), **dates}

    def end(self, *, days: int = 0) -> Client:
        megan = signed_in("megan")
        assert megan.post(f"{self.exit}end/", self.words(self.decide(), days=days)).status_code == 303
        return megan


@pytest.fixture(scope="module")
def as_told(begins_with: Callable[[Callable[[], Home]], Home]) -> Home:
    return begins_with(Home)


@pytest.fixture
def home(as_told: Home, db: None) -> Home:
    return copy.deepcopy(as_told)


def test_no_page_of_an_end_is_large_or_asks_often(home: Home) -> None:
    megan, decision = signed_in("megan"), home.decide()
    megan.get("/partnership/")
    questions: dict[str, int] = {}
    pages = [home.exit, f"{home.exit}end/", f"/partnership/{home.place}/", f"/about/partnership/{home.place}/", "/partnerships/", "/agreements/", f"/meetings/{decision.item.meeting_id}/", f"/meetings/points/{decision.item_id}/paper/"]
    for page in [*pages, "end it", home.exit, f"{home.exit}returns/add/", f"{home.exit}call-off/", f"/partnership/{home.place}/"]:
        if page == "end it":
            assert megan.post(f"{home.exit}end/", home.words(decision, days=9)).status_code == 303
            continue
        with CaptureQueriesContext(connection) as asked:
            answer = megan.get(page)
        questions[page] = len([query for query in asked if "SAVEPOINT" not in query["sql"]])
        assert answer.status_code == 200, page
        assert len(answer.content) <= 60_000, page
    assert {page: count for page, count in questions.items() if count > 12} == {}


def test_the_effect_is_shown_before_anybody_confirms_and_only_to_whoever_carries_it_out(home: Home) -> None:
    megan, kofi, decision = signed_in("megan"), signed_in("kofi"), home.decide()
    page = megan.get(f"{home.exit}end/").content.decode()
    for words in ("another partnership lets the same through", "coming home from hospital, version 1", "what goes back to whom", "still open", "the books of", "we stop."):
        assert words in page.lower(), words
    assert kofi.get(f"{home.exit}end/").status_code == kofi.post(f"{home.exit}end/", home.words(decision)).status_code == 403
    assert "We stop." in kofi.get(home.exit).content.decode()
    assert signed_in("grace").get(home.exit).status_code == 404
    assert "The board decided to end this partnership" in megan.get(f"/partnership/{home.place}/").content.decode()


def test_without_a_decision_nobody_is_given_the_form(home: Home) -> None:
    megan = signed_in("megan")
    assert megan.get(f"{home.exit}end/").status_code == 403
    assert "See what would end" not in megan.get(home.exit).content.decode()


def test_what_is_left_of_a_pool_goes_back_by_its_shares_and_is_ticked_off_by_whoever_sees_to_it(home: Home) -> None:
    megan = home.end()
    with home.made.acting("megan", at=now()):
        lines = list(ResourceReturn.objects.filter(partnership_id=home.place).order_by("pk"))
    assert sorted({line.agency_id for line in lines if line.amount}) == sorted({home.made.agencies["adults"].pk, home.made.agencies["hospital"].pk}) or not lines
    to = f"{home.exit}returns/add/"
    words = {"key": "7f1f3a52-58c4-4b38-9f6a-0f4b1d8f7a12", "kind": "staff", "what": "The ward clerk", "amount": "", "agency": str(home.made.agencies["hospital"].pk), "owner": str(home.made.practitioners["kofi"].pk)}
    words |= {f"due_{part}": getattr((now() + 9 * DAY).date(), part) for part in ("day", "month", "year")}
    assert megan.post(to, words | {"kind": "money"}).status_code == 422
    assert megan.post(to, words).status_code == megan.post(to, words).status_code == 303
    with home.made.acting("kofi", at=now()):
        line = ResourceReturn.objects.get(what="The ward clerk")
    kofi, sam = signed_in("kofi"), signed_in("sam")
    assert sam.post(f"/partnership/exit/returns/{line.pk}/done/", {"how": "x"}).status_code == 403
    assert kofi.post(f"/partnership/exit/returns/{line.pk}/done/", {"how": ""}).status_code == 422
    assert kofi.post(f"/partnership/exit/returns/{line.pk}/done/", {"how": "Back on Ward 7 since Monday."}).status_code == 303
    assert "Back on Ward 7 since Monday." in sam.get(home.exit).content.decode()


def test_once_it_has_ended_every_room_says_so_is_read_and_takes_nothing_in(home: Home) -> None:
    megan = home.end()
    for section in SECTIONS:
        answer = megan.get(reverse(section.route, args=[home.place]))
        assert answer.status_code == 200, section.route
        assert "Home from Hospital ended on" in answer.content.decode(), section.route
        assert f"/partnership/{home.place}/exit/returns/add/" not in answer.content.decode() or section.route == "partnership_exit"
    for page in ("meetings/call/", "vision/propose/", "objectives/add/", "risks/raise/", "governance/money/", "accounts/spend/", "trust/promises/make/", "agreements/draft/home_from_hospital/", "information-needs/declare/", "join/"):
        answer = megan.post(f"/partnership/{home.place}/{page}", {"x": "y"})
        assert answer.status_code in (403, 404), page
    public = Client().get(f"/about/partnership/{home.place}/").content.decode()
    assert "This partnership ended on" in public
    assert "Have your say" not in public
    assert "Riverside Surgery" in public
    assert "Home from Hospital" not in megan.get("/agreements/").content.decode()
    assert "ended" in megan.get("/partnerships/").content.decode()


def test_a_planned_end_is_on_the_home_page_and_is_called_off_by_its_lead(home: Home) -> None:
    megan, kofi = home.end(days=10), signed_in("kofi")
    assert "This partnership ends on" in kofi.get(f"/partnership/{home.place}/").content.decode()
    assert kofi.post(f"{home.exit}call-off/", {"because": "x"}).status_code == 403
    assert megan.post(f"{home.exit}call-off/", {"because": ""}).status_code == 422
    assert megan.post(f"{home.exit}call-off/", {"because": "The grant came."}).status_code == 303
    assert "This partnership ends on" not in kofi.get(f"/partnership/{home.place}/").content.decode()
    assert "The grant came." in kofi.get(home.exit).content.decode()
    assert Partnership.objects.get(pk=home.place).ends is None


def test_whoever_left_reads_their_own_lines_and_the_books_until_then_and_no_other_room(home: Home) -> None:
    kofi, hospital = signed_in("kofi"), home.made.agencies["hospital"].pk
    words = {"reason": "We cannot staff it.", "owner": str(home.made.practitioners["megan"].pk)} | {f"due_{part}": getattr((now() + 9 * DAY).date(), part) for part in ("day", "month", "year")}
    leave = f"/partnership/{home.place}/partners/{hospital}/leave/"
    assert "What goes back to it" in kofi.get(leave).content.decode()
    assert kofi.post(leave, words | {"owner": ""}).status_code == 422
    assert kofi.post(leave, words).status_code == 303
    page = kofi.get(home.exit).content.decode()
    assert "After leaving" in page
    assert kofi.get(f"/partnership/{home.place}/accounts/").status_code == 200
    assert kofi.get(f"/partnership/{home.place}/accounts/lines/").status_code == 200
    assert "left on" in kofi.get(f"/partnership/{home.place}/").content.decode()
    for page in ("meetings/", "risks/", "trust/", "voice/", "framework/", "vision/"):
        assert kofi.get(f"/partnership/{home.place}/{page}").status_code == 404, page
    assert kofi.post(f"/partnership/{home.place}/accounts/spend/", {}).status_code in (403, 404)


# -- papers and minutes -------------------------------------------------------------------------------------------------------------------


def point_of(home: Home) -> AgendaItem:
    with home.made.acting("megan", at=now()):
        return AgendaItem.objects.get(title__startswith="The winter grant has ended")


def upload(client: Client, point: int, name: str, content: bytes) -> int:
    return client.post(f"/meetings/points/{point}/paper/", {"paper": SimpleUploadedFile(name, content)}).status_code


def test_a_paper_is_attached_by_whoever_keeps_the_books_or_whose_point_it_is_and_opened_by_all_at_the_table(home: Home) -> None:
    megan, kofi, point = signed_in("megan"), signed_in("kofi"), point_of(home).pk
    assert upload(kofi, point, "x.csv", b"a,b\n1,2\n") == 403
    assert upload(megan, point, "x.exe", b"MZ" + bytes(100)) == 422
    assert upload(megan, point, "figures.csv", b"Ward,Waited\n7,3.8\n") == upload(megan, point, "figures.csv", b"Ward,Waited\n7,3.8\n") == 303
    assert upload(megan, point, "grant.pdf", PDF) == 303
    with home.made.acting("kofi", at=now()):
        papers = list(AgendaPaper.objects.order_by("pk"))
    assert [one.name for one in papers] == ["figures.csv", "grant.pdf"]
    assert "figures.csv" in kofi.get(f"/meetings/{papers[0].item.meeting_id}/").content.decode()
    answer = kofi.get(f"/meetings/papers/{papers[0].reference}/")
    assert answer.content == b"Ward,Waited\n7,3.8\n"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for who in ("grace", "leah"):
        assert signed_in(who).get(f"/meetings/papers/{papers[0].reference}/").status_code == 404, who


def test_a_board_member_with_lived_experience_attaches_to_their_own_point_and_to_no_other(home: Home) -> None:
    leah, together = signed_in("leah"), home.made.partnership_id
    with home.made.acting("sunita", at=now()):
        own = AgendaItem.objects.get(title="Letters that one can read", meeting__partnership_id=together).pk
        other = AgendaItem.objects.get(title="A travel fund for people who take part").pk
    assert upload(leah, own, "letter.txt", b"Dear Madam") == 303
    assert upload(leah, other, "letter.txt", b"Dear Madam") == 403


def test_after_the_meeting_is_closed_no_paper_is_added_or_taken_out(home: Home) -> None:
    megan, point = signed_in("megan"), point_of(home)
    assert upload(megan, point.pk, "grant.pdf", PDF) == 303
    assert megan.post(f"/meetings/{point.meeting_id}/close/", {"next_on_day": "", "next_on_month": "", "next_on_year": ""}).status_code == 303
    assert upload(megan, point.pk, "late.txt", b"Late") == 403
    with home.made.acting("megan", at=now()):
        for attempt in ("DELETE FROM agenda_paper", "UPDATE agenda_paper SET name = 'x'"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(attempt)
    assert "grant.pdf" in megan.get(f"/meetings/{point.meeting_id}/").content.decode()


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_minutes_as_a_file_say_what_the_page_says_and_a_draft_says_that_it_is_one(home: Home, form: str) -> None:
    sunita = signed_in("sunita")
    with home.made.acting("sunita", at=now()):
        closed = Meeting.objects.get(name="Board, spring").pk
        coming = Meeting.objects.get(name="Board, winter").pk
    answer = sunita.get(f"/meetings/{closed}/minutes/{form}/")
    assert answer.status_code == 200
    assert "Turner" not in answer.headers["Content-Disposition"]
    if form == "docx":
        words = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
        for said in ("Ten visits a week until the next meeting", "7 in favour, 1 against, 0 abstained", "Nadia Rossi dissents", "Peter Lund declared an interest", "Write to every ward"):
            assert said in words, said
        draft = zipfile.ZipFile(io.BytesIO(sunita.get(f"/meetings/{coming}/minutes/docx/").content))
        assert "Draft: the meeting is not closed" in draft.read("word/footer1.xml").decode()
    else:
        assert answer.content.startswith(b"%PDF-")
    assert signed_in("tom").get(f"/meetings/{closed}/minutes/{form}/").status_code == 200
    assert signed_in("margaret").get(f"/meetings/{closed}/minutes/{form}/").status_code == 404


# -- several partnerships -----------------------------------------------------------------------------------------------------------------


def test_whoever_belongs_to_several_chooses_in_one_press_and_whoever_belongs_to_one_notices_nothing(home: Home) -> None:
    kofi, amina, place = signed_in("kofi"), signed_in("amina"), home.place
    for generic, own in (("/agreements/", "agreements"), ("/information-needs/", "information-needs"), ("/partnership/", "")):
        page = kofi.get(generic).content.decode()
        assert f'href="/partnership/{place}/{own}{"/" if own else ""}"' in page, generic
        assert "Your partnerships" in page
    there = kofi.get(f"/partnership/{place}/agreements/").content.decode()
    assert f'href="/partnership/{place}/information-needs/"' in there
    assert "Coming home from hospital" in there
    with home.made.acting("megan", at=now()) as megan:
        leave(by=megan, partnership_id=place, agency_id=home.made.agencies["community"].pk, reason="Elsewhere.", at=now())
    assert "Your partnerships" not in amina.get("/agreements/").content.decode()


def test_a_manager_who_supervises_nobody_finds_their_team_and_keeps_their_inbox(home: Home) -> None:
    priya = signed_in("priya").get("/my-work/").content.decode()
    assert 'href="/my-team/"' in priya
    assert 'href="/inbox/"' in priya
    assert 'href="/my-team/"' not in signed_in("amina").get("/my-work/").content.decode()
