from alongside.framework.models.behaviour import BehaviourFigure, CountedDay, PartnerAnswers, SharingDay, TiesFound
from alongside.framework.models.guidance import Guidance, GuidanceHandOver, GuidanceReview
from alongside.framework.models.run import Condition, GateAnswer, Recommendation, Run, Score, ScoreSheet, Vote

__all__ = [
    "BehaviourFigure", "Condition", "CountedDay", "GateAnswer", "Guidance", "GuidanceHandOver", "GuidanceReview", "PartnerAnswers", "Recommendation", "Run", "Score", "ScoreSheet",
    "SharingDay", "TiesFound", "Vote",
]  # fmt: skip
