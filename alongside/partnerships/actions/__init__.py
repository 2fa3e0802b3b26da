"""Writes of a partnership: who belongs, what is agreed and signed, what each partner must know. What is agreed drives what may flow, at once."""

from alongside.partnerships.actions.agreements import (
    Incomplete,
    change_draft,
    comment_on_agreement,
    discard_draft,
    draft_agreement,
    end_agreement,
    open_for_signature,
    refuse_agreement,
    renew_agreement,
    sign_agreement,
    sign_if,
    withdraw_from_agreement,
)
from alongside.partnerships.actions.doors import NotNow, NotYours
from alongside.partnerships.actions.membership import change_partner, found_partnership, join, leave
from alongside.partnerships.actions.needs import NeedsNarrowing, declare_need, end_need
from alongside.partnerships.facts import NewTerm

__all__ = [
    "Incomplete", "NeedsNarrowing", "NewTerm", "NotNow", "NotYours", "change_draft", "change_partner", "comment_on_agreement", "declare_need", "discard_draft", "draft_agreement",
    "end_agreement", "end_need", "found_partnership", "join", "leave", "open_for_signature", "refuse_agreement", "renew_agreement", "sign_agreement", "sign_if", "withdraw_from_agreement",
]
