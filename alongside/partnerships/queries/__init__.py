"""Reads of a partnership: who belongs, what is agreed, what each must know, and how partners answer each other. They name nobody who is helped."""

from alongside.partnerships.queries.agreed import (
    agreement,
    agreement_events,
    agreements,
    line_of,
    next_version,
    party_facts,
    stands,
    term_facts,
    terms_of,
    text_in,
    text_of,
)
from alongside.partnerships.queries.belonging import (
    Standings,
    at_work,
    events,
    former_partners,
    partners,
    partnership,
    partnership_called,
    partnership_i_sit_with,
    partnership_of_mine,
    partnerships_of,
    standings,
)
from alongside.partnerships.queries.effects import (
    Between,
    Effect,
    EffectOfSigning,
    bundled,
    categories_flowing_to,
    effect_of_closing,
    effect_of_signing,
    flows_around,
    live_flows,
    purposes_that_reach,
)
from alongside.partnerships.queries.information_needs import LATELY, Brought, brought, declares_for, entries_of_kinds, need, needs, not_offered

__all__ = [
    "Between", "Brought", "Effect", "EffectOfSigning", "LATELY", "Standings", "agreement", "agreement_events", "agreements", "at_work", "brought", "bundled",
    "categories_flowing_to", "declares_for", "effect_of_closing", "effect_of_signing", "entries_of_kinds", "events", "flows_around", "former_partners", "line_of", "live_flows",
    "need", "needs", "next_version", "not_offered", "partners", "partnership", "partnership_called", "partnership_i_sit_with", "partnership_of_mine", "partnerships_of",
    "party_facts", "purposes_that_reach", "standings", "stands", "term_facts", "terms_of", "text_in", "text_of",
]  # fmt: skip
