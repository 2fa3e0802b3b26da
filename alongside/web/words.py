"""What rules and tables know by a code, in the words that whoever reads a page knows it by. In a template: `{{ code|in_words }}`."""

CATEGORIES = {
    "whole_record": "the whole record", "index_entry": "that somebody is known", "contact_details": "how to reach them", "home_address": "where they live", "whereabouts": "where they are",
    "strengths_needs_plan": "strengths, needs and plan", "safeguarding_concern": "safeguarding concerns", "child_protection_plan": "child protection plans", "domestic_abuse": "domestic abuse",
    "education": "education", "general_health": "health", "mental_health": "mental health", "sexual_health": "sexual health", "housing": "housing",
    "police_intelligence": "police intelligence", "criminal_allegation": "allegations of crime", "spent_conviction": "spent convictions", "counselling_notes": "counselling notes",
    "adoption_history": "adoption history", "gender_history": "gender history", "immigration_status": "immigration status", "legal_advice": "legal advice", "property_entry": "how to get into the home",
    "referrer_identity": "who referred them", "access_ledger": "who looked", "workforce": "staff matters", "finance_open_book": "what the partnership spends", "aggregate_counts": "counts that name nobody",
}
"""What an item in a record is about."""

FIELDS = {
    "kind": "what kind of thing it is", "happened_at": "when it happened", "headline": "one line", "effect": "what it means for the person", "action_taken": "what was done",
    "contact": "whom to ring", "child_present": "whether a child was there", "person_name": "the name", "child_name": "the child’s name", "date_of_birth": "the date of birth",
}
"""The fields that may be enough for a partner."""

PARTS = {"victim_statement": "a victim’s statement", "third_party_info": "what concerns somebody else"}
"""The parts of an entry that are kept apart from the rest."""

RELATIONS = {
    "none": "no part in the care", "partnership_member": "no part in the care; works for a partner", "previously_involved": "was involved before; that has ended", "allocated": "works with the person",
    "team_cover": "stands in for somebody who works with the person", "supervisor": "supervises somebody who works with the person", "referred_to": "the person was referred to them",
    "records_role": "keeps the records", "self": "the person", "parental_responsibility": "has parental responsibility", "no_parental_responsibility": "family, without parental responsibility", "proxy": "acts for the person",
}
"""How whoever asks stands to the person."""

HARMS = {"none_known": "nothing that is known", "possible": "somebody could come to harm", "significant_harm": "somebody may come to serious harm", "imminent_life": "a life is in danger"}
"""What may come of it if nobody acts."""

WORDS = CATEGORIES | FIELDS | PARTS | RELATIONS | HARMS


def in_words(code: str) -> str:
    """
    >>> in_words("home_address"), in_words("missing_episodes"), in_words("")
    ('where they live', 'missing episodes', '')
    """
    return WORDS.get(code) or spaced(code)


def spaced(code: str) -> str:
    """
    >>> spaced("missing_episodes")
    'missing episodes'
    """
    return code.replace("_", " ")


def capital(words: str) -> str:
    """
    >>> capital("what Leah said"), capital("")
    ('What Leah said', '')
    """
    return words[:1].upper() + words[1:]
