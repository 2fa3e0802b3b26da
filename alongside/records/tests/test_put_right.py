"""A correction also changes when it happened, what kind it is and whom it is about. Whoever read it on the wrong record is told there; the right person's partners get it; neither record says whose the other is."""

import uuid
from datetime import timedelta

import pytest

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.records import actions, queries
from alongside.records.actions import ReasonNeeded
from alongside.records.facts import Harm
from alongside.records.models import Entry, RoutingOutcome, Share
from alongside.records.tests.test_answers import entry, person, record

pytestmark = pytest.mark.django_db(transaction=True)
SAFE = "safeguarding_child"


def put_right(tarnside: Tarnside, who: str, recorded: actions.Recorded, **changes: object) -> actions.Recorded:
    words = {"changed": {}, "reason": "I opened the wrong record.", "key": uuid.uuid4(), "purpose": SAFE} | changes
    with tarnside.acting(who, at=now()) as author:
        return actions.correct_entry(by=author, reference=recorded.reference, at=now(), **words)  # type: ignore[arg-type]


def headlines(tarnside: Tarnside, who: str, about: str) -> dict[str, str]:
    """The chronology as somebody reads it: each headline with its state."""
    with tarnside.acting(who, at=now()) as reader:
        access = gate.open_record(reader, tarnside.people[about], purpose=SAFE, at=now())
        return {row.headline: row.status for row in queries.chronology(access)}


def about_the_wrong_child(tarnside: Tarnside, **changes: object) -> actions.Recorded:
    """Tom teaches both; Daniel works with Ella alone and reads it on her record."""
    recorded = record(tarnside, "tom", entry(tarnside, "injury_observation", person(tarnside, "ella"), headline="A burn on her hand", account="A round burn on her left hand, as Zara told me.", **changes))
    headlines(tarnside, "daniel", "ella")
    return recorded


# ── when, and what kind ──────────────────────────────────────────────────────────────────────────────────────────────


def test_when_it_happened_is_put_right_and_the_chronology_shows_the_newest_and_says_so(tarnside: Tarnside) -> None:
    recorded, when = about_the_wrong_child(tarnside), now() - timedelta(days=3)
    corrected = put_right(tarnside, "tom", recorded, happened_at=when, reason="It was on Monday.")
    with tarnside.acting("tom", at=now()) as tom:
        access = gate.open_record(tom, tarnside.people["ella"], purpose=SAFE, at=now())
        rows = {row.reference: row for row in queries.chronology(access)}
        assert (rows[corrected.reference].happened_at, rows[corrected.reference].corrects) == (when, True)
        assert rows[recorded.reference].corrected
        old, right = queries.versions(queries.entry(tom, corrected.reference, access))
        assert [change.field for change in right.changed] == ["happened_at"]
        assert old.entry.reference == recorded.reference


def test_another_kind_is_routed_as_that_kind_and_both_stay_readable(tarnside: Tarnside) -> None:
    recorded = record(tarnside, "amina", entry(tarnside, "visit", person(tarnside, "noah"), headline="Bruise"))
    corrected = put_right(tarnside, "amina", recorded, kind="injury_observation", reason="I chose the wrong kind.")
    assert {outcome.team for outcome in corrected.outcomes if outcome.outcome == "share"} >= {"Front Door", "Assessment Team"}
    with tarnside.acting("amina", at=now()) as amina:
        new = queries.entry(amina, corrected.reference)
        assert (new.kind, new.category) == ("injury_observation", "safeguarding_concern")
        assert [(change.field, change.old, change.new) for change in queries.versions(new)[1].changed] == [("kind", "Visit", "Injury seen")]


