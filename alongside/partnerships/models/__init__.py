from alongside.partnerships.models.agreement import AgreementEvent, Flow, Party, SharingAgreement, Term
from alongside.partnerships.models.information_need import InformationNeed
from alongside.partnerships.models.partnership import Partner, Partnership, PartnershipEvent

__all__ = ["AgreementEvent", "Flow", "InformationNeed", "Partner", "Partnership", "PartnershipEvent", "Party", "SharingAgreement", "Term"]
