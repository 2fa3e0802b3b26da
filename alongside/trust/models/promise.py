from django.db import models

from alongside.trust.facts import Kept


class Promise(models.Model):
    """What one partner promised another, or all of them, and by when."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    by_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: to all partners.")
    what = models.TextField()
    due_on = models.DateField()
    made_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    kept = models.CharField(max_length=20, default=Kept.OPEN.value, choices=[(one.value, one.value) for one in Kept])
    done_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "promise"
        indexes = [models.Index(fields=["partnership", "due_on"])]
        constraints = [models.CheckConstraint(condition=~models.Q(by_agency=models.F("to_agency")), name="promise_to_another")]


class PromiseEvent(models.Model):
    """What was said of a promise: made, said to be done, settled."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "promise_event"
        indexes = [models.Index(fields=["promise", "at"])]
