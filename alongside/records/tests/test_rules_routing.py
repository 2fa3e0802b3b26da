"""Routing: the table a safeguarding lead can read, and what must hold of any entry, any partners and any gate."""

import csv
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.common.decisions import Decision
from alongside.common.decisions import Outcome as Answer
from alongside.records.facts import (
    NOBODY,
    Addition,
    EntryFacts,
    Harm,
    KeepBack,
    Link,
    NeedFacts,
    NotNeeded,
    NotNeededReason,
    Origin,
    PartnerFacts,
    PartnerKey,
    PersonFacts,
    Reach,
    Share,
    Signature,
    Withhold,
    WithholdReason,
)
from alongside.records.rules.floor import floor_duties, floor_needs, unmet_floor
from alongside.records.rules.kinds import entry_kind, entry_kinds, kind_or_plain, tags_of
from alongside.records.rules.needs import suits
from alongside.records.rules.routing import MAY_KEEP_BACK_FOR, backlog, recorded_by_them, route

GOLDEN = Path(__file__).parents[1] / "golden" / "routing.csv"
AT = datetime(2026, 5, 5, 9, tzinfo=UTC)
AUTHOR, SECOND = 5, 6
NAMES = {Share: "share", Withhold: "withhold", NotNeeded: "not_needed"}


def golden() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_need(text: str, number: int) -> NeedFacts:
    tag, *options = text.split()
    said = dict(option.split("=") for option in options)
    return NeedFacts(
        frozenset({tag}),
        "safeguarding_child",
        need_id=number,
        how_soon=said.get("how_soon", ""),
        situations=frozenset(filter(None, said.get("situations", "").split("+"))),
        people=frozenset(filter(None, said.get("people", "").split("+"))),
        minimum_fields=tuple(filter(None, said.get("fields", "").split("+"))),
        reach=Reach(said.get("reach", "our_people")),
        valid_from=date.fromisoformat(said["since"]) if "since" in said else None,
        valid_until=date.fromisoformat(said["until"]) if "until" in said else None,
    )


def read_people(text: str) -> tuple[PersonFacts, ...]:
    first, *others = text.split(" + ")
    kind, *situations = first.split()
    return (PersonFacts(1, kind=kind, situations=frozenset(situations)), *(PersonFacts(2, Link(other), "child") for other in others))


def read_row(row: dict[str, str]) -> tuple[EntryFacts, PartnerFacts, list, object]:
    (agency, role), kind = row["author"].split("/"), kind_or_plain(row["kind"])
    entry = EntryFacts(
        row["kind"], kind.category or "general_health", read_people(row["about"]), 1, agency, role, AT, AT, AUTHOR, 4, frozenset(row["tags"].split()),
        harm=Harm(row["harm"] or "none_known"), signature=kind.signature,
    )
    own, _, rest = row["partner"].rpartition("own ")
    name, _, owner = rest.partition(" owner=")
    kind_of_agency, role = name.split("/")
    partner = PartnerFacts(
        PartnerKey(1, 4) if "own" in row["partner"].split() else PartnerKey(2, 9), kind_of_agency, role, owner=int(owner) if owner else None,
        relations={person.person_id: row["relation"] for person in entry.about},
        needs=tuple(read_need(text, number) for number, text in enumerate(filter(None, row["needs"].split(";")), 1)),
    )
    return entry, partner, read_wishes(row["wish"], partner.key), read_gate(row["gate"])


def read_wishes(text: str, partner: PartnerKey) -> list:
    if text == "add":
        return [Addition(partner, "housing_support", "She asked me to tell them.")]
    if text:
        reason, *approved = text.removeprefix("keep:").split()
        return [KeepBack(partner, reason, "Her brother works there.", SECOND if approved else None)]
    return []


