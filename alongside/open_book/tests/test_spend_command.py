"""The command says what a file comes to without a database, and loads it as the worker, which may do nothing else with the books."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from alongside.cli.main import alongside
from alongside.cli.postgres.home import SetupProblem
from alongside.cli.tarnside.setup import set_up
from alongside.common.clock import now
from alongside.open_book import actions, queries
from alongside.open_book.models import SpendLine
from tests.worker_role import as_worker

FILE = "Date,Supplier,Amount,Cost centre\n01/04/2025,Acme Ltd,\"1,000.00\",=1+1\n01/04/2025,Acme Ltd,1000,=1+1\n=2+2,Beta plc,x,Hub\n2025-04-02,Gamma plc,(250.50),Hub\n,Total,749.50,\n"


def test_a_dry_run_accounts_for_every_row_and_writes_what_was_left_out_beside_the_file(tmp_path: Path) -> None:
    file = tmp_path / "april.csv"
    file.write_text(FILE)
    told = CliRunner().invoke(alongside, ["import", "spend", str(file), "--dry-run"])
    assert told.exit_code == 0, told.output
    for words in ("1,749.50", "749.50", "Nothing was loaded", "the file itself states a total of 749.50", "1 of them without an amount"):
        assert words in told.output, told.output
    beside = (tmp_path / "april.left-out.csv").read_text(encoding="utf-8-sig")
    assert "The same as row 2." in beside and "“x” is not an amount." in beside and ",'=2+2" in beside.replace('"', "")


@pytest.mark.parametrize(("content", "words"), [("", "empty"), ("Colour\nred\n", "no table"), ("Day,Who,How much,Of what\n1/4/25,A,5,b\n", "No column holds")])
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "april.csv"
    file.write_text(content)
    told = CliRunner().invoke(alongside, ["import", "spend", str(file), "--dry-run"])
    assert isinstance(told.exception, SetupProblem) and words in str(told.exception), told.output


def test_a_column_is_named_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "april.csv"
    file.write_text("Day,Who,How much\n1/4/25,A,5\n")
    told = CliRunner().invoke(alongside, ["import", "spend", str(file), "--dry-run", "--map", "Who=supplier", "--map", "How much=amount"])
    assert told.exit_code == 0 and "5.00" in told.output


@pytest.mark.django_db(transaction=True)
def test_the_worker_loads_a_file_and_may_do_nothing_else_with_the_books() -> None:
    made = set_up(at=now() - timedelta(days=1))
    where = {"partnership_id": made.partnership_id, "agency_id": made.agencies["children"].pk}
    file = actions.look_through("april.csv", FILE.encode())
    with as_worker():
        assert actions.open_missing_years(partnership_id=made.partnership_id, file=file, at=now()) == ["2025-26"]
        read = actions.read_spend(by=None, **where, file=file, at=now(), operator="somebody at a server")
        assert actions.finish_spend(by=None, import_id=read.pk, at=now())
        assert not actions.finish_spend(by=None, import_id=read.pk, at=now())
        assert queries.reconciliation(queries.spend_import(made.partnership_id, read.pk)).imported.rows == 2
        for order in ("INSERT INTO budget (amount) VALUES (1)", "UPDATE accounting_period SET status = 'closed'", "SELECT * FROM line_query", "SELECT name_treasurer(1, 1, now())"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(order)
    with made.acting("sunita", at=now()):
        assert SpendLine.objects.count() == 2
        assert queries.spend_import(made.partnership_id, read.pk).operator == "somebody at a server"
