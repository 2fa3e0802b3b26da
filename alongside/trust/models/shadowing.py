from django.db import models

from alongside.trust.facts import SharedWith


class ShadowingDay(models.Model):
    """A day that somebody spent with another partner: what surprised them, what they will do differently, and who may read it."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    surprised = models.TextField()
    differently = models.TextField()
    shared_with = models.CharField(max_length=20, choices=[(one.value, one.value) for one in SharedWith])
    writer = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        db_table = "shadowing_day"
        indexes = [models.Index(fields=["partnership", "-on"])]
        constraints = [models.CheckConstraint(condition=~models.Q(agency=models.F("host")), name="shadowing_day_with_another")]
