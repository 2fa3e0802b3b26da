"""The journeys of a partnership: what is agreed, what each must know, who is who, one folder each."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