def read_gate(text: str):
    word, *more = text.split()
    if word.startswith("part:"):
        decision = Decision(Answer.PERMIT_PART, withhold=tuple(word.removeprefix("part:").split("+")), rules=("CON-001",))
    else:
        decision = Decision(Answer(word), obligations=tuple(w for w in more if w not in ("only", "first")), rules=("CON-001",), reasons=("Because.",))
    no = Decision(Answer.DENY, rules=("CON-002",))
    return lambda partner, need, person: no if "only" in more and person.person_id != 1 else decision


@pytest.mark.parametrize("row", golden(), ids=lambda row: row["case"])
def test_the_table_holds(row):
    entry, partner, wishes, gate = read_row(row)
    (outcome,) = route(entry, [partner], gate, at=AT, wishes=wishes)
    assert NAMES[type(outcome)] == row["outcome"]
    seen = what_is_seen(outcome)
    assert set(row["detail"].split()) <= seen, seen
    assert set(row["rules"].split()) - {"REC-051", "REC-052", "REC-060", "REC-090"} <= set(outcome.rules)
    if isinstance(outcome, Share):
        assert outcome.clock == row["clock"]
        assert {d for d in seen if d.startswith(("fields=", "without=", "held", "kept_about="))} <= set(row["detail"].split())
    else:
        assert outcome.reason.value in row["detail"].split()


def what_is_seen(outcome) -> set[str]:
    match outcome:
        case Share():
            return {
                *(f"floor={code}" for code in outcome.floor),
                *outcome.obligations,
                f"people={len(outcome.person_ids)}",
                "decision" if outcome.needs_decision else "no_decision",
                *([f"fields={'+'.join(outcome.minimum_fields)}"] if outcome.minimum_fields else []),
                *([f"without={'+'.join(sorted(outcome.withheld_parts))}"] if outcome.withheld_parts else []),
                *(["held"] if outcome.signature is not Signature.NONE else []),
                *([f"kept_about={len(outcome.kept_back_about)}"] if outcome.kept_back_about else []),
            }
        case Withhold():
            decides = ["decide_by"] if outcome.decide_by else []
            return {outcome.reason.value, *outcome.obligations, *(f"floor={code}" for code in outcome.floor), *decides}
        case _:
            return {outcome.reason.value}


def test_every_duty_of_the_floor_has_a_row():
    shown = " ".join(row["detail"] for row in golden())
    # FLR-040 and FLR-080 share their recipient and kind with a row above; FLR-090 has no kind of its own yet
    assert {duty.need.floor for duty in floor_duties()} - {word.removeprefix("floor=") for word in shown.split()} == {"FLR-040", "FLR-080", "FLR-090"}


# ── whatever the entry, the partners and the gate ────────────────────────────────────────────────────────────────────

