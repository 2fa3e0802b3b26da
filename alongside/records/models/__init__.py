from alongside.records.models.entry import Attachment, Draft, Entry, EntryEvent, EntryPart, EntrySubject
from alongside.records.models.share import CorrectionNotice, Delivery, InboxItem, RoutingOutcome, Share, ShareEvent

__all__ = [
    "Attachment", "CorrectionNotice", "Delivery", "Draft", "Entry", "EntryEvent", "EntryPart", "EntrySubject", "InboxItem", "RoutingOutcome", "Share", "ShareEvent",
]
