"""What a decision obliges us to, carried out.

Each obligation in the gate's vocabulary stands in exactly one of four tables: owed to somebody's list with a clock (`OWED`), told to the person
(`TOLD`), offered to the asker in the answer itself (`OFFERED`), or enforced where the act happens (`ENFORCED`, with the place and its test).
A test holds the tables against the vocabulary, so that no obligation is only a word.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from alongside.agencies.facts import Actor
from alongside.agencies.queries import supervisor_of
from alongside.common import database
from alongside.common.decisions import Decision, Outcome
from alongside.common.working_days import Calendar
from alongside.confidentiality.queries import guardian_for, judge_for, partnership_lead_for

AT_ONCE, WITHIN_A_DAY, WITHIN_A_WEEK, HELD_FOR = timedelta(hours=4), timedelta(hours=24), timedelta(days=7), timedelta(days=28)
SILENCE = frozenset({"do_not_tell_family", "do_not_tell_perpetrator"})
FAMILY = ("no_parental_responsibility", "parental_responsibility", "proxy")
AREA = "england"


@dataclass(frozen=True, slots=True)
class Happened:
    """What the decision was about, for whoever has to say or own what follows."""

    decision: Decision
    actor: Actor
    person_id: int | None
    line_id: int
    about: str
    at: datetime
    verb: str = "read"
    purpose: str = ""
    category: str = ""
    reason: str = ""

    @property
    def by(self) -> str:
        return f"{self.actor.name}, {self.actor.title}" if self.actor.is_practitioner else "from the person’s own pages"


Owners = Callable[[Happened], list[int]]


def _supervisor(happened: Happened) -> list[int]:
    worker = happened.actor.practitioner_id
    return _one(supervisor_of(worker) if worker else None) or _guardian(happened)


def _guardian(happened: Happened) -> list[int]:
    return _one(guardian_for(happened.actor.agency_id)) or _lead(happened)


def _independent_judge(happened: Happened) -> list[int]:
    """Nobody judges their own access, or that of a colleague in their own team."""
    return _one(judge_for(happened.actor.practitioner_id, happened.actor.agency_id))


def _lead(happened: Happened) -> list[int]:
    return _one(partnership_lead_for(happened.actor.agency_id))


def _actor(happened: Happened) -> list[int]:
    return _one(happened.actor.practitioner_id)


def _one(found: int | None) -> list[int]:
    return [] if found is None else [found]


@dataclass(frozen=True, slots=True)
class Owed:
    """Who owes it, by when, and what stands on their list. `to` is worked out by the database, where the asker may not know who it is.

    `within` None: it sleeps until something wakes it. `once`: it is about the person and not about what happened, so one that is open is enough, whoever raised it.
    """

    says: str
    within: timedelta | None
    owners: Owners | None = None
    to: str = ""
    once: bool = False


OWED: Mapping[str, Owed] = {
    "notify_supervisor": Owed("An access by somebody you supervise needs your eye", WITHIN_A_DAY, _supervisor),
    "escalate": Owed("Needs a manager now", AT_ONCE, _supervisor),
    "notify_caldicott_guardian": Owed("An access needs the guardian's eye", WITHIN_A_DAY, _guardian),
    "notify_allocated_worker": Owed("Somebody tried to reach, or reached, the record of a person you work with", AT_ONCE, to="works_with"),
    "notify_partnership_lead": Owed("Sharing stopped, or went on in an emergency, without an agreement in force", WITHIN_A_DAY, _lead),
    "review_within_24h": Owed("Judge an emergency access", WITHIN_A_DAY, _independent_judge),
    "second_person_approval": Owed("Waits for a second person's approval", WITHIN_A_DAY, _supervisor),
    "route_to_right_recipient": Owed("Must reach whoever should have it", AT_ONCE, to="works_with"),
    "tell_recipients": Owed("What may be used or shared about this person has changed: read it before you use it again", WITHIN_A_WEEK, to="users", once=True),
    "review_if_risk_changes": Owed("Decide again: the risk to this person has changed", None, _actor),
    "review_date_set": Owed("Review what was restricted or kept back", HELD_FOR, to="works_with"),
    "seek_persons_own_view": Owed("Ask the person what they want, and write it down in their words", WITHIN_A_WEEK, to="works_with", once=True),
    "answer_person": Owed("Told two different things: find out what holds, and answer the person", WITHIN_A_WEEK, to="works_with"),
}

TOLD = frozenset({"tell_person"})
"""Told now, or held with a reason and a review."""

OFFERED: Mapping[str, str] = {
    "offer_reason_and_challenge": "You can hear the reason and ask for the decision to be looked at again.",
    "offer_cover_route": "If you stand in for somebody, ask for cover: their manager or supervisor can give it at once.",
    "offer_safe_channel": "There is another, safer way to see this: ask the practitioner you trust.",
    "offer_correction_note": "A statement in the person's own words can be put beside it.",
    "offer_training_data": "Invented records are there to practise and test with.",
    "ask_narrower": "Ask for the part that you need, and say what it is for.",
}

ENFORCED: Mapping[str, str] = {
    "log_denial": "alongside.confidentiality.gate.opening.record_refusal",
    "neutral_denial": "alongside.common.decisions.NotKnown",
    "record_reason": "alongside.confidentiality.gate.opening.stated_reason",
    "record_basis": "alongside.confidentiality.gate.opening.open_record",
    "minimum_fields": "alongside.confidentiality.gate.opening.weigh",
    "redact_third_party": "alongside.confidentiality.gate.opening.weigh",
    "time_limit": "alongside.confidentiality.actions.break_glass",
    "delayed_release_reviewed": "alongside.confidentiality.tasks.look_again_at_what_is_held",
    "no_bulk": "alongside.confidentiality.gate.circumstances.supporting_facts",
    "do_not_tell_perpetrator": "alongside.confidentiality.gate.obligations.tell_person",
    "do_not_tell_family": "alongside.confidentiality.gate.obligations.tell_person",
    "show_effect_before_confirming": "alongside.confidentiality.actions.restrict",
    "keep_statutory_floor": "alongside.confidentiality.actions.restrict",
    "acknowledge_due": "alongside.records.actions.add_entry",
    "keep_history_visible": "alongside.records.actions.corrections.correct_entry",
    "do_not_forward": "alongside.records.queries.shared_entry",
    "sealed_delivery": "alongside.records.actions.add_entry",
    "safe_contact_check": "alongside.people.rules.contact.may_contact",
    "keep_proof_of_disposal": "alongside.confidentiality.ledger.line",
}
"""Where else it is enforced. `test_obligations.py` imports each place and names the test that fails when it is not."""

NO_DOOR = frozenset({"small_number_suppression", "pseudonymise", "respect_opt_out"})
"""Obligations on counts and extracts. No door of this product lets any out; the first that does takes its obligation out of this set."""


MET_BY_ROUTING = frozenset({"route_to_right_recipient"})
"""What is written is routed in the same transaction: whoever should have it has it, and nobody need be asked to see to that."""


def carry_out(
    decision: Decision, *, actor: Actor, person_id: int | None, line_id: int, about: str, at: datetime, verb: str = "read", purpose: str = "", category: str = "", reason: str = ""
) -> None:
    """Make every notice and review that a decision calls for, each with an owner and a clock, in the decision's own transaction."""
    happened = Happened(decision, actor, person_id, line_id, about, at, verb, purpose, category, reason)
    items, notice = called_for(happened)
    if items:
        _owe(happened, items)
    if notice:
        _tell(happened, notice)


