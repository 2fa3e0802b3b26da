from alongside.trust.models.consultation import DecisionNote
from alongside.trust.models.disagreement import Disagreement, ProfessionalView
from alongside.trust.models.perspective import Guess, PerspectiveExercise
from alongside.trust.models.promise import Promise, PromiseEvent
from alongside.trust.models.pulse import PulseAnswer, PulseRound

__all__ = ["DecisionNote", "Disagreement", "Guess", "PerspectiveExercise", "ProfessionalView", "Promise", "PromiseEvent", "PulseAnswer", "PulseRound"]
