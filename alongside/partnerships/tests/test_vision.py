"""A vision is negotiated, signed by each body's named signatory and by nobody else, and adopted when everybody has signed; whoever does not sit at the table reads none of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from alongside.agencies import actions as agencies
from alongside.agencies.models import Account
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.partnerships.actions import NotNow, objectives, starting, visions
from alongside.partnerships.facts import Answer, Level, Mandate, ObjectiveFacts
from alongside.partnerships.models import Objective, Partnership, SignUp, Vision
from alongside.partnerships.queries import visions as reading
from alongside.partnerships.queries.starting import started
from alongside.partnerships.queries.table import place_at

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def opened(tarnside: Tarnside, *who: str) -> Vision:
    """A version that Sunita has opened for the bodies of these signatories."""
    at = now() - 3 * DAY
    with tarnside.acting("sunita", at=at) as sunita:
        objectives.add_objective(by=sunita, partnership_id=tarnside.partnership_id, words=ObjectiveFacts("Fewer falls"), at=at)
        one = visions.propose_vision(by=sunita, partnership_id=tarnside.partnership_id, text="Nobody falls alone.", at=at)
        people = [tarnside.practitioners[one] for one in who]
        visions.open_vision(by=sunita, vision=one, signatories={person.agency_id: person.pk for person in people}, at=at)
    return one


def test_a_version_is_adopted_once_every_body_has_signed_and_not_before(tarnside: Tarnside) -> None:
    one = opened(tarnside, "priya", "peter")
    with tarnside.acting("priya", at=now()) as priya:
        visions.answer_vision(by=priya, vision=one, answer=Answer.SIGNED, at=now())
        assert reading.vision(one.pk).vision.adopted_at is None
    with tarnside.acting("peter", at=now()) as peter:
        visions.answer_vision(by=peter, vision=one, answer=Answer.CONDITIONAL, words="If the bus runs.", at=now() - DAY)
        state = reading.vision(one.pk)
        assert state.vision.adopted_at is None and state.conditions == ("If the bus runs.",) and state.signed == 1
        visions.answer_vision(by=peter, vision=one, answer=Answer.SIGNED, at=now())
        state = reading.vision(one.pk)
        assert state.vision.adopted_at and state.signed == 2 and not state.conditions
        assert [row.title for row in state.vision.objectives.all()] == ["Fewer falls"]
        assert Partnership.objects.get(pk=tarnside.partnership_id).vision == "Nobody falls alone."


def test_nobody_answers_for_another_body(tarnside: Tarnside) -> None:
    one = opened(tarnside, "priya", "peter")
    with tarnside.acting("joan", at=now()) as joan, pytest.raises(Refused):
        visions.answer_vision(by=joan, vision=one, answer=Answer.SIGNED, at=now())
    with tarnside.acting("joan", at=now()) as joan, pytest.raises(Refused):
        party = one.parties.get(agency_id=joan.agency_id)
        from alongside.partnerships.actions.keeping import keep

        keep(SignUp(party=party, answer="signed", by_id=joan.practitioner_id, at=now()), "vision_signed", partnership_id=tarnside.partnership_id)
    with tarnside.acting("peter", at=now()) as peter:
        with pytest.raises(NotNow, match="Say why you do not sign"):
            visions.answer_vision(by=peter, vision=one, answer=Answer.REFUSED, words=" ", at=now())


def test_what_was_said_cannot_be_said_otherwise(tarnside: Tarnside) -> None:
    one = opened(tarnside, "priya", "peter")
    with tarnside.acting("sunita", at=now()):
        for attempt in ("UPDATE vision SET text = 'x'", "UPDATE vision SET adopted_at = now()", "DELETE FROM vision", "UPDATE sign_up SET answer = 'signed'", "DELETE FROM vision_remark"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(attempt)
    assert one.pk


def test_whoever_does_not_sit_at_the_table_reads_none_of_it(tarnside: Tarnside) -> None:
    one = opened(tarnside, "priya", "peter")
    account = agencies.open_account(email="stranger@elsewhere.example", password=None, at=now(), for_practitioner=False)
    token = agencies.begin_session(Account.objects.get(pk=account.pk), user_agent="Test")
    from alongside.confidentiality.gate import acting

    with acting(token, at=now()):
        assert not Vision.objects.exists() and not Objective.objects.exists()
        with pytest.raises(NotKnown):
            reading.vision(one.pk)
        with pytest.raises(NotKnown):
            place_at(tarnside.partnership_id, agency_id=None)


def test_a_proposal_is_answered_by_those_who_keep_the_books_and_by_nobody_else(tarnside: Tarnside) -> None:
    one = opened(tarnside, "priya", "peter")
    with tarnside.acting("joan", at=now()) as joan:
        said = visions.remark(by=joan, vision=one, words="Too long.", wording="Nobody falls.", at=now())
    with tarnside.acting("nadia", at=now()) as nadia, pytest.raises(Refused):
        visions.answer_remark(by=nadia, remark=said, answer="not", why="No.", at=now())
    with tarnside.acting("sunita", at=now()) as sunita:
        visions.answer_remark(by=sunita, remark=said, answer="partly", why="Next version.", at=now())
        assert reading.remark(said.pk).answer == "partly"
        with pytest.raises(Refused):
            visions.answer_remark(by=sunita, remark=said, answer="not", why="Changed my mind.", at=now())


def test_who_manages_a_team_founds_a_partnership_and_belongs_to_it_and_who_does_not_cannot(tarnside: Tarnside) -> None:
    words = {
        "name": "Warm Homes", "vision": "Nobody is cold.", "kind": "section_75", "level": Level.LOCAL, "mandate": Mandate.CHOSEN, "driver": "A grant.", "source": "", "driver_ends": now().date() - DAY,
        "potential": True, "starts": now().date(), "at": now(),
    }
    with tarnside.acting("joan", at=now()) as joan, pytest.raises(Refused, match="manages a team"):
        starting.start_partnership(by=joan, **words)
    with tarnside.acting("nadia", at=now()) as nadia:
        made = starting.start_partnership(by=nadia, **words)
        assert place_at(made.pk, agency_id=nadia.agency_id).governs and made.stage == "potential"
        found = started(made.pk, day=now().date())
        assert found.over and [office.code for office in found.missing] == ["host", "pool_manager", "lead_commissioner", "chair"]
        starting.fill_post(by=nadia, partnership_id=made.pk, post="host", holder="The council", agency_id=nadia.agency_id, at=now())
        starting.fill_post(by=nadia, partnership_id=made.pk, post="host", holder="The trust", agency_id=None, at=now())
        found = started(made.pk, day=now().date())
        assert [post.holder for post in found.posts] == ["The trust"]
        with pytest.raises(NotNow, match="of this name already"):
            starting.start_partnership(by=nadia, **words)


def test_an_objective_says_what_it_lacks_and_where_it_stands(tarnside: Tarnside) -> None:
    from alongside.partnerships.queries.objectives import objective

    today = now().date()
    with tarnside.acting("sunita", at=now()) as sunita:
        one = objectives.add_objective(by=sunita, partnership_id=tarnside.partnership_id, words=ObjectiveFacts("Fewer falls", "Older people fall less"), at=now())
        assert objective(one.pk, day=today).missing == ("baseline", "target", "owner", "date")
        whole = ObjectiveFacts("Fewer falls", "Older people fall less", "falls", Decimal(100), today - 100 * DAY, Decimal(80), today + 100 * DAY, sunita.agency_id, sunita.practitioner_id)
        objectives.word_objective(by=sunita, objective=one, words=whole, at=now())
        objectives.add_reading(by=sunita, objective=one, on=today, value=Decimal(99), at=now())
        assert objective(one.pk, day=today).track == "off_track"
        objectives.add_reading(by=sunita, objective=one, on=today, value=Decimal(90), at=now())
        found = objective(one.pk, day=today)
        assert (found.track, found.missing, found.wording.number, len(found.readings)) == ("on_track", (), 2, 1)
    with tarnside.acting("tom", at=now()) as tom, pytest.raises(Refused, match="measured"):
        objectives.add_reading(by=tom, objective=one, on=today, value=Decimal(1), at=now())
