"""Who complained to Tarnside's partnerships, and how they were answered: one partnership in time, one late or not at all."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.london import london_day
from alongside.partnerships.actions.complaints import answer_complaint, write_down_complaint
from alongside.partnerships.facts import CameBy, Upheld

DAY = timedelta(days=1)
Told = tuple[str, str, CameBy, str, int, tuple[str, int, Upheld, str] | None]
"""Who wrote it down, which partner it is about, how it came, in which words, how many days ago; who answered after how many days, what they found, in which words."""

TOGETHER: tuple[Told, ...] = (
    ("joan", "hospital", CameBy.SPOKEN, "I was sent home at eleven at night and nobody had been told.", 220, ("megan", 12, Upheld.UPHELD, "You should not have been. Since March nobody leaves after eight unless somebody waits at home.")),
    ("amina", "surgery", CameBy.TELEPHONE, "I had to tell the whole story again to the doctor.", 160, ("ruth", 9, Upheld.PARTLY, "The letter had come and was not read. It is now shown when your record is opened.")),
    ("tom", "police", CameBy.PAPER_FORM, "They came to school in uniform and everybody saw.", 120, ("grace", 20, Upheld.UPHELD, "They come in plain clothes from now on, after lessons.")),
    ("peter", "", CameBy.LETTER, "Four letters in one month and I understood one.", 90, ("sunita", 25, Upheld.UPHELD, "There is one letter now, and somebody rings before it comes.")),
    ("priya", "housing", CameBy.EMAIL, "Nobody answers the telephone after three.", 75, ("priya", 44, Upheld.PARTLY, "From January until five. We are sorry that this answer is late.")),
    ("megan", "homelink", CameBy.SPOKEN, "A different person came each week.", 40, ("megan", 8, Upheld.NOT, "We looked: it was the same person but for two weeks of her leave, and you were told of those.")),
)
EVENINGS: tuple[Told, ...] = (
    ("grace", "police", CameBy.SPOKEN, "They talked to my son for an hour and nobody rang me.", 210, ("grace", 70, Upheld.PARTLY, "Somebody should have rung.")),
    ("peter", "police", CameBy.LETTER, "The hall was shut and nobody had said so.", 180, ("peter", 15, Upheld.UPHELD, "We put it on the door now, and on the page.")),
    ("joan", "", CameBy.PAPER_FORM, "We were asked what we want and nothing came of it.", 150, None),
    ("tom", "housing", CameBy.TELEPHONE, "The light in the yard has been out since spring.", 130, None),
    ("lewis", "school", CameBy.SPOKEN, "The list is full before we hear of it.", 100, ("moira", 62, Upheld.NOT, "It is open to all.")),
    ("grace", "", CameBy.EMAIL, "Nobody answers what I write to the group.", 60, None),
)


def complain_of(made: Tarnside, ids: Mapping[str, int], *, at: datetime) -> Iterator[str]:
    """Everything by those who hear and answer it."""
    for place, told in ((ids["together"], TOGETHER), (ids["evenings"], EVENINGS)):
        for one in told:
            tell(made, place, one, at=at)
    yield "Twelve people complained to two partnerships; one of the two answers"


def tell(made: Tarnside, place: int, one: Told, *, at: datetime) -> None:
    who, about, came_by, words, ago, answer = one
    came = at - ago * DAY
    with made.acting(who, at=came) as by:
        about_id = made.agencies[about].pk if about else None
        row = write_down_complaint(by=by, partnership_id=place, about_id=about_id, came_by=came_by, words=words, received_on=london_day(came), at=came)
    if answer:
        answering, after, outcome, reply = answer
        with made.acting(answering, at=came + after * DAY) as by:
            answer_complaint(by=by, complaint=row, outcome=outcome, answer=reply, at=came + after * DAY)
