"""Why partnerships started, and who holds the offices that each must have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alongside.partnerships.models import Initiative, Partnership, Post
from alongside.partnerships.rules.starting import KindOfPartnership, Office, driver_is_over, kinds_of_partnership, offices_missing


@dataclass(frozen=True, slots=True)
class Started:
    """Why a partnership runs now, what was said before, and its offices. `over`: the reason has ended."""

    why: Initiative | None
    before: tuple[Initiative, ...]
    kind: KindOfPartnership | None
    posts: tuple[Post, ...]
    missing: tuple[Office, ...]
    over: bool


def started(partnership_id: int, *, day: date) -> Started:
    reasons = list(Initiative.objects.filter(partnership_id=partnership_id).select_related("by").order_by("-at", "-pk"))
    posts = tuple(Post.objects.filter(partnership_id=partnership_id, ended_at=None).select_related("agency").order_by("pk"))
    why = reasons[0] if reasons else None
    kind = kinds_of_partnership().get(why.template) if why else None
    return Started(why, tuple(reasons[1:]), kind, posts, offices_missing(kind.code, {post.post for post in posts}) if kind else (), bool(why) and driver_is_over(why.driver_ends, day))


@dataclass(frozen=True, slots=True)
class InPortfolio:
    partnership: Partnership
    why: Initiative | None
    over: bool


def portfolio(partnerships: Iterable[Partnership], *, day: date) -> list[InPortfolio]:
    """These partnerships with why each runs; those whose reason has ended come first."""
    found = list(partnerships)
    latest = {row.partnership_id: row for row in Initiative.objects.filter(partnership__in=found).order_by("at", "pk")}
    rows = [InPortfolio(one, why, why is not None and driver_is_over(why.driver_ends, day)) for one in found for why in [latest.get(one.pk)]]
    return sorted(rows, key=lambda row: not row.over)
