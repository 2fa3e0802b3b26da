"""How Tarnside's partnerships are governed: why each runs, what was signed, who sits on the board, what it decided, what may go wrong, and what is claimed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from alongside.agencies.facts import Actor
from alongside.cli.tarnside.own_side import own_token
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.london import LONDON
from alongside.confidentiality.gate import acting
from alongside.partnerships.actions import benefits, board, duties, meetings, objectives, risks, starting, visions
from alongside.partnerships.facts import Answer, Came, Finding, Grade, Level, Mandate, Nature, ObjectiveFacts, QuorumRule, Seat, SeatRole, WhoBenefits
from alongside.partnerships.models import BoardMember, Meeting, Objective

DAY = timedelta(days=1)
REASONS = {
    "together": ("sunita", "local_programme", Level.LOCAL, Mandate.CHOSEN, "Three reviews found the same: each agency held a piece, and nobody put the pieces together.", "Tarnside children's review, 2024", None),
    "home": ("megan", "section_75", Level.NATIONAL, Mandate.CHOSEN, "A winter grant pays for a team that brings people home the day they are fit.", "NHS Act 2006 section 75; winter grant", -30),
    "evenings": ("moira", "local_programme", Level.INDIVIDUAL, Mandate.CHOSEN, "A sergeant and a head teacher wanted somewhere for young people to be after school.", "Safer streets fund", -400),
    "one_view": ("nadia", "local_programme", Level.INDIVIDUAL, Mandate.CHOSEN, "A supplier offers a screen that shows all that is known about every family.", "A supplier's offer", None),
}
SEATS = (
    ("megan", SeatRole.CHAIR), ("moira", SeatRole.VICE_CHAIR), ("sunita", SeatRole.SECRETARY), ("peter", SeatRole.MEMBER), ("grace", SeatRole.MEMBER), ("kofi", SeatRole.MEMBER), ("ruth", SeatRole.MEMBER),
    ("nadia", SeatRole.MEMBER), ("sam", SeatRole.MEMBER),
)
SIGNATORIES = ("priya", "megan", "ruth", "kofi", "sam", "grace", "moira", "peter", "nadia")
FIRST_VISION = "Every child, family and older person in Tarnside tells their story once and is helped by people who know what they need to know."
HEADINGS = {
    "money": "Each partner pays for its own staff. The council holds a fund of £40,000 for what is shared. The board moves up to £5,000 between lines; more than that goes to those who pay.",
    "performance": "The board reports to the health and wellbeing board every year and publishes what it reports. Somebody independent reads the minutes and asks questions in public.",
}


@dataclass(frozen=True, slots=True)
class Aim:
    """One objective of the demo: who answers for it, how many days ago it began and by when, and what was measured how many days ago."""

    title: str
    outcome: str
    unit: str = ""
    owner: str = ""
    baseline: int | None = None
    target: int | None = None
    began: int = 300
    until: int = 200
    measured: tuple[tuple[int, str], ...] = ()


AIMS = (
    Aim("Worries are answered in time", "Whoever passes on a worry hears what became of it before it is too late.", "% answered in time", "priya", 61, 90, measured=((240, "64"), (180, "70"), (120, "74.5"), (60, "80"), (10, "81"))),
    Aim("Home on the day one is fit", "Nobody stays in hospital because nobody told anybody.", "days waited, on average", "megan", 4, 1, measured=((200, "4.1"), (100, "3.9"), (15, "3.8"))),
    Aim("No child is met unprepared", "Schools know of the night before the day begins.", "% of nights told before school", "grace", 20, 85, measured=((150, "55"), (30, "88"))),
    Aim("Families tell their story once", "Nobody asks again what has been answered.", "questions asked twice", "ruth", None, None),
    Aim("People trust us with what matters", ""),
)


def at_two(day: datetime) -> datetime:
    """A board meets in the afternoon, whenever the demo is set up."""
    return day.astimezone(LONDON).replace(hour=14, minute=0, second=0, microsecond=0)


def govern(made: Tarnside, ids: Mapping[str, int], *, at: datetime) -> Iterator[str]:
    """Each step yields what it did. `ids` are the partnerships by the cast's own names; those that are not there are left out."""
    for key, place in ids.items():
        with transaction.atomic():
            reasons(made, key, place, at)
    yield "Why each partnership runs"
    with transaction.atomic():
        found = together(made, ids["together"], at)
    yield "Tarnside Together: vision, objectives, board, meetings, risks, roles, benefits"
    with transaction.atomic():
        wishes(made, found, at)
    yield "What each body hopes, fears and ranks first"
    if "evenings" in ids:
        with transaction.atomic():
            evenings(made, ids["evenings"], at)
            home(made, ids["home"], at)
        yield "Safer Evenings meets with few, and Home from Hospital has no quorum next week"


