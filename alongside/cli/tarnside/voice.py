"""Who is heard in Tarnside's partnerships: one that answers and changes things, one that claims much and hears few, one that has begun. Everything here is invented."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.agencies.facts import Actor
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.london import london_day
from alongside.voice import actions, queries
from alongside.voice.facts import REPLY_DAYS, Answer, Characteristic, Claim, ForumKind, NewContribution, NewForum, PopulationRow, Route, Rung, Seat, SeatCount, Verdict

CENSUS = "Invented district of Tarnside, after the tables of Census 2021"
CENSUS_DAY = date(2021, 3, 21)
POPULATION: Mapping[Characteristic, Mapping[str, int]] = {
    Characteristic.AGE: {"under_16": 10_480, "16_24": 5_820, "25_44": 14_560, "45_64": 15_140, "65_79": 9_010, "80_over": 3_230},
    Characteristic.SEX: {"female": 29_700, "male": 28_540},
    Characteristic.ETHNICITY: {"asian": 6_990, "black": 1_750, "mixed": 1_460, "white": 46_880, "other": 1_160},
    Characteristic.DISABILITY: {"disabled": 11_060, "not_disabled": 47_180},
    Characteristic.AREA: {"Harbour": 13_900, "Mill Town": 17_240, "North End": 11_860, "The Villages": 15_240},
    Characteristic.CARER: {"carer": 5_410, "not_carer": 52_830},
    Characteristic.CARE_EXPERIENCED: {"care_experienced": 870, "not_care_experienced": 57_370},
}
BOARD = {
    Characteristic.AGE: {"under_16": 0, "16_24": 0, "25_44": 6, "45_64": 13, "65_79": 5, "80_over": 0}, Characteristic.SEX: {"female": 14, "male": 10},
    Characteristic.ETHNICITY: {"asian": 0, "black": 0, "mixed": 0, "white": 23, "other": 0, "not_said": 1}, Characteristic.DISABILITY: {"disabled": 7, "not_disabled": 17},
    Characteristic.AREA: {"Harbour": 6, "Mill Town": 11, "North End": 0, "The Villages": 7}, Characteristic.CARER: {"carer": 8, "not_carer": 16},
}
CONSULTED = {
    Characteristic.AGE: {"under_16": 12, "16_24": 58, "25_44": 151, "45_64": 212, "65_79": 168, "80_over": 31}, Characteristic.SEX: {"female": 391, "male": 236, "not_said": 5},
    Characteristic.ETHNICITY: {"asian": 41, "black": 9, "mixed": 14, "white": 552, "other": 3, "not_said": 13}, Characteristic.DISABILITY: {"disabled": 148, "not_disabled": 466, "not_said": 18},
    Characteristic.AREA: {"Harbour": 132, "Mill Town": 224, "North End": 61, "The Villages": 215},
}
YOUTH_FORUM = {
    Characteristic.AGE: {"under_16": 0, "16_24": 0, "25_44": 7, "45_64": 14, "65_79": 6, "80_over": 0}, Characteristic.SEX: {"female": 8, "male": 19},
    Characteristic.ETHNICITY: {"asian": 2, "black": 0, "mixed": 0, "white": 25, "other": 0}, Characteristic.AREA: {"Harbour": 0, "Mill Town": 5, "North End": 0, "The Villages": 22},
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said so many days ago; answered so many days later, if at all; then perhaps something changed."""

    days: int
    words: str
    seat: Seat | None = None
    route: Route = Route.WEB
    typed_by: str = ""
    forum: str = ""
    after: int = 0
    answer: tuple[Verdict, str, str] | None = None
    changed: str = ""


