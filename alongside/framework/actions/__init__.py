"""Writes of the framework: guidance is published, a run is begun, answered, scored, recommended on and decided. Each step is a door of the database."""

from alongside.framework.actions.deciding import add_condition, meet_condition, recommend, vote
from alongside.framework.actions.guidance import hand_over_guidance, publish_guidance, review_guidance
from alongside.framework.actions.runs import answer_gate, close_run, save_scores, start_run
from alongside.partnerships.actions.doors import NotNow, NotYours

__all__ = ["NotNow", "NotYours", "add_condition", "answer_gate", "close_run", "hand_over_guidance", "meet_condition", "publish_guidance", "recommend", "review_guidance", "save_scores", "start_run", "vote"]
