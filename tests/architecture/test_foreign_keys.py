"""A foreign key named in a string is an import that no import linter sees: it must keep to the storeys as well."""

import configparser
import re
from pathlib import Path

import django.db.models
import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def storeys() -> dict[str, int]:
    """Each package's height, read from the contract itself: 0 is the top."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    layers = contract["importlinter:contract:storeys"]["layers"].split("\n")
    return {name: height for height, layer in enumerate(layers) for name in re.findall(r"\w+", layer)}


def offences(models: list[type[django.db.models.Model]]) -> list[str]:
    height = storeys()
    return [
        f"{model._meta.label}.{field.name} points up to {field.related_model._meta.label}"
        for model in models
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        and field.related_model._meta.app_label in height and height[field.related_model._meta.app_label] < height[model._meta.app_label]
    ]


def test_foreign_keys_point_down_or_sideways() -> None:
    assert offences([model for model in apps.get_models() if model.__module__.startswith("alongside.")]) == []


@pytest.fixture
def planted() -> type[django.db.models.Model]:
    class Lodger(django.db.models.Model):
        entry = django.db.models.ForeignKey("records.Entry", on_delete=django.db.models.CASCADE, related_name="+")

        class Meta:
            app_label = "agencies"

    yield Lodger
    del apps.all_models["agencies"]["lodger"]
    apps.clear_cache()


def test_a_planted_key_that_points_up_is_found(planted: type[django.db.models.Model]) -> None:
    assert offences([planted]) == ["agencies.Lodger.entry points up to records.Entry"]