def reasons(made: Tarnside, key: str, place: int, at: datetime) -> None:
    who, kind, level, mandate, driver, source, ends = REASONS[key]
    with made.acting(who, at=at) as by:
        starting.say_why(
            by=by, partnership_id=place, kind=kind, level=level, mandate=mandate, driver=driver, source=source, driver_ends=(at + ends * DAY).date() if ends else None, at=at - 320 * DAY
        )
        if key in ("together", "home"):
            starting.fill_post(by=by, partnership_id=place, post="chair", holder="Megan Price, Social worker", agency_id=made.practitioners["megan"].agency_id, at=at - 310 * DAY)


def together(made: Tarnside, place: int, at: datetime) -> list[Objective]:
    with made.acting("sunita", at=at - 300 * DAY) as by:
        found = [aim(made, by, place, one, at) for one in AIMS[:3]]
        first = visions.propose_vision(by=by, partnership_id=place, text=FIRST_VISION, at=at - 300 * DAY)
        visions.open_vision(by=by, vision=first, signatories=signatories(made), at=at - 295 * DAY)
    for days, who in enumerate(SIGNATORIES, start=2):
        with made.acting(who, at=at - (295 - 3 * days) * DAY) as by:
            visions.answer_vision(by=by, vision=first, answer=Answer.SIGNED, at=at - (295 - 3 * days) * DAY)
    with made.acting("sunita", at=at) as by:
        found += [aim(made, by, place, one, at) for one in AIMS[3:]]
        second = visions.propose_vision(by=by, partnership_id=place, text=f"{FIRST_VISION[:-1]}, and can see who looked and why.", at=at - 40 * DAY)
        settle(made, by, place, at)
        watch(by, place, at)
        claims(by, place, at)
    with made.acting("grace", at=at - 35 * DAY) as by:
        wanted = "Every child, family and older person in Tarnside tells their story once, to somebody they trust, and can see who looked and why."
        visions.remark(by=by, vision=second, words="Children do not read it. Say whom they talk to.", wording=wanted, at=at - 35 * DAY)
    with made.acting("sunita", at=at - 20 * DAY) as by:
        visions.open_vision(by=by, vision=second, signatories=signatories(made), at=at - 20 * DAY)
    answers = (("priya", Answer.SIGNED, "", 15), ("ruth", Answer.SIGNED, "", 12), ("peter", Answer.CONDITIONAL, "If volunteers' hours are counted as what we put in.", 9), ("sam", Answer.SIGNED, "", 4))
    for who, answer, words, ago in answers:
        with made.acting(who, at=at - ago * DAY) as by:
            visions.answer_vision(by=by, vision=second, answer=answer, words=words, at=at - ago * DAY)
    meet(made, place, at)
    return found


def signatories(made: Tarnside) -> dict[int, int]:
    return {made.practitioners[who].agency_id: made.practitioners[who].pk for who in SIGNATORIES}


def aim(made: Tarnside, by: Actor, place: int, one: Aim, at: datetime) -> Objective:
    owner = made.practitioners[one.owner] if one.owner else None
    words = ObjectiveFacts(
        one.title, one.outcome, one.unit, None if one.baseline is None else Decimal(one.baseline), None if one.baseline is None else (at - one.began * DAY).date(),
        None if one.target is None else Decimal(one.target), (at + one.until * DAY).date() if one.owner else None, owner.agency_id if owner else None, owner.pk if owner else None,
    )
    made_one = objectives.add_objective(by=by, partnership_id=place, words=words, at=at - one.began * DAY)
    for ago, value in one.measured:
        objectives.add_reading(by=by, objective=made_one, on=(at - ago * DAY).date(), value=Decimal(value), at=at - ago * DAY)
    return made_one


