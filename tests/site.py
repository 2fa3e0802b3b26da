"""The product as real processes on a port of its own: for browsers, and for killing."""

import os
import signal
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from alongside.cli.processes import Family

PATIENCE = 30.0


class Site:
    """A web server and, if asked, a worker over one database. `web` and `worker` are process ids, so that a test may kill them."""

    def __init__(self, database: str, *, mode: str = "test", workers: int = 1, threads: int = 4, worker: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="alongside-site-"))
        self.family = Family(self.folder / "log")
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "ALONGSIDE_DATABASE": database,
            "ALONGSIDE_MODE": mode,
            "ALONGSIDE_ORIGIN": self.url,
            "ALONGSIDE_ROLE": "",
        }
        self._serve = ["serve", "--port", str(self.port), "--workers", str(workers), "--threads", str(threads)]
        self.start_web()
        if worker:
            self.start_worker()

    def start_web(self) -> None:
        self._start("web", *self._serve)
        self.wait_until_it_answers()

    def start_worker(self) -> None:
        self._start("worker", "worker")

    def _start(self, name: str, *command: str) -> None:
        former = os.environ.pop("ALONGSIDE_ROLE", None)
        environment = {name: value for name, value in self.environment.items() if value}
        self.family.start(name, sys.executable, "-m", "alongside", *command, environment=environment)
        if former is not None:
            os.environ["ALONGSIDE_ROLE"] = former

    def kill(self, name: str) -> None:
        """As a power cut would: no goodbye. What it started goes with it, because the kernel was asked to see to that."""
        child = self.family.children.pop(name)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()

    @property
    def log(self) -> str:
        return self.family.log.read_text(errors="replace")

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(self.url + "/", timeout=5).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                if time.monotonic() > deadline or self.family.children["web"].poll() is not None:
                    raise RuntimeError(f"The web server does not answer. Its last words:\n{self.family.last_words()}") from None
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        self.family.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
