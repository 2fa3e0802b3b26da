"""How far the partners of Tarnside trust one another: told by themselves, privately and openly."""

from datetime import datetime, timedelta

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.working_days import Calendar
from alongside.confidentiality.gate import acting
from alongside.trust import actions
from alongside.trust.facts import Item, Kept, Level, Settled

DAY = timedelta(days=1)
PULSE = {
    "together": {
        "school": ("amina", "ruth", "daniel", "priya", "megan", "lewis"), "police": ("amina", "ruth", "daniel", "priya", "grace", "joan"), "community": ("daniel", "priya", "grace", "lewis", "sam", "kofi", "joan"),
        "homelink": ("megan", "kofi", "farah", "sam", "ruth"), "housing": ("megan", "lewis", "grace"),
    },
    "evenings": {"police": ("grace", "tom", "nadia", "peter", "joan"), "school": ("moira", "lewis", "nadia", "peter", "joan"), "housing": ("moira", "lewis", "grace", "tom", "peter")},
}
SCORES = {
    "school": (4, 4, 4, 3, 4, 3), "police": (3, 3, 2, 4, 3, 3), "community": (4, 4, 3, 3, 4, 3), "homelink": (4, 4, 4, 2, 4, 2), "housing": (3, 3, 3, 3, 2, 3),
}
PROMISES = (
    # partnership, who promises, to, what, made and due in days from now, what became of it, done in days from now, whose word
    ("together", "moira", "school", "Tell the school before half past eight when a child was at home during a call", -120, -90, Kept.KEPT, -95, "grace"),
    ("together", "priya", "community", "Say within a working day what was decided on a referral", -100, -70, Kept.KEPT, -72, "ruth"),
    ("together", "ruth", "surgery", "A list of the babies due each month", -80, -50, Kept.KEPT, -45, "sam"),
    ("together", "peter", None, "Two volunteers trained to visit after hospital", -60, 20, Kept.OPEN, None, ""),
    ("evenings", "moira", None, "An officer at the youth club every Friday", -300, -270, Kept.NOT_KEPT, None, "grace"),
    ("evenings", "nadia", "school", "A room in the estate office from four to eight", -260, -200, Kept.OPEN, None, ""),
    ("evenings", "grace", "police", "Numbers of young people each evening", -250, -230, Kept.NOT_KEPT, None, "moira"),
    ("evenings", "peter", "housing", "Two volunteers on Thursdays", -200, -150, Kept.KEPT, -90, "nadia"),
    ("evenings", "nadia", "police", "Light at the back stairs", -190, -160, Kept.OPEN, None, ""),
)
POLICE = ["Calls at night with two cars", "Reports asked for twice", "Court dates that move", "New officers every year", "Being blamed afterwards"]
GUESSES = {
    "first": {"amina": (2, 1, 3, 5, 4), "ruth": (3, 1, 4, 2, 5), "grace": (1, 2, 4, 3, 5), "daniel": (3, 2, 4, 1, 5), "joan": (2, 3, 1, 4, 5)},
    "again": {"amina": (4, 1, 3, 2, 5), "ruth": (5, 1, 3, 4, 2), "grace": (5, 1, 3, 2, 4), "daniel": (4, 1, 3, 5, 2), "joan": (4, 1, 2, 3, 5)},
}
"""Places for the pressures in the order of the alphabet."""


def tell_of_trust(made: Tarnside, ids: dict[str, int], *, at: datetime) -> list[str]:
    """A pulse that has closed and one that is open, promises, the exercise before and after a night shift together, a difference open and one settled, and who was asked."""
    for key, lead in (("together", "sunita"), ("evenings", "moira")):
        _pulse(made, ids[key], lead, PULSE[key], high=key == "evenings", at=at)
    for one in PROMISES:
        _promise(made, ids, *one, at=at)
    _pressures(made, ids["together"], at=at)
    _differences(made, ids["together"], at=at)
    _asked(made, ids["together"], at=at)
    return ["what partners say of one another, promised and differ on"]


def _pulse(made: Tarnside, partnership_id: int, lead: str, said: dict[str, tuple[str, ...]], *, high: bool, at: datetime) -> None:
    opened = at - 90 * DAY
    with acting(made.tokens[lead], at=opened) as by:
        round_id = actions.open_pulse(by=by, partnership_id=partnership_id, closes_at=opened + 20 * DAY, at=opened)
    for about, people in said.items():
        for place, who in enumerate(people):
            scores = [min(4, score + 1) if high else max(1, score - (place % 3 == 2)) for score in SCORES[about]]
            with acting(made.tokens[who], at=opened + DAY) as by:
                actions.answer_pulse(by=by, round_id=round_id, about_agency_id=made.agencies[about].pk, answers=dict(zip(Item, scores)), at=opened + DAY)
    if lead == "sunita":
        with acting(made.tokens[lead], at=at - DAY) as by:
            actions.open_pulse(by=by, partnership_id=partnership_id, closes_at=at + 20 * DAY, at=at - DAY)


