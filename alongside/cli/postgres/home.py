"""Where this installation keeps its data, and the unprivileged account that owns the database files when we are root."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PACKAGE_PARENT = Path(__file__).resolve().parents[3]
SYSTEM_DATA = Path("/var/lib")
ACCOUNT_NAME = "alongside"


class SetupProblem(Exception):
    """Something the operator has to put right; the message says what."""


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system account the database server runs as; `None` ids mean: the one we already are."""

    uid: int | None = None
    gid: int | None = None

    def popen_options(self) -> dict[str, object]:
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, test: str, path: Path) -> bool:
        """Ask as that account (`-x`, `-r`, `-d`): permission bits alone do not tell what its parents allow."""
        return subprocess.run(["test", test, str(path)], cwd="/", check=False, **self.popen_options()).returncode == 0  # type: ignore[call-overload, no-any-return]

    def give(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def database_account() -> Account:
    """PostgreSQL refuses to run as root, so as root the server gets a system account of its own: no home, no shell, no password."""
    if os.geteuid() != 0:
        return Account()
    try:
        entry = pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        useradd = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if useradd is None:
            raise SetupProblem(
                f"The database server must not run as root and there is no useradd to make an account for it.\n"
                f"Make a system account named '{ACCOUNT_NAME}', or start as an ordinary user."
            ) from None
        subprocess.run(
            [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNT_NAME],
            check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # two starters may both try: what counts is that the account is there afterwards
        try:
            entry = pwd.getpwnam(ACCOUNT_NAME)
        except KeyError:
            raise SetupProblem(f"Could not make the system account '{ACCOUNT_NAME}' for the database server.") from None
    return Account(entry.pw_uid, entry.pw_gid)


def home() -> Path:
    """The directory of this installation's data: `ALONGSIDE_HOME`, else `.alongside` in the clone, else the user's data directory.

    As root the database account must be able to reach it. Where the clone lies under a private directory (`/root`, say) we do not
    widen anybody's permissions: the data go to `/var/lib` instead, in a directory named after the clone.
    """
    named = os.environ.get("ALONGSIDE_HOME")
    if named:
        return Path(named).expanduser().resolve()
    is_clone = (PACKAGE_PARENT / "pyproject.toml").exists()
    if os.geteuid() == 0:
        if is_clone and database_account().can("-x", PACKAGE_PARENT):
            return PACKAGE_PARENT / ".alongside"
        mark = hashlib.sha256(str(PACKAGE_PARENT).encode()).hexdigest()[:8]
        return SYSTEM_DATA / f"alongside-{mark}"
    if is_clone:
        return PACKAGE_PARENT / ".alongside"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share").expanduser() / "alongside"


def make_home(place: Path) -> Path:
    """Make it private: ours alone, or (as root) passable but not listable, so that the database account reaches its own part."""
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return place
