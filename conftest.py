"""What tests stand on: a real PostgreSQL, signed in to as the web's own role, so that row security is on in every test."""

import copy
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests import databases

if TYPE_CHECKING:
    import psycopg
    from playwright.sync_api import Browser
    from pytest_django import DjangoDbBlocker

    from alongside.cli.tarnside.setup import Tarnside
    from tests.beginnings import Made
    from tests.site import Site

os.environ |= {
    "ALONGSIDE_MODE": "test",
    "ALONGSIDE_DEBUG": "",
    "ALONGSIDE_HOME": os.environ.get("ALONGSIDE_TEST_HOME") or str(databases.test_home()),
    "ALONGSIDE_DATABASE": databases.own_name(),
    "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
}
os.environ.pop("ALONGSIDE_ROLE", None)
databases.ensure_secrets(Path(os.environ["ALONGSIDE_HOME"]))
os.environ["ALONGSIDE_STATIC"] = str(databases.nothing_collected(Path(os.environ["ALONGSIDE_HOME"])))

hypothesis.settings.register_profile("unhurried", deadline=None)  # how long an example takes says how busy the machine is
hypothesis.settings.load_profile("unhurried")

import django

django.setup()
from django.contrib.auth.hashers import Argon2PasswordHasher

Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 1024  # a guess is meant to be dear; here nobody guesses
del os.environ["DJANGO_SETTINGS_MODULE"]  # parallel test processes would read the settings before this file gives them their own database

pytest_plugins = ["tests.journeys.browser"]
collect_ignore = ["alongside/config/wsgi.py", "manage.py"]
CHROMIUM = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that nobody waits for one that began last, and each process a share of them, whole files together; otherwise as they stand in their files.

    `--dist worksteal` begins by giving each process a run of so many tests, and whoever is done takes from the end of another's.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("slow"):
            files.setdefault(item.path, []).append(item)
    longest: list[list[pytest.Item]] = [[] for _ in range(processes)]
    for file in sorted(files.values(), key=len, reverse=True):
        min(longest, key=len).extend(file)
    others = [item for item in items if not item.get_closest_marker("slow")]
    items.clear()
    for left in range(processes, 0, -1):
        first = longest[processes - left]
        size = max(0, (len(others) + sum(map(len, longest[processes - left :]))) // left - len(first))
        items += [*first, *others[:size]]
        del others[:size]


def pytest_runtest_setup(item: pytest.Function) -> None:
    """What a test finds in the database stands there before its fixtures begin; to whoever is the first of a module to ask for a place, `begins_with` gives it."""
    from tests import beginnings

    if "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db"):
        beginnings.stand_ready(asked="begins_with" in item.fixturenames)


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    """The database server, for as long as this process needs it; all processes share it and the last one out stops it."""
    from alongside.cli.product import database

    with database():
        yield


@pytest.fixture(scope="session")
def django_db_setup(cluster: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """Instead of pytest-django's own: a copy of the migrated template, owned by the owner and used as alongside_app.

    `@pytest.mark.django_db` rolls back what a test did; with `transaction=True` the test commits, and gets a new copy afterwards.
    """
    from django.test import TransactionTestCase

    from tests import beginnings

    databases.fresh(databases.own_name())
    TransactionTestCase._fixture_teardown = lambda self: beginnings.has_committed()  # type: ignore[method-assign]
    yield
    with django_db_blocker.unblock():
        beginnings.end()


@pytest.fixture(scope="module")
def begins_with(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[Callable[[Callable[[], "Made"]], "Made"]]:
    """`begins_with(tell)`: the tests of a module that ask for it find what this has made. It is told once in a process."""
    from tests import beginnings

    def begin(tell: "Callable[[], Made]") -> "Made":
        with django_db_blocker.unblock():
            return beginnings.begin_with(tell)

    yield begin
    beginnings.begin_with_nothing()


@pytest.fixture(scope="module")
def what_was_told(begins_with: "Callable[[Callable[[], Tarnside]], Tarnside]") -> "Tarnside":
    """Tarnside as the demo sets it up. A module whose tests begin further on has a fixture of its own by this name."""
    from tests.places import tarnside

    return begins_with(tarnside)


@pytest.fixture
def tarnside(what_was_told: "Tarnside", db: None) -> "Tarnside":
    """The district with its people, as they stood before this test; what the test does is undone."""
    return copy.deepcopy(what_was_told)


@pytest.fixture
def connect_as(django_db_setup: None) -> Iterator[Callable[[str], "psycopg.Connection"]]:
    """Connections of their own, as any role, to this process's database: `connect_as("alongside_owner")`. They see committed data only."""
    import psycopg

    from alongside.cli.postgres.addresses import role_address

    opened: list[psycopg.Connection] = []

    def connect(role: str) -> psycopg.Connection:
        opened.append(psycopg.connect(role_address(role)))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def as_owner(connect_as: Callable[[str], "psycopg.Connection"]) -> "psycopg.Connection":
    return connect_as("alongside_owner")


@pytest.fixture
def as_app(connect_as: Callable[[str], "psycopg.Connection"]) -> "psycopg.Connection":
    return connect_as("alongside_app")


@pytest.fixture
def as_worker(connect_as: Callable[[str], "psycopg.Connection"]) -> "psycopg.Connection":
    return connect_as("alongside_worker")


@pytest.fixture
def as_sealer(connect_as: Callable[[str], "psycopg.Connection"]) -> "psycopg.Connection":
    return connect_as("alongside_sealer")


@pytest.fixture
def start_site(transactional_db: None) -> Iterator[Callable[..., "Site"]]:
    """Start the product as real processes over this process's database: `start_site(workers=2, worker=True)`."""
    from tests.site import Site

    started: list[Site] = []

    def start(**options: object) -> Site:
        started.append(Site(databases.own_name(), **options))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for site in started:
        site.stop()


@pytest.fixture(scope="session")
def demo_site(cluster: None) -> Iterator["Site"]:
    """The demo partnership in demo mode, shared by the journeys of this process: they add to it and do not tidy up."""
    from tests.site import Site

    name = f"{databases.own_name()}_demo"
    databases.fresh(name, demo=True)
    os.environ["ALONGSIDE_STATIC"] = _collected_static()
    site = Site(name, mode="demo", worker=True)
    yield site
    site.stop()
    databases.drop(name)


def _collected_static() -> str:
    import subprocess
    import sys

    folder = str(Path(os.environ["ALONGSIDE_HOME"]) / f"static-{os.getpid()}")
    environment = {**os.environ, "ALONGSIDE_MODE": "demo", "ALONGSIDE_STATIC": folder}
    subprocess.run([sys.executable, "-m", "django", "collectstatic", "--settings", "alongside.config.settings", "--no-input", "-v0"], env=environment, check=True)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium, driven for real."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
