from django.db import models
from django.db.models import Q

from alongside.partnerships.models.said import Said

ONE_TO_FOUR = Q(likelihood__range=(1, 4)) & Q(impact__range=(1, 4))


class Risk(Said):
    """Something that may stand in the way, or does: a barrier is one that partnerships are known to fail by."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="risks")
    barrier = models.CharField(max_length=40, blank=True, help_text="Which known barrier it is; empty for a risk of this partnership's own.")
    title = models.CharField(max_length=200)
    what = models.TextField()
    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        db_table = "partnership_risk"
        constraints = [models.UniqueConstraint(fields=["partnership", "barrier"], condition=~Q(barrier="") & Q(closed_at=None), name="barrier_once")]


class RiskReview(Said):
    """How likely and how bad it was thought to be on a day, what is done about it, and when it is looked at again. The last one counts."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="reviews")
    likelihood = models.SmallIntegerField()
    impact = models.SmallIntegerField()
    mitigation = models.TextField()
    next_review = models.DateField()

    class Meta:
        db_table = "partnership_risk_review"
        constraints = [models.CheckConstraint(condition=ONE_TO_FOUR, name="four_by_four")]
