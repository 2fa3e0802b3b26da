"""What needs a decision now: each room of a partnership has one question for the database, and a line for each answer. A new room adds itself to `ROOMS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from alongside.agencies.facts import Actor
from alongside.common.london import london_day
from alongside.common.working_days import Calendar
from alongside.open_book.queries.at_home import IN_THE_BOOKS
from alongside.partnerships.queries.endings import over
from alongside.partnerships.queries.waiting import AT_THE_TABLE, Waiting, waiting
from alongside.partnerships.rules.duties import Step, dispute_clock
from alongside.partnerships.rules.signing_up import EXPECTED_WITHIN
from alongside.trust.queries import BETWEEN_PARTNERS
from alongside.trust.queries.effects import UNDONE
from alongside.trust.queries.offers import ASKED_FOR
from alongside.voice.queries import UNHEARD
from alongside.web.design.formats import plural
from alongside.web.design.rows import Colour, WorkRow
from alongside.web.partnership.framework import waiting as framework

YOURS = "Yours"
LEFT_OVER = frozenset({"give_back", "complaint", "question", "not_come", "over", "close", "unheard", "not_done"})
"""What still waits once a partnership is over, until it is settled."""
FOR_THE_BOARD = frozenset({"unsigned", "remark", "dispute", "quorum", "minutes", "action", "risk", "duty", "driver", "decided_to_end", "give_back", "not_come", "condition", "examine"})
"""What a board member who works for no partner can see to, or ask about at the board."""


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


def complaint(one: Waiting, asker: Asker) -> WorkRow:
    late = is_past(one, asker)
    words = "late to be answered" if late else "not answered"
    return WorkRow(f"{plural(one.count, 'complaint')} {words}", reverse("partnership_complaints", args=[asker.partnership.pk]), day_of(one.when), "By somebody who was not involved", "", *unanswered("Late" if late else ""))


def driver(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow("The reason this partnership was started for has ended", reverse("partnership_why", args=[asker.partnership.pk]), day_of(one.when), "Say why it goes on, or end it", state="Why?", colour="orange")


def question(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"A question on the accounts that {one.name} has not answered", reverse("account_line", args=[asker.partnership.pk, one.which]), day_of(one.when), "", "", *unanswered("Overdue" if is_past(one, asker) else ""))


def not_come(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"{plural(one.count, 'contribution')} not there on the day", reverse("account_contributions", args=[asker.partnership.pk]), day_of(one.when), "Ask whoever promised it", state="Late", colour="orange")


def close(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"Close the books of {one.name}", reverse("close_period", args=[asker.partnership.pk, one.which]), None, "The treasurer proposes it", state="Waits for a second partner", colour="yellow")


def period_over(one: Waiting, asker: Asker) -> WorkRow:
    ended = over(asker.partnership, asker.at)
    return WorkRow(f"Propose to close the books of {one.name}", reverse("close_period", args=[asker.partnership.pk, one.which]), day_of(one.when), "The partnership is over" if ended else "The period is over", state="To close", colour="yellow")


def pulse(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow("Say how it is to work together", reverse("pulse", args=[one.which]), one.when, "The yearly pulse is open; two minutes, and nobody reads what you say", state=YOURS, colour="blue")


def promise(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"A promise of {one.name}", reverse("promise", args=[one.which]), day_of(one.when), "Nobody has said whether it was kept", state="Not settled", colour="orange")


def difference(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow("A difference that is not settled", reverse("difference", args=[one.which]), one.when, "Settle it, or hand it up", state="Handed up" if one.name == "escalated" else "Overdue", colour="orange")


def guess(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"Guess what weighs on {one.name}", reverse("exercise", args=[one.which]), one.when, "Then both compare", state=YOURS, colour="blue")


def no_pulse(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow("Open the yearly pulse", reverse("open_pulse", args=[one.which]), one.when, "The last one closed more than a year ago", state="Yearly", colour="yellow")


def rate(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow("Say what helps and what works against it", reverse("effects", args=[asker.partnership.pk]), one.when, f"{plural(one.count, 'activity', 'activities')} that your agency has said nothing of", state=YOURS, colour="blue")


def effect(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"{plural(one.count, 'change')} late, of what works against an objective", reverse("effects", args=[asker.partnership.pk]) + "#against", day_of(one.when), "Do it, or say how it ended", state="Late", colour="red")


def undoes(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"{plural(one.count, 'activity works', 'activities work')} against an objective", reverse("effects", args=[asker.partnership.pk]) + "#against", None, "Say who sees to it", state="Nobody’s", colour="orange")


def asked_for(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"{one.name} asks for what you offer", reverse("answer_offer_request", args=[one.which]), None, "Give it, or say why not", state=YOURS, colour="blue")


def not_done(one: Waiting, asker: Asker) -> WorkRow:
    to = reverse("contribution", args=[asker.partnership.pk, one.which]) if one.which else reverse("contributions", args=[asker.partnership.pk])
    return WorkRow(f"{plural(one.count, 'promise')} to the public past {'its' if one.count == 1 else 'their'} day", to, day_of(one.when), "Do it and say so, or say by when it will be done", state="Late", colour="red")


def unheard(one: Waiting, asker: Asker) -> WorkRow:
    late = bool(one.when and one.when < asker.at)
    words = "waited too long" if late else "waited"
    return WorkRow(f"{plural(one.count, 'person has', 'people have')} {words} for an answer", reverse("contributions", args=[asker.partnership.pk]), one.when, "They told the partnership something", "", *unanswered("Unanswered" if late else ""))


def day_of(when: date | datetime | None) -> date | None:
    return london_day(when) if isinstance(when, datetime) else when


def is_past(one: Waiting, asker: Asker) -> bool:
    day = day_of(one.when)
    return day is not None and day < london_day(asker.at)


def unanswered(late: str) -> tuple[str, Colour]:
    """A word and a colour; of an ended partnership what is not late waits here too."""
    return (late, "red") if late else ("Not answered", "yellow")


def decided_to_end(one: Waiting, asker: Asker) -> WorkRow:
    leads = asker.partnership.lead_practitioner_id == asker.actor.practitioner_id
    return WorkRow(
        "The board decided to end this partnership", reverse("end_partnership" if leads else "partnership_exit", args=[asker.partnership.pk]), None, "See what would end, and carry it out" if leads else "Its lead carries it out",
        state=YOURS if leads else "Decided", colour="blue" if leads else "red",
    )


def give_back(one: Waiting, asker: Asker) -> WorkRow:
    return WorkRow(f"{plural(one.count, 'thing')} to be given back", reverse("partnership_exit", args=[asker.partnership.pk]) + "#returns", day_of(one.when), "Tick it off when it is done", state=YOURS if one.name == "true" else "Exit plan", colour="blue" if one.name == "true" else "yellow")


def forgotten(one: Waiting, asker: Asker) -> WorkRow | None:
    """What was there before a team declared its need, and nobody has asked for: the lead rings the team."""
    if asker.partnership.lead_practitioner_id != asker.actor.practitioner_id:
        return None
    team, _, agency = one.name.partition(", ")
    return WorkRow(f"Ask {team} to look at the last three months", reverse("information_need", args=[one.which]), one.when, f"{agency} declared a need and was not offered what there was", state="Forgotten", colour="orange")


@dataclass(frozen=True, slots=True)
class Room:
    """One question (see `alongside.partnerships.queries.waiting`) and the line for each word it answers with."""

    question: str
    lines: Mapping[str, Line]


ROOMS: tuple[Room, ...] = (
    Room(AT_THE_TABLE, {
        "sign": sign, "say_again": say_again, "unsigned": unsigned, "remark": remark, "dispute": dispute, "quorum": quorum, "minutes": minutes, "action": action, "risk": risk, "duty": duty, "complaint": complaint, "driver": driver,
        "forgotten": forgotten, "decided_to_end": decided_to_end, "give_back": give_back,
    }),
    Room(IN_THE_BOOKS, {"question": question, "not_come": not_come, "over": period_over, "close": close}),
    Room(BETWEEN_PARTNERS, {"pulse": pulse, "promise": promise, "difference": difference, "guess": guess, "no_pulse": no_pulse}),
    Room(UNHEARD, {"unheard": unheard, "not_done": not_done}),
    Room(UNDONE, {"rate": rate, "effect": effect, "undoes": undoes}),
    Room(ASKED_FOR, {"asked_for": asked_for}),
    Room(framework.QUESTION, framework.LINES),
)
"""Asked in one question, however many rooms there are, so that the home page stays fast."""


@dataclass(frozen=True, slots=True)
class WhatWaits:
    """The lines for one reader, and how many information needs are in force."""

    rows: list[WorkRow]
    needs: int


def what_waits(actor: Actor, partnership: Any, at: datetime) -> WhatWaits:
    asker, lines = Asker(actor, partnership, at), {what: line for room in ROOMS for what, line in room.lines.items()}
    found = waiting([room.question for room in ROOMS], partnership.pk, practitioner_id=actor.practitioner_id, at=at)
    mine = {one.which for one in found if one.what == "sign"}
    if over(partnership, at):
        lines = {what: line for what, line in lines.items() if what in LEFT_OVER}
    if not actor.is_practitioner:
        lines = {what: line for what, line in lines.items() if what in FOR_THE_BOARD}
    rows = [lines[one.what](one, asker) for one in found if one.what in lines and not (one.what == "unsigned" and one.which in mine)]
    return WhatWaits([row for row in rows if row], next((one.count for one in found if one.what == "needs"), 0))
