"""Who may put a protecting marker on a person."""

from alongside.people.facts import PROTECTING_FLAGS, Flag

RECORDS_OFFICE = frozenset({"records_manager"})
SET_BY_NAMED_LISTS = frozenset({Flag.RESTRICTED_RECORD})
"""A restricted record is a list of those who may know, kept where access is changed; a bare marker would shut everybody out."""


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
