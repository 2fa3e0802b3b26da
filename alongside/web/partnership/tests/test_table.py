"""The pages at the table hold to their size and to few questions; what is not offered is refused; a board member with lived experience reaches the board and nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.governance import govern
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import sign_ins
from alongside.common.clock import now
from alongside.partnerships.models import AgendaItem, Benefit, BoardAction, BoardDecision, BoardMember, Duty, Meeting, Objective, Remark, Risk, RoleDispute, Vision
from alongside.web.partnership.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db


def told() -> Tarnside:
    at = now() - timedelta(minutes=1)
    made = set_up(at=at)
    sign_ins(made, at)
    ids = found_the_others(made, at=at)
    for _ in govern(made, ids, at=at):
        pass
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


@pytest.fixture
def governed(tarnside: Tarnside) -> Tarnside:
    return tarnside


def rows(made: Tarnside, who: str) -> dict[str, int]:
    """One of each thing at the first table, as this reader meets it."""
    with made.acting(who, at=now()):
        place = made.partnership_id
        return {
            "vision": Vision.objects.filter(partnership_id=place).latest("version").pk, "objective": Objective.objects.filter(partnership_id=place).earliest("pk").pk,
            "member": BoardMember.objects.get(partnership_id=place, name="Peter Lund").pk, "risk": Risk.objects.filter(partnership_id=place).earliest("pk").pk,
            "meeting": Meeting.objects.get(partnership_id=place, closed_at=None).pk, "past": Meeting.objects.filter(partnership_id=place).earliest("pk").pk,
            "point": AgendaItem.objects.filter(meeting__closed_at=None, meeting__partnership_id=place).earliest("pk").pk, "decision": BoardDecision.objects.earliest("pk").pk,
            "action": BoardAction.objects.filter(done_at=None, item__meeting__partnership_id=place).earliest("pk").pk, "duty": Duty.objects.filter(partnership_id=place).earliest("pk").pk,
            "dispute": RoleDispute.objects.get(partnership_id=place, settled_at=None).pk, "benefit": Benefit.objects.filter(partnership_id=place).earliest("pk").pk, "remark": Remark.objects.earliest("pk").pk,
        }


def pages(one: dict[str, int], place: int) -> list[str]:
    home = f"/partnership/{place}"
    return [
        f"{home}/", "/partnerships/", "/partnerships/start/", "/partnerships/start/section_75/", f"{home}/why/", f"{home}/why/change/", f"{home}/posts/sponsor/", f"{home}/vision/", f"{home}/vision/propose/",
        f"/visions/{one['vision']}/", f"/visions/{one['vision']}/remark/", f"/remarks/{one['remark']}/answer/", f"{home}/objectives/", f"{home}/objectives/add/", f"/objectives/{one['objective']}/",
        f"/objectives/{one['objective']}/word/", f"/objectives/{one['objective']}/measure/", f"/objectives/{one['objective']}/end/", f"{home}/governance/", f"{home}/governance/money/",
        f"{home}/board/quorum/", f"{home}/board/seat/", f"{home}/decision-rights/add/", f"/board/members/{one['member']}/interest/", "/my-boards/", f"{home}/meetings/", f"{home}/meetings/call/",
        f"/meetings/{one['meeting']}/", f"/meetings/{one['past']}/", f"/meetings/{one['meeting']}/agenda/", f"/meetings/{one['meeting']}/attendance/", f"/meetings/{one['meeting']}/close/",
        *(f"/meetings/points/{one['point']}/{what}/" for what in ("interest", "discussion", "decide", "action")), f"/meetings/decisions/{one['decision']}/dissent/", f"/meetings/actions/{one['action']}/done/",
        f"{home}/risks/", f"{home}/risks/raise/", f"{home}/risks/start/", f"/risks/{one['risk']}/", f"/risks/{one['risk']}/judge/", f"/risks/{one['risk']}/close/", f"{home}/roles/", f"{home}/roles/duty/",
        f"{home}/roles/task/", f"{home}/roles/dispute/", f"/roles/duties/{one['duty']}/hold/", f"/roles/disputes/{one['dispute']}/settle/", f"{home}/benefits/", f"{home}/benefits/add/",
        f"{home}/benefits/start/", f"/benefits/{one['benefit']}/evidence/", f"/benefits/{one['benefit']}/close/", f"{home}/complaints/", f"{home}/complaints/add/",
    ]


def test_no_page_at_the_table_is_large_or_asks_often(governed: Tarnside) -> None:
    sunita, one = signed_in("sunita"), rows(governed, "sunita")
    sunita.get("/partnership/")
    questions: dict[str, int] = {}
    for page in pages(one, governed.partnership_id):
        with CaptureQueriesContext(connection) as asked:
            answer = sunita.get(page)
        questions[page] = len([query for query in asked if "SAVEPOINT" not in query["sql"]])
        assert answer.status_code == 200, page
        assert len(answer.content) <= 60_000, page
    assert {page: count for page, count in questions.items() if count > 12} == {}


def test_whoever_is_not_at_the_table_finds_nothing_there(governed: Tarnside) -> None:
    owner, one = signed_in("margaret"), rows(governed, "sunita")
    for page in pages(one, governed.partnership_id):
        if page != "/my-boards/":
            assert owner.get(page).status_code == 404, page


def test_a_partner_who_keeps_no_books_is_not_given_the_forms_of_those_who_do(governed: Tarnside) -> None:
    tom, one, home = signed_in("tom"), rows(governed, "sunita"), f"/partnership/{governed.partnership_id}"
    for page in (
        f"{home}/why/change/", f"{home}/vision/propose/", f"/remarks/{one['remark']}/answer/", f"{home}/objectives/add/", f"/objectives/{one['objective']}/end/", f"{home}/board/seat/", f"{home}/board/quorum/",
        f"{home}/meetings/call/", f"/meetings/points/{one['point']}/decide/", f"{home}/risks/start/", f"/risks/{one['risk']}/close/", f"{home}/roles/duty/", f"/roles/disputes/{one['dispute']}/settle/",
        f"{home}/benefits/start/", f"/visions/{one['vision']}/answer/", "/partnerships/start/section_75/",
    ):
        assert tom.get(page).status_code == 403, page
        assert tom.post(page, {"x": "y"}).status_code == 403, page


def test_a_board_member_with_lived_experience_takes_part_and_reaches_nothing_else_of_the_partnership(governed: Tarnside) -> None:
    leah, one = signed_in("leah"), rows(governed, "sunita")
    assert "Board, winter" in leah.get("/my-boards/").content.decode()
    assert leah.get(f"/meetings/{one['meeting']}/").status_code == 200
    put = leah.post(f"/meetings/{one['meeting']}/agenda/", {"title": "Bus fares", "what_for": "discussion", "key": "x"})
    assert put.status_code == 303
    assert leah.post(f"/meetings/decisions/{one['decision']}/dissent/", {"member": str(one["member"]), "words": "No.", "key": "x"}).status_code == 422, "she dissents for herself, not for Peter"
    assert leah.post(f"/meetings/{one['meeting']}/apologies/").status_code == 303
    for page in ("/agreements/", "/information-needs/", f"/meetings/points/{one['point']}/decide/", f"/meetings/{one['meeting']}/attendance/"):
        assert leah.get(page).status_code in (403, 404), page


def test_a_seat_is_taken_once_and_by_its_code_alone(governed: Tarnside) -> None:
    sunita, margaret = signed_in("sunita"), signed_in("margaret")
    words = {"seat": "lived_experience", "name": "Peggy Turner", "own_account": "on", "role": "member", "votes": "on", "practitioner": "", "key": "x"}
    page = sunita.post(f"/partnership/{governed.partnership_id}/board/seat/", words, follow=True).content.decode()
    code = page.split("shown only now: ")[1][:14]
    assert margaret.post("/my-boards/", {"code": "AAAA-BBBB-CCCC"}).status_code == 422
    assert margaret.post("/my-boards/", {"code": code.lower()}).status_code == 303
    assert "Tarnside Together" in margaret.get("/my-boards/").content.decode()
    assert signed_in("leah").post("/my-boards/", {"code": code}).status_code == 422


def test_the_home_page_says_what_waits_and_for_whom(governed: Tarnside) -> None:
    page = signed_in("nadia").get("/partnership/").content.decode()
    assert "Sign, or say why not: vision, version 2" in page and "Yours" in page
    sunita = signed_in("sunita").get("/partnership/").content.decode()
    for words in ("Not signed by 6 bodies", "1 remark without an answer", "With the chair", "2 actions of the board late", "1 risk past review", "answers for 2 duties"):
        assert words in sunita, words
    assert "short of the quorum" in signed_in("megan").get(f"/partnership/{governed.partnership_id + 1}/").content.decode()
