"""Reads of this app: who must hear of a decision, who is involved with a person, what is owed to whom, and who looked."""

from alongside.confidentiality.queries.about_person import (
    Affected,
    AnswerEffect,
    Effect,
    capacity_judgements,
    consents,
    documents,
    effect_of_no,
    effect_of_restriction,
    hash_of,
    involvements,
    ledger_holds,
    objections,
    person_notices,
    relationships,
    restrictions,
    risks,
    still_here,
)
from alongside.confidentiality.queries.agreements import WARN_BEFORE_LAPSE, Lapse, lapsing_agreements
from alongside.confidentiality.queries.complaining import complaints, open_complaints
from alongside.confidentiality.queries.emergencies import my_emergencies, unjudged_emergencies
from alongside.confidentiality.queries.grounds import lawful_bases, purposes
from alongside.confidentiality.queries.guarding import LOOK_BACK, PATTERNS, GuardianQueue, Unusual, guardian_queue, unusual_accesses
from alongside.confidentiality.queries.hearing import guardian_for, judge_for, lead_above, partnership_lead_for
from alongside.confidentiality.queries.looks import DID, LOOK_AT_MOST, LOOKS_ON_A_PAGE, WHY, Look, LooksPage, check_looks, looks_page, prove_looks, who_looked
from alongside.confidentiality.queries.owed import my_obligations, obligation, own_principals

__all__ = [
    "Affected", "AnswerEffect", "DID", "Effect", "GuardianQueue", "LOOKS_ON_A_PAGE", "LOOK_AT_MOST", "LOOK_BACK", "Lapse", "Look", "LooksPage", "PATTERNS", "Unusual",
    "WARN_BEFORE_LAPSE", "WHY", "capacity_judgements", "check_looks", "complaints", "consents", "documents", "effect_of_no", "effect_of_restriction",
    "guardian_for", "guardian_queue", "hash_of", "involvements", "judge_for", "lapsing_agreements", "lawful_bases", "lead_above", "ledger_holds", "looks_page",
    "my_emergencies", "my_obligations", "objections", "obligation", "open_complaints", "own_principals", "partnership_lead_for", "person_notices", "prove_looks", "purposes",
    "relationships", "restrictions", "risks", "still_here", "unjudged_emergencies", "unusual_accesses", "who_looked",
]
