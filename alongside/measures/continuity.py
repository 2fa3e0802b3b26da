"""F13: whether help is diluted: how much of what was planned came, from how many, and how often from the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F13.1"
CAVEAT = "Counts contacts, not how good they were. One person's figures stand on few contacts; look at them beside the plan. All contacts are counted, so there is no interval."
DOSE_FLOOR, MANY_PROVIDERS = 0.8, 2.0


@dataclass(frozen=True, slots=True)
class Dose:
    """`delivered` is the share of what was planned that came; `providers` as how many equal providers those who came count. `diluted`: under 80% from more than two."""

    delivered: Result
    providers: Result
    diluted: bool


def dose(planned: Mapping[str, float], delivered: Mapping[str, float]) -> Dose:
    """Hours (or visits) delivered of those planned, and the effective number of providers 1 / sum s^2 of what came, for one need.

    Source: measure F13 of this product.
    Example:
        >>> found = dose({"a": 2, "b": 2, "c": 2}, {"a": 1, "b": 1, "c": 1})
        >>> found.delivered.value, round(found.providers.value, 6), found.diluted
        (0.5, 3.0, True)
    """
    if any(hours < 0 for hours in (*planned.values(), *delivered.values())) or not sum(planned.values()):
        raise Unmeasurable("Planned and delivered amounts are zero or more, and something must have been planned.")
    came, inputs = sum(delivered.values()), [*sorted(planned.items()), *sorted(delivered.items())]
    share, many = came / sum(planned.values()), effective_providers(list(delivered.values()))
    found = measured("F13 dose delivered", VERSION, share, n=len(planned), inputs=inputs, caveat=CAVEAT)
    return Dose(found, many, share < DOSE_FLOOR and many.value is not None and many.value > MANY_PROVIDERS)


def effective_providers(amounts: Sequence[float]) -> Result:
    """As how many equal providers those who gave something count: 1 / sum s^2. None where nobody gave anything.

    Source: Laakso and Taagepera, Comparative Political Studies 12 (1979) 3-27.
    Example:
        >>> round(effective_providers([3, 1]).value, 4)
        1.6
    """
    if any(amount < 0 for amount in amounts):
        raise Unmeasurable("Amounts cannot be below zero.")
    total = sum(amounts)
    return measured("F13 effective providers", VERSION, total**2 / sum(a * a for a in amounts) if total else None, n=len(amounts), inputs=sorted(amounts), caveat=CAVEAT)


def continuity_of_care(contacts: Sequence[int]) -> Result:
    """COC = (sum n_j^2 - N) / (N (N - 1)): 1 is always the same provider, 0 never twice. None with fewer than two contacts. n is the contacts.

    Source: Bice and Boxerman, Medical Care 15 (1977) 347-349; as in BMC Health Services Research (2022), table 2.
    Example:
        >>> round(continuity_of_care([6, 3, 1]).value, 6)
        0.4
    """
    total = _total(contacts)
    value = (sum(count * count for count in contacts) - total) / (total * (total - 1)) if total > 1 else None
    return measured("F13 continuity of care (COC)", VERSION, value, n=total, inputs=enumerate(sorted(contacts)), caveat=CAVEAT)


def usual_provider(contacts: Sequence[int]) -> Result:
    """UPC = the share of contacts with the provider seen most. n is the contacts.

    Source: Breslau and Reeb, Journal of Medical Education 50 (1975) 965-969.
    Example:
        >>> usual_provider([6, 3, 1]).value
        0.6
    """
    total = _total(contacts)
    return measured("F13 usual provider (UPC)", VERSION, max(contacts) / total if total else None, n=total, inputs=enumerate(sorted(contacts)), caveat=CAVEAT)


def _total(contacts: Sequence[int]) -> int:
    if not contacts or min(contacts) < 0:
        raise Unmeasurable("Continuity needs the contacts with each provider, none below zero.")
    return sum(contacts)
