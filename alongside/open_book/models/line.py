from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.open_book.facts import SupplierKind
from alongside.open_book.models.plan import money


class Supplier(models.Model):
    """Whom money went to. Only the name of an organisation is shown to everybody."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in SupplierKind])

    class Meta:
        db_table = "supplier"
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="supplier_once")]


class SpendImport(models.Model):
    """One file of spend, from when it is read until its lines stand in the books, all at once."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField()
    status = models.CharField(max_length=10, default="reading")
    rows_read = models.IntegerField(default=0)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    tally = models.JSONField(null=True)
    begun_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    operator = models.CharField(max_length=120, blank=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "spend_import"
        constraints = [models.UniqueConstraint(fields=["partnership", "agency", "sha256"], condition=~models.Q(status="discarded"), name="spend_file_once")]


class SpendBatch(models.Model):
    """Rows of a file that are read and not yet in the books. Gone once the file is."""

    spend_import = models.ForeignKey(SpendImport, on_delete=models.PROTECT, related_name="+")
    start = models.IntegerField()
    lines = models.JSONField()
    left_out = models.JSONField()

    class Meta:
        db_table = "spend_batch"
        constraints = [models.UniqueConstraint(fields=["spend_import", "start"], name="spend_batch_once")]


class RowLeftOut(models.Model):
    """A row of a file that is not in the books, and why."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    spend_import = models.ForeignKey(SpendImport, on_delete=models.PROTECT, related_name="left_out")
    row = models.IntegerField()
    fate = models.CharField(max_length=12)
    reasons = ArrayField(models.CharField(max_length=300))
    amount = money(null=True)
    cells = models.TextField(blank=True)

    class Meta:
        db_table = "spend_row_left_out"
        constraints = [models.UniqueConstraint(fields=["spend_import", "row"], name="left_out_once")]


class SpendLine(models.Model):
    """One payment. Never changed: what is wrong is taken back by a reversing line in an open period, with the right one beside it.

    The doors that alone write it take partnership, partner, period, supplier and cost centre from their own tables, from which nothing goes; a hundred thousand lines are not asked for them one by one again.
    """

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    period = models.ForeignKey("open_book.Period", on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False, help_text="Who paid.")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    cost_centre = models.ForeignKey("open_book.CostCentre", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    paid_on = models.DateField()
    amount = money()
    reference = models.CharField(max_length=80, blank=True)
    description = models.CharField(max_length=300, blank=True)
    spend_import = models.ForeignKey(SpendImport, on_delete=models.PROTECT, null=True, related_name="lines", db_constraint=False)
    row = models.IntegerField(null=True)
    fingerprint = models.CharField(max_length=32, null=True)
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversed_by", db_index=False)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by", db_index=False)
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    submission_key = models.UUIDField(null=True)

    class Meta:
        db_table = "spend_line"
        indexes = [models.Index(fields=["period", "-paid_on", "-id"]), models.Index(fields=["partnership", "agency", "paid_on"])]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "agency", "fingerprint"], condition=models.Q(fingerprint__isnull=False), name="payment_once"),
            models.UniqueConstraint(fields=["reverses"], condition=models.Q(reverses__isnull=False), name="taken_back_once"),
            models.UniqueConstraint(fields=["corrects"], condition=models.Q(corrects__isnull=False), name="corrected_once"),
            models.UniqueConstraint(fields=["submission_key"], condition=models.Q(submission_key__isnull=False), name="spend_line_sent_once"),
        ]  # fmt: skip


class LineAllocation(models.Model):
    """How one line is divided among objectives, to the penny. A new division ends the former."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey("open_book.Period", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(SpendLine, on_delete=models.PROTECT, related_name="allocations")
    objective = models.CharField(max_length=40)
    amount = money()
    ends = models.DateTimeField(null=True)

    class Meta:
        db_table = "line_allocation"
        indexes = [models.Index(fields=["line"]), models.Index(fields=["period"], condition=models.Q(ends__isnull=True), name="live_allocations")]


class LineDocument(models.Model):
    """The invoice, contract or receipt behind a line, checked and kept as it is."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(SpendLine, on_delete=models.PROTECT, related_name="documents")
    reference = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    attached_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()

    class Meta:
        db_table = "line_document"
        indexes = [models.Index(fields=["line"])]


class LineQuery(models.Model):
    """A partner's question on a line, to whoever paid it, on a clock."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(SpendLine, on_delete=models.PROTECT, related_name="queries")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", help_text="Who must answer.")
    question = models.TextField()
    asked_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    submission_key = models.UUIDField(null=True, unique=True)

    class Meta:
        db_table = "line_query"
        indexes = [models.Index(fields=["line"]), models.Index(fields=["partnership", "due_on"], condition=models.Q(answered_at__isnull=True), name="unanswered_queries")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(question=""), name="a_query_asks"),
            models.CheckConstraint(condition=models.Q(answered_at__isnull=True) | ~models.Q(answer=""), name="an_answer_says_something"),
        ]  # fmt: skip
