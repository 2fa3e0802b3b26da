from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Relationship(models.Model):
    """Why a practitioner or team may open this record: it starts, it ends, and access ends with it."""

    KINDS = [
        ("allocated", "Allocated"), ("team_cover", "Covering"), ("supervisor", "Supervises"), ("referred_to", "Referred to"),
        ("records_role", "Records office"), ("break_glass", "Emergency access"), ("other_partner", "Other"),
    ]

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="relationships")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="relationships")
    team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, null=True, related_name="relationships")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=KINDS)
    lead = models.BooleanField(default=False, help_text="Lead practitioner for this person.")
    reason = models.CharField(max_length=200, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "relationship"
        indexes = [
            models.Index(fields=["person", "ends"]),
            models.Index(fields=["practitioner", "ends"], condition=Q(practitioner__isnull=False), name="relationship_practitioner"),
            models.Index(fields=["team", "ends"], condition=Q(team__isnull=False), name="relationship_team"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(practitioner__isnull=False) ^ Q(team__isnull=False), name="relationship_to_one_of_both"),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="relationship_ends_after_start"),
        ]


class AccessChange(models.Model):
    """A moment to come at which a relationship or restriction begins or ends, and with it who may know the person. Kept by the database itself."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "access_change"
        indexes = [models.Index(fields=["at"])]


class CaseloadPlace(models.Model):
    """Where a person stands, by name, in the list of whoever works with them and may know them. Kept by the database itself, so that one page of a long list is read, not the whole of it."""

    pk = models.CompositePrimaryKey("person_id", "practitioner_id")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+", db_index=False)
    family_name = models.TextField()
    given_name = models.TextField()

    class Meta:
        db_table = "caseload_place"
        indexes = [models.Index(fields=["practitioner", "family_name", "given_name", "person"], name="caseload_in_order")]


class Restriction(models.Model):
    """A named list of those who may know: of a whole record (entry empty) or of single entries. Everybody else meets nothing at all."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="restrictions")
    practitioners = ArrayField(models.IntegerField())
    category = models.CharField(max_length=40, blank=True, help_text="Empty: the whole record.")
    reason = models.TextField()
    set_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    set_by_person = models.BooleanField(default=False)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    ended_reason = models.TextField(blank=True, db_default="", default="")
    review_on = models.DateField(null=True)

    class Meta:
        db_table = "restriction"
        indexes = [models.Index(fields=["person"])]


class Risk(models.Model):
    """What may happen if nothing is done, and what acting may do, as somebody judged it on a day. A new judgement reopens decisions."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="risks")
    of_not_acting = models.CharField(max_length=20, default="none_known")
    of_acting = models.CharField(max_length=20, default="none_known")
    reasons = models.TextField(blank=True)
    judged_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "risk"
        indexes = [models.Index(fields=["person", "-judged_at"])]


class VerifiedDocument(models.Model):
    """A paper that bears out a claim: a court order, an authority, an approval. A claim without one is only a claim."""

    KINDS = [("court_order", "Court order"), ("authority", "Authority to act"), ("approval", "Approval"), ("notice", "Notice"), ("incident", "Approved incident")]

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="documents")
    kind = models.CharField(max_length=20, choices=KINDS)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    scope = models.TextField(blank=True)
    scope_specific = models.BooleanField(default=False)
    recorded_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True, help_text="When a second practitioner looked at it, whatever they found.")
    check_note = models.TextField(blank=True)
    verified_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True, help_text="None: nobody has found it genuine, and the gate does not count it.")
    expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "verified_document"
        indexes = [models.Index(fields=["person", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | (Q(recorded_by__isnull=False, verified_by__isnull=False) & ~Q(verified_by=F("recorded_by"))),
                name="document_verified_by_a_second",
            ),
        ]


class DeclaredTie(models.Model):
    """A practitioner's own tie to somebody with a record (self, relative, friend): nobody works on their own family's record."""

    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=[("self", "Themself"), ("relative", "Relative"), ("friend", "Friend"), ("neighbour", "Neighbour")])
    declared_at = models.DateTimeField()

    class Meta:
        db_table = "declared_tie"
        constraints = [models.UniqueConstraint(fields=["practitioner", "person"], name="tie_once")]
