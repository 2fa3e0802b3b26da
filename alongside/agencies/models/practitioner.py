from django.db import models


class Practitioner(models.Model):
    """Somebody who works or volunteers for an agency. Names of practitioners are shown to partners and to the person helped."""

    id = models.AutoField(primary_key=True)
    account = models.OneToOneField("agencies.Account", on_delete=models.PROTECT, null=True, related_name="practitioner")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="practitioners")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=80, help_text="How this practitioner is introduced, e.g. Family nurse.")
    profession = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=40, help_text="In the gate's words, e.g. family_nurse.")
    supervisor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supervisees")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    system_owner = models.BooleanField(default=False, help_text="Looks after the agency's accounts.")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        db_table = "practitioner"
        indexes = [models.Index(fields=["agency"]), models.Index(fields=["supervisor"])]

    def __str__(self) -> str:
        return self.name


class Expertise(models.Model):
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="expertise")
    subject = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=[("skill", "Skill"), ("qualification", "Qualification"), ("lived", "Lived experience"), ("language", "Language")])
    since = models.DateField(null=True)

    class Meta:
        db_table = "expertise"
        constraints = [models.UniqueConstraint(fields=["practitioner", "subject", "kind"], name="expertise_once")]


class Leave(models.Model):
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="leave")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "leave"
        constraints = [models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="leave_ends_after_start")]


class Cover(models.Model):
    """While it lasts, the covering practitioner stands in for the absent one; it ends by itself."""

    absent = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="covered_by")
    covering = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="covers")
    arranged_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        db_table = "cover"
        indexes = [models.Index(fields=["covering", "ends"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="cover_ends_after_start"),
            models.CheckConstraint(condition=~models.Q(absent=models.F("covering")), name="nobody_covers_themselves"),
        ]


class Training(models.Model):
    """Current information-governance training is a condition of access to any record."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="training")
    subject = models.CharField(max_length=60, default="information_governance")
    completed_on = models.DateField()
    expires_on = models.DateField()

    class Meta:
        db_table = "training"
        indexes = [models.Index(fields=["practitioner", "subject", "-expires_on"])]
