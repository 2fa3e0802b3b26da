"""Writes of the record. An entry, its routing and what is owed to each partner stand or fall in one transaction."""

from alongside.records.actions.drafts import discard_draft, save_draft
from alongside.records.actions.entries import NewEntry, Part, Recorded, Upload, add_entry, preview

__all__ = ["NewEntry", "Part", "Recorded", "Upload", "add_entry", "discard_draft", "preview", "save_draft"]
