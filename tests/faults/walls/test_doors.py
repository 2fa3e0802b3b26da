"""Whoever adds a page says for whom it is and what for. One that does not say so is found before anything is served, and answers nobody."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path

from alongside.cli.start_checks import every_view_has_a_door, refuse_unsafe_start
from alongside.config import urls

SECRET = "everything about everybody"


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SECRET)


@pytest.fixture
def planted() -> Iterator[None]:
    former = list(urls.urlpatterns)
    urls.urlpatterns.append(path("people/all/", forgotten))
    clear_url_caches()
    yield
    urls.urlpatterns[:] = former
    clear_url_caches()


def test_every_address_has_a_door() -> None:
    assert every_view_has_a_door() == []


def test_a_planted_address_without_a_door_stops_the_start(planted: None) -> None:
    assert [fault.msg for fault in every_view_has_a_door()] == ["The address 'people/all/' has no door."]
    with pytest.raises(ImproperlyConfigured, match="people/all/"):
        refuse_unsafe_start()


@pytest.mark.django_db
def test_a_planted_address_without_a_door_answers_nobody(planted: None) -> None:
    answer = Client().get("/people/all/")
    assert answer.status_code == 404
    assert SECRET not in answer.content.decode()
