"""Who vouches for Tarnside's ledger: three partners, each with a key of its own. In a real partnership each keeps its store on a machine of its own."""

from pathlib import Path

from alongside.confidentiality.ledger.keys import LedgerKeys
from alongside.confidentiality.ledger.witness import count_enrolled, enrol

PARTNERS = ("Homelink Tarnside", "Riverside Surgery", "Tarnside General Hospital NHS Trust")


def enrol_partners(folder: Path) -> None:
    """Make their stores once; the worker finds them and shows them each new seal."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = LedgerKeys.open(folder)
    if not count_enrolled(keys):
        for name in PARTNERS:
            enrol(keys, name)
