from django.db import models

from alongside.partnerships.facts import Resource
from alongside.partnerships.models.said import Said


class Ending(Said):
    """The end of a partnership: decided by its board, planned by its lead for a moment, called off before that moment or carried out at it."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="endings")
    decision = models.ForeignKey("partnerships.BoardDecision", on_delete=models.PROTECT, related_name="+")
    ends = models.DateTimeField()
    reason = models.TextField()
    information = models.TextField(help_text="What becomes of what has been shared.")
    successor = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", help_text="Who sees to what is left in the lead's place; none: the lead.")
    called_off_at = models.DateTimeField(null=True)
    called_off_because = models.TextField(blank=True)
    carried_out_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When every member was told.")

    class Meta:
        db_table = "partnership_ending"
        constraints = [models.UniqueConstraint(fields=["partnership"], condition=models.Q(called_off_at=None), name="ends_once")]


class ResourceReturn(Said):
    """One line of an exit plan: what goes back to whom, who sees to it, by when, and whether it has been done."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="returns")
    leaver = models.ForeignKey("partnerships.Partner", on_delete=models.PROTECT, null=True, related_name="returns", help_text="Whose leaving it belongs to; none: the end of the partnership.")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Resource])
    what = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, help_text="In pounds, where it is money.")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", help_text="To whom it goes back.")
    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+", help_text="Who sees to it.")
    due = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_how = models.TextField(blank=True)

    class Meta:
        db_table = "resource_return"
        indexes = [models.Index(fields=["partnership"], condition=models.Q(done_at=None), name="not_given_back")]
        constraints = [models.CheckConstraint(condition=models.Q(amount=None) | models.Q(amount__gte=0), name="nothing_owed_goes_back")]
