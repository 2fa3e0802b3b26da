"""A register of people is loaded from a file, batch by batch, each batch whole or not at all."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from alongside.common import database
from alongside.people.facts import ImportRow
from alongside.people.models import RegisterImport
from alongside.people.rules.names import search_name
from alongside.people.rules.places import address_keys, contact_keys
from alongside.people.rules.sounds import sounds

_QUOTED = re.compile("“[^”]*”")
"""What stood in a cell stays in the file beside the register: the table of refused rows names nobody."""


def begin_import(*, path: str, sha256: str, columns: dict[str, Any], agency_id: int, team_id: int | None, by: str, rows: int | None, at: datetime) -> RegisterImport:
    """The run for this file and this agency: a new one, or the one that was begun before and how far it came."""
    found, _ = RegisterImport.objects.get_or_create(
        sha256=sha256, agency_id=agency_id, defaults={"path": path, "columns": columns, "team_id": team_id, "started_by": by, "rows_total": rows, "started_at": at}
    )
    return found


def load_batch(*, register_import: RegisterImport, rows: Sequence[ImportRow], start: int, until: int) -> int | None:
    """
    1. Names become what the finder compares, addresses and numbers what they are recognised by.
    2. The database makes the people and all that belongs to them, notes what was refused and how far the file is read, and writes the ledger's line: one act.

    Returns how many people were made. None: the file was read further meanwhile, by another run; nothing was loaded here.
    """
    people = [_as_loaded(row) for row in rows if row.person is not None]
    refused = [{"row": row.number, "reasons": [_QUOTED.sub("“…”", reason) for reason in row.reasons]} for row in rows if row.person is None]
    made: int | None = database.value("SELECT load_register_batch(%s, %s, %s, %s, %s)", register_import.pk, start, until, json.dumps(people), json.dumps(refused))
    return made


def stop_import(*, register_import: RegisterImport) -> None:
    """It was stopped; what is loaded stays, and the same file goes on from there."""
    RegisterImport.objects.filter(pk=register_import.pk, status="running").update(status="stopped")


def finish_import(*, register_import: RegisterImport, rows: int, at: datetime) -> None:
    RegisterImport.objects.filter(pk=register_import.pk).update(status="done", rows_total=rows, finished_at=at)


def _as_loaded(row: ImportRow) -> dict[str, Any]:
    person = row.person
    assert person is not None
    names = [name for name in (person.given_name, person.family_name, person.known_as, *_parts(row.other_names)) if name]
    return {
        "given_name": person.given_name, "family_name": person.family_name, "known_as": person.known_as, "pronouns": person.pronouns,
        "date_of_birth": person.date_of_birth.isoformat() if person.date_of_birth else None, "birth_date_estimated": person.birth_date_estimated,
        "died_on": person.died_on.isoformat() if person.died_on else None, "nhs_number": person.nhs_number, "upn": person.upn, "search_name": search_name(names), "sounds": list(sounds(names)),
        "places": [{"lines": row.address, "postcode": row.postcode, "keys": list(address_keys(row.address, row.postcode))}] if row.address or row.postcode else [],
        "contacts": [{"kind": kind, "value": value, "keys": list(contact_keys(value))} for kind, value in row.contacts],
        "other_names": [{"kind": "previous", "given_name": given, "family_name": family} for given, family in row.other_names],
    }  # fmt: skip


def _parts(names: Iterable[tuple[str, str]]) -> list[str]:
    return [part for pair in names for part in pair]
