"""The words in which a partnership's pages say what the rules know by code."""

from collections.abc import Iterable

from alongside.common.categories import CATEGORY_NUMBERS
from alongside.partnerships.facts import Signed, Standing
from alongside.records.rules.kinds import entry_kinds
from alongside.web.design.formats import sentence_list
from alongside.web.design.rows import Colour
from alongside.web.partnership.voice.words import EVENTS as VOICE_EVENTS
from alongside.web.words import CATEGORIES, capital, in_words, spaced

NEVER_AGREED = frozenset({"whole_record", "legal_advice", "workforce", "access_ledger"})
AGREEABLE = [(code, capital(CATEGORIES[code])) for code in CATEGORY_NUMBERS if code not in NEVER_AGREED]
"""What a line of an agreement may name: whole records, legal advice, staff matters and the access ledger are never agreed."""

CLOCKS = {
    "immediately": "at once", "same_working_day": "the same working day", "start_of_next_working_day": "by the start of the next working day",
    "start_of_next_school_day": "before the next school day starts", "1_working_day": "within 1 working day", "2_working_days": "within 2 working days",
    "5_working_days": "within 5 working days", "24_hours_from_discharge": "within 24 hours of leaving hospital",
}
STANDINGS: dict[Standing, tuple[str, Colour]] = {
    Standing.DRAFT: ("Draft", "grey"), Standing.OPEN: ("Open for signature", "yellow"), Standing.NOT_YET: ("Signed, not yet started", "blue"), Standing.IN_FORCE: ("In force", "green"),
    Standing.LAPSED: ("Lapsed: nothing flows", "red"), Standing.ENDED: ("Ended", "grey"), Standing.REPLACED: ("Replaced", "grey"),
}
SAYS: dict[Signed, tuple[str, Colour]] = {
    Signed.YES: ("Signed", "green"), Signed.NOT_YET: ("Not signed yet", "yellow"), Signed.CONDITIONAL: ("Would sign if", "orange"), Signed.REFUSED: ("Does not sign", "red"),
    Signed.WITHDRAWN: ("Withdrawn", "red"),
}
EVENTS = {
    "drafted": "Drafted", "changed": "Changed", "opened_for_signature": "Opened for signature", "signed": "Signed", "refused": "Refused", "would_sign_if": "Would sign if",
    "withdrawn": "Withdrew", "ended": "Ended", "commented": "Comment", "lapse_warned": "Keepers were warned of its end, in days", "pulse_opened": "The yearly pulse was opened", "effects_asked": "Asked what works against what", "effects_revealed": "What works against what was revealed",
    "effect_taken_on": "Took on what works against an objective", "effect_ended": "Said how that ended", "founded": "Partnership founded", "joined": "Joined", "left": "Left", "need_declared": "Said what it must know",
    "test_begun": "A test was begun", "examination_begun": "An examination was begun", "run_broken_off": "Broken off", "scores_revealed": "What partners say was revealed", "recommended": "Recommended",
    "agreed": "Agreed", "did_not_agree": "Did not agree", "recommendation_fell": "A recommendation fell", "decided": "Decided", "condition_met": "A condition was met", "active": "Is active from now on",
    "reason_given": "Said why it runs", "post_filled": "Named somebody for an office", "post_left": "An office is free", "vision_proposed": "Proposed a version of the vision",
    "vision_remarked": "Said something about the vision", "remark_answered": "Answered what was said", "vision_opened": "Opened the vision for sign-up", "vision_signed": "Signed the vision",
    "vision_would_sign_if": "Would sign the vision if", "vision_refused": "Does not sign the vision", "vision_withdrawn": "Withdrew from the vision", "vision_adopted": "The vision is signed by all",
    "objective_added": "Added an objective", "objective_worded": "Worded an objective", "objective_ended": "Ended an objective", "objective_measured": "Entered what was measured",
    "interest_declared": "Said what it gains or fears", "objectives_ranked": "Ranked the objectives", "seat_taken": "A seat on the board was taken", "seat_left": "A seat on the board is free",
    "seat_claimed": "A member took their seat", "quorum_set": "Said when the board can decide", "governance_settled": "Settled a heading of governance", "decision_right_added": "Said who decides what",
    "decision_right_ended": "Ended a decision right", "interest_of_a_member": "A member declared an interest", "interest_ended": "An interest ended", "risk_raised": "Raised a risk", "risk_judged": "Judged a risk",
    "risk_closed": "Closed a risk", "duty_added": "Added a duty", "duty_ended": "Ended a duty", "duty_taken": "Took a part in a duty", "duty_left": "Gave up a part in a duty", "task_added": "Added a task others may do",
    "task_ended": "Took out a task", "dispute_raised": "Raised a dispute about who acts", "dispute_settled": "Settled a dispute", "meeting_called": "Called a meeting", "agenda_added": "Put a point on the agenda",
    "attendance_noted": "Noted who came", "conflict_declared": "Declared an interest in a point", "discussion_minuted": "Minuted what was said", "board_decided": "The board decided",
    "dissent_recorded": "A member dissents", "action_taken_on": "Took something on", "action_done": "Did what was taken on", "meeting_closed": "Closed a meeting", "meeting_cancelled": "Cancelled a meeting",
    "complaint_received": "Wrote down a complaint", "complaint_answered": "Answered a complaint", "benefit_claimed": "Claimed a benefit or a harm", "evidence_added": "Put evidence beside a claim", "benefit_closed": "Took a claim off the register",
    "end_planned": "The end of the partnership was planned", "end_called_off": "Its end was called off", "partnership_ended": "The partnership ended", "return_planned": "Wrote down what goes back", "given_back": "Gave something back",
    "paper_attached": "Attached a paper", "need_ended": "Ended a need", "backlog_not_offered": "Nobody has asked for the last three months of what a team needs",
} | VOICE_EVENTS
REACHES = {"our_people": "people we work with already", "anyone": "anybody in the partnership’s area"}
KINDS_OF_PERSON = {"child": "children", "adult": "adults", "unborn": "unborn children"}
SITUATIONS = {"under_one": "under one year old", "under_two": "under two", "under_five": "under five", "looked_after": "looked after by the council"}
GROUPS = {
    "everyday": "Everyday work", "child_protection": "Keeping children safe", "school": "School", "police": "Police", "health": "Health", "adults": "Adults and housing",
    "partnership": "The partnership itself",
}
TAGS = {
    "fgm": "female genital mutilation", "roll_changes": "changes to the school roll", "not_seen": "children not seen", "own_words": "the person’s own words", "strengths_needs": "strengths and needs",
    "choices": "choices and refusals", "capacity": "mental capacity", "money": "money running out", "siblings": "concerns about siblings",
}
NEVER_ASKED = frozenset({"declarations", "leavers"})


