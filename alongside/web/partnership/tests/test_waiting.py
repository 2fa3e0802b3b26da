"""Whatever is late, or waits for a decision, has its line on the partnership's home: from every room, with a link to where it is done."""

import copy
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import resolve

from alongside.cli.tarnside.accounts import keep_the_books
from alongside.cli.tarnside.complaints import complain_of
from alongside.cli.tarnside.framework import begun, decide_on_together, gates_answered, publish, scored
from alongside.cli.tarnside.governance import govern
from alongside.cli.tarnside.partnerships import found_the_others
from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.cli.tarnside.story import sign_ins
from alongside.cli.tarnside.trust import tell_of_trust
from alongside.cli.tarnside.voice import tell_of_voices
from alongside.common.clock import now
from alongside.partnerships.queries import partnership
from alongside.voice import queries as voice
from alongside.web.design.rows import WorkRow
from alongside.web.partnership.waiting import what_waits

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Busy:
    def __init__(self) -> None:
        self.at = now() - timedelta(minutes=1)
        self.made: Tarnside = set_up(at=self.at)
        sign_ins(self.made, self.at)
        self.ids = found_the_others(self.made, at=self.at)
        for chapter in (govern, keep_the_books, tell_of_trust, tell_of_voices, complain_of):
            for _ in chapter(self.made, self.ids, at=self.at):
                pass
        publish(self.made, "2026", "The first version.", self.at - 60 * DAY, review_on=(self.at + 300 * DAY).date())
        run = begun(self.made, "sunita", self.ids["together"], (3, 3, 3, 3, 3, 3), at=self.at - 2 * DAY)
        gates_answered(self.made, "sunita", run, {}, at=self.at)
        for who in ("priya", "megan", "ruth", "kofi", "sam", "grace", "moira", "peter", "nadia"):
            scored(self.made, run, who, 3, at=self.at)
        decide_on_together(self.made, run, at=self.at)

    def home(self, who: str, place: str = "together", *, in_days: int = 0) -> dict[str, WorkRow]:
        with self.made.acting(who, at=self.at) as actor:
            rows = what_waits(actor, partnership(self.ids[place]), self.at + in_days * DAY).rows
        assert all(resolve(row.href.partition("#")[0]) for row in rows)
        return {row.title: row for row in rows}


@pytest.fixture(scope="module")
def as_told(begins_with: Callable[[Callable[[], Busy]], Busy]) -> Busy:
    return begins_with(Busy)


@pytest.fixture
def busy(as_told: Busy, db: None) -> Busy:
    return copy.deepcopy(as_told)


def starting(rows: dict[str, WorkRow], words: str) -> WorkRow:
    return next(row for title, row in rows.items() if title.startswith(words))


def test_what_was_promised_to_the_public_is_late_the_day_after_it_was_due(busy: Busy) -> None:
    assert not any("to the public" in title for title in busy.home("grace"))
    late = next(row for title, row in busy.home("grace", in_days=200).items() if "promises to the public past their day" in title)
    assert (late.state, resolve(late.href).url_name) == ("Late", "contributions")
    with busy.made.acting("sunita", at=busy.at):
        kept = voice.promised(busy.ids["together"])
    assert late.title.startswith(f"{len(kept)} ")


def test_books_that_are_over_and_complaints_without_an_answer_are_there_for_everybody(busy: Busy) -> None:
    evenings = busy.home("grace", "evenings")
    assert starting(evenings, "Propose to close the books of").state == "To close"
    assert starting(evenings, "3 complaints late to be answered").state == "Late"
    assert not any("late to be answered" in title for title in busy.home("grace"))


def test_a_condition_past_its_day_is_late_and_before_it_not(busy: Busy) -> None:
    soon, later = (next(row for row in busy.home("sunita", in_days=days).values() if row.title.startswith("Condition:")) for days in (70, 170))
    assert soon.state == "Not met yet" and later.state == "Late"


def test_once_a_year_the_lead_examines_looks_at_the_guidance_and_asks_for_the_pulse(busy: Busy) -> None:
    in_time, year_on = busy.home("sunita", in_days=20), busy.home("sunita", in_days=420)
    for words in ("Examine it again", "Look again at version 1 of the guidance", "Open the yearly pulse"):
        assert not any(title.startswith(words) for title in in_time), words
        assert starting(year_on, words)
    assert not any(title.startswith("Examine it again") for title in busy.home("joan", in_days=420)), "this is the lead's"


def test_whoever_may_still_guess_is_asked_and_whose_pressures_they_are_is_not(busy: Busy) -> None:
    assert any(title.startswith("Guess what weighs on Millbrook") for title in busy.home("sunita"))
    assert not any(title.startswith("Guess what weighs on Millbrook") for title in busy.home("tom"))
