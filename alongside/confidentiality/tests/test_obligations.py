"""No obligation is only a word: each stands in one table, each place exists, and each is seen carried out. On real PostgreSQL, as the web's own role."""

import importlib
import sys
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from alongside.agencies import actions as agencies
from alongside.agencies.facts import team_principal
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Decision, NotKnown, Outcome, Refused
from alongside.common.london import LONDON
from alongside.confidentiality import gate
from alongside.confidentiality.actions.break_glass import Danger, break_glass
from alongside.confidentiality.actions.restrict import EffectChanged, floor_of, preview_restriction, restrict
from alongside.confidentiality.facts import Obligation as Word
from alongside.confidentiality.gate import obligations
from alongside.confidentiality.gate.circumstances import circumstances, held_facts
from alongside.confidentiality.models import PersonNotice
from alongside.confidentiality.queries import my_obligations, person_notices
from alongside.confidentiality.tasks import climb_overdue
from alongside.confidentiality.tests.tarnside_acts import hide, ledger_lines, lines, make_unsafe, make_unsafe_with, signs_in
from alongside.people.facts import Channel, ContactFacts
from alongside.people.rules.contact import may_contact
from alongside.records import queries as records
from alongside.records.actions import NewEntry, add_entry, correct_entry
from alongside.records.facts import Harm, PersonFacts
from alongside.records.models import Entry, Share
from alongside.web.design.error_pages import HELP
from tests import worker_role

pytestmark = pytest.mark.django_db
SHOWN: dict[str, Callable[..., None]] = {}
"""Which test shows which obligation carried out."""


