"""How a page answers: drawn, with what is wrong told in its status too, or gone on from once something was done."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from alongside.agencies.facts import CannotBe
from alongside.web.design.forms import Form

Done = TypeVar("Done")


def form_page(request: HttpRequest, template: str, words: Mapping[str, Any], *, wrong: bool = False) -> HttpResponse:
    """A page with forms on it: 422 where one was filled in wrongly, or where the page itself says what is `wrong`."""
    wrong = wrong or any(isinstance(word, Form) and word.errors for word in words.values())
    return render(request, template, words, status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def go_to(route: str, *args: object) -> HttpResponseRedirect:
    """On to another page after something was done, so that going back or again does not do it twice."""
    return go_on(reverse(route, args=args))


def go_on(address: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def attempt(form: Form, act: Callable[[], Done]) -> Done | None:
    """What the act gave; None when it cannot be, and the form then says why beside the field."""
    try:
        return act()
    except CannotBe as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return None
