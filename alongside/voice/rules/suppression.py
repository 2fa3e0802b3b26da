"""Which counts may be shown without pointing at anybody."""

from collections.abc import Mapping
from datetime import date

from alongside.common.rulebook import rule

SINCE = date(2026, 1, 1)
SMALLEST = 5


@rule("VCE-010", since=SINCE)
def kept_back(counts: Mapping[str, int]) -> frozenset[str]:
    """A count from 1 to 4 must not be shown; where the others would give it away, the next smallest must not be shown either.

    What is kept back together comes to at least 5 people in at least two groups, so that nobody finds it by taking what is shown from the total.
    None is a group of its own: zero names nobody and is what the comparison is for.

    Source: Anonymisation standard for publishing health and social care data (ISB 1523); Office for National Statistics policy on protecting small counts
    Example:
        >>> sorted(kept_back({"16_24": 2, "25_44": 9, "45_64": 6, "80_over": 0}))
        ['16_24', '45_64']
        >>> sorted(kept_back({"asian": 1, "white": 2})), sorted(kept_back({"asian": 8, "white": 12}))
        (['asian', 'white'], [])
    """
    hidden = {group for group, count in counts.items() if 0 < count < SMALLEST}
    others = sorted((count, group) for group, count in counts.items() if count >= SMALLEST)
    while hidden and others and (len(hidden) < 2 or sum(counts[group] for group in hidden) < SMALLEST):
        hidden.add(others.pop(0)[1])
    return frozenset(hidden)


@rule("VCE-011", since=SINCE)
def too_few_to_compare(counts: Mapping[str, int]) -> bool:
    """A comparison must not be shown where what is kept back would still point at fewer than 5 people, or at a group by itself.

    Source: as VCE-010
    Example:
        >>> too_few_to_compare({"asian": 1, "white": 2}), too_few_to_compare({"carer": 3, "not_carer": 17}), too_few_to_compare({"carer": 0, "not_carer": 3})
        (True, False, True)
    """
    hidden = kept_back(counts)
    return bool(hidden) and (len(hidden) < 2 or sum(counts[group] for group in hidden) < SMALLEST)
