"""The ground that every other test stands on: real roles, real row security, and nothing carried from one test to the next."""

from collections.abc import Callable

import psycopg
import pytest

from alongside.agencies.models import AgencyKind


@pytest.mark.django_db
def test_tests_are_signed_in_as_the_web_role() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('is_superuser')")
        assert cursor.fetchone() == ("alongside_app", "off")


@pytest.mark.parametrize("role", ["alongside_owner", "alongside_app", "alongside_worker", "alongside_sealer"])
@pytest.mark.django_db
def test_every_role_has_a_connection_of_its_own(connect_as: Callable[[str], psycopg.Connection], role: str) -> None:
    assert connect_as(role).execute("SELECT current_user").fetchone() == (role,)


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_what_a_committing_test_left_is_gone(as_owner: psycopg.Connection, turn: str) -> None:
    assert not AgencyKind.objects.filter(code="left_behind").exists()
    as_owner.execute("INSERT INTO agency_kind (code, name, source) VALUES ('left_behind', 'x', '')")
    as_owner.commit()
    assert AgencyKind.objects.filter(code="left_behind").exists()
