from alongside.trust.models.consultation import DecisionNote
from alongside.trust.models.contradiction import Contradiction
from alongside.trust.models.disagreement import Disagreement, ProfessionalView
from alongside.trust.models.effects import Activity, EffectPoint, EffectRating, EffectRound
from alongside.trust.models.offer import Offer, OfferRequest
from alongside.trust.models.perspective import Guess, PerspectiveExercise
from alongside.trust.models.promise import Promise, PromiseEvent
from alongside.trust.models.pulse import PulseAnswer, PulseRound
from alongside.trust.models.shadowing import ShadowingDay

__all__ = [
    "Activity", "Contradiction", "DecisionNote", "Disagreement", "EffectPoint", "EffectRating", "EffectRound", "Guess", "Offer", "OfferRequest", "PerspectiveExercise", "ProfessionalView",
    "Promise", "PromiseEvent", "PulseAnswer", "PulseRound", "ShadowingDay",
]
