"""The shape of what passes between partners: who shares with whom, whether both ways, and on how few it hangs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Tie:
    """So many shares from one partner to another."""

    sender: int
    receiver: int
    weight: int = 1


def reciprocity(ties: Iterable[Tie]) -> float | None:
    """Of pairs between which anything passes, those where something passes both ways. None without ties.

    Source: measure F3 of this product, the dyadic convention.
    Example:
        >>> reciprocity([Tie(1, 2), Tie(1, 3), Tie(2, 1), Tie(3, 2), Tie(3, 4), Tie(4, 3)])
        0.5
    """
    arcs = {(tie.sender, tie.receiver) for tie in ties}
    pairs = {frozenset(arc) for arc in arcs}
    return (len(arcs) - len(pairs)) / len(pairs) if pairs else None


def imbalance(ties: Iterable[Tie]) -> float | None:
    """The mean over pairs of |a - b| / (a + b): 0 even, 1 all one way. None without ties.

    Source: S10 of this product: pair imbalance.
    Example:
        >>> imbalance([Tie(1, 2, 3), Tie(2, 1, 1), Tie(1, 3, 2)])
        0.75
    """
    sent = {(tie.sender, tie.receiver): tie.weight for tie in ties}
    pairs = {frozenset(arc) for arc in sent}
    shares = [abs(sent.get((one, other), 0) - sent.get((other, one), 0)) / (sent.get((one, other), 0) + sent.get((other, one), 0)) for one, other in map(sorted, pairs)]
    return fsum(shares) / len(shares) if shares else None


def density(ties: Iterable[Tie], partners: Collection[int]) -> float | None:
    """Pairs between which anything passes, of all possible pairs. None for fewer than two partners.

    Source: measure F3 of this product: m / (n (n - 1) / 2).
    Example:
        >>> density([Tie(1, 2), Tie(2, 1), Tie(1, 3)], [1, 2, 3, 4]) == 2 / 6
        True
    """
    n = len(partners)
    return len(_edges(ties)) / (n * (n - 1) / 2) if n > 1 else None


def centralisation(ties: Iterable[Tie], partners: Collection[int]) -> float | None:
    """How far everything hangs on one partner: sum(most - each) / ((n - 1)(n - 2)), without loops. None for fewer than three.

    Source: Freeman (1979); measure F3 of this product.
    Example:
        >>> centralisation([Tie(1, 2), Tie(1, 3), Tie(1, 4)], [1, 2, 3, 4])
        1.0
    """
    n, edges = len(partners), _edges(ties)
    if n < 3:
        return None
    degrees = [sum(partner in edge for edge in edges) for partner in partners]
    return sum(max(degrees) - degree for degree in degrees) / ((n - 1) * (n - 2))


def _edges(ties: Iterable[Tie]) -> set[frozenset[int]]:
    return {frozenset((tie.sender, tie.receiver)) for tie in ties if tie.sender != tie.receiver}
