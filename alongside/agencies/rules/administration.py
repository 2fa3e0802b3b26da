"""Who looks after an agency's accounts, and where a second person is needed."""

from datetime import date

from alongside.common.rulebook import rule

SINCE = date(2026, 1, 1)


@rule("AGY-010", since=SINCE, topic="agencies")
def looks_after_agency(*, own_agency: bool, system_owner: bool, manages_a_team: bool, agency_has_named_one: bool) -> bool:
    """An agency must be looked after by its own named system owners, and by the managers of its teams only while it has named none.

    Source: Data Security and Protection Toolkit, evidence 4.1: access is granted and ended by named people; Caldicott principle 4.
    Example:
        >>> looks_after_agency(own_agency=True, system_owner=False, manages_a_team=True, agency_has_named_one=False)
        True
        >>> looks_after_agency(own_agency=True, system_owner=False, manages_a_team=True, agency_has_named_one=True)
        False
        >>> looks_after_agency(own_agency=False, system_owner=True, manages_a_team=True, agency_has_named_one=False)
        False
    """
    return own_agency and (system_owner or manages_a_team and not agency_has_named_one)


@rule("AGY-020", since=SINCE, topic="agencies")
def may_confirm_reset(*, whose: int, asked_by: int, confirms: int) -> bool:
    """A second step may be taken off an account only when two people agree, and neither is whoever signs in with it.

    Source: NIST SP 800-63B 6.1.2.3, replacement of a lost authenticator; OWASP ASVS 5.0, 6.4.4.
    Example:
        >>> may_confirm_reset(whose=1, asked_by=2, confirms=3), may_confirm_reset(whose=1, asked_by=2, confirms=2), may_confirm_reset(whose=1, asked_by=2, confirms=1)
        (True, False, False)
    """
    return len({whose, asked_by, confirms}) == 3


@rule("AGY-030", since=SINCE, topic="agencies")
def must_have_supervisor(*, manages_a_team: bool) -> bool:
    """Every practitioner who manages no team must have a supervisor, so that what is late always climbs to somebody.

    Source: Working Together to Safeguard Children (2023): effective supervision.
    Example:
        >>> must_have_supervisor(manages_a_team=False)
        True
    """
    return not manages_a_team


@rule("AGY-040", since=SINCE, topic="agencies")
def supervises_in_a_ring(supervisor_of: dict[int, int | None], *, practitioner: int, supervisor: int) -> bool:
    """Nobody may supervise themselves, nor anybody above them: a ring would have nobody at its top to hear what is late.

    Source: a decision of this product: what is not answered climbs until somebody answers.
    Example:
        >>> supervises_in_a_ring({1: None, 2: 1, 3: 2}, practitioner=1, supervisor=3), supervises_in_a_ring({1: None, 2: 1}, practitioner=3, supervisor=2)
        (True, False)
    """
    above: int | None = supervisor
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == practitioner:
            return True
        seen.add(above)
        above = supervisor_of.get(above)
    return False
