"""The worker's part: seal each second. Imported by the app's tasks.py, so that the worker finds it."""

from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import connections

from alongside.common.schedule import every
from alongside.confidentiality.ledger.sealing import LINES_PER_SEAL, Sealer


@every(seconds=1)
def seal_the_ledger(at: datetime) -> int:
    """Seal what is final and show it to the partners, as the sealer's own role; come back at once only where a backlog fills whole seals."""
    sealer = connections["sealer"]
    sealer.ensure_connection()
    lines = _sealer().turn(sealer.connection).lines
    return lines if lines >= LINES_PER_SEAL else 0


@cache
def _sealer() -> Sealer:
    return Sealer(settings.LEDGER_FOLDER)