TAGS = ["injuries", "referrals", "visits", "falls", "domestic_abuse", "siblings", "changes_in_risk", "deaths", "missing_episodes", "fgm", "household"]
PEOPLE = st.lists(
    st.builds(
        PersonFacts,
        person_id=st.integers(1, 4),
        link=st.sampled_from(Link),
        kind=st.sampled_from(["child", "adult", "unborn"]),
        age=st.none() | st.integers(0, 90),
        situations=st.frozensets(st.sampled_from(["looked_after", "in_hospital"]), max_size=1),
    ),
    max_size=3,
    unique_by=lambda person: person.person_id,
).map(tuple)
ENTRIES = st.builds(
    EntryFacts,
    kind=st.sampled_from([*entry_kinds(), "from_elsewhere"]),
    category=st.sampled_from(["safeguarding_concern", "general_health", "domestic_abuse", "education"]),
    about=PEOPLE,
    author_agency_id=st.just(1),
    author_agency_kind=st.just("school"),
    author_role=st.sampled_from(["teacher", "safeguarding_lead"]),
    happened_at=st.just(AT - timedelta(hours=3)),
    written_at=st.just(AT),
    author_practitioner_id=st.just(AUTHOR),
    author_team_id=st.just(1),
    tags=st.frozensets(st.sampled_from(TAGS), max_size=2),
    harm=st.sampled_from(Harm),
)
NEEDS = st.builds(
    NeedFacts,
    tags=st.frozensets(st.sampled_from([*TAGS, "from_elsewhere"]), min_size=1, max_size=3),
    purpose=st.sampled_from(["safeguarding_child", "direct_care", "early_help"]),
    need_id=st.integers(1, 99),
    how_soon=st.sampled_from(["", "2_hours", "same_working_day", "5_working_days", "next_school_day", "gibberish", "strategy_discussion"]),
    situations=st.frozensets(st.sampled_from(["looked_after", "under_five"]), max_size=1),
    people=st.frozensets(st.sampled_from(["child", "adult"]), max_size=1),
    minimum_fields=st.sampled_from([(), ("headline",), ("headline", "contact")]),
    reach=st.sampled_from(Reach),
    valid_from=st.none() | st.sampled_from([date(2026, 1, 1), date(2027, 1, 1)]),
    valid_until=st.none() | st.sampled_from([date(2026, 2, 1), date(2028, 1, 1)]),
)
PARTNERS = st.lists(
    st.builds(
        PartnerFacts,
        key=st.builds(PartnerKey, st.integers(1, 3), st.integers(1, 2)),
        agency_kind=st.sampled_from(["council_children", "council_adults", "police", "school", "voluntary"]),
        role=st.sampled_from(["duty_manager", "social_worker", "police_officer", "teacher", "safeguarding_lead"]),
        duty_desk=st.booleans(),
        owner=st.none() | st.integers(4, 6),
        area=st.sampled_from(["england", "scotland", "demo_district"]),
        relations=st.dictionaries(st.integers(1, 4), st.sampled_from(["allocated", "none", "previously_involved", "referred_to"])),
        needs=st.lists(NEEDS, max_size=3).map(tuple),
    ),
    max_size=5,
    unique_by=lambda partner: partner.key,
)
def gate_of(seed: int):
    """A gate that may answer differently for each purpose and person, but always the same for the same."""

    def decide(partner, need, person):
        rng = random.Random(f"{seed} {need.purpose} {person.person_id}")
        some = lambda words: tuple(word for word in words if rng.random() < 0.3)  # noqa: E731
        return Decision(
            rng.choice(list(Answer)), ("Because.",), some(("minimum_fields", "do_not_tell_perpetrator", "second_person_approval")),
            some(("home_address", "third_party_info")), rng.random() < 0.5, ("CON-001",),
        )

    return decide


@st.composite
def wishes(draw, partners):
    asked = []
    for partner in partners:
        match draw(st.integers(0, 3)):
            case 1:
                asked.append(Addition(partner.key, "early_help", "Asked me to."))
            case 2:
                reason = draw(st.sampled_from([*WithholdReason, "unimportant"]))
                asked.append(KeepBack(partner.key, reason, draw(st.sampled_from(["Why.", " "])), draw(st.sampled_from([None, AUTHOR, SECOND]))))
    return asked


SITUATIONS = st.tuples(ENTRIES, PARTNERS, st.integers(0, 9999).map(gate_of))
SEVERAL = settings(max_examples=300, deadline=None)


@SEVERAL
@given(SITUATIONS, st.data())
def test_each_partner_gets_exactly_one_outcome_in_order(situation, data):
    entry, partners, gate = situation
    outcomes = route(entry, partners, gate, at=AT, wishes=data.draw(wishes(partners)))
    assert [outcome.partner for outcome in outcomes] == [partner.key for partner in partners]
    assert all(isinstance(outcome, Share | Withhold | NotNeeded) and outcome.rules for outcome in outcomes)
    assert all(outcome.start <= outcome.reminder_at <= outcome.due <= outcome.climbs_at for outcome in outcomes if isinstance(outcome, Share))