def test_what_a_partner_has_decided_on_keeps_its_kind_and_its_people(tarnside: Tarnside) -> None:
    recorded = record(tarnside, "tom", entry(tarnside, "referral_child", person(tarnside, "ella"), harm=Harm.SIGNIFICANT))
    with tarnside.acting("priya", at=now()) as priya:
        share = next(one for one in queries.inbox(priya) if one.kind == "referral_child")
        actions.decide_share(by=priya, reference=share.reference, decision="We assess.", at=now())
    with pytest.raises(ReasonNeeded, match="already decided") as kept:
        put_right(tarnside, "tom", recorded, kind="visit")
    assert kept.value.field == "kind"
    with pytest.raises(ReasonNeeded, match="already decided") as stays:
        put_right(tarnside, "grace", recorded, about=(person(tarnside, "zara"),))
    assert stays.value.field == "about"


def test_nobody_makes_it_a_kind_that_the_product_writes_itself(tarnside: Tarnside) -> None:
    with pytest.raises(ReasonNeeded, match="not written by hand"):
        put_right(tarnside, "tom", about_the_wrong_child(tarnside), kind="correction")


# ── whom it is about ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_leaves_the_wrong_record_and_stands_on_the_right_one(tarnside: Tarnside) -> None:
    recorded = about_the_wrong_child(tarnside)
    put_right(tarnside, "tom", recorded, about=(person(tarnside, "zara"),))
    assert headlines(tarnside, "tom", "zara") == {"A burn on her hand": "shared"}
    wrong = headlines(tarnside, "tom", "ella")
    assert wrong["A burn on her hand"] == "withdrawn"
    assert wrong["Recorded in error: it was about somebody else"] == "shared"


def test_everybody_who_read_or_received_it_on_the_wrong_record_is_told_there(tarnside: Tarnside) -> None:
    recorded = about_the_wrong_child(tarnside)
    put_right(tarnside, "tom", recorded, about=(person(tarnside, "zara"),))
    with tarnside.acting("daniel", at=now()) as daniel:
        (notice,) = queries.corrections_to_see(daniel)
        assert queries.entry(daniel, notice.correction.reference).headline == "Recorded in error: it was about somebody else"
        assert notice.person_id == tarnside.people["ella"]
    for who in ("priya", "daniel"):
        with tarnside.acting(who, at=now()) as told:
            assert "correction" in {share.kind for share in queries.inbox(told)}


def test_the_right_persons_partners_get_it_as_if_it_had_been_recorded_there_at_first(tarnside: Tarnside) -> None:
    plain = record(tarnside, "tom", entry(tarnside, "injury_observation", person(tarnside, "zara")))
    moved = put_right(tarnside, "tom", about_the_wrong_child(tarnside), about=(person(tarnside, "zara"),))
    assert {(one.team, one.outcome) for one in moved.outcomes} == {(one.team, one.outcome) for one in plain.outcomes}
    with tarnside.acting("priya", at=now()) as priya:
        assert any(tarnside.people["zara"] in (share.person_ids or []) and share.kind == "injury_observation" for share in queries.inbox(priya))


def test_neither_record_says_whose_the_other_is(tarnside: Tarnside) -> None:
    recorded = about_the_wrong_child(tarnside)
    moved = put_right(tarnside, "tom", recorded, about=(person(tarnside, "zara"),), reason="It was Zara Hussain, not Ella Turner.")
    with tarnside.acting("daniel", at=now()) as daniel:
        (notice,) = queries.corrections_to_see(daniel)
        retraction = queries.entry(daniel, notice.correction.reference)
        for version in queries.versions(retraction):
            assert "Hussain" not in f"{version.entry.correction_reason} {version.reason}"
        assert "Zara" not in f"{retraction.headline}{retraction.account}{retraction.correction_reason}"
        with pytest.raises(NotKnown):
            queries.entry(daniel, moved.reference)
    with tarnside.acting("grace", at=now()) as grace:
        new = queries.entry(grace, moved.reference, gate.open_record(grace, tarnside.people["zara"], purpose=SAFE, at=now()))
        assert "Ella" not in f"{new.account}{new.correction_reason}"
        assert [version.entry.pk for version in queries.versions(new)] == [new.pk]


