"""What the asker wants to do with it, and where it would go."""

from dataclasses import dataclass

from alongside.confidentiality.facts.words import Word


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


@dataclass(frozen=True, slots=True)
class Action:
    verb: Verb
    recipient: Recipient | None = None
    channel: Channel | None = None
