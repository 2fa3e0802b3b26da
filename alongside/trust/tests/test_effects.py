"""What each says of the others' work is its own until all see it at once; what works against what all want has an owner; a person who was told two things is answered."""

import csv
import io
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.agencies.facts import Actor
from alongside.cli.tarnside.own_side import mother_of, own_token
from alongside.cli.tarnside.setup import Tarnside
from alongside.cli.tarnside.story import sign_ins
from alongside.common.clock import now
from alongside.common.decisions import NotKnown, Refused
from alongside.confidentiality import gate
from alongside.confidentiality.queries import my_obligations, person_notices
from alongside.measures.files.catalogue import measure_called
from alongside.partnerships.actions import NotNow, objectives
from alongside.partnerships.facts import ObjectiveFacts
from alongside.partnerships.queries.objectives import objective_titles
from alongside.trust import actions
from alongside.trust.facts import End
from alongside.trust.models import EffectRating
from alongside.trust.queries import effects as queries

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SPEAKERS = {"children": "sunita", "adults": "megan", "community": "ruth", "hospital": "kofi", "surgery": "sam", "school": "grace", "police": "moira", "homelink": "peter", "housing": "nadia"}


@pytest.fixture
def place(tarnside: Tarnside) -> int:
    return tarnside.partnership_id


@pytest.fixture
def cell(tarnside: Tarnside, place: int) -> tuple[int, int]:
    """Warnings to tenants of arrears, which Housing sends, on that families keep their home."""
    with tarnside.acting("sunita", at=now()) as sunita:
        words = ObjectiveFacts("Families keep their home", "", "", None, None, None, None, None, None)
        objective = objectives.add_objective(by=sunita, partnership_id=place, words=words, at=now() - 90 * DAY)
        activity = actions.name_activity(by=sunita, partnership_id=place, agency_id=tarnside.agencies["housing"].pk, what="Warnings of arrears in the first week", at=now() - 80 * DAY)
    return activity, objective.pk


def asked(tarnside: Tarnside, cell: tuple[int, int], said: Mapping[str, int | None], days_ago: int = 30) -> int:
    at = now() - days_ago * DAY
    with tarnside.acting("sunita", at=at) as sunita:
        round_id = actions.open_effect_round(by=sunita, partnership_id=tarnside.partnership_id, closes_at=at + 10 * DAY, at=at)
    for who, effect in said.items():
        with tarnside.acting(who, at=at + DAY) as by:
            actions.rate_effects(by=by, round_id=round_id, activity_id=cell[0], effects={cell[1]: effect}, at=at + DAY)
    return round_id


def found(tarnside: Tarnside, who: str = "grace") -> queries.Matrix:
    with tarnside.acting(who, at=now()):
        return queries.matrix(tarnside.partnership_id, objective_titles(tarnside.partnership_id), at=now())


def test_what_a_partner_says_is_its_own_until_the_last_has_answered_and_then_everybodys(tarnside: Tarnside, cell: tuple[int, int]) -> None:
    *most, last = SPEAKERS.values()
    one = asked(tarnside, cell, dict.fromkeys(most, -2), days_ago=1)
    with tarnside.acting("grace", at=now()):
        assert list(EffectRating.objects.values_list("agency_id", flat=True)) == [tarnside.agencies["school"].pk]
    assert found(tarnside).found is None
    with tarnside.acting(last, at=now()) as by:
        assert actions.rate_effects(by=by, round_id=one, activity_id=cell[0], effects={cell[1]: 1}, at=now())
    assert len(found(tarnside).cells[cell].said) == 9
    with pytest.raises(NotNow, match="ended"), tarnside.acting("grace", at=now()) as grace:
        actions.rate_effects(by=grace, round_id=one, activity_id=cell[0], effects={cell[1]: 3}, at=now() + DAY)


def test_two_partners_below_zero_make_it_work_against_and_one_does_not(tarnside: Tarnside, cell: tuple[int, int]) -> None:
    asked(tarnside, cell, {"grace": -1, "ruth": 3, "nadia": 2})
    assert not found(tarnside).cells[cell].counter_productive
    asked(tarnside, cell, {"grace": -1, "ruth": -3, "nadia": 2}, days_ago=15)
    there = found(tarnside).cells[cell]
    assert there.counter_productive and there.wants_owner and there.against == 2 and there.mean == pytest.approx(-2 / 3)


