"""What becomes of an entry for each partner in scope: Share, Withhold with a reason, or NotNeeded with a reason. Never nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from alongside.common.decisions import Decision
from alongside.common.decisions import Outcome as Answer
from alongside.common.rulebook import rule
from alongside.common.working_days import Calendar
from alongside.records.facts import (
    NOBODY,
    Addition,
    DecideShare,
    EntryFacts,
    KeepBack,
    KeptBackAbout,
    NeedFacts,
    NotNeeded,
    NotNeededReason,
    Origin,
    Outcome,
    PartnerFacts,
    PartnerKey,
    PersonFacts,
    Reach,
    SenderWish,
    Share,
    Signature,
    Withhold,
    WithholdReason,
)
from alongside.records.rules import clocks
from alongside.records.rules.clock_names import Clock, UnknownClock, clock_in_force
from alongside.records.rules.floor import floor_needs
from alongside.records.rules.kinds import EntryKind, kind_or_plain, tags_of
from alongside.records.rules.needs import miss, nearest_miss, people_of

SINCE = date(2026, 1, 1)
BACKLOG = timedelta(days=92)
MAY_KEEP_BACK_FOR = frozenset(
    {
        WithholdReason.PERSON_OBJECTS,
        WithholdReason.RAISES_RISK,
        WithholdReason.THIRD_PARTY_HARM,
        WithholdReason.COVERT_ENQUIRY,
        WithholdReason.LEGAL_PRIVILEGE,
        WithholdReason.COURT_ORDER,
    }
)
NOTHING_OWED: Mapping[PartnerKey, tuple[NeedFacts, ...]] = {}
CalendarOf = Callable[[str], Calendar]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the gate answered for one need and one person."""

    need: NeedFacts
    person: PersonFacts
    decision: Decision


@rule("REC-010", since=SINCE)
def route(
    entry: EntryFacts,
    partners: Sequence[PartnerFacts],
    decide_share: DecideShare,
    *,
    at: datetime,
    wishes: Sequence[SenderWish] = (),
    owed: Mapping[PartnerKey, tuple[NeedFacts, ...]] = NOTHING_OWED,
    calendar_of: CalendarOf = Calendar.of,
) -> tuple[Outcome, ...]:
    """Each partner in scope must get exactly one outcome for each entry: a share, a withhold with a reason, or not needed with a reason.

    Outcomes come in the order of `partners`. `at` is the moment of routing, from which clocks run unless they name another.
    `owed` are needs that follow from something else than a declaration, such as a correction owed to whoever read the entry it corrects.
    Raises `ValueError` where a partner is listed twice or something is owed to one that is not listed; a wish about a partner that is out of scope is ignored.

    Source: DfE information sharing advice 2024: record what is shared, and what is not, with the reason; a decision of this product that none is missed.
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> entry = EntryFacts("fall", "general_health", (PersonFacts(1),), 1, "gp_practice", "doctor", at, at)
        >>> need = NeedFacts(frozenset({"falls"}), "direct_care", need_id=7, how_soon="2_hours")
        >>> visitor = PartnerFacts(PartnerKey(2, 1), "voluntary", "support_worker", relations={1: "allocated"}, needs=(need,))
        >>> housing = PartnerFacts(PartnerKey(3, 1), "council_housing", "housing_officer")
        >>> share, nothing = route(entry, [visitor, housing], lambda *_: Decision(Answer.PERMIT), at=at)
        >>> share.need_ids, share.due.hour, nothing.reason.value
        ((7,), 11, 'no_need_declared')
    """
    if len({partner.key for partner in partners}) < len(partners):
        raise ValueError("A partner is listed twice: each is told once.")
    if absent := owed.keys() - {partner.key for partner in partners}:
        raise ValueError(f"Something is owed to partners that are not in scope: {sorted(absent)}.")
    floor = floor_needs(entry, partners, on=at.date())
    keeps = {wish.partner: wish for wish in wishes if isinstance(wish, KeepBack)}
    adds = {wish.partner: wish for wish in wishes if isinstance(wish, Addition)}
    tags = tags_of(entry)
    return tuple(
        _outcome(
            entry,
            partner,
            (*floor.get(partner.key, ()), *owed.get(partner.key, ())),
            adds.get(partner.key),
            keeps.get(partner.key),
            tags,
            decide_share,
            at,
            calendar_of,
        )
        for partner in partners
    )


