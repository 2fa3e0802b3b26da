"""Included by `alongside.config.urls` in demo mode and never otherwise; the start checks refuse anything else."""

from collections.abc import Mapping

from django.urls import URLPattern, path

from alongside.web.demo_sign_in.views import sign_in_as


def demo_sign_in_urls(stories: Mapping[str, str]) -> list[URLPattern]:
    return [path("sign-in/", sign_in_as, {"stories": stories}, name="demo_sign_in")]
