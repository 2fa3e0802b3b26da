"""Files of spend: what each came to, and how it stands against the books."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from alongside.common import database
from alongside.open_book.facts import NOTHING, Tally
from alongside.open_book.models import RowLeftOut, SpendImport, SpendLine


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A file beside the books, to the penny. What the file came to is what was imported, refused, stood twice in it, or stood in the books already; the books hold beside it what other files and hands put there."""

    imported: Tally
    refused: Tally
    twice: Tally
    already: Tally
    unreadable: int
    blank: int
    headings: int
    stated: tuple[Decimal, ...]
    in_books: Tally
    others: Tally

    @property
    def file_rows(self) -> int:
        return self.imported.rows + self.refused.rows + self.twice.rows + self.already.rows

    @property
    def file_total(self) -> Decimal:
        return self.imported.amount + self.refused.amount + self.twice.amount + self.already.amount

    @property
    def difference(self) -> Decimal:
        """How much more the books hold, of that payer in those days, than the file."""
        return self.in_books.amount - self.file_total

    @property
    def explained(self) -> list[tuple[str, int, Decimal]]:
        """The difference, line by line. It makes it up to the penny, or something is wrong."""
        return [
            (words, tally.rows, sign * tally.amount)
            for words, tally, sign in (
                ("In the books, not in this file", Tally(self.others.rows - self.already.rows, self.others.amount - self.already.amount), 1),
                ("In this file, refused", self.refused, -1), ("In this file twice", self.twice, -1),
            )
            if tally.rows
        ]  # fmt: skip

    @property
    def agrees(self) -> bool:
        return sum((amount for _, _, amount in self.explained), NOTHING) == self.difference and not self.unreadable

    def stated_differs(self) -> list[tuple[Decimal, Decimal]]:
        """Totals that the file itself states, and by how much the sum of its rows differs from the last of them."""
        return [(self.stated[-1], self.file_total - self.stated[-1])] if self.stated else []


def spend_import(partnership_id: int, import_id: int) -> SpendImport:
    """Raises NotKnown for none."""
    return database.the_one(SpendImport.objects.filter(partnership_id=partnership_id, pk=import_id).select_related("agency", "begun_by__agency"))


def imports(partnership_id: int) -> list[SpendImport]:
    return list(SpendImport.objects.filter(partnership_id=partnership_id).exclude(status="discarded").select_related("agency", "begun_by").order_by("-begun_at")[:50])


def preview(import_id: int) -> dict[str, Any]:
    """The first rows of a file that is read and not yet in the books, what was left out of it, and how much of it stands there already."""
    return database.document("SELECT spend_preview(%s)", import_id)


def left_out(import_id: int, *, limit: int | None = 100) -> list[RowLeftOut]:
    return list(RowLeftOut.objects.filter(spend_import_id=import_id).order_by("row")[:limit])


def reconciliation(found: SpendImport) -> Reconciliation:
    """A file that is read, or in the books."""
    tally = found.tally or {}
    fates = {fate: Tally(rows, amount or NOTHING) for fate, rows, amount in RowLeftOut.objects.filter(spend_import=found).values_list("fate").annotate(Count("pk"), Sum("amount"))}
    done = found.status == "done"
    if done:
        already = fates.get("already", Tally())
        imported = _tally(SpendLine.objects.filter(spend_import=found))
    else:
        waits = preview(found.pk)["already"]
        already, all_lines = Tally(int(waits["rows"]), Decimal(str(waits["amount"]))), _told(tally, "lines")
        imported = Tally(all_lines.rows - already.rows, all_lines.amount - already.amount)
    same_days = SpendLine.objects.filter(partnership_id=found.partnership_id, agency_id=found.agency_id, paid_on__gte=found.first_day, paid_on__lte=found.last_day) if found.first_day else SpendLine.objects.none()
    others = _tally(same_days.exclude(spend_import=found))
    return Reconciliation(
        imported, _told(tally, "refused"), _told(tally, "duplicates"), already, int(tally.get("unreadable", 0)), int(tally.get("blank", 0)), int(tally.get("headings", 0)),
        tuple(Decimal(one) for one in tally.get("stated", ())), Tally(imported.rows + others.rows, imported.amount + others.amount), others,
    )  # fmt: skip


def cost_centres_of(found: SpendImport) -> list[tuple[str, str, int, Decimal]]:
    """What the file put on each cost centre: its name, the objective it is for, how many lines, and how much."""
    rows = SpendLine.objects.filter(spend_import=found).values_list("cost_centre__name", "cost_centre__objective", "cost_centre__overhead").annotate(Count("pk"), Sum("amount")).order_by("-amount__sum")
    return [(name or "None", "Overheads" if overhead else objective or "", count, amount) for name, objective, overhead, count, amount in rows[:60]]


def _told(tally: dict[str, Any], name: str) -> Tally:
    said = tally.get(name) or {}
    return Tally(int(said.get("rows", 0)), Decimal(said.get("amount", "0.00")))


def _tally(found: Any) -> Tally:
    said = found.aggregate(rows=Count("pk"), amount=Sum("amount"))
    return Tally(said["rows"], said["amount"] or NOTHING)
