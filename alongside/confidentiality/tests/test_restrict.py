"""Closing a record to all but named practitioners: seen before it is done, done as it was seen, and never against a duty in law."""

from datetime import timedelta

import pytest

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.actions.restrict import EffectChanged, NobodyLeft, lift_restriction, preview_restriction, restrict
from alongside.confidentiality.models import Relationship, Restriction
from alongside.confidentiality.queries import my_obligations
from alongside.people.rules.question import read_question

pytestmark = pytest.mark.django_db


def closed(tarnside: Tarnside, person: str, by: str, only: tuple[str, ...], category: str = "") -> Restriction:
    named, at = [tarnside.practitioners[one].pk for one in only], now()
    with tarnside.acting(by, at=at) as worker:
        effect = preview_restriction(by=worker, person_id=tarnside.people[person], practitioners=named, category=category, at=at)
        return restrict(
            by=worker, person_id=tarnside.people[person], practitioners=named, category=category, reason="Her former partner works for a partner.", seal=effect.seal,
            review_on=(at + timedelta(days=28)).date(), at=at,
        )


def test_the_effect_is_shown_before_anybody_confirms(tarnside: Tarnside) -> None:
    with tarnside.acting("megan", at=now()) as megan:
        effect = preview_restriction(by=megan, person_id=tarnside.people["margaret"], practitioners=[megan.practitioner_id], at=now())
        assert {one.who.split(",")[0] for one in effect.loses} == {"Joan Whitty", "Kofi Mensah", "Dr Sam Patel", "Dr Farah Aziz"}
        assert not Restriction.objects.exists()


def test_a_record_closed_to_one_is_nothing_to_anybody_else_at_once(tarnside: Tarnside) -> None:
    closed(tarnside, "margaret", "megan", ("megan",))
    with tarnside.acting("megan", at=now()) as megan:
        assert gate.open_record(megan, tarnside.people["margaret"], at=now()).line_id
    with pytest.raises(NotKnown), tarnside.acting("joan", at=now()) as joan:
        gate.open_record(joan, tarnside.people["margaret"], at=now())
    with tarnside.acting("joan", at=now()) as joan:
        asked = read_question("9990000042", today=now().date())
        assert gate.find_people(joan, words=asked.words, sounds=asked.sounds, born=asked.born, nhs_number=asked.nhs_number, at=now()) == []


def test_a_category_closed_to_one_leaves_the_rest_open(tarnside: Tarnside) -> None:
    closed(tarnside, "margaret", "megan", ("megan",), category="general_health")
    with tarnside.acting("joan", at=now()) as joan:
        access = gate.open_record(joan, tarnside.people["margaret"], at=now())
        assert access.allows("strengths_needs_plan")
        assert not access.allows("general_health")


def test_who_has_a_duty_in_law_keeps_their_access_whether_named_or_not(tarnside: Tarnside) -> None:
    made = closed(tarnside, "ella", "tom", ("tom",))
    assert {tarnside.practitioners[one].pk for one in ("tom", "daniel", "lewis")} == set(made.practitioners)
    with tarnside.acting("daniel", at=now()) as daniel:
        assert gate.open_record(daniel, tarnside.people["ella"], purpose="safeguarding_child", at=now()).line_id
    with pytest.raises((NotKnown, Refused)), tarnside.acting("grace", at=now()) as grace:
        gate.open_record(grace, tarnside.people["ella"], at=now())


def test_what_was_shown_must_still_be_true_when_it_is_confirmed(tarnside: Tarnside) -> None:
    at, only = now(), [tarnside.practitioners["megan"].pk]
    with tarnside.acting("megan", at=at) as megan:
        shown = preview_restriction(by=megan, person_id=tarnside.people["margaret"], practitioners=only, at=at)
        Relationship.objects.create(person_id=tarnside.people["margaret"], practitioner=tarnside.practitioners["nadia"], agency_id=tarnside.practitioners["nadia"].agency_id,
                                    kind="allocated", starts=at - timedelta(days=1))
        with pytest.raises(EffectChanged) as changed:
            restrict(by=megan, person_id=tarnside.people["margaret"], practitioners=only, reason="Safety", seal=shown.seal, review_on=at.date(), at=at)
        assert "Nadia Rossi, Housing officer" in {one.who for one in changed.value.effect.loses}
        assert not Restriction.objects.exists()


def test_a_restriction_to_nobody_is_refused(tarnside: Tarnside) -> None:
    with pytest.raises(NobodyLeft):
        closed(tarnside, "margaret", "megan", ())


def test_it_has_a_review_on_somebodys_list_and_lifting_it_opens_the_record_again(tarnside: Tarnside) -> None:
    made = closed(tarnside, "margaret", "megan", ("megan",))
    with tarnside.acting("megan", at=now()) as megan:
        assert "review_date_set" in {one.code for one in my_obligations(megan)}
        lift_restriction(by=megan, person_id=tarnside.people["margaret"], restriction_id=made.pk, reason="He has moved away.", at=now())
        lift_restriction(by=megan, person_id=tarnside.people["margaret"], restriction_id=made.pk, reason="Again.", at=now())
    with tarnside.acting("joan", at=now()) as joan:
        assert gate.open_record(joan, tarnside.people["margaret"], at=now()).line_id


def test_nobody_closes_the_record_of_somebody_they_do_not_work_with(tarnside: Tarnside) -> None:
    with pytest.raises((NotKnown, Refused)), tarnside.acting("nadia", at=now()) as nadia:
        preview_restriction(by=nadia, person_id=tarnside.people["margaret"], practitioners=[nadia.practitioner_id], at=now())