def shows(*codes: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def enter(test: Callable[..., None]) -> Callable[..., None]:
        SHOWN.update(dict.fromkeys(codes, test))
        return test

    return enter


# -- the tables --------------------------------------------------------------------------------------------------------------------------


def test_every_obligation_of_the_vocabulary_stands_in_exactly_one_table() -> None:
    tables = [obligations.OWED, obligations.TOLD, obligations.OFFERED, obligations.ENFORCED, obligations.NO_DOOR]
    standing = [code for table in tables for code in table]
    assert sorted(standing) == sorted(word.value for word in Word)


@pytest.mark.parametrize("place", sorted(set(obligations.ENFORCED.values())))
def test_the_place_where_it_is_enforced_exists(place: str) -> None:
    module, _, name = place.rpartition(".")
    try:
        importlib.import_module(place)
    except ModuleNotFoundError:
        assert callable(getattr(importlib.import_module(module), name))


def test_every_obligation_is_shown_carried_out_by_a_test_of_this_file() -> None:
    assert sorted(word.value for word in Word if word.value not in SHOWN) == []
    assert all(test.__name__.startswith("test_") and getattr(sys.modules[__name__], test.__name__) is test for test in SHOWN.values())


# -- owed to somebody's list, with a clock ---------------------------------------------------------------------------------------------------

WHO_OWES = {
    "notify_supervisor": ("grace", timedelta(hours=24)), "escalate": ("grace", timedelta(hours=4)), "notify_caldicott_guardian": ("eleanor", timedelta(hours=24)),
    "notify_allocated_worker": ("daniel", timedelta(hours=4)), "notify_partnership_lead": ("sunita", timedelta(hours=24)), "review_within_24h": ("eleanor", timedelta(hours=24)),
    "second_person_approval": ("grace", timedelta(hours=24)), "route_to_right_recipient": ("daniel", timedelta(hours=4)), "tell_recipients": ("daniel", timedelta(days=7)),
    "review_date_set": ("daniel", timedelta(days=28)), "seek_persons_own_view": ("daniel", timedelta(days=7)), "answer_person": ("daniel", timedelta(days=7)),
}  # fmt: skip
"""About Ella, after something that Tom, her teacher, did: whose list it is on, and within what time."""


@pytest.mark.parametrize(
    ("at", "within", "due"),
    [
        ("2026-07-01 11:30", timedelta(hours=4), "2026-07-01 15:30"),
        ("2026-12-24 22:00", timedelta(hours=24), "2026-12-25 22:00"),
        ("2026-11-26 09:00", timedelta(days=7), "2026-12-03 17:00"),
        ("2026-11-26 17:19", timedelta(days=7), "2026-12-04 17:00"),
        ("2026-11-26 17:19", timedelta(days=28), "2026-12-29 17:00"),
    ],
    ids=["hours run by day", "and by night, whatever the feast", "a week ends with its last working day", "after hours with the next", "and with the first after Christmas"],
)
def test_hours_run_day_and_night_and_weeks_end_with_a_working_day(at: str, within: timedelta, due: str) -> None:
    assert obligations.due_at(within, on_the_wall(at)) == on_the_wall(due)


def on_the_wall(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON)


def test_every_owed_obligation_has_somebody_who_owes_it() -> None:
    assert WHO_OWES.keys() | {"review_if_risk_changes"} == obligations.OWED.keys()


@shows(*WHO_OWES)
@pytest.mark.parametrize("code", WHO_OWES)
def test_it_is_on_the_list_of_whoever_must_see_to_it_with_a_clock(tarnside: Tarnside, code: str) -> None:
    owner, within = WHO_OWES[code]
    at = called_for(tarnside, code)
    with tarnside.acting(owner, at=at) as reader:
        found = [one for one in my_obligations(reader) if one.code == code]
        assert len(found) == 1
        assert found[0].due_at == obligations.due_at(within, at)
        assert ("Tom Bright" in found[0].summary) is not obligations.OWED[code].once
        assert found[0].line_id


def test_a_person_is_asked_once_for_their_view_however_many_write_about_them(tarnside: Tarnside) -> None:
    asked = Decision(Outcome.PERMIT, obligations=("seek_persons_own_view", "notify_allocated_worker"))
    for who, entry in (("tom", 1), ("grace", 2), ("tom", 3)):
        at = now()
        with tarnside.acting(who, at=at) as writer:
            access = gate.open_record(writer, tarnside.people["ella"], at=at)
            obligations.carry_out(asked, actor=writer, person_id=tarnside.people["ella"], line_id=access.line_id, about=f"entry:{entry}", at=at)
    with tarnside.acting("daniel", at=now()) as reader:
        owed = [one.code for one in my_obligations(reader)]
    assert owed.count("seek_persons_own_view") == 1
    assert owed.count("notify_allocated_worker") == 3


def called_for(tarnside: Tarnside, code: str, outcome: Outcome = Outcome.PERMIT) -> datetime:
    """Tom opens Ella's record, and the decision owes this."""
    at = now()
    with tarnside.acting("tom", at=at) as tom:
        access = gate.open_record(tom, tarnside.people["ella"], at=at)
        decision = Decision(outcome, obligations=(code,))
        for _ in range(2):  # the same is owed once a day
            obligations.carry_out(decision, actor=tom, person_id=tarnside.people["ella"], line_id=access.line_id, about="entry:1", at=at)
    return at


@shows("review_if_risk_changes")
def test_what_rests_on_a_risk_sleeps_until_the_risk_changes(tarnside: Tarnside) -> None:
    at = called_for(tarnside, "review_if_risk_changes")
    with tarnside.acting("tom", at=at) as tom:
        assert not [one for one in my_obligations(tom) if one.code == "review_if_risk_changes"]
    with tarnside.acting("daniel", at=at) as daniel:
        gate.open_record(daniel, tarnside.people["ella"], verb="write", write=True, at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT wake_for_risk(%s, interval '24 hours')", [tarnside.people["ella"]])
    with tarnside.acting("tom", at=at) as tom:
        assert [one.about for one in my_obligations(tom) if one.code == "review_if_risk_changes"] == ["entry:1"]


@pytest.mark.django_db(transaction=True)
def test_what_is_late_climbs_to_the_supervisor(tarnside: Tarnside) -> None:
    called_for(tarnside, "notify_allocated_worker")
    with worker_role.as_worker():
        climb_overdue(now() + timedelta(hours=5))
    with tarnside.acting("helen", at=now()) as helen:
        assert [one.code for one in my_obligations(helen)] == ["notify_allocated_worker"]


# -- told to the person ------------------------------------------------------------------------------------------------------------------


@shows("tell_person")
def test_the_person_reads_in_plain_words_what_was_done(tarnside: Tarnside) -> None:
    signs_in(tarnside, "leah")
    told_of_a_share(tarnside, "leah", ())
    with tarnside.acting("leah", at=now()) as herself:
        access = gate.open_record(herself, tarnside.people["leah"], purpose="portal_view", at=now())
        assert [one.text for one in person_notices(access)] == ["Amina Khan, Family nurse, Tarnside Community Health NHS Trust, shared information about you."]


def told_of_a_share(tarnside: Tarnside, person: str, silence: tuple[str, ...]) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        access = gate.open_record(amina, tarnside.people[person], at=at)
        decision = Decision(Outcome.PERMIT, obligations=("tell_person", *silence))
        obligations.carry_out(decision, actor=amina, person_id=tarnside.people[person], line_id=access.line_id, about="entry:1", at=at, verb="share_to")


@shows("do_not_tell_perpetrator", "do_not_tell_family")
@pytest.mark.parametrize("silence", sorted(obligations.SILENCE))
def test_nothing_reaches_the_screen_while_telling_would_reach_who_must_not_know(tarnside: Tarnside, silence: str) -> None:
    make_unsafe_with(tarnside, "leah", "jake")
    signs_in(tarnside, "leah")
    told_of_a_share(tarnside, "leah", (silence,))
    with tarnside.acting("amina", at=now()) as amina:
        gate.open_record(amina, tarnside.people["leah"], at=now())
        held = PersonNotice.objects.get(code="tell_person")
        assert (held.release_at, held.held_because) == (None, "unsafe_with")
        assert {"parental_responsibility", "no_parental_responsibility", "proxy"} <= set(held.hidden_from)
    with tarnside.acting("leah", at=now()) as herself:
        assert person_notices(gate.open_record(herself, tarnside.people["leah"], purpose="portal_view", at=now())) == []


def test_a_watched_screen_shows_no_notice_whatever_was_asked_for(tarnside: Tarnside) -> None:
    signs_in(tarnside, "leah")
    make_unsafe(tarnside, "leah")
    told_of_a_share(tarnside, "leah", ())
    with tarnside.acting("amina", at=now()) as amina:
        gate.open_record(amina, tarnside.people["leah"], at=now())
        assert PersonNotice.objects.get(code="tell_person").held_because == "portal_unsafe"


@shows("delayed_release_reviewed")
@pytest.mark.django_db(transaction=True)
def test_what_is_held_back_comes_up_for_review_and_is_released_when_its_reason_ends(tarnside: Tarnside, as_worker: psycopg.Connection, as_owner: psycopg.Connection) -> None:
    make_unsafe(tarnside, "leah")
    for _ in range(3):  # three things that she could not be told; whether she can is asked once
        told_of_a_share(tarnside, "leah", ())
    everything(as_owner, "UPDATE person_notice SET review_at = now() - interval '1 minute'", "person_notice")
    with as_worker.transaction():
        as_worker.execute("SELECT release_notices()")
    with tarnside.acting("amina", at=now()) as amina:
        assert [one.about.partition(":")[0] for one in my_obligations(amina) if one.code == "delayed_release_reviewed"] == ["notice"]
    everything(as_owner, "UPDATE person_marker SET ends = now() - interval '1 minute' WHERE flag = 'portal_unsafe'", "person_marker")
    with as_worker.transaction():
        as_worker.execute("SELECT release_notices()")
    with tarnside.acting("amina", at=now()) as amina:
        gate.open_record(amina, tarnside.people["leah"], at=now())
        assert [one.release_at is not None for one in PersonNotice.objects.filter(code="tell_person")] == [True] * 3


def everything(owner: psycopg.Connection, change: str, table: str) -> None:
    """As the owner of the tables, for one statement: time passing, say."""
    with owner.transaction():
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        owner.execute(change)
        owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


# -- offered in the answer itself ------------------------------------------------------------------------------------------------------------


@shows(*obligations.OFFERED)
@pytest.mark.parametrize("code", obligations.OFFERED)
def test_the_asker_is_offered_it_in_words(code: str) -> None:
    assert obligations.offers(Decision(Outcome.DENY, obligations=(code,))) == (obligations.OFFERED[code],)
    assert HELP[code], "and the page that says no says it too"


# -- enforced where the act happens ----------------------------------------------------------------------------------------------------------


@shows("log_denial")
@pytest.mark.django_db(transaction=True)
def test_a_refused_attempt_leaves_its_line_with_who_and_whom(tarnside: Tarnside) -> None:
    with pytest.raises((Refused, NotKnown)), tarnside.acting("nadia", at=now()) as nadia:
        gate.open_record(nadia, tarnside.people["chloe"], at=now())
    found = [one for one in lines(tarnside, "chloe") if one.refused]
    assert [(one.who, one.did) for one in found] == [("Nadia Rossi, Housing officer", "tried to look, and was refused")]


@shows("neutral_denial")
def test_somebody_hidden_and_nobody_are_refused_as_one(tarnside: Tarnside) -> None:
    hide(tarnside, "chloe")
    said = []
    for person in (tarnside.people["chloe"], 4242424242):
        with pytest.raises(NotKnown) as no, tarnside.acting("nadia", at=now()) as nadia:
            gate.open_record(nadia, person, at=now())
        said.append((type(no.value), str(no.value), no.value.decision and no.value.decision.reveal_existence))
    assert said[0] == said[1]


@shows("record_reason", "record_basis")
@pytest.mark.django_db(transaction=True)
def test_the_reason_and_the_ground_stand_on_the_line(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    at = now()
    with tarnside.acting("daniel", at=at) as daniel:
        gate.open_record(daniel, tarnside.people["ella"], verb="write", category="safeguarding_concern", purpose="safeguarding_child", claim="s47_ca1989", reason="A worry from school", write=True, at=at)
    with as_owner.transaction():
        as_owner.execute("ALTER TABLE ledger_line NO FORCE ROW LEVEL SECURITY")
        found = as_owner.execute("SELECT basis, reason, rules FROM ledger_line WHERE person_id = %s ORDER BY id DESC LIMIT 1", [tarnside.people["ella"]]).fetchone()
        as_owner.execute("ALTER TABLE ledger_line FORCE ROW LEVEL SECURITY")
    assert found is not None
    assert found[:2] == ("s47_ca1989", "A worry from school")
    assert found[2]


@shows("minimum_fields", "redact_third_party")
def test_only_what_is_needed_opens_and_what_is_kept_back_is_named(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("farah", at=at) as farah:
        break_glass(by=farah, person_id=tarnside.people["chloe"], danger=Danger.LIFE, reason="Unconscious; I must know her medicines and allergies", at=at)
        assert gate.open_record(farah, tarnside.people["chloe"], at=at).categories <= gate.EMERGENCY_CATEGORIES
    signs_in(tarnside, "leah")
    with tarnside.acting("leah", at=now()) as herself:
        seen = circumstances(herself, held_facts(tarnside.people["leah"], "subject_access"), on=now().date(), purpose="subject_access")
        opening = gate.weigh(replace(seen, risk_of_acting="to_other"), "export", "whole_record", "subject_access", "uk_gdpr_art15", "", now().date())
        assert opening.decision.must("redact_third_party")
        assert "third_party_info" in opening.withheld


@shows("time_limit")
def test_emergency_access_ends_by_itself(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("farah", at=at) as farah:
        broken = break_glass(by=farah, person_id=tarnside.people["chloe"], danger=Danger.LIFE, reason="Unconscious; I must know her medicines and allergies", at=at)
        assert timedelta(hours=3, minutes=59) < broken.ends_at - at <= timedelta(hours=4, minutes=1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT wall_lets_know(%s)", [tarnside.people["chloe"]])
            assert cursor.fetchone() == (True,)


@shows("no_bulk")
def test_the_gate_stops_whoever_opens_many_records_in_a_short_time(tarnside: Tarnside) -> None:
    with tarnside.acting("daniel", at=now()) as daniel:
        held = dict(held_facts(tarnside.people["noah"], "child_in_need_service"), recent_views=400)
        seen = circumstances(daniel, held, on=now().date(), purpose="child_in_need_service")
        decision = gate.weigh(seen, "bulk_read", "whole_record", "child_in_need_service", "none", "", now().date()).decision
        assert decision.outcome is Outcome.REFER
        assert decision.must("no_bulk")
        held["recent_views"] = 3
        few = circumstances(daniel, held, on=now().date(), purpose="child_in_need_service")
        assert gate.weigh(few, "read", "whole_record", "child_in_need_service", "none", "", now().date()).decision.permits


@shows("show_effect_before_confirming", "keep_statutory_floor")
def test_a_restriction_is_confirmed_as_it_was_shown_and_keeps_duties_in_law(tarnside: Tarnside) -> None:
    at, ella = now(), tarnside.people["ella"]
    with tarnside.acting("tom", at=at) as tom:
        with pytest.raises(EffectChanged):
            restrict(by=tom, person_id=ella, practitioners=[tom.practitioner_id], reason="Safety", seal="never shown", review_on=at.date(), at=at)
        effect = preview_restriction(by=tom, person_id=ella, practitioners=[tom.practitioner_id], at=at)
        made = restrict(by=tom, person_id=ella, practitioners=[tom.practitioner_id], reason="Safety", seal=effect.seal, review_on=at.date(), at=at)
        assert floor_of(effect) == {tarnside.practitioners["daniel"].pk, tarnside.practitioners["lewis"].pk}
        assert floor_of(effect) <= set(made.practitioners)


def bruise(tarnside: Tarnside, **changes: object) -> NewEntry:
    fields = {
        "submission_key": uuid.uuid4(), "kind": "injury_observation", "about": (PersonFacts(tarnside.people["noah"], kind="child", age=0),), "headline": "Bruise on Noah's cheek",
        "account": "A small round bruise on the left cheek.", "action_taken": "Rang the duty manager.", "happened_at": datetime(2026, 11, 23, 10, tzinfo=UTC), "harm": Harm.SIGNIFICANT,
        "purpose": "safeguarding_child",
    }  # fmt: skip
    return NewEntry(**(fields | changes))  # type: ignore[arg-type]


@shows("acknowledge_due")
def test_every_share_starts_a_clock_for_its_receiver(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        recorded = add_entry(by=amina, new=bruise(tarnside), at=at)
        shares = Share.objects.filter(entry_id=recorded.entry_id)
        assert shares
        assert all("acknowledge_due" in one.obligations and one.due_at > at and one.status == "awaiting" for one in shares)


@shows("keep_history_visible")
def test_a_correction_leaves_the_earlier_version_readable(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("amina", at=at) as amina:
        first = add_entry(by=amina, new=bruise(tarnside), at=at)
        correct_entry(by=amina, reference=first.reference, changed={"account": "A small round bruise on the right cheek."}, reason="I wrote left for right.", key=uuid.uuid4(), at=at)
        gate.open_record(amina, tarnside.people["noah"], at=at)
        assert {one.account for one in Entry.objects.all()} == {"A small round bruise on the left cheek.", "A small round bruise on the right cheek."}
        assert Entry.objects.get(reference=first.reference).status == "corrected"


@shows("sealed_delivery", "do_not_forward")
@pytest.mark.django_db(transaction=True)
def test_what_is_sealed_is_for_the_named_practitioner_and_nobody_hands_it_on(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    at, daniel_id = now(), tarnside.practitioners["daniel"].pk
    with tarnside.acting("amina", at=at) as amina:
        recorded = add_entry(by=amina, new=bruise(tarnside), at=at)
        mine = Share.objects.get(entry_id=recorded.entry_id, owner=daniel_id)
    everything(as_owner, f"UPDATE share SET obligations = obligations || '{{sealed_delivery,do_not_forward}}' WHERE id = {mine.pk}", "share")
    with tarnside.acting("amina", at=at) as amina:
        with connection.cursor() as cursor:
            cursor.execute("SELECT readers_follow_shares(%s)", [recorded.entry_id])
            cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'share_entry_with'")
            assert cursor.fetchone() == (0,), "there is no door to hand an entry on"
        assert team_principal(tarnside.teams["assessment"].pk) not in Entry.objects.get(pk=recorded.entry_id).shared_to
    with tarnside.acting("daniel", at=at):
        assert Entry.objects.filter(pk=recorded.entry_id).exists()
        assert Share.objects.filter(pk=mine.pk).exists()
    joins(tarnside, "robin", "assessment")
    with tarnside.acting("robin", at=at) as robin:
        assert team_principal(tarnside.teams["assessment"].pk) in robin.principals
        assert not records.inbox(robin)
        assert not Share.objects.filter(pk=mine.pk).exists()
        assert not Entry.objects.filter(pk=recorded.entry_id).exists()


def joins(tarnside: Tarnside, name: str, team: str) -> None:
    """Somebody new in a team, who supervises nobody and stands in for nobody."""
    account = agencies.open_account(email=f"{name}@tarnside.example", password=None, at=now(), for_practitioner=True, is_demo=True)
    agencies.add_practitioner(
        agency=tarnside.teams[team].agency, name=name.capitalize(), title="Social worker", role="social_worker", profession="Social worker", at=now() - timedelta(days=1), account=account, supervisor=None,
        teams=(tarnside.teams[team],), manages=(), trained_on=now().date() - timedelta(days=60),
    )  # fmt: skip
    tarnside.tokens[name] = agencies.begin_session(account, user_agent="Test")


@shows("safe_contact_check")
def test_a_person_is_reached_only_as_they_chose_at_the_moment_of_sending() -> None:
    at = now()
    assert may_contact(ContactFacts(known=True, marked_safe=True), Channel.LETTER, at).permits
    assert not may_contact(ContactFacts(known=True, marked_safe=False), Channel.LETTER, at).permits
    assert not may_contact(ContactFacts(known=True, marked_safe=True, ended=True), Channel.LETTER, at).permits
    assert not may_contact(ContactFacts(known=True, marked_safe=True, leads_to_somebody_unsafe=True), Channel.LETTER, at).permits


@shows("keep_proof_of_disposal")
@pytest.mark.django_db(transaction=True)
def test_what_was_disposed_of_leaves_a_line_that_says_what_class_and_why(tarnside: Tarnside, as_worker: psycopg.Connection, as_owner: psycopg.Connection) -> None:
    with tarnside.acting("daniel", at=now()) as daniel:
        line = gate.open_record(daniel, tarnside.people["noah"], at=now()).line_id
    with as_worker.transaction():
        disposal = as_worker.execute("SELECT ledger_erase(%s, 'access lines', 'Eight years are over')", [[line]]).fetchone()[0]  # type: ignore[index]
    with as_owner.transaction():
        as_owner.execute("ALTER TABLE ledger_line NO FORCE ROW LEVEL SECURITY")
        kept = as_owner.execute("SELECT verb, reason, detail ->> 'class', detail -> 'lines' FROM ledger_line WHERE id = %s", [disposal]).fetchone()
        gone = as_owner.execute("SELECT person_id, verb, salt FROM ledger_line WHERE id = %s", [line]).fetchone()
        as_owner.execute("ALTER TABLE ledger_line FORCE ROW LEVEL SECURITY")
    assert kept == ("dispose", "Eight years are over", "access lines", [line])
    assert gone == (None, None, None)


@shows(*obligations.NO_DOOR)
def test_nothing_that_counts_or_extracts_people_has_a_door(tarnside: Tarnside) -> None:
    """When an app that does comes to be, its obligations leave NO_DOOR and get a test of their own."""
    apps = Path(gate.__file__).parents[2]
    assert not [name for name in ("insight", "commissioning") if (apps / name).exists()]
    with pytest.raises((Refused, NotKnown)), tarnside.acting("daniel", at=now()) as daniel:
        gate.open_record(daniel, tarnside.people["noah"], verb="report", purpose="commissioning_planning", category="aggregate_counts", at=now())


def test_a_person_with_no_screen_of_their_own_still_counts_every_line(tarnside: Tarnside) -> None:
    before = ledger_lines(tarnside, "noah")
    with tarnside.acting("daniel", at=now()) as daniel:
        for _ in range(3):
            gate.open_record(daniel, tarnside.people["noah"], at=now())
    assert ledger_lines(tarnside, "noah") == before + 4
