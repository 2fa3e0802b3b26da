"""What needs a decision now: each room of a partnership says in a line what waits in it. A new room adds its own function to `ROOMS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from alongside.agencies.facts import Actor
from alongside.common.london import london_day
from alongside.common.working_days import Calendar
from alongside.partnerships.queries.waiting import Waiting, waiting
from alongside.partnerships.rules.duties import Step, dispute_clock
from alongside.partnerships.rules.signing_up import EXPECTED_WITHIN
from alongside.web.design.formats import plural
from alongside.web.design.rows import WorkRow

YOURS = "Yours"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks at which partnership, and when."""

    actor: Actor
    partnership: Any
    at: datetime


Line = Callable[[Waiting, Asker], WorkRow | None]


def sign(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"Sign, or say why not: vision, version {one.count}", reverse("answer_vision", args=[one.which]), one.when + EXPECTED_WITHIN, "It waits for your agency’s answer", state=YOURS, colour="blue")


def say_again(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow("Say again that you stand behind the vision", reverse("answer_vision", args=[one.which]), one.when, f"Your signature under version {one.count} is nearly a year old, or older", state=YOURS, colour="blue")


def unsigned(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"Vision, version {one.name}", reverse("vision", args=[one.which]), one.when + EXPECTED_WITHIN, f"Not signed by {plural(one.count, 'body', 'bodies')}", state="Open for sign-up", colour="yellow")


def remark(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow("Answer what was said about the vision", reverse("vision", args=[one.which]) + "#remarks", None, f"{plural(one.count, 'remark')} without an answer", state="Not answered", colour="yellow")


def dispute(one: Waiting, asker: Asker) -> WorkRow:
    clock = dispute_clock(one.when, asker.at, Calendar.of(asker.partnership.area))
    steps = {Step.LEADS: ("With the two leads", "yellow"), Step.CHAIR: ("With the chair", "orange"), Step.BOARD: ("With the board", "red")}
    state, colour = steps[clock.step]
    return WorkRow(f"Who acts? {one.name}", reverse("roles", args=[asker.partnership.pk]) + "#disputes", clock.due, "They do not agree", state=state, colour=colour)


def quorum(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"Too few for a decision: {one.name}", reverse("meeting", args=[one.which]), one.when, f"{plural(one.count, 'voting member')} short of the quorum", state="No quorum", colour="red")


def minutes(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"Close the minutes: {one.name}", reverse("meeting", args=[one.which]), london_day(one.when), "It was over a week ago", state="Minutes", colour="yellow")


def action(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"{plural(one.count, 'action')} of the board late", reverse("meetings", args=[asker.partnership.pk]) + "#actions", day_of(one.when), "Do it, or say why not", state="Late", colour="red")


def risk(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"{plural(one.count, 'risk')} past review", reverse("risks", args=[asker.partnership.pk]), day_of(one.when), "Judge again", state="Review", colour="yellow")


def duty(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"Nobody, or more than one, answers for {plural(one.count, 'duty', 'duties')}", reverse("roles", args=[asker.partnership.pk]), None, "Name exactly one for each", state="Not settled", colour="orange")


def driver(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow("The reason this partnership was started for has ended", reverse("partnership_why", args=[asker.partnership.pk]), day_of(one.when), "Say why it goes on, or end it", state="Why?", colour="orange")


LINES: Mapping[str, Line] = {
    "sign": sign, "say_again": say_again, "unsigned": unsigned, "remark": remark, "dispute": dispute, "quorum": quorum, "minutes": minutes, "action": action, "risk": risk, "duty": duty, "driver": driver,
}  # fmt: skip


def day_of(when: date | datetime | None) -> date | None:
    return london_day(when) if isinstance(when, datetime) else when


def at_the_table(asker: Asker) -> list[WorkRow]:
    """What waits in governance: signatures, remarks, disputes, meetings, actions, risks, duties, the reason for it all."""
    found = waiting(asker.partnership.pk, practitioner_id=asker.actor.practitioner_id, at=asker.at)
    mine = {one.which for one in found if one.what == "sign"}
    lines = [LINES[one.what](one, asker) for one in found if not (one.what == "unsigned" and one.which in mine)]
    return [line for line in lines if line]


ROOMS: tuple[Callable[[Asker], list[WorkRow]], ...] = (at_the_table,)
"""Each gives its own lines for one reader; the home page shows what is the reader's own first."""


def what_waits(actor: Actor, partnership: Any, at: datetime) -> list[WorkRow]:
    asker = Asker(actor, partnership, at)
    return [row for room in ROOMS for row in room(asker)]
