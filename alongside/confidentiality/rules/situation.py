"""What a request amounts to, worked out once: who is asking, what kind of act it is, whose word there is for it.

Rules ask a `Situation`, not the raw request, so that "involved" or "said no" means the same in every rule. It has no age: what the law asks
of age is in `kind` and `capacity`.
"""

from typing import Any

from alongside.confidentiality.facts import KNOWN_FACTS, AccessRequest, Fact, read_request

INVOLVED = frozenset({"allocated", "team_cover", "supervisor", "referred_to"})
READING = frozenset({"read", "api_read", "bulk_read", "search", "view_ledger", "break_glass", "report"})
SENDING = frozenset({"share_to", "print_letter", "message"})
FAMILY_RECIPIENTS = frozenset({"parent", "ex_partner", "birth_family"})
OWN_RECIPIENTS = frozenset({"person", "self"})
STATUTORY_RECIPIENTS = frozenset({"council_children", "council_children_other_area", "council_adults", "police", "risk_conference"})
HEALTH = frozenset({"nhs_community", "nhs_hospital", "nhs_mental_health", "gp_practice"})
COUNCIL_CARE = frozenset({"council_children", "council_adults"})
STATUTORY_AGENCIES = HEALTH | COUNCIL_CARE | {"police"}
OUTSIDE_AUTHORITIES = frozenset({"police", "probation", "immigration_enforcement"})
OWN_NAME = {"police": "police", "immigration_enforcement": "immigration_enforcement"}
OTHERS_WHO_SPEAK_FOR_THEMSELVES = frozenset({"referrer", "victim", "other_parent", "third_party", "staff"})
SAFEGUARDING = frozenset({"safeguarding_child", "safeguarding_adult", "domestic_abuse_safety"})
STATUTORY_PURPOSES = SAFEGUARDING | {"court_proceedings", "emergency_life"}
GRAVE = frozenset({"significant_harm", "imminent_life"})
SECRET_ABODE = frozenset({"home_address", "whereabouts", "contact_details"})
DENYING = frozenset({"no", "not", "never", "without"})
CHECK_ENDINGS = ("_verified", "_approved", "_confirmed", "_signed", "_checked", "_obtained", "_proven", "_attached", "_seen", "_valid", "_registered")
PAPERS = ("authority", "approval", "order", "power", "lpa", "deputy", "licence", "identity")
NO_LONGER = ("_revoked", "_expired", "_withdrawn", "_suspended", "_lapsed", "_cancelled", "_discharged")


