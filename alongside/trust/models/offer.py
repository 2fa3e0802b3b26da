from django.db import models

from alongside.trust.facts import OfferKind


class Offer(models.Model):
    """What one partner has and would give the others: a room, a car, a day of training."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in OfferKind])
    what = models.CharField(max_length=200)
    how_much = models.CharField(max_length=120)
    until = models.DateField()
    offered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "resource_offer"
        indexes = [models.Index(fields=["partnership", "until"])]


class OfferRequest(models.Model):
    """Another partner asks for it; whoever offered it gives it, or says why not."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="requests")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    what_for = models.CharField(max_length=300)
    asked_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    given = models.BooleanField(null=True, help_text="Empty: not answered yet.")
    why = models.TextField(blank=True)
    answered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "offer_request"
        indexes = [models.Index(fields=["offer", "asked_at"])]
        constraints = [models.CheckConstraint(condition=models.Q(given=None) | models.Q(given=True) | ~models.Q(why=""), name="offer_refused_with_a_reason")]
