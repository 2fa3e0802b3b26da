"""What stands around a page: who it is for, the four ways to go, and how this reader likes to read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest

from alongside.agencies.facts import Actor


class Audience(StrEnum):
    PUBLIC = "public"
    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"
    GUARDIAN = "guardian"
    LEAD = "lead"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class NavigationItem:
    label: str
    href: str
    count: int = 0
    also: str = ""
    """Where else one is in this place: an agreement is among the agreements, whichever partnership's list one came from."""

    def is_current(self, path: str) -> bool:
        return path.startswith(self.href) or bool(self.also) and path.startswith(self.also)


NAVIGATION: Mapping[Audience, tuple[NavigationItem, ...]] = {
    Audience.PUBLIC: (),
    Audience.PRACTITIONER: (
        NavigationItem("My work", "/my-work/"),
        NavigationItem("My people", "/my-people/"),
        NavigationItem("Find", "/find/"),
        NavigationItem("Inbox", "/inbox/"),
        NavigationItem("Partnership", "/partnership/"),
    ),
    Audience.SUPERVISOR: (
        NavigationItem("My team", "/my-team/"),
        NavigationItem("My work", "/my-work/"),
        NavigationItem("My people", "/my-people/"),
        NavigationItem("Find", "/find/"),
        NavigationItem("Partnership", "/partnership/"),
    ),
    Audience.GUARDIAN: (
        NavigationItem("Queue", "/guardian/queue/"),
        NavigationItem("Agreements", "/guardian/agreements/"),
        NavigationItem("Try the gate", "/guardian/try-the-gate/"),
        NavigationItem("Ledger", "/guardian/ledger/"),
    ),
    Audience.LEAD: (
        NavigationItem("Partnership", "/partnership/"),
        NavigationItem("Agreements", "/agreements/"),
        NavigationItem("Information needs", "/information-needs/"),
        NavigationItem("My work", "/my-work/"),
    ),
    Audience.PERSON: (
        NavigationItem("My record", "/my-record/"),
        NavigationItem("My choices", "/my-choices/"),
        NavigationItem("Who looked", "/who-looked/"),
        NavigationItem("Help", "/help/"),
    ),
}


RECORDS_OFFICE = (NavigationItem("Records office", "/records-office/"),)
MY_TEAM = (NavigationItem("My team", "/my-team/"),)


@dataclass(frozen=True, slots=True)
class Frame:
    audience: Audience = Audience.PUBLIC
    navigation: tuple[NavigationItem, ...] = ()
    signed_in_as: str = ""
    large_print: bool = False
    single_key_shortcuts: bool = True
    session_ends_in: int = 0
    """Seconds until a signed-in reader who does nothing is signed out; 0: nobody is signed in."""
    notice: str = ""
    """What must be known on every page of this place, such as that a partnership has ended."""
    bare: bool = False
    """Drawn without touching session or database, for the pages of last resort."""

    @property
    def quick_exit(self) -> bool:
        return self.audience is Audience.PERSON

    @property
    def find(self) -> str:
        return next((item.href for item in self.navigation if item.label == "Find"), "")


def frame_for(request: HttpRequest, audience: Audience) -> Frame:
    """The signed-in reader's frame with another audience's ways to go, for a supervisor at the partnership's table, say."""
    return replace(frame_of(request), audience=audience, navigation=NAVIGATION[audience])


def frame_of(request: HttpRequest) -> Frame:
    """The frame a view set as `request.frame`, else the one that follows from who is signed in."""
    chosen: Frame | None = getattr(request, "frame", None)
    if chosen:
        return chosen
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return Frame(large_print=bool(request.session.get("large_print"))) if hasattr(request, "session") else Frame(bare=True)
    return Frame(
        audience=audience_of(actor),
        navigation=NAVIGATION[audience_of(actor)] + (RECORDS_OFFICE if actor.role == "records_manager" else ()) + (MY_TEAM if manages_only(actor) else ()),
        signed_in_as=f"{actor.name}, {actor.title}" if actor.is_practitioner else "My account",
        large_print=actor.large_print,
        single_key_shortcuts=actor.single_key_shortcuts,
        session_ends_in=settings.SESSION_IDLE_MINUTES * 60,
    )


def audience_of(actor: Actor) -> Audience:
    if not actor.is_practitioner:
        return Audience.PERSON
    if actor.role == "caldicott_guardian":
        return Audience.GUARDIAN
    return Audience.SUPERVISOR if actor.supervises else Audience.PRACTITIONER


def manages_only(actor: Actor) -> bool:
    """Whoever manages a team and supervises nobody keeps a practitioner's ways to go, with their team beside them."""
    return bool(actor.manages_team_ids) and audience_of(actor) is Audience.PRACTITIONER


def page_frame(request: HttpRequest) -> dict[str, object]:
    """The engine's context processor: every template may use `frame`, `nonce`, `demo` and `messages`."""
    frame = frame_of(request)
    return {
        "frame": frame,
        # csp's lazy nonce is false until somebody reads it; without this every script would silently stay off.
        "nonce": str(request.csp_nonce) if hasattr(request, "csp_nonce") else "",
        "demo": settings.DEMO,
        "messages": () if frame.bare else get_messages(request),
    }
