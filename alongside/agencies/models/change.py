from django.db import models


class DirectoryChange(models.Model):
    """What was changed in an agency's directory, by whom: the event beside each row. Names nobody who is helped."""

    at = models.DateTimeField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="changes")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=40)
    words = models.CharField(max_length=300)

    class Meta:
        db_table = "directory_change"
        indexes = [models.Index(fields=["agency", "-at"])]


class SecondStepReset(models.Model):
    """Somebody lost their phone or key and their recovery codes: one person asks, another confirms, and they set up anew."""

    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="resets")
    reason = models.CharField(max_length=300, help_text="How whoever asked made sure who it is.")
    asked_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "second_step_reset"
        constraints = [
            models.UniqueConstraint(fields=["practitioner"], condition=models.Q(closed_at__isnull=True), name="one_open_reset"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("asked_by")) & ~models.Q(confirmed_by=models.F("practitioner")),
                name="reset_by_two_people",
            ),
            models.CheckConstraint(condition=~models.Q(asked_by=models.F("practitioner")), name="nobody_resets_themselves"),
        ]
