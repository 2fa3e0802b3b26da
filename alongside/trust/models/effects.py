from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.trust.facts import End


class Activity(models.Model):
    """Something that one partner, or all of them together, does. Once named it keeps its words, so that what was said of it stays true."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", help_text="Who does it; empty: all partners together.")
    what = models.CharField(max_length=160)
    named_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "partnership_activity"
        constraints = [models.UniqueConstraint(fields=["partnership", "what"], name="activity_named_once")]


class EffectRound(models.Model):
    """One asking: each partner privately says what each activity does to each objective. It ends on its day, or once every partner has answered."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        db_table = "effect_round"
        indexes = [models.Index(fields=["partnership", "-closes_at"])]


class EffectRating(models.Model):
    """What one partner says that one activity does to each objective; nobody else reads it before the round ends, and everybody after."""

    round = models.ForeignKey(EffectRound, on_delete=models.CASCADE, related_name="ratings")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    objectives = ArrayField(models.BigIntegerField())
    effects = ArrayField(models.SmallIntegerField(null=True), help_text="One for each objective, -3 to +3; empty: they cannot say.")
    rated_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    rated_at = models.DateTimeField()

    class Meta:
        db_table = "effect_rating"
        constraints = [models.UniqueConstraint(fields=["round", "agency", "activity"], name="effect_rated_once")]


class EffectPoint(models.Model):
    """A counter-productive effect that somebody took on: what will change, by when, and how it ended."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="points")
    objective = models.ForeignKey("partnerships.Objective", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    change = models.TextField()
    due_on = models.DateField()
    opened_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    end = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in End])
    because = models.TextField(blank=True)
    ended_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "effect_point"
        indexes = [models.Index(fields=["partnership", "due_on"], condition=models.Q(ended_at=None), name="effect_point_open")]
        constraints = [
            models.UniqueConstraint(fields=["activity", "objective"], condition=models.Q(ended_at=None), name="effect_point_once"),
            models.CheckConstraint(condition=models.Q(ended_at=None) | ~models.Q(end="") & ~models.Q(because=""), name="effect_point_ended_in_words"),
        ]
