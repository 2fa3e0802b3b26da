"""The facts that the access gate decides by, in the words of the scenario files. Facts only: nothing here decides anything.

Every word list is closed. A request with an unknown word, a missing field or facts that cannot both be true is not decided but
sent back with the name of the field and the words that are allowed (`Misread`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from re import compile as pattern
from types import MappingProxyType
from typing import Any, TypeVar


class Word(StrEnum):
    """A word of the vocabulary. Hashed as the plain string it is, so that a word can be looked up in a set at full speed."""

    __hash__ = str.__hash__


class Agency(Word):
    """What kind of agency the asker works for; `none` for the person, their family and everybody else."""

    CARE_PROVIDER = "care_provider"
    COUNCIL_ADULTS = "council_adults"
    COUNCIL_CHILDREN = "council_children"
    COUNCIL_COMMISSIONING = "council_commissioning"
    COUNCIL_HOUSING = "council_housing"
    GP_PRACTICE = "gp_practice"
    IMMIGRATION_ENFORCEMENT = "immigration_enforcement"
    NHS_COMMUNITY = "nhs_community"
    NHS_HOSPITAL = "nhs_hospital"
    NHS_MENTAL_HEALTH = "nhs_mental_health"
    NONE = "none"
    PEER_NETWORK = "peer_network"
    POLICE = "police"
    PROBATION = "probation"
    RESEARCHER = "researcher"
    SCHOOL = "school"
    VOLUNTARY = "voluntary"


class Role(Word):
    """What the asker does."""

    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    CALDICOTT_GUARDIAN = "caldicott_guardian"
    CARER = "carer"
    DEPUTY_OR_ATTORNEY = "deputy_or_attorney"
    DOCTOR = "doctor"
    FAMILY_NURSE = "family_nurse"
    HOUSING_OFFICER = "housing_officer"
    IDVA = "idva"
    MACHINE_CLIENT = "machine_client"
    MANAGER = "manager"
    NURSE = "nurse"
    OFFICER = "officer"
    PARENT = "parent"
    PEER_SUPPORTER = "peer_supporter"
    PERSON = "person"
    PERSONAL_REPRESENTATIVE = "personal_representative"
    POLICE_OFFICER = "police_officer"
    RECORDS_MANAGER = "records_manager"
    RESEARCHER = "researcher"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    SOCIAL_WORKER = "social_worker"
    STUDENT = "student"
    SUPPORT_WORKER = "support_worker"
    SYSTEM_ADMIN = "system_admin"
    TEACHER = "teacher"
    TEAM_MANAGER = "team_manager"
    VOLUNTEER = "volunteer"


class Relation(Word):
    """How the asker stands to the person, now."""

    ALLOCATED = "allocated"
    TEAM_COVER = "team_cover"
    SUPERVISOR = "supervisor"
    REFERRED_TO = "referred_to"
    PREVIOUSLY_INVOLVED = "previously_involved"
    RECORDS_ROLE = "records_role"
    PARTNERSHIP_MEMBER = "partnership_member"
    SELF = "self"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    NO_PARENTAL_RESPONSIBILITY = "no_parental_responsibility"
    PROXY = "proxy"
    NONE = "none"


class Kind(Word):
    """What the record is about."""

    CHILD = "child"
    ADULT = "adult"
    NONE = "none"


class Capacity(Word):
    """Whether the person can decide this for themselves: `competent` and `not_competent` of children, the others of adults."""

    COMPETENT = "competent"
    NOT_COMPETENT = "not_competent"
    HAS = "has"
    LACKS = "lacks"
    UNKNOWN = "unknown"


class Flag(Word):
    """What is protected about the person."""

    ADDRESS_CONCEALED = "address_concealed"
    RESTRICTED_RECORD = "restricted_record"
    IDENTITY_PROTECTED = "identity_protected"
    ADOPTED = "adopted"
    GENDER_RECOGNITION = "gender_recognition"
    PORTAL_UNSAFE = "portal_unsafe"
    STAFF_MEMBER = "staff_member"
    RELATIVE_OF_ACTOR = "relative_of_actor"
    PUBLIC_INTEREST = "public_interest"
    DECEASED = "deceased"


class Category(Word):
    """What the item is about."""

    ACCESS_LEDGER = "access_ledger"
    ADOPTION_HISTORY = "adoption_history"
    AGGREGATE_COUNTS = "aggregate_counts"
    CHILD_PROTECTION_PLAN = "child_protection_plan"
    CONTACT_DETAILS = "contact_details"
    COUNSELLING_NOTES = "counselling_notes"
    CRIMINAL_ALLEGATION = "criminal_allegation"
    DOMESTIC_ABUSE = "domestic_abuse"
    EDUCATION = "education"
    FINANCE_OPEN_BOOK = "finance_open_book"
    GENDER_HISTORY = "gender_history"
    GENERAL_HEALTH = "general_health"
    HOME_ADDRESS = "home_address"
    HOUSING = "housing"
    IMMIGRATION_STATUS = "immigration_status"
    INDEX_ENTRY = "index_entry"
    LEGAL_ADVICE = "legal_advice"
    MENTAL_HEALTH = "mental_health"
    POLICE_INTELLIGENCE = "police_intelligence"
    PROPERTY_ENTRY = "property_entry"
    REFERRER_IDENTITY = "referrer_identity"
    SAFEGUARDING_CONCERN = "safeguarding_concern"
    SEXUAL_HEALTH = "sexual_health"
    SPENT_CONVICTION = "spent_conviction"
    STRENGTHS_NEEDS_PLAN = "strengths_needs_plan"
    WHEREABOUTS = "whereabouts"
    WHOLE_RECORD = "whole_record"
    WORKFORCE = "workforce"


class About(Word):
    """Whose information the item is: the person's own, theirs and other people's, or only somebody else's."""

    SUBJECT = "subject"
    MIXED = "mixed"
    OTHER_PERSON = "other_person"