TOGETHER = (
    Said(240, "I told our story five times before anybody helped. Please talk to each other.", Seat.LIVED, after=11,
         answer=(Verdict.ADOPTED, "People tell their story again and again.", "One assessment is now read by all of us, and nobody asks again what is in it."), changed="Each family's story is taken down once. Repeated assessments have gone down."),
    Said(205, "The letters come in tiny print and in words nobody uses. My mother threw hers away.", Seat.CARER, after=14,
         answer=(Verdict.ADOPTED, "Letters are too small and too hard to read.", "Every letter is now written in plain words, and in large print for whoever wants it."), changed="All eight partners send letters in plain words; large print is one tick."),
    Said(160, "Why can the school nurse not come to the community centre in Harbour, where we all go anyway?", Seat.LIVED, Route.PHONE, "joan", after=18,
         answer=(Verdict.PARTLY, "The school nurse should come to Harbour.", "She comes every second Thursday. Every week would take her away from Mill Town."), changed="The school nurse is in Harbour every second Thursday."),
    Said(120, "You should pay for taxis for everybody.", None, after=9,
         answer=(Verdict.NOT, "Taxis should be paid for everybody.", "It would cost more than all home visits together. Whoever cannot use a bus can have a taxi: ask any worker.")),
    Said(75, "The last bus to North End leaves at six. The evening group starts at half past five.", Seat.CARER, forum="getting_about", after=8,
         answer=(Verdict.ADOPTED, "The last bus to North End is too early for the evening group.", "The council pays for two later buses from January.")),
    Said(60, "Please hold the group in the morning as well. After work I have to look after my father.", Seat.CARER, Route.PAPER, "joan", "getting_about", after=15,
         answer=(Verdict.PARTLY, "The group should meet in the morning too.", "A morning group starts in spring, if six people want to come.")),
    Said(41, "At the hospital nobody told me whom to ring at the weekend.", Seat.LIVED, Route.IN_PERSON, "megan", after=20,
         answer=(Verdict.ADOPTED, "Nobody says whom to ring at the weekend.", "A card with one number goes home with everybody.")),
    Said(22, "Can we see who is on the board? I did not know that somebody like me could be.", Seat.YOUNG, after=6,
         answer=(Verdict.ADOPTED, "People do not know who sits on the board.", "Names and how to join go on the public page, and two seats are kept for under 25s.")),
    Said(16, "The waiting room at the surgery is so loud that my son will not go in.", Seat.CARER),
    Said(9, "Text messages instead of calls, please. I am deaf.", Seat.LIVED),
    Said(3, "The bus shelter at Harbour Road has no light.", None, forum="getting_about"),
)
EVENINGS = (
    Said(170, "There is nowhere to sit that is warm and free.", Seat.YOUNG), Said(150, "Nobody from North End was asked. We live there.", Seat.COMMUNITY), Said(131, "We were told the skate park would open in May.", Seat.YOUNG, Route.IN_PERSON, "grace"),
    Said(110, "The police move us on from the square and then there is nowhere else.", Seat.YOUNG, after=64, answer=(Verdict.NOT, "Young people are moved on from the square.", "This is not the partnership's to decide.")),
    Said(92, "Why are the meetings at eleven in the morning? We are at school.", Seat.YOUNG, Route.PAPER, "grace"), Said(70, "Who decided about the lights? There was a survey and then we never heard again.", Seat.COMMUNITY),
    Said(48, "My daughter came to your forum and nobody spoke to her.", Seat.CARER, Route.PHONE, "joan"), Said(12, "Is anybody reading this?", Seat.YOUNG),
)
HOME = (
    Said(55, "Mum came home on a Friday with nothing in the fridge.", Seat.CARER, Route.PHONE, "joan", after=12,
         answer=(Verdict.ADOPTED, "People come home to an empty fridge.", "Homelink shops for whoever is alone, before they come home.")),
    Said(19, "The same questions on the ward, from the council and at home.", Seat.LIVED, Route.PAPER, "megan"),
)


def tell_of_voices(made: Tarnside, partnerships: Mapping[str, int], *, at: datetime) -> list[str]:
    """
    1. Each lead brings in who lives here, opens forums, counts who takes part and who spoke, and claims a rung.
    2. People say things; some by telephone or on paper, typed in by a worker.
    3. The healthy partnership answers nearly all, and says what changed; the other claims a high rung and answers one in eight.
    """
    together, evenings, home = (partnerships[key] for key in ("together", "evenings", "home"))
    forums = _forums_together(made, together, at)
    _forums_evenings(made, evenings, at)
    for partnership, lead, sayings in ((together, "sunita", TOGETHER), (evenings, "moira", EVENINGS), (home, "megan", HOME)):
        for said in sayings:
            _say(made, partnership, lead, said, forums, at)
    return ["what people said to the partnerships, and what became of it"]


