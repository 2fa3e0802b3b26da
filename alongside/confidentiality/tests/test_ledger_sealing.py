"""Lines are written through one door only, and each is sealed exactly once."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import conninfo_to_dict
from pytest_django import DjangoDbBlocker, Settings

from alongside.cli.postgres.addresses import role_address
from alongside.cli.postgres.roles import SEALER
from alongside.confidentiality.ledger import LedgerEntry, append, sealing, turns
from alongside.confidentiality.tests.ledger_of_its_own import _WAIT_UNTIL_FINAL, OwnLedger

WRITERS = 8
ROUNDS = 60


@pytest.mark.django_db
def test_the_product_writes_a_line_and_learns_its_number(own_ledger: OwnLedger) -> None:
    first = append(LedgerEntry(verb="read", surface="page", person_id=9, rules=["CON-040"], obligations=[], detail={"why": ["a", 1, None]}))
    second = append(LedgerEntry(verb="search", surface="search", people=[1, 2]))
    assert second > first


FORBIDDEN = [
    "INSERT INTO ledger_line (verb, surface, automatic, salt, commitment) VALUES ('read', 'page', false, 'x', 'x')",
    "UPDATE ledger_line SET reason = 'none'", "DELETE FROM ledger_line", "TRUNCATE ledger_line", "SELECT reason FROM ledger_line",
    "SELECT person_id FROM ledger_line", "UPDATE ledger_seal SET count = 0", "DELETE FROM ledger_seal", "DELETE FROM ledger_cosignature",
    "ALTER TABLE ledger_line DISABLE ROW LEVEL SECURITY", "COMMENT ON TABLE ledger_seal IS 'mine'",
    "CREATE TRIGGER t BEFORE INSERT ON ledger_line EXECUTE FUNCTION suppress_redundant_updates_trigger()",
]


def test_nobody_who_signs_in_may_touch_the_tables(own_ledger: OwnLedger) -> None:
    own_ledger.append()
    for role in ("app", "worker", "sealer"):
        with own_ledger.connect(f"alongside_{role}") as connection:
            for statement in FORBIDDEN:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)


def test_nobody_claims_a_disposal_that_did_not_happen(own_ledger: OwnLedger) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only ledger_erase"):
        own_ledger.append(verb="dispose", category="access_ledger")


def test_only_the_sealer_may_add_a_seal(own_ledger: OwnLedger) -> None:
    for role in ("app", "worker"):
        with own_ledger.connect(f"alongside_{role}") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO ledger_seal SELECT * FROM ledger_seal")


@pytest.mark.parametrize("fault", ["ALTER TABLE ledger_line RENAME TO gone", "REVOKE INSERT ON ledger_line FROM alongside_definer", "DROP FUNCTION ledger_words"])
def test_when_no_line_can_be_written_the_reading_fails(own_ledger: OwnLedger, fault: str) -> None:
    own_ledger.anything.execute("CREATE TABLE record AS SELECT 'what somebody wants to read' AS text; GRANT SELECT ON record TO alongside_app")
    own_ledger.anything.execute(fault)
    with pytest.raises(psycopg.Error), own_ledger.app.transaction():
        own_ledger.append()
        own_ledger.app.execute("SELECT text FROM record")
    assert own_ledger.app.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_a_line_goes_when_the_transaction_it_belongs_to_goes(own_ledger: OwnLedger) -> None:
    with pytest.raises(ZeroDivisionError), own_ledger.app.transaction():
        own_ledger.append()
        raise ZeroDivisionError
    assert own_ledger.one(own_ledger.owner, "SELECT count(*) FROM ledger_line") == 0


def test_nothing_to_seal_makes_no_seal(own_ledger: OwnLedger) -> None:
    assert sealing.seal_once(own_ledger.sealer, own_ledger.keys.sealing).seal is None
    own_ledger.grow(1, 2)
    assert own_ledger.seal() == 0
    assert own_ledger.one(own_ledger.owner, "SELECT count(*) FROM ledger_seal") == 1


def test_lines_of_an_unfinished_transaction_wait_and_so_do_later_ones(own_ledger: OwnLedger) -> None:
    with own_ledger.connect("alongside_app") as slow:
        slow.autocommit = False
        slow.execute("SELECT ledger_append(verb => 'read', surface => 'page')")
        own_ledger.append()
        held = sealing.seal_once(own_ledger.sealer, own_ledger.keys.sealing)
        assert (held.lines, held.waiting) == (0, 1)
        slow.commit()
    assert own_ledger.seal() == 2


def test_a_line_that_waits_ten_seconds_is_an_alarm(own_ledger: OwnLedger) -> None:
    with own_ledger.connect("alongside_app") as slow:
        slow.autocommit = False
        slow.execute("SELECT ledger_append(verb => 'read', surface => 'page')")
        line = own_ledger.append()
        assert not sealing.seal_once(own_ledger.sealer, own_ledger.keys.sealing).late
        own_ledger.anything.execute("UPDATE ledger_line SET at = at - interval '11 seconds' WHERE id = %s", [line])
        held = sealing.seal_once(own_ledger.sealer, own_ledger.keys.sealing)
        assert held.late and held.waiting == 1
        assert own_ledger.verify().alarms[0].startswith("1 lines are in no seal, the oldest for 11 seconds")
        slow.rollback()


def test_a_large_backlog_is_sealed_in_several_seals_without_dividing_a_transaction(own_ledger: OwnLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LINES_PER_SEAL", 10)
    for _ in range(9):
        with own_ledger.app.transaction():
            for _ in range(4):
                own_ledger.append()
    assert own_ledger.seal() == 36
    assert own_ledger.owner.execute("SELECT count FROM ledger_seal ORDER BY number").fetchall() == [(12,), (12,), (12,)]
    assert own_ledger.verify().intact


def test_eight_writers_and_a_sealer_and_every_line_is_sealed_exactly_once(own_ledger: OwnLedger) -> None:
    stop = threading.Event()
    failures: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> threading.Thread:
        def body() -> None:
            try:
                work()
            except BaseException as failure:
                failures.append(failure)

        thread = threading.Thread(target=body)
        thread.start()
        return thread

    def write(number: int) -> None:
        with own_ledger.connect("alongside_app") as connection:
            for turn in range(ROUNDS):
                with connection.transaction(force_rollback=turn % 7 == number % 7):
                    for _ in range(1 + turn % 3):
                        connection.execute("SELECT ledger_append(verb => 'read', surface => 'page', practitioner_id => %s)", [number])
                    connection.execute("SELECT pg_sleep(%s)", [0.004 * (turn % 4)])

    def seal() -> None:
        sealing.run(stop, connect=lambda: own_ledger.connect("alongside_sealer"), sealer=sealing.Sealer(own_ledger.keys.folder), every=0.02)

    sealers = [guarded(seal), guarded(lambda: second_sealer(own_ledger, stop))]
    writers = [guarded(lambda number=number: write(number)) for number in range(WRITERS)]  # type: ignore[misc]
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    assert failures == []
    own_ledger.seal()
    written = own_ledger.one(own_ledger.owner, "SELECT count(*) FROM ledger_line")
    report = own_ledger.verify()
    assert report.intact and report.waiting == 0
    assert report.lines == written == sum(1 + turn % 3 for number in range(WRITERS) for turn in range(ROUNDS) if turn % 7 != number % 7)
    hashes = own_ledger.one(own_ledger.owner, "SELECT sum(length(leaves)) / 32 FROM ledger_seal")
    assert hashes == written


def second_sealer(own: OwnLedger, stop: threading.Event) -> None:
    with own.connect("alongside_sealer") as connection:
        while not stop.wait(0.03):
            sealing.seal_once(connection, own.keys.sealing)


def test_the_worker_seals_through_the_frameworks_own_connection(own_ledger: OwnLedger, settings: Settings, django_db_blocker: DjangoDbBlocker) -> None:
    settings.LEDGER_FOLDER = own_ledger.keys.folder
    connections.settings["sealer"] = connections.configure_settings({"default": connections.settings["default"] | {
        "NAME": own_ledger.database, "USER": SEALER, "PASSWORD": conninfo_to_dict(role_address(SEALER))["password"],
    }})["default"]
    try:
        own_ledger.append()
        own_ledger.anything.execute(_WAIT_UNTIL_FINAL)
        turns._sealer.cache_clear()
        with django_db_blocker.unblock():
            assert turns.seal_the_ledger(datetime(2026, 11, 24, tzinfo=UTC)) == 0
        report = own_ledger.verify()
        assert (report.lines, report.waiting, report.alarms, len(report.vouched)) == (1, 0, [], 2)
    finally:
        connections["sealer"].close()
        del connections["sealer"], connections.settings["sealer"]
        turns._sealer.cache_clear()
