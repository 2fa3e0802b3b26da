"""Who looked, as the person reads it, page by page and with the proof of each page."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from alongside.common import database
from alongside.common.access import Access
from alongside.confidentiality.ledger import proofs
from alongside.confidentiality.ledger.checking import Checked, check
from alongside.confidentiality.ledger.keys import TRUST, Trust

DID = {
    "read": "read {whose} record", "api_read": "read {whose} record from another system", "write": "wrote in {whose} record", "search": "looked for a name and found {whose} record",
    "share_to": "shared something about {whom}", "break_glass": "opened {whose} record in an emergency", "view_ledger": "looked at who looked", "export": "took a copy from {whose} record",
    "print_letter": "printed from {whose} record", "message": "sent a message", "correct": "corrected {whose} record", "change_access": "changed who may see {whose} record",
    "report": "made a report", "merge": "compared {whose} record with another", "delete": "asked for something to be deleted", "dispose": "disposed of old access lines", "bulk_read": "read many records",
}  # fmt: skip
WHY = {
    "direct_care": "to give or prepare care", "safeguarding_child": "to keep a child safe", "safeguarding_adult": "to keep an adult safe", "portal_view": "on this site",
    "supervision": "to supervise a colleague", "child_in_need_service": "to help the family", "emergency_life": "because of an emergency", "early_help": "to offer early help",
    "education_support": "to support learning", "housing_support": "to help with housing", "hospital_discharge": "to plan coming home from hospital", "domestic_abuse_safety": "to keep somebody safe",
    "audit": "to check that records are used properly", "subject_access": "to answer a request", "rights_request": "to answer a request", "court_proceedings": "for a court",
    "retention": "to keep or dispose of records properly", "service_management": "to manage the service", "crime_investigation": "to investigate a crime", "technical_support": "to repair the system",
    "data_quality": "to keep records right", "peer_support": "to offer support from a peer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """One line of who looked, as the person reads it. `on_a_list`: only the name stood on a list somebody opened."""

    line_id: int
    at: datetime
    who: str
    agency: str
    verb: str
    category: str
    purpose: str
    decision: str
    automatic: bool
    on_a_list: bool

    @property
    def refused(self) -> bool:
        return self.decision in ("deny", "refer")

    @property
    def did(self) -> str:
        """What was done and why, in plain words.

        Example:
            >>> from datetime import UTC
            >>> Look(1, datetime(2026, 3, 3, tzinfo=UTC), "Amina Khan, Family nurse", "Riverbank NHS", "read", "", "direct_care", "permit", False, False).did
            'read your record to give or prepare care'
        """
        words = self._verb + (f" {WHY[self.purpose]}" if self.purpose in WHY else "")
        if self.refused:
            return "tried to look, and was refused"
        return f"{words} (done by the system)" if self.automatic else words

    @property
    def _verb(self) -> str:
        if self.on_a_list:
            return "saw your name on a list"
        return DID.get(self.verb, self.verb.replace("_", " ")).format(whose="your", whom="you")


def who_looked(access: Access, *, before: int | None = None, limit: int = 50) -> list[Look]:
    """Ledger lines about one person, newest first; `before` a line's number for the next page.

    For the person, and for a reader whose ticket holds the access ledger. Lines that must wait for a stated lawful reason are not here, and
    leave no gap that could be counted.
    """
    return [Look(*row) for row in database.rows("SELECT * FROM who_looked_at(%s, %s, %s, %s)", access.person_id, list(access.withheld), before, limit)]

LOOK_AT_MOST, LOOKS_ON_A_PAGE = 400, 25


@dataclass(frozen=True, slots=True)
class LooksPage:
    """The lines one page shows. `upto` and `older` name the first line of this page and where the next begins; `agencies` whose lines there are to choose
    from; `spans` how many lines lie between the first shown and the last, shown or not."""

    looks: tuple[Look, ...]
    agencies: tuple[str, ...]
    upto: int | None
    older: int | None
    spans: int = 0


def looks_page(access: Access, *, upto: int | None = None, agency: str = "", own_visits: bool = False) -> LooksPage:
    """One page of who looked, from line `upto` down: of one agency, or of all; the person's own visits only when asked for."""
    found = who_looked(access, before=None if upto is None else upto + 1, limit=LOOK_AT_MOST)
    wanted = [look for look in found if (not agency or look.agency == agency) and (own_visits or look.who != "You")]
    shown, more = wanted[:LOOKS_ON_A_PAGE], wanted[LOOKS_ON_A_PAGE:]
    older = more[0].line_id if more else found[-1].line_id - 1 if len(found) == LOOK_AT_MOST else None
    spans = sum(shown[-1].line_id <= look.line_id <= shown[0].line_id for look in found) if shown else 0
    return LooksPage(tuple(shown), tuple(sorted({look.agency for look in found if look.agency})), shown[0].line_id if shown else upto, older, spans)


def prove_looks(access: Access, page: LooksPage) -> proofs.Bundle | None:
    """The proof of exactly these lines, for `bin/verify-ledger`; None while none of them is sealed."""
    if not page.looks:
        return None
    shown = {look.line_id for look in page.looks}
    try:
        bundle = proofs.for_person(connection, access.person_id, withheld=access.withheld, before=page.looks[0].line_id + 1, wanted=page.spans)
    except proofs.NoProof:
        return None
    bundle["lines"] = [line for line in bundle["lines"] if line["line"] in shown]
    return bundle if bundle["lines"] else None


def check_looks(bundle: proofs.Bundle) -> Checked:
    """Whether the lines of a proof stand, judged by the keys in the list of trusted keys, which lies outside the database."""
    return check(bundle, Trust.read(settings.LEDGER_FOLDER / TRUST))