def test_the_page_says_what_the_command_line_says_of_the_same_ratings(tarnside: Tarnside, cell: tuple[int, int]) -> None:
    with tarnside.acting("sunita", at=now()) as sunita:
        second = actions.name_activity(by=sunita, partnership_id=tarnside.partnership_id, agency_id=None, what="One visit together", at=now() - 70 * DAY)
    asked(tarnside, cell, {"grace": -1, "ruth": -3, "nadia": None})
    there = found(tarnside)
    assert there.found is not None and there.cells[second, cell[1]].said == ()
    table = io.StringIO()
    csv.writer(table).writerows([("activity", "objective", "partner", "effect", "reported"), *((one.activity, one.objective, one.partner, one.effect, "yes" if one.reported else "") for one in there.ratings)])
    (figure,) = measure_called("cross-effects").of(table.getvalue().encode(), "ratings.csv", options={}).results
    assert figure.value == there.found.counter_productive.value == 1.0


def test_somebody_takes_it_on_and_whoever_does_it_does_not_say_that_it_is_solved(tarnside: Tarnside, cell: tuple[int, int]) -> None:
    asked(tarnside, cell, {"grace": -1, "ruth": -3, "nadia": 2})
    with tarnside.acting("grace", at=now() - 5 * DAY) as grace:
        words = {"activity_id": cell[0], "objective_id": cell[1], "owner_id": tarnside.practitioners["nadia"].pk, "change": "Ring before a letter goes", "due_on": (now() - DAY).date()}
        point = actions.take_on_effect(by=grace, at=now() - 5 * DAY, **words)
        assert actions.take_on_effect(by=grace, at=now() - 5 * DAY, **words) == point
    assert not found(tarnside).cells[cell].wants_owner
    assert waits(tarnside, "lewis") == {"effect": 1}
    with pytest.raises(Refused, match="Another partner"), tarnside.acting("nadia", at=now()) as nadia:
        actions.end_effect(by=nadia, point_id=point, end=End.SOLVED, because="We ring", at=now())
    with pytest.raises(NotNow, match="how one can tell"), tarnside.acting("grace", at=now()) as grace:
        actions.end_effect(by=grace, point_id=point, end=End.ACCEPTED, because=" ", at=now())
    with tarnside.acting("grace", at=now()) as grace:
        actions.end_effect(by=grace, point_id=point, end=End.SOLVED, because="No letter came since", at=now())
    assert waits(tarnside, "lewis") == {}


def test_what_nobody_took_on_and_what_nobody_has_said_yet_waits_on_the_partnerships_home(tarnside: Tarnside, cell: tuple[int, int]) -> None:
    asked(tarnside, cell, {"grace": -1, "ruth": -3})
    asked(tarnside, cell, {"grace": -1}, days_ago=2)
    assert waits(tarnside, "lewis") == {"undoes": 1}
    assert waits(tarnside, "nadia") == {"undoes": 1, "rate": 1}
    assert waits(tarnside, "grace") == {"undoes": 1}


def waits(tarnside: Tarnside, who: str) -> dict[str, int]:
    from alongside.partnerships.queries.waiting import waiting

    with tarnside.acting(who, at=now()) as by:
        return {one.what: one.count for one in waiting([queries.UNDONE], tarnside.partnership_id, practitioner_id=by.practitioner_id, at=now())}


def test_only_the_lead_asks_and_only_who_speaks_for_a_partner_answers(tarnside: Tarnside, cell: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="lead"), tarnside.acting("grace", at=now()) as grace:
        actions.open_effect_round(by=grace, partnership_id=tarnside.partnership_id, closes_at=now() + DAY, at=now())
    one = asked(tarnside, cell, {}, days_ago=1)
    with pytest.raises(Refused, match="speaks for a partner"), tarnside.acting("tom", at=now()) as tom:
        actions.rate_effects(by=tom, round_id=one, activity_id=cell[0], effects={cell[1]: 1}, at=now())
    with pytest.raises(NotNow, match="-3 to"), tarnside.acting("grace", at=now()) as grace:
        actions.rate_effects(by=grace, round_id=one, activity_id=cell[0], effects={cell[1]: 4}, at=now())
    with pytest.raises(DatabaseError), transaction.atomic(), tarnside.acting("grace", at=now()), connection.cursor() as cursor:
        cursor.execute("UPDATE effect_rating SET effects = '{3}'")


# -- the person ---------------------------------------------------------------------------------------------------------------------------


@contextmanager
def at_home(tarnside: Tarnside, whose: str) -> Iterator[Actor]:
    with gate.acting(own_token(tarnside, whose), at=now()) as actor:
        yield actor


def told(tarnside: Tarnside, words: str = "One said bottle, one said breast.") -> actions.TwoThings:
    return actions.TwoThings(tarnside.agencies["community"].pk, tarnside.agencies["surgery"].pk, "Feeding", words)


def come_in(tarnside: Tarnside) -> None:
    sign_ins(tarnside, now() - DAY)
    mother_of(tarnside, now() - DAY)


def say(tarnside: Tarnside, about: str, by: str = "leah") -> None:
    come_in(tarnside)
    with at_home(tarnside, by) as actor:
        actions.say_contradiction(by=actor, person_id=tarnside.people[about], told=told(tarnside), key=uuid.uuid4(), at=now())


