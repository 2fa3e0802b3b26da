"""django-guardian over the same relationships, for bench/gate.py: a permission for each live relationship of so many people, in a database beside the population's.

    python -m bench.guardian_peer ADMINISTRATOR'S_ADDRESS PEOPLE    prints one line of JSON
"""

import json
import random
import sys

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bench.measured import milliseconds

CHECKS, LISTS, READERS = 200, 10, 20


def main() -> None:
    at = conninfo_to_dict(sys.argv[1])
    people = int(sys.argv[2])
    name = f"{at['dbname']}_guardian_{people}"
    with psycopg.connect(make_conninfo(sys.argv[1], dbname="postgres"), autocommit=True) as server:
        there = server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None
        if not there:
            server.execute(f'CREATE DATABASE "{name}"')
    set_up(at, name)
    if not there:
        fill(sys.argv[1], make_conninfo(sys.argv[1], dbname=name), people)
    print(json.dumps(measure(make_conninfo(sys.argv[1], dbname=name))))


def set_up(at: dict[str, object], name: str) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "guardian"], AUTHENTICATION_BACKENDS=["guardian.backends.ObjectPermissionBackend"], ANONYMOUS_USER_NAME=None,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True, SECRET_KEY="of no use",
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": at["user"], "PASSWORD": at.get("password", ""), "HOST": at["host"], "PORT": str(at["port"])}},
    )
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def fill(population: str, guardian: str, people: int) -> None:
    """Readers as users, and a permission on a group standing for each person: guardian keys objects by type and text, whatever they are."""
    from django.contrib.auth.models import Group, Permission
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(Group).pk
    view = Permission.objects.get(content_type_id=kind, codename="view_group").pk
    with psycopg.connect(population) as source, psycopg.connect(guardian) as target:
        with target.cursor().copy("COPY auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined) FROM STDIN") as users:
            for (practitioner,) in source.execute("SELECT DISTINCT practitioner_id FROM relationship WHERE practitioner_id IS NOT NULL AND ends IS NULL"):
                users.write_row((practitioner, "!", False, f"u{practitioner}", "", "", "", False, True, "2026-01-01"))
        with target.cursor().copy("COPY auth_group (id, name) FROM STDIN") as groups:
            for number in range(1, people + 1):
                groups.write_row((number, str(number)))
        target.execute("CREATE TEMP TABLE pair (person bigint, practitioner integer)")
        with target.cursor().copy("COPY pair FROM STDIN") as pairs, source.cursor("pairs") as rows:
            for row in rows.execute(
                """SELECT p.place, r.practitioner_id FROM (SELECT id, row_number() OVER () AS place FROM (SELECT id FROM person LIMIT %s) few) p
                     JOIN relationship r ON r.person_id = p.id WHERE r.practitioner_id IS NOT NULL AND r.ends IS NULL""",
                [people],
            ):
                pairs.write_row(row)
        target.execute(
            "INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id) SELECT DISTINCT person::text, %s, %s, practitioner FROM pair", [kind, view]
        )
    with psycopg.connect(guardian, autocommit=True) as target:
        target.execute("VACUUM (ANALYZE)")


def measure(guardian: str) -> dict[str, object]:
    from django.contrib.auth.models import Group, User
    from guardian.core import ObjectPermissionChecker
    from guardian.shortcuts import get_objects_for_user

    draw = random.Random(3)
    with psycopg.connect(guardian) as connection:
        permissions = connection.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = 'guardian_userobjectpermission'").fetchone()[0]  # type: ignore[index]
        users = [user for (user,) in connection.execute("SELECT user_id FROM guardian_userobjectpermission GROUP BY 1 ORDER BY hashint4(user_id) LIMIT %s", [READERS])]
        people = [person for (person,) in connection.execute("SELECT object_pk::bigint FROM guardian_userobjectpermission WHERE user_id = ANY (%s)", [users])]
    readers = list(User.objects.filter(pk__in=users))
    checks = []
    for _ in range(CHECKS):
        reader, person = draw.choice(readers), Group(pk=draw.choice(people))
        checks.append(milliseconds(lambda: ObjectPermissionChecker(reader).has_perm("view_group", person)))  # noqa: B023
    lists = [milliseconds(lambda: list(get_objects_for_user(reader, "auth.view_group").values_list("pk", flat=True))) for reader in readers[:LISTS]]  # noqa: B023
    return {"check": checks, "list": lists, "permissions": permissions}


if __name__ == "__main__":
    main()
