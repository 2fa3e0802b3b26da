"""What of the books goes back to whom, and what in them is still open, when a partnership ends or a partner leaves."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from alongside.common import database
from alongside.open_book.facts import NOTHING, Way
from alongside.open_book.rules.winding_up import goes_back
from alongside.partnerships.facts import GoesBack, Resource

RESOURCES = {Way.PREMISES: Resource.PREMISES, Way.DATA: Resource.INFORMATION, Way.GOODS: Resource.GOODS}
STILL_IN_THE_BOOKS = """
SELECT 'question', NULL::bigint, count(*)::int, min(q.due_on)::timestamptz, '' FROM line_query q WHERE q.partnership_id = %(place)s AND q.answered_at IS NULL HAVING count(*) > 0
UNION ALL SELECT 'not_come', NULL, count(*)::int, min(c.due_on)::timestamptz, sum(c.amount - c.came)::text FROM (
        SELECT c.due_on, c.amount, coalesce((SELECT sum(r.amount) FROM receipt r WHERE r.contribution_id = c.id), 0) AS came FROM contribution c WHERE c.partnership_id = %(place)s) c WHERE c.amount > c.came HAVING count(*) > 0
UNION ALL SELECT 'period', d.id, 1, d.last::timestamptz, d.name FROM accounting_period d WHERE d.partnership_id = %(place)s AND d.status <> 'closed'
"""
"""One question for what the books still owe an answer to (see `alongside.partnerships.queries.waiting`)."""

_PUT_IN = """
SELECT 'came', coalesce(c.fund_id, 0), c.agency_id, sum(r.amount), '' FROM receipt r JOIN contribution c ON c.id = r.contribution_id AND c.way = 'cash' WHERE r.partnership_id = %(place)s GROUP BY 2, 3
UNION ALL SELECT 'spent', coalesce(k.fund_id, 0), 0, sum(l.amount), '' FROM spend_line l LEFT JOIN cost_centre k ON k.id = l.cost_centre_id WHERE l.partnership_id = %(place)s GROUP BY 2
UNION ALL SELECT 'fund', f.id, h.agency_id, h.percent, f.name FROM pooled_fund f JOIN pooled_share h ON h.fund_id = f.id WHERE f.partnership_id = %(place)s
UNION ALL SELECT c.way, 0, c.agency_id, c.amount, c.what FROM contribution c JOIN accounting_period d ON d.id = c.period_id AND d.last >= %(day)s WHERE c.partnership_id = %(place)s AND c.way IN ('premises', 'data', 'goods')
 ORDER BY 1, 2, 3
"""


def what_goes_back(partnership_id: int, *, day: date, agency_id: int | None = None) -> tuple[GoesBack, ...]:
    """Money that came and was not spent, to the penny, and premises, data and goods that are lent for the time being; of one agency, or of all."""
    rows = database.rows(_PUT_IN, place=partnership_id, day=day)
    came: dict[int, dict[int, Decimal]] = defaultdict(dict)
    shares: dict[int, dict[int, Decimal]] = defaultdict(dict)
    spent = {fund: amount for what, fund, _, amount, _ in rows if what == "spent"}
    names = {fund: name for what, fund, _, _, name in rows if what == "fund"}
    for what, fund, agency, amount, _ in rows:
        if what in ("came", "fund"):
            (came if what == "came" else shares)[fund][agency] = amount
    back = [
        GoesBack(Resource.MONEY, f"Its share of what is left of {names[fund]}" if fund else "Its share of the money that is left", agency, amount)
        for fund, put_in in came.items()
        for agency, amount in goes_back(sum(put_in.values(), NOTHING) - spent.get(fund, NOTHING), shares.get(fund) or put_in).items()
    ]
    back += [GoesBack(RESOURCES[Way(what)], words, agency) for what, _, agency, _, words in rows if what in RESOURCES]
    return tuple(one for one in back if agency_id in (None, one.agency_id))
