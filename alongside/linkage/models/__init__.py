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
        indexes = [models.Index(fields=["status", "-weight"], name="pair_waiting"), models.Index(fields=["second"], name="pair_second")]


class SamePersonEvent(models.Model):
    """What was decided about two records, by whom and why; a link is taken back, never rubbed out."""

    pair = models.ForeignKey(SamePerson, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=SamePerson.STATUSES)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "same_person_event"


class LinkageDue(models.Model):
    """A person who is new, or whose name, birth date or numbers changed: to be compared with others. Kept by the database itself."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        db_table = "linkage_due"


__all__ = ["LinkageDue", "SamePerson", "SamePersonEvent"]
