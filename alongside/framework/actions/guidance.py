"""Guidance is published in versions by its owner, looked at again, and handed over."""

import uuid
from datetime import date, datetime
from json import dumps

from alongside.agencies.facts import Actor
from alongside.framework.facts import Text
from alongside.framework.models import Guidance
from alongside.partnerships.actions.doors import through_the_door


def publish_guidance(*, by: Actor, text: Text, what_changed: str, review_on: date, at: datetime, key: uuid.UUID | None = None) -> Guidance:
    """
    1. Its owner publishes the next version (the first: whoever looks after the installation, who owns it from then on); sent twice with the same key, it is one.
    2. From now on every test and examination begins by it; partnerships last examined by a former one are listed.
    """
    words = {"edition": text.edition, "title": text.title, "content": text.content, "what_changed": what_changed.strip(), "review_on": review_on, "key": key}
    return Guidance.objects.get(pk=through_the_door(by, "publish_guidance(%s, %s)", dumps(words, default=str), at))


def review_guidance(*, by: Actor, guidance_id: int, note: str, review_on: date, at: datetime) -> None:
    """Looked at again and left as it is until the next day of review."""
    through_the_door(by, "review_guidance(%s, %s, %s, %s)", guidance_id, note.strip(), review_on, at)


def hand_over_guidance(*, by: Actor, to_id: int, why: str, at: datetime) -> None:
    """From now on somebody else owns the guidance and publishes its next version. Who owned it before, and why it changed hands, is kept."""
    through_the_door(by, "hand_over_guidance(%s, %s, %s)", to_id, why.strip(), at)
