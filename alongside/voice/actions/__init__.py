"""Writes about who is heard: forums and who sits in them, what people say, and what the partnership says back. Nothing said is changed."""

from alongside.voice.actions.contributions import answer, have_your_say, new_reference, redact, say_what_changed, type_in
from alongside.voice.actions.forums import bring_in_population, claim_rung, close_forum, open_forum, record_profile, record_sitting

__all__ = [
    "answer", "bring_in_population", "claim_rung", "close_forum", "have_your_say", "new_reference", "open_forum", "record_profile", "record_sitting", "redact", "say_what_changed", "type_in",
]
