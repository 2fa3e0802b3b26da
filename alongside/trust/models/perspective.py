from django.contrib.postgres.fields import ArrayField
from django.db import models


class PerspectiveExercise(models.Model):
    """A partner writes down what weighs on it and in which order; the others guess the order. The order is sealed until the exercise closes."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    pressures = ArrayField(models.CharField(max_length=120), help_text="In the order of the alphabet, which says nothing.")
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", help_text="The exercise before, where they have meanwhile spent time with each other.")
    what_was_done = models.TextField(blank=True, help_text="Between that one and this: who spent a day with whom.")
    opened_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    order = ArrayField(models.SmallIntegerField(), help_text="Of each pressure its place, 1 the heaviest. Readable by nobody before the end, and then by a function.")

    class Meta:
        db_table = "perspective_exercise"
        indexes = [models.Index(fields=["partnership", "-closes_at"])]


class Guess(models.Model):
    """How somebody of another partner thinks the order is; their own to read."""

    exercise = models.ForeignKey(PerspectiveExercise, on_delete=models.CASCADE, related_name="guesses")
    guesser = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    order = ArrayField(models.SmallIntegerField())
    guessed_at = models.DateTimeField()

    class Meta:
        db_table = "perspective_guess"
        constraints = [models.UniqueConstraint(fields=["exercise", "guesser"], name="guess_once")]