def settle(made: Tarnside, by: Actor, place: int, at: datetime) -> None:
    """The board and its rules, the eight headings but one, who decides what, who answers for what."""
    then = at - 280 * DAY
    for who, role in SEATS:
        sits = made.practitioners[who]
        board.seat_member(by=by, partnership_id=place, name=sits.name, seat=Seat.PARTNER, role=role, votes=True, agency_id=sits.agency_id, practitioner_id=sits.pk, at=then)
    board.seat_member(by=by, partnership_id=place, name="Dev Shah", seat=Seat.LIVED, role=SeatRole.MEMBER, votes=True, at=then)
    board.seat_member(by=by, partnership_id=place, name="Professor Ann Lowe", seat=Seat.INDEPENDENT, role=SeatRole.MEMBER, votes=False, at=then)
    board.set_board_rules(by=by, partnership_id=place, rule=QuorumRule(5, 3, chair=True), review_on=(at + 80 * DAY).date(), at=then)
    for heading, text in HEADINGS.items():
        board.settle_heading(by=by, partnership_id=place, heading=heading, text=text, at=then)
    board.add_decision_right(by=by, partnership_id=place, what="Spending from the shared fund up to £5,000", decides="The chair", delegated_to="Sunita Rao", limits="Reported to the next meeting.", at=then)
    board.add_decision_right(by=by, partnership_id=place, what="Letting an agency join", decides="The board", delegated_to="", limits="Two thirds of those there.", at=then)
    agencies = made.agencies
    for name, source, holders in (
        ("Answer what comes in out of hours", "Children Act 1989 section 47", (("children", "accountable"), ("police", "does"))),
        ("Tell the school before the day begins", "Decision of the board", (("police", "accountable"), ("school", "informed"))),
        ("Bring medicines home after hospital", "", (("hospital", "does"), ("homelink", "does"))),
        ("Find a home after an eviction", "Housing Act 1996 part 7", (("housing", "accountable"), ("children", "accountable"))),
    ):
        duty = duties.add_duty(by=by, partnership_id=place, name=name, source=source, at=then)
        for agency, part in holders:
            duties.hold_duty(by=by, duty=duty, agency_id=agencies[agency].pk, part=part, at=then)
    duties.add_task(by=by, partnership_id=place, task="Change a simple dressing", must="District nurse", may="Support worker who has been shown how", cover="Practice nurse", competence="Watched three times by a nurse", at=then)
    duties.add_task(by=by, partnership_id=place, task="Decide whether a child is at risk of significant harm", must="Social worker", may="", cover="", competence="", at=then)


def watch(by: Actor, place: int, at: datetime) -> None:
    started = at - 250 * DAY
    codes = ("unclear_aims", "lost_information", "breached_confidence", "costly", "blurred_roles", "tokenism", "loud_voices")
    risks.start_with_barriers(by=by, partnership_id=place, codes=codes, next_review=(at + 30 * DAY).date(), at=started)
    risks.raise_risk(
        by=by, partnership_id=place, title="The shared fund ends with the year", what="Two partners have not said whether they pay again.", likelihood=3, impact=3,
        mitigation="Ask both by the autumn; plan a smaller programme meanwhile.", next_review=(at - 20 * DAY).date(), owner_id=by.practitioner_id, at=started,
    )


def claims(by: Actor, place: int, at: datetime) -> None:
    benefits.start_with_claims(by=by, partnership_id=place, codes=("fewer_admissions", "confident_experts", "erased_boundaries", "story_once", "more_eyes", "meetings_cost"), at=at - 200 * DAY)
    own = benefits.claim_benefit(by=by, partnership_id=place, harm=False, level=WhoBenefits.PRACTITIONER, words="Whoever passes on a worry hears what became of it.", at=at - 190 * DAY)
    benefits.add_evidence(
        by=by, benefit=own, grade=Grade.BEFORE_AFTER, finding=Finding.SUPPORTS, words="Answered in time: 61% at the start, 81% this month, of about 120 a month. Nobody to compare with.",
        source="Objective “Worries are answered in time”", at=at - 10 * DAY,
    )


