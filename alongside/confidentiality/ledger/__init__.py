"""The tamper-evident access ledger: every decision and every reading leaves a line that nobody can change unseen.

A line is written in the transaction of the answer it is about (`append`): no line, no answer. Each second the lines that are final are
put under one signed hash (`sealing`), partners vouch for the chain of those hashes (`witness`), anyone holding a partner's checkpoint
can check all of it (`verification`), and a person can check the lines on one page without us (`proofs`, `bin/verify-ledger`).
The ledger is evidence. No rule may read it.
"""

from alongside.confidentiality.ledger.line import LedgerEntry, append, erase

__all__ = ["LedgerEntry", "append", "erase"]
