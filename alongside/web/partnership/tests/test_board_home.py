"""A board member with lived experience has a home at the partnership and sees its network, with nothing in either that speaks of few people or leads to a closed door."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.framework import queries as framework
from alongside.partnerships.actions import board, meetings
from alongside.partnerships.models import BoardMember
from alongside.web.partnership.network import views
from alongside.web.partnership.tests.test_board_member import DAY, Seated, as_told, links, seated
from tests.signing_in import signed_in

__all__ = ["as_told", "seated"]
pytestmark = pytest.mark.django_db


def test_she_has_a_home_and_every_link_on_it_and_on_the_network_leads_somewhere(seated: Seated) -> None:
    leah, home = signed_in("leah"), f"/partnership/{seated.ids['together']}/"
    leah.get("/my-boards/")
    for page in (home, "/partnership/", f"{home}network/", f"{home}network/?ties=help", f"{home}network/?ties=money"):
        with CaptureQueriesContext(connection) as queries:
            answer = leah.get(page)
        assert answer.status_code == 200 and len(answer.content) <= 60_000, page
        assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 12, page
        dead = {link: status for link in links(answer.content.decode()) if (status := leah.get(link).status_code) not in (200, 302)}
        assert dead == {}, page
    shown = leah.get(home).content.decode()
    assert "What needs a decision now" in shown and f"{home}network/" in shown
    assert "Complaints</a>" not in shown and "All agreements" not in shown
    assert f'href="{home}"' in leah.get("/my-boards/").content.decode()
    assert f'href="{home}"' in leah.get(f"{home}trust/").content.decode(), "each room leads back to it"


def test_what_waits_there_is_what_a_board_member_can_see_to(seated: Seated) -> None:
    leah, sunita, home = signed_in("leah"), signed_in("sunita"), f"/partnership/{seated.ids['together']}/"
    with seated.made.acting("sunita", at=seated.at) as by:
        meetings.call_meeting(by=by, partnership_id=seated.ids["together"], name="Board of last month", starts=seated.at - 30 * DAY, place="", at=seated.at - 40 * DAY)
    hers, the_lead_s = (client.get(home).content.decode().split("What needs a decision now")[1].split("<h2")[0] for client in (leah, sunita))
    assert "Close the minutes: Board of last month" in hers
    assert "pulse" in the_lead_s or "the books of" in the_lead_s or "Sign" in the_lead_s, "the lead has more to see to"
    assert not any(words in hers for words in ("complaint", "pulse", "Sign", "the books of"))


def test_of_another_partnership_and_after_she_has_left_there_is_no_home_and_no_network(seated: Seated) -> None:
    leah = signed_in("leah")
    other, own = f"/partnership/{seated.ids['evenings']}/", f"/partnership/{seated.ids['together']}/"
    assert [leah.get(page).status_code for page in (other, f"{other}network/")] == [404, 404]
    with seated.leah():
        assert framework.ties(seated.ids["evenings"], since=seated.at.date().replace(year=2000)) == {}
    with seated.made.acting("sunita", at=seated.at) as sunita:
        board.leave_seat(by=sunita, member=BoardMember.objects.get(name="Leah Turner", ended_at=None), at=seated.at)
    assert [leah.get(page).status_code for page in (own, f"{own}network/", "/partnership/")] == [404, 404, 404]


def test_she_reads_of_few_shares_only_that_they_are_few() -> None:
    flows, names = {(1, 2): 3.0, (2, 1): 60.0, (1, 3): 40.0, (2, 3): 2.0}, {1: "A", 2: "B", 3: "C"}
    assert views.pairs(views.met(flows), flows, names, few=True) == [("A and B", "under 5", "60", ""), ("A and C", "40", "0", "1.00"), ("B and C", "under 5", "0", "")]
    assert views.pairs(views.met(flows), flows, names, few=False)[0] == ("A and B", "3", "60", "0.90")


def test_of_three_hundred_partners_the_picture_and_the_tables_show_a_part_and_say_so(seated: Seated, monkeypatch: pytest.MonkeyPatch) -> None:
    flows = {(one, other): one * other for one in range(300) for other in range(300) if one != other and (one * other) % 7}
    monkeypatch.setattr(views, "partners", lambda place: [SimpleNamespace(agency_id=one, agency=SimpleNamespace(name=f"Partner {one:03}")) for one in range(300)])
    monkeypatch.setattr(views.queries, "ties", lambda place, since: {"shares": flows})
    answer = signed_in("sunita").get(f"/partnership/{seated.ids['together']}/network/?pairs=3")
    shown = answer.content.decode()
    assert answer.status_code == 200 and len(answer.content) <= 60_000
    assert "Of 300 partners it shows the 30" in shown and "1 to 20 of 300" in shown and "109 to 144 of" in shown
