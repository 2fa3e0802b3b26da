"""Every page says at its door who may come in and what for. A view without a door fails the build and answers nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from alongside.agencies.facts import Actor
from alongside.common.decisions import NotKnown
from alongside.web.design.frame import Audience, frame_for

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Entrance:
    """What stands over the door: for whom, for which purpose (in the gate's words), by which methods."""

    audience: Audience
    purpose: str
    methods: tuple[str, ...] = ("GET",)

    def admits(self, method: str | None) -> bool:
        return ("GET" if method == "HEAD" else method) in self.methods


def _door(entrance: Entrance, may_enter: Callable[[Actor], bool] | None) -> Callable[[View], View]:
    def hang(view: View) -> View:
        @wraps(view)
        def through(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not entrance.admits(request.method):
                return HttpResponseNotAllowed(entrance.methods)
            actor: Actor | None = getattr(request, "actor", None)
            if may_enter and (actor is None or not may_enter(actor)):
                raise NotKnown
            return view(request, *args, **kwargs)

        through.entrance = entrance  # type: ignore[attr-defined]
        return through

    return hang


def practitioner_page(*methods: str, purpose: str = "direct_care") -> Callable[[View], View]:
    """For practitioners of any agency; the gate decides about each record behind it."""
    return _door(Entrance(Audience.PRACTITIONER, purpose, methods or ("GET",)), lambda actor: actor.is_practitioner)


def supervisor_page(*methods: str, purpose: str = "supervision") -> Callable[[View], View]:
    """For those who supervise practitioners or manage a team."""
    return _door(Entrance(Audience.SUPERVISOR, purpose, methods or ("GET",)), lambda actor: actor.supervises or bool(actor.manages_team_ids))


def agency_page(*methods: str, purpose: str = "service_management") -> Callable[[View], View]:
    """For whoever looks after their own agency's accounts; the actions ask again. Names nobody who is helped."""
    return _door(Entrance(Audience.PRACTITIONER, purpose, methods or ("GET",)), lambda actor: actor.looks_after_agency)


def guardian_page(*methods: str, purpose: str = "audit") -> Callable[[View], View]:
    """For a Caldicott guardian; the database asks again whether they are one."""
    return _door(Entrance(Audience.GUARDIAN, purpose, methods or ("GET",)), lambda actor: actor.role == "caldicott_guardian")


def partner_page(*methods: str, purpose: str = "partnership_governance") -> Callable[[View], View]:
    """For anybody who works for a partner: needs, agreements, how the partnership does. Names nobody who is helped."""
    return _door(Entrance(Audience.LEAD, purpose, methods or ("GET",)), lambda actor: actor.is_practitioner)


def board_page(*methods: str, purpose: str = "partnership_governance") -> Callable[[View], View]:
    """For whoever sits at a partnership's table: somebody who works for a partner, or a board member who works for none. The database says at which they sit (`my_tables`, `sits_with`)."""
    return _door(Entrance(Audience.LEAD, purpose, methods or ("GET",)), lambda actor: True)


def person_page(*methods: str, purpose: str = "portal_view") -> Callable[[View], View]:
    """For the person themself, a parent or somebody acting for them."""

    def hang(view: View) -> View:
        @wraps(view)
        def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.frame = frame_for(request, Audience.PERSON)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return _door(Entrance(Audience.PERSON, purpose, methods or ("GET",)), lambda actor: not actor.is_practitioner)(framed)

    return hang


def public_page(*methods: str) -> Callable[[View], View]:
    """For everybody, signed in or not; it reads nothing about anybody."""

    def hang(view: View) -> View:
        return login_not_required(own_page(*methods)(view))

    return hang


def own_page(*methods: str) -> Callable[[View], View]:
    """For whoever is signed in, about their own account and nothing else."""
    return _door(Entrance(Audience.PUBLIC, "none_stated", methods or ("GET",)), None)


def library_page(view: View) -> View:
    """A page of the sign-in library: it guards itself, and reads nothing but the account that signs in."""
    return own_page("GET", "POST")(view)
