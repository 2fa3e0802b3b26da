"""What each team must know."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from json import dumps

from alongside.agencies.facts import Actor
from alongside.partnerships.actions.doors import NotNow, through_the_door
from alongside.partnerships.facts import NeedText
from alongside.partnerships.models import InformationNeed
from alongside.partnerships.rules.needs import too_wide


class NeedsNarrowing(NotNow):
    """A need must name kinds of thing, a purpose and what it is for; everything about everyone is no need. The message says what to do."""


def declare_need(
    *, by: Actor, partnership_id: int, team_id: int, tags: Iterable[str], purpose: str, how_soon: str, what_for: str, at: datetime, reach: str = "our_people", situations: Iterable[str] = (),
    people: Iterable[str] = (), minimum_fields: Iterable[str] = (), review_on: date | None = None, replaces_id: int | None = None, key: uuid.UUID | None = None,
) -> InformationNeed:
    """
    1. Refuse what names no kind of thing, no purpose or does not say what for.
    2. Somebody of the team, or who speaks for its agency, declares it; from now on each entry that meets it is shared or kept back with a reason.
    3. With `replaces_id` the former need ends at the same moment. Sent twice with the same key, it is one need.
    """
    need = NeedText(
        tuple(sorted({tag.strip() for tag in tags if tag.strip()})), purpose, how_soon, what_for.strip(), reach, tuple(situations), tuple(people), tuple(minimum_fields), review_on,
    )
    wide = too_wide(need)
    if wide:
        raise NeedsNarrowing(wide)
    words = {
        "partnership": partnership_id, "team": team_id, "tags": need.tags, "reach": need.reach, "situations": need.situations, "people": need.people, "minimum_fields": need.minimum_fields,
        "purpose": need.purpose, "how_soon": need.how_soon, "what_for": need.what_for, "review_on": need.review_on, "replaces": replaces_id, "submission_key": key,
    }
    return InformationNeed.objects.get(pk=through_the_door(by, "declare_need(%s, %s)", dumps(words, default=str), at))


def end_need(*, by: Actor, need_id: int, at: datetime, reason: str = "") -> bool:
    """End one of one's own team's needs; a duty in law cannot be ended. True when it was."""
    return bool(through_the_door(by, "end_need(%s, %s, %s)", need_id, reason, at))
