from django.db import models


class DecisionNote(models.Model):
    """A decision that called for somebody's expertise, and whether they were asked. It names nobody who is helped."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    expertise = models.CharField(max_length=120)
    asked = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", help_text="Who was asked; empty: nobody.")
    why_not = models.TextField(blank=True)
    decided_on = models.DateField()
    noted_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "decision_note"
        indexes = [models.Index(fields=["partnership", "-decided_on"])]
        constraints = [models.CheckConstraint(condition=models.Q(asked__isnull=False) | ~models.Q(why_not=""), name="decision_note_asked_or_why_not")]