def called_for(happened: Happened) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """What a decision calls for: items for lists, and a notice for the person. Nothing is written; whoever writes them writes the line they hang on."""
    decision = happened.decision
    codes = [code for code in decision.obligations if code in OWED and not (happened.verb == "write" and code in MET_BY_ROUTING)]
    return _items(happened, codes), notice_of(happened, words_for(happened)) if decision.must("tell_person") else None


def owe(happened: Happened, *codes: str, about: str = "", says: str = "", owners: list[int] | None = None) -> int:
    """Put each on its owner's list (or on that of `owners`). Returns how many are new: the same is owed once a day, however often it happens, and some only once while it is open.

    Where existence is secret, whoever does not work with the person learns that something happened, not to whom.
    """
    items = _items(happened, codes, about=about, says=says, owners=owners)
    return _owe(happened, items) if items else 0


def _items(happened: Happened, codes: Iterable[str], *, about: str = "", says: str = "", owners: list[int] | None = None) -> list[dict[str, Any]]:
    items = [_item(happened, code, OWED[code], about or happened.about, says) | ({"owners": owners, "to": ""} if owners else {}) for code in codes]
    return [item for item in items if item["to"] or item["owners"]]


def _owe(happened: Happened, items: list[dict[str, Any]]) -> int:
    return int(database.value("SELECT owe(%s, %s, %s)", happened.line_id, happened.person_id, json.dumps(items, default=str)))