def _outcome(
    entry: EntryFacts,
    partner: PartnerFacts,
    floor: tuple[NeedFacts, ...],
    added: Addition | None,
    kept: KeepBack | None,
    tags: frozenset[str],
    decide_share: DecideShare,
    at: datetime,
    calendar_of: CalendarOf,
) -> Outcome:
    misses = {need: miss(need, partner, entry, tags, at.date()) for need in partner.needs}
    met = (*floor, *(need for need, missed in misses.items() if missed is None))
    asked = asked_for_by_sender(added) if added and people_of(asked_for_by_sender(added), entry) else None
    needs = tuple(need for need in (*met, *([asked] if asked else ())) if not recorded_by_them(need, partner, entry))
    if not needs:
        reason = NotNeededReason.RECORDED_BY_THEM if met else nearest_miss([missed for missed in misses.values() if missed])
        return NotNeeded(partner.key, reason, ("REC-010", "REC-060" if met else "REC-020"))
    if kept and keep_back_stands(kept, entry, floor=any(_is_floor(need) for need in needs)):
        return _kept_back(partner, kept, needs)
    answers = [Answered(need, person, decide_share(partner, need, person)) for need in needs for person in people_of(need, entry)]
    calendar = calendar_of(partner.area)
    share = shared(entry, partner, answers, tags, at=at, calendar=calendar) or withheld(entry, partner, answers, at=at, calendar=calendar)
    return replace(share, rules=(*share.rules, "REC-071")) if kept else share


# ── what the sender asks for ─────────────────────────────────────────────────────────────────────────────────────────


@rule("REC-060", since=SINCE)
def recorded_by_them(need: NeedFacts, partner: PartnerFacts, entry: EntryFacts) -> bool:
    """The team that records an entry need not be told of it, unless its need names another role than the author's or a colleague owns what comes in.

    Source: a decision of this product: a teacher's note must still reach the safeguarding lead of the same school, and a duty worker's the one allocated.
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> entry = EntryFacts("fall", "general_health", (PersonFacts(1),), 1, "school", "teacher", at, at, author_team_id=4)
        >>> school = PartnerFacts(PartnerKey(1, 4), "school", "safeguarding_lead")
        >>> recorded_by_them(NeedFacts(frozenset({"falls"}), "safeguarding_child"), school, entry)
        False
    """
    own = partner.key == PartnerKey(entry.author_agency_id, entry.author_team_id or 0)
    return own and partner.owner in (None, entry.author_practitioner_id) and (need.role or partner.role) in ("", entry.author_role)


@rule("REC-070", since=SINCE)
def asked_for_by_sender(added: Addition) -> NeedFacts:
    """The sender may ask that a partner be told that has declared no need, and the gate decides as for anyone.

    Source: Caldicott principle 7: the duty to share can be as important as the duty to protect.
    Example:
        >>> asked_for_by_sender(Addition(PartnerKey(1), "direct_care", "She asked me to")).origin.value
        'sender'
    """
    return NeedFacts(frozenset(), added.purpose, what_for=added.why, reach=Reach.ANYONE, origin=Origin.SENDER)


