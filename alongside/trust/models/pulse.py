from django.contrib.postgres.fields import ArrayField
from django.db import models


class PulseRound(models.Model):
    """One yearly asking: practitioners of each partner privately say how it is to work with each other partner."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        db_table = "pulse_round"
        indexes = [models.Index(fields=["partnership", "-closes_at"])]


class PulseAnswer(models.Model):
    """What one practitioner said of one partner: their own to read and to change until the round closes; nobody else reads it, then or later."""

    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="answers")
    rater = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    items = ArrayField(models.SmallIntegerField(), help_text="In the order of facts.Item, 1 to 4.")
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "pulse_answer"
        constraints = [
            models.UniqueConstraint(fields=["round", "rater", "about"], name="pulse_answer_once"),
            models.CheckConstraint(condition=~models.Q(from_agency=models.F("about")), name="pulse_answer_about_another"),
        ]
