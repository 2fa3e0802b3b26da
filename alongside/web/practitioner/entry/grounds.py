"""Why a thing is recorded and shared: the purpose and the ground in law that are usual for its kind, and what an author may choose instead."""

from alongside.confidentiality.facts import Basis, Purpose
from alongside.records.facts import Harm, PersonFacts
from alongside.records.rules.kinds import OF_CONCERN, EntryKind

PURPOSES = {
    Purpose.DIRECT_CARE.value: "Care and support", Purpose.SAFEGUARDING_CHILD.value: "Keeping a child safe", Purpose.SAFEGUARDING_ADULT.value: "Keeping an adult safe",
    Purpose.CHILD_IN_NEED_SERVICE.value: "Help for a child in need", Purpose.EARLY_HELP.value: "Early help", Purpose.HOSPITAL_DISCHARGE.value: "Coming home from hospital",
    Purpose.DOMESTIC_ABUSE_SAFETY.value: "Safety from domestic abuse", Purpose.EDUCATION_SUPPORT.value: "Support in education", Purpose.HOUSING_SUPPORT.value: "Help with housing",
    Purpose.EMERGENCY_LIFE.value: "An emergency: a life is in danger", Purpose.CRIME_INVESTIGATION.value: "Investigating a crime",
}
GROUNDS = {
    Basis.ART9_2_H_CARE.value: "Health or social care (UK GDPR Article 9(2)(h))", Basis.S11_CA2004.value: "Duty to safeguard and promote welfare (Children Act 2004, section 11)",
    Basis.S47_CA1989.value: "Enquiry about significant harm (Children Act 1989, section 47)", Basis.S17_CA1989.value: "Help for a child in need (Children Act 1989, section 17)",
    Basis.CARE_ACT_S42.value: "Enquiry about an adult at risk (Care Act 2014, section 42)", Basis.CARE_ACT_2014.value: "Care and support (Care Act 2014)",
    Basis.CONSENT_COMMON_LAW.value: "The person agreed", Basis.PUBLIC_INTEREST_OVERRIDE.value: "Overriding public interest", Basis.COURT_ORDER.value: "Order of a court",
    Basis.FGM_DUTY.value: "Duty to report female genital mutilation", Basis.VITAL_INTERESTS.value: "To save a life", Basis.STATUTORY_NOTIFICATION.value: "Notification required by law",
}
USUAL_GROUND = {
    Purpose.DIRECT_CARE.value: Basis.ART9_2_H_CARE.value, Purpose.SAFEGUARDING_CHILD.value: Basis.S11_CA2004.value, Purpose.SAFEGUARDING_ADULT.value: Basis.CARE_ACT_S42.value,
    Purpose.HOSPITAL_DISCHARGE.value: Basis.ART9_2_H_CARE.value, Purpose.CHILD_IN_NEED_SERVICE.value: Basis.S17_CA1989.value, Purpose.EMERGENCY_LIFE.value: Basis.VITAL_INTERESTS.value,
}
"""What is shown as the usual ground. It is claimed only if the author chooses it: unclaimed, the facts held must give the ground."""


def usual_purpose(kind: EntryKind, about: PersonFacts, harm: Harm) -> str:
    """Safety where the kind or the stakes say so, otherwise care and support."""
    if kind.category in OF_CONCERN or harm is not Harm.NONE_KNOWN:
        return (Purpose.SAFEGUARDING_CHILD if about.kind in ("child", "unborn") else Purpose.SAFEGUARDING_ADULT).value
    return Purpose.DIRECT_CARE.value


def possible_purposes(kind: EntryKind, harm: Harm, chosen: str) -> tuple[str, ...]:
    """What it may be recorded for, before it is known whether it is about a child."""
    return (chosen,) if chosen in PURPOSES else tuple(usual_purpose(kind, PersonFacts(0, kind=whom), harm) for whom in ("child", "adult"))


def usual_ground(purpose: str) -> str:
    return GROUNDS.get(USUAL_GROUND.get(purpose, ""), "What the law and the agreement give for this purpose")
