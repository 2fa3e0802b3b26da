"""Kinds of entry as somebody who records meets them: under which heading, found by which words, what "when" means, what else each asks for."""

from dataclasses import dataclass
from functools import lru_cache

from alongside.records.rules.clock_names import read_clock
from alongside.records.rules.kinds import EntryKind, entry_kinds, kind_or_plain

HEADINGS = {
    "everyday": "Every day", "child_protection": "Keeping children safe", "school": "School", "police": "Police", "health": "Health", "adults": "Adults and home",
}
"""Kinds of the group `partnership` are written by the product itself or on a page of their own."""

OTHER_WORDS = {
    "visit": "home seen contact saw", "phone_call": "telephone rang called text message", "meeting": "review conference team around", "persons_own_words": "said told wishes feelings voice",
    "injury_observation": "bruise mark burn fracture hurt bite", "safeguarding_concern": "worry abuse harm risk", "referral_child": "mash front door child in need section 17 47 refer",
    "missing_episode": "absent run away absconded", "exploitation_concern": "county lines grooming trafficking sexual criminal", "no_access_visit": "no reply not in did not see door",
    "missed_appointment": "did not attend dna was not brought", "neglect_observation": "dirty hungry unkempt home conditions", "domestic_abuse_incident": "violence partner control assault",
    "discharge_summary": "letter leaving hospital home", "hospital_admission": "taken in ward", "medication_change": "tablets dose prescription drug", "allergy": "reaction penicillin",
    "substance_use": "alcohol drinking drugs overdose", "self_harm": "suicide cutting overdose", "death": "died bereavement", "self_neglect": "hoarding squalor",
    "referral_adult": "care act assessment refer support", "support_at_home": "care package carers reablement", "housing_notice": "eviction tenancy section 21 arrears",
    "homelessness": "rough sleeping sofa", "money_worry": "benefits debt food bank fuel", "carer_strain": "caring tired breakdown respite", "fire_risk": "smoking alarm hoarding",
    "school_roll_change": "off roll home education moved school", "attendance": "absence truancy school", "exclusion": "suspended excluded school", "address_change": "moved house",
    "choice_made": "refused consent declined wants decision", "strategy_discussion": "section 47 meeting", "conference_outcome": "child protection plan case conference",
    "fgm_disclosure": "fgm cutting", "private_fostering": "living with friend aunt", "release_from_custody": "prison probation", "bail_condition": "order injunction non molestation",
}
"""What people type who do not know our name for it."""

WHEN = {
    "discharge": "When did they leave, or will they leave, hospital?", "admission": "When were they admitted?", "referral": "When do you refer?", "missing_since": "Missing since when?",
    "return": "When did they come back?", "strategy_discussion": "When was the strategy discussion?", "conference": "When was the conference?",
    "police_protection": "When were they taken into police protection?", "roll_change": "From which day does the roll change?", "incident": "When did the incident happen?",
    "release": "When are they, or were they, released?",
}
AHEAD = frozenset({"discharge", "release", "roll_change", "admission"})
ALSO_AHEAD = frozenset({"placement_change", "address_change", "support_at_home", "housing_notice", "court_order", "bail_condition"})
"""What may be recorded before it happens, because partners must be ready for it."""

STARTED_BY = {"referral": "When was the referral received?"}
"""Moments a clock starts from that are not the moment of the entry itself."""

TAGS = {
    "child_present": "A child was there", "injuries": "An injury", "falls": "A fall", "medication": "Medicines", "domestic_abuse": "Domestic abuse", "missing_episodes": "Going missing",
    "exploitation": "Exploitation", "neglect": "Neglect", "self_harm": "Self-harm", "substance_use": "Drugs or alcohol", "pregnancies": "A pregnancy", "attendance": "Attendance at school",
    "siblings": "Brothers or sisters", "carers": "A carer under strain", "money": "Money, food or fuel", "homelessness": "Losing the home", "home_support": "Support at home",
}
"""What an entry of any kind may touch on besides, in the tags that partners' needs are written in."""
FIRST_FOR = {
    "police": ("child_present", "domestic_abuse", "missing_episodes", "substance_use", "exploitation", "injuries"),
    "school": ("attendance", "injuries", "neglect", "siblings", "money", "self_harm"),
    "child_protection": ("injuries", "siblings", "domestic_abuse", "neglect", "substance_use", "missing_episodes"),
    "health": ("falls", "medication", "injuries", "pregnancies", "carers", "home_support"),
    "adults": ("falls", "medication", "carers", "home_support", "money", "homelessness"),
    "everyday": ("injuries", "falls", "medication", "carers", "money", "domestic_abuse"),
}


@dataclass(frozen=True, slots=True)
class Asks:
    """What one kind asks of whoever records it."""

    kind: EntryKind
    when: str
    may_be_ahead: bool
    needs_time: bool
    started_by: tuple[tuple[str, str], ...]
    tags: tuple[tuple[str, str], ...]


def recordable() -> list[EntryKind]:
    return [kind for kind in entry_kinds().values() if kind.group in HEADINGS]


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Headings, each with its kinds."""
    return [(words, [(kind.code, kind.name) for kind in recordable() if kind.group == group]) for group, words in HEADINGS.items()]


@lru_cache(maxsize=512)
def asks(code: str) -> Asks:
    """What a kind asks for: tags of its own are not asked again, a clock's moment is asked only where the entry's own moment is not that one."""
    kind = kind_or_plain(code)
    anchors = {read_clock(kind.clock).anchor} - {"", kind.happened_is}
    offered = [tag for tag in FIRST_FOR.get(kind.group, FIRST_FOR["everyday"]) if tag not in kind.tags]
    return Asks(
        kind, WHEN.get(kind.happened_is, "When did it happen?"), kind.happened_is in AHEAD or code in ALSO_AHEAD, bool(kind.happened_is) and kind.happened_is not in ("referral", "roll_change"),
        tuple((anchor, STARTED_BY.get(anchor, f"When was the {anchor.replace('_', ' ')}?")) for anchor in sorted(anchors)), tuple((tag, TAGS[tag]) for tag in offered),
    )