class Situation:
    """The request, flat, with the derived facts that rules speak of. Every attribute says what it is true of."""

    __slots__ = (
        "about", "act", "agency", "agreed", "agreement", "basis", "cannot_agree", "capacity", "category", "channel", "child", "competent", "consent", "consent_by",
        "demand", "facts", "family", "flags", "grave", "harm", "harm_to_other", "harm_to_subject", "involved", "kind", "letter_home", "life", "limited", "named",
        "need_declared", "not_acting", "not_asked", "outsider", "parent", "proxy", "purpose", "reading", "recipient", "relation", "role", "said_no", "sending",
        "some_risk", "staff", "terms_hold", "themself", "to_family", "unsafe_to_ask", "verb", "who",
    )  # fmt: skip

    def __init__(self, request: AccessRequest) -> None:
        actor, subject, item, action = request.actor, request.subject, request.item, request.action
        agreement, consent, risk = request.agreement, request.consent, request.risk
        agency, relation = actor.agency, actor.relation
        self.agency, self.role, self.relation = agency, actor.role, relation
        self.kind, self.capacity, self.flags = subject.kind, subject.capacity, subject.flags
        self.category, self.about = item.category, item.about
        self.verb, self.recipient, self.channel = verb, recipient, channel = action.verb, action.recipient, action.channel
        self.purpose, self.basis = request.purpose, request.claimed_basis
        self.need_declared = request.need == "declared"
        self.facts = facts = request.facts

        # who asks
        self.staff = staff = agency != "none"
        self.themself = not staff and relation == "self"
        self.parent = not staff and relation == "parental_responsibility"
        self.family = self.parent or (not staff and relation == "no_parental_responsibility")
        self.proxy = not staff and relation == "proxy"
        self.outsider = not staff and not (self.themself or self.family or self.proxy)
        self.involved = staff and (relation in INVOLVED or bool(facts and facts.get("person_under_care_of_actors_unit") is True))
        listed = facts.get("on_named_list") if facts else None
        self.named = self.themself or listed is True or (listed is not False and staff and relation == "allocated")

        # the act
        self.sending = verb in SENDING or (verb == "export" and recipient is not None and recipient not in OWN_RECIPIENTS)
        self.reading = verb in READING or (verb == "export" and not self.sending)
        self.to_family = self.sending and recipient in FAMILY_RECIPIENTS
        self.letter_home = self.sending and recipient in OWN_RECIPIENTS
        self.demand = agency in OUTSIDE_AUTHORITIES and not self.involved and (OWN_NAME.get(agency, "") == recipient or channel == "request") and (self.sending or self.reading)

        self.who = "at_work" if staff else "at_home"
        self.act = "sends" if self.sending else "reads" if self.reading else "keeps"

        # the person and their say
        self.child = subject.kind == "child"
        self.competent = self.child and subject.capacity in ("competent", "has")
        self.consent, self.consent_by = consent.state, consent.by
        theirs = consent.by not in OTHERS_WHO_SPEAK_FOR_THEMSELVES
        self.agreed = consent.state == "given" and theirs
        self.limited = consent.state == "given_limited" and theirs
        self.said_no = theirs and consent.state in ("refused", "withdrawn")
        self.not_asked = consent.state == "not_sought"
        self.unsafe_to_ask = consent.state == "not_sought_unsafe"
        self.cannot_agree = consent.state == "cannot_consent"

        # the terms
        self.agreement = agreement.state
        self.terms_hold = agreement.state == "in_force" and agreement.covers_purpose and agreement.covers_category

        # the risks
        self.not_acting = risk.of_not_acting
        self.life = risk.of_not_acting == "imminent_life"
        self.grave = risk.of_not_acting in GRAVE
        self.some_risk = risk.of_not_acting != "none_known"
        self.harm_to_subject = risk.of_acting == "to_subject"
        self.harm_to_other = risk.of_acting == "to_other"
        self.harm = risk.of_acting != "none_known"

    def known(self, name: str) -> Fact | None:
        """The value of an extra fact; None where nobody said."""
        return self.facts.get(name) if self.facts else None

    def noted(self, part_of_name: str) -> bool:
        """Whether a fact whose name holds these letters, and does not deny them, is true: agencies call the same hold, threat or enquiry by several names."""
        return any(value is True and part_of_name in name and not DENYING & set(name.split("_")) for name, value in self.facts.items()) if self.facts else False

    @property
    def failed_check(self) -> bool:
        """Whether a check that no other rule asks for is recorded as not done."""
        return any(value is False and name not in KNOWN_FACTS and name.endswith(CHECK_ENDINGS) for name, value in self.facts.items())

    @property
    def lost_its_paper(self) -> bool:
        """Whether a paper that acts rest on is recorded as taken back or run out."""
        return any(value is True and name.startswith(PAPERS) and name.endswith(NO_LONGER) for name, value in self.facts.items())

    @classmethod
    def where(cls, **words: Any) -> "Situation":
        """An ordinary situation with some words changed, for examples: an allocated social worker reads an adult's plan with her consent.

        Example:
            >>> Situation.where(relation="none").involved
            False
        """
        return cls(request_where(**words))


def request_where(
    agency: str = "council_adults", role: str = "social_worker", relation: str = "allocated", kind: str = "adult", age: int | None = None, capacity: str | None = None,
    flags: tuple[str, ...] = (), category: str = "strengths_needs_plan", about: str = "subject", verb: str = "read", recipient: str | None = None,
    channel: str | None = None, purpose: str = "direct_care", agreement: str = "in_force", covers: bool = True, consent: str = "given", by: str | None = "person",
    basis: str = "none", need: str = "declared", not_acting: str = "none_known", acting: str = "none_known", **facts: Fact,
) -> AccessRequest:  # fmt: skip
    """The request behind `Situation.where`; any other name given is an extra fact."""
    usual = {"child": (9, "not_competent"), "adult": (50, "has"), "none": (None, "unknown")}[kind]
    return read_request(
        {
            "actor": {"agency": agency, "role": role, "relation": relation},
            "subject": {"kind": kind, "age": usual[0] if age is None else age, "capacity": capacity or usual[1], "flags": list(flags)},
            "item": {"category": category, "about": about},
            "action": {"verb": verb, "recipient": recipient, "channel": channel},
            "purpose": purpose,
            "agreement": {"state": agreement, "covers_purpose": covers, "covers_category": covers},
            "consent": {"state": consent, "by": by},
            "claimed_basis": basis,
            "need": need,
            "risk": {"of_not_acting": not_acting, "of_acting": acting},
            "facts": facts,
        }
    )
