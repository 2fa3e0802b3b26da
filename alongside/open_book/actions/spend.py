"""Lines of spend: recorded, allocated, corrected, with the papers behind them; and the questions that partners ask on them."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from json import dumps

from alongside.agencies.facts import Actor
from alongside.common.attachments import Upload, made_safe
from alongside.common.london import london_day
from alongside.common.working_days import Calendar
from alongside.open_book.actions.writing import in_the_books
from alongside.open_book.facts import Spend
from alongside.open_book.models import LineQuery, SpendLine
from alongside.open_book.rules.shares import divided
from alongside.open_book.rules.suppliers import kind_of_supplier
from alongside.partnerships.actions.doors import NotNow, NotYours, through_the_door

DAYS_TO_ANSWER = 10
"""Working days in which a question on a line is answered."""


def record_spend(*, by: Actor, partnership_id: int, agency_id: int, spend: Spend, at: datetime, key: uuid.UUID | None = None) -> int:
    """One payment by a partner for the partnership. Sent twice with one key, it is one line. Gives the line's id."""
    if spend.period_id is None:
        raise NotNow("No open accounting period holds that day.")
    words = {
        "partnership": partnership_id, "agency": agency_id, "period": spend.period_id, "supplier": spend.supplier, "supplier_kind": kind_of_supplier(spend.supplier), "paid_on": spend.paid_on,
        "amount": str(spend.amount), "cost_centre": spend.cost_centre, "reference": spend.reference, "description": spend.description, "submission_key": key,
    }
    return int(through_the_door(by, "record_spend(%s, %s)", dumps(words, default=str), at))


def correct_spend(*, by: Actor, line_id: int, period_id: int, day: date, reason: str, at: datetime, amount: Decimal | None = None, cost_centre: str = "") -> int:
    """A line is taken back by its exact opposite in an open period; with an amount, the right line stands beside it. Gives the reversing line's id; twice, it is one."""
    return int(through_the_door(by, "correct_spend(%s, %s, %s, %s, %s, %s, %s)", line_id, period_id, day, reason, amount, cost_centre, at))


def allocate(*, by: Actor, line: SpendLine, weights: Mapping[str, Decimal], at: datetime) -> tuple[Decimal, ...]:
    """A line is divided among objectives by weights, to the penny. Gives the parts, in the order of the weights."""
    try:
        parts = divided(line.amount, list(weights.values()))
    except ValueError as no:
        raise NotNow(str(no)) from None
    rows = [{"objective": code, "amount": str(part)} for code, part in zip(weights, parts, strict=True) if weights[code]]
    through_the_door(by, "allocate_line(%s, %s, %s)", line.pk, dumps(rows), at)
    return parts


def attach(*, by: Actor, line_id: int, upload: Upload, at: datetime) -> uuid.UUID:
    """The paper behind a line, checked like any attachment and kept without what it says of whoever made it. Raises NotSafe. Attached twice, it is one."""
    safe = made_safe(upload)
    digest = sha256(safe.content).hexdigest()
    return uuid.UUID(str(through_the_door(by, "attach_to_line(%s, %s, %s, %s, %s, %s, %s)", line_id, uuid.uuid4(), safe.name, safe.content_type, digest, safe.content, at)))


def ask(*, by: Actor, line: SpendLine, question: str, area: str, at: datetime, key: uuid.UUID | None = None) -> LineQuery:
    """Any partner asks on any line; whoever paid it has ten working days."""
    if key and (found := LineQuery.objects.filter(submission_key=key, asked_by_id=by.practitioner_id).first()):
        return found
    due = Calendar.of(area).add_working_days(london_day(at), DAYS_TO_ANSWER)
    with in_the_books(by):
        return LineQuery.objects.create(
            partnership_id=line.partnership_id, line=line, agency_id=line.agency_id, question=question.strip(), asked_by_id=by.practitioner_id, asked_at=at, due_on=due, submission_key=key
        )


def answer(*, by: Actor, query_id: int, words: str, at: datetime) -> None:
    """Whoever keeps the books of the agency that paid answers, once; what was said stays. Answered by somebody meanwhile, nothing is written over."""
    found = LineQuery.objects.filter(pk=query_id).first()
    if found and found.answered_at:
        if found.answered_by_id == by.practitioner_id and found.answer == words.strip():
            return
        raise NotNow("Somebody has answered it meanwhile.")
    with in_the_books(by):
        if not LineQuery.objects.filter(pk=query_id, answered_at__isnull=True).update(answer=words.strip(), answered_by_id=by.practitioner_id, answered_at=at):
            raise NotYours("Whoever keeps the books of the agency that paid answers for it.")
