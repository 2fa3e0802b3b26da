"""One door, one transaction, one identity, one answer to each request; and what becomes of an expected no."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from alongside.agencies.queries import identify
from alongside.common import clock
from alongside.common.decisions import Conflict, NotKnown, Refused
from alongside.confidentiality import gate
from alongside.config import sessions
from alongside.partnerships.actions import NotNow

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("alongside.doors")
LARGEST_NUMBER = 2**63 - 1
"""Of a row in the database: a larger one in an address leads nowhere, and must not be asked for."""


class DoorMiddleware:
    """A view without a door (see `alongside.web.entrance`) answers nobody, even where the checks at the start were never run."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], arguments: Any, named: Any) -> HttpResponse | None:
        from alongside.web.design import error_pages

        if hasattr(view, "entrance"):
            return error_pages.not_known(request) if any(isinstance(value, int) and value > LARGEST_NUMBER for value in named.values()) else None
        log.error("%s.%s has no door and was not answered", view.__module__, getattr(view, "__qualname__", view))
        return error_pages.not_known(request)


class TransactionMiddleware:
    """Everything a request reads and writes, its ledger lines among it, stands or falls together.

    The identity is set inside the transaction and ends with it, so a pooled connection carries nothing over to the next request.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500 or getattr(request, "refusal", None) or getattr(request, "conflict", False):
                transaction.set_rollback(True)
            else:
                sessions.keep(request)
        refusal = getattr(request, "refusal", None)
        if refusal is not None:
            # What the request had done is undone; that it was refused is kept, with what the refusal obliges us to.
            with transaction.atomic():
                gate.record_refusal(refusal, token=request.session.get("identity", ""), at=request.at)
                getattr(request, "kept_all_the_same", lambda: None)()
        return response


class IdentityMiddleware:
    """Resolve the session's token once, at the start of the request's transaction; without one, nobody is asking."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()
        token = request.session.get("identity")
        if token:
            request.actor = identify(token)
            if request.actor is None:
                request.session.flush()
        return self.get_response(request)


class ExpectedNoMiddleware:
    """A refusal is a page with reasons and who can help; what is hidden and what is missing are one and the same page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        from alongside.web.design import error_pages

        if isinstance(problem, Refused):
            request.refusal = problem
            return error_pages.refused(request, problem)
        if isinstance(problem, NotKnown):
            request.refusal = problem
            return error_pages.not_known(request)
        if isinstance(problem, Conflict):
            request.conflict = True
            return error_pages.conflict(request, problem)
        if isinstance(problem, NotNow):
            request.conflict = True
            return error_pages.not_now(request, str(problem))
        return None