@SEVERAL
@given(SITUATIONS, st.data())
def test_the_floor_is_always_routed(situation, data):
    """Whatever was declared, and whatever the sender wishes without a second person: shared, or stopped by the gate with a named person to decide."""
    entry, partners, gate = situation
    asked = [wish for wish in data.draw(wishes(partners)) if not (isinstance(wish, KeepBack) and wish.approved_by == SECOND)]
    silent = [replace(partner, needs=()) for partner in partners]
    owed, by_key = floor_needs(entry, partners, on=AT.date()), {partner.key: partner for partner in partners}
    for scope in (partners, silent):
        for outcome in route(entry, scope, gate, at=AT, wishes=asked):
            if outcome.partner not in owed:
                continue
            match outcome:
                case NotNeeded():
                    assert outcome.reason is NotNeededReason.RECORDED_BY_THEM
                case Withhold():
                    assert outcome.floor and outcome.decide_by and "escalate" in outcome.obligations
                    assert outcome.reason in (WithholdReason.GATE_DENIED, WithholdReason.GATE_REFERRED)
                case Share():
                    theirs = {need.floor for need in owed[outcome.partner] if not recorded_by_them(need, by_key[outcome.partner], entry)}
                    assert theirs <= {*outcome.floor, *outcome.floor_stopped}
                    assert bool(outcome.floor_stopped) == bool(outcome.decide_by) <= ("escalate" in outcome.obligations)


@SEVERAL
@given(SITUATIONS)
def test_a_duty_with_nobody_to_tell_is_named(situation):
    entry, partners, _ = situation
    told = {need.floor for needs in floor_needs(entry, partners, on=AT.date()).values() for need in needs}
    unmet = {need.floor for need in unmet_floor(entry, partners, on=AT.date())}
    owed = {duty.need.floor for duty in floor_duties() if duty.need.agency_kind != "every_partner_involved" and duty.is_about(entry, AT.date())}
    assert told & unmet == set() and owed == (told | unmet) - {"FLR-041"}


@SEVERAL
@given(SITUATIONS, st.data())
def test_nothing_is_withheld_in_silence(situation, data):
    entry, partners, gate = situation
    asked = data.draw(wishes(partners))
    for outcome in route(entry, partners, gate, at=AT, wishes=asked):
        if not isinstance(outcome, Withhold):
            continue
        if outcome.reason in MAY_KEEP_BACK_FOR:
            wish = next(w for w in asked if isinstance(w, KeepBack) and w.partner == outcome.partner)
            assert outcome.explanation and wish.reason == outcome.reason
            assert not outcome.floor or wish.approved_by == SECOND
        else:
            assert "CON-001" in outcome.rules and outcome.reasons
        assert outcome.need_ids or outcome.floor or outcome.origin is Origin.SENDER
        assert (outcome.reason is WithholdReason.GATE_REFERRED) <= (outcome.decide_by is not None)


@SEVERAL
@given(SITUATIONS, NEEDS, st.data())
def test_one_more_need_never_takes_away_a_share_or_anything_in_it(situation, need, data):
    entry, partners, gate = situation
    asked = [wish for wish in data.draw(wishes(partners)) if isinstance(wish, Addition)]
    before = route(entry, partners, gate, at=AT, wishes=asked)
    after = route(entry, [replace(partner, needs=(*partner.needs, need)) for partner in partners], gate, at=AT, wishes=asked)
    for one, other in zip(before, after, strict=True):
        if isinstance(one, Share):
            assert isinstance(other, Share)
            assert set(one.person_ids) <= set(other.person_ids) and other.due <= one.due
            assert not other.minimum_fields or set(one.minimum_fields) <= set(other.minimum_fields) and one.minimum_fields
            whole = {person for person in one.person_ids}
            assert other.withheld_parts <= one.withheld_parts or set(other.person_ids) > whole
            assert set(one.floor) <= set(other.floor) and set(one.need_ids) <= set(other.need_ids)


