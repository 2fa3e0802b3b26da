"""A place of one's own to break: a database server, a web server and a worker that nobody else uses, so that a test may kill any of them."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.cluster import Cluster
from alongside.cli.postgres.home import make_home
from alongside.cli.processes import Family
from tests.site import _free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class OwnPlace:
    """`kill("web" | "worker" | "database")` is a power cut; `start(...)` what a service manager does next. A second of a kind is called web-2 or worker-2."""

    def __init__(self, *, mode: str = "demo", database: str = "alongside", within: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="alongside-place-", dir=within))
        self.folder.chmod(0o711)
        self.home = self.folder / "home"
        self.family = Family(self.folder / "log")
        self.ports = {"web": _free_port(), "web-2": _free_port()}
        self.url = f"http://127.0.0.1:{self.port}"
        self.started: dict[str, float] = {}
        self.database_name = database
        self.environment = {
            "ALONGSIDE_HOME": str(self.home), "ALONGSIDE_STATIC": str(self.folder / "static"), "ALONGSIDE_DATABASE": database, "ALONGSIDE_MODE": mode, "ALONGSIDE_ORIGIN": self.url, "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        }
        self.cluster = Cluster(self.home)

    @property
    def port(self) -> int:
        return self.ports["web"]

    def run(self, *command: str) -> str:
        """One command of the product, to its end."""
        done = subprocess.run([sys.executable, "-m", "alongside", *command], env=self._environment(), cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"alongside {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self, what: str) -> None:
        if what == "database":
            self.cluster.leave()  # what is left of the killed one
            self.cluster = Cluster(make_home(self.home))
            self.cluster.enter()
            self.cluster.stays = True
            return
        command = ["serve", "--port", str(self.ports[what]), "--workers", "1", "--threads", "8"] if what in self.ports else ["worker"]
        self.started[what] = time.monotonic()
        former = {name: os.environ.pop(name, None) for name in ("ALONGSIDE_ROLE", "DATABASE_URL")}
        self.family.start(what, sys.executable, "-m", "alongside", *command, environment=self.environment)
        os.environ |= {name: value for name, value in former.items() if value is not None}

    def kill(self, what: str) -> None:
        """No goodbye, for it and for whatever it started."""
        if what == "database":
            processes = self._server_processes()
            for process in processes:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            while set(processes) & set(self._server_processes()):  # a web server that starts meanwhile may have started another already
                time.sleep(0.005)
            return
        child = self.family.children.pop(what)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def running(self, what: str) -> bool:
        child = self.family.children.get(what)
        return child is not None and child.poll() is None

    def keep_up(self) -> None:
        """What ended because something else was killed is started again, as a service manager would."""
        for what in [*self.family.children]:
            if not self.running(what):
                self.kill(what)
                self.start(what)

    def answers(self, what: str) -> bool:
        """Whether a web server serves a page now; whether a worker has had time to come up."""
        if what not in self.ports:
            return self.running(what) and time.monotonic() - self.started[what] > 2.5
        line = http.client.HTTPConnection("127.0.0.1", self.ports[what], timeout=5)
        try:
            line.request("GET", "/rulebook/")
            return line.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def connect(self) -> psycopg.Connection:
        """As the administrator, who sees past every wall: for looking, and for moving time."""
        return psycopg.connect(make_conninfo(self.cluster.address, dbname=self.database_name), autocommit=True)

    def ask(self, question: str, *values: object) -> list[tuple]:
        with self.connect() as connection:
            cursor = connection.execute(question, values)
            return cursor.fetchall() if cursor.description else []

    def wait_until(self, question: str, *values: object, patience: float = PATIENCE) -> None:
        """Until the database answers yes."""
        deadline = time.monotonic() + patience
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                if self.ask(question, *values)[0][0]:
                    return
            if time.monotonic() > deadline:
                raise TimeoutError(f"Still not so: {question} {values}. Last words:\n{self.family.last_words()}")
            time.sleep(0.05)

    def move_time(self, hours: float) -> None:
        """As though so many hours had passed: whatever is owed was owed that much earlier. The database's clock itself is nobody's to move."""
        with self.connect() as connection:
            connection.execute(f"SET app.hours = '{hours}'")
            connection.execute("""
                UPDATE share SET sent_at = sent_at - h, half_at = half_at - h, due_at = due_at - h, next_step_at = next_step_at - h FROM (SELECT current_setting('app.hours')::numeric * interval '1 hour' AS h) x;
                UPDATE delivery SET created_at = created_at - h, next_attempt_at = next_attempt_at - h FROM (SELECT current_setting('app.hours')::numeric * interval '1 hour' AS h) x;
            """)

    def pass_time_until(self, question: str, *values: object, patience: float = PATIENCE) -> None:
        """An hour every two seconds, until the database answers yes: a rest that began a moment ago is over as well."""
        deadline = time.monotonic() + patience
        while not self.ask(question, *values)[0][0]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"Still not so after many hours: {question} {values}. Last words:\n{self.family.last_words()}")
            self.move_time(1)
            time.sleep(2)

    def stop(self) -> None:
        self.family.stop()
        self.cluster.stays = False
        self.cluster.leave()
        self.cluster.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name not in ("ALONGSIDE_ROLE", "DATABASE_URL")} | self.environment

    def _server_processes(self) -> list[int]:
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if os.readlink(entry / "cwd") == str(self.cluster.data):
                        found.append(int(entry.name))
        return found


@contextlib.contextmanager
def own_place(*, mode: str = "demo", within: Path | None = None) -> Iterator[OwnPlace]:
    """With its tables, and in demo mode with the people of Tarnside; the database runs, web and worker do not yet."""
    place = OwnPlace(mode=mode, within=within)
    try:
        place.start("database")
        place.run("migrate")
        if mode == "demo":
            place.run("demo")
            subprocess.run([sys.executable, "-m", "django", "collectstatic", "--no-input", "-v0"], env=place._environment(), cwd=ROOT, check=True)
        yield place
    finally:
        place.stop()
