"""A published spend file goes into the books whole or not at all, reconciles to the penny, and is known again."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now
from alongside.common.decisions import Refused
from alongside.open_book import actions, queries
from alongside.open_book.facts import Spend
from alongside.open_book.models import BookEvent, Period, RowLeftOut, SpendImport, SpendLine

HEAD = "Body Name,Supplier Name,Payment Date,Transaction Number,Net Amount (£),Cost Centre Description\r\n"
ROWS = (
    "Council,Acme Ltd,03/04/2025,T1,\"1,234.56\",Hub\r\n"
    "Council,Acme Ltd,2025-04-04,T2,(12.50),Hub\r\n"
    "Council,Café Bleu Ltd,5 April 2025,T3,£7.00,Hub\r\n"
    "Council,Acme Ltd,3.4.25,T1,1234.56,Hub\r\n"
    ",,,,,\r\n"
    "Council,Beta plc,31/02/2025,T4,5.00,Hub\r\n"
    "Council,,06/04/2025,T5,6.00,Hub\r\n"
    "Council,Gamma plc,06/04/2025,T6,twelve,Hub\r\n"
    "Council,Delta plc,06/04/2019,T7,8.00,Hub\r\n"
    "Council,Epsilon plc,07/04/2025,T8,3.25-,Travel\r\n"
    ",Total,,,1254.31,\r\n"
)
pytestmark = pytest.mark.django_db


def told() -> Tarnside:
    made = set_up(at=now() - timedelta(days=1))
    with made.acting("sunita", at=now()) as sunita:
        actions.open_period(by=sunita, partnership_id=made.partnership_id, name="2025-26", first=date(2025, 4, 1), last=date(2026, 3, 31))
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


def read(tarnside: Tarnside, content: bytes, *, by: str = "sunita", name: str = "april.csv", agency: str = "children") -> SpendImport:
    with tarnside.acting(by, at=now()) as actor:
        return actions.read_spend(by=actor, partnership_id=tarnside.partnership_id, agency_id=tarnside.agencies[agency].pk, file=actions.look_through(name, content), at=now())


def imported(tarnside: Tarnside, content: bytes, *, name: str = "april.csv") -> queries.Reconciliation:
    made = read(tarnside, content, name=name)
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.finish_spend(by=sunita, import_id=made.pk, at=now())
        return queries.reconciliation(queries.spend_import(tarnside.partnership_id, made.pk))


def test_a_file_reconciles_to_the_penny_and_every_row_left_out_says_why(tarnside: Tarnside) -> None:
    found = imported(tarnside, (HEAD + ROWS).encode("utf-8-sig"))
    assert (found.imported.rows, found.imported.amount) == (4, Decimal("1225.81"))
    assert (found.twice.rows, found.twice.amount, found.refused.rows, found.refused.amount, found.unreadable) == (1, Decimal("1234.56"), 4, Decimal("19.00"), 1)
    assert found.file_total == found.imported.amount + found.refused.amount + found.twice.amount + found.already.amount == Decimal("2479.37")
    assert found.stated == (Decimal("1254.31"),)
    assert {row.row: row.reasons[0] for row in RowLeftOut.objects.all()} == {
        5: "The same as row 2.", 7: "“31/02/2025” is not a date.", 8: "It has no supplier.", 9: "“twelve” is not an amount.", 10: "No accounting period holds 06 April 2019.",
    }
    assert SpendLine.objects.get(reference="T3").supplier.name == "Café Bleu Ltd"


@pytest.mark.parametrize("how", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_whatever_encoding_it_came(tarnside: Tarnside, how: str) -> None:
    assert imported(tarnside, (HEAD + ROWS).encode(how)).imported.amount == Decimal("1225.81")


def test_the_same_file_again_changes_nothing_and_another_month_s_file_brings_only_what_is_new(tarnside: Tarnside) -> None:
    content = (HEAD + ROWS).encode()
    imported(tarnside, content)
    before = (SpendLine.objects.count(), RowLeftOut.objects.count(), SpendImport.objects.count())
    imported(tarnside, content)
    assert before == (SpendLine.objects.count(), RowLeftOut.objects.count(), SpendImport.objects.count())
    found = imported(tarnside, (HEAD + ROWS + "Council,New plc,08/04/2025,T9,1.00,Hub\r\n").encode(), name="april again.csv")
    assert (found.imported.rows, found.imported.amount, found.already.rows, found.already.amount) == (1, Decimal("1.00"), 4, Decimal("1225.81"))
    assert found.agrees is False and found.unreadable == 1, "a row whose amount cannot be read is never explained away"


def test_each_difference_between_a_file_and_the_books_is_explained(tarnside: Tarnside) -> None:
    with tarnside.acting("sunita", at=now()) as sunita:
        period = Period.objects.get()
        actions.record_spend(by=sunita, partnership_id=tarnside.partnership_id, agency_id=tarnside.agencies["children"].pk, spend=Spend(date(2025, 4, 5), "By hand Ltd", Decimal("10.10"), period_id=period.pk), at=now())
    found = imported(tarnside, (HEAD + ROWS.replace("twelve", "12.00")).encode())
    assert found.difference == found.in_books.amount - found.file_total == Decimal("10.10") - Decimal("19.00") - Decimal("1234.56")
    assert found.agrees
    assert [(rows, amount) for _, rows, amount in found.explained] == [(1, Decimal("10.10")), (3, Decimal("-19.00")), (1, Decimal("-1234.56"))]


def test_nothing_is_in_the_books_before_the_end_and_a_stopped_file_goes_on(tarnside: Tarnside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.open_book.actions.imports.BATCH", 3)
    content = (HEAD + ROWS).encode()
    file, calls = actions.look_through("april.csv", content), []
    with tarnside.acting("sunita", at=now()) as sunita:
        where = {"by": sunita, "partnership_id": tarnside.partnership_id, "agency_id": tarnside.agencies["children"].pk, "file": file, "at": now()}
        stopped = actions.read_spend(**where, stopped=lambda: len(calls) > 1 or calls.append(1) is not None)  # type: ignore[arg-type]
        assert (stopped.status, stopped.rows_read) == ("reading", 6)
        assert not SpendLine.objects.exists()
        with pytest.raises(actions.NotNow, match="not been read to its end"):
            actions.finish_spend(by=sunita, import_id=stopped.pk, at=now())
        whole = actions.read_spend(**where)  # type: ignore[arg-type]
        assert (whole.pk, whole.status) == (stopped.pk, "read")
        actions.finish_spend(by=sunita, import_id=whole.pk, at=now())
        assert SpendLine.objects.count() == 4
        assert queries.reconciliation(queries.spend_import(tarnside.partnership_id, whole.pk)).refused.rows == 4
        assert BookEvent.objects.filter(subject="spend_import", subject_id=whole.pk).exists()


def test_what_was_read_may_be_thrown_away_and_read_again(tarnside: Tarnside) -> None:
    made = read(tarnside, (HEAD + ROWS).encode())
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.discard_spend(by=sunita, import_id=made.pk, at=now())
        assert not SpendLine.objects.exists()
    again = imported(tarnside, (HEAD + ROWS).encode())
    assert again.imported.rows == 4


def test_only_whoever_keeps_the_payer_s_books_loads_its_file(tarnside: Tarnside) -> None:
    with pytest.raises(Refused, match="books are kept"):
        read(tarnside, (HEAD + ROWS).encode(), by="tom")
    with pytest.raises(Refused, match="books are kept"):
        read(tarnside, (HEAD + ROWS).encode(), by="peter")
    read(tarnside, (HEAD + ROWS).encode(), by="peter", agency="homelink")
    made = read(tarnside, (HEAD + ROWS).encode())
    for act in (actions.finish_spend, actions.discard_spend):
        with pytest.raises(Refused), tarnside.acting("peter", at=now()) as peter:
            act(by=peter, import_id=made.pk, at=now())


def test_days_of_a_closed_period_are_refused_with_what_to_do(tarnside: Tarnside) -> None:
    period = Period.objects
    with tarnside.acting("sunita", at=now()) as sunita:
        actions.propose_closing(by=sunita, period_id=period.get().pk, at=now())
    with tarnside.acting("peter", at=now()) as peter:
        actions.confirm_closing(by=peter, period_id=period.get().pk, at=now())
    found = imported(tarnside, (HEAD + ROWS).encode())
    assert found.imported.rows == 0
    assert any("reversing pair" in reason for row in RowLeftOut.objects.all() for reason in row.reasons)


def workbook(rows: list[list[object]]) -> bytes:
    """The smallest workbook that Excel would open."""

    def cell(value: object) -> str:
        return f"<c><v>{value}</v></c>" if isinstance(value, (int, float)) else f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    sheet = "".join("<row>" + "".join(map(cell, row)) + "</row>" for row in rows)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Spend" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return made.getvalue()


def test_a_workbook_is_read_like_a_csv_with_its_days_as_excel_counts_them(tarnside: Tarnside) -> None:
    rows: list[list[object]] = [["Payments over £500"], ["Date", "Supplier", "Amount"], [45750, "Acme Ltd", 1234.56], ["04/04/2025", "Beta plc", 0.1 + 0.2], [45752, "Gamma plc", -5]]
    found = imported(tarnside, workbook(rows), name="april.xlsx")
    assert (found.imported.rows, found.imported.amount) == (3, Decimal("1229.86"))
    assert SpendLine.objects.get(supplier__name="Acme Ltd").paid_on == date(2025, 4, 3)


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b"%PDF-1.7", "PDF"), (b"PK\x03\x04 no workbook", "cannot be read"), (b"a,b\n1,2\n", "no table"), (b"Date,Payee,Colour\n1/4/25,A,red\n", "amount without vat"), (b"\x00\x01\x02" * 50, "no text"), (b'Date,Supplier,Amount\n"1/4/25,A', "3.00"[:0])])
def test_what_is_no_spend_file_is_refused_whole_in_words(content: bytes, words: str) -> None:
    if not words:
        assert actions.look_through("x", content).heading == 0
        return
    with pytest.raises(actions.NotASpendFile, match=words):
        actions.look_through("x", content)


def test_whatever_a_file_holds_every_penny_of_it_is_accounted_for(tarnside: Tarnside) -> None:
    dice = random.Random(3)
    ways = ["{:,.2f}", "£{:,.2f}", "{:.2f}", "{:.1f}", "({:.2f})", "{:.2f}-", "-{:.2f}", "{:.3f}x", ""]
    rows = [f"{dice.randint(1, 31)}/{dice.randint(1, 13)}/20{dice.randint(24, 26)},S{dice.randint(1, 4)} Ltd,\"{dice.choice(ways).format(dice.randint(0, 99) / 10)}\"" for _ in range(3_000)]
    found = imported(tarnside, ("Date,Supplier,Amount\n" + "\n".join(rows)).encode())
    assert found.file_rows == 3_000
    assert found.imported.amount == sum(SpendLine.objects.values_list("amount", flat=True))
    assert found.file_total == found.imported.amount + found.twice.amount + sum(amount or 0 for amount in RowLeftOut.objects.filter(fate="refused").values_list("amount", flat=True))
