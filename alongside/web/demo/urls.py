"""Included by `alongside.config.urls` in demo mode and never otherwise; the start checks refuse anything else."""

from collections.abc import Mapping, Sequence

from django.urls import URLPattern, path

from alongside.web.demo.views import Stop, sign_in_as, tour


def demo_urls(stories: Mapping[str, str], stops: Sequence[Stop]) -> list[URLPattern]:
    return [path("sign-in/", sign_in_as, {"stories": stories}, name="demo_sign_in"), path("tour/", tour, {"stops": stops}, name="demo_tour")]
