"""The lock files hold what pyproject.toml asks for, each version with its hashes, and name no place to get it from."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
BASE = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
WANTED = {"base": BASE, "demo": BASE + EXTRAS["demo"], "dev": BASE + EXTRAS["demo"] + EXTRAS["parquet"] + PROJECT["dependency-groups"]["dev"]}


def locked(name: str) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE):
        held.setdefault(canonicalize_name(package), set()).add(version)
    return held


@pytest.mark.parametrize("name", WANTED)
def test_the_lock_holds_what_is_asked_for(name: str) -> None:
    held = locked(name)
    missing = [
        text for text in WANTED[name] for wish in [Requirement(text)]
        if not any(wish.specifier.contains(version) for version in held.get(canonicalize_name(wish.name), ()))
    ]
    assert missing == [], "run bin/lock"


@pytest.mark.parametrize("name", WANTED)
def test_every_version_has_its_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert all("--hash=sha256:" in block for block in re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE) if block.strip())


def test_tools_for_developers_stay_out_of_the_demo() -> None:
    assert not locked("demo").keys() & {"pytest", "playwright", "mypy", "ruff", "pyarrow", "django-guardian"}


def test_nothing_says_where_packages_come_from() -> None:
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    places = re.compile(rb"--index-url|--extra-index-url|files\.pythonhosted|pypi\.org/simple|registry\.npmjs")
    named = [name for name in files if name and name != "tests/repository/test_locks.py" and (ROOT / name).is_file() and places.search((ROOT / name).read_bytes())]
    assert named == []
