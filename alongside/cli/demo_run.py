"""What bin/demo runs: the whole product on this machine, for looking at. Whatever it starts, ends with it."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click

from alongside.cli.postgres.cluster import Cluster
from alongside.cli.postgres.home import SetupProblem, home, make_home
from alongside.cli.processes import Family

FIRST_PORT, LAST_PORT = 8000, 8099
PATIENCE = 60.0


@click.command()
@click.option("--fresh", is_flag=True, help="Forget the demo's data and start over.")
@click.option("--port", type=click.IntRange(1024, 65535), help=f"Default: the first free one from {FIRST_PORT}.")
@click.option("--bind", default="127.0.0.1", hidden=True)
@click.option("--no-people", is_flag=True, hidden=True, help="Leave the database empty.")
def demo_run(fresh: bool, port: int | None, bind: str, no_people: bool) -> None:
    """See Alongside work: an invented district, its agencies, a family and its story. Ctrl-C stops everything."""
    from alongside.cli.start_checks import is_loopback

    started = time.monotonic()
    if not is_loopback(bind):
        raise SetupProblem(f"The demo signs anybody in as anybody, so it listens on this machine only, not on {bind}.")
    os.environ |= {"ALONGSIDE_MODE": "demo", "DJANGO_SETTINGS_MODULE": "alongside.config.settings", "ALONGSIDE_BIND": bind}
    place = make_home(home())
    click.secho("Alongside: a demonstration with invented people. Not for real records.", bold=True)
    with _only_one(place), _stoppable() as stopped:
        if fresh:
            _forget(place)
        port = _free_port(bind, port)
        address = f"http://{bind}:{port}/"
        os.environ |= {"ALONGSIDE_ORIGIN": address.rstrip("/"), "ALONGSIDE_PORT": str(port)}
        cluster, family = Cluster(place), Family(place / "demo.log")
        try:
            with _step("database"):
                cluster.enter()
            _prepare(no_people)
            with _step("web server and worker"):
                family.log.write_text("")
                for name, command in {"web server": "serve", "worker": "worker"}.items():
                    family.start(name, sys.executable, "-m", "alongside", command, environment={})
                _wait_until_it_answers(address, family, stopped)
            _greet(address, time.monotonic() - started)
            while not stopped.wait(0.2):
                cluster.keep_up()
                if ended := family.ended():
                    raise SetupProblem(f"The {ended} ended by itself. Its last words:\n{family.last_words()}")
        finally:
            family.stop()
            cluster.leave()
    click.echo("Stopped. The data are kept: bin/demo goes on from here, bin/demo --fresh starts over.")


def _prepare(no_people: bool) -> None:
    from alongside.cli.migrate import migrate

    with _step("tables and row security"):
        migrate()
    with _step("style sheets and pictures"):
        from django.core.management import call_command
        from django.db import connections

        call_command("collectstatic", interactive=False, verbosity=0)
        connections.close_all()
    del os.environ["ALONGSIDE_ROLE"]  # from here on nobody acts as the owner of the tables
    if not no_people:
        click.echo("  invented people ...")
        if subprocess.run([sys.executable, "-m", "alongside", "demo"], check=False).returncode:
            raise SetupProblem("The invented people could not be made; what happened is above.")


def _greet(address: str, seconds: float) -> None:
    click.echo(f"Ready after {seconds:.0f} s. Open {click.style(address, bold=True)} and sign in with one click as:")
    from alongside.cli.demo import CAST

    for name, title in CAST:
        click.echo(f"  {name}, {title}")
    click.echo("Ctrl-C stops everything.")


@contextlib.contextmanager
def _step(what: str) -> Iterator[None]:
    click.echo(f"  {what} ... ", nl=False)
    began = time.monotonic()
    yield
    click.echo(f"{time.monotonic() - began:.1f} s")


@contextlib.contextmanager
def _only_one(place: Path) -> Iterator[None]:
    with (place / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SetupProblem("This demo is running already. Stop it with Ctrl-C where it was started.") from None
        yield


@contextlib.contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """Ctrl-C, a closed terminal and a polite kill all stop it in order."""
    stopped = threading.Event()

    def stop(number: int, frame: object) -> None:
        if not stopped.is_set():
            stopped.set()
            raise KeyboardInterrupt

    former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield stopped
    except KeyboardInterrupt:
        click.echo()
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _forget(place: Path) -> None:
    with _step("forgetting the former demo"):
        Cluster(place).stop("immediate")
        for name in ("postgres", "mail", "files", "ledger"):
            shutil.rmtree(place / name, ignore_errors=True)
        (place / "secrets.json").unlink(missing_ok=True)


def _free_port(bind: str, wanted: int | None) -> int:
    for port in [wanted] if wanted else range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((bind, port))
            except OSError:
                continue
            return port
    raise SetupProblem(f"Port {wanted} is taken. Choose another with --port." if wanted else f"Ports {FIRST_PORT} to {LAST_PORT} are all taken.")


def _wait_until_it_answers(address: str, family: Family, stopped: threading.Event) -> None:
    deadline = time.monotonic() + PATIENCE
    while not stopped.is_set():
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
            raise SetupProblem(f"{address} answers with an error ({answer.code}). Last words:\n{family.last_words()}") from None
        except OSError:
            if name := family.ended():
                raise SetupProblem(f"The {name} did not start. Its last words:\n{family.last_words()}") from None
            if time.monotonic() > deadline:
                raise SetupProblem(f"Nothing answers at {address}. Last words:\n{family.last_words()}") from None
            time.sleep(0.05)
        else:
            return


def main() -> None:
    try:
        demo_run(prog_name="bin/demo")
    except SetupProblem as problem:
        click.echo(f"\nbin/demo: {problem}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
