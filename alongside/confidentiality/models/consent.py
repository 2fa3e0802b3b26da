from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.confidentiality.models.involvement import Involvement


class Consent(models.Model):
    """What was asked, of whom, and the answer. Current until withdrawn, expired or replaced by a later one of the same scope."""

    STATES = [(s, s.replace("_", " ")) for s in ("given", "given_limited", "refused", "withdrawn", "not_sought", "not_sought_unsafe", "cannot_consent")]

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="consents")
    state = models.CharField(max_length=20, choices=STATES)
    by = models.CharField(max_length=20, default="person", help_text="person, parent, victim, referrer ... in the gate's words")
    purpose = models.CharField(max_length=40, blank=True, help_text="Empty: for all purposes.")
    excluded_categories = ArrayField(models.CharField(max_length=40), default=list)
    excluded_agencies = ArrayField(models.IntegerField(), default=list)
    only_parts = ArrayField(models.CharField(max_length=60), default=list)
    words = models.TextField(blank=True, help_text="What the person said, in their words.")
    doubt = models.TextField(blank=True, help_text="Why the answer may not be freely given.")
    competence = models.CharField(max_length=20, blank=True, help_text="competent, not_competent, has, lacks, unknown: as judged for this decision")
    judged_by = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=10, choices=Involvement.HOW, default="online", help_text="By which way the person gave the answer.")
    recorded_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by_person = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "consent"
        indexes = [models.Index(fields=["person", "-given_at"])]


class CapacityJudgement(models.Model):
    """Competence or capacity for one decision, judged by somebody on a day. Never an age, never for everything."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="capacity_judgements")
    outcome = models.CharField(max_length=20, choices=[(c, c.replace("_", " ")) for c in ("competent", "not_competent", "has", "lacks", "unknown")])
    decision = models.CharField(max_length=200)
    help_given = models.TextField(blank=True)
    reasons = models.TextField()
    judged_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()
    review_on = models.DateField(null=True)

    class Meta:
        db_table = "capacity_judgement"
        indexes = [models.Index(fields=["person", "-judged_at"])]


class Objection(models.Model):
    """The person says: not this, or not to them. Honoured unless a stated lawful ground overrides it, with its reason."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="objections")
    category = models.CharField(max_length=40, blank=True, help_text="Empty: any category.")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", help_text="Empty: every other agency.")
    words = models.TextField(blank=True)
    how = models.CharField(max_length=10, choices=Involvement.HOW, default="online")
    made_at = models.DateTimeField()
    recorded_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "objection"
        indexes = [models.Index(fields=["person"])]
