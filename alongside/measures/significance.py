"""F1b: how significant a partnership is, so that the depth of the test fits what is at stake."""

from collections.abc import Mapping

from alongside.measures.bands import Bands, banded
from alongside.measures.result import Result, Unmeasurable, measured

VERSION = "F1b.1"
CAVEAT = "Weights and bands are the council's own choice, kept with their version. The score decides how deep the test goes, and nothing else. It is a sum of what was judged, so there is no interval."
WEIGHTS = {"money": 3.0, "statutory duty": 3.0, "safeguarding": 3.0, "personal data": 2.0, "reputation and exit": 2.0, "priority fit": 1.0}
MOST = 3
DEPTHS = banded("depths v1", MOST * sum(WEIGHTS.values()), (0, "light"), (14, "standard"), (28, "full"))


def significance(scores: Mapping[str, float], *, weights: Mapping[str, float] = WEIGHTS) -> Result:
    """Sum of weight x score, each score from 0 to 3; every weighted criterion must be scored. n is the criteria.

    Source: measure F1b of this product; councils' published rules are of the same kind.
    Example:
        >>> significance({"money": 2, "statutory duty": 3, "safeguarding": 3, "personal data": 3, "reputation and exit": 1, "priority fit": 2}).value
        34.0
    """
    unscored, unknown = [name for name in weights if name not in scores], [name for name in scores if name not in weights]
    if unscored or unknown:
        raise Unmeasurable(f"Score each of: {', '.join(weights)}. " + (f"Missing: {', '.join(unscored)}." if unscored else f"Not known: {', '.join(unknown)}."))
    if any(not 0 <= score <= MOST for score in scores.values()) or any(weight < 0 for weight in weights.values()):
        raise Unmeasurable("Each score is from 0 to 3, and no weight is below zero.")
    return measured(
        "F1 significance", VERSION, float(sum(weights[name] * scores[name] for name in weights)), n=len(weights), inputs=[*scores.items(), *weights.items()], caveat=CAVEAT
    )


def depth(score: Result, bands: Bands = DEPTHS) -> str:
    """How deep the test goes: light, standard or full, by the bands.

    Example:
        >>> depth(significance(dict.fromkeys(WEIGHTS, 3)))
        'full'
    """
    if score.value is None:
        raise Unmeasurable("There is no score to say the depth of.")
    return bands.of(float(score.value)).name