@rule("REC-071", since=SINCE)
def keep_back_stands(kept: KeepBack, entry: EntryFacts, *, floor: bool) -> bool:
    """The sender may keep an entry back only for a listed reason, in words, and a duty of the statutory floor only with a second person's approval.

    Where it does not stand the partner is told all the same.

    Source: DfE information sharing advice 2024: record a decision not to share, with the reason; Children Act 2004 s16LA for harm by sharing.
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> entry = EntryFacts("fall", "general_health", (), 1, "gp_practice", "doctor", at, at, author_practitioner_id=5)
        >>> kept = KeepBack(PartnerKey(2), "raises_risk", "Her brother works there.")
        >>> keep_back_stands(kept, entry, floor=False), keep_back_stands(kept, entry, floor=True)
        (True, False)
        >>> keep_back_stands(replace(kept, approved_by=6), entry, floor=True)
        True
        >>> keep_back_stands(replace(kept, reason="unimportant"), entry, floor=False)
        False
    """
    listed = kept.reason in MAY_KEEP_BACK_FOR and bool(kept.explanation.strip())
    seconded = kept.approved_by is not None and kept.approved_by != entry.author_practitioner_id
    return listed and (seconded or not floor)


@rule("REC-072", since=SINCE)
def kept_for_named_readers(outcome: Outcome, owner: int | None, named: Iterable[int]) -> Outcome:
    """An entry kept for named readers must go only where one of them owns what comes in, the author asked, or the law says so.

    Source: Caldicott principle 4: access on a strict need-to-know basis; a decision of this product for entries restricted by their author.
    Example:
        >>> at = datetime(2026, 5, 5, 9)
        >>> share = Share(PartnerKey(2), (1,), "1_hour", at, at, at, at, Origin.DECLARED, (7,), ("direct_care",), ("REC-040",))
        >>> [type(kept_for_named_readers(share, owner, (5,))).__name__ for owner in (5, 6)]
        ['Share', 'Withhold']
    """
    if not isinstance(outcome, Share) or outcome.origin is not Origin.DECLARED or outcome.floor or owner in set(named):
        return outcome
    return Withhold(outcome.partner, WithholdReason.NAMED_READERS_ONLY, outcome.origin, outcome.need_ids, outcome.purposes, (*outcome.rules, "REC-072"), obligations=frozenset({"record_reason", "review_date_set"}))


def _kept_back(partner: PartnerFacts, kept: KeepBack, needs: Iterable[NeedFacts]) -> Withhold:
    return Withhold(
        partner.key,
        WithholdReason(kept.reason),
        rules=("REC-010", "REC-071"),
        obligations=frozenset({"record_reason", "review_date_set"}),
        explanation=kept.explanation.strip(),
        approved_by=kept.approved_by,
        **_grounds(needs),
    )


# ── what the gate answered ───────────────────────────────────────────────────────────────────────────────────────────