def meet(made: Tarnside, place: int, at: datetime) -> None:
    """Leah takes her seat; two meetings with their minutes; one called for next week; a dispute with the chair and one that was settled."""
    with made.acting("sunita", at=at - 275 * DAY) as by:
        code = board.new_code()
        leah = board.seat_member(by=by, partnership_id=place, name="Leah Turner", seat=Seat.LIVED, role=SeatRole.MEMBER, votes=True, code=code, at=at - 275 * DAY)
    with acting(own_token(made, "leah"), at=at - 270 * DAY):
        board.claim_seat(code=code, at=at - 270 * DAY)
    with made.acting("megan", at=at - 100 * DAY) as by:
        members = {one.name: one for one in BoardMember.objects.filter(partnership_id=place, ended_at=None)}
        minuted(made, by, place, members, at - 190 * DAY, "Board, spring", ("Dr Sam Patel", "Kofi Mensah"))
        minuted(made, by, place, members, at - 98 * DAY, "Board, summer", ("Dr Sam Patel",))
        coming = meetings.call_meeting(by=by, partnership_id=place, name="Board, winter", starts=at_two(at + 6 * DAY), place="Town Hall, room 2, step-free. By telephone: 01632 960 190", at=at - 12 * DAY)
        paper = "Version 2 of the vision adds that people can see who looked. Four bodies have not answered. Homelink signs if volunteers' hours are counted."
        meetings.add_to_agenda(by=by, meeting=coming, title="Sign the vision, or say why not", what_for="discussion", paper=paper, at=at - 10 * DAY)
        meetings.add_to_agenda(by=by, meeting=coming, title="A travel fund for people who take part", what_for="decision", paper="£600 a year from the shared fund, so that nobody stays away for a bus fare.", at=at - 10 * DAY)
    with acting(own_token(made, "leah"), at=at - 8 * DAY) as by:
        meetings.add_to_agenda(by=by, meeting=coming, member_id=leah.pk, title="Letters that one can read", what_for="discussion", paper="I got four letters last month and understood one.", at=at - 8 * DAY)
    with made.acting("peter", at=at - 10 * DAY) as by:
        board.declare_interest(by=by, member=members["Peter Lund"], nature=Nature.MONEY, what="Homelink is paid by the council for home support.", at=at - 10 * DAY)
        duties.raise_dispute(
            by=by, partnership_id=place, against_id=made.agencies["hospital"].pk, what="Who brings medicines home when a ward discharges after six in the evening?", acts_meanwhile_id=made.agencies["homelink"].pk,
            at=at - 10 * DAY,
        )
    with made.acting("nadia", at=at - 120 * DAY) as by:
        settled = duties.raise_dispute(
            by=by, partnership_id=place, against_id=made.agencies["children"].pk, what="Who pays for the first night after an eviction with children?", acts_meanwhile_id=made.agencies["housing"].pk,
            at=at - 120 * DAY,
        )
        duties.settle_dispute(by=by, dispute=settled, settlement="Housing pays; children's services pays it back where a child is in need.", at=at - 114 * DAY)


def minuted(made: Tarnside, by: Actor, place: int, members: Mapping[str, BoardMember], when: datetime, name: str, absent: tuple[str, ...]) -> Meeting:
    """One meeting from agenda to minutes, with a decision on which somebody takes no part, dissent, and two actions, one of them done."""
    one = meetings.call_meeting(by=by, partnership_id=place, name=name, starts=when, place="Town Hall, room 2", at=when - 20 * DAY)
    point = meetings.add_to_agenda(by=by, meeting=one, title="Who visits at home after hospital", what_for="decision", paper="Homelink offers ten visits a week until spring.", at=when - 10 * DAY)
    meetings.note_attendance(by=by, meeting=one, came={sits.pk: (Came.APOLOGIES if sits.name in absent else Came.PRESENT, "") for sits in members.values()}, at=when)
    meetings.declare_conflict(by=by, item=point, member=members["Peter Lund"], what="Homelink would be paid for it.", at=when)
    meetings.minute_discussion(by=by, item=point, words="The ward wants visits on the first evening. Leah asked whether people may choose who comes.", at=when)
    decision = meetings.decide(by=by, item=point, words=f"Ten visits a week until the next meeting ({name.lower()}); people choose who comes.", why="It is the first evening that goes wrong.", in_favour=7, against=1, abstained=0, at=when)
    meetings.dissent(by=by, decision=decision, member=members["Nadia Rossi"], words="We buy more of what we have not measured.", at=when)
    action = meetings.take_on(by=by, item=point, what="Write to every ward who to ring.", owner=members["Kofi Mensah"], due=(when + 14 * DAY).date(), at=when)
    meetings.finish_action(by=by, action=action, how="Done on all wards.", at=when + 10 * DAY)
    meetings.take_on(by=by, item=point, what=f"Count how many were visited on the first evening ({name.lower()}).", owner=members["Ruth Ellis"], due=(when + 90 * DAY).date(), at=when)
    meetings.close_meeting(by=by, meeting=one, next_on=(when + 92 * DAY).date(), at=when + timedelta(hours=2))
    return one


