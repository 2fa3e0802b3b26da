"""How a partnership starts: who founds it and why, and who holds the offices that its kind must have."""

import uuid
from datetime import date, datetime

from django.db import transaction

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.partnerships.actions.doors import through_the_door
from alongside.partnerships.actions.keeping import change, keep, sent_before
from alongside.partnerships.actions.membership import found_partnership
from alongside.partnerships.facts import Level, Mandate, Stage
from alongside.partnerships.models import Initiative, Partnership, Post


@transaction.atomic
def start_partnership(
    *, by: Actor, name: str, vision: str, kind: str, level: Level, mandate: Mandate, driver: str, source: str, driver_ends: date | None, potential: bool, starts: date, at: datetime,
    area: str = "england", key: uuid.UUID | None = None,
) -> Partnership:  # fmt: skip
    """
    1. The partnership, led by whoever founds it: active, or potential while it is tested.
    2. Their own agency belongs to it from the first moment; others are let in by them.
    3. Why it starts. Sent twice with the same key, it is one partnership.
    """
    database.take_turns("found")
    before = Initiative.objects.filter(key=key).select_related("partnership").first() if key else None
    if before:
        return before.partnership
    made = found_partnership(
        by=by, name=name, vision=vision, lead_agency_id=by.agency_id or 0, lead_practitioner_id=by.practitioner_id or 0, guardian_id=None, starts=starts, at=at, area=area,
        stage=Stage.POTENTIAL if potential else Stage.ACTIVE,
    )  # fmt: skip
    through_the_door(by, "join_as_founder(%s, %s)", made.pk, at)
    say_why(by=by, partnership_id=made.pk, kind=kind, level=level, mandate=mandate, driver=driver, source=source, driver_ends=driver_ends, at=at, key=key)
    return made


def say_why(
    *, by: Actor, partnership_id: int, kind: str, level: Level, mandate: Mandate, driver: str, source: str, driver_ends: date | None, at: datetime, key: uuid.UUID | None = None
) -> Initiative:
    """Why it started, or why it goes on: a new reason takes the place of the former, and both stay."""
    row = Initiative(
        partnership_id=partnership_id, template=kind, level=level.value, mandate=mandate.value, driver=driver, source=source, driver_ends=driver_ends, by_id=by.practitioner_id, at=at, key=key
    )
    return keep(row, "reason_given", partnership_id=partnership_id)


@transaction.atomic
def fill_post(*, by: Actor, partnership_id: int, post: str, holder: str, agency_id: int | None, at: datetime, key: uuid.UUID | None = None) -> Post:
    """Somebody is named for an office; whoever held it before holds it no more."""
    database.take_turns("post", partnership_id)
    if sent := sent_before(Post, key):
        return sent
    held = Post.objects.filter(partnership_id=partnership_id, post=post, ended_at=None)
    if held.exists():
        change(held, "post_left", partnership_id=partnership_id, at=at, ended_at=at)
    return keep(Post(partnership_id=partnership_id, post=post, holder=holder, agency_id=agency_id, by_id=by.practitioner_id, at=at, key=key), "post_filled", partnership_id=partnership_id)