def owed(tarnside: Tarnside, who: str) -> list[str]:
    with tarnside.acting(who, at=now()) as by:
        return [one.about for one in my_obligations(by) if one.code == "answer_person"]


def test_whoever_leads_the_work_with_the_person_owes_them_an_answer_and_they_get_it(tarnside: Tarnside) -> None:
    say(tarnside, "leah")
    (about,) = owed(tarnside, "amina")
    assert owed(tarnside, "sam") == []
    with tarnside.acting("amina", at=now()) as amina:
        actions.answer_contradiction(by=amina, person_id=tarnside.people["leah"], contradiction_id=int(about.partition(":")[2]), answer="Both are right; do what suits you.", cell=None, at=now())
    assert owed(tarnside, "amina") == []
    with at_home(tarnside, "leah") as leah:
        access = gate.open_record(leah, tarnside.people["leah"], purpose="portal_view", at=now())
        assert any("do what suits you" in one.text for one in person_notices(access))
        assert [one.answer for one in queries.contradictions(access)] == ["Both are right; do what suits you."]
    with pytest.raises(NotNow, match="stands"), tarnside.acting("amina", at=now()) as amina:
        actions.answer_contradiction(by=amina, person_id=tarnside.people["leah"], contradiction_id=int(about.partition(":")[2]), answer="No.", cell=None, at=now())


def test_the_same_form_sent_twice_is_said_once(tarnside: Tarnside) -> None:
    come_in(tarnside)
    key = uuid.uuid4()
    for _ in range(2):
        with at_home(tarnside, "leah") as leah:
            actions.say_contradiction(by=leah, person_id=tarnside.people["noah"], told=told(tarnside), key=key, at=now())
    assert len(owed(tarnside, "amina")) == 1


def test_the_partnership_learns_of_the_pair_and_the_cell_and_of_nobody(tarnside: Tarnside, cell: tuple[int, int]) -> None:
    say(tarnside, "noah")
    (about,) = owed(tarnside, "amina")
    with tarnside.acting("amina", at=now()) as amina:
        words = {"person_id": tarnside.people["noah"], "contradiction_id": int(about.partition(":")[2])}
        actions.answer_contradiction(by=amina, answer="I rang them.", cell=cell, at=now(), **words)
    asked(tarnside, cell, {"grace": 2})
    there = found(tarnside).cells[cell]
    assert there.reported and there.counter_productive and there.against == 0
    assert found(tarnside, "nadia").pairs == (("Tarnside Community Health NHS Trust", "Riverside Surgery", None),)


def test_a_number_is_shown_from_five_people_on(tarnside: Tarnside) -> None:
    seen = []
    for who, lead in (("noah", "amina"), ("ella", "daniel"), ("leah", "amina"), ("margaret", "megan"), ("chloe", "megan")):
        with tarnside.acting(lead, at=now()) as by:
            actions.say_contradiction(by=by, person_id=tarnside.people[who], told=told(tarnside), key=uuid.uuid4(), at=now())
        ((_, _, people),) = found(tarnside, "nadia").pairs
        seen.append(people)
    assert seen == [None, None, None, None, 5]


@pytest.mark.django_db(transaction=True)
def test_nobody_reads_it_without_the_record_and_no_outsider_writes_it(tarnside: Tarnside) -> None:
    say(tarnside, "noah")
    with tarnside.acting("amina", at=now()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contradiction")
        assert cursor.fetchone() == (0,)
    with pytest.raises((Refused, NotKnown)), tarnside.acting("nadia", at=now()) as nadia:
        actions.say_contradiction(by=nadia, person_id=tarnside.people["noah"], told=told(tarnside), key=uuid.uuid4(), at=now())
    with pytest.raises(DatabaseError), transaction.atomic(), tarnside.acting("nadia", at=now()), connection.cursor() as cursor:
        cursor.execute("SELECT say_contradiction(%s, 1, gen_random_uuid(), NULL, NULL, 'a', 'b', now())", [tarnside.people["noah"]])


def test_a_parent_does_not_read_what_was_written_down_for_their_child(tarnside: Tarnside) -> None:
    come_in(tarnside)
    with tarnside.acting("daniel", at=now()) as daniel:
        actions.say_contradiction(by=daniel, person_id=tarnside.people["ella"], told=told(tarnside, "Mum said not to say."), key=uuid.uuid4(), at=now())
        assert len(queries.contradictions(gate.open_record(daniel, tarnside.people["ella"], at=now()))) == 1
    with at_home(tarnside, "leah") as leah:
        access = gate.open_record(leah, tarnside.people["ella"], purpose="portal_view", claim="parental_responsibility", at=now())
        assert queries.contradictions(access) == []
