"""Files that are broken, hostile or simply not what they say: a clear message, nothing half-done, no traceback."""

import csv
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.cli.main import alongside
from alongside.cli.register_files import open_register
from alongside.cli.tarnside.setup import set_up
from alongside.common.clock import now
from alongside.common.written_days import months_come_first
from alongside.people.rules.columns import NotARegister, map_columns
from alongside.people.rules.rows import Reading, read_row

HEADING = "First name,Surname,DOB,NHS number,Postcode\n"
AGENCY = "RZX02"


def told(result: Result) -> str:
    """Everything a command said. A traceback is never among it."""
    assert result.exception is None or isinstance(result.exception, SystemExit) or type(result.exception).__name__ == "SetupProblem", result.exc_info
    return result.output + (str(result.exception) if result.exception and not isinstance(result.exception, SystemExit) else "")


def check(path: Path, *more: str) -> str:
    return told(CliRunner().invoke(alongside, ["import", str(path), "--agency", AGENCY, "--dry-run", *more]))


def written(folder: Path, content: str | bytes, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# -- files that are refused whole ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (HEADING.encode("utf-16"), "UTF-16"),
        ("First name,Surname\nZoë,Müller\n".encode("cp1252"), "Line 2 is not UTF-8"),
        (b"First name,Surname\nA\x00nn,Lee\n", "Line 2 holds characters that are no text"),
        (b"PK\x03\x04rest of a workbook", "Excel workbook"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\x1f\x8b\x08 packed", "Unpack it first"),
        (b"PAR1 and then nothing of the kind", "Parquet file is damaged"),
        (b"a,b,c\n1,2,3\n", "No column holds a name"),
        (b"First name,First name\nAnn,Ann\n", "Two columns are called"),
        (b'First name,Surname\nAnn,"Lee\nBob,Roy\n', "quotation mark is opened and never closed"),
        (b'First name,Surname\nAnn,"Le"e\n', "quotation mark stands in the middle"),
        (("name," + "x," * 20_000 + "\n").encode(), "20,002 columns"),
        (("x," * 1_000_000 + "\n").encode(), "more than 1,000,000 characters"),
        (("First name\n" + "a" * 2_000_000 + "\n").encode(), "more than 100,000 characters"),
        (b"<html><body>Please sign in</body></html>\n", "No column holds a name"),
    ],
)
def test_a_file_that_is_no_register_is_refused_before_anything_is_loaded(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in check(written(tmp_path, content))
    assert not list(tmp_path.glob("*.refused.csv"))


def test_a_folder_a_missing_file_and_a_pipe_are_refused(tmp_path: Path) -> None:
    assert "is a folder" in check(tmp_path)
    assert "There is no file" in check(tmp_path / "nothing.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    assert "no ordinary file" in check(tmp_path / "pipe.csv")


def test_a_wrong_mapping_says_what_there_is(tmp_path: Path) -> None:
    path = written(tmp_path, "Vorname,Nachname\nAnn,Lee\n")
    assert "No column holds a name" in check(path)
    assert "There is no column “Name”" in check(path, "--map", "Name=full_name")
    assert "There is no field “vorname”" in check(path, "--map", "Vorname=vorname")
    assert "does not say which field" in check(path, "--map", "Vorname")
    assert "1 can be loaded" in check(path, "--map", "Vorname=given_name", "--map", "Nachname=family_name")


def parquet(path: Path, columns: dict[str, object]) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as files

    files.write_table(pyarrow.table(columns), path)
    return path


def test_parquet_holds_dates_numbers_and_what_is_no_text(tmp_path: Path) -> None:
    from datetime import date

    path = parquet(tmp_path / "people.parquet", {"name": ["Ann Lee", "Bob Roy", "Cy Day"], "dob": [date(1985, 4, 3), None, date(2090, 1, 1)], "nhs": [9434765919.0, None, None]})
    assert "2 can be loaded, 1 would be refused" in check(path)
    nested = parquet(tmp_path / "nested.parquet", {"name": [["Ann", "Lee"]], "dob": ["x"]})
    assert "0 can be loaded, 1 would be refused" in check(nested)
    cut = written(tmp_path, path.read_bytes()[:-50], "cut.parquet")
    assert "damaged or cut short" in check(cut)
    spoilt = bytearray(path.read_bytes())
    spoilt[8:60] = b"\xff" * 52
    said = check(written(tmp_path, bytes(spoilt), "spoilt.parquet"))
    assert "damaged" in said or "refused" in said


# -- rows that are loaded, and rows that are refused with every reason ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "loaded"),
    [
        ("\ufeff" + HEADING + "Zoë,O’Neill,3/4/1985,943 476 5919,ss41ab\n", 1),
        (HEADING.replace(",", ";") + "Ann;Lee, junior;03.04.1985;;\n", 1),
        (HEADING.replace(",", "\t") + "Ann\tLee\t3 April 1985\t\t\n", 1),
        (HEADING.replace("\n", "\r\n") + "Ann,Lee,1985-04-03,,\r\n\r\n,,,,\r\nBob,Roy,,,\r\n", 2),
        (HEADING + "Null,Null,NULL,n/a,unknown\n", 1),
        (HEADING + "राम,कुमार,,,\nمحمد,علي,,,\n张,伟,,,\n", 3),
        ("name\nSade\n", 1),
    ],
)
def test_registers_as_programs_write_them_are_loaded(tmp_path: Path, content: str, loaded: int) -> None:
    assert f"{loaded} can be loaded, 0 would be refused" in check(written(tmp_path, content))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("=HYPERLINK(1),Lee,,,", "formula"), ("+44,Lee,,,", "formula"), ("@SUM(1),Lee,,,", "formula"), ("Ann\u200b,Lee,,,", "do not show"), ("\u202eAnn,Lee,,,", "do not show"),
        ("A" + "\u0301" * 20 + ",Lee,,,", "too many accents"), (",,,,943 476 5919", "There is no name"), (",,1985-04-03,,", "There is no name"), ("Ann,Lee,31/2/1985,,", "February 1985 has 28 days"),
        ("Ann,Lee,1/1/2190,,", "in the future"), ("Ann,Lee,1/1/1630,,", "--earliest-birth"), ("Ann,Lee,soon,,", "is not a date"), ("Ann,Lee,,943 476 5918,", "does not check"),
        ("Ann,Lee,,1111111111,", "one digit repeated"), ("Ann,Lee,,9434765919", "This row has 4 cells"), ("Ann,Lee,,,,,", "This row has 7 cells"), ("x" * 2_000 + ",Lee,,,", "1,000 characters at most"),
        ("123,456,,,", "at least one letter"),
    ],
)
def test_a_row_with_anything_wrong_is_refused_with_the_reason_and_no_formula_in_the_report(tmp_path: Path, row: str, says: str) -> None:
    path = written(tmp_path, HEADING + row + "\nBob,Roy,,,\n")
    assert "1 can be loaded, 1 would be refused" in check(path)
    report = path.with_name("register.csv.refused.csv")
    [_, refused] = list(csv.reader(io.StringIO(report.read_text())))
    assert refused[0] == "1"
    assert says in refused[1]
    assert not any(cell.startswith(("=", "+", "@")) for cell in refused)
    assert report.stat().st_mode & 0o077 == 0


