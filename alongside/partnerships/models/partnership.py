from django.db import models


class Partnership(models.Model):
    name = models.CharField(max_length=160, unique=True)
    area = models.CharField(max_length=40, default="england")
    vision = models.TextField(blank=True)
    lead_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    lead_practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", help_text="Hears when something climbs past supervisors.")
    guardian = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", help_text="Caldicott guardian for the partnership.")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        db_table = "partnership"

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="partners")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="memberships")
    guardian = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    front_door = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, null=True, related_name="+", help_text="The team that receives what comes in for nobody in particular.")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "partner"
        constraints = [models.UniqueConstraint(fields=["partnership", "agency"], condition=models.Q(left_at__isnull=True), name="partner_once")]
