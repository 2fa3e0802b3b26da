from django.contrib.postgres.fields import ArrayField
from django.db import models


class Obligation(models.Model):
    """Something the gate's decision made somebody owe: a notice, a review, an approval. It has an owner, a clock and an end."""

    STATUSES = [("open", "Open"), ("done", "Done"), ("lapsed", "No longer needed")]

    code = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="+")
    owner = models.IntegerField(help_text="Principal that owes it: a practitioner or a team.")
    raised_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", help_text="Whose act it came from.")
    line_id = models.BigIntegerField(help_text="The ledger line of the decision it came from.")
    about = models.CharField(max_length=80, blank=True, help_text="What it concerns, e.g. entry:12, share:9, break_glass:3.")
    summary = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True, help_text="None: it sleeps until something wakes it, e.g. a new risk.")
    next_step_at = models.DateTimeField(null=True, help_text="When the worker must look at it again; none when nothing more can be done.")
    status = models.CharField(max_length=10, choices=STATUSES, default="open")
    outcome = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    climbed_to = models.IntegerField(null=True)

    class Meta:
        db_table = "obligation"
        indexes = [
            models.Index(fields=["owner", "due_at"], condition=models.Q(status="open"), name="obligation_open"),
            models.Index(fields=["climbed_to", "due_at"], condition=models.Q(status="open", climbed_to__isnull=False), name="obligation_climbed"),
            models.Index(fields=["next_step_at"], condition=models.Q(status="open", next_step_at__isnull=False), name="obligation_sweep"),
            models.Index(fields=["person", "code"], condition=models.Q(status="open"), name="obligation_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(status="open") | models.Q(done_at__isnull=False), name="ended_obligation_has_a_time"),
        ]


class PersonNotice(models.Model):
    """What a person is told, in plain words, now or when a stated lawful delay ends."""

    HELD = [
        ("portal_unsafe", "Somebody else may watch the person's screen"), ("unsafe_with", "It could reach somebody the person is unsafe with"),
        ("covert_enquiry", "An enquiry would be undone by it"), ("decision", "A practitioner decided so, with a reason"),
    ]

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="notices")
    code = models.CharField(max_length=40)
    text = models.TextField()
    line_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    release_at = models.DateTimeField(null=True, help_text="None while it is held.")
    held_because = models.CharField(max_length=40, blank=True, choices=HELD)
    review_at = models.DateTimeField(null=True, help_text="When somebody must look again whether it still has to be held.")
    hidden_from = ArrayField(models.CharField(max_length=30), default=list, help_text="Relations that must not see it, e.g. no_parental_responsibility.")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "person_notice"
        indexes = [
            models.Index(fields=["person", "-release_at"]),
            models.Index(fields=["review_at"], condition=models.Q(release_at__isnull=True), name="person_notice_held"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(release_at__isnull=False) | (~models.Q(held_because="") & models.Q(review_at__isnull=False)),
                name="held_notice_has_a_reason_and_a_review",
            ),
        ]


class BreakGlass(models.Model):
    """Emergency access: a reason that describes the emergency, four hours, an independent judgement within a day."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    relationship = models.OneToOneField("confidentiality.Relationship", on_delete=models.PROTECT, null=True)
    line_id = models.BigIntegerField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    judgement_due_at = models.DateTimeField()
    judged_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    judgement = models.CharField(max_length=20, blank=True, choices=[("proper", "Proper"), ("not_proper", "Not proper")])
    judgement_reason = models.TextField(blank=True)

    class Meta:
        db_table = "break_glass"
        indexes = [models.Index(fields=["judgement_due_at"], condition=models.Q(judged_at__isnull=True), name="break_glass_unjudged")]


class Complaint(models.Model):
    """A person complains about an access or about how their information was used: acknowledged within 30 days, answered without delay."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="complaints")
    line_id = models.BigIntegerField(null=True)
    text = models.TextField()
    made_by = models.ForeignKey("agencies.Account", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True, choices=[("upheld", "Upheld"), ("partly_upheld", "Partly upheld"), ("not_upheld", "Not upheld")])
    answer = models.TextField(blank=True)

    class Meta:
        db_table = "access_complaint"
        indexes = [models.Index(fields=["person"]), models.Index(fields=["acknowledge_by"], condition=models.Q(answered_at__isnull=True), name="complaint_open")]


class LedgerHold(models.Model):
    """Lines of the ledger that the person does not see yet: a stated lawful reason, a review date, and they appear when the reason ends."""

    REASONS = [
        ("covert_enquiry", "An enquiry would be undone by it"), ("staff_threatened", "A practitioner was threatened"),
        ("safe_address", "The reader's name or place would give away where somebody is safe"),
    ]

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="ledger_holds")
    reason = models.CharField(max_length=20, choices=REASONS)
    why = models.TextField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    set_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    review_on = models.DateField()

    class Meta:
        db_table = "ledger_hold"
        indexes = [models.Index(fields=["person"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(agency__isnull=False) | models.Q(practitioner__isnull=False), name="ledger_hold_says_whose_lines"),
        ]


class RecordView(models.Model):
    """When a practitioner first and last opened a record: "since I last looked", and whom a correction must chase. Not evidence: that is the ledger."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.CASCADE, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    before_last_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "record_view"
        constraints = [models.UniqueConstraint(fields=["person", "practitioner"], name="record_view_once")]
        indexes = [models.Index(fields=["practitioner", "-last_at"])]
