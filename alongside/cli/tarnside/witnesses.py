"""Two partners of Tarnside who vouch for its ledger. For the demonstration their stores lie here; real partners keep theirs themselves."""

from pathlib import Path

from alongside.confidentiality.ledger import witness
from alongside.confidentiality.ledger.keys import LedgerKeys, Trust

PARTNERS = ("Tarnside Police", "Homelink Tarnside")


def enrol_partners(folder: Path) -> list[str]:
    """Those not enrolled yet, by name; run again it does nothing."""
    keys = LedgerKeys.open(folder)
    known = set(Trust.read(keys.trust_file).witnesses.values())
    return [witness.enrol(keys, name).name for name in PARTNERS if name not in known]