def categories_in_words(codes: Iterable[str]) -> str:
    """
    >>> categories_in_words(["education", "index_entry"])
    'education and that somebody is known'
    """
    return sentence_list(in_words(code) for code in codes)


def tag_in_words(tag: str) -> str:
    return TAGS.get(tag, spaced(tag))


def clock_in_words(code: str) -> str:
    """
    >>> clock_in_words("1_working_day_by_fallback"), clock_in_words("10_days")
    ('within 1 working day, by telephone if need be', '10 days')
    """
    plain = code.removesuffix("_by_fallback")
    return (CLOCKS.get(plain, spaced(plain)) or "as each kind asks") + (", by telephone if need be" if plain != code else "")


def duration_in_words(minutes: float | None) -> str:
    """
    >>> duration_in_words(45), duration_in_words(200), duration_in_words(3000), duration_in_words(None)
    ('45 minutes', '3 hours', '2 days', '–')
    """
    if minutes is None:
        return "–"
    for size, word in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size or size == 1:
            count = round(minutes / size)
            return f"{count} {word}{'' if count == 1 else 's'}"
    raise AssertionError


def percent(rate: float | None) -> str:
    """
    >>> percent(0.128), percent(None)
    ('13%', 'too\xa0few')
    """
    return "too\xa0few" if rate is None else f"{rate:.0%}"


def tags_by_group() -> dict[str, list[tuple[str, str]]]:
    """Every word that a need can name, once, under the first group of kinds that carries it."""
    seen: set[str] = set()
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in entry_kinds().values():
        new = sorted(kind.tags - seen - NEVER_ASKED)
        seen |= set(new)
        groups.setdefault(kind.group, []).extend((tag, capital(tag_in_words(tag))) for tag in new)
    return {group: tags for group, tags in groups.items() if tags}
