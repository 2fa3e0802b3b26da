"""What partners do is counted day by day by the worker, again while it can still change, and comes to the same as counting the shares themselves."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce

from alongside.cli.tarnside.accounts import keep_the_books
from alongside.cli.tarnside.complaints import complain_of
from alongside.cli.tarnside.effects import tell_of_effects
from alongside.cli.tarnside.governance import govern
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside
from alongside.cli.tarnside.trust import tell_of_trust
from alongside.cli.tarnside.voice import tell_of_voices
from alongside.common.clock import now
from alongside.common.london import london_day
from alongside.framework import queries
from alongside.framework.actions import measuring
from alongside.framework.facts import Figure
from alongside.framework.models import BehaviourFigure, CountedDay, SharingDay
from alongside.framework.rules.behaviour import BEHAVIOURS, BY_ID, known
from alongside.open_book.models import Contribution
from alongside.records import queries as records
from alongside.records.actions import acknowledge_share
from alongside.trust import queries as trust
from tests.places import tarnside_and_its_story
from tests.worker_role import as_worker

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(tarnside_and_its_story)


def counted() -> None:
    with as_worker():
        while measuring.count_what_passed(at=now()):
            pass
        measuring.measure(at=now())


def test_counts_by_day_come_to_what_the_shares_themselves_say(tarnside: Tarnside) -> None:
    counted()
    at = now()
    with tarnside.acting("sunita", at=at) as sunita:
        live = {one.agency_id: one for one in records.answering(sunita, since=at - 90 * DAY, until=at + DAY)}
        lost = {one.to_agency: one.measure.loss for one in records.information_lost(sunita, since=at - 90 * DAY, until=at + DAY, smallest=1) if not one.from_agency}
        found = queries.partner_answers(list(live))
        assert {agency: (row.sent, row.acknowledged, row.declined, row.late) for agency, row in found.items()} == {
            agency: (one.shares, one.acknowledged + one.decided, one.declined, one.late) for agency, one in live.items()
        }
        assert {agency: (row.pairs, row.lost) for agency, row in found.items() if row.pairs} == {agency: (one.n, round((one.value or 0) * one.n)) for agency, one in lost.items() if one.n}


def test_a_day_with_something_open_is_counted_again_and_an_answer_shows(tarnside: Tarnside) -> None:
    counted()
    with tarnside.acting("priya", at=now()) as priya:
        waiting = [share for share in records.inbox(priya) if not share.needs_decision]
        before = queries.partner_answers([tarnside.agencies["children"].pk])[tarnside.agencies["children"].pk].acknowledged
        acknowledge_share(by=priya, reference=waiting[0].reference, at=now(), used=True)
    counted()
    with tarnside.acting("priya", at=now()):
        assert queries.partner_answers([tarnside.agencies["children"].pk])[tarnside.agencies["children"].pk].acknowledged == before + 1


def test_counting_twice_counts_nothing_twice(tarnside: Tarnside) -> None:
    counted()
    with as_worker():
        first = list(SharingDay.objects.order_by("day", "from_agency", "to_agency", "purpose").values_list("day", "sent", "pairs"))
        days = CountedDay.objects.count()
        counted_again = measuring.count_what_passed(at=now())
        assert counted_again == 0
        assert list(SharingDay.objects.order_by("day", "from_agency", "to_agency", "purpose").values_list("day", "sent", "pairs")) == first
        assert CountedDay.objects.count() == days


def test_what_has_no_figure_is_not_known_yet_and_never_zero(tarnside: Tarnside) -> None:
    counted()
    with tarnside.acting("sunita", at=now()):
        found = queries.figures(tarnside.partnership_id)
    assert {"late", "lost", "density", "signed"} <= set(found) <= {one.id for one in BEHAVIOURS}
    assert "promises" not in found
    assert found["signed"].value == 1.0
    assert found["density"].n == 36


def test_figures_are_kept_by_day_and_a_run_shows_those_of_its_day(tarnside: Tarnside) -> None:
    counted()
    with as_worker():
        measuring.keep(tarnside.partnership_id, measuring.figures_of(tarnside.partnership_id, at=now() + 40 * DAY), at=now() + 40 * DAY)
    with tarnside.acting("sunita", at=now()):
        assert BehaviourFigure.objects.filter(behaviour="late").count() == 2
        assert queries.figures(tarnside.partnership_id, until=now())["late"].last == london_day(now())
        assert queries.figures(tarnside.partnership_id)["late"].last == london_day(now() + 40 * DAY)
        assert queries.figures(tarnside.partnership_id, until=now() - 400 * DAY)["late"].last == london_day(now())


def test_the_web_reads_figures_of_its_own_partnerships_and_no_single_day(tarnside: Tarnside) -> None:
    counted()
    with tarnside.acting("sunita", at=now()), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('sharing_day', 'SELECT') OR has_table_privilege('counted_day', 'SELECT')")
        assert cursor.fetchone()[0] is False
    assert not BehaviourFigure.objects.exists()


def test_what_other_rooms_know_is_the_figure_that_their_own_pages_show(tarnside: Tarnside) -> None:
    at = now()
    ids = found_the_others(tarnside, at=at)
    for chapter in (govern, keep_the_books, tell_of_trust, tell_of_effects, tell_of_voices, complain_of):
        for _ in chapter(tarnside, ids, at=at):
            pass
    counted()
    with tarnside.acting("sunita", at=at):
        found = queries.figures(ids["together"])
        kept, _ = trust.kept_by(trust.promises(ids["together"]), london_day(at))
        due = Contribution.objects.filter(partnership_id=ids["together"], due_on__lte=london_day(at)).annotate(came=Coalesce(Sum("receipts__amount"), Decimal(0)))
        money = sum(min(one.came, one.amount) for one in due) / sum(one.amount for one in due)
    assert {one.id for one in BEHAVIOURS} - set(found) <= {"asked"}, "each behaviour has a source"
    assert (found["promises"].value, found["promises"].n) == (kept.value, kept.n)
    assert found["reconciled"].value == float(money)
    assert found["acknowledged"].value == pytest.approx(1 - found["sent_back"].value * found["sent_back"].n / found["acknowledged"].n - unanswered(found))
    assert found["stands_behind"].n == 9
    assert (found["undoing"].value, found["undoing"].n) == (1.0, 1), "the beds were put right on their day; the letter has time"
    assert (found["nobody_leads"].value, found["nobody_leads"].n) == (0.0, 4), "each of the four whom three and more help has a lead"
    with tarnside.acting("moira", at=at):
        evenings = queries.figures(ids["evenings"])
    assert evenings["money"].value < found["money"].value
    assert (evenings["complaints"].value, evenings["complaints"].n) == (1 / 6, 6), "one of six in time; an answer after seventy days does not count"
    assert BY_ID["complaints"].is_poor(evenings["complaints"].value) and not BY_ID["complaints"].is_poor(found["complaints"].value)
    assert not known(evenings["complaint_days"]), "three answers are too few for a median to be shown"


def unanswered(found: dict[str, Figure]) -> float:
    """What had its time up without any answer, as a share of all that was answered or whose time was up."""
    return 1 - found["sent_back"].n / found["acknowledged"].n


def test_complaints_about_a_partner_s_looking_to_the_partnership_and_about_who_acts_count_by_their_own_clocks(tarnside: Tarnside) -> None:
    at = now()
    ids = found_the_others(tarnside, at=at)
    for chapter in (govern, complain_of):
        for _ in chapter(tarnside, ids, at=at):
            pass
    with as_worker(), connection.cursor() as cursor:
        cursor.execute("SELECT place, count(*), count(answered_at) FROM complaints_of(%s, %s) GROUP BY 1 ORDER BY 1", [ids["together"], (at - 365 * DAY).date()])
        assert cursor.fetchall() == [("access", 1, 0), ("dispute", 2, 1), ("partnership", 6, 6)]
        figures = {one.behaviour: one for one in measuring.figures_of(ids["together"], at=at)}
        later = {one.behaviour: one for one in measuring.figures_of(ids["together"], at=at + 40 * DAY)}
    assert (figures["complaints"].n, round(figures["complaints"].value * figures["complaints"].n)) == (7, 6), "the open dispute is with the chair, and Leah's complaint a day old"
    assert later["complaints"].n == 9, "forty days on, both have run out"
    assert figures["complaints"].caveat == "In the year 9 came in."
    with tarnside.acting("sunita", at=at), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM complaints_of(%s, %s)", [ids["together"], at.date()])
