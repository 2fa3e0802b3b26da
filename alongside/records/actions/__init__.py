"""Writes of the record. An entry, its routing and what is owed to each partner stand or fall in one transaction."""

from alongside.records.actions.drafts import discard_draft, save_draft
from alongside.records.actions.entries import NewEntry, OutcomeInWords, Part, Recorded, Upload, add_entry, preview
from alongside.records.actions.shares import ReasonNeeded, acknowledge_share, decide_share, decline_share, read_share, record_phone_call

__all__ = [
    "NewEntry",
    "OutcomeInWords",
    "Part",
    "ReasonNeeded",
    "Recorded",
    "Upload",
    "acknowledge_share",
    "add_entry",
    "decide_share",
    "decline_share",
    "discard_draft",
    "preview",
    "read_share",
    "record_phone_call",
    "save_draft",
]
