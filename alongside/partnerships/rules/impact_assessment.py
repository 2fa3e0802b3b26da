"""From an agreement to the draft of its data-protection impact assessment: why one is due, what may go wrong for people, and what only people can answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from alongside.common.rulebook import rule
from alongside.partnerships.facts import AgreementText
from alongside.partnerships.rules.agreements import CONSENT

SINCE = date(2026, 1, 1)
SPECIAL = frozenset({"general_health", "mental_health", "sexual_health", "counselling_notes", "gender_history", "adoption_history", "immigration_status", "strengths_needs_plan"})
CRIME = frozenset({"police_intelligence", "criminal_allegation", "spent_conviction"})
ABODE = frozenset({"home_address", "whereabouts", "property_entry"})
FEARED = frozenset({"domestic_abuse", "referrer_identity"})
SECRET_HISTORY = frozenset({"adoption_history", "gender_history"})
MANY = 5
LONG = 730
CHILDREN = frozenset({"safeguarding_child", "child_in_need_service", "early_help", "education_support"})
VULNERABLE = CHILDREN | {"safeguarding_adult", "domestic_abuse_safety", "hospital_discharge"}


@dataclass(frozen=True, slots=True)
class Risk:
    """What may go wrong for a person, proposed likelihood and harm before anything holds it (1 low, 2 medium, 3 high), and what holds it."""

    what: str
    likelihood: int
    harm: int
    held_by: str

    @property
    def weight(self) -> str:
        """
        >>> [Risk("", likelihood, harm, "").weight for likelihood, harm in ((1, 1), (1, 3), (2, 2), (2, 3))]
        ['low', 'medium', 'medium', 'high']
        """
        product = self.likelihood * self.harm
        return "high" if product >= 6 else "medium" if product >= 3 else "low"


@rule("PTN-080", since=SINCE)
def why_one_is_due(text: AgreementText) -> tuple[str, ...]:
    """An assessment must be made before an agreement starts that brings together sensitive information, or information about people at risk, from several bodies.

    Source: UK GDPR Art 35(1) and (3)(b); the Information Commissioner's list of processing that needs an assessment
    Example:
        >>> from datetime import UTC, datetime
        >>> from alongside.partnerships.facts import NewTerm, PartyFacts
        >>> dates = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), date(2026, 12, 1)
        >>> why_one_is_due(AgreementText("Counts", *dates, terms=(NewTerm("commissioning_planning", "aggregate_counts", "public_task"),)))
        ()
        >>> len(why_one_is_due(AgreementText("Health", *dates, parties=(PartyFacts(1, 1), PartyFacts(2, 2)), terms=(NewTerm("safeguarding_child", "general_health", "s11_ca2004"),))))
        3
    """
    categories, purposes = {term.category for term in text.terms}, {term.purpose for term in text.terms}
    about_people = categories - {"aggregate_counts", "finance_open_book", "workforce"}
    return tuple(
        why
        for holds, why in (
            (bool(categories & SPECIAL), "It passes on information about health, or of another special category."),
            (bool(categories & CRIME), "It passes on information about crime, proven or not."),
            (bool(purposes & VULNERABLE), "It is about children, or about people who may be at risk or cannot easily say no."),
            (bool(about_people) and len(text.parties) > 1, "It brings together what several bodies hold about the same people, each of whom told it to one."),
        )
        if holds
    )


@rule("PTN-081", since=SINCE)
def risks(text: AgreementText) -> tuple[Risk, ...]:
    """What may go wrong for people must be named from what flows and between whom; how likely and how bad is a proposal that the data protection officer decides.

    Source: UK GDPR Art 35(7)(c) and (d)
    Example:
        >>> from datetime import UTC, datetime
        >>> from alongside.partnerships.facts import NewTerm
        >>> text = AgreementText("Abode", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), date(2026, 12, 1), terms=(NewTerm("direct_care", "home_address", "art9_2_h_care"),))
        >>> [one.weight for one in risks(text) if "lives" in one.what]
        ['high']
    """
    return tuple(_risks(text))


def _risks(text: AgreementText) -> Iterator[Risk]:
    categories, purposes = {term.category for term in text.terms}, {term.purpose for term in text.terms}
    yield Risk("Somebody opens a record out of curiosity or for their own ends.", 2, 3, "Each opening is decided by purpose, relationship and need, leaves a line that the person can read, and unusual ones go to the guardian.")
    yield Risk("A partner gets more than it needs.", 2, 2, "Only what a line names flows, for its purpose; where a line says which parts are enough, only those are sent.")
    yield Risk("What must be known is kept back or overlooked, and somebody is harmed.", 2, 3, "Receivers say what they must know; each entry is shared or kept back with a reason, and what is not answered climbs.")
    yield Risk("It goes to the record of somebody else.", 1, 3, "Records are joined by people and never by themselves; a wrong entry is put right and all who read it are told.")
    yield Risk("People are surprised by what is shared about them.", 2, 2, "They read their record and who looked, say what stays out and who decides; the text below says how they are told.")
    if categories & ABODE or categories & FEARED:
        yield Risk("Somebody dangerous learns where a person lives or is, or who spoke up.", 2, 3, "Concealed addresses and referrers are withheld from whoever has no safe need; nothing of them appears in messages, titles or file names.")
    if categories & CRIME:
        yield Risk("An allegation is read as a fact, or spoils an enquiry.", 2, 3, "Police matters need a line, a purpose and a basis of their own; intelligence is not shown to the person while telling would endanger somebody.")
    if categories & SECRET_HISTORY:
        yield Risk("An earlier identity becomes known.", 1, 3, "Adoption and gender history open to named readers only.")
    if categories & {"mental_health", "sexual_health", "counselling_notes"}:
        yield Risk("Shame or discrimination: somebody stays away from help because others will know.", 2, 3, "The person can keep such matters from an agency, and is told honestly when that can be overridden.")
    if purposes & CHILDREN:
        yield Risk("What a child said reaches whoever they are afraid of.", 2, 3, "What is unsafe to tell is kept from a parent's pages, and the author says so when writing.")
    if any(term.lawful_basis in CONSENT for term in text.terms):
        yield Risk("It goes on flowing after consent was withdrawn, or rests on a yes that was not free.", 2, 2, "A withdrawal counts at the next request; who decided, and whether they could, is kept with the answer.")
    if len(text.parties) >= MANY:
        yield Risk(f"Each of {len(text.parties)} parties is a door more.", 2, 2, "A party that leaves or withdraws is shut out at that moment; training that has run out closes access.")
    if (text.ends - text.starts).days > LONG:
        yield Risk("It outlives its reason.", 2, 2, "It lapses by itself at its end and is looked at again on its day of review. It runs for more than two years: consider less.")


@rule("PTN-082", since=SINCE)
def still_to_be_answered(text: AgreementText) -> tuple[str, ...]:
    """A draft must name what no text can answer for the people who must: whose views were asked, what was advised, who accepted what remains.

    Source: UK GDPR Art 35(2) and (9); Art 36 for what stays high
    """
    return (
        "How many people it is about, and where they live.",
        "Who spoke for those it is about, what they said, and what was changed because of it. If nobody was asked: why not.",
        "What each party's data protection officer advised, and what was not followed and why.",
        "For each risk: is the proposed weight right, what else will be done, by whom and by when, and what remains.",
        "Whether anything that stays high must go to the Information Commissioner before the agreement starts.",
        "Which suppliers hold the information for a party, where, and under which contract.",
        *(() if text.review_on <= text.ends.date() else ("A day of review that comes before its end.",)),
    )
