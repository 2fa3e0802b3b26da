"""Reads of the record. The first argument is what lets one read: an Access from the gate, or the actor whose own shares they are."""

from alongside.records.queries.drafts import draft, drafts, files_kept
from alongside.records.queries.lost import Answering, LostBetween, answering, information_lost
from alongside.records.queries.own_side import OwnWords, own_entry, own_words
from alongside.records.queries.record import (
    ChronologyRow,
    Pressing,
    attachment,
    attachments,
    chronology,
    earlier_with_tag,
    entry,
    entry_behind,
    outcomes,
    parts,
    pressing,
    shared_entry,
    subjects,
    versions,
)
from alongside.records.queries.shares import (
    NeedBrought,
    WhoKnows,
    answers,
    brought_by,
    corrections_to_see,
    escalations,
    events,
    follow_ups,
    for_supervision,
    holding,
    inbox,
    late,
    may_challenge,
    named_in,
    on_desk,
    overdue_referrals,
    receives,
    sent,
    share,
    shares_to,
    to_decide,
    to_sign,
    to_telephone,
    told_in_brief,
    undelivered,
    unsent,
    who_knows,
)

__all__ = [
    "Answering", "ChronologyRow", "LostBetween", "NeedBrought", "OwnWords", "Pressing", "WhoKnows", "answering", "answers", "attachment", "attachments", "brought_by", "chronology", "corrections_to_see", "draft",
    "drafts", "earlier_with_tag", "entry", "entry_behind", "escalations", "events", "files_kept", "follow_ups", "for_supervision", "holding", "inbox", "information_lost", "late",
    "may_challenge", "named_in", "on_desk", "outcomes", "overdue_referrals", "own_entry", "own_words", "parts", "pressing", "receives", "sent", "share", "shared_entry", "shares_to", "subjects", "to_decide", "to_sign", "to_telephone", "told_in_brief", "undelivered", "unsent",
    "versions", "who_knows",
]
