from alongside.partnerships.models.agreement import AgreementEvent, Flow, Party, SharingAgreement, Term
from alongside.partnerships.models.benefit import Benefit, Evidence
from alongside.partnerships.models.board import BoardMember, BoardRules, DecisionRight, DeclaredInterest, GovernanceText
from alongside.partnerships.models.complaint import Complaint
from alongside.partnerships.models.duty import DelegableTask, Duty, DutyHolder, RoleDispute
from alongside.partnerships.models.ending import Ending, ResourceReturn
from alongside.partnerships.models.information_need import InformationNeed
from alongside.partnerships.models.initiative import Initiative, Post
from alongside.partnerships.models.meeting import AgendaItem, Attendance, BoardAction, BoardDecision, Dissent, ItemConflict, Meeting
from alongside.partnerships.models.objective import Interest, Objective, Ranking, Reading, Wording
from alongside.partnerships.models.paper import AgendaPaper
from alongside.partnerships.models.partnership import Partner, Partnership, PartnershipEvent
from alongside.partnerships.models.risk import Risk, RiskReview
from alongside.partnerships.models.vision import Remark, SignUp, Vision, VisionParty

__all__ = [
    "AgendaItem", "AgendaPaper", "AgreementEvent", "Attendance", "Benefit", "BoardAction", "BoardDecision", "BoardMember", "BoardRules", "Complaint", "DecisionRight", "DeclaredInterest", "DelegableTask", "Dissent", "Duty",
    "DutyHolder", "Ending", "Evidence", "Flow", "GovernanceText", "InformationNeed", "Initiative", "Interest", "ItemConflict", "Meeting", "Objective", "Partner", "Partnership", "PartnershipEvent", "Party",
    "Post", "Ranking", "Reading", "Remark", "ResourceReturn", "Risk", "RiskReview", "RoleDispute", "SharingAgreement", "SignUp", "Term", "Vision", "VisionParty", "Wording",
]