@rule("REC-040", since=SINCE)
def shared(
    entry: EntryFacts, partner: PartnerFacts, answers: Sequence[Answered], tags: frozenset[str], *, at: datetime, calendar: Calendar
) -> Share | None:
    """A partner must be told as soon as the gate permits it under any one need, about each person for whom it is permitted.

    Source: Caldicott principles 2 to 4 and 7.
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> children = (PersonFacts(1, kind="child"), PersonFacts(2, kind="child"))
        >>> entry = EntryFacts("visit", "strengths_needs_plan", children, 1, "school", "teacher", at, at)
        >>> need = NeedFacts(frozenset({"visits"}), "early_help", need_id=3)
        >>> answers = [Answered(need, child, Decision(yes)) for child, yes in zip(children, (Answer.PERMIT, Answer.DENY))]
        >>> share = shared(entry, PartnerFacts(PartnerKey(2), "voluntary"), answers, frozenset(), at=at, calendar=Calendar.of("england"))
        >>> share.person_ids, share.kept_back_about[0].person_id, sorted(share.obligations)
        ((1,), 2, ['acknowledge_due', 'redact_third_party'])
    """
    permitted = [answer for answer in answers if answer.decision.permits]
    if not permitted:
        return None
    kind = kind_or_plain(entry.kind)
    needs = list(dict.fromkeys(answer.need for answer in permitted))
    told = dict.fromkeys(answer.person.person_id for answer in permitted)
    kept_back = tuple(
        KeptBackAbout(answer.person.person_id, _why_not(answer.decision), answer.decision.rules)
        for answer in {a.person.person_id: a for a in answers if a.person.person_id not in told}.values()
    )
    fields = fields_sent(kind, permitted)
    obligations = {word for answer in permitted for word in answer.decision.obligations} | {"acknowledge_due"}
    obligations |= {"redact_third_party"} if kept_back else set()
    stopped = stopped_duties(answers)
    obligations |= {"escalate"} if stopped else set()
    timed = soonest(entry, kind, needs, at=at, calendar=calendar)
    if fields or all(answer.decision.must("minimum_fields") for answer in permitted):
        obligations |= {"minimum_fields"}
    else:
        obligations -= {"minimum_fields"}
    return Share(
        partner.key,
        person_ids=tuple(person_id for person_id in told if person_id != NOBODY.person_id),
        **timed,
        **_grounds(needs),
        rules=_rules(permitted, "REC-010", "REC-040", "REC-050", *_why_considered(needs), *(["REC-043"] if stopped else [])),
        obligations=frozenset(obligations),
        minimum_fields=fields,
        withheld_parts=parts_withheld(permitted),
        kept_back_about=kept_back,
        needs_decision=bool(kind.decision_for) and any(_is_floor(need) or kind.decision_for in need.tags for need in needs),
        in_order=kind.in_order,
        phone_fallback=kind.phone_fallback,
        signature=signature_owed(entry, obligations),
        floor_stopped=stopped,
        decide_by=timed["due"] if stopped else None,
        reasons=_reasons(permitted),
    )


@rule("REC-042", since=SINCE)
def withheld(entry: EntryFacts, partner: PartnerFacts, answers: Sequence[Answered], *, at: datetime, calendar: Calendar) -> Withhold:
    """What the gate stops must be kept with its reason, and what it refers, or stops of the statutory floor, must go to a named person in time.

    Source: DfE information sharing advice 2024: record a decision not to share; the named person is a decision of this product.
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> entry = EntryFacts("visit", "strengths_needs_plan", (PersonFacts(1),), 1, "school", "teacher", at, at)
        >>> need = NeedFacts(frozenset({"visits"}), "early_help", need_id=3)
        >>> refused = [Answered(need, PersonFacts(1), Decision(Answer.DENY, rules=("CON-040",)))]
        >>> stopped = withheld(entry, PartnerFacts(PartnerKey(2), "voluntary"), refused, at=at, calendar=Calendar.of("england"))
        >>> stopped.reason.value, stopped.rules
        ('gate_denied', ('REC-010', 'REC-042', 'REC-020', 'CON-040'))
    """
    referred = [answer for answer in answers if answer.decision.outcome is Answer.REFER]
    needs = list(dict.fromkeys(answer.need for answer in answers))
    floor = any(_is_floor(need) for need in needs)
    decide_by = soonest(entry, kind_or_plain(entry.kind), needs, at=at, calendar=calendar)["due"] if floor or referred else None
    return Withhold(
        partner.key,
        WithholdReason.GATE_REFERRED if referred else WithholdReason.GATE_DENIED,
        **_grounds(needs),
        rules=_rules(answers, "REC-010", "REC-042", *_why_considered(needs)),
        obligations=frozenset(word for answer in answers for word in answer.decision.obligations)
        | ({"escalate"} if floor else frozenset()),
        reveal_existence=all(answer.decision.reveal_existence for answer in answers),
        decide_by=decide_by,
        reasons=_reasons(referred or answers),
    )


@rule("REC-043", since=SINCE)
def stopped_duties(answers: Iterable[Answered]) -> tuple[str, ...]:
    """A duty of the statutory floor that the gate stops for any person must go to a named person, even if the partner is told for another reason.

    Source: a decision of this product: a share for one purpose must not hide that a duty was not fulfilled.
    Example:
        >>> duty = NeedFacts(frozenset({"fgm"}), "safeguarding_child", floor="FLR-050", origin=Origin.STATUTORY)
        >>> stopped_duties([Answered(duty, PersonFacts(1), Decision(Answer.PERMIT)), Answered(duty, PersonFacts(2), Decision(Answer.DENY))])
        ('FLR-050',)
    """
    return tuple(
        dict.fromkeys(
            answer.need.floor or f"need {answer.need.need_id}"
            for answer in answers
            if _is_floor(answer.need) and not answer.decision.permits
        )
    )


