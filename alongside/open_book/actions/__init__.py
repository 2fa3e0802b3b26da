"""Writes of the books. The database holds who may, that closed periods stay closed, that parts add up, and that every change leaves a trace."""

from alongside.common.attachments import NotSafe, Upload
from alongside.open_book.actions.benefits import record_benefit
from alongside.open_book.actions.imports import NotASpendFile, SpendFile, discard_spend, finish_spend, look_through, open_missing_years, periods_of, read_spend
from alongside.open_book.actions.periods import confirm_closing, give_back, name_treasurer, open_period, propose_closing, publish, send_back
from alongside.open_book.actions.plan import add_objective, judge_supplier, make_fund, note_receipt, promise, set_budget, set_cost_centre
from alongside.open_book.actions.spend import allocate, answer, ask, attach, correct_spend, record_spend
from alongside.partnerships.actions import NotNow, NotYours

__all__ = [
    "NotASpendFile", "NotNow", "NotSafe", "NotYours", "SpendFile", "Upload", "add_objective", "allocate", "answer", "ask", "attach", "confirm_closing", "correct_spend", "discard_spend", "finish_spend", "give_back",
    "judge_supplier", "look_through", "make_fund", "name_treasurer", "note_receipt", "open_missing_years", "open_period", "periods_of", "promise", "propose_closing", "publish", "read_spend", "record_benefit",
    "record_spend", "send_back", "set_budget", "set_cost_centre",
]  # fmt: skip