def test_every_fault_of_a_row_is_told_at_once(tmp_path: Path) -> None:
    from datetime import date

    row = read_row(7, ["=A", "B", "99/99/1999", "123", "x"], map_columns(HEADING.strip().split(",")), Reading(date(2026, 1, 1)))
    assert row.person is None
    assert [reason.split(":")[0] for reason in row.reasons] == ["Given names", "Date of birth", "NHS number"]


def test_a_file_with_american_dates_is_read_as_one() -> None:
    assert months_come_first(["3/14/1985", "03/04/1985"])
    assert not months_come_first(["14/3/1985", "3/14/1985"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_register_or_are_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, b"name,dob\n" + content)
    try:
        register = open_register(path)
        columns = map_columns(register.headings)
        rows = [read_row(place, cells, columns, Reading(now().date())) for place, cells in enumerate(register.read(), 1)]
    except NotARegister as no:
        assert str(no).endswith((".", "?", "=full_name'"))
    else:
        assert len(rows) == register.rows
        assert all((row.person is None) is bool(row.reasons) for row in rows)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=5, max_size=5))
def test_any_row_of_text_becomes_a_person_or_has_reasons(cells: list[str]) -> None:
    from datetime import date

    row = read_row(1, cells, map_columns(HEADING.strip().split(",")), Reading(date(2026, 1, 1)))
    assert (row.person is None) is bool(row.reasons)


# -- loading: whole or not at all, stopped and gone on with --------------------------------------------------------------------------------


@pytest.fixture
def tarnside(transactional_db: None) -> None:
    set_up(at=now())


def command(path: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "alongside", "import", str(path), "--agency", AGENCY, *more]


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "ALONGSIDE_ROLE"}


