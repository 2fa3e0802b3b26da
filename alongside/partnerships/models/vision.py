from django.db import models

from alongside.partnerships.facts import Answer
from alongside.partnerships.models.said import Said


class Vision(Said):
    """One version of what the partners want together: its text, and the objectives as they were worded when it was opened for sign-up."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="visions")
    version = models.IntegerField()
    text = models.TextField()
    opened_at = models.DateTimeField(null=True)
    adopted_at = models.DateTimeField(null=True, help_text="When every body asked had signed.")
    objectives = models.ManyToManyField("partnerships.Wording", related_name="visions", db_table="vision_objective")

    class Meta:
        db_table = "vision"
        constraints = [models.UniqueConstraint(fields=["partnership", "version"], name="vision_version_once")]


class VisionParty(models.Model):
    """One body asked to sign a version, and the only practitioner who can answer for it."""

    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="parties")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    signatory = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "vision_party"
        constraints = [models.UniqueConstraint(fields=["vision", "agency"], name="vision_party_once")]


class SignUp(Said):
    """What a body's signatory answered; the last answer counts, and every one stays."""

    party = models.ForeignKey(VisionParty, on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Answer])
    words = models.TextField(blank=True)

    class Meta:
        db_table = "sign_up"
        indexes = [models.Index(fields=["party", "at"])]


class Remark(Said):
    """A comment on a version, or another wording for it or for one of its objectives; answered by whoever leads the negotiation."""

    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="remarks")
    about = models.ForeignKey("partnerships.Wording", on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    wording = models.TextField(blank=True, help_text="What it should say instead.")
    answer = models.CharField(max_length=20, blank=True)
    answer_why = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "vision_remark"
