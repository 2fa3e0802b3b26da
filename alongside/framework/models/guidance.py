from django.db import models
from django.db.models.functions import Now


class Guidance(models.Model):
    """One published version of the framework, word for word. Nobody changes it: what is revised is published as the next version, with what changed and why."""

    version = models.IntegerField(unique=True)
    edition = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    content = models.JSONField(help_text="Questions, bands, gates and statements, as the edition's file holds them.")
    what_changed = models.TextField()
    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    review_on = models.DateField()
    submission_key = models.UUIDField(null=True, unique=True)

    class Meta:
        db_table = "guidance"
        constraints = [models.CheckConstraint(condition=~models.Q(what_changed=""), name="guidance_says_what_changed")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class GuidanceReview(models.Model):
    """Looked at again and left as it is, until the next day of review."""

    guidance = models.ForeignKey(Guidance, on_delete=models.PROTECT, related_name="reviews")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField()
    review_on = models.DateField()

    class Meta:
        db_table = "guidance_review"


class GuidanceHandOver(models.Model):
    """From whom to whom the guidance went, and why. The last counts: only its owner publishes the next version."""

    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    former = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    why = models.TextField()

    class Meta:
        db_table = "guidance_hand_over"
        constraints = [models.CheckConstraint(condition=~models.Q(why=""), name="hand_over_says_why")]
