from django.contrib.postgres.fields import ArrayField
from django.db import models


class SharingDay(models.Model):
    """What passed from one agency to another for one purpose in one day, and what became of it: counts, and nobody's name. Kept by the worker alone."""

    day = models.DateField()
    from_agency = models.IntegerField()
    to_agency = models.IntegerField()
    purpose = models.CharField(max_length=40)
    sent = models.IntegerField()
    referred = models.IntegerField(default=0, db_default=0, help_text="Of those sent, the referrals.")
    acknowledged = models.IntegerField()
    declined = models.IntegerField()
    decided = models.IntegerField()
    owed = models.IntegerField()
    answered = models.IntegerField()
    late = models.IntegerField(help_text="Answered after the clock, or not answered although it ran out.")
    not_late = models.IntegerField(help_text="Answered before the clock ran out.")
    hours = ArrayField(models.IntegerField(), help_text="Answers by how long they took: see rules.durations.")
    pairs = models.IntegerField(help_text="Entries that a declared need or the law asked for.")
    lost = models.IntegerField()
    withheld = models.IntegerField()
    running = models.IntegerField(help_text="Pairs whose clock still runs.")

    class Meta:
        db_table = "sharing_day"
        constraints = [models.UniqueConstraint(fields=["day", "from_agency", "to_agency", "purpose"], name="sharing_day_once")]
        indexes = [models.Index(fields=["to_agency", "day"])]


class CountedDay(models.Model):
    """Which days have been counted, when, and whether anything on them can still change."""

    day = models.DateField(primary_key=True)
    counted_at = models.DateTimeField()
    still_open = models.BooleanField()

    class Meta:
        db_table = "counted_day"
        indexes = [models.Index(fields=["counted_at"])]


class BehaviourFigure(models.Model):
    """One measured behaviour of one partnership, as the worker found it on a day; the last of each day is kept."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.CASCADE, related_name="+")
    behaviour = models.CharField(max_length=40)
    day = models.DateField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.IntegerField()
    formula = models.CharField(max_length=40)
    caveat = models.TextField(blank=True)
    first = models.DateField()
    last = models.DateField()
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "behaviour_figure"
        constraints = [models.UniqueConstraint(fields=["partnership", "behaviour", "day"], name="behaviour_figure_once_a_day")]


class TiesFound(models.Model):
    """Who is tied to whom in one partnership by one kind of tie, as the worker last found it: triples of sender, receiver and how much."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    since = models.DateField()
    ties = models.JSONField()
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "ties_found"
        constraints = [models.UniqueConstraint(fields=["partnership", "kind"], name="ties_found_once")]


class PartnerAnswers(models.Model):
    """How one agency answered what came to it in the last ninety days, as the worker last found it."""

    agency = models.OneToOneField("agencies.Agency", on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateField()
    until = models.DateField()
    sent = models.IntegerField()
    acknowledged = models.IntegerField(help_text="Or decided.")
    declined = models.IntegerField()
    late = models.IntegerField()
    half_hours = models.FloatField(null=True)
    pairs = models.IntegerField()
    lost = models.IntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "partner_answers"
