"""A new risk reopens what was decided; lines of the ledger wait only for a reason and a day; a paper counts when a second practitioner has checked it."""

from datetime import timedelta

import psycopg
import pytest
from django.db import IntegrityError, transaction

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Conflict
from alongside.confidentiality import gate
from alongside.confidentiality.actions.documents import NewDocument, NotTheSecond, check_document, record_document
from alongside.confidentiality.actions.holds import WhoseLines, end_ledger_hold, hold_ledger_lines
from alongside.confidentiality.actions.obligations import AnswerWanting, answer_obligation, look_again
from alongside.confidentiality.actions.restrict import preview_restriction, restrict
from alongside.confidentiality.actions.risk import judge_risk
from alongside.confidentiality.facts import RiskOfActing, RiskOfNotActing
from alongside.confidentiality.gate import obligations
from alongside.confidentiality.gate.circumstances import held_facts
from alongside.confidentiality.models import LedgerHold, Obligation, Risk, VerifiedDocument
from alongside.confidentiality.queries import my_obligations, who_looked
from alongside.confidentiality.tests.tarnside_acts import signs_in

pytestmark = pytest.mark.django_db


def test_a_new_risk_wakes_whoever_decided_on_the_old_one(tarnside: Tarnside) -> None:
    at, noah = now(), tarnside.people["noah"]
    with tarnside.acting("amina", at=at) as amina:
        access = gate.open_record(amina, noah, at=at)
        obligations.owe(obligations.Happened(gate.decision_of(access), amina, noah, access.line_id, "entry:1", at), "review_if_risk_changes")
        assert not [one for one in my_obligations(amina) if one.code == "review_if_risk_changes"]
    with tarnside.acting("daniel", at=at) as daniel:
        judge_risk(by=daniel, person_id=noah, of_not_acting=RiskOfNotActing.SIGNIFICANT_HARM, of_acting=RiskOfActing.NONE_KNOWN, reasons="A bruise nobody can explain.", at=at)
        judge_risk(by=daniel, person_id=noah, of_not_acting=RiskOfNotActing.POSSIBLE, of_acting=RiskOfActing.NONE_KNOWN, reasons="Explained by a fall.", at=at)
        assert [one.of_not_acting for one in Risk.objects.filter(person_id=noah, ended_at=None)] == ["possible"]
        assert held_facts(noah, "direct_care")["risk"] == {"of_not_acting": "possible", "of_acting": "none_known"}
    with tarnside.acting("amina", at=now()) as amina:
        assert [one.about for one in my_obligations(amina) if one.code == "review_if_risk_changes"] == ["entry:1"]


def test_held_lines_are_out_of_the_persons_sight_and_appear_when_the_hold_ends(tarnside: Tarnside) -> None:
    at, leah, police = now(), tarnside.people["leah"], tarnside.agencies["police"].pk
    signs_in(tarnside, "leah")
    with tarnside.acting("lewis", at=at) as lewis:
        gate.open_record(lewis, leah, at=at)

    def seen_by_leah() -> set[str]:
        with tarnside.acting("leah", at=now()) as herself:
            return {one.agency for one in who_looked(gate.open_record(herself, leah, purpose="portal_view", category="access_ledger", verb="view_ledger", at=now()))}

    assert "Tarnside Police" in seen_by_leah()
    with tarnside.acting("amina", at=at) as amina:
        hold = hold_ledger_lines(by=amina, person_id=leah, reason="covert_enquiry", why="An enquiry into her former partner.", review_on=at.date(), agency_id=police, at=at - timedelta(minutes=1))
        with pytest.raises(WhoseLines):
            hold_ledger_lines(by=amina, person_id=leah, reason="covert_enquiry", why="All of them.", review_on=at.date(), at=at)
    assert "Tarnside Police" not in seen_by_leah()
    with tarnside.acting("amina", at=now()) as amina:
        end_ledger_hold(by=amina, person_id=leah, hold_id=hold.pk, at=now() - timedelta(minutes=1))
    assert "Tarnside Police" in seen_by_leah()


