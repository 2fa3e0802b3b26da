from alongside.confidentiality.models.basis import LawfulBasis, Purpose
from alongside.confidentiality.models.consent import CapacityJudgement, Consent, Objection
from alongside.confidentiality.models.obligation import BreakGlass, Complaint, Obligation, PersonNotice, RecordView
from alongside.confidentiality.models.relationship import DeclaredTie, Relationship, Restriction, Risk, VerifiedDocument

__all__ = [
    "BreakGlass", "CapacityJudgement", "Complaint", "Consent", "DeclaredTie", "LawfulBasis", "Objection", "Obligation", "PersonNotice", "Purpose", "RecordView",
    "Relationship", "Restriction", "Risk", "VerifiedDocument",
]
