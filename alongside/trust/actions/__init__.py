from alongside.trust.actions.consultation import note_decision
from alongside.trust.actions.contradictions import TwoThings, answer_contradiction, say_contradiction
from alongside.trust.actions.disagreements import give_view, open_disagreement, settle_disagreement
from alongside.trust.actions.effects import end_activity, end_effect, name_activity, open_effect_round, rate_effects, take_on_effect
from alongside.trust.actions.offers import answer_offer_request, ask_for_offer, offer_resource, withdraw_offer
from alongside.trust.actions.perspective import guess_order, start_exercise
from alongside.trust.actions.promises import make_promise, say_promise_done, settle_promise
from alongside.trust.actions.pulse import answer_pulse, open_pulse
from alongside.trust.actions.shadowing import share_shadowing_day, write_shadowing_day

__all__ = [
    "TwoThings", "answer_contradiction", "answer_offer_request", "answer_pulse", "ask_for_offer", "end_activity", "end_effect", "give_view", "guess_order", "make_promise", "name_activity",
    "note_decision", "offer_resource", "open_disagreement", "open_effect_round", "open_pulse", "rate_effects", "say_contradiction", "say_promise_done", "settle_disagreement", "settle_promise",
    "share_shadowing_day", "start_exercise", "take_on_effect", "withdraw_offer", "write_shadowing_day",
]  # fmt: skip
