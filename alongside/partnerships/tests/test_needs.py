"""A team says what it must know, for itself and narrowly; a duty in law is nobody's to switch off. On real PostgreSQL, as the web's own role."""

import uuid

import psycopg
import pytest

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.common.decisions import Refused
from alongside.partnerships import actions, queries
from alongside.partnerships.models import InformationNeed

pytestmark = pytest.mark.django_db


def declared(tarnside: Tarnside, *, by: str = "nadia", team: str = "housing_officers", tags: tuple[str, ...] = ("homelessness",), what_for: str = "We find somewhere to live.", **more: object) -> InformationNeed:
    with tarnside.acting(by, at=now()) as actor:
        return actions.declare_need(
            by=actor, partnership_id=tarnside.partnership_id, team_id=tarnside.teams[team].pk, tags=tags, purpose="housing_support", how_soon="1_working_day", what_for=what_for, at=now(), **more
        )  # type: ignore[arg-type]


@pytest.mark.parametrize(("tags", "what_for", "words"), [(("everything",), "To know", "Everything about everyone"), ((), "To know", "Choose the kinds"), (("falls",), " ", "Say what you do with it")])
def test_everything_is_refused_with_words_that_say_what_to_do(tarnside: Tarnside, tags: tuple[str, ...], what_for: str, words: str) -> None:
    with pytest.raises(actions.NeedsNarrowing, match=words):
        declared(tarnside, tags=tags, what_for=what_for)


def test_a_team_declares_for_itself_and_not_for_another(tarnside: Tarnside) -> None:
    assert declared(tarnside).agency_id == tarnside.agencies["housing"].pk
    for by in ("tom", "joan"):
        with pytest.raises(Refused, match="declares its own needs"):
            declared(tarnside, by=by)


def test_a_changed_need_ends_the_former_at_the_same_moment(tarnside: Tarnside) -> None:
    first = declared(tarnside)
    second = declared(tarnside, tags=("homelessness", "housing_notices"), replaces_id=first.pk)
    first.refresh_from_db()
    assert first.ends == second.starts
    assert [need.pk for need in queries.needs(tarnside.partnership_id).filter(team=tarnside.teams["housing_officers"])] == [second.pk]


def test_declaring_twice_with_one_key_is_one_need(tarnside: Tarnside) -> None:
    key = uuid.uuid4()
    assert declared(tarnside, key=key).pk == declared(tarnside, key=key).pk


@pytest.mark.django_db(transaction=True)
def test_a_duty_in_law_cannot_be_switched_off(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    need = declared(tarnside)
    as_owner.execute("SET ROLE alongside_definer")
    as_owner.execute("UPDATE information_need SET statutory_floor = true WHERE id = %s", [need.pk])
    as_owner.commit()
    with pytest.raises(actions.NotNow, match="duty in law"), tarnside.acting("nadia", at=now()) as nadia:
        actions.end_need(by=nadia, need_id=need.pk, at=now())


def test_ending_is_the_team_s_own_and_harmless_twice(tarnside: Tarnside) -> None:
    need = declared(tarnside)
    with pytest.raises(Refused), tarnside.acting("tom", at=now()) as tom:
        actions.end_need(by=tom, need_id=need.pk, at=now())
    with tarnside.acting("nadia", at=now()) as nadia:
        assert actions.end_need(by=nadia, need_id=need.pk, at=now())
        assert not actions.end_need(by=nadia, need_id=need.pk, at=now())
