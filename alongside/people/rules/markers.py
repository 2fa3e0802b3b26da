"""Who may put a protecting marker on a person."""

from alongside.people.facts import PROTECTING_FLAGS, Flag

RECORDS_OFFICE = frozenset({"records_manager"})
SET_BY_NAMED_LISTS = frozenset({Flag.RESTRICTED_RECORD})
"""A restricted record is a list of those who may know, kept where access is changed; a bare marker would shut everybody out."""

ENDED_BY_TWO = PROTECTING_FLAGS | SET_BY_NAMED_LISTS
"""What hides who somebody is. A records office asks for its end, and a second person agrees."""


def may_end_alone(flag: Flag) -> bool:
    """Whoever may write in the record may end a protecting marker, but one that hides who somebody is must end by two people.

    Source: UK GDPR Art 32(1)(b) and 5(1)(f); a decision of this product: nobody alone lifts what hides a person.

    Example:
        >>> may_end_alone(Flag.PORTAL_UNSAFE), may_end_alone(Flag.ADOPTED), may_end_alone(Flag.RESTRICTED_RECORD)
        (True, False, False)
    """
    return flag not in ENDED_BY_TWO


def may_set_marker(flag: Flag, role: str) -> bool:
    """Whoever may write in the record may set a protecting marker, but one whose very existence is secret must be set by a records office.

    Source: Gender Recognition Act 2004 s22; Adoption and Children Act 2002 ss56-65.

    Example:
        >>> may_set_marker(Flag.PORTAL_UNSAFE, "family_nurse"), may_set_marker(Flag.ADOPTED, "family_nurse"), may_set_marker(Flag.ADOPTED, "records_manager")
        (True, False, True)
    """
    if flag in SET_BY_NAMED_LISTS:
        return False
    return flag not in PROTECTING_FLAGS or role in RECORDS_OFFICE