def load(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command(path, *more), env=environment(), capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def counts(owner: psycopg.Connection) -> tuple[int, int, int, str]:
    owner.rollback()
    owner.execute("SET ROLE alongside_definer")
    people = owner.execute("SELECT count(*) FROM person WHERE family_name LIKE 'Loaded%'").fetchone()
    run = owner.execute("SELECT rows_loaded, rows_refused, status FROM register_import").fetchone() or (0, 0, "none")
    owner.execute("RESET ROLE")
    return (people or (0,))[0], run[0], run[1], run[2]


def register(folder: Path, rows: int) -> Path:
    """Every tenth row is refused."""
    lines = [f"Ann,Loaded{'abcdefghij'[place % 10]},{'31/2/1985' if place % 10 == 9 else '3/4/1985'},,SS4 1AB" for place in range(rows)]
    return written(folder, HEADING + "\n".join(lines) + "\n")


def test_a_register_is_loaded_once_with_what_belongs_to_it_and_a_line_in_the_ledger(tarnside: None, tmp_path: Path, as_owner: psycopg.Connection) -> None:
    path = register(tmp_path, 40)
    done = load(path, "--team", "ward 7")
    assert done.returncode == 0, done.stderr
    assert "Loaded 36 people; 4 rows were refused." in done.stdout
    assert counts(as_owner) == (36, 36, 4, "done")
    as_owner.execute("SET ROLE alongside_definer")
    lines = as_owner.execute("SELECT cardinality(people), reason FROM ledger_line WHERE surface = 'cli'").fetchall()
    assert [size for size, _ in lines] == [36]
    assert lines[0][1].startswith("Register loaded by ")
    assert as_owner.execute("SELECT count(*) FROM register_refused_row WHERE reasons[1] LIKE '%February 1985%'").fetchone() == (4,)
    assert as_owner.execute("SELECT count(*) FROM register_refused_row WHERE reasons[1] LIKE '%31/2%'").fetchone() == (0,), "the table repeats nobody's cell"
    assert as_owner.execute("SELECT count(*) FROM address WHERE postcode = 'SS4 1AB'").fetchone() == (36,)
    assert as_owner.execute("SELECT count(*) FROM relationship WHERE reason = 'Came with the register'").fetchone() == (36,)
    again = load(path)
    assert again.returncode == 1
    assert "Nothing was loaded again" in again.stderr
    assert counts(as_owner) == (36, 36, 4, "done")


def test_who_loads_reads_nobody(tarnside: None, as_worker: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_worker.execute("SELECT count(*) FROM person")


def test_the_web_may_not_load_registers(tarnside: None, as_app: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute("SELECT load_register_batch(1, 0, 1, '[]', '[]')")


def test_an_agency_or_team_that_is_not_there_is_said_so(tarnside: None, tmp_path: Path) -> None:
    path = register(tmp_path, 1)
    nobody = subprocess.run([*command(path)[:-1], "Nobody"], env=environment(), capture_output=True, text=True, check=False)
    assert "There is no agency called “Nobody”" in nobody.stderr
    assert "has no team called “Nobody”" in load(path, "--team", "Nobody").stderr


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_stopped_at_any_moment_and_gone_on_with_no_row_is_loaded_twice_or_lost(
    tarnside: None, tmp_path: Path, connect_as: Callable[[str], psycopg.Connection], number: signal.Signals
) -> None:
    rows, owner = 20_000, connect_as("alongside_owner")
    path = register(tmp_path, rows)
    stopped = 0
    for attempt in range(40):
        running = subprocess.Popen(command(path, *(["--resume"] if attempt else [])), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        before = counts(owner)[1]
        deadline = time.monotonic() + 30
        while attempt < 3 and running.poll() is None and counts(owner)[1] == before and time.monotonic() < deadline:
            time.sleep(0.02)
        if attempt < 3 and running.poll() is None:
            running.send_signal(number)
            stopped += 1
        said = running.communicate(timeout=120)[1]
        assert "Traceback" not in said
        people, loaded, refused, status = counts(owner)
        assert people == loaded, "what is loaded and what is counted are one"
        if status == "done":
            break
    assert stopped
    assert counts(owner) == (rows * 9 // 10, rows * 9 // 10, rows // 10, "done")


def test_a_file_that_was_begun_needs_the_word_to_go_on(tarnside: None, tmp_path: Path, as_owner: psycopg.Connection) -> None:
    path = register(tmp_path, 3)
    load(path)
    as_owner.execute("UPDATE register_import SET status = 'stopped', rows_read = 1")
    as_owner.commit()
    assert "Go on with --resume" in load(path).stderr
    assert "with other columns" in load(path, "--resume", "--earliest-birth", "1900").stderr


# -- the gate's own files ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00\x01", b"[", b"- {", b"just words", b"- 1\n- 2\n", b"- id: x\n", b"&a [*a]", b"- id: x\n  actor: [1]\n", "- id: é\n".encode("latin-1"), b"!!python/object/apply:os.system ['true']",
        b"- id: x\n  actor: {agency: nobody}\n", b"a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n",
    ],
)
def test_a_broken_file_of_situations_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    result = CliRunner().invoke(alongside, ["gate", "try", str(written(tmp_path, content, "gate.yaml"))])
    assert told(result).strip()
    assert result.exit_code != 0
