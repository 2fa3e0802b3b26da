"""Processes that end together: no child outlives whoever started it, however that one ended."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

_PR_SET_PDEATHSIG = 1
GRACE = 10.0


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent dies, even by SIGKILL. Linux only; elsewhere a killed parent leaves children behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


class Family:
    """Child processes of one supervisor, writing to one log."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str, environment: Mapping[str, str]) -> None:
        parent = os.getpid()

        def bound() -> None:
            die_with_parent()
            if os.getppid() != parent:  # died between fork and the line above
                os._exit(1)

        with self.log.open("a") as log:
            self.children[name] = subprocess.Popen(
                command,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops its children in order
                preexec_fn=bound,
            )

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    def ended(self) -> str | None:
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """Ask each to finish; after a grace, end what is left, with everything it started."""
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
