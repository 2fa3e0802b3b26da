"""The one gate. Every page, call, export, print, message and job passes `decide`; nothing else mints an `Access`, and no answer leaves without its line.

`circumstances` brings what the database holds into the words of the rules; `opening` decides, writes the line and lends the right to read; `lists` finds people;
`sharing` asks for a partner who is not there; `obligations` carries out what a decision obliges us to.
"""

from alongside.common.access import Access
from alongside.confidentiality.gate.lists import CaseloadPerson, FoundPerson, caseload, find_people
from alongside.confidentiality.gate.opening import (
    EMERGENCY_CATEGORIES,
    RECORD_CATEGORIES,
    acting,
    decision_of,
    judge,
    note,
    open_for_report,
    open_record,
    record_refusal,
    refusal,
    stated_reason,
    weigh,
)
from alongside.confidentiality.rules.decision import decide

__all__ = [
    "Access", "CaseloadPerson", "EMERGENCY_CATEGORIES", "FoundPerson", "RECORD_CATEGORIES", "acting", "caseload", "decide", "decision_of", "find_people", "judge", "note", "open_for_report", "open_record",
    "record_refusal", "refusal", "stated_reason", "weigh",
]
