from django.db import models


class Contradiction(models.Model):
    """A person was told two different things: by whom, about what, in their own words; and what they were answered. The one table here that names a person who is helped."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    one = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", help_text="Who told them one thing; empty: somebody else, or nobody knows.")
    other = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", help_text="Who told them another.")
    about = models.CharField(max_length=120)
    words = models.TextField()
    made_by = models.ForeignKey("agencies.Account", on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", help_text="Who wrote it down for them; empty: they did.")
    relation = models.CharField(max_length=30, help_text="How whoever said it stands to the person, in the gate's words.")
    made_at = models.DateTimeField()
    key = models.UUIDField(unique=True, help_text="The same form sent twice is one row.")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    activity = models.ForeignKey("trust.Activity", on_delete=models.PROTECT, null=True, related_name="+", help_text="Which activity it came from, and")
    objective = models.ForeignKey("partnerships.Objective", on_delete=models.PROTECT, null=True, related_name="+", help_text="which objective it works against, as whoever answered judged.")

    class Meta:
        db_table = "contradiction"
        indexes = [models.Index(fields=["person", "-made_at"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(answered_at=None) | ~models.Q(answer=""), name="contradiction_answered_in_words"),
            models.CheckConstraint(condition=models.Q(activity=None, objective=None) | models.Q(activity__isnull=False, objective__isnull=False), name="contradiction_of_a_whole_cell"),
        ]