@rule("REC-050", since=SINCE)
def soonest(entry: EntryFacts, kind: EntryKind, needs: Iterable[NeedFacts], *, at: datetime, calendar: Calendar) -> dict[str, Any]:
    """A share must be due by the soonest of its kind's clock and the clocks its needs ask for: a partner may ask to know sooner, never later.

    Source: a decision of this product: how soon is for the receiver to say, within the duties in law.
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> entry = EntryFacts("visit", "strengths_needs_plan", (), 1, "school", "teacher", at, at)
        >>> need = NeedFacts(frozenset({"visits"}), "early_help", how_soon="2_hours")
        >>> soonest(entry, kind_or_plain("visit"), [need], at=at, calendar=Calendar.of("england"))["clock"]
        '2_hours'
    """
    anchors = {kind.happened_is: entry.happened_at, **entry.anchors} if kind.happened_is else entry.anchors
    timed = []
    for name in dict.fromkeys((*(need.how_soon for need in needs if need.how_soon), kind.clock)):
        clock = _readable(name, kind, at, calendar)
        start = clocks.start_of(clock, anchors, at)
        if due := clocks.due(start, clock, calendar=calendar):
            timed.append((due, start, clock))
    due, start, clock = min(timed, key=lambda found: (found[0], found[2].by_fallback))
    return {
        "clock": clock.name,
        "start": start,
        "due": due,
        "reminder_at": clocks.half_time(start, due, clock, calendar=calendar),
        "climbs_at": clocks.climbs_at(due, calendar=calendar),
    }


def _readable(name: str, kind: EntryKind, at: datetime, calendar: Calendar) -> Clock:
    """A need whose clock cannot be read must not stop an entry from being saved and shared: its kind's clock runs instead."""
    try:
        return clock_in_force(name, calendar.area.nation, calendar.local_day(at))
    except UnknownClock:
        return clock_in_force(kind.clock, calendar.area.nation, calendar.local_day(at))


@rule("REC-051", since=SINCE)
def fields_sent(kind: EntryKind, permitted: Sequence[Answered]) -> tuple[str, ...]:
    """Only the fields that some need asks for must leave; nothing named means the whole entry but for withheld parts, and a duty of the floor asks for the whole.

    Source: Caldicott principle 3; UK GDPR Art 5(1)(c).
    Example:
        >>> need = NeedFacts(frozenset({"domestic_abuse"}), "safeguarding_child")
        >>> fields_sent(kind_or_plain("domestic_abuse_incident"), [Answered(need, PersonFacts(1), Decision(Answer.PERMIT))])[-1]
        'contact'
    """
    asked: list[str] = []
    for answer in permitted:
        minimum = answer.decision.must("minimum_fields")
        ordinary = kind.minimum_fields if minimum or not _is_floor(answer.need) else ()
        fields = answer.need.minimum_fields or ordinary
        if not fields:
            return ()
        asked.extend(fields)
    return tuple(dict.fromkeys(asked))


@rule("REC-052", since=SINCE)
def parts_withheld(permitted: Sequence[Answered]) -> frozenset[str]:
    """A part must stay behind if for any one person every need that permits the share withholds it.

    Source: Caldicott principle 4; a decision of this product that one more need never takes away what another permits.
    Example:
        >>> need = NeedFacts(frozenset({"injuries"}), "safeguarding_child")
        >>> part = Decision(Answer.PERMIT_PART, withhold=("home_address",))
        >>> sorted(parts_withheld([Answered(need, PersonFacts(1), part), Answered(need, PersonFacts(2), Decision(Answer.PERMIT))]))
        ['home_address']
    """
    by_person: dict[int, list[frozenset[str]]] = {}
    for answer in permitted:
        by_person.setdefault(answer.person.person_id, []).append(frozenset(answer.decision.withhold))
    return frozenset().union(*(frozenset.intersection(*parts) for parts in by_person.values()))


