"""What else is known."""

from collections.abc import Mapping
from types import MappingProxyType

Fact = bool | int | str
"""What else is known, as a name and a value: a check done or not, a count, a word."""

KNOWN_FACTS: Mapping[str, type] = MappingProxyType(
    {
        "about_money": bool,
        "approval_verified": bool,
        "authority_over_money": bool,
        "authority_over_welfare": bool,
        "authority_verified": bool,
        "chosen_by_person": bool,
        "consent_doubt_recorded": bool,
        "court_order_restricts_actor": bool,
        "covert_enquiry": bool,
        "end_user_asserted": bool,
        "identity_seen": bool,
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
