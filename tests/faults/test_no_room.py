"""No connection left, no room on the disk, a partner that answers a byte a second: plain words, nothing typed is lost, and it goes on by itself when there is room again."""

import contextlib
import secrets
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.own_place import OwnPlace, own_place
from tests.faults.partner_system import PartnerSystem
from tests.faults.test_nothing_lost import everything_has_arrived_once, ids, nothing_is_half_done
from tests.faults.writers import Writer

pytestmark = pytest.mark.slow
ROOM = "600m"
FEW, MANY = 8, 3_000


@pytest.fixture(scope="module")
def place() -> Iterator[OwnPlace]:
    with small_disk() as folder, own_place(within=folder) as place:
        place.start("web")
        place.start("worker")
        yield place


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of its own, that a test may fill. Only whoever may mount one can run this."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-disk-"))
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=711", "tmpfs", folder], capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


def writer(place: OwnPlace) -> Writer:
    people, accounts = ids(place)
    made = Writer([place.port], str(accounts["amina"]), people["noah"], ["visit"], threading.Event())
    made.write(str(uuid.uuid4()))
    assert made.acknowledged, made.surprises
    return made


def test_where_no_connection_is_left_it_says_so_keeps_the_text_and_goes_on_when_there_is_one(place: OwnPlace) -> None:
    amina, key = writer(place), str(uuid.uuid4())
    form = amina.filled(key, "visit")
    place.ask("ALTER ROLE alongside_app CONNECTION LIMIT 0")
    place.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'alongside_app'")
    try:
        status, _, page = amina.post(f"/people/{amina.person_id}/entries/add/", form)
        assert status == 503
        assert form["account"] in page and "send it again" in page
        assert "too many connections" not in page
        status, _, page = amina.get("/my-work/")
        assert (status, "cannot reach its records" in page) == (503, True)
    finally:
        place.ask("ALTER ROLE alongside_app CONNECTION LIMIT -1")
    status, where, _ = amina.post(f"/people/{amina.person_id}/entries/add/", form)
    assert status == 303 and "/entries/" in where
    assert place.ask("SELECT count(*) FROM entry WHERE submission_key = %s", key) == [(1,)]


def test_where_the_disk_is_full_nothing_is_half_written_and_it_goes_on_when_there_is_room(place: OwnPlace) -> None:
    amina = writer(place)
    form, ballast, refused, recorded = amina.filled(str(uuid.uuid4()), "visit"), place.folder / "ballast", [], []
    with ballast.open("wb") as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(2**20))
    while len(refused) < FEW and len(recorded) < MANY:  # what is kept ready for the log takes some first
        form = form | {"key": str(uuid.uuid4()), "words_of_person": secrets.token_hex(30_000)}
        status, _, page = amina.post(f"/people/{amina.person_id}/entries/add/", form)
        assert status in (303, 503), page[:500]
        (recorded if status == 303 else refused).append(form)
        assert status == 303 or form["account"] in page, "what was typed is lost"
        assert "DiskFull" not in page and "No space" not in page
    assert refused, "the disk was not full"
    ballast.unlink()
    if not place.cluster._ready():
        place.start("database")
    for form in refused:
        deadline = time.monotonic() + 60
        while (answer := amina.post(f"/people/{amina.person_id}/entries/add/", form))[0] != 303 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert answer[0] == 303, answer[2][:500]
    keys = [form["key"] for form in (*recorded, *refused)]
    assert place.ask("SELECT count(*) FROM entry WHERE submission_key = ANY (%s::uuid[])", keys) == [(len(keys),)]
    nothing_is_half_done(place)
    place.wait_until("SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE channel = 'inbox' AND delivered_at IS NULL AND share_id IN (SELECT id FROM share WHERE status <> 'held'))")
    everything_has_arrived_once(place)


def test_a_partner_that_answers_a_byte_a_second_holds_up_neither_the_sender_nor_the_others(place: OwnPlace) -> None:
    slow = PartnerSystem(mode="slow")
    place.ask("UPDATE agency SET endpoint_url = %s WHERE kind_id = 'council_children'", slow.url)
    try:
        people, accounts = ids(place)
        amina = Writer([place.port], str(accounts["amina"]), people["noah"], ["injury_observation"], threading.Event())
        keys = [str(uuid.uuid4()) for _ in range(3)]
        for key in keys:
            amina.write(key)
        assert set(amina.acknowledged) == set(keys)
        mine = "share_id IN (SELECT s.id FROM share s JOIN entry e ON e.id = s.entry_id WHERE e.submission_key = ANY (%s::uuid[]))"
        place.wait_until(f"SELECT count(*) > 0 FROM delivery WHERE channel = 'endpoint' AND attempts > 0 AND {mine}", keys)
        place.wait_until(f"SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE channel = 'inbox' AND delivered_at IS NULL AND {mine})", keys)
        assert place.ask(f"SELECT count(*) > 0 FROM delivery WHERE channel = 'endpoint' AND delivered_at IS NULL AND {mine}", keys) == [(True,)]
        slow.mode = "up"
        place.pass_time_until(f"SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE channel = 'endpoint' AND delivered_at IS NULL AND {mine})", keys)
    finally:
        place.ask("UPDATE agency SET endpoint_url = '' WHERE kind_id = 'council_children'")
        slow.close()
