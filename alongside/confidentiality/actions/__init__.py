"""Writes of this app, one file for each act. Whoever calls them stands in one transaction: the act, its ledger line and what it obliges us to."""
