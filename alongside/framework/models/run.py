from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from alongside.framework.facts import Answer, Depth, Kind, Option


class Run(models.Model):
    """One test of a potential partnership, or one examination of an existing one, by one version of the guidance."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    guidance = models.ForeignKey("framework.Guidance", on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Kind])
    answers = models.JSONField(help_text="What was answered to each question of significance, 0 to 3.")
    significance = models.IntegerField()
    depth = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Depth])
    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    started_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    scores_due = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True)
    figures_until = models.DateTimeField(null=True, help_text="Measured behaviour is shown as it stood then.")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Option])
    closed_at = models.DateTimeField(null=True, help_text="Broken off without a decision.")
    closed_because = models.TextField(blank=True)
    submission_key = models.UUIDField(null=True, unique=True)

    class Meta:
        db_table = "framework_run"
        indexes = [models.Index(fields=["partnership", "-started_at"])]
        constraints = [
            models.UniqueConstraint(fields=["partnership"], condition=Q(decided_at__isnull=True, closed_at__isnull=True), name="one_run_at_a_time"),
            models.CheckConstraint(condition=Q(decided_at__isnull=True, decision="") | Q(decided_at__isnull=False) & ~Q(decision=""), name="decided_with_a_decision"),
        ]


class GateAnswer(models.Model):
    """What was answered at a gate, and what supports it. A new answer stands beside the former ones; the latest counts."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="gate_answers")
    gate = models.CharField(max_length=40)
    answer = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Answer])
    evidence = models.TextField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "gate_answer"
        indexes = [models.Index(fields=["run", "gate", "-id"])]
        constraints = [models.CheckConstraint(condition=~Q(evidence=""), name="gate_answer_has_evidence")]


class ScoreSheet(models.Model):
    """One partner's scores in a run. Until the reveal they are open to whoever fills them in, and to nobody else."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="sheets")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=200, help_text="Who is asked, by role.")
    scorer = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    sent_in_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "score_sheet"
        constraints = [models.UniqueConstraint(fields=["run", "agency"], name="one_sheet_for_each_partner")]


class Score(models.Model):
    """One score, 1 to 4; none: the scorer cannot say."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="scores")
    statement = models.CharField(max_length=40)
    value = models.SmallIntegerField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "score"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "statement"], name="one_score_for_each_statement"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__range=(1, 4)), name="score_from_one_to_four"),
        ]


class Recommendation(models.Model):
    """What is put to the partners, why, and what was thought of every other way. A later one takes its place."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="recommendations")
    option = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Option])
    reasons = models.TextField()
    considered = models.JSONField(help_text="By option: what speaks for and against it.")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    fell_at = models.DateTimeField(null=True, help_text="When so many partners had said no that it could not be agreed.")

    class Meta:
        db_table = "recommendation"
        indexes = [models.Index(fields=["run", "-id"])]


class Vote(models.Model):
    """What one partner said of a recommendation. A no carries its reason and stands beside the decision for good."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="votes")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "recommendation_vote"
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "agency"], name="one_vote_for_each_partner"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(reason=""), name="dissent_has_a_reason"),
        ]


class Condition(models.Model):
    """What must be so, by whom and by when, for a decision to hold."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="conditions")
    words = models.TextField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    evidence = models.TextField(blank=True)

    class Meta:
        db_table = "run_condition"
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "words"], name="condition_once"),
            models.CheckConstraint(condition=Q(met_at__isnull=True) | ~Q(evidence=""), name="condition_met_with_evidence"),
        ]
