"""The Caldicott guardian's journeys, one folder each."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