class Verb(Word):
    """What the asker wants to do."""

    API_READ = "api_read"
    BREAK_GLASS = "break_glass"
    BULK_READ = "bulk_read"
    CHANGE_ACCESS = "change_access"
    CORRECT = "correct"
    DECLARE_NEED = "declare_need"
    DELETE = "delete"
    EXPORT = "export"
    MERGE = "merge"
    MESSAGE = "message"
    PRINT_LETTER = "print_letter"
    READ = "read"
    REPORT = "report"
    SEARCH = "search"
    SHARE_TO = "share_to"
    VIEW_LEDGER = "view_ledger"
    WRITE = "write"


class Recipient(Word):
    """Who would receive it, where it leaves the asker's hands."""

    ALL_PARTNERS = "all_partners"
    BIRTH_FAMILY = "birth_family"
    CARE_PROVIDER = "care_provider"
    COUNCIL_ADULTS = "council_adults"
    COUNCIL_CHILDREN = "council_children"
    COUNCIL_CHILDREN_OTHER_AREA = "council_children_other_area"
    COUNCIL_HOUSING = "council_housing"
    COURT_SERVICE = "court_service"
    DECLARED_RECIPIENTS = "declared_recipients"
    EX_PARTNER = "ex_partner"
    HOME_OFFICE = "home_office"
    IMMIGRATION_ENFORCEMENT = "immigration_enforcement"
    PARENT = "parent"
    PERSON = "person"
    POLICE = "police"
    RISK_CONFERENCE = "risk_conference"
    SCHOOL = "school"
    SELF = "self"
    VOLUNTARY = "voluntary"


class Channel(Word):
    """By which way it would go or come."""

    ATTACHMENT_LINK = "attachment_link"
    BROADCAST = "broadcast"
    COURT_BUNDLE = "court_bundle"
    EMAIL = "email"
    ENQUIRY = "enquiry"
    ENTRY = "entry"
    MEETING = "meeting"
    NAMED_PERSON = "named_person"
    NOTIFICATION = "notification"
    OLD_ADDRESS = "old_address"
    PAPER = "paper"
    PLAN = "plan"
    REFERRAL = "referral"
    REQUEST = "request"
    SAFE_CHANNEL = "safe_channel"
    SEALED = "sealed"
    SHARED_MAILBOX = "shared_mailbox"
    SHARED_PHONE = "shared_phone"
    SUPERVISED_SESSION = "supervised_session"
    TRANSFER = "transfer"