@SEVERAL
@given(SITUATIONS, st.data())
def test_routing_never_shares_more_than_the_gate_permits(situation, data):
    entry, partners, gate = situation
    by_key = {partner.key: partner for partner in partners}
    people = {person.person_id: person for person in entry.about}
    for outcome in route(entry, partners, gate, at=AT, wishes=data.draw(wishes(partners))):
        if isinstance(outcome, Share):
            for person in outcome.person_ids:
                decisions = [gate(by_key[outcome.partner], NeedFacts(frozenset(), purpose), people[person]) for purpose in outcome.purposes]
                permitted = [decision for decision in decisions if decision.permits]
                assert permitted
                assert frozenset.intersection(*(frozenset(d.withhold) for d in permitted)) <= outcome.withheld_parts
                assert people[person].link is not Link.MENTIONED
                if any("second_person_approval" in d.obligations for d in permitted) and all("second_person_approval" in d.obligations for d in permitted):
                    assert outcome.signature is Signature.SECOND_PERSON_APPROVAL


@SEVERAL
@given(SITUATIONS)
def test_a_share_about_a_person_rests_on_a_need_about_that_person(situation):
    entry, partners, gate = situation
    people = {person.person_id: person for person in entry.about}
    needs = {partner.key: (*partner.needs, *floor_needs(entry, partners, on=AT.date()).get(partner.key, ())) for partner in partners}
    for outcome in route(entry, partners, gate, at=AT):
        for person in outcome.person_ids if isinstance(outcome, Share) else ():
            assert any(suits(need, people[person]) for need in needs[outcome.partner])


# ── the corners ──────────────────────────────────────────────────────────────────────────────────────────────────────


def permit(*_):
    return Decision(Answer.PERMIT)


def test_a_partner_listed_twice_is_a_mistake():
    partner = PartnerFacts(PartnerKey(2, 1), "police")
    entry = EntryFacts("visit", "education", (), 1, "school", "teacher", AT, AT)
    with pytest.raises(ValueError, match="twice"):
        route(entry, [partner, partner], permit, at=AT)
    with pytest.raises(ValueError, match="not in scope"):
        route(entry, [partner], permit, at=AT, owed={PartnerKey(9): ()})


def test_an_entry_about_nobody_is_routed_too():
    asked = []
    need = NeedFacts(frozenset({"leavers"}), "service_management", need_id=1, how_soon="at_account_end")
    leaves = AT + timedelta(days=20)
    entry = EntryFacts("inbox_items", "workforce", (), 1, "council_children", "administrator", AT, AT, anchors={"account_end": leaves})
    (share,) = route(
        entry, [PartnerFacts(PartnerKey(1, 2), "council_children", "team_manager", needs=(need,))], lambda *call: asked.append(call[2]) or permit(), at=AT
    )
    assert (share.person_ids, share.due, asked) == ((), leaves, [NOBODY])


def test_a_clock_from_a_named_moment_starts_there():
    need = NeedFacts(frozenset({"assessment_parts"}), "safeguarding_child", need_id=1, how_soon="45_working_days_from_referral")
    child = PersonFacts(1, kind="child")
    entry = EntryFacts(
        "assessment_part_due", "strengths_needs_plan", (child,), 1, "nhs_community", "health_visitor", AT, AT, anchors={"referral": datetime(2026, 3, 2, 9, tzinfo=UTC)}
    )
    (share,) = route(entry, [PartnerFacts(PartnerKey(2), "council_children", relations={1: "allocated"}, needs=(need,))], permit, at=AT)
    assert share.due == datetime(2026, 5, 7, 16, tzinfo=UTC) and share.start == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_what_happened_is_the_moment_its_kind_says():
    need = NeedFacts(frozenset({"discharges"}), "hospital_discharge", need_id=1)
    entry = EntryFacts("discharge_summary", "general_health", (PersonFacts(1),), 1, "nhs_hospital", "doctor", AT - timedelta(hours=6), AT)
    (share,) = route(entry, [PartnerFacts(PartnerKey(2), "gp_practice", relations={1: "allocated"}, needs=(need,))], permit, at=AT)
    assert share.due == AT + timedelta(hours=18)


