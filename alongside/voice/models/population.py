from django.db import models
from django.db.models.functions import Now

from alongside.voice.facts import Characteristic


class PopulationCount(models.Model):
    """How many people of one group live where a partnership works, as one table said that was brought in. The newest table of a characteristic holds; the former stay."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    table = models.UUIDField(help_text="One table brought in; brought in twice with the same key, it is one.")
    characteristic = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Characteristic])
    group = models.CharField(max_length=80)
    people = models.BigIntegerField()
    source = models.CharField(max_length=200)
    as_of = models.DateField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "voice_population"
        constraints = [
            models.UniqueConstraint(fields=["table", "characteristic", "group"], name="population_group_once"),
            models.CheckConstraint(condition=models.Q(people__gte=0), name="population_not_below_zero"),
        ]
        indexes = [models.Index(fields=["partnership", "characteristic", "recorded_at"])]
