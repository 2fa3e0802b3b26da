from alongside.confidentiality.models.basis import LawfulBasis, Purpose
from alongside.confidentiality.models.consent import CapacityJudgement, Consent, Objection
from alongside.confidentiality.models.involvement import Involvement
from alongside.confidentiality.models.ledger import Cosignature, LedgerLine, LedgerSeal
from alongside.confidentiality.models.letting_in import LettingIn
from alongside.confidentiality.models.obligation import BreakGlass, Complaint, LedgerHold, Obligation, PersonNotice, RecordView
from alongside.confidentiality.models.protection import ProtectionEnding
from alongside.confidentiality.models.relationship import AccessChange, CaseloadPlace, DeclaredTie, Relationship, Restriction, Risk, VerifiedDocument

__all__ = [
    "AccessChange", "BreakGlass", "CapacityJudgement", "CaseloadPlace", "Complaint", "Consent", "Cosignature", "DeclaredTie", "Involvement", "LawfulBasis", "Objection", "Obligation", "PersonNotice", "ProtectionEnding", "Purpose", "RecordView",
    "LedgerHold", "LedgerLine", "LedgerSeal", "LettingIn", "Relationship", "Restriction", "Risk", "VerifiedDocument",
]
