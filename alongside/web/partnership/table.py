"""At whose table a reader sits: the partnership they look at, and what they may do there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from alongside.common.decisions import Decision, NotKnown, Outcome, Refused
from alongside.confidentiality.queries import purposes
from alongside.partnerships import queries
from alongside.partnerships.queries.endings import over
from alongside.web.design.formats import date_words, sentence_list
from alongside.web.design.frame import NAVIGATION, Audience, NavigationItem, frame_for
from alongside.web.partnership.wording import categories_in_words

BOARD = NavigationItem("My boards", "/my-boards/", also="/partnership/")
OF_ONE = {"/agreements/": "agreements_of", "/information-needs/": "information_needs_of"}
"""Ways of the lead's frame that are one partnership's own."""


def lead_frame(request: HttpRequest) -> None:
    """The partnership's own ways to go; a board member who works for no partner keeps their own, and their boards beside them."""
    if request.actor.is_practitioner:
        request.frame = frame_for(request, Audience.LEAD)
    else:
        request.frame = replace(frame_for(request, Audience.PERSON), navigation=(*NAVIGATION[Audience.PERSON], BOARD))


def way_home(request: HttpRequest, partnership: object) -> tuple[str, str]:
    """Back to the partnership's home."""
    return partnership.name, reverse("partnership_of", args=[partnership.pk])


def in_this_one(request: HttpRequest, partnership: Any, *, winding_up: bool = False) -> None:
    """
    1. The ways to go lead to this partnership's agreements and needs, not to those of the first that the reader belongs to.
    2. Where it has ended, every page says so, and takes nothing more in but what winds it up.
    """
    ways = tuple(replace(item, href=reverse(OF_ONE[item.href], args=[partnership.pk]), also=item.href) if item.href in OF_ONE else item for item in request.frame.navigation)
    request.frame = replace(request.frame, navigation=ways)
    if over(partnership, request.at):
        request.frame = replace(request.frame, notice=f"{partnership.name} ended on {date_words(partnership.ends or request.at)}. Nothing new comes in; what it left open is still settled, and all of it stays to be read.")
        if request.method == "POST" and not winding_up:
            raise Refused(Decision(Outcome.DENY, reasons=("This partnership has ended. Its pages are kept to be read, and take nothing more in.",)))


def chosen(request: HttpRequest, partnership_id: int | None = None) -> object:
    """The partnership asked for, else the first that the reader's agency belongs to. Raises NotKnown where there is none."""
    lead_frame(request)
    found = queries.partnership(partnership_id) if partnership_id is not None else at_home(queries.partnerships_of(request.actor))
    in_this_one(request, found)
    return found


def own_partnership(request: HttpRequest, partnership_id: int, *, winding_up: bool = False) -> object:
    """The partnership, for those who work for one of its partners and its lead; for anybody else there is none."""
    lead_frame(request)
    found = queries.partnership_of_mine(partnership_id)
    in_this_one(request, found, winding_up=winding_up)
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    href: str
    here: bool


def choices(mine: Sequence[Any], here: Any, route: str) -> list[Choice]:
    """The reader's partnerships, each with the same page of it; none for whoever belongs to one alone, who has nothing to choose."""
    return [Choice(one.name, reverse(route, args=[one.pk]), one.pk == here.pk) for one in mine] if len(mine) > 1 else []


def shared_partnership(request: HttpRequest, partnership_id: int) -> object:
    """The same for those who sit on its board and work for no partner, too: they read what a partnership knows of itself, and fill in nothing of it."""
    lead_frame(request)
    found = queries.partnership_i_sit_with(partnership_id)
    in_this_one(request, found)
    return found


def at_home(mine: Sequence[object]) -> object:
    if not mine:
        raise NotKnown
    return mine[0]


@dataclass(frozen=True, slots=True)
class Passing:
    """What passes among some agencies, purpose by purpose, in words."""

    among: str
    what: tuple[str, ...]


def in_words(bundles: Iterable[object]) -> list[Passing]:
    """Flows said as few times as they can be: once for all agencies that they touch alike, purpose by purpose."""
    names, alike, said = purposes(), defaultdict(set), defaultdict(list)
    for one in bundles:
        alike[names.get(one.purpose, one.purpose), one.categories].add((one.sender, one.receiver))
    for (purpose, categories), pairs in sorted(alike.items()):
        said[among(pairs)].append(f"{purpose}: {categories_in_words(categories)}")
    return [Passing(agencies, tuple(what)) for agencies, what in said.items()]


def among(pairs: Set[tuple[str, str]]) -> str:
    """
    >>> among({("A", "B"), ("B", "A")}), among({("A", "B"), ("B", "A"), ("A", "C"), ("C", "A")}), among({("A", "B"), ("A", "C")})
    ('Between A and B', 'Between A and each of B and C', 'A to B; A to C')
    """
    everybody = sorted({agency for pair in pairs for agency in pair})
    if any((receiver, sender) not in pairs for sender, receiver in pairs):
        return "; ".join(f"{sender} to {receiver}" for sender, receiver in sorted(pairs))
    hub = next((agency for agency in everybody if all(agency in pair for pair in pairs)), None)
    if hub and len(everybody) > 2:
        return f"Between {hub} and each of {sentence_list(agency for agency in everybody if agency != hub)}"
    return f"Between {sentence_list(everybody)}" if len(pairs) == len(everybody) * (len(everybody) - 1) else "; ".join(f"{sender} to {receiver}" for sender, receiver in sorted(pairs))
