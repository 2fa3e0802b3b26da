"""How a person wants to be treated and what they need, in their words."""

from datetime import datetime

from alongside.common.decisions import Conflict
from alongside.people.models import Profile

TEXTS = ("how_to_treat_me", "what_matters", "communication_needs", "access_needs")


def set_profile(*, person_id: int, at: datetime, seen: datetime | None = None, **words: object) -> Profile:
    """What the person says of themself, or what was said for them; the latest stands. The person must be writable in this transaction.

    Raises Conflict with both texts when somebody else wrote since `seen`, the version that the writer had before them.
    """
    before = Profile.objects.filter(person_id=person_id).first()
    if before is not None and seen is not None and before.changed_at != seen:
        for field in TEXTS:
            if field in words and words[field] != getattr(before, field):
                raise Conflict(str(words[field]), str(getattr(before, field)), field=field)
    profile, _ = Profile.objects.update_or_create(person_id=person_id, defaults={**words, "changed_at": at})
    return profile
