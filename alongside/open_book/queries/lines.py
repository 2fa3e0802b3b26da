"""Lines of spend, down to the invoice: what they were for, the papers behind them, and the questions on them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alongside.common import database
from alongside.common.decisions import NotKnown
from alongside.open_book.models import LineAllocation, LineDocument, LineQuery, Period, SpendLine, Supplier

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines somebody looks for."""

    words: str = ""
    agency_id: int | None = None
    objective: str = ""
    in_question: bool = False
    import_id: int | None = None


def lines(period: Period, wanted: Wanted, *, page: int = 0) -> tuple[list[SpendLine], int]:
    """A page of a period's lines, the latest payment first, and one more than fits if there are more; and how many there are in all."""
    found = SpendLine.objects.filter(period=period)
    if wanted.words:
        words = wanted.words[:80]
        found = found.filter(Q(supplier__name__icontains=words) | Q(cost_centre__name__icontains=words) | Q(reference__icontains=words) | Q(description__icontains=words))
    if wanted.agency_id:
        found = found.filter(agency_id=wanted.agency_id)
    if wanted.objective:
        found = found.filter(Q(cost_centre__objective=wanted.objective, allocations__isnull=True) | Exists(LineAllocation.objects.filter(line=OuterRef("pk"), objective=wanted.objective, ends__isnull=True)))
    if wanted.in_question:
        found = found.filter(Exists(unanswered().filter(line=OuterRef("pk"))))
    if wanted.import_id:
        found = found.filter(spend_import_id=wanted.import_id)
    total = found.count()
    shown = found.select_related("supplier", "agency", "cost_centre").annotate(papers=Count("documents", distinct=True), asked=Exists(unanswered().filter(line=OuterRef("pk"))))
    return list(shown.order_by("-paid_on", "-pk")[page * PAGE : page * PAGE + PAGE]), total


def unanswered() -> QuerySet[LineQuery]:
    return LineQuery.objects.filter(answered_at__isnull=True)


def line(partnership_id: int, line_id: int) -> SpendLine:
    """One line with what took it back and what it corrects. Raises NotKnown for none."""
    found = (
        SpendLine.objects.filter(partnership_id=partnership_id, pk=line_id)
        .select_related("supplier", "agency", "cost_centre", "period", "spend_import", "reverses", "corrects", "recorded_by__agency")
        .first()
    )  # fmt: skip
    if found is None:
        raise NotKnown
    return found


def after(found: SpendLine) -> tuple[SpendLine | None, SpendLine | None]:
    """The line that took this one back, and the one that stands in its place; none where there is none."""
    later = list(SpendLine.objects.filter(Q(reverses=found) | Q(corrects=found)))
    return next((one for one in later if one.reverses_id == found.pk), None), next((one for one in later if one.corrects_id == found.pk), None)


def parts(found: SpendLine) -> list[LineAllocation]:
    return list(LineAllocation.objects.filter(line=found, ends__isnull=True).order_by("objective"))


def documents(found: SpendLine) -> list[LineDocument]:
    return list(LineDocument.objects.filter(line=found).defer("content").select_related("attached_by").order_by("attached_at"))


def document(partnership_id: int, reference: UUID) -> LineDocument:
    return database.the_one(LineDocument.objects.filter(partnership_id=partnership_id, reference=reference))


def questions(found: SpendLine) -> list[LineQuery]:
    return list(LineQuery.objects.filter(line=found).select_related("asked_by__agency", "answered_by__agency").order_by("asked_at"))


def question(partnership_id: int, query_id: int) -> LineQuery:
    return database.the_one(LineQuery.objects.filter(partnership_id=partnership_id, pk=query_id).select_related("line__supplier", "agency", "asked_by__agency"))


def waiting(partnership_id: int) -> list[LineQuery]:
    """Every question that waits for an answer, the longest overdue first."""
    return list(unanswered().filter(partnership_id=partnership_id).select_related("agency", "line", "asked_by__agency").order_by("due_on", "pk"))


def overdue(found: list[LineQuery], today: date) -> list[LineQuery]:
    return [one for one in found if one.due_on < today]


def suppliers_to_judge(partnership_id: int, *, many: int = 50) -> list[Supplier]:
    return list(Supplier.objects.filter(partnership_id=partnership_id, kind="not_judged").order_by("name")[:many])


def supplier(partnership_id: int, supplier_id: int) -> Supplier:
    return database.the_one(Supplier.objects.filter(partnership_id=partnership_id, pk=supplier_id))
