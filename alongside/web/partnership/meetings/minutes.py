"""The minutes of a meeting as a document: a Word file to circulate and a PDF to keep, in the words and with the counts of the page."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from alongside.common.decisions import NotKnown
from alongside.confidentiality import gate
from alongside.interop.documents import Bullets, Document, Heading, Paragraph, Part, Table
from alongside.partnerships.queries import meetings as reading
from alongside.partnerships.queries.meetings import ItemNow, MeetingNow
from alongside.web.attached import as_document
from alongside.web.design.formats import date_words, plural, when_words
from alongside.web.entrance import board_page
from alongside.web.partnership.at_the_table import at_table
from alongside.web.partnership.governance.forms import SEATS
from alongside.web.partnership.meetings.forms import CAME


@board_page()
def minutes_file(request: HttpRequest, meeting_id: int, form: str) -> HttpResponse:
    """Also before the meeting is closed, as a draft that says so."""
    found = reading.meeting(meeting_id)
    at_table(request, found.meeting.partnership)
    if found.meeting.cancelled_at:
        raise NotKnown
    gate.note(verb="export", purpose="partnership_governance", decision="permit", item=f"meeting:{meeting_id} {form}")
    return as_document(minutes_of(found), form, name=f"minutes-{meeting_id}-{found.meeting.starts:%Y-%m-%d}", at=request.at)


def minutes_of(found: MeetingNow) -> Document:
    one = found.meeting
    where = f". {one.place}" if one.place else ""
    state = f"Closed {when_words(one.closed_at)}" if one.closed_at else "Draft: the meeting is not closed"
    return Document(
        title=f"Minutes: {one.name}", subtitle=f"{one.partnership.name}, {when_words(one.starts)}{where}", foot=f"{one.partnership.name}, {one.name}. {state}.", parts=tuple(parts_of(found)),
    )


def parts_of(found: MeetingNow) -> Iterator[Part]:
    yield Heading("Who was there")
    rows = [[member.name, member.agency.name if member.agency else SEATS[member.seat], came_in_words(found, member.pk)] for member in found.board]
    yield Table("Members of the board", ["Name", "For", "Came"], rows, widths=(4, 5, 4))
    yield Paragraph(
        f"The board could decide: {plural(found.quorum.free_to_vote, 'voting member')} there." if found.quorum.met else f"The board could not decide. Missing: {'; '.join(found.quorum.missing)}."
    )
    for number, point in enumerate(found.items, start=1):
        yield Heading(f"{number}. {point.item.title}")
        yield from point_in_parts(point)
    if found.carried:
        yield Heading("Carried over")
        yield Bullets([f"{row.owner.name}: {row.what} By {date_words(row.due)}, from {row.item.meeting.name}." + (f" Done {date_words(row.done_at)}." if row.done_at else "") for row in found.carried])
    if found.meeting.next_on:
        yield Paragraph(f"The board meets next on {date_words(found.meeting.next_on)}.")


def point_in_parts(point: ItemNow) -> Iterator[Part]:
    if point.item.member:
        yield Paragraph(f"Put down by {point.item.member.name}.")
    if point.papers:
        yield Paragraph(f"Papers: {'; '.join(one.name for one in point.papers)}.")
    for conflict in point.conflicts:
        yield Paragraph(f"{conflict.member.name} declared an interest and took no part: {conflict.what}")
    if point.item.discussion:
        yield Paragraph(point.item.discussion)
    for made in point.decisions:
        row = made.decision
        yield Paragraph(f"Decided: {row.words}", strong=True)
        if row.why:
            yield Paragraph(f"Why: {row.why}")
        ends = " With that the partnership ends." if row.ends_partnership else ""
        yield Paragraph(f"{row.in_favour} in favour, {row.against} against, {row.abstained} abstained, of {row.present} free to vote.{ends}")
        for one in made.dissents:
            yield Paragraph(f"{one.name} dissents: “{one.words}”")
    if point.actions:
        yield Bullets([f"{one.owner.name}: {one.what} By {date_words(one.due)}." + (f" Done: {one.done_how}" if one.done_at else "") for one in point.actions])
    if not (point.decisions or point.item.discussion or point.actions):
        yield Paragraph("Nothing was written down.")


def came_in_words(found: MeetingNow, member_id: int) -> str:
    noted = found.attendance.get(member_id)
    return "Not noted" if noted is None else f"{CAME[noted.came]}: {noted.substitute}" if noted.substitute else CAME[noted.came]
