from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.partnerships.models.said import Said

NUMBER = {"max_digits": 14, "decimal_places": 3, "null": True}


class Objective(Said):
    """Something the partners want to reach. How it is worded changes; what was measured of it does not."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="objectives")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        db_table = "objective"


class Wording(Said):
    """One wording of an objective, whole or not: outcome, baseline, target, owner and date may still be missing, and are then asked for by name."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="wordings")
    number = models.IntegerField()
    title = models.CharField(max_length=200)
    outcome = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    baseline = models.DecimalField(**NUMBER)
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(**NUMBER)
    target_on = models.DateField(null=True)
    owner_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "objective_wording"
        constraints = [models.UniqueConstraint(fields=["objective", "number"], name="wording_number_once")]


class Reading(Said):
    """What was measured of an objective on a day."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=3)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "objective_reading"


class Interest(Said):
    """What a body hopes to gain from an objective, what it fears, and whether it stands to profit; its last declaration counts."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="interests")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    gains = models.TextField(blank=True)
    fears = models.TextField(blank=True)
    conflict = models.TextField(blank=True, help_text="A gain of its own that may pull against the objective.")

    class Meta:
        db_table = "objective_interest"


class Ranking(Said):
    """In which order a body would take the objectives, the most important first; its last ranking counts."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="rankings")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    order = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "objective_ranking"
