"""How a partnership of Tarnside ended: decided by its board, carried out by its lead, with what went back to whom; and the paper to a point that is still to be decided."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from alongside.cli.tarnside.accounts import open_years
from alongside.cli.tarnside.partnerships import AgreementCast, PartnershipCast, agree
from alongside.cli.tarnside.setup import AGREEMENT, Tarnside
from alongside.common.london import london_day
from alongside.open_book import actions as books
from alongside.open_book.facts import Spend, Way
from alongside.open_book.models import Period
from alongside.open_book.queries import what_goes_back
from alongside.partnerships import actions as partnerships
from alongside.partnerships.actions import board, complaints, endings, meetings, papers, starting
from alongside.partnerships.facts import Came, CameBy, GoesBack, Level, Mandate, QuorumRule, Resource, Seat, SeatRole
from alongside.partnerships.models import AgendaItem, BoardMember
from alongside.partnerships.queries import partnership
from alongside.partnerships.queries.endings import returns

DAY = timedelta(days=1)
WARM_HOMES = PartnershipCast(
    "warm_homes", "Warm Homes", "nadia", "Nobody in Tarnside sits in a cold room in winter.", ("homelink", "surgery"), 700,
    agreement=AgreementCast(
        replace(AGREEMENT, title="Who is cold at home", why="So that whoever visits can ask for a repair the same day.", who_sees="Those who visit, and the housing officers who send somebody."), ("direct_care",), 200, 100,
    ),
)  # fmt: skip
WAITED = "Ward,People who waited,Days waited on average\nWard 7,14,3.8\nWard 4,9,2.1\nWard 2,11,4.4\n"
SETTLED = "Money that is left goes back as it was put in. Equipment goes back to whoever bought it. Each keeps its own record; lists made for the partnership are deleted within three months."


def tell_of_exits(made: Tarnside, ids: Mapping[str, int], *, at: datetime) -> Iterator[str]:
    with transaction.atomic(), made.acting("megan", at=at) as megan:
        point = AgendaItem.objects.select_related("meeting").get(meeting__partnership_id=ids["home"], title__startswith="The winter grant has ended")
        papers.attach_paper(by=megan, item=point, upload=papers.Upload("waited-on-the-wards.csv", "text/csv", WAITED.encode()), at=at)
    yield "A paper to the point that Home from Hospital decides next week"
    with transaction.atomic():
        end_warm_homes(made, worked_for_two_winters(made, at), at)
    yield "Warm Homes ended today: its board decided it, and what is left goes back"


def worked_for_two_winters(made: Tarnside, at: datetime) -> int:
    since, one = at - WARM_HOMES.days * DAY, WARM_HOMES
    lead = made.practitioners[one.lead]
    with made.acting(one.lead, at=since) as nadia:
        place = partnerships.found_partnership(by=nadia, name=one.name, vision=one.vision, lead_agency_id=lead.agency_id, lead_practitioner_id=lead.pk, guardian_id=None, starts=since.date(), at=since).pk
        partnerships.join(by=nadia, partnership=partnership(place), agency_id=lead.agency_id, front_door_id=None, at=since)
        for agency in one.partners:
            partnerships.join(by=nadia, partnership=partnership(place), agency_id=made.agencies[agency].pk, front_door_id=None, at=since)
        starting.say_why(
            by=nadia, partnership_id=place, kind="local_programme", level=Level.LOCAL, mandate=Mandate.CHOSEN, driver="A fund for two winters.", source="Household support fund", driver_ends=(at - 30 * DAY).date(), at=since
        )
        board.settle_heading(by=nadia, partnership_id=place, heading="exit", text=SETTLED, at=since)
        for who, role in (("nadia", SeatRole.CHAIR), ("peter", SeatRole.SECRETARY), ("sam", SeatRole.MEMBER)):
            sits = made.practitioners[who]
            board.seat_member(by=nadia, partnership_id=place, name=sits.name, seat=Seat.PARTNER, role=role, votes=True, agency_id=sits.agency_id, practitioner_id=sits.pk, at=since)
        board.set_board_rules(by=nadia, partnership_id=place, rule=QuorumRule(2, 2, chair=True), review_on=(at + 90 * DAY).date(), at=since)
    if one.agreement:
        agree(made, place, replace(one, partners=("housing", *one.partners)), one.agreement, at=at, since=since)
    last_year, this_year = open_years(made, place, "nadia", at=at)
    close(made, last_year, at)
    with made.acting("joan", at=at - 26 * DAY) as joan:
        complaints.write_down_complaint(
            by=joan, partnership_id=place, about_id=made.agencies["housing"].pk, came_by=CameBy.TELEPHONE, words="The strips came off after a week, and nobody has come since.", received_on=london_day(at - 26 * DAY), at=at - 26 * DAY,
        )  # fmt: skip
    with made.acting("nadia", at=at) as nadia:
        for agency, way, what, amount in (("housing", Way.CASH, "For the second winter", "6000"), ("homelink", Way.CASH, "Collected by volunteers", "1500"), ("surgery", Way.GOODS, "Twelve room thermometers", "180")):
            said = books.promise(
                by=nadia, partnership_id=place, period_id=this_year.pk, agency_id=made.agencies[agency].pk, way=way, what=what, due_on=min(this_year.first + 20 * DAY, london_day(at)), at=at, amount=Decimal(amount),
            )  # fmt: skip
            books.note_receipt(by=nadia, contribution=said, amount=said.amount, came_on=min(this_year.first + 20 * DAY, london_day(at)))
        spend = Spend(london_day(at), "Homelink Tarnside (charity)", Decimal("4350.50"), "", "WH9", "Draught strips fitted in 61 homes", period_id=this_year.pk)
        books.record_spend(by=nadia, partnership_id=place, agency_id=lead.agency_id, spend=spend, at=at)
    return place


def close(made: Tarnside, period: Period, at: datetime) -> None:
    with made.acting("nadia", at=at) as nadia:
        books.propose_closing(by=nadia, period_id=period.pk, at=at)
    with made.acting("peter", at=at) as peter:
        books.confirm_closing(by=peter, period_id=period.pk, at=at)


def end_warm_homes(made: Tarnside, place: int, at: datetime) -> None:
    when = at - 9 * DAY
    with made.acting("nadia", at=when) as nadia:
        one = meetings.call_meeting(by=nadia, partnership_id=place, name="Warm Homes, last meeting", starts=when, place="Housing office", at=when - 10 * DAY)
        point = meetings.add_to_agenda(by=nadia, meeting=one, title="The fund has ended: go on or stop?", what_for="decision", paper="Housing repairs what is asked for by anybody now. Nothing else is left to do together.", at=when - 10 * DAY)
        meetings.note_attendance(by=nadia, meeting=one, came={sits.pk: (Came.PRESENT, "") for sits in BoardMember.objects.filter(partnership_id=place)}, at=when)
        decision = meetings.decide(
            by=nadia, item=point, words="Warm Homes ends. Each housing officer answers the visitors directly.", why="What was new is everyday work now.", in_favour=2, against=1, abstained=0, ends_partnership=True, at=when
        )
        sam = BoardMember.objects.get(partnership_id=place, practitioner=made.practitioners["sam"])
        meetings.dissent(by=nadia, decision=decision, member=sam, words="One more winter would have shown whether fewer people are ill.", at=when)
        meetings.close_meeting(by=nadia, meeting=one, next_on=None, at=when + timedelta(hours=1))
    with made.acting("nadia", at=at) as nadia:
        back = (*what_goes_back(place, day=london_day(at)), GoesBack(Resource.INFORMATION, "The list of homes visited: each deletes its copy", made.agencies["homelink"].pk))
        endings.end_partnership(
            by=nadia, partnership_id=place, decision=decision, on=london_day(at), reason="The fund has ended, and what was new is everyday work now.", information=SETTLED, returns=back,
            sees_to=endings.SeesTo(made.practitioners["peter"].pk, (at + 60 * DAY).date()), successor_id=made.practitioners["peter"].pk, at=at,
        )  # fmt: skip
    with made.acting("peter", at=at) as peter:
        done = next(line for line in returns(place) if line.kind == Resource.INFORMATION)
        endings.give_back(by=peter, line=done, how="Deleted at Homelink and at Riverside Surgery; both have said so in writing.", at=at)
