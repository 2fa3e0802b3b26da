"""Every measure that the command knows, in the order of the formulae."""

from difflib import get_close_matches
from re import sub

from alongside.measures.files import agreement, benefit, chance, fairness, network, partnership, person, provision, voice, workload
from alongside.measures.files.measure import Measure
from alongside.measures.files.table import plain
from alongside.measures.result import Unmeasurable

MEASURES: dict[str, Measure] = {
    measure.name: measure for room in (partnership, agreement, network, person, fairness, voice, workload, provision, benefit, chance) for measure in room.MEASURES
}  # fmt: skip
NAMES = {plain(name): measure for measure in MEASURES.values() for name in (measure.name, *measure.aliases)}

FORMULAE: dict[str, tuple[str, ...]] = {
    "F1": ("gates", "significance", "self-scores"),
    "F1a": ("gates",),
    "F1b": ("significance",),
    "F1c": ("self-scores",),
    "F2": ("rwg", "kappa", "fleiss-kappa", "kendall", "alignment"),
    "F3": ("network", "reciprocity", "pair-imbalance", "effective-number"),
    "F4": ("trust",),
    "F5": ("gas",),
    "F6": ("involvement", "ladder"),
    "F6a": ("involvement",),
    "F6b": ("ladder",),
    "F7": ("concentration-index", "horizontal-inequity"),
    "F8": ("sii",),
    "F9": ("theil", "mld", "paf"),
    "F10": ("gini", "hhi", "influence"),
    "F11": ("dissimilarity", "r-indicator", "burden-benefit"),
    "F12": ("workload", "caseload"),
    "F13": ("repetition", "asked-again", "overlap", "dose", "continuity", "cross-effects"),
    "F14": ("information-lost",),
    "F15": ("benefit-cost",),
    "F16": ("proportion", "rate", "count", "funnel"),
}
"""The numbers by which results, pages and reports call a formula, and the measures that work it out."""


def measure_called(name: str) -> Measure:
    """The measure of a name, an alias, or a formula's number where that is of one measure. Raises `Unmeasurable` with the nearest names.

    Example:
        >>> measure_called("Cohen-Kappa").name, measure_called("F5").name, measure_called("F10 Gini").name
        ('kappa', 'gas', 'gini')
    """
    wanted = plain(name)
    if (found := NAMES.get(wanted) or NAMES.get(sub(r"^f\d+[a-c]?_", "", wanted))) is not None:
        return found
    if of := next((names for number, names in FORMULAE.items() if plain(number) == wanted), ()):
        if len(of) == 1:
            return MEASURES[of[0]]
        raise Unmeasurable(f"{name} is several measures: say {', '.join(of[:-1])} or {of[-1]}.")
    near = [NAMES[close].name for close in get_close_matches(plain(name), NAMES, n=3, cutoff=0.5)]
    hint = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    raise Unmeasurable(f"There is no measure '{name}'.{hint} 'alongside measures' lists them all.")