@rule("REC-090", since=SINCE)
def signature_owed(entry: EntryFacts, obligations: Iterable[str]) -> Signature:
    """A share that needs a second signature or a second person's approval must be held, counted as unsent, until it is given.

    Source: Newcastle Hospitals (2023): letters waiting unsigned in a folder few knew; the gate's own obligation for approvals.
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> entry = EntryFacts("visit", "strengths_needs_plan", (), 1, "school", "teacher", at, at)
        >>> signature_owed(entry, {"second_person_approval"}).value
        'second_person_approval'
    """
    return Signature.SECOND_PERSON_APPROVAL if "second_person_approval" in obligations else entry.signature


@rule("REC-100", since=SINCE)
def backlog(
    need: NeedFacts,
    partner: PartnerFacts,
    entries: Iterable[EntryFacts],
    decide_share: DecideShare,
    *,
    at: datetime,
    within: timedelta = BACKLOG,
    calendar_of: CalendarOf = Calendar.of,
) -> tuple[tuple[EntryFacts, Outcome], ...]:
    """A partner that declares a new need must be offered what it would have had in the last three months, each item passed by the gate anew.

    Source: a decision of this product: what was lost before a need was declared is lost no longer.
    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 5, 5, 9, tzinfo=UTC)
        >>> old = [EntryFacts("fall", "general_health", (PersonFacts(1),), 1, "gp_practice", "doctor", t, t) for t in (at - timedelta(days=9), at - timedelta(days=200))]
        >>> need = NeedFacts(frozenset({"falls"}), "direct_care", need_id=7)
        >>> visitor = PartnerFacts(PartnerKey(2, 1), "voluntary", "support_worker", relations={1: "allocated"})
        >>> [type(outcome).__name__ for _, outcome in backlog(need, visitor, old, lambda *_: Decision(Answer.PERMIT), at=at)]
        ['Share']
    """
    alone = replace(partner, needs=(need,))
    recent = [entry for entry in entries if at - within <= entry.written_at <= at]
    routed = [(entry, outcome) for entry in recent for outcome in route(entry, [alone], decide_share, at=at, calendar_of=calendar_of)]
    return tuple((entry, outcome) for entry, outcome in routed if not isinstance(outcome, NotNeeded))


# ── the small print of an outcome ────────────────────────────────────────────────────────────────────────────────────


def _is_floor(need: NeedFacts) -> bool:
    return need.origin is Origin.STATUTORY


def _grounds(needs: Iterable[NeedFacts]) -> dict[str, Any]:
    needs = list(needs)
    return {
        "origin": min((need.origin for need in needs), key=(Origin.STATUTORY, Origin.DECLARED, Origin.SENDER).index),
        "need_ids": tuple(need.need_id for need in needs if need.need_id is not None),
        "purposes": tuple(dict.fromkeys(need.purpose for need in needs)),
        "floor": tuple(need.floor for need in needs if need.floor),
    }


def _rules(answers: Iterable[Answered], *own: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *(id for answer in answers for id in answer.decision.rules))))


def _reasons(answers: Iterable[Answered]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for answer in answers for reason in answer.decision.reasons))


def _why_considered(needs: Iterable[NeedFacts]) -> tuple[str, ...]:
    return tuple({Origin.STATUTORY: "REC-030", Origin.DECLARED: "REC-020", Origin.SENDER: "REC-070"}[need.origin] for need in needs)


def _why_not(decision: Decision) -> WithholdReason:
    return WithholdReason.GATE_REFERRED if decision.outcome is Answer.REFER else WithholdReason.GATE_DENIED