def _promise(made: Tarnside, ids: dict[str, int], key: str, who: str, to: str | None, what: str, made_in: int, due_in: int, kept: Kept, done_in: int | None, judge: str, *, at: datetime) -> None:
    with acting(made.tokens[who], at=at + made_in * DAY) as by:
        one = actions.make_promise(by=by, partnership_id=ids[key], to_agency_id=made.agencies[to].pk if to else None, what=what, due_on=(at + due_in * DAY).date(), at=at + made_in * DAY)
    if judge:
        on = at + (done_in if done_in is not None else due_in + 5) * DAY
        with acting(made.tokens[judge], at=on) as by:
            actions.settle_promise(by=by, promise_id=one, kept=kept, done_on=on.date() if kept is Kept.KEPT else None, note="", at=on)


def _pressures(made: Tarnside, partnership_id: int, *, at: datetime) -> None:
    former = None
    for days, guesses, was_done in ((200, "first", ""), (60, "again", "Amina, Grace and Daniel each rode along for a night; Lewis spent a day in school.")):
        opened = at - days * DAY
        with acting(made.tokens["moira"], at=opened) as by:
            former = actions.start_exercise(by=by, partnership_id=partnership_id, pressures=POLICE, closes_at=opened + 14 * DAY, at=opened, after_id=former, what_was_done=was_done)
        for who, places in GUESSES[guesses].items():
            with acting(made.tokens[who], at=opened + DAY) as by:
                actions.guess_order(by=by, exercise_id=former, places=places, at=opened + DAY)
    with acting(made.tokens["grace"], at=at - 3 * DAY) as by:
        actions.start_exercise(
            by=by, partnership_id=partnership_id, closes_at=at + 11 * DAY, at=at - 3 * DAY,
            pressures=["Children who cannot settle on Mondays", "No room to talk in private", "Forms that differ for each partner", "Supply teachers who know nobody"],
        )


def _differences(made: Tarnside, partnership_id: int, *, at: datetime) -> None:
    calendar = Calendar.of("england")
    for days, question, threshold, views, joint in (
        (80, "When a baby who cannot roll has a bruise, may one first ask the health visitor?", True,
         (("amina", "Refer at once. Asking costs a day, and a baby cannot say anything.", Level.SECTION_47), ("daniel", "Refer at once, and ask at the same time.", Level.SECTION_47),
          ("sam", "Some marks are birth marks. I would look first, the same day.", Level.CHILD_IN_NEED)),
         "Refer at once; a doctor looks the same day, and both are written down together."),
        (4, "A parent who shouts at the school gate: is that a worry to share?", True,
         (("grace", "If a child flinches, yes. We see it every day and learn most from the second time.", Level.EARLY_HELP), ("lewis", "Only if somebody is threatened. Else the record fills up.", Level.NOTHING_MORE)), ""),
    ):
        opened = at - days * DAY
        with acting(made.tokens[views[0][0]], at=opened) as by:
            one = actions.open_disagreement(by=by, partnership_id=partnership_id, question=question, is_threshold=threshold, calendar=calendar, at=opened)
        for place, (who, view, level) in enumerate(views):
            with acting(made.tokens[who], at=opened + place * DAY) as by:
                actions.give_view(by=by, disagreement_id=one, view=view, level=level, at=opened + place * DAY)
        if joint:
            with acting(made.tokens[views[0][0]], at=opened + 9 * DAY) as by:
                actions.settle_disagreement(by=by, disagreement_id=one, settled=Settled.AGREED, joint_view=joint, at=opened + 9 * DAY)


def _asked(made: Tarnside, partnership_id: int, *, at: datetime) -> None:
    for who, days, what, expertise, asked, why_not in (
        ("priya", 40, "The questions that the front door asks a caller about violence at home", "Domestic abuse", "daniel", ""),
        ("peter", 25, "What a volunteer may do on the stairs", "Falls", "kofi", ""),
        ("megan", 12, "Which evenings the home support comes", "Living alone after hospital", None, "It had to be decided on a Sunday. We asked the next day and changed it."),
    ):
        on = at - days * DAY
        with acting(made.tokens[who], at=on) as by:
            actions.note_decision(
                by=by, partnership_id=partnership_id, what=what, expertise=expertise, asked_id=made.practitioners[asked].pk if asked else None, why_not=why_not, decided_on=on.date(), at=on
            )