class Purpose(Word):
    """What it is said to be for."""

    ADOPTION_SUPPORT = "adoption_support"
    AUDIT = "audit"
    CHILD_IN_NEED_SERVICE = "child_in_need_service"
    COMMISSIONING_PLANNING = "commissioning_planning"
    COURT_PROCEEDINGS = "court_proceedings"
    CRIME_INVESTIGATION = "crime_investigation"
    DATA_QUALITY = "data_quality"
    DIRECT_CARE = "direct_care"
    DOMESTIC_ABUSE_SAFETY = "domestic_abuse_safety"
    EARLY_HELP = "early_help"
    EDUCATION_SUPPORT = "education_support"
    EMERGENCY_LIFE = "emergency_life"
    HOSPITAL_DISCHARGE = "hospital_discharge"
    HOUSING_SUPPORT = "housing_support"
    IMMIGRATION_CONTROL = "immigration_control"
    NONE_STATED = "none_stated"
    PARTNERSHIP_GOVERNANCE = "partnership_governance"
    PEER_SUPPORT = "peer_support"
    PORTAL_VIEW = "portal_view"
    RESEARCH = "research"
    RETENTION = "retention"
    RIGHTS_REQUEST = "rights_request"
    SAFEGUARDING_ADULT = "safeguarding_adult"
    SAFEGUARDING_CHILD = "safeguarding_child"
    SERVICE_MANAGEMENT = "service_management"
    SUBJECT_ACCESS = "subject_access"
    SUPERVISION = "supervision"
    TECHNICAL_SUPPORT = "technical_support"


