"""The partnership's pages hold to their size, show nobody who is helped, and refuse what the doors refuse, whoever posts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.cli.tarnside.cast import PEOPLE
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.partnerships.models import AgreementEvent, InformationNeed, Party
from tests.places import tarnside_and_its_story
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(tarnside_and_its_story)


def pages(tarnside: Tarnside) -> list[str]:
    need = InformationNeed.objects.get(team=tarnside.teams["front_door"]).pk
    agreement, partnership, agency = tarnside.agreement_id, tarnside.partnership_id, tarnside.agencies["children"].pk
    return [
        "/partnership/", "/agreements/", f"/partnership/{partnership}/agreements/", f"/partnership/{partnership}/agreements/draft/", f"/partnership/{partnership}/agreements/draft/home_from_hospital/", "/information-needs/",
        f"/partnership/{partnership}/information-needs/declare/", f"/information-needs/{need}/", f"/information-needs/{need}/change/", f"/information-needs/{need}/end/", f"/about/partnership/{partnership}/", f"/partnership/{partnership}/join/",
        f"/partnership/{partnership}/partners/{agency}/", f"/partnership/{partnership}/partners/{agency}/leave/",
        *(f"/agreements/{agreement}/{page}" for page in ("", "change/", "try/", "renew/", "end/")), *version_two(tarnside),
    ]


def version_two(tarnside: Tarnside) -> list[str]:
    """A new version that is open for signature, and one that Sunita herself may sign."""
    sunita = signed_in("sunita")
    ends = (now() + timedelta(days=500)).date()
    dates = {f"{name}_{part}": getattr(ends, part) for name in ("ends_on", "review_on") for part in ("day", "month", "year")}
    made = sunita.post(f"/agreements/{tarnside.agreement_id}/renew/", {"key": "x", **dates}).headers["Location"]
    return [made]


def test_no_page_is_large_asks_often_or_names_anybody_who_is_helped(tarnside: Tarnside) -> None:
    sunita = signed_in("sunita")
    sunita.get("/partnership/")
    questions: dict[str, int] = {}
    for page in pages(tarnside):
        with CaptureQueriesContext(connection) as asked:
            answer = sunita.get(page)
        questions[page] = len([query for query in asked if "SAVEPOINT" not in query["sql"]])
        assert answer.status_code == 200, page
        assert len(answer.content) <= 60_000, page
        assert not [person.given_name for person in PEOPLE if f" {person.given_name} {person.family_name}" in answer.content.decode()], page
    assert {page: count for page, count in questions.items() if count > 12} == {}


def test_what_the_pages_do_not_offer_the_doors_refuse(tarnside: Tarnside) -> None:
    joan, agreement = signed_in("joan"), tarnside.agreement_id
    before = AgreementEvent.objects.count()
    for path, words in (
        ("sign/", {"answer": "sign"}), ("withdraw/", {"reason": "x"}), ("end/", {"reason": "x"}), ("renew/", {}), ("change/", {}), ("comment/", {"words": "x"}), ("throw-away/", {}),
    ):
        assert joan.post(f"/agreements/{agreement}/{path}", words).status_code == 403, path
    assert AgreementEvent.objects.count() == before
    assert not Party.objects.filter(withdrawn_at__isnull=False).exists()
    need = InformationNeed.objects.get(team=tarnside.teams["front_door"])
    for path in ("change/", "end/", "backlog/"):
        assert joan.post(f"/information-needs/{need.pk}/{path}", {"reason": "x"}).status_code == 403, path
    assert joan.get("/agreements/999999/").status_code == joan.get("/information-needs/999999/").status_code == joan.get("/partnership/999999/").status_code == 404


def test_who_is_helped_reads_the_public_page_and_not_the_partners_own(tarnside: Tarnside) -> None:
    leah = signed_in("leah")
    assert leah.get(f"/about/partnership/{tarnside.partnership_id}/").status_code == 200
    for page in pages(tarnside):
        if not page.startswith("/about/"):
            assert leah.get(page).status_code == 404, page


def test_a_withdrawal_by_the_page_shuts_the_tap_and_shows_it(tarnside: Tarnside) -> None:
    peter = signed_in("peter")
    assert peter.post(f"/agreements/{tarnside.agreement_id}/withdraw/", {"reason": " "}).status_code == 422
    assert peter.post(f"/agreements/{tarnside.agreement_id}/withdraw/", {"reason": "We are closing."}).status_code == 303
    page = peter.get(f"/agreements/{tarnside.agreement_id}/").content.decode()
    assert "We are closing." in page
    assert "Sign or refuse" in page
