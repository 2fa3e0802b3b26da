from django.db import models

from alongside.open_book.facts import PeriodStatus


class Treasurer(models.Model):
    """Who keeps a partnership's books beside its lead. Named by the lead; what ends is kept."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        db_table = "treasurer"
        constraints = [models.UniqueConstraint(fields=["partnership"], condition=models.Q(ends__isnull=True), name="one_treasurer")]


class Period(models.Model):
    """An accounting period. Closed by two partners, and closed for good."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    status = models.CharField(max_length=10, default=PeriodStatus.OPEN.value, choices=[(one.value, one.value) for one in PeriodStatus])
    proposed_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounting_period"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "first"], name="period_begins_once"), models.UniqueConstraint(fields=["partnership", "name"], name="period_named_once"),
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="period_ends_after_it_begins"),
            models.CheckConstraint(condition=~models.Q(status="closed") | models.Q(closed_at__isnull=False, closed_by__isnull=False, proposed_by__isnull=False), name="closed_by_two"),
            models.CheckConstraint(condition=models.Q(published_at__isnull=True) | models.Q(status="closed"), name="published_when_closed"),
        ]

    def __str__(self) -> str:
        return self.name


class BookEvent(models.Model):
    """Every change of the books: who, when, what, before and after. Written by the database itself; nobody can leave it out or change it."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        db_table = "book_event"
        indexes = [models.Index(fields=["partnership", "-at"]), models.Index(fields=["subject", "subject_id"])]
