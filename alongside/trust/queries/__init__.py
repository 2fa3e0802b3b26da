"""Reads of trust: what is open to the members of a partnership, and what is only ever a total."""

from alongside.trust.queries.between import (
    BETWEEN_PARTNERS,
    STILL_PROMISED,
    Said,
    consult_rate,
    decision_notes,
    disagreement,
    disagreements,
    exercise,
    exercises,
    kept_by,
    last_views,
    my_answers,
    my_guess,
    nearness_of,
    nearness_of_each,
    promise,
    promises,
    pulse_results,
    pulse_round,
    pulse_rounds,
    pulse_turnout,
    thresholds,
    true_order,
)

__all__ = [
    "BETWEEN_PARTNERS", "STILL_PROMISED", "Said", "consult_rate", "decision_notes", "disagreement", "disagreements", "exercise", "exercises", "kept_by", "last_views",
    "my_answers", "my_guess", "nearness_of", "nearness_of_each", "promise", "promises", "pulse_results", "pulse_round", "pulse_rounds", "pulse_turnout", "thresholds",
    "true_order",
]
