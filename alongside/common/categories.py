"""What an item in a record is about, in the gate's words, with the fixed numbers that row security packs into access keys.

A number is never reused or changed: it is part of every access key in the database.
"""

CATEGORY_NUMBERS: dict[str, int] = {
    "whole_record": 0,
    "index_entry": 1,
    "contact_details": 2,
    "home_address": 3,
    "whereabouts": 4,
    "strengths_needs_plan": 5,
    "safeguarding_concern": 6,
    "child_protection_plan": 7,
    "domestic_abuse": 8,
    "education": 9,
    "general_health": 10,
    "mental_health": 11,
    "sexual_health": 12,
    "housing": 13,
    "police_intelligence": 14,
    "criminal_allegation": 15,
    "spent_conviction": 16,
    "counselling_notes": 17,
    "adoption_history": 18,
    "gender_history": 19,
    "immigration_status": 20,
    "legal_advice": 21,
    "property_entry": 22,
    "referrer_identity": 23,
    "access_ledger": 24,
    "workforce": 25,
    "finance_open_book": 26,
    "aggregate_counts": 27,
}

AGENCY_BITS, CATEGORY_BITS = 15, 6
PERSON_SHIFT = AGENCY_BITS + CATEGORY_BITS


def record_key(person_id: int, agency_id: int, category: str) -> int:
    """The access key of what one agency holds of one category about one person; agency 0 for what belongs to no agency.

    Example:
        >>> record_key(1, 2, "home_address") == (1 << 21) | (2 << 6) | 3
        True
    """
    return (person_id << PERSON_SHIFT) | (agency_id << CATEGORY_BITS) | CATEGORY_NUMBERS[category]