class AgreementState(Word):
    """How the sharing agreement between the two agencies stands."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    EXPIRED = "expired"
    WITHDRAWN_BY_AGENCY = "withdrawn_by_agency"
    NONE = "none"


class ConsentState(Word):
    """Whether it was agreed to."""

    GIVEN = "given"
    GIVEN_LIMITED = "given_limited"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_SOUGHT = "not_sought"
    NOT_SOUGHT_UNSAFE = "not_sought_unsafe"
    CANNOT_CONSENT = "cannot_consent"
    NOT_NEEDED = "not_needed"


class Basis(Word):
    """The legal ground that the asker claims. A claim, not a fact."""

    ACA2002 = "aca2002"
    AGREEMENT_TERMS = "agreement_terms"
    AHRA_1990 = "ahra_1990"
    ART32_SECURITY = "art32_security"
    ART5_2_ACCOUNTABILITY = "art5_2_accountability"
    ART89_RESEARCH = "art89_research"
    ART9_2_H_CARE = "art9_2_h_care"
    CARE_ACT_2014 = "care_act_2014"
    CARE_ACT_S42 = "care_act_s42"
    CARE_PLANNING = "care_planning"
    CONSENT_COMMON_LAW = "consent_common_law"
    CONTRACT_OR_PUBLIC_TASK = "contract_or_public_task"
    COURT_ORDER = "court_order"
    COURT_RULES = "court_rules"
    FGM_DUTY = "fgm_duty"
    GRA2004_CONSENT = "gra2004_consent"
    LEGAL_HOLD = "legal_hold"
    LPA_HEALTH_WELFARE = "lpa_health_welfare"
    LPA_PROPERTY_FINANCE = "lpa_property_finance"
    MODERN_SLAVERY_S52 = "modern_slavery_s52"
    NONE = "none"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    PCSC_2022_S44A = "pcsc_2022_s44a"
    PUBLIC_INTEREST_OVERRIDE = "public_interest_override"
    PUBLIC_TASK = "public_task"
    S11_CA2004 = "s11_ca2004"
    S16LA_CA2004 = "s16LA_ca2004"
    S17_CA1989 = "s17_ca1989"
    S251_SUPPORT = "s251_support"
    S47_CA1989 = "s47_ca1989"
    STATUTORY_NOTIFICATION = "statutory_notification"
    STORAGE_LIMITATION = "storage_limitation"
    UK_GDPR_ART15 = "uk_gdpr_art15"
    UK_GDPR_ART16 = "uk_gdpr_art16"
    UK_GDPR_ART17 = "uk_gdpr_art17"
    VITAL_INTERESTS = "vital_interests"


class Need(Word):
    """Whether the reader or recipient has declared that it needs this kind of item for this purpose."""

    DECLARED = "declared"
    NOT_DECLARED = "not_declared"


class RiskOfNotActing(Word):
    """What may happen if nothing is done."""

    NONE_KNOWN = "none_known"
    POSSIBLE = "possible"
    SIGNIFICANT_HARM = "significant_harm"
    IMMINENT_LIFE = "imminent_life"


class RiskOfActing(Word):
    """Who may come to harm if it is done."""

    NONE_KNOWN = "none_known"
    TO_SUBJECT = "to_subject"
    TO_OTHER = "to_other"


class Obligation(Word):
    """What a decision can oblige us to."""

    RECORD_REASON = "record_reason"
    RECORD_BASIS = "record_basis"
    TELL_PERSON = "tell_person"
    TELL_RECIPIENTS = "tell_recipients"
    DO_NOT_TELL_PERPETRATOR = "do_not_tell_perpetrator"
    DO_NOT_TELL_FAMILY = "do_not_tell_family"
    ACKNOWLEDGE_DUE = "acknowledge_due"
    ROUTE_TO_RIGHT_RECIPIENT = "route_to_right_recipient"
    ESCALATE = "escalate"
    MINIMUM_FIELDS = "minimum_fields"
    REDACT_THIRD_PARTY = "redact_third_party"
    SECOND_PERSON_APPROVAL = "second_person_approval"
    SAFE_CONTACT_CHECK = "safe_contact_check"
    SEALED_DELIVERY = "sealed_delivery"
    TIME_LIMIT = "time_limit"
    REVIEW_WITHIN_24H = "review_within_24h"
    LOG_DENIAL = "log_denial"
    NEUTRAL_DENIAL = "neutral_denial"
    NOTIFY_SUPERVISOR = "notify_supervisor"
    NOTIFY_CALDICOTT_GUARDIAN = "notify_caldicott_guardian"
    NOTIFY_ALLOCATED_WORKER = "notify_allocated_worker"
    NOTIFY_PARTNERSHIP_LEAD = "notify_partnership_lead"
    OFFER_REASON_AND_CHALLENGE = "offer_reason_and_challenge"
    OFFER_COVER_ROUTE = "offer_cover_route"
    OFFER_SAFE_CHANNEL = "offer_safe_channel"
    OFFER_CORRECTION_NOTE = "offer_correction_note"
    OFFER_TRAINING_DATA = "offer_training_data"
    REVIEW_IF_RISK_CHANGES = "review_if_risk_changes"
    NO_BULK = "no_bulk"
    KEEP_HISTORY_VISIBLE = "keep_history_visible"
    KEEP_PROOF_OF_DISPOSAL = "keep_proof_of_disposal"
    SMALL_NUMBER_SUPPRESSION = "small_number_suppression"
    PSEUDONYMISE = "pseudonymise"
    RESPECT_OPT_OUT = "respect_opt_out"
    DELAYED_RELEASE_REVIEWED = "delayed_release_reviewed"
    DO_NOT_FORWARD = "do_not_forward"
    SHOW_EFFECT_BEFORE_CONFIRMING = "show_effect_before_confirming"
    KEEP_STATUTORY_FLOOR = "keep_statutory_floor"
    ASK_NARROWER = "ask_narrower"
    REVIEW_DATE_SET = "review_date_set"
    SEEK_PERSONS_OWN_VIEW = "seek_persons_own_view"


Fact = bool | int | str
"""What else is known, as a name and a value: a check done or not, a count, a word."""

KNOWN_FACTS: Mapping[str, type] = MappingProxyType(
    {
        "about_money": bool,
        "approval_verified": bool,
        "authority_over_money": bool,
        "authority_over_welfare": bool,
        "authority_verified": bool,
        "consent_doubt_recorded": bool,
        "court_order_restricts_actor": bool,
        "covert_enquiry": bool,
        "end_user_asserted": bool,
        "incident_approved": bool,
        "legal_hold": bool,
        "no_reader_left": bool,
        "on_named_list": bool,
        "order_document_verified": bool,
        "others_at_risk": bool,
        "person_under_care_of_actors_unit": bool,
        "protection_over": bool,
        "rate_per_5min": int,
        "reason_describes_emergency": bool,
        "reason_given": bool,
        "scope_specific": bool,
        "smallest_cell": int,
        "staff_threatened": bool,
        "training_current": bool,
    }
)
"""The extra facts that rules ask for by name. Others may be given: they are kept, and read by what their name says (see rules/situation.py)."""

NO_FACTS: Mapping[str, Fact] = MappingProxyType({})
WORD = pattern(r"[a-z][A-Za-z0-9_]{0,63}")
OLDEST = 130


@dataclass(frozen=True, slots=True)
class Actor:
    agency: Agency
    role: Role
    relation: Relation


@dataclass(frozen=True, slots=True)
class Subject:
    kind: Kind
    age: int | None
    capacity: Capacity
    flags: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    category: Category
    about: About = About.SUBJECT


@dataclass(frozen=True, slots=True)
class Action:
    verb: Verb
    recipient: Recipient | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    state: AgreementState
    covers_purpose: bool = True
    covers_category: bool = True


@dataclass(frozen=True, slots=True)
class Consent:
    state: ConsentState
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    of_not_acting: RiskOfNotActing = RiskOfNotActing.NONE_KNOWN
    of_acting: RiskOfActing = RiskOfActing.NONE_KNOWN


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """One act that somebody wants to do with information about somebody, and what is known about it."""

    actor: Actor
    subject: Subject
    item: Item
    action: Action
    purpose: Purpose
    agreement: Agreement
    consent: Consent
    claimed_basis: Basis = Basis.NONE
    need: Need = Need.NOT_DECLARED
    risk: Risk = Risk()
    facts: Mapping[str, Fact] = field(default_factory=lambda: NO_FACTS)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, and what would be right."""

    field: str
    message: str
    allowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" + (f" Allowed: {', '.join(self.allowed)}." if self.allowed else "")


