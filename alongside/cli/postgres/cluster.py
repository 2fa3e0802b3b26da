"""Starts and stops one PostgreSQL server over any directory of binaries.

Two locks hold it together. The server inherits an open, locked file (`server.lock`) and hands it to every process it forks, so that
lock is free exactly when no process of the server is left: no process id is ever believed, zombies and recycled ids cannot lie.
Everybody who uses the server holds `users.lock` together; whoever leaves last stops it, unless it was asked to stay.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.binaries import find_binaries
from alongside.cli.postgres.home import SetupProblem, database_account, make_home
from alongside.cli.postgres.passwords import SecretsFile

ADMINISTRATOR = "postgres"
PORT = 5432  # only names the socket's file: the embedded server does not listen on the network
LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes
PATIENCE = 60.0


class Cluster:
    """One data directory, its server and its administrator."""

    def __init__(self, home: Path) -> None:
        self.account = database_account()
        self.home = home
        self.data = home / "postgres"
        self.log = self.data / "server.log"
        self._users: IO[str] | None = None
        self._server: subprocess.Popen[bytes] | None = None

    # -- what callers use ------------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def in_use(self) -> Iterator["Cluster"]:
        """Have the server running inside this block; stop it afterwards if nobody else uses it and it was not asked to stay."""
        self.enter()
        try:
            yield self
        finally:
            self.leave()

    def enter(self) -> None:
        make_home(self.home)
        with self._turn():
            self._users = _open_private(self.home / "users.lock")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._start()

    def keep_up(self) -> None:
        """Whoever has entered may see to it that a server that was killed comes back; what was acknowledged is still there."""
        if self._users is not None and not self.running():
            if self._server is not None:
                self._server.wait()  # nothing of it is alive, as its lock says: it is nobody's zombie
            with self._turn():
                self._start()

    def leave(self) -> None:
        if self._users is None:
            return
        with self._turn():
            if not self.stays and _try_lock(self._users):
                self.stop()
            self._users.close()
            self._users = None
        if self._server is not None and self._server.poll() is None:
            self._server.returncode = 0  # it outlives us by design: whoever leaves last will stop it

    @property
    def stays(self) -> bool:
        return (self.home / "stay").exists()

    @stays.setter
    def stays(self, wish: bool) -> None:
        if wish:
            (self.home / "stay").touch()
        else:
            (self.home / "stay").unlink(missing_ok=True)

    @property
    def sockets(self) -> Path:
        """In the private data directory where that path is short enough for a socket, else in a private directory of its own."""
        if len(f"{self.data}/.s.PGSQL.{PORT}.lock") <= LONGEST_SOCKET_PATH:
            return self.data
        return Path(tempfile.gettempdir()) / f"alongside-{os.geteuid()}-{zlib.crc32(str(self.data).encode()):08x}"

    @property
    def address(self) -> str:
        """How the administrator connects. Superuser: for setting up roles and databases only, never for serving."""
        password = SecretsFile(self.home).read().get(ADMINISTRATOR, "")
        return make_conninfo(host=str(self.sockets), port=PORT, user=ADMINISTRATOR, password=password, dbname="postgres")

    def running(self) -> bool:
        """Whether any process of the server is alive."""
        try:
            with _open_private(self.home / "server.lock") as lock:
                return not _try_lock(lock)
        except FileNotFoundError:
            return False

    def stop(self, mode: str = "fast") -> None:
        """Stop the server and wait until every process of it is gone."""
        if self.running():
            self._run("pg_ctl", "stop", "-D", self.data, "-m", mode, "-w", "-t", int(PATIENCE), check=False)
            self._wait_until_gone()

    # -- starting --------------------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """One starter or stopper at a time; the others find it done."""
        with _open_private(self.home / "turn.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        with _open_private(self.home / "server.lock") as lock:
            deadline = time.monotonic() + PATIENCE
            while not _try_lock(lock):
                if self._ready():
                    return
                if time.monotonic() > deadline:
                    raise SetupProblem(f"A database server over {self.data} is alive but does not answer. Its log: {self.log}")
                time.sleep(0.02)  # left-over processes of a killed server go by themselves once they notice
            self._initialise()
            self._adopt_stale_files()
            self._write_configuration()
            with self.log.open("a") as log:
                self.account.give(self.log)
                self._server = subprocess.Popen(  # type: ignore[call-overload]
                    [str(self._binaries / "postgres"), "-D", str(self.data)],
                    cwd="/", env=_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    pass_fds=[lock.fileno()], start_new_session=True, **self.account.popen_options(),
                )
            while not self._ready():
                if self._server.poll() is not None or time.monotonic() > deadline:
                    raise SetupProblem(f"The database server did not start. The end of {self.log}:\n{self._log_tail()}")
                time.sleep(0.01)

    def _ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _initialise(self) -> None:
        if self.data.exists():
            return
        draft = self.home / "postgres.new"  # renamed when complete, so that a killed first start leaves nothing half-made behind
        shutil.rmtree(draft, ignore_errors=True)
        self._private(draft)
        password = SecretsFile(self.home).ensure(ADMINISTRATOR)[ADMINISTRATOR]
        given = draft.with_suffix(".password")
        given.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(given, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(password + "\n")
            self.account.give(given)
            self._run(
                "initdb", "-D", draft, "-U", ADMINISTRATOR, "--pwfile", given, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "-k"
            )
        finally:
            given.unlink(missing_ok=True)
        with (draft / "postgresql.conf").open("a") as main:
            main.write("include 'alongside.conf'\n")
        draft.rename(self.data)

    def _adopt_stale_files(self) -> None:
        """A killed server leaves files naming its process, whose number a zombie or a stranger may bear now. The lock says that nothing
        of it is alive; PostgreSQL treats a file that names its own parent as stale and still checks its shared memory: so name us."""
        self._private(self.sockets)
        for stale in (self.data / "postmaster.pid", self.sockets / f".s.PGSQL.{PORT}.lock"):
            if stale.exists():
                lines = stale.read_text().splitlines() or [""]
                stale.write_text("\n".join([str(os.getpid()), *lines[1:7]]) + "\n")

    def _private(self, folder: Path) -> None:
        """A directory nobody but the database account may enter; one that somebody else put there is refused."""
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            self.account.give(folder)
        found = folder.lstat()
        owner = os.geteuid() if self.account.uid is None else self.account.uid
        if found.st_uid != owner or folder.is_symlink():
            raise SetupProblem(f"{folder} belongs to another account; the database cannot live there.")
        folder.chmod(0o700)

    def _write_configuration(self) -> None:
        path = self.data / "alongside.conf"
        settings = configuration(self.sockets)
        path.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
        self.account.give(path)

    # -- plumbing --------------------------------------------------------------------------------------------------------------------

    @property
    def _binaries(self) -> Path:
        return find_binaries(self.account)

    def _run(self, program: str, *arguments: object, check: bool = True) -> None:
        done = subprocess.run(  # type: ignore[call-overload]
            [str(self._binaries / program), *map(str, arguments)],
            cwd="/", env=_environment(), check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            **self.account.popen_options(),
        )
        if check and done.returncode:
            raise SetupProblem(f"{program} failed:\n{done.stdout.strip()}")

    def _wait_until_gone(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.running():
            if time.monotonic() > deadline:
                raise SetupProblem(f"The database server over {self.data} does not stop. Its log: {self.log}")
            time.sleep(0.02)

    def _log_tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def configuration(sockets: Path) -> dict[str, str]:
    """The server's settings: safe first (nothing is acknowledged before it is on disk, nothing personal is logged), then quick."""
    memory = _memory_in_megabytes()
    return {
        "listen_addresses": "''",
        "port": str(PORT),
        "unix_socket_directories": f"'{sockets}'",
        "unix_socket_permissions": "0700",
        "password_encryption": "'scram-sha-256'",
        "max_connections": "200",
        "shared_buffers": f"{max(128, min(memory // 4, 4096))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{max(64, min(memory // 16, 1024))}MB",
        "random_page_cost": "1.1",
        "effective_io_concurrency": "64",
        "jit": "off",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "wal_compression": "off",  # this build has pglz only, which takes longer than the writing that it saves
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "checkpoint_completion_target": "0.9",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "log_min_messages": "log",  # an error's text quotes what was typed; whoever caused it is told, the log is not
        "log_min_error_statement": "panic",  # and a failed statement carries people's data
        "log_error_verbosity": "terse",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_statement": "'none'",
        "log_min_duration_statement": "-1",
    }


def _memory_in_megabytes() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):  # "max" where a container has no limit
        memory = min(memory, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return memory // 2**20


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _open_private(path: Path) -> IO[str]:
    return open(path, "a", opener=lambda name, flags: os.open(name, flags, 0o600))


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