def _item(happened: Happened, code: str, owed: Owed, about: str, says: str) -> dict[str, Any]:
    due = None if owed.within is None else due_at(owed.within, happened.at)
    return {
        "code": code, "to": owed.to, "owners": owed.owners(happened) if owed.owners else [], "about": about,
        "summary": (says or owed.says) if owed.once else f"{says or owed.says}: {happened.by}"[:300],
        "once": owed.once, "due_at": due, "next_step_at": due, "secret": not happened.decision.reveal_existence and not owed.to,
    }


def due_at(within: timedelta, at: datetime) -> datetime:
    """Hours run day and night; what may take a week or more ends with a working day."""
    if within < WITHIN_A_WEEK:
        return at + within
    calendar = Calendar.of(AREA)
    return calendar.same_working_day_end(at + within)


def words_for(happened: Happened) -> str:
    """What the person is told, in plain words."""
    who = f"{happened.actor.name}, {happened.actor.title}, {happened.actor.agency_name}"
    if happened.decision.outcome is Outcome.REFER:
        return f"{who}, asked for information about you. Nothing has been passed on; somebody else decides first."
    if happened.decision.outcome is Outcome.DENY:
        return f"{who}, asked for information about you and was refused."
    did = {
        "break_glass": "opened your record in an emergency, without being part of your care. Somebody independent judges within a day whether that was right, and you will be told",
        "share_to": "shared information about you", "change_access": "changed who may see your record", "write": "wrote something about you and passed it on",
    }.get(happened.verb, "used information about you")
    return f"{who}, {did}."


def tell_person(happened: Happened, text: str, *, code: str = "tell_person", hidden_from: tuple[str, ...] = ("no_parental_responsibility",), review_at: datetime | None = None) -> int | None:
    """Tell the person, unless telling would reach somebody who must not know: then it is held, with its reason and a review date.

    The database has the last word: on a screen that somebody else may watch nothing appears, whatever is asked for here.
    """
    return _tell(happened, notice_of(happened, text, code=code, hidden_from=hidden_from, review_at=review_at))


def notice_of(happened: Happened, text: str, *, code: str = "tell_person", hidden_from: tuple[str, ...] = ("no_parental_responsibility",), review_at: datetime | None = None) -> dict[str, Any]:
    silence = SILENCE & set(happened.decision.obligations)
    return {
        "code": code, "text": text, "about": happened.about,
        "held_because": "unsafe_with" if silence else "decision" if happened.decision.must("delayed_release_reviewed") else "",
        "review_at": (review_at or happened.at + HELD_FOR).isoformat(), "hidden_from": sorted({*hidden_from, *(FAMILY if silence else ())}),
    }


def _tell(happened: Happened, notice: dict[str, Any]) -> int | None:
    return database.value("SELECT notify_person(%s, %s, %s)", happened.line_id, happened.person_id, json.dumps(notice))


def offers(decision: Decision) -> tuple[str, ...]:
    """What the asker is offered along with the answer, in plain words."""
    return tuple(words for code, words in OFFERED.items() if decision.must(code))
