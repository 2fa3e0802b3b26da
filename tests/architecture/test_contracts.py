"""Each contract of the house holds, and each one bites: an offence planted in a copy of the sources must be found."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent
CONTRACT_FILES = (".importlinter", "sgconfig.yml", "pyproject.toml", "contracts")


def run(program: str, *arguments: str, where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SCRIPTS / program), *arguments], cwd=where, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(where)}
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copied(tmp_path)


def copied(to: Path) -> Path:
    """The sources as they are, to plant an offence in."""
    shutil.copytree(ROOT / "alongside", to / "alongside", ignore=shutil.ignore_patterns("__pycache__", "tests", "static", "golden"))
    for name in CONTRACT_FILES:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, to / name)
    return to


IMPORT_OFFENCES = [
    ("people/queries_of_records.py", "from alongside.records import facts", "A storey imports only from storeys below it"),
    ("common/peek.py", "import alongside.agencies.facts", "A storey imports only from storeys below it"),
    ("stray_package/__init__.py", "", "A storey imports only from storeys below it"),
    ("records/queries/writes.py", "from alongside.records.actions import add_entry", "A room sees only rooms above it"),
    ("records/rules/asks_the_database.py", "from django.db import connection", "Facts and rules know neither framework nor database nor clock"),
    ("people/rules/asks_the_time.py", "from alongside.common.clock import now", "Facts and rules know neither framework nor database nor clock"),
    ("web/sign_in/shortcut.py", "from alongside.records.models import Entry", "Pages and files reach data through actions and queries only"),
]


def test_the_sources_keep_the_import_contracts() -> None:
    done = run("lint-imports", where=ROOT)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of a copy with every offence in it, under the name of each contract that it breaks."""
    where = copied(tmp_path_factory.mktemp("planted"))
    for path, line, _ in IMPORT_OFFENCES:
        planted = where / "alongside" / path
        planted.parent.mkdir(exist_ok=True)
        planted.write_text(line + "\n")
    done = run("lint-imports", "--no-cache", where=where)
    assert done.returncode != 0
    _, *told = re.split(r"^(.+)\n-+\n", done.stdout.partition("Broken contracts")[2].partition("\n\n")[2], flags=re.M)
    return {name: words for name, words in zip(told[::2], told[1::2], strict=True) if f"{name} BROKEN" in done.stdout}


@pytest.mark.parametrize(("path", "line", "contract"), IMPORT_OFFENCES)
def test_a_planted_import_is_found(found: dict[str, str], path: str, line: str, contract: str) -> None:
    assert path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2] in found[contract]


def test_contracts_are_told_of_every_package_they_are_about() -> None:
    """Some packages are still to come; when one comes, its contract must name it."""
    contracts = (ROOT / ".importlinter").read_text()
    for package in ("interop", "commissioning"):
        if (ROOT / "alongside" / package).exists():
            assert f"    alongside.{package}\n" in contracts


SOURCE_OFFENCES = [
    ("records/own_access.py", "from alongside.common.access import Access\nmine = Access(person_id=1)\n", "forged-access"),
    ("records/widened.py", "from dataclasses import replace\nwider = replace(access, categories=everything)\n", "forged-access"),
    ("records/quiet.py", "try:\n    work()\nexcept Exception:\n    pass\n", "swallowed-fault"),
    ("records/quieter.py", "try:\n    work()\nexcept:\n    pass\n", "swallowed-fault"),
    ("records/lasting.py", "QUERY = \"SELECT set_config('app.token', %s, false)\"\n", "session-setting"),
]


def test_the_sources_keep_the_written_contracts() -> None:
    done = run("ast-grep", "scan", where=ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("path", "text", "contract"), SOURCE_OFFENCES)
def test_a_planted_line_is_found(copy: Path, path: str, text: str, contract: str) -> None:
    (copy / "alongside" / path).write_text(text)
    done = run("ast-grep", "scan", "--report-style", "short", where=copy)
    assert done.returncode != 0
    assert f"{path}:" in done.stdout and f"[{contract}]" in done.stdout


@pytest.mark.parametrize(
    "line", ["from datetime import datetime\nnow = datetime.now()\n", "import time\nnow = time.time()\n", "from django.utils import timezone\nnow = timezone.now()\n"]
)
def test_asking_the_time_outside_the_clock_is_found(copy: Path, line: str) -> None:
    (copy / "alongside/records/impatient.py").write_text(line)
    done = run("ruff", "check", "--no-cache", "alongside/records/impatient.py", where=copy)
    assert "TID251" in done.stdout


def test_every_folder_of_code_is_a_package_that_the_contracts_see() -> None:
    """A folder without __init__.py is invisible to the import contracts."""
    package = ROOT / "alongside"
    folders = {folder for path in package.rglob("*.py") for folder in path.relative_to(ROOT).parents if folder.parts}
    assert sorted(str(folder) for folder in folders if not (ROOT / folder / "__init__.py").exists()) == []
