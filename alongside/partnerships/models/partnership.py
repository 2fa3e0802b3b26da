from django.db import models
from django.db.models.functions import Now

from alongside.partnerships.facts import Stage


class Partnership(models.Model):
    name = models.CharField(max_length=160, unique=True)
    area = models.CharField(max_length=40, default="england")
    vision = models.TextField(blank=True)
    lead_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    lead_practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", help_text="Hears when something climbs past supervisors.")
    guardian = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", help_text="Caldicott guardian for the partnership.")
    how_to_complain = models.TextField(blank=True)
    stage = models.CharField(max_length=20, default=Stage.ACTIVE.value, db_default=Stage.ACTIVE.value, choices=[(stage.value, stage.value) for stage in Stage])
    starts = models.DateField()
    ends = models.DateTimeField(null=True, help_text="From this moment on it is over. Known as soon as its end is planned.")

    class Meta:
        db_table = "partnership"

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """An agency's place in a partnership, from when it joined until it left. It may come back: that is a new row."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="partners")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="memberships")
    guardian = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    front_door = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, null=True, related_name="+", help_text="The team that receives what comes in for nobody in particular.")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_because = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, help_text="When the others were told that it left.")

    class Meta:
        db_table = "partner"
        constraints = [models.UniqueConstraint(fields=["partnership", "agency"], condition=models.Q(left_at__isnull=True), name="partner_once")]


class PartnershipEvent(models.Model):
    """What was done to a partnership: founded, joined, left, changed. `recorded_at` is the database's own clock."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="events")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=40)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "partnership_event"
        indexes = [models.Index(fields=["partnership", "at"])]
