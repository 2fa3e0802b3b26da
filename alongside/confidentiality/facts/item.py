"""What information is asked for."""

from dataclasses import dataclass

from alongside.confidentiality.facts.words import Word


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


@dataclass(frozen=True, slots=True)
class Item:
    category: Category
    about: About = About.SUBJECT
