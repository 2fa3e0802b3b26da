from django.contrib.postgres.fields import ArrayField
from django.db import models


class LettingIn(models.Model):
    """Whoever works with a person asks that the person, or somebody who acts for them, may read the record; the person asks it for a helper of their own choice. A records office lets them in or not. What was said is never changed."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    stands = models.CharField(max_length=30, help_text="How they stand to the record: a word of Stands.")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    seen = models.TextField(blank=True, help_text="What was seen that shows who they are, and by what right they act. Empty where the person themself asks for a helper.")
    parts = ArrayField(models.CharField(max_length=30), default=list, help_text="Of a helper: what they may see, by the gate's categories.")
    until = models.DateField(null=True, help_text="Of a helper: their last day.")
    submission_key = models.UUIDField(unique=True)
    asked_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", help_text="None: the person themself, for a helper.")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True, help_text="None: nobody has answered yet.")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "letting_in"
        indexes = [models.Index(fields=["person"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("asked_by")), name="let_in_by_a_second"),
            models.CheckConstraint(condition=~models.Q(stands="helper") | models.Q(until__isnull=False) & ~models.Q(parts=[]), name="helper_for_parts_until_a_day"),
            models.CheckConstraint(condition=models.Q(asked_by__isnull=False) | models.Q(stands="helper"), name="a_person_asks_for_a_helper_only"),
        ]
