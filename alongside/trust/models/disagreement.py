from django.db import models

from alongside.trust.facts import Level, Settled


class Disagreement(models.Model):
    """A question on which professions differ, said openly: each one's view under its own title, then the joint one. It names nobody who is helped."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    is_threshold = models.BooleanField(default=False, help_text="Each view also says what that profession would do.")
    opened_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled = models.CharField(max_length=20, default=Settled.OPEN.value, choices=[(one.value, one.value) for one in Settled])
    joint_view = models.TextField(blank=True)
    settled_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "disagreement"
        indexes = [models.Index(fields=["partnership", "-opened_at"])]


class ProfessionalView(models.Model):
    """One practitioner's view, with title and profession as they were when it was given. A later one stands beside it; the last counts."""

    disagreement = models.ForeignKey(Disagreement, on_delete=models.CASCADE, related_name="views")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    byline = models.CharField(max_length=300)
    profession = models.CharField(max_length=80)
    view = models.TextField()
    level = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Level])
    said_at = models.DateTimeField()

    class Meta:
        db_table = "professional_view"
        indexes = [models.Index(fields=["disagreement", "said_at"])]
