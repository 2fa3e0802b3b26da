"""Whether two records may be of one person: what agrees speaks for it, what differs against it, each by its weight."""

from collections.abc import Mapping

from alongside.linkage.facts import Agrees, Comparison, Weighed

PROPOSED_FROM = 12.0
"""The weight from which two records are shown to the records office: about as much as a whole birth date and a name nearly right."""

WEIGHTS: Mapping[str, Mapping[Agrees, float]] = {
    "nhs_number": {Agrees.SAME: 16, Agrees.DIFFERS: -18},
    "upn": {Agrees.SAME: 16, Agrees.DIFFERS: -4},
    "born": {Agrees.SAME: 8, Agrees.SWAPPED: 6, Agrees.CLOSE: 3, Agrees.DIFFERS: -8},
    "given_name": {Agrees.SAME: 4, Agrees.CLOSE: 2.5, Agrees.DIFFERS: -4},
    "family_name": {Agrees.SAME: 5, Agrees.CLOSE: 3, Agrees.DIFFERS: -3},
    "postcode": {Agrees.SAME: 4, Agrees.DIFFERS: -0.5},
    "contact": {Agrees.SAME: 5},
}
"""In the manner of Fellegi and Sunter: about the logarithm to base 2 of how much more often it is so for one person than for two."""

WORDS: Mapping[tuple[str, Agrees], str] = {
    ("nhs_number", Agrees.SAME): "Same NHS number", ("nhs_number", Agrees.DIFFERS): "Different NHS numbers", ("upn", Agrees.SAME): "Same pupil number",
    ("born", Agrees.SAME): "Born on the same day", ("born", Agrees.SWAPPED): "Born on the same day, if day and month were swapped", ("born", Agrees.CLOSE): "Birth dates differ in one part",
    ("born", Agrees.DIFFERS): "Birth dates differ", ("given_name", Agrees.SAME): "Same given names", ("given_name", Agrees.CLOSE): "Given names sound or look alike",
    ("given_name", Agrees.DIFFERS): "Given names differ", ("family_name", Agrees.SAME): "Same family name", ("family_name", Agrees.CLOSE): "Family names sound or look alike",
    ("family_name", Agrees.DIFFERS): "Family names differ", ("postcode", Agrees.SAME): "Same postcode", ("contact", Agrees.SAME): "Same telephone or email",
}


def weigh(two: Comparison) -> Weighed:
    """Two records may be proposed as one person's when what agrees outweighs what differs by far; two different NHS numbers are never outweighed by names.

    Source: I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage, JASA 64 (1969), for the manner; the weights were set by judgement and were not fitted to data.

    Example:
        >>> weigh(Comparison(1, 2, born=Agrees.SAME, given_name=Agrees.CLOSE, family_name=Agrees.SAME)).proposed
        True
        >>> weigh(Comparison(1, 2, nhs_number=Agrees.DIFFERS, born=Agrees.SAME, given_name=Agrees.SAME, family_name=Agrees.SAME, postcode=Agrees.SAME)).proposed
        False
        >>> weigh(Comparison(1, 2, given_name=Agrees.SAME, family_name=Agrees.SAME)).proposed
        False
    """
    parts = {name: getattr(two, name) for name in WEIGHTS}
    weight = sum(WEIGHTS[name].get(agrees, 0.0) for name, agrees in parts.items())
    return Weighed(weight, tuple(WORDS[name, agrees] for name, agrees in parts.items() if (name, agrees) in WORDS), weight >= PROPOSED_FROM)
