"""What holds of every request that the vocabulary can say, not only of those somebody thought of."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alongside.common.decisions import Decision, Outcome
from alongside.confidentiality import facts as words
from alongside.confidentiality.facts import read_request
from alongside.confidentiality.rules.decision import CAUTION, DECIDING, _weigh, book_on, decide
from alongside.confidentiality.rules.kinds import CLAUSES, Weight
from alongside.confidentiality.rules.situation import Situation, request_where
from alongside.confidentiality.tests.gate_requests import AT, LETS_THROUGH, PROOFS, one_of, requests

EVERYTHING = settings(max_examples=300, deadline=None)
REPORTERS = ("school", "nhs_community", "nhs_hospital", "gp_practice", "voluntary", "council_children", "council_adults", "council_housing", "care_provider", "police", "probation")
WHO_MUST_ACT = ("council_children", "council_children_other_area", "council_adults", "police", "risk_conference")


def answer(asked: dict[str, Any], at: datetime = AT, **switches: date) -> Decision:
    return decide(read_request(asked), at=at, switches=switches)


def lets_through(found: Decision) -> int:
    return LETS_THROUGH[found.outcome]


@EVERYTHING
@given(requests())
def test_whatever_is_asked_gets_an_answer_with_its_reasons_and_the_same_one_again(asked: dict[str, Any]) -> None:
    found = answer(asked)
    assert found.reasons
    assert found.rules
    assert set(found.rules) <= CLAUSES.keys()
    assert bool(found.withhold) == (found.outcome is Outcome.PERMIT_PART)
    assert len(set(found.obligations)) == len(found.obligations)
    assert found.permits or not found.must("acknowledge_due") or found.outcome is Outcome.REFER
    assert found.outcome is not Outcome.DENY or found.must("log_denial")
    assert found.outcome is not Outcome.DENY or found.reveal_existence or found.must("neutral_denial")
    assert found == answer(asked)


@EVERYTHING
@given(requests(), st.sampled_from(["restricted_record", "identity_protected", "portal_unsafe", "relative_of_actor"]))
def test_one_more_protection_never_lets_more_through(asked: dict[str, Any], flag: str) -> None:
    assume(asked["subject"]["kind"] != "none" and flag not in asked["subject"]["flags"])
    protected = deepcopy(asked)
    protected["subject"]["flags"].append(flag)
    assert lets_through(answer(protected)) <= lets_through(answer(asked))


@EVERYTHING
@given(requests())
def test_a_secret_address_never_makes_a_no_into_a_whole_yes(asked: dict[str, Any]) -> None:
    assume(asked["subject"]["kind"] != "none" and "address_concealed" not in asked["subject"]["flags"])
    concealed = deepcopy(asked)
    concealed["subject"]["flags"].append("address_concealed")
    assert answer(concealed).outcome is not Outcome.PERMIT or answer(asked).outcome is Outcome.PERMIT


@EVERYTHING
@given(requests(), st.sampled_from(["court_order_restricts_actor", "legal_hold", "consent_doubt_recorded"]))
def test_a_bar_on_file_never_lets_more_through(asked: dict[str, Any], bar: str) -> None:
    barred = deepcopy(asked)
    barred["facts"] |= {bar: True}
    assert lets_through(answer(barred)) <= lets_through(answer(asked | {"facts": {k: v for k, v in asked["facts"].items() if k != bar}}))


@EVERYTHING
@given(requests(), one_of(words.Basis))
def test_a_claim_alone_gets_nothing_that_claiming_nothing_would_not(asked: dict[str, Any], claim: str) -> None:
    bare = asked | {"facts": {name: value for name, value in asked["facts"].items() if name not in PROOFS}}
    assert not answer(bare | {"claimed_basis": claim}).permits or answer(bare | {"claimed_basis": "none"}).permits
    assert answer(bare | {"claimed_basis": claim}).outcome is not Outcome.PERMIT or answer(bare | {"claimed_basis": "none"}).outcome is Outcome.PERMIT


@EVERYTHING
@given(requests(), st.sampled_from(["safeguarding_child", "safeguarding_adult", "direct_care", "early_help", "child_in_need_service"]))
def test_a_purpose_claimed_opens_nothing_to_staff_without_a_part_in_the_care(asked: dict[str, Any], purpose: str) -> None:
    asked = asked | {"actor": {"agency": "voluntary", "role": "support_worker", "relation": "none"}, "purpose": purpose, "facts": {}}
    asked |= {"action": {"verb": "read", "recipient": None, "channel": None}, "risk": asked["risk"] | {"of_not_acting": "none_known"}}
    assume(asked["item"]["category"] not in ("finance_open_book", "aggregate_counts"))
    assert not answer(asked).permits


@EVERYTHING
@given(
    agency=st.sampled_from(REPORTERS), relation=one_of(words.Relation), category=st.sampled_from(["safeguarding_concern", "domestic_abuse", "general_health", "whole_record", "education"]),
    kind=st.sampled_from(["child", "adult"]), recipient=st.sampled_from(WHO_MUST_ACT), agreement=one_of(words.AgreementState), covers=st.booleans(),
    consent=one_of(words.ConsentState), by=st.sampled_from(["person", "parent"]), need=one_of(words.Need), risk=st.sampled_from(["significant_harm", "imminent_life"]),
    flags=st.lists(st.sampled_from(["restricted_record", "address_concealed", "identity_protected", "portal_unsafe", "staff_member"]), max_size=2, unique=True),
    claim=one_of(words.Basis), purpose=st.sampled_from(["safeguarding_child", "safeguarding_adult", "domestic_abuse_safety", "none_stated", "direct_care"]),
)  # fmt: skip
def test_grave_harm_is_always_told_to_the_body_that_must_act(
    agency: str, relation: str, category: str, kind: str, recipient: str, agreement: str, covers: bool, consent: str, by: str, need: str, risk: str,
    flags: list[str], claim: str, purpose: str,
) -> None:  # fmt: skip
    found = decide(
        request_where(
            agency=agency, relation=relation, role="support_worker", kind=kind, category=category, verb="share_to", recipient=recipient, channel="referral", purpose=purpose,
            agreement=agreement, covers=covers, consent=consent, by=by, need=need, not_acting=risk, flags=tuple(flags), basis=claim,
        ),
        at=AT,
    )  # fmt: skip
    police_ask_for_themselves = agency == "police" == recipient
    assert found.permits or police_ask_for_themselves


@EVERYTHING
@given(requests())
def test_a_worry_about_anybody_is_always_accepted_from_anybody_at_work(asked: dict[str, Any]) -> None:
    asked = asked | {"action": {"verb": "write", "recipient": "council_children", "channel": "referral"}, "item": {"category": "safeguarding_concern", "about": "subject"}}
    asked["actor"] = asked["actor"] | {"agency": "school", "role": "teacher"}
    asked["facts"].pop("court_order_restricts_actor", None)
    assume(asked["purpose"] != "immigration_control")
    assert answer(asked).permits


@EVERYTHING
@given(requests())
def test_a_restricted_record_is_never_shown_to_exist_to_anybody_off_its_list(asked: dict[str, Any]) -> None:
    asked["actor"] = asked["actor"] | {"agency": "council_adults", "relation": "none"}
    asked |= {"subject": {"kind": "adult", "age": 40, "capacity": "has", "flags": ["restricted_record"]}, "facts": {}}
    asked["action"]["verb"] = "search"
    asked["purpose"] = "direct_care"
    found = answer(asked)
    assert not found.reveal_existence
    assert not found.permits


@pytest.mark.parametrize("on", [date(2018, 5, 25), date(2022, 8, 1), date(2026, 6, 19), date(2026, 11, 24)])
@EVERYTHING
@given(asked=requests())
def test_the_rules_of_the_day_answer_for_that_day(asked: dict[str, Any], on: date) -> None:
    found = answer(asked, at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
    assert all(CLAUSES[id].rule.in_force(on) for id in found.rules)


def test_before_the_rulebook_began_only_duties_of_law_open_anything() -> None:
    before = datetime(2017, 1, 1, tzinfo=UTC)
    assert decide(request_where(), at=AT).permits
    assert not decide(request_where(), at=before).permits


def test_a_duty_not_yet_started_binds_nobody_until_somebody_sets_its_day() -> None:
    told = request_where(
        agency="school", role="safeguarding_lead", kind="child", category="education", verb="share_to", recipient="council_children", consent="refused", by="parent",
        purpose="child_in_need_service", basis="s16LA_ca2004", not_acting="possible",
    )  # fmt: skip
    started = {"children_act_2004_s16LA": date(2027, 4, 1)}
    the_day = datetime(2027, 4, 1, 12, tzinfo=UTC)
    assert not decide(told, at=the_day).permits
    assert decide(told, at=the_day, switches=started).permits
    assert not decide(told, at=the_day - timedelta(days=1), switches=started).permits
    assert decide(told, at=the_day).rulebook != decide(told, at=the_day, switches=started).rulebook


def test_the_day_is_londons() -> None:
    eve_in_utc = datetime(2027, 3, 31, 23, 30, tzinfo=UTC)
    assert book_on(date(2027, 4, 1)) is book_on(date(2027, 4, 1))
    told = request_where(
        agency="school",
        kind="child",
        category="education",
        verb="share_to",
        recipient="council_children",
        consent="refused",
        by="parent",
        purpose="early_help",
        not_acting="possible",
    )
    assert decide(told, at=eve_in_utc, switches={"children_act_2004_s16LA": date(2027, 4, 1)}).permits


def test_a_decision_carries_the_version_of_its_rulebook() -> None:
    assert len(decide(request_where(), at=AT).rulebook) == 16
    assert decide(request_where(), at=AT).rulebook == decide(request_where(relation="none"), at=AT).rulebook


@EVERYTHING
@given(requests(), st.sampled_from([Weight.NEVER, Weight.TEST]))
def test_one_more_rule_that_denies_never_lets_more_through(asked: dict[str, Any], weight: Weight) -> None:
    """Whatever it is about and wherever it stands, a denial that holds turns no answer into a wider one."""
    s = Situation(read_request(asked))
    chapter = book_on(AT.date()).chapters[s.who, s.act]
    before, _ = _weigh(chapter, s)
    place = DECIDING.index(weight)
    model = next(clause for clause in CLAUSES.values() if clause.weight is weight and clause.outcome is Outcome.DENY)
    more = tuple((*clauses, replace(model, holds=lambda _: True)) if number == place else clauses for number, clauses in enumerate(chapter.deciding))
    after, _ = _weigh(replace(chapter, deciding=more), s)
    assert CAUTION[after] <= CAUTION[before]
