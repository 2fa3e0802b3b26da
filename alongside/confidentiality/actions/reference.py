"""Reference rows of this app: purposes and lawful bases, kept as text that a guardian can read and change, loaded at every migration."""

from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction

from alongside.confidentiality.models import LawfulBasis, Purpose

ROWS = Path(__file__).parents[1] / "reference"
FILES: dict[str, type[models.Model]] = {"purposes.yaml": Purpose, "lawful_bases.yaml": LawfulBasis}


def rows(file: str) -> list[dict[str, Any]]:
    return yaml.safe_load((ROWS / file).read_text(encoding="utf-8"))


@transaction.atomic
def load_reference() -> int:
    """Bring the tables to what the files say: new rows added, changed ones changed, none taken out (records may name them). Run by the owner."""
    loaded = 0
    for file, model in FILES.items():
        wanted = [model(**row) for row in rows(file)]
        changed = [field.name for field in model._meta.fields if not field.primary_key]
        model._default_manager.bulk_create(wanted, update_conflicts=True, unique_fields=["code"], update_fields=changed)
        loaded += len(wanted)
    return loaded
