"""The database's own catalogue says that the walls stand; each way of pulling one down is found."""

from collections.abc import Callable

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.addresses import administrative_address, database_name
from alongside.cli.postgres.catalogue import OPEN_TABLES, faults

Planter = Callable[[str], list[str]]


@pytest.fixture
def found(django_db_setup: None) -> Planter:
    """Plant something as the administrator, ask the catalogue, and undo it."""

    def plant(offence: str) -> list[str]:
        with psycopg.connect(make_conninfo(administrative_address() or "", dbname=database_name())) as connection:
            connection.execute(offence)
            answer = faults(lambda question: connection.execute(question).fetchall())
            connection.rollback()
        return answer

    return plant


@pytest.mark.django_db
def test_the_walls_stand(found: Planter) -> None:
    assert found("SELECT 1") == []


@pytest.mark.parametrize(
    ("offence", "fault"),
    [
        ("CREATE TABLE diary (person_id bigint); GRANT SELECT ON diary TO alongside_app", "diary does not force row security"),
        ("CREATE TABLE diary (person_id bigint); GRANT UPDATE (person_id) ON diary TO alongside_worker", "diary does not force row security"),
        ("ALTER TABLE person NO FORCE ROW LEVEL SECURITY", "person does not force row security"),
        ("ALTER TABLE entry DISABLE ROW LEVEL SECURITY", "entry does not force row security"),
        ("CREATE VIEW everybody AS SELECT * FROM person", "everybody is a view with its owner's rights"),
        ("CREATE MATERIALIZED VIEW everybody AS SELECT * FROM person", "everybody is a view with its owner's rights"),
        ("ALTER ROLE alongside_app BYPASSRLS", "alongside_app may see past row security"),
        ("ALTER ROLE alongside_definer SUPERUSER", "alongside_definer may see past row security"),
        ("GRANT alongside_owner TO alongside_worker", "alongside_worker may see past row security"),
        ("GRANT CREATE ON SCHEMA public TO alongside_app; ALTER TABLE draft OWNER TO alongside_app", "draft is owned by alongside_app"),
        ("GRANT TRUNCATE ON person TO alongside_app", "alongside_app may empty person at a stroke"),
        ("CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1", "peek() runs with its owner's rights and no fixed search path"),
        ("CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1", "everybody may call peek()"),
        ("GRANT CREATE ON SCHEMA public TO alongside_app", "alongside_app may make things in the schema"),
        ("CREATE POLICY open ON person USING (true)", "the policy open on person is open to everybody"),
    ],
)
@pytest.mark.django_db
def test_a_wall_pulled_down_is_found(found: Planter, offence: str, fault: str) -> None:
    assert fault in found(offence)


@pytest.mark.django_db
def test_the_list_of_open_tables_names_only_tables_that_exist(as_owner: psycopg.Connection) -> None:
    there = {name for (name,) in as_owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert OPEN_TABLES <= there


@pytest.mark.django_db
def test_a_runtime_role_that_could_see_everything_is_refused(connect_as: Callable[[str], psycopg.Connection]) -> None:
    from alongside.cli.postgres.home import SetupProblem
    from alongside.cli.postgres.roles import refuse_powerful_role

    for role in ("alongside_app", "alongside_worker", "alongside_sealer"):
        refuse_powerful_role(connect_as(role))
    with pytest.raises(SetupProblem, match="owns tables"):
        refuse_powerful_role(connect_as("alongside_owner"))
    with psycopg.connect(administrative_address() or "") as administrator, pytest.raises(SetupProblem, match="superuser"):
        refuse_powerful_role(administrator)
