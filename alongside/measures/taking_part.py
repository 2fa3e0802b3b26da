"""S1 and S13: who comes to meetings, and how much of those asked have signed up."""

from collections.abc import Mapping, Sequence

from alongside.measures.proportion import wilson
from alongside.measures.result import Result, Unmeasurable, measured

ATTENDANCE_VERSION, SIGN_UP_VERSION = "S1.1", "S13.1"
ATTENDANCE_CAVEAT = "Closed meetings, counted for each seat that was noted. A substitute counts as there. Being there is not the same as being heard."
SIGN_UP_CAVEAT = "The last answer of each body asked. A condition, a refusal and a withdrawal are no signature. All were asked, so there is no interval."


def attendance(came: Sequence[bool]) -> Result:
    """The share of seats that were filled, with Wilson's interval. n is the seats noted.

    Source: measure S1 of this product.
    Example:
        >>> found = attendance([True, True, False, True])
        >>> found.value, round(found.low, 3), round(found.high, 3)
        (0.75, 0.301, 0.954)
    """
    if not came:
        raise Unmeasurable("Attendance needs at least one seat that was noted at a meeting.")
    return measured("S1 attendance", ATTENDANCE_VERSION, sum(came) / len(came), n=len(came), inputs=enumerate(came), caveat=ATTENDANCE_CAVEAT, interval=wilson(sum(came), len(came)))


def sign_up(signed: Mapping[str, bool]) -> Result:
    """The share of the bodies asked whose last answer is a signature. n is the bodies asked.

    Source: measure S13 of this product.
    Example:
        >>> sign_up({"council": True, "trust": True, "school": False, "police": False}).value
        0.5
    """
    if not signed:
        raise Unmeasurable("Sign-up needs at least one body that was asked.")
    return measured("S13 sign-up", SIGN_UP_VERSION, sum(signed.values()) / len(signed), n=len(signed), inputs=signed.items(), caveat=SIGN_UP_CAVEAT)
