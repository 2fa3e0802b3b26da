from alongside.records.models.entry import Attachment, Draft, DraftFile, Entry, EntryEvent, EntryPart, EntrySubject
from alongside.records.models.share import CorrectionNotice, Delivery, InboxItem, RoutingOutcome, Share, ShareEvent

__all__ = [
    "Attachment", "CorrectionNotice", "Delivery", "Draft", "DraftFile", "Entry", "EntryEvent", "EntryPart", "EntrySubject", "InboxItem", "RoutingOutcome", "Share", "ShareEvent",
]
