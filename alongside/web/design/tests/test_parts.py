"""Lists stay fast, rows stay safe, nothing drops off."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.template import engines
from jinja2 import UndefinedError

from alongside.web.design.formats import DueGroup, due_group, due_words
from alongside.web.design.jinja_environment import component
from alongside.web.design.rows import Bar, Event, Identity, OutcomeRow, SummaryRow, WorkRow

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # a Tuesday
UNSAFE = "<script>alert(1)</script>\"'"


def parts() -> Any:
    return engines["jinja2"].env.get_template("design/parts.jinja").module  # type: ignore[attr-defined]


def milliseconds(draw: Any) -> float:
    draw()
    times = []
    for _ in range(15):
        start = time.perf_counter()
        draw()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[len(times) // 2]


def fifty_rows() -> list[WorkRow]:
    return [WorkRow(f"Entry {n}", f"/entries/{n}/", due=AT + timedelta(hours=n), about="Mary S.", meta="From the school", state="Waiting", colour="yellow") for n in range(50)]


def test_fifty_rows_cost_a_small_part_of_what_the_design_systems_own_macro_costs() -> None:
    rows = fifty_rows()
    ours = milliseconds(lambda: parts().work_list(rows, AT))
    items = [{"title": {"text": row.title}, "href": row.href, "status": {"tag": {"text": row.state}}} for row in rows]
    theirs = milliseconds(lambda: component("task-list", items=items))
    assert ours * 5 < theirs, f"ours {ours:.2f} ms, theirs {theirs:.2f} ms"


def test_a_table_of_fifty_rows_takes_about_a_millisecond() -> None:
    rows = [(f"Partner {n}", str(n), "2 days") for n in range(50)]
    assert milliseconds(lambda: parts().table("Answers", ["Partner", "Answered", "Time"], rows, [1])) < 3, "1 ms alone; others share the machine"


def test_every_row_is_in_exactly_one_group() -> None:
    rows = [*fifty_rows(), WorkRow("No date", "/no-date/")]
    html = str(parts().work_groups(rows, AT))
    assert all(html.count(f'href="{row.href}"') == 1 for row in rows)
    assert html.index("Later") < html.index("/no-date/")


@pytest.mark.parametrize(
    ("due", "group", "words"),
    [
        (AT - timedelta(seconds=30), DueGroup.OVERDUE, "Overdue by 1 minute"),
        (AT - timedelta(hours=3), DueGroup.OVERDUE, "Overdue by 3 hours"),
        (date(2026, 11, 23), DueGroup.OVERDUE, "Overdue by 1 day"),
        (date(2026, 11, 24), DueGroup.TODAY, "Today"),
        (AT + timedelta(hours=7, minutes=30), DueGroup.TODAY, "Today by 5pm"),
        (datetime(2026, 11, 25, 0, 0, tzinfo=UTC), DueGroup.TOMORROW, "Tomorrow by midnight"),
        (date(2026, 11, 29), DueGroup.THIS_WEEK, "Sunday"),
        (date(2026, 11, 30), DueGroup.LATER, "Monday"),
        (date(2026, 12, 1), DueGroup.LATER, "1 December 2026"),
    ],
)
def test_when_something_is_due(due: date | datetime, group: DueGroup, words: str) -> None:
    assert (due_group(due, AT), due_words(due, AT)) == (group, words)


def test_the_day_is_londons() -> None:
    just_after_midnight_in_london = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert due_group(date(2026, 7, 2), just_after_midnight_in_london) is DueGroup.TODAY


@pytest.mark.parametrize(
    "draw",
    [
        lambda p: p.work_list([WorkRow(UNSAFE, "/x/", about=UNSAFE, meta=UNSAFE, state=UNSAFE)], AT),
        lambda p: p.timeline([Event(AT, UNSAFE, UNSAFE, text=UNSAFE, own_words=UNSAFE, details=[(UNSAFE, UNSAFE)])]),
        lambda p: p.identity(Identity(UNSAFE, known_as=UNSAFE, pronouns=UNSAFE, facts=[(UNSAFE, UNSAFE)], needs=[UNSAFE]), AT),
        lambda p: p.outcomes([OutcomeRow(UNSAFE, "told", UNSAFE, UNSAFE)]),
        lambda p: p.summary_list([SummaryRow(UNSAFE, UNSAFE)]),
        lambda p: p.table(UNSAFE, [UNSAFE], [(UNSAFE,)]),
        lambda p: p.side_by_side(UNSAFE, UNSAFE, UNSAFE, UNSAFE),
        lambda p: p.post_button("/x/", UNSAFE, "", "", {"handle": UNSAFE}, UNSAFE),
        lambda p: component("input", label={"text": UNSAFE}, name="x", id="x", value=UNSAFE, hint={"text": UNSAFE}),
    ],
)
def test_nothing_typed_becomes_markup(draw: Any) -> None:
    html = str(draw(parts()))
    assert "<script" not in html and "&lt;script&gt;" in html


def test_what_is_unknown_is_said_in_words() -> None:
    html = str(parts().identity(Identity("Mary Seacole"), AT))
    assert html.count("Not known") == 2 and "?" not in html


def test_an_unknown_name_in_a_template_is_a_bug() -> None:
    with pytest.raises(UndefinedError):
        engines["jinja2"].env.from_string("{{ persn.name }}").render()  # type: ignore[attr-defined]


def test_a_chart_says_every_number_in_its_table_and_draws_none_that_may_not_be_shown() -> None:
    rows = [Bar(UNSAFE, 0.25, "25%", beside=0.5, beside_words="50%"), Bar("Carers", None, "Under 5, not shown", mark="Missing")]
    html = str(parts().bars("Who is heard", "Group", rows, "Panel", "District", most=1))
    assert "<script>" not in html and "style=" not in html
    assert 'class="bars__first" width="250.0"' in html and 'class="bars__second" y="13" width="500.0"' in html
    assert html.count("bars__first") == 1, "what may not be shown has no bar whose length could be read"
    table = html[html.index("<table") :]
    assert all(words in table for words in ("25%", "50%", "Under 5, not shown", "Missing"))


def test_no_bar_is_longer_than_the_chart_or_shorter_than_nothing() -> None:
    html = str(parts().bars("Loads", "Team", [Bar("A", 3, "3"), Bar("B", -1, "-1"), Bar("C", 2, "2")], "Load", most=2))
    assert [html.count(f'class="bars__first" width="{width}"') for width in ("1000.0", "0.0")] == [2, 1]
