"""The embedded database comes back from whatever was done to it, and never believes a process id."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from alongside.cli.postgres.cluster import Cluster
from alongside.cli.postgres.home import SetupProblem
from alongside.cli.postgres.passwords import SecretsFile

SHORT_STEP = (
    "import sys, time; from pathlib import Path; from alongside.cli.postgres.cluster import Cluster\n"
    "with Cluster(Path(sys.argv[1])).in_use():\n    print('in', flush=True); time.sleep(float(sys.argv[2]))"
)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A home that the database account can reach as root too; pytest's own temporary folders are private."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-faults-"))
    folder.chmod(0o711)
    yield folder / "home"
    Cluster(folder / "home").stop("immediate")
    shutil.rmtree(folder)


@pytest.fixture
def cluster(place: Path) -> Iterator[Cluster]:
    cluster = Cluster(place)
    yield cluster
    cluster.leave()
    cluster.stays = False
    cluster.stop("immediate")


def server_processes(cluster: Cluster) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.readlink(entry / "cwd") == str(cluster.data):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def kill_everything(cluster: Cluster) -> None:
    for process in server_processes(cluster):
        with contextlib.suppress(ProcessLookupError):  # a child that ended meanwhile, because its parent did
            os.kill(process, signal.SIGKILL)
    while cluster.running():
        time.sleep(0.01)


def note(cluster: Cluster, text: str) -> None:
    with psycopg.connect(cluster.address) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (said text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def notes(cluster: Cluster) -> list[str]:
    with psycopg.connect(cluster.address) as connection:
        return [said for (said,) in connection.execute("SELECT said FROM note")]


def test_what_was_acknowledged_survives_kill_9_of_everything(cluster: Cluster) -> None:
    for turn in range(5):
        with cluster.in_use():
            note(cluster, f"turn {turn}")
            kill_everything(cluster)  # its first process is our unreaped child now: a zombie bearing the number in its pid file
            with Cluster(cluster.home).in_use():
                assert f"turn {turn}" in notes(cluster)


def test_one_that_was_killed_comes_back_while_somebody_who_uses_it_looks_after_it(cluster: Cluster) -> None:
    with cluster.in_use():
        note(cluster, "before")
        kill_everything(cluster)
        for _ in range(2):
            cluster.keep_up()
            assert "before" in notes(cluster)


@pytest.mark.parametrize("bearer", ["this process", "the first process", "a zombie"])
def test_a_pid_file_that_names_somebody_else_is_not_believed(cluster: Cluster, bearer: str) -> None:
    with cluster.in_use():
        note(cluster, "kept")
        kill_everything(cluster)
    zombie = subprocess.Popen(["true"])
    time.sleep(0.1)
    number = {"this process": os.getppid(), "the first process": 1, "a zombie": zombie.pid}[bearer]
    for stale in (cluster.data / "postmaster.pid", *cluster.sockets.glob(".s.PGSQL.*.lock")):
        lines = stale.read_text().splitlines()
        stale.write_text("\n".join([str(number), *lines[1:]]) + "\n")
    with cluster.in_use():
        assert "kept" in notes(cluster)
    zombie.wait()


def test_a_warm_start_takes_less_than_a_second(cluster: Cluster) -> None:
    with cluster.in_use():
        pass
    took = []
    for _ in range(3):
        began = time.perf_counter()
        cluster.enter()
        took.append(time.perf_counter() - began)
        cluster.leave()
    assert min(took) < 1


def test_ten_starters_at_once_share_one_server(cluster: Cluster) -> None:
    with cluster.in_use():
        pass
    starters = [subprocess.Popen([sys.executable, "-c", SHORT_STEP, str(cluster.home), "1"], stdout=subprocess.PIPE) for _ in range(10)]
    for starter in starters:
        assert starter.communicate(timeout=60)[0] == b"in\n"
        assert starter.returncode == 0
    assert not cluster.running()


def test_the_last_one_out_stops_it_and_nobody_earlier(cluster: Cluster) -> None:
    with cluster.in_use():
        subprocess.run([sys.executable, "-c", SHORT_STEP, str(cluster.home), "0"], check=True, stdout=subprocess.DEVNULL)
        assert cluster.running()
    assert not cluster.running()


def test_one_that_was_asked_to_stay_stays(cluster: Cluster) -> None:
    with cluster.in_use():
        cluster.stays = True
    assert cluster.running()
    cluster.stays = False
    with cluster.in_use():
        pass
    assert not cluster.running()


def test_it_listens_to_nobody_else(cluster: Cluster) -> None:
    with cluster.in_use():
        with psycopg.connect(cluster.address) as connection:
            assert connection.execute("SELECT current_setting('listen_addresses')").fetchone() == ("",)
            methods = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
            assert methods == [("scram-sha-256",)]
        assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700
        assert stat.S_IMODE((cluster.home / "secrets.json").stat().st_mode) == 0o600
        assert cluster.data.stat().st_uid != 0
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(cluster.address, password="wrong")


def test_what_was_wrong_in_a_statement_is_not_written_down(cluster: Cluster) -> None:
    with cluster.in_use(), psycopg.connect(cluster.address, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS once (name text PRIMARY KEY)")
        connection.execute("INSERT INTO once VALUES ('Canary Nightingale') ON CONFLICT DO NOTHING")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO once VALUES ('Canary Nightingale')")
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT 'Canary Nightingale'::int")
    assert "Nightingale" not in cluster.log.read_text()


def test_secrets_that_others_can_read_are_refused(place: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    SecretsFile(folder).ensure("anything")
    (folder / "secrets.json").chmod(0o644)
    with pytest.raises(SetupProblem, match="read by others"):
        SecretsFile(folder).read()
    shutil.rmtree(folder)


def test_a_long_path_gets_its_socket_elsewhere_in_private(place: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="alongside-faults-"))
    folder.chmod(0o711)
    deep = folder / ("a-rather-long-name-for-a-folder" * 3)
    cluster = Cluster(deep)
    with cluster.in_use():
        assert cluster.sockets != cluster.data and stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
        note(cluster, "deep")
        assert notes(cluster) == ["deep"]
    shutil.rmtree(cluster.sockets)
    shutil.rmtree(folder)
