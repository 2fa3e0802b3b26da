"""My people: those a practitioner works with and covers for, as it stands at this moment, with everybody shown named on one line of the ledger."""

from datetime import timedelta

import psycopg
import pytest

from alongside.agencies.actions import arrange_cover
from alongside.agencies.models import Training
from alongside.cli.tarnside.setup import Tarnside
from alongside.cli.tarnside.story import tell
from alongside.common.clock import now
from alongside.common.decisions import Refused
from alongside.confidentiality import gate
from alongside.confidentiality.queries import my_obligations, own_principals
from alongside.records.queries import inbox

pytestmark = pytest.mark.django_db

SEEN_FROM_OUTSIDE = pytest.mark.django_db(transaction=True)


def names(people: list[gate.CaseloadPerson]) -> list[str]:
    return [f"{one.given_name} {one.family_name}" for one in people]


def listed(tarnside: Tarnside, who: str, **asked: object) -> list[gate.CaseloadPerson]:
    with tarnside.acting(who, at=now()) as actor:
        return gate.caseload(actor, at=now(), **asked)  # type: ignore[arg-type]


def test_a_practitioner_sees_their_own_people_by_name_and_nobody_else(tarnside: Tarnside) -> None:
    people = listed(tarnside, "daniel")
    assert names(people) == ["Ella Turner", "Noah Turner"]
    assert [(one.mine, one.lead) for one in people] == [(True, "Daniel Osei, Social worker"), (False, "Amina Khan, Family nurse")]
    assert {one.everybody for one in people} == {2}


@SEEN_FROM_OUTSIDE
def test_one_line_names_everybody_on_the_page_and_nobody_beyond_it(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    shown = listed(tarnside, "megan", limit=1)
    line = last_line(as_owner)
    assert (line["verb"], line["item"], line["people"]) == ("read", "my people", [shown[0].id])
    assert shown[0].everybody == 2
    assert names(listed(tarnside, "megan", offset=1, limit=1)) != names(shown)


@SEEN_FROM_OUTSIDE
def test_an_empty_list_leaves_a_line_too(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    assert listed(tarnside, "nadia") == []
    assert last_line(as_owner)["people"] == []


@SEEN_FROM_OUTSIDE
def test_work_that_has_ended_leaves_the_list_at_once(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    end(as_owner, tarnside.practitioners["daniel"].pk, tarnside.people["noah"])
    assert names(listed(tarnside, "daniel")) == ["Ella Turner"]


@SEEN_FROM_OUTSIDE
def test_somebody_restricted_to_others_is_not_on_the_list_and_not_counted(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    as_owner.execute("SET ROLE alongside_definer")
    as_owner.execute(
        "INSERT INTO restriction (person_id, practitioners, category, reason, set_by_person, starts) VALUES (%s, %s, '', 'A colleague is a relative', false, now() - interval '1 minute')",
        [tarnside.people["noah"], [tarnside.practitioners["amina"].pk]],
    )
    as_owner.commit()
    people = listed(tarnside, "daniel")
    assert (names(people), people[0].everybody) == (["Ella Turner"], 1)
    assert "Noah Turner" in names(listed(tarnside, "amina"))


@SEEN_FROM_OUTSIDE
def test_a_new_name_moves_somebody_to_their_new_place(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    assert names(listed(tarnside, "daniel")) == ["Ella Turner", "Noah Turner"]
    as_definer(as_owner, "UPDATE person SET family_name = 'Abbot' WHERE id = %s", tarnside.people["noah"])
    assert names(listed(tarnside, "daniel")) == ["Noah Abbot", "Ella Turner"]


@SEEN_FROM_OUTSIDE
def test_a_place_shows_nobody_whom_the_facts_do_not_let_the_reader_see(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    """Places are only an order: one that stands wrongly opens nothing, and is found when places are compared with the facts."""
    leah, daniel = tarnside.people["leah"], tarnside.practitioners["daniel"].pk
    as_definer(as_owner, "INSERT INTO caseload_place (person_id, practitioner_id, family_name, given_name) VALUES (%s, %s, 'aaron', 'a') ON CONFLICT DO NOTHING", leah, daniel)
    assert names(listed(tarnside, "daniel")) == ["Ella Turner", "Noah Turner"]
    as_owner.execute("SET ROLE alongside_definer")
    assert as_owner.execute("SELECT * FROM stale_acls()").fetchall() == [(leah,)]


@SEEN_FROM_OUTSIDE
def test_places_follow_everything_that_was_done(tarnside: Tarnside, as_owner: psycopg.Connection) -> None:
    list(tell(tarnside, at=now()))
    as_owner.execute("SET ROLE alongside_definer")
    assert as_owner.execute("SELECT count(*) FROM caseload_place").fetchone() != (0,)
    assert as_owner.execute("SELECT * FROM stale_acls()").fetchall() == []


def test_whoever_covers_sees_whose_people_they_are(tarnside: Tarnside) -> None:
    at = now()
    with tarnside.acting("helen", at=at) as helen:
        arrange_cover(
            by=helen, absent_id=tarnside.practitioners["daniel"].pk, covering_id=tarnside.practitioners["priya"].pk, reason="Ill", starts=at - timedelta(hours=1), ends=at + timedelta(days=1)
        )
    people = {f"{one.given_name}": one.covering for one in listed(tarnside, "priya")}
    assert people == {"Ella": "Daniel Osei", "Noah": "Daniel Osei"}


def test_what_is_owed_comes_first_when_asked_for(tarnside: Tarnside) -> None:
    list(tell(tarnside, at=now()))
    with tarnside.acting("daniel", at=now()) as daniel:
        owed = {share.person_id for share in inbox(daniel) if share.owner in own_principals(daniel)} | {one.person_id for one in my_obligations(daniel)} - {None}
    people = listed(tarnside, "daniel", order="due")
    assert owed
    assert {one.id for one in people if one.due_at} == owed
    dues = [one.due_at for one in people]
    assert dues == sorted((due for due in dues if due), key=lambda due: due) + [None] * dues.count(None)


def test_without_current_training_there_is_no_list(tarnside: Tarnside) -> None:
    Training.objects.filter(practitioner=tarnside.practitioners["daniel"]).update(expires_on=now().date() - timedelta(days=1))
    with pytest.raises(Refused):
        listed(tarnside, "daniel")


def last_line(owner: psycopg.Connection) -> dict[str, object]:
    owner.execute("SET ROLE alongside_definer")
    cursor = owner.execute("SELECT verb, item, people FROM ledger_line ORDER BY id DESC LIMIT 1")
    return dict(zip(("verb", "item", "people"), cursor.fetchone() or (), strict=True))


def as_definer(owner: psycopg.Connection, change: str, *words: object) -> None:
    owner.execute("SET ROLE alongside_definer")
    owner.execute(change, words)
    owner.commit()


def end(owner: psycopg.Connection, practitioner: int, person: int) -> None:
    owner.execute("SET ROLE alongside_definer")
    owner.execute("UPDATE relationship SET ends = now() - interval '1 second' WHERE practitioner_id = %s AND person_id = %s", [practitioner, person])
    owner.commit()
