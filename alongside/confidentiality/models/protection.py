from django.db import models


class ProtectionEnding(models.Model):
    """A records office asks that a marker end whose very existence is secret; a second person agrees or not. Nothing of what was said is ever changed."""

    marker = models.ForeignKey("people.Marker", on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    asked_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True, help_text="None: nobody has answered yet.")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "protection_ending"
        constraints = [
            models.UniqueConstraint(fields=["marker"], condition=models.Q(answered_at__isnull=True), name="one_open_ending"),
            models.CheckConstraint(condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("asked_by")), name="ending_answered_by_a_second"),
        ]
