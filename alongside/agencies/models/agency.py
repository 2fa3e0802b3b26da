from django.db import models
from django.db.models import F, Q


class AgencyKind(models.Model):
    """What sort of body an agency is, in the gate's words. Rows have dates because bodies are created and abolished by law."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "agency_kind"

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    id = models.SmallAutoField(primary_key=True)
    kind = models.ForeignKey(AgencyKind, on_delete=models.PROTECT)
    name = models.CharField(max_length=160)
    area = models.CharField(max_length=40, default="england", help_text="Whose bank holidays and school terms its clocks follow.")
    starts = models.DateField()
    ends = models.DateField(null=True)
    endpoint_url = models.URLField(blank=True, help_text="Where this agency's own system receives shares, if it has one.")
    duty_phone = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "agency"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="agency_name_once"),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="agency_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyIdentifier(models.Model):
    SCHEMES = [("ods", "ODS code"), ("urn", "School URN"), ("charity", "Charity number"), ("la", "Local authority code"), ("force", "Police force code")]

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20, choices=SCHEMES)
    value = models.CharField(max_length=40)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        db_table = "agency_identifier"
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="agency_identifier_once")]