def wishes(made: Tarnside, found: list[Objective], at: datetime) -> None:
    """What some bodies gain or fear, and in which order they would take the objectives."""
    place = found[0].partnership_id
    for who, order in (("priya", (0, 2, 3, 1, 4)), ("megan", (1, 0, 3, 2, 4)), ("grace", (2, 0, 4, 3, 1)), ("peter", (1, 3, 0, 4, 2))):
        with made.acting(who, at=at - 30 * DAY) as by:
            objectives.rank_objectives(by=by, partnership_id=place, order=[found[one].pk for one in order], at=at - 30 * DAY)
    for who, which, gains, fears, conflict in (
        ("peter", 1, "Volunteers know whom they visit.", "That visits replace nurses.", "More discharges bring us more paid visits."), ("kofi", 1, "Beds are free sooner.", "People come back because they left too soon.", ""),
        ("grace", 2, "We can meet a child with care.", "Knowing more than we can act on.", ""),
    ):
        with made.acting(who, at=at - 30 * DAY) as by:
            objectives.declare_interest_in(by=by, objective=found[which], gains=gains, fears=fears, conflict=conflict, at=at - 30 * DAY)


def evenings(made: Tarnside, place: int, at: datetime) -> None:
    """It says that it is fine: nothing is measured, two of four come, what was taken on is late, and nobody has looked at the risk for a year."""
    with made.acting("moira", at=at) as by:
        aim(made, by, place, Aim("Streets are quiet", "People feel safe.", began=900), at)
        for who, role in (("moira", SeatRole.CHAIR), ("grace", SeatRole.MEMBER), ("nadia", SeatRole.MEMBER), ("peter", SeatRole.MEMBER)):
            sits = made.practitioners[who]
            board.seat_member(by=by, partnership_id=place, name=sits.name, seat=Seat.PARTNER, role=role, votes=True, agency_id=sits.agency_id, practitioner_id=sits.pk, at=at - 900 * DAY)
        members = {one.name: one for one in BoardMember.objects.filter(partnership_id=place, ended_at=None)}
        for ago in (400, 300, 200):
            one = meetings.call_meeting(by=by, partnership_id=place, name=f"Evenings group, {(at - ago * DAY):%B %Y}", starts=at - ago * DAY, place="Police station", at=at - (ago + 10) * DAY)
            point = meetings.add_to_agenda(by=by, meeting=one, title="How it goes", what_for="information", at=at - ago * DAY)
            came = {sits.pk: (Came.PRESENT if sits.name in ("Sgt Moira Blake", "Grace Adeyemi") and ago > 200 or sits.name == "Sgt Moira Blake" else Came.ABSENT, "") for sits in members.values()}
            meetings.note_attendance(by=by, meeting=one, came=came, at=at - ago * DAY)
            meetings.minute_discussion(by=by, item=point, words="All goes well.", at=at - ago * DAY)
            meetings.take_on(by=by, item=point, what="Ask young people what they think.", owner=members["Grace Adeyemi"], due=(at - (ago - 60) * DAY).date(), at=at - ago * DAY)
            meetings.close_meeting(by=by, meeting=one, next_on=None, at=at - ago * DAY + timedelta(hours=1))
        risks.start_with_barriers(by=by, partnership_id=place, codes=("unclear_aims", "tokenism"), next_review=(at - 500 * DAY).date(), at=at - 800 * DAY)


def home(made: Tarnside, place: int, at: datetime) -> None:
    """Its board meets next week, and three of five have sent apologies."""
    with made.acting("megan", at=at) as by:
        for who, role in (("megan", SeatRole.CHAIR), ("kofi", SeatRole.MEMBER), ("ruth", SeatRole.MEMBER), ("sam", SeatRole.MEMBER), ("peter", SeatRole.MEMBER)):
            sits = made.practitioners[who]
            board.seat_member(by=by, partnership_id=place, name=sits.name, seat=Seat.PARTNER, role=role, votes=True, agency_id=sits.agency_id, practitioner_id=sits.pk, at=at - 600 * DAY)
        board.set_board_rules(by=by, partnership_id=place, rule=QuorumRule(3, 3, chair=True), review_on=(at + 200 * DAY).date(), at=at - 600 * DAY)
        one = meetings.call_meeting(by=by, partnership_id=place, name="Home from Hospital board", starts=at_two(at + 7 * DAY), place="Ward 7 seminar room", at=at - 15 * DAY)
        meetings.add_to_agenda(by=by, meeting=one, title="The winter grant has ended: go on or stop?", what_for="decision", paper="The grant ended last month. The agreement lapses next month.", at=at - 14 * DAY)
        members = {sits.practitioner_id: sits.pk for sits in BoardMember.objects.filter(partnership_id=place, ended_at=None)}
    for who in ("kofi", "ruth", "sam"):
        with made.acting(who, at=at - 5 * DAY) as by:
            meetings.note_attendance(by=by, meeting=one, came={members[made.practitioners[who].pk]: (Came.APOLOGIES, "")}, at=at - 5 * DAY)
