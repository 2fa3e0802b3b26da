"""What a reader sees instead of the page. Drawn without the database, in a bare frame, so that nothing on it can fail or tell.

A view never calls these for a no of the gate: it raises Refused, NotKnown or Conflict, and the middleware of `alongside.config` answers.
"""

import sys
from http import HTTPStatus
from urllib.parse import urlsplit

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.template import engines
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import requires_csrf_token

from alongside.common.decisions import Conflict, Outcome, Refused
from alongside.web.design.frame import Frame

NEVER_SENT_AGAIN = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "credential"})
LONGEST_SENT_AGAIN = 2_000_000

HELP = {
    "offer_cover_route": "If you stand in for a colleague, ask your supervisor to record the cover. Your access follows at once.",
    "ask_narrower": "Ask for less: only the part that you need, and say what you need it for.",
    "offer_safe_channel": "There is a safer way to see this. Phone the team that holds the record.",
    "offer_correction_note": "You can have your own statement put beside what is written.",
    "offer_training_data": "For training and testing there are invented records. Ask your system owner for them.",
    "offer_reason_and_challenge": "If you think this is wrong, ask your agency’s Caldicott guardian to look at it. They can see this decision and its reasons.",
}


def page(request: HttpRequest, name: str, status: HTTPStatus, **words: object) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": status.phrase}, status=status)
    request.frame = Frame(bare=True)  # type: ignore[attr-defined]
    html = engines["jinja2"].get_template(f"design/error_pages/{name}.jinja").render(words, request)
    return HttpResponse(html, status=status)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    """The gate's no, or not yet, to somebody who may know that there is something to refuse."""
    decision = problem.decision
    help_offered = [words for obligation, words in HELP.items() if decision.must(obligation)]
    waits = decision.outcome is Outcome.REFER
    actor = getattr(request, "actor", None)
    at_work = actor is None or actor.is_practitioner
    return page(request, "refused", HTTPStatus.FORBIDDEN, reasons=decision.reasons, help_offered=help_offered, waits=waits, at_work=at_work, emergency=emergency_for(problem))


def emergency_for(problem: Refused) -> str:
    """Where the glass is broken, for somebody at work who has no part in the care; empty for everybody else."""
    line = problem.line or {}
    person, no_part = line.get("person_id"), problem.decision.must("offer_cover_route")
    return reverse("break_glass", args=[person]) if person and no_part and line.get("verb") in ("read", "api_read") else ""


def not_known(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one 404: what is hidden and what was never there, in the same words and size."""
    return page(request, "not_known", HTTPStatus.NOT_FOUND)


def conflict(request: HttpRequest, problem: Conflict) -> HttpResponse:
    """Both texts beside each other; the form is sent again with the one that is chosen, or with one made of both."""
    texts = problem.texts
    others = [(name, value) for name, value in _typed(request) if name != texts.field]
    return page(request, "conflict", HTTPStatus.CONFLICT, texts=texts, others=others, back=request.path)


def not_now(request: HttpRequest, words: str) -> HttpResponse:
    """What cannot be done as things stand, in the words of whoever said no; everything typed can be sent again."""
    return page(request, "not_now", HTTPStatus.CONFLICT, words=words, **_to_send_again(request))


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A session that cannot be written counts as a bad request to the framework: it may be that the database went away, or that they signed out in another tab."""
    if database_is_away(exception):
        return unreachable(request)
    if isinstance(exception, SessionInterrupted):
        return signed_out(request)
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return page(request, "not_understood", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "forbidden", HTTPStatus.FORBIDDEN)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "too_many", HTTPStatus.TOO_MANY_REQUESTS)


@requires_csrf_token
def broken(request: HttpRequest) -> HttpResponse:
    """The framework asks for this while the fault is being dealt with. A database that is away, full or has no place left for us is no fault of the product's."""
    if database_is_away(sys.exception()):
        return unreachable(request)
    return page(request, "broken", HTTPStatus.INTERNAL_SERVER_ERROR, **_to_send_again(request))


def database_is_away(problem: BaseException | None) -> bool:
    """Whether a fault goes back to the line to the database, or to a database that takes nothing more."""
    while problem is not None:
        if isinstance(problem, OperationalError | InterfaceError):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def unreachable(request: HttpRequest) -> HttpResponse:
    """Whoever was sending keeps what they typed and may send it again: every form carries its key, so it is done once."""
    sending = request.method == "POST"
    answer = page(request, "unreachable", HTTPStatus.SERVICE_UNAVAILABLE, sending=sending, **_to_send_again(request))
    answer.headers["Retry-After"] = "10"
    return answer


def signed_out(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in (any more). Who was reading goes to sign-in and back; who was sending keeps what was typed in front of them."""
    sign_in = reverse("account_login")
    if wants_json(request) or request.headers.get("HX-Request"):
        return JsonResponse({"error": "signed out", "sign_in": sign_in}, status=HTTPStatus.UNAUTHORIZED)
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(f"{sign_in}?{urlencode({'next': request.get_full_path()})}")
    response = page(request, "signed_out", HTTPStatus.UNAUTHORIZED, sign_in=sign_in, **_to_send_again(request))
    get_token(request)
    return response


def form_key_wrong(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW. The key changes when somebody signs in again in another tab: then nothing typed may be lost.

    Only what came from a page of ours is offered back; a form that another site filled in never is.
    """
    if not _came_from_here(request):
        return forbidden(request)
    return page(request, "form_key_wrong", HTTPStatus.FORBIDDEN, **_to_send_again(request))


def _came_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host() and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _to_send_again(request: HttpRequest) -> dict[str, object]:
    typed = _typed(request) if _came_from_here(request) else []
    if sum(len(value) for _, value in typed) > LONGEST_SENT_AGAIN:
        typed = []
    sent = _sent(request)
    secret = bool(NEVER_SENT_AGAIN & sent.keys() - {"csrfmiddlewaretoken"})
    return {"typed": [] if secret else typed, "action": request.get_full_path(), "files": bool(sent) and bool(request.FILES)}


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in _sent(request).lists() if name not in NEVER_SENT_AGAIN for value in values]


def _sent(request: HttpRequest) -> QueryDict:
    """The form that was sent; an empty one where it could not be read to its end."""
    try:
        return request.POST
    except (OSError, SuspiciousOperation, BadRequest):
        return QueryDict()