def _forums_together(made: Tarnside, partnership: int, at: datetime) -> dict[str, int]:
    today = london_day(at)
    with made.acting("sunita", at=at) as by:
        _population(by, partnership, at)
        board = _forum(by, partnership, NewForum(ForumKind.BOARD, "Tarnside Together board", "Decides what the partnership does and what it spends. Eight seats are held by people who use services and by carers.", today - timedelta(days=300), None, 15), at)
        consultation = _forum(by, partnership, NewForum(ForumKind.CONSULTATION, "Getting about after six", "Buses, lifts and light: how people come to what is offered in the evening.", today - timedelta(days=90), today + timedelta(days=20)), at)
        actions.record_profile(by=by, forum_id=board, taken_on=today - timedelta(days=30), counts=BOARD, key=uuid.uuid4(), at=at)
        actions.record_profile(by=by, forum_id=consultation, taken_on=today - timedelta(days=5), counts=CONSULTED, key=uuid.uuid4(), at=at)
        actions.claim_rung(by=by, forum_id=board, claim=Claim(Rung.PARTNERSHIP, 8, 24, False, "Terms of reference, section 4: eight of 24 votes."), at=at)
        actions.claim_rung(by=by, forum_id=consultation, claim=Claim(Rung.CONSULTATION), at=at)
        for days, label in ((150, "June board"), (88, "September board"), (25, "November board")):
            counts = [
                SeatCount(Seat.PROFESSIONAL, (14, 11, 9, 8, 8, 6, 5, 4, 4, 3, 2, 1, 1, 0), 1, 7, 5), SeatCount(Seat.ELECTED, (9, 3), 0, 1, 1),
                SeatCount(Seat.LIVED, (9, 7, 5, 2, 0), 3, 4, 2), SeatCount(Seat.CARER, (6, 4, 1), 2, 2, 1),
            ]
            actions.record_sitting(by=by, forum_id=board, label=label, held_on=today - timedelta(days=days), counts=counts, key=uuid.uuid4(), at=at)
    return {"board": board, "getting_about": consultation}


def _forums_evenings(made: Tarnside, partnership: int, at: datetime) -> None:
    today = london_day(at)
    with made.acting("moira", at=at) as by:
        _population(by, partnership, at)
        forum = _forum(by, partnership, NewForum(ForumKind.PANEL, "Young people’s forum", "Young people decide what happens in the evening.", today - timedelta(days=320)), at)
        actions.record_profile(by=by, forum_id=forum, taken_on=today - timedelta(days=60), counts=YOUTH_FORUM, key=uuid.uuid4(), at=at)
        actions.claim_rung(by=by, forum_id=forum, claim=Claim(Rung.DELEGATED_POWER, 0, 0, False, "Our strategy says that young people lead."), at=at)
        for days, label in ((130, "Summer forum"), (67, "Autumn forum")):
            counts = [SeatCount(Seat.PROFESSIONAL, (31, 18, 9, 6, 2, 0), 0, 9, 9), SeatCount(Seat.YOUNG, (2, 0, 0, 0, 0, 0, 0), 0, 3, 0), SeatCount(Seat.COMMUNITY, (0,) * 14, 4, 2, 0)]
            actions.record_sitting(by=by, forum_id=forum, label=label, held_on=today - timedelta(days=days), counts=counts, key=uuid.uuid4(), at=at)


def _population(by: Actor, partnership: int, at: datetime) -> None:
    rows = [PopulationRow(characteristic, group, people, CENSUS, CENSUS_DAY) for characteristic, groups in POPULATION.items() for group, people in groups.items()]
    actions.bring_in_population(by=by, partnership_id=partnership, rows=rows, key=uuid.uuid4(), at=at)


def _forum(by: Actor, partnership: int, new: NewForum, at: datetime) -> int:
    return actions.open_forum(by=by, partnership_id=partnership, new=new, key=uuid.uuid4(), at=at)


def _say(made: Tarnside, partnership: int, lead: str, said: Said, forums: Mapping[str, int], at: datetime) -> None:
    when = at - timedelta(days=said.days)
    new = NewContribution(said.route, said.words, when, queries.due_for("england", when, REPLY_DAYS), forums.get(said.forum), said.seat, said.route is not Route.PHONE)
    if said.typed_by:
        with made.acting(said.typed_by, at=when) as by:
            actions.type_in(by=by, partnership_id=partnership, new=new, key=uuid.uuid4(), at=when)
    else:
        actions.have_your_say(partnership_id=partnership, new=new, key=uuid.uuid4(), at=when)
    if said.answer is None:
        return
    verdict, heard, why = said.answer
    answered = when + timedelta(days=said.after)
    by_when = None if verdict is Verdict.NOT else london_day(answered) + timedelta(days=110)
    with made.acting(lead, at=answered) as by:
        found = next(one for one in queries.waiting(partnership) if one.words == said.words)
        actions.answer(by=by, contribution_id=found.pk, answer=Answer(verdict, heard, why, by_when), key=uuid.uuid4(), at=answered)
        if said.changed:
            actions.say_what_changed(by=by, contribution_id=found.pk, what=said.changed, done_on=london_day(answered) + timedelta(days=25), key=uuid.uuid4(), at=answered + timedelta(days=25))
