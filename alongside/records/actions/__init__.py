"""Writes of the record. An entry, its routing and what is owed to each partner stand or fall in one transaction."""

from alongside.common.attachments import ALL_TOGETHER, NotSafe, Upload
from alongside.records.actions.backlog import Offered, offer_backlog
from alongside.records.actions.corrections import correct_entry, record_follow_up, see_correction
from alongside.records.actions.drafts import discard_draft, keep_files, save_draft
from alongside.records.actions.entries import add_entry, preview
from alongside.records.actions.escalating import escalate_share
from alongside.records.actions.leavers import reassign_all, still_holds
from alongside.records.actions.new_entry import REPORTS, NewEntry, OutcomeInWords, Part, Recorded, category_of
from alongside.records.actions.reading import read_attachment, read_entry
from alongside.records.actions.shares import (
    NotThere,
    ReasonNeeded,
    acknowledge_share,
    challenge_answer,
    decide_share,
    decline_share,
    read_share,
    reassign_share,
    record_phone_call,
    say_whether_used,
    withdraw_share,
)
from alongside.records.actions.signatures import decide_referred, sign_entry
from alongside.records.queries.scope import Held, what_is_held

__all__ = [
    "ALL_TOGETHER", "REPORTS", "Held", "NewEntry", "NotSafe", "NotThere", "Offered", "OutcomeInWords", "Part", "ReasonNeeded", "Recorded", "Upload", "acknowledge_share", "add_entry", "category_of", "challenge_answer", "correct_entry",
    "decide_referred", "decide_share", "decline_share", "discard_draft", "escalate_share", "keep_files", "offer_backlog", "preview", "read_attachment", "read_entry", "read_share", "reassign_all", "reassign_share",
    "record_follow_up", "record_phone_call", "save_draft", "say_whether_used", "see_correction", "sign_entry", "still_holds", "what_is_held", "withdraw_share",
]  # fmt: skip
