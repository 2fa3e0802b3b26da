from django.db import models
from django.db.models.functions import Now


class Said(models.Model):
    """What somebody said or did at a partnership's table. Nothing of it is changed afterwards but what the row itself says may follow.

    `by` is empty for a board member who works for no partner: then the row names their seat. `recorded_at` is the database's own clock.
    """

    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    key = models.UUIDField(null=True, unique=True, help_text="The same form sent twice is one row.")

    class Meta:
        abstract = True