class Misread(Exception):
    """Facts that cannot be read. Carries every problem found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = problems


def read_request(words: Mapping[str, Any]) -> AccessRequest:
    """Turn the words of a scenario into facts.

    Raises `Misread` with all problems: a missing field, a wrong type, an unknown word, facts that contradict each other.
    """
    reader = _Reader()
    request = reader.request(words)
    reader.contradictions(request)
    if reader.problems:
        raise Misread(tuple(reader.problems))
    return request


def read_facts(written: Any) -> dict[str, Fact]:
    """Read extra facts, written as a list of `name=value` or as a mapping. Raises `Misread`.

    Example:
        >>> read_facts(["smallest_cell=3", "approval_verified=false"])
        {'smallest_cell': 3, 'approval_verified': False}
    """
    reader = _Reader()
    facts = reader.facts(written)
    if reader.problems:
        raise Misread(tuple(reader.problems))
    return facts


AnyWord = TypeVar("AnyWord", bound=Word)
SECTIONS = ("actor", "subject", "item", "action", "agreement", "consent", "risk")
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "actor": ("agency", "role", "relation"),
        "subject": ("kind", "age", "capacity", "flags"),
        "item": ("category", "about"),
        "action": ("verb", "recipient", "channel"),
        "agreement": ("state", "covers_purpose", "covers_category"),
        "consent": ("state", "by"),
        "risk": ("of_not_acting", "of_acting"),
    }
)


class _Reader:
    """Reads field by field and remembers every problem; a field that cannot be read gets a stand-in, and nothing is decided."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def request(self, words: Mapping[str, Any]) -> AccessRequest:
        actor, subject, item, action, agreement, consent, risk = (self._section(words, name) for name in SECTIONS)
        return AccessRequest(
            actor=Actor(
                self._word(Agency, actor, "actor.agency"),
                self._word(Role, actor, "actor.role"),
                self._word(Relation, actor, "actor.relation"),
            ),
            subject=Subject(
                self._word(Kind, subject, "subject.kind"),
                self._age(subject),
                self._word(Capacity, subject, "subject.capacity"),
                self._flags(subject),
            ),
            item=Item(self._word(Category, item, "item.category"), self._word(About, item, "item.about")),
            action=Action(
                self._word(Verb, action, "action.verb"),
                self._word(Recipient, action, "action.recipient") if action.get("recipient") is not None else None,
                self._word(Channel, action, "action.channel") if action.get("channel") is not None else None,
            ),
            purpose=self._word(Purpose, words, "purpose"),
            agreement=Agreement(
                self._word(AgreementState, agreement, "agreement.state"),
                self._yes_no(agreement, "agreement.covers_purpose"),
                self._yes_no(agreement, "agreement.covers_category"),
            ),
            consent=Consent(self._word(ConsentState, consent, "consent.state"), self._by(consent)),
            claimed_basis=self._word(Basis, words, "claimed_basis"),
            need=self._word(Need, words, "need"),
            risk=Risk(self._word(RiskOfNotActing, risk, "risk.of_not_acting"), self._word(RiskOfActing, risk, "risk.of_acting")),
            facts=MappingProxyType(self.facts(words.get("facts"))),
        )

    def facts(self, written: Any) -> dict[str, Fact]:
        if written is None:
            return {}
        facts: dict[str, Fact] = {}
        for name, value in self._pairs(written):
            if not WORD.fullmatch(name):
                self._wrong("facts", f"{name!r} is not a name made of letters, digits and underscores.")
            elif name in facts and facts[name] != value:
                self._wrong(f"facts.{name}", "is given twice, with different values.")
            elif name in KNOWN_FACTS and type(value) is not KNOWN_FACTS[name]:
                allowed = ("true", "false") if KNOWN_FACTS[name] is bool else ("a whole number",)
                self._wrong(f"facts.{name}", f"{value!r} is not an answer to this.", allowed)
            elif type(value) is int and value < 0:
                self._wrong(f"facts.{name}", "cannot be less than nothing.")
            else:
                facts[name] = value
        return facts

    def contradictions(self, request: AccessRequest) -> None:
        """Facts that cannot both be true. What is merely odd (consent ticked for somebody who cannot give it) is for the rules to judge."""
        kind, age = request.subject.kind, request.subject.age
        nobody = kind is Kind.NONE
        if nobody and (age is not None or request.subject.flags):
            self._wrong("subject", "a request about nobody in particular cannot have an age or flags.")
        if nobody and request.actor.relation in {Relation.SELF, Relation.PARENTAL_RESPONSIBILITY, Relation.PROXY}:
            self._wrong("actor.relation", f"{request.actor.relation} needs a person to be related to, but subject.kind is none.")
        if kind is Kind.CHILD and age is not None and age >= 18:
            self._wrong("subject.age", f"somebody of {age} is not a child.", ("0 to 17",))
        if kind is Kind.ADULT and age is not None and age < 16:
            self._wrong("subject.age", f"somebody of {age} is not an adult.", (f"16 to {OLDEST}",))

    def _section(self, words: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        section = words.get(name)
        if not isinstance(section, Mapping):
            self._wrong(name, "is missing." if section is None else "must be a group of fields.", FIELDS[name])
            return {}
        for unknown in section.keys() - set(FIELDS[name]):
            self._wrong(f"{name}.{unknown}", "is not a field.", FIELDS[name])
        return section

    def _word(self, vocabulary: type[AnyWord], section: Mapping[str, Any], name: str) -> AnyWord:
        key = name.rpartition(".")[2]
        value = section.get(key)
        found = value if isinstance(value, str) and value in vocabulary._value2member_map_ else None
        if found is None and (section or "." not in name):
            self._wrong(name, "is missing." if key not in section else f"{value!r} is not a word for this.", tuple(vocabulary))
        return next(iter(vocabulary)) if found is None else vocabulary(found)

    def _yes_no(self, section: Mapping[str, Any], name: str) -> bool:
        value = section.get(name.rpartition(".")[2])
        if not isinstance(value, bool) and section:
            self._wrong(name, "is missing." if value is None else f"{value!r} is neither yes nor no.", ("true", "false"))
        return value is True

    def _age(self, subject: Mapping[str, Any]) -> int | None:
        age = subject.get("age")
        if age is None:
            return None
        if type(age) is not int or not 0 <= age <= OLDEST:
            self._wrong("subject.age", f"{age!r} is not an age.", (f"0 to {OLDEST}", "null"))
            return None
        return age

    def _flags(self, subject: Mapping[str, Any]) -> frozenset[Flag]:
        written = subject.get("flags", [])
        if not isinstance(written, (list, tuple)):
            self._wrong("subject.flags", "must be a list.", tuple(Flag))
            return frozenset()
        return frozenset(self._word(Flag, {"flags": flag}, "subject.flags") for flag in written)

    def _by(self, consent: Mapping[str, Any]) -> str | None:
        by = consent.get("by")
        if by is not None and not (isinstance(by, str) and WORD.fullmatch(by)):
            self._wrong("consent.by", f"{by!r} is not a word.", ("person", "parent", "other_parent", "victim", "referrer"))
            return None
        return by

    def _pairs(self, written: Any) -> list[tuple[str, Fact]]:
        if isinstance(written, Mapping):
            pairs = [(str(name), value) for name, value in written.items()]
            for name, value in pairs:
                if not isinstance(value, (bool, int, str)):
                    self._wrong(f"facts.{name}", "must be true, false, a whole number or a word.")
            return [(name, value) for name, value in pairs if isinstance(value, (bool, int, str))]
        if not isinstance(written, (list, tuple)):
            self._wrong("facts", "must be a list of name=value.")
            return []
        pairs = []
        for line in written:
            name, equals, value = line.partition("=") if isinstance(line, str) else ("", "", "")
            if not equals or not value.strip():
                self._wrong("facts", f"{line!r} is not name=value.")
            else:
                pairs.append((name.strip(), _value(value.strip())))
        return pairs

    def _wrong(self, name: str, message: str, allowed: tuple[str, ...] = ()) -> None:
        self.problems.append(Problem(name, message, tuple(str(word) for word in allowed)))


def _value(text: str) -> Fact:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 16 else text
