"""Purposes and lawful bases, from the reference rows."""

from datetime import date

from django.db.models import Q

from alongside.confidentiality.models import LawfulBasis, Purpose


def purposes() -> dict[str, str]:
    """Every purpose by code, in words."""
    return dict(Purpose.objects.exclude(code="none_stated").order_by("name").values_list("code", "name"))


def lawful_bases(on: date) -> dict[str, LawfulBasis]:
    """Lawful bases that hold on a day, by code. A row without a first day has no single one, and holds unless it waits to be started."""
    found = LawfulBasis.objects.exclude(code="none").exclude(source__contains="starts by regulations").order_by("name")
    return {row.code: row for row in found.filter(Q(in_force_from__isnull=True) | Q(in_force_from__lte=on), Q(in_force_until__isnull=True) | Q(in_force_until__gt=on))}