def test_what_was_asked_of_a_partner_about_the_wrong_person_is_taken_back_and_their_record_shuts(tarnside: Tarnside) -> None:
    recorded = record(tarnside, "grace", entry(tarnside, "referral_child", person(tarnside, "zara"), harm=Harm.SIGNIFICANT))
    with tarnside.acting("priya", at=now()) as priya:
        assert gate.open_record(priya, tarnside.people["zara"], purpose=SAFE, at=now()).relation == "referred_to"
    put_right(tarnside, "grace", recorded, about=(person(tarnside, "ella"),))
    with tarnside.acting("priya", at=now()) as priya:
        asked = [(share.status, share.person_ids) for share in queries.inbox(priya) if share.kind == "referral_child"]
        assert asked == [("awaiting", [tarnside.people["ella"]])]
        assert Share.objects.filter(status="withdrawn", kind="referral_child").exists()
    with pytest.raises((NotKnown, Refused)), tarnside.acting("priya", at=now()) as priya:
        gate.open_record(priya, tarnside.people["zara"], purpose=SAFE, at=now())


def test_somebody_it_is_about_too_is_added_and_nobody_is_taken_off(tarnside: Tarnside) -> None:
    recorded = about_the_wrong_child(tarnside)
    put_right(tarnside, "tom", recorded, about=(person(tarnside, "ella"), person(tarnside, "zara")), reason="Both were burnt.")
    assert headlines(tarnside, "tom", "zara") == {"A burn on her hand": "shared"}
    with tarnside.acting("tom", at=now()):
        assert not Entry.objects.filter(kind="correction").exists()
    with tarnside.acting("daniel", at=now()) as daniel:
        (notice,) = queries.corrections_to_see(daniel)
        assert queries.entry(daniel, notice.correction.reference).correction_reason == "Both were burnt."


def test_one_of_two_is_taken_off_and_only_those_who_had_it_about_them_are_told_of_that(tarnside: Tarnside) -> None:
    recorded = record(tarnside, "tom", entry(tarnside, "injury_observation", person(tarnside, "ella"), person(tarnside, "zara"), headline="Both fell"))
    headlines(tarnside, "daniel", "ella")
    headlines(tarnside, "grace", "zara")
    put_right(tarnside, "tom", recorded, about=(person(tarnside, "zara"),), reason="Ella was not there.")
    assert headlines(tarnside, "tom", "ella")["Both fell"] == "corrected"
    with tarnside.acting("daniel", at=now()) as daniel:
        assert [queries.entry(daniel, notice.correction.reference).kind for notice in queries.corrections_to_see(daniel)] == ["correction"]


def test_it_is_all_one_act_with_one_outcome_for_every_partner_and_sent_twice_it_happens_once(tarnside: Tarnside) -> None:
    recorded, key = about_the_wrong_child(tarnside), uuid.uuid4()
    first = put_right(tarnside, "tom", recorded, about=(person(tarnside, "zara"),), key=key)
    assert put_right(tarnside, "tom", recorded, about=(person(tarnside, "zara"),), key=key).reference == first.reference
    with tarnside.acting("tom", at=now()) as tom:
        written = Entry.objects.filter(author_id=tom.practitioner_id)
        assert written.count() == 3
        for one in written:
            assert RoutingOutcome.objects.filter(entry=one).count() == len({outcome.team_id for outcome in RoutingOutcome.objects.filter(entry=one)})
            assert RoutingOutcome.objects.filter(entry=one).exists()


def test_nobody_moves_it_to_somebody_they_may_not_write_about(tarnside: Tarnside) -> None:
    recorded = record(tarnside, "tom", entry(tarnside, "visit", person(tarnside, "ella"), purpose="direct_care"))
    with pytest.raises((NotKnown, Refused)):
        put_right(tarnside, "tom", recorded, about=(person(tarnside, "margaret", kind="adult"),), purpose="direct_care")
    assert headlines(tarnside, "tom", "ella") == {"visit": "shared"}
