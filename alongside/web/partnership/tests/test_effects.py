"""What works against what, what is offered and days with one another: small pages, the command line's figure, and no word of whoever was told two things."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.cli.main import alongside
from alongside.cli.tarnside.effects import tell_of_effects
from alongside.cli.tarnside.governance import govern
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import sign_ins
from alongside.common.clock import now
from alongside.partnerships.queries.objectives import objective_titles
from alongside.trust.queries.effects import matrix
from alongside.trust.queries.offers import offers
from alongside.web.partnership.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db


def told() -> Tarnside:
    at = now() - timedelta(minutes=1)
    made = set_up(at=at)
    sign_ins(made, at)
    ids = found_the_others(made, at=at)
    for chapter in (govern, tell_of_effects):
        for _ in chapter(made, ids, at=at):
            pass
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


def pages(made: Tarnside) -> list[str]:
    place = made.partnership_id
    with made.acting("nadia", at=now()):
        found, (there, _) = matrix(place, objective_titles(place), at=now()), offers(place, day=now().date())
    assert found.running is not None
    cell, home = next(cell for cell in found.worst_first() if cell.point), f"/partnership/{place}"
    effect = f"/effects/activities/{cell.activity.pk}/objectives/{cell.objective_id}"
    return [
        f"{home}/", f"{home}/effects/", f"{home}/effects/ratings.csv", f"{home}/effects/activities/add/", f"/effects/rounds/{found.running.pk}/activities/{cell.activity.pk}/", f"{effect}/", f"{effect}/take-on/",
        f"{home}/offers/", f"{home}/offers/add/", f"/offers/{there[0].pk}/ask/", f"{home}/trust/days/", f"{home}/trust/days/add/", f"{home}/trust/pressures/",
    ]


def test_no_page_is_large_or_asks_often(tarnside: Tarnside) -> None:
    nadia = signed_in("nadia")
    nadia.get("/partnership/")
    questions: dict[str, int] = {}
    for page in pages(tarnside):
        with CaptureQueriesContext(connection) as asked:
            answer = nadia.get(page)
        questions[page] = len([query for query in asked if "SAVEPOINT" not in query["sql"]])
        assert answer.status_code == 200, page
        assert len(answer.content) <= 60_000, page
    assert {page: count for page, count in questions.items() if count > 12} == {}


def test_the_page_gives_the_figure_of_the_command_line_for_the_file_it_offers(tarnside: Tarnside, tmp_path: Path) -> None:
    nadia, home = signed_in("nadia"), f"/partnership/{tarnside.partnership_id}/effects/"
    (tmp_path / "ratings.csv").write_bytes(nadia.get(f"{home}ratings.csv").content)
    said = CliRunner().invoke(alongside, ["measures", "cross-effects", str(tmp_path / "ratings.csv"), "--json"])
    (figure,) = json.loads(said.output)["results"]
    assert f"{100 * figure['value']:.0f}% work against their objective, n = {figure['n']}" in " ".join(nadia.get(home).content.decode().split())


def test_nothing_of_whoever_was_told_two_things_stands_on_a_page_of_the_partnership(tarnside: Tarnside) -> None:
    nadia = signed_in("nadia")
    for page in pages(tarnside):
        words = nadia.get(page).content.decode()
        for secret in ("Leah", "Margaret", "three in the morning", "Feeding at night", "The stairs"):
            assert secret not in words, (page, secret)


def test_a_board_member_who_works_for_no_partner_reads_what_works_against_what_and_says_nothing_for_a_partner(tarnside: Tarnside) -> None:
    leah, (_, effects, ratings, add, rate, cell, take_on, offered, *_) = signed_in("leah"), pages(tarnside)
    assert [leah.get(page).status_code for page in (effects, ratings, cell)] == [200, 200, 200]
    assert {leah.get(page).status_code for page in (add, rate, take_on, offered)} <= {403, 404}


def test_what_one_partner_says_before_the_end_stands_on_no_page_of_another(tarnside: Tarnside) -> None:
    rate = pages(tarnside)[4]
    nadia, grace = signed_in("nadia"), signed_in("grace")
    objective = nadia.get(rate).content.decode().partition('name="objective_')[2].partition('"')[0]
    assert nadia.post(rate, {f"objective_{objective}": "-3"}).status_code == 303
    assert "selected" in nadia.get(rate).content.decode() and "<option value=\"-3\" selected" not in grace.get(rate).content.decode()
    assert nadia.post(rate, {f"objective_{objective}": "-4"}).status_code == 422


def test_whoever_does_it_is_not_given_the_form_that_says_it_is_solved_and_another_partner_is(tarnside: Tarnside) -> None:
    cell = pages(tarnside)[5]
    words = {"end": "solved", "because": "No letter came since October."}
    assert signed_in("nadia").post(f"{cell}end/", words).status_code == 403
    grace = signed_in("grace")
    assert grace.post(f"{cell}end/", {"end": "solved"}).status_code == 422
    assert grace.post(f"{cell}end/", words, follow=True).content.decode().count("No letter came since October.") == 1
    assert grace.post(f"{cell}end/", words).status_code == 303, "the same form sent twice"
    assert grace.post(f"{cell}end/", words | {"because": "I was wrong."}).status_code == 422
