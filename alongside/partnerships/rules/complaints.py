"""When a complaint to a partnership must be answered, and by whom."""

from datetime import date, timedelta

from alongside.common.rulebook import rule

SINCE = date(2026, 11, 26)
ANSWER_WITHIN = timedelta(days=30)


@rule("PTN-180", since=SINCE)
def answer_due(received_on: date) -> date:
    """A complaint must be answered within thirty days of the day on which it came in, whichever partner it came to.

    Source: a decision of this product, so that one promise holds for all partners; the same days as for a complaint about data (Data Protection Act 2018 s164A).
    Example:
        >>> answer_due(date(2026, 11, 1)).isoformat()
        '2026-12-01'
    """
    return received_on + ANSWER_WITHIN


@rule("PTN-181", since=SINCE)
def may_answer(agency_id: int | None, about_id: int | None) -> bool:
    """A complaint must be answered by somebody who was not involved: never by the partner that it is about.

    Source: what the product's public page promises; Local Authority Social Services and NHS Complaints (England) Regulations 2009, regulation 9, for one answer from several bodies.
    Example:
        >>> may_answer(1, 1), may_answer(1, 2), may_answer(1, None), may_answer(None, 2)
        (False, True, True, False)
    """
    return agency_id is not None and agency_id != about_id
