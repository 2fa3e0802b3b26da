from django.db import models

from alongside.partnerships.facts import CameBy, Upheld
from alongside.partnerships.models.said import Said


class Complaint(Said):
    """Somebody who was let down told the partnership, whichever partner it was. It names nobody; who complained is known to whoever wrote it down."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", help_text="Which partner it is about; none: all of them together.")
    came_by = models.CharField(max_length=20, choices=[(one.value, one.value) for one in CameBy])
    words = models.TextField()
    received_on = models.DateField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Upheld])
    answer = models.TextField(blank=True)

    class Meta:
        db_table = "partnership_complaint"
        indexes = [models.Index(fields=["partnership", "due_on"], condition=models.Q(answered_at=None), name="complaint_not_answered")]
        constraints = [models.CheckConstraint(condition=models.Q(answered_at=None) | ~models.Q(answer="") & ~models.Q(outcome=""), name="complaint_answered_in_words")]