def test_the_partners_own_calendar_decides():
    need = NeedFacts(frozenset({"visits"}), "direct_care", need_id=1)
    friday = datetime(2026, 6, 12, 9, tzinfo=UTC)
    entry = EntryFacts("visit", "education", (PersonFacts(1),), 1, "school", "teacher", friday, friday)
    partners = [PartnerFacts(PartnerKey(n), "gp_practice", area=area, relations={1: "allocated"}, needs=(need,)) for n, area in ((2, "england"), (3, "scotland"))]
    assert [share.due.day for share in route(entry, partners, permit, at=friday)] == [15, 16]


def test_a_new_need_is_offered_what_it_would_have_had_and_the_gate_decides_each():
    need = NeedFacts(frozenset({"missing_episodes"}), "safeguarding_child", need_id=1, valid_from=AT.date())
    lead = PartnerFacts(PartnerKey(2), "school", "safeguarding_lead", relations={1: "allocated", 2: "allocated"})

    def episode(person, days, kind="missing_episode"):
        then = AT - timedelta(days=days)
        return EntryFacts(kind, "whereabouts", (PersonFacts(person, kind="child"),), 1, "police", "police_officer", then, then)

    def gate(partner, need, person):
        return Decision(Answer.PERMIT if person.person_id == 1 else Answer.DENY, rules=("CON-001",))

    found = backlog(need, lead, [episode(1, 9), episode(2, 20), episode(1, 200), episode(1, 3, "visit")], gate, at=AT)
    assert [(entry.written_at, type(outcome)) for entry, outcome in found] == [(AT - timedelta(days=9), Share), (AT - timedelta(days=20), Withhold)]


def test_kinds_of_entry_have_all_they_need():
    from alongside.common.categories import CATEGORY_NUMBERS

    wanted = """injury_observation referral_child school_roll_change discharge_summary domestic_abuse_incident strengths_needs_entry safeguarding_concern
        inbox_items declaration correction sibling_concern assessment_part_due visit phone_call meeting missing_episode death medication_change allergy
        hospital_admission exclusion attendance housing_notice homelessness mental_health_crisis fire_risk strategy_discussion court_order persons_own_words
        compliment complaint safeguarding_adult_concern fgm_disclosure exploitation_concern carer_strain fall self_neglect""".split()
    assert set(wanted) <= set(entry_kinds()) and len(entry_kinds()) >= 50
    for kind in entry_kinds().values():
        assert kind.name and kind.source and kind.category in CATEGORY_NUMBERS and kind.tags, kind.code
        assert not kind.decision_for or kind.decision_for in kind.tags, kind.code
        assert bool(kind.follow_up) == bool(kind.follow_up_clock), kind.code
    assert len({kind.name for kind in entry_kinds().values()}) == len(entry_kinds())
    with pytest.raises(ValueError, match="injury_observation"):
        entry_kind("injury")


def test_every_duty_of_the_floor_can_be_met_by_some_kind_or_stakes():
    tags = frozenset().union(*(kind.tags | {kind.code} for kind in entry_kinds().values())) | {"significant_harm"}
    for duty in floor_duties():
        assert duty.need.tags & tags or duty.harm_from or duty.need.floor == "FLR-090", duty.need.floor
        assert duty.need.source and duty.standing and duty.confidence and duty.need.people


def test_significant_harm_makes_any_entry_a_change_in_risk():
    entry = EntryFacts("visit", "education", (), 1, "school", "teacher", AT, AT, harm=Harm.LIFE)
    assert {"significant_harm", "changes_in_risk"} <= tags_of(entry)
