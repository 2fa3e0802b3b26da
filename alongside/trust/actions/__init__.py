from alongside.trust.actions.consultation import note_decision
from alongside.trust.actions.disagreements import give_view, open_disagreement, settle_disagreement
from alongside.trust.actions.perspective import guess_order, start_exercise
from alongside.trust.actions.promises import make_promise, say_promise_done, settle_promise
from alongside.trust.actions.pulse import answer_pulse, open_pulse

__all__ = [
    "answer_pulse", "give_view", "guess_order", "make_promise", "note_decision", "open_disagreement", "open_pulse", "say_promise_done", "settle_disagreement", "settle_promise", "start_exercise",
]
