from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from alongside.voice.facts import Route, Seat, Verdict


class Contribution(models.Model):
    """What somebody wants a partnership to know. Nobody is asked who they are: whoever holds the reference can read the answer."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    forum = models.ForeignKey("voice.Forum", on_delete=models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=12, unique=True)
    route = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Route])
    seat = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Seat], blank=True)
    words = models.TextField()
    exact = models.BooleanField(default=True, help_text="Word for word; otherwise the sense of it, agreed with whoever said it.")
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    typed_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, help_text="When it was first answered: that is when its clock stopped.")
    submission_key = models.UUIDField(unique=True, help_text="The same words sent twice are one contribution.")

    class Meta:
        db_table = "voice_contribution"
        constraints = [
            models.CheckConstraint(condition=Q(route="web") | Q(typed_by__isnull=False), name="whoever_typed_it_in"),
            models.CheckConstraint(condition=~Q(words=""), name="a_contribution_says_something"),
        ]
        indexes = [models.Index(fields=["partnership", "due_at"], condition=Q(answered_at=None), name="contribution_waits"), models.Index(fields=["partnership", "received_at"])]


class Reply(models.Model):
    """What the partnership said back. Nothing said is changed: a later reply stands beside the first, and the newest holds."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="replies")
    verdict = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Verdict])
    heard = models.CharField(max_length=300, help_text="What was said, in one line that names nobody; everybody can read it.")
    why = models.TextField()
    by_when = models.DateField(null=True)
    public = models.BooleanField(default=True)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    submission_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "voice_reply"
        constraints = [models.CheckConstraint(condition=Q(verdict="not") | Q(by_when__isnull=False), name="what_is_adopted_says_by_when")]


class Change(models.Model):
    """What is different now because of a contribution."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="changes")
    what = models.TextField()
    done_on = models.DateField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    submission_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "voice_change"


class Redaction(models.Model):
    """Words were taken out of a contribution because they pointed at somebody. What they were is kept nowhere; who took them out, when, why and how many is."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="redactions")
    why = models.CharField(max_length=300)
    characters = models.IntegerField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "voice_redaction"
