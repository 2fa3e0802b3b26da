"""Accounting periods: opened, proposed for closing by one, closed by another, published. And who keeps the books."""

from datetime import date, datetime

from django.db import connection

from alongside.agencies.facts import Actor
from alongside.open_book.actions.writing import in_the_books
from alongside.open_book.models import Period
from alongside.partnerships.actions import endings
from alongside.partnerships.actions.doors import NotNow, said_no, through_the_door
from alongside.partnerships.models import ResourceReturn


def open_period(*, by: Actor, partnership_id: int, name: str, first: date, last: date) -> Period:
    """A period of the partnership's books; no day lies in two."""
    if last < first:
        raise NotNow("The last day must not be before the first.")
    overlapping = Period.objects.filter(partnership_id=partnership_id, first__lte=last, last__gte=first).first()
    if overlapping and (overlapping.name, overlapping.first, overlapping.last) == (name.strip(), first, last):
        return overlapping
    if overlapping:
        raise NotNow(f"{overlapping.name} holds some of these days already.")
    if Period.objects.filter(partnership_id=partnership_id, name=name.strip()).exists():
        raise NotNow(f"There is a period called {name.strip()} already.")
    with in_the_books(by):
        return Period.objects.create(partnership_id=partnership_id, name=name.strip(), first=first, last=last)


def propose_closing(*, by: Actor, period_id: int, at: datetime) -> None:
    """The treasurer or the lead says that a period is complete. Every question on its lines is answered first."""
    through_the_door(by, "propose_closing(%s, %s)", period_id, at)


def confirm_closing(*, by: Actor, period_id: int, at: datetime) -> None:
    """Somebody who speaks for another partner closes it, for good."""
    through_the_door(by, "answer_closing(%s, true, %s)", period_id, at)


def send_back(*, by: Actor, period_id: int, at: datetime) -> None:
    """The other partner does not agree yet; the period is open again."""
    through_the_door(by, "answer_closing(%s, false, %s)", period_id, at)


def publish(*, by: Actor, period_id: int, at: datetime) -> None:
    """Everybody can read a closed period from now on; people who were paid are not named."""
    through_the_door(by, "publish_period(%s, %s)", period_id, at)


def give_back(*, by: Actor, line: ResourceReturn, how: str, at: datetime) -> None:
    """A line of an exit plan is done; where it is money, it has left the books too. Said twice in the same words, it is one."""
    with said_no():
        endings.give_back(by=by, line=line, how=how, at=at)
        if line.amount:
            with connection.cursor() as cursor:
                cursor.execute("SELECT book_return(%s, %s)", [line.pk, at])


def name_treasurer(*, by: Actor, partnership_id: int, practitioner_id: int, at: datetime) -> None:
    """The lead names who keeps the books beside them; the former treasurer's time ends."""
    through_the_door(by, "name_treasurer(%s, %s, %s)", partnership_id, practitioner_id, at)
