from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class SamePerson(models.Model):
    """Two records that may be, or are, of one person. A link re-points no row; protected identities never get one."""

    STATUSES = [("proposed", "Proposed"), ("linked", "Same person"), ("different", "Different people"), ("unlinked", "Link taken back")]

    first = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    weight = models.FloatField(default=0)
    status = models.CharField(max_length=10, choices=STATUSES, default="proposed")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    decision_reason = models.TextField(blank=True)

    class Meta:
        db_table = "same_person"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]


__all__ = ["SamePerson"]
