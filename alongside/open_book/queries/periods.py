"""Which periods there are, who keeps the books, and what the reader may do with them."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from alongside.agencies.facts import Actor
from alongside.common.decisions import NotKnown
from alongside.open_book.facts import PeriodFacts
from alongside.open_book.models import BookEvent, Period, Treasurer


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the reader may do with a partnership's books: read what they come to, read each line with its papers, keep what their own agency pays and puts in, keep all of them, name the treasurer; and, once the partnership is over too, close what they keep."""

    reads: bool
    lines: bool
    own: bool
    all: bool
    leads: bool
    closes_own: bool
    closes: bool


def keeping(actor: Actor, partnership_id: int) -> Keeping:
    """Asked of the database, which asks again at each door."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %(p)s = ANY (books_shown_to_me() || books_left_to_me()), %(p)s = ANY (books_open_to_me() || books_left_to_me()), keeps_books(%(p)s, %(agency)s), keeps_books(%(p)s, NULL), leads_partnership(%(p)s), "
            "closes_books(%(p)s, %(agency)s), closes_books(%(p)s, NULL)",
            {"p": partnership_id, "agency": actor.agency_id},
        )
        return Keeping(*(bool(one) for one in cursor.fetchone()))


def treasurer(partnership_id: int) -> Treasurer | None:
    return Treasurer.objects.filter(partnership_id=partnership_id, ends__isnull=True).select_related("practitioner__agency").first()


def periods(partnership_id: int) -> list[Period]:
    """Every period, the latest first."""
    return list(Period.objects.filter(partnership_id=partnership_id).select_related("proposed_by__agency", "closed_by__agency").order_by("-first"))


def period(partnership_id: int, period_id: int) -> Period:
    """Raises NotKnown for none."""
    found = Period.objects.filter(partnership_id=partnership_id, pk=period_id).select_related("proposed_by__agency", "closed_by__agency").first()
    if found is None:
        raise NotKnown
    return found


def period_now(found: list[Period], today: date) -> Period | None:
    """The period that holds today, else the latest."""
    return next((one for one in found if one.first <= today <= one.last), found[0] if found else None)


def confirms(period_id: int) -> bool:
    """Whether the reader is one who may close it: they speak for another partner than whoever proposed it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT confirms_closing(%s)", [period_id])
        return bool(cursor.fetchone()[0])


def history(partnership_id: int, *, subject: str = "", subject_id: int | None = None, page: int = 0, many: int = 50) -> list[BookEvent]:
    """Every change, latest first."""
    found = BookEvent.objects.filter(partnership_id=partnership_id)
    if subject:
        found = found.filter(subject=subject, subject_id=subject_id)
    return list(found.select_related("by__agency").order_by("-at", "-pk")[page * many : page * many + many + 1])


def periods_of(partnership_id: int) -> list[PeriodFacts]:
    """The same, as a file of spend is sorted into them."""
    return [PeriodFacts(one.pk, one.name, one.first, one.last, one.status) for one in Period.objects.filter(partnership_id=partnership_id).order_by("first")]