@pytest.mark.django_db(transaction=True)
def test_when_the_day_of_a_hold_comes_whoever_set_it_looks_again(tarnside: Tarnside, as_worker: psycopg.Connection) -> None:
    at, leah = now(), tarnside.people["leah"]
    with tarnside.acting("amina", at=at) as amina:
        hold = hold_ledger_lines(
            by=amina, person_id=leah, reason="staff_threatened", why="He threatened her.", review_on=at.date(), practitioner_id=tarnside.practitioners["lewis"].pk, at=at - timedelta(minutes=1)
        )
    with as_worker.transaction():
        as_worker.execute("SELECT review_ledger_holds()")
        as_worker.execute("SELECT review_ledger_holds()")
    with tarnside.acting("amina", at=now()) as amina:
        due = [one for one in my_obligations(amina) if one.about == f"ledger_hold:{hold.pk}"]
        assert [one.code for one in due] == ["delayed_release_reviewed"]
        with pytest.raises(AnswerWanting):
            look_again(by=amina, obligation_id=due[0].pk, let_go=False, note="Still true", at=at)
        look_again(by=amina, obligation_id=due[0].pk, let_go=False, note="Still true", until=(at + timedelta(days=20)).date(), at=at)
        gate.open_record(amina, leah, at=at)
        assert LedgerHold.objects.get(pk=hold.pk).review_on == (at + timedelta(days=20)).date()
        with pytest.raises(Conflict):
            look_again(by=amina, obligation_id=due[0].pk, let_go=True, note="Second thoughts", at=at)


def test_a_recorded_paper_is_only_a_claim_until_a_second_practitioner_has_checked_it(tarnside: Tarnside) -> None:
    at, noah = now(), tarnside.people["noah"]
    new = NewDocument(kind="court_order", title="Order of the family court", scope="School reports of the last year", scope_specific=True)
    with tarnside.acting("daniel", at=at) as daniel:
        made = record_document(by=daniel, person_id=noah, new=new, at=at)
        assert held_facts(noah, "direct_care")["documents"] == []
        with pytest.raises(NotTheSecond):
            check_document(by=daniel, person_id=noah, document_id=made.pk, genuine=True, note="It is mine.", at=at)
    with tarnside.acting("helen", at=now()) as helen:
        owed = next(one for one in my_obligations(helen) if one.about == f"document:{made.pk}")
        with pytest.raises(AnswerWanting):
            answer_obligation(by=helen, obligation_id=owed.pk, needed=True, note="Ticked", at=now())
        check_document(by=helen, person_id=noah, document_id=made.pk, genuine=True, note="Seen the sealed original.", at=now())
        assert held_facts(noah, "direct_care")["documents"] == ["court_order:specific"]
        assert not [one for one in my_obligations(helen) if one.about == f"document:{made.pk}"]
        with pytest.raises(Conflict):
            check_document(by=helen, person_id=noah, document_id=made.pk, genuine=False, note="Or not.", at=now())


def test_a_paper_that_is_not_genuine_never_counts(tarnside: Tarnside) -> None:
    at, noah = now(), tarnside.people["noah"]
    with tarnside.acting("daniel", at=at) as daniel:
        made = record_document(by=daniel, person_id=noah, new=NewDocument("authority", "Letter", "Anything"), at=at)
    with tarnside.acting("helen", at=now()) as helen:
        check_document(by=helen, person_id=noah, document_id=made.pk, genuine=False, note="No seal, wrong court.", at=now())
        assert held_facts(noah, "direct_care")["documents"] == []
        assert Obligation.objects.get(about=f"document:{made.pk}").outcome == "refused"


def test_the_database_itself_refuses_a_paper_verified_by_whoever_recorded_it(tarnside: Tarnside) -> None:
    at, noah = now(), tarnside.people["noah"]
    with tarnside.acting("daniel", at=at) as daniel:
        made = record_document(by=daniel, person_id=noah, new=NewDocument("authority", "Letter", "Anything"), at=at)
        with pytest.raises(IntegrityError), transaction.atomic():
            VerifiedDocument.objects.filter(pk=made.pk).update(verified_by_id=daniel.practitioner_id, verified_at=at)


def test_where_only_those_named_may_open_the_record_one_of_them_checks(tarnside: Tarnside) -> None:
    at, ella = now(), tarnside.people["ella"]
    with tarnside.acting("daniel", at=at) as daniel:
        named = [daniel.practitioner_id, tarnside.practitioners["lewis"].pk]
        seal = preview_restriction(by=daniel, person_id=ella, practitioners=named, at=at).seal
        restrict(by=daniel, person_id=ella, practitioners=named, reason="Safety", seal=seal, review_on=at.date(), at=at)
        made = record_document(by=daniel, person_id=ella, new=NewDocument("court_order", "Order", "Not to collect her"), at=at)
    with tarnside.acting("lewis", at=now()) as lewis:
        assert f"document:{made.pk}" in {one.about for one in my_obligations(lewis)}
        assert check_document(by=lewis, person_id=ella, document_id=made.pk, genuine=True, note="Seen the original.", at=now()).verified_at
