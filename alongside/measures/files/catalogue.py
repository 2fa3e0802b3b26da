"""Every measure that the command knows, in the order of the formulae."""

from difflib import get_close_matches

from alongside.measures.files import agreement, benefit, chance, fairness, network, partnership, person, provision, voice, workload
from alongside.measures.files.measure import Measure
from alongside.measures.files.table import plain
from alongside.measures.result import Unmeasurable

MEASURES: dict[str, Measure] = {
    measure.name: measure for room in (partnership, agreement, network, person, fairness, voice, workload, provision, benefit, chance) for measure in room.MEASURES
}  # fmt: skip
NAMES = {plain(name): measure for measure in MEASURES.values() for name in (measure.name, *measure.aliases)}


def measure_called(name: str) -> Measure:
    """The measure of a name or an alias. Raises `Unmeasurable` with the nearest names.

    Example:
        >>> measure_called("Cohen-Kappa").name
        'kappa'
    """
    if (found := NAMES.get(plain(name))) is not None:
        return found
    near = [NAMES[close].name for close in get_close_matches(plain(name), NAMES, n=3, cutoff=0.5)]
    hint = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    raise Unmeasurable(f"There is no measure '{name}'.{hint} 'alongside measures' lists them all.")
