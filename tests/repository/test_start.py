"""Unsafe places are refused before anything is served, and every command is there."""

import io
import logging
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from django.http import HttpResponse
from django.urls import path
from pytest_django import Settings

from alongside.cli import start_checks
from alongside.cli.main import GATE, Where, alongside
from alongside.config.logs import WithoutPersonalData
from alongside.config.this_machine_only import for_this_machine_only

GOOD_KEY = "k3y-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alongside", *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"ALONGSIDE_MODE": "production"}, "ALONGSIDE_SECRET_KEY is missing"),
        ({"ALONGSIDE_MODE": "production", "ALONGSIDE_SECRET_KEY": GOOD_KEY}, "ALONGSIDE_ORIGIN is not an https address"),
        ({"ALONGSIDE_MODE": "production", "ALONGSIDE_SECRET_KEY": GOOD_KEY, "ALONGSIDE_ORIGIN": "http://a.example"}, "not an https address"),
        (
            {"ALONGSIDE_MODE": "production", "ALONGSIDE_SECRET_KEY": GOOD_KEY, "ALONGSIDE_ORIGIN": "https://a.example", "ALONGSIDE_DEMO_SIGN_IN": "1"},
            "Outside demo mode there is the variable ALONGSIDE_DEMO_SIGN_IN",
        ),
        ({"ALONGSIDE_MODE": "demo", "ALONGSIDE_DEBUG": "1"}, "Debugging is switched on"),
        ({"ALONGSIDE_MODE": "demo", "ALONGSIDE_BIND": "0.0.0.0"}, "for this machine only"),
        ({"ALONGSIDE_MODE": "demo", "ALONGSIDE_BIND": "192.0.2.1"}, "for this machine only"),
        ({"ALONGSIDE_MODE": "amusement"}, "ALONGSIDE_MODE is 'amusement'"),
    ],
)
@pytest.mark.django_db
def test_an_unsafe_place_is_not_served(environment: dict[str, str], says: str) -> None:
    done = run("serve", "--port", "1", **environment)
    assert done.returncode != 0
    assert says in done.stderr


@pytest.mark.parametrize("role", ["alongside_owner", "alongside_backup"])
@pytest.mark.django_db
def test_nothing_is_served_as_a_role_that_sees_past_row_security(role: str) -> None:
    from alongside.cli.postgres.addresses import role_address

    done = run("serve", "--port", "1", DATABASE_APP_URL=role_address(role))
    assert done.returncode != 0
    assert "it could see past the row security" in done.stderr


def one_click(request: object) -> HttpResponse:
    return HttpResponse()


one_click_elsewhere = type("View", (), {"__module__": "alongside.web.demo.views", "__call__": one_click})()


class PlantedByName:
    urlpatterns = [path("let-me-in/", one_click, name="demo_sign_in")]


class PlantedByModule:
    urlpatterns = [path("let-me-in/", one_click_elsewhere)]


@pytest.mark.parametrize("urls", [PlantedByName, PlantedByModule])
def test_a_planted_one_click_sign_in_is_found(settings: Settings, urls: type) -> None:
    assert start_checks.demo_stays_in_the_demo() == []
    settings.ROOT_URLCONF = urls
    assert [fault.id for fault in start_checks.demo_stays_in_the_demo()] == ["alongside.E020"]
    settings.DEMO = True
    assert start_checks.demo_stays_in_the_demo() == []


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, "200 OK"),
        ({"REMOTE_ADDR": "::1"}, "200 OK"),
        ({"REMOTE_ADDR": "192.0.2.7"}, "403 Forbidden"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, "403 Forbidden"),
        ({}, "403 Forbidden"),
    ],
)
def test_the_demo_answers_nobody_from_outside(environ: dict[str, str], status: str) -> None:
    said: list[str] = []

    def page(environ: dict[str, str], start_response: object) -> list[bytes]:
        said.append("200 OK")
        return []

    for_this_machine_only(page)(environ, lambda line, headers: said.append(line))
    assert said == [status]


def every_command() -> list[tuple[str, Where]]:
    return [*alongside.where.items(), *GATE.where.items()]


@pytest.mark.parametrize(("name", "where"), every_command())
def test_every_command_is_there_and_says_what_it_does(name: str, where: Where) -> None:
    command = where.load()
    shown = CliRunner().invoke(command, ["--help"])
    assert shown.exit_code == 0, shown.output
    assert command.help and len(shown.output) > 80


def test_trying_the_gate_needs_neither_framework_nor_database() -> None:
    code = "import sys; from alongside.cli.main import GATE; GATE.where['try'].load(); print(any(m in sys.modules for m in ('django', 'psycopg')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_a_word_that_is_no_command_gets_the_list() -> None:
    done = run("surve")
    assert done.returncode == 2
    assert "There is no 'surve'" in done.stderr and "serve" in done.stderr


def test_logs_say_where_and_what_kind_never_who() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutPersonalData())
    framework, ours = logging.getLogger("django.request"), logging.getLogger("alongside.trial")
    for logger in (framework, ours):
        logger.addHandler(handler)
        logger.propagate = False
    try:
        framework.warning("Not Found: %s", "/people/find/?name=Nightingale")
        try:
            try:
                int("Nightingale")
            except ValueError as cause:
                raise LookupError("Nightingale's record") from cause
        except LookupError:
            ours.exception("task failed %d times", 3)
    finally:
        for logger in (framework, ours):
            logger.removeHandler(handler)
            logger.propagate = True
    text = written.getvalue()
    assert "Nightingale" not in text
    assert "task failed 3 times" in text and "LookupError" in text and "ValueError" in text and "test_start.py" in text
