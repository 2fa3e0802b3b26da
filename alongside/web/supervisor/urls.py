"""The journeys of supervisors and team managers, one folder each."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
