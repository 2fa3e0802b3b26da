"""How an agreement stands at a moment, what may be done to it, when it must be looked at, and whether it says all that it must."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from alongside.common.rulebook import rule
from alongside.partnerships.facts import AgreementText, Check, FlowFacts, NewTerm, PartyFacts, Signed, Standing

SINCE = date(2026, 1, 1)
WARN_BEFORE_LAPSE = (30, 60, 90)
NEVER_WHOLE = frozenset({"whole_record", "access_ledger", "workforce", "legal_advice"})
CONSENT = frozenset({"consent_common_law", "gra2004_consent"})

ACTS: Mapping[str, frozenset[Standing]] = {
    "edit": frozenset({Standing.DRAFT}),
    "open_for_signature": frozenset({Standing.DRAFT}),
    "sign": frozenset({Standing.OPEN, Standing.NOT_YET, Standing.IN_FORCE}),
    "refuse": frozenset({Standing.OPEN, Standing.NOT_YET, Standing.IN_FORCE}),
    "withdraw": frozenset({Standing.OPEN, Standing.NOT_YET, Standing.IN_FORCE}),
    "end": frozenset({Standing.OPEN, Standing.NOT_YET, Standing.IN_FORCE}),
    "renew": frozenset({Standing.NOT_YET, Standing.IN_FORCE, Standing.LAPSED, Standing.ENDED}),
    "change": frozenset({Standing.NOT_YET, Standing.IN_FORCE, Standing.LAPSED, Standing.ENDED}),
    "comment": frozenset({Standing.DRAFT, Standing.OPEN, Standing.NOT_YET, Standing.IN_FORCE}),
}
"""What may be done to an agreement, from where it stands. Who may do it is asked at the door."""


@rule("PTN-010", since=SINCE)
def standing(status: str, starts: datetime, ends: datetime, at: datetime) -> Standing:
    """An agreement must be held to its dates at every moment: at its end it lapses by itself, whatever its row says.

    Source: UK GDPR Art 5(1)(b) and (e); terms of the sharing agreement
    Example:
        >>> from datetime import UTC
        >>> ends = datetime(2026, 6, 30, 23, tzinfo=UTC)
        >>> standing("in_force", datetime(2026, 1, 1, tzinfo=UTC), ends, ends).value
        'lapsed'
    """
    if status in ("draft", "ended", "replaced"):
        return Standing(status)
    if ends <= at:
        return Standing.LAPSED
    if status == "open_for_signature":
        return Standing.OPEN
    return Standing.NOT_YET if at < starts else Standing.IN_FORCE


def may(act: str, stands: Standing) -> bool:
    """Whether an act is possible at all from where the agreement stands.

    Example:
        >>> may("sign", Standing.OPEN), may("edit", Standing.IN_FORCE)
        (True, False)
    """
    return stands in ACTS[act]


@rule("PTN-020", since=SINCE)
def lapse_warning(ends: datetime, at: datetime) -> int | None:
    """Whoever keeps an agreement must be warned 90, 60 and 30 days before it lapses; the narrowest warning that holds is given.

    Source: a decision of this product: nobody must learn from a closed tap that an agreement had an end.
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 1, 1, tzinfo=UTC)
        >>> [lapse_warning(at + timedelta(days=days), at) for days in (10, 45, 90, 91)]
        [30, 60, 90, None]
    """
    left = ends - at
    return next((days for days in WARN_BEFORE_LAPSE if timedelta(0) < left <= timedelta(days=days)), None)


@rule("PTN-030", since=SINCE)
def caldicott_eight(text: AgreementText, *, bases_in_force: Collection[str]) -> tuple[Check, ...]:
    """An agreement must answer each of the eight Caldicott principles before anybody is asked to sign it.

    `bases_in_force` are the codes of lawful bases that hold on the day it starts.

    Source: Caldicott principles 1 to 8 (National Data Guardian, December 2020)
    Example:
        >>> from datetime import UTC
        >>> empty = AgreementText("Title", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), date(2026, 12, 1))
        >>> [check.number for check in caldicott_eight(empty, bases_in_force=()) if not check.met]
        [1, 2, 3, 4, 5, 6, 7, 8]
    """
    terms, day = text.terms, text.starts.date()
    return (
        Check(1, "Say why", _missing((not text.why.strip(), "Say what this agreement is for."), (not terms, "Name at least one purpose."))),
        Check(2, "Only when necessary", _missing(
            (not terms, "Name what may flow, kind by kind."), (any(term.category in NEVER_WHOLE for term in terms), "Take out whole records, legal advice, staff matters and the access ledger: nobody needs all of it."),
        )),
        Check(3, "The least that does", _missing((not terms or any(not term.minimum_fields.strip() for term in terms), "For each line, say which parts are enough."))),
        Check(4, "Only those who need to know", _missing((not text.who_sees.strip(), "Say who in each agency may open what comes in."))),
        Check(5, "Everybody knows their part", _missing((len(text.parties) < 2, "Name at least two parties, each with a signatory."), (not text.safeguards.strip(), "Say how it is kept safe."))),
        Check(6, "Within the law", _missing(
            (not terms, "Name the lawful basis of each line."), *((term.lawful_basis not in bases_in_force, f"{term.lawful_basis} is no law in force on {day:%d %B %Y}.") for term in _one_of_each_basis(terms)),
            (any(not term.gateway.strip() and term.lawful_basis not in CONSENT for term in terms), "For each line that does not rest on consent, name the statute that allows it."),
            (not text.retention.strip(), "Say how long it is kept."), (not day <= text.review_on <= text.ends.date(), "Set a day to look at it again, before it ends."),
        )),
        Check(7, "Sharing can matter as much as keeping", _missing((not text.contact.strip(), "Say whom to ring when in doubt, so that nobody keeps back what must be known."))),
        Check(8, "No surprises", _missing((not text.how_people_are_told.strip(), "Say how people are told what is shared about them."))),
    )


def what_may_flow(parties: Iterable[PartyFacts], terms: Iterable[NewTerm]) -> frozenset[FlowFacts]:
    """What the terms let through between parties who have signed and not withdrawn.

    Example:
        >>> from datetime import UTC
        >>> signed = datetime(2026, 1, 1, tzinfo=UTC)
        >>> parties = (PartyFacts(1, 10, signed), PartyFacts(2, 20, signed), PartyFacts(3, 30))
        >>> sorted((flow.from_agency_id, flow.to_agency_id) for flow in what_may_flow(parties, [NewTerm("direct_care", "education", "public_task")]))
        [(1, 2), (2, 1)]
    """
    signed = [party.agency_id for party in parties if party.says is Signed.YES]
    return frozenset(
        FlowFacts(sender, receiver, term.purpose, term.category)
        for term in terms
        for sender in signed
        for receiver in signed
        if sender != receiver and term.from_agency_id in (None, sender) and term.to_agency_id in (None, receiver)
    )


def _missing(*checks: tuple[bool, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for wrong, words in checks if wrong))


def _one_of_each_basis(terms: Iterable[NewTerm]) -> Iterable[NewTerm]:
    return {term.lawful_basis: term for term in terms}.values()
