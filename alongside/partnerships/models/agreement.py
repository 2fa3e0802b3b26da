from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class SharingAgreement(models.Model):
    """An executable agreement: who may share what, for which purpose, on which basis, from when to when. When it lapses the tap closes."""

    STATUSES = [("draft", "Draft"), ("open_for_signature", "Open for signature"), ("in_force", "In force"), ("ended", "Ended"), ("replaced", "Replaced")]

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=200)
    version = models.IntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    submission_key = models.UUIDField(null=True, unique=True, help_text="The same draft sent twice is one agreement.")
    status = models.CharField(max_length=20, choices=STATUSES, default="draft")
    template = models.CharField(max_length=40, blank=True)
    why = models.TextField(blank=True)
    who_sees = models.TextField(blank=True, help_text="Who in each agency may open what comes in.")
    safeguards = models.TextField(blank=True)
    retention = models.TextField(blank=True)
    how_people_are_told = models.TextField(blank=True)
    contact = models.TextField(blank=True, help_text="Whom to ring when in doubt, and about anything that went wrong.")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    review_on = models.DateField()
    drafted_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "sharing_agreement"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "title", "version"], name="agreement_version_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="agreement_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Party(models.Model):
    """One agency's place in an agreement and its named signatory's signature. Nothing flows to or from a party that has not signed or has withdrawn."""

    agreement = models.ForeignKey(SharingAgreement, on_delete=models.CASCADE, related_name="parties")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    signatory = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    condition = models.TextField(blank=True, help_text="Would sign if this were so. It is no signature: nothing flows on it.")
    conditional_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "agreement_party"
        constraints = [models.UniqueConstraint(fields=["agreement", "agency"], name="party_once")]


class Term(models.Model):
    """One line of an agreement: this category may flow for this purpose on this basis, from one kind of party to another (none = any party)."""

    agreement = models.ForeignKey(SharingAgreement, on_delete=models.CASCADE, related_name="terms")
    purpose = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    lawful_basis = models.CharField(max_length=40)
    gateway = models.CharField(max_length=200, blank=True, help_text="The statute that allows it.")
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    minimum_fields = models.TextField(blank=True)

    class Meta:
        db_table = "agreement_term"
        constraints = [models.UniqueConstraint(fields=["agreement", "purpose", "category", "from_agency", "to_agency"], name="term_once", nulls_distinct=False)]


class Flow(models.Model):
    """What may flow, worked out from signed terms; kept by the definer function `recompute_flows` only. Dates are tested at every use."""

    agreement = models.ForeignKey(SharingAgreement, on_delete=models.CASCADE, related_name="flows")
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    category_no = models.SmallIntegerField()
    lawful_basis = models.CharField(max_length=40)
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        db_table = "flow"
        indexes = [models.Index(fields=["to_agency", "purpose", "ends"]), models.Index(fields=["from_agency", "to_agency", "ends"])]


class AgreementEvent(models.Model):
    """What was done to an agreement, by whom and when. `recorded_at` is the database's own clock, so that a date given by hand shows."""

    agreement = models.ForeignKey(SharingAgreement, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=40)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "agreement_event"
        indexes = [models.Index(fields=["agreement", "at"])]
