from django.db import models

from alongside.partnerships.facts import Finding, Grade, WhoBenefits
from alongside.partnerships.models.said import Said


class Benefit(Said):
    """A good or a harm that somebody says the partnership does, to whom, with what is known of it beside it."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="benefits")
    starter = models.CharField(max_length=40, blank=True, help_text="Which claim commonly made for partnerships it is; empty for one of their own.")
    harm = models.BooleanField()
    level = models.CharField(max_length=20, choices=[(one.value, one.value) for one in WhoBenefits])
    words = models.TextField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        db_table = "benefit"
        constraints = [models.UniqueConstraint(fields=["partnership", "starter"], condition=~models.Q(starter=""), name="claim_once")]


class Evidence(Said):
    """What was found about a benefit or a harm, how, and which way it points."""

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="evidence")
    grade = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Grade])
    finding = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Finding])
    words = models.TextField()
    source = models.TextField()

    class Meta:
        db_table = "benefit_evidence"
