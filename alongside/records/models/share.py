from django.contrib.postgres.fields import ArrayField
from django.db import models


class RoutingOutcome(models.Model):
    """What was decided for one partner in scope of one entry: shared, withheld with a reason, or not needed with a reason. Never nothing."""

    OUTCOMES = [("share", "Shared"), ("withhold", "Kept back"), ("not_needed", "Not needed")]

    entry = models.ForeignKey("records.Entry", on_delete=models.CASCADE, related_name="outcomes", db_index=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    reason_code = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300)
    rules = ArrayField(models.CharField(max_length=20), default=list)
    needs = ArrayField(models.CharField(max_length=20), default=list, help_text="Ids of declared needs, and codes of duties of the statutory floor.")
    purposes = ArrayField(models.CharField(max_length=40), default=list)
    origin = models.CharField(max_length=12, blank=True)
    withheld_parts = ArrayField(models.CharField(max_length=60), default=list)
    obligations = ArrayField(models.CharField(max_length=40), default=list)
    decided_by_person = models.BooleanField(default=False, help_text="A practitioner chose it against the proposal.")
    decide_by = models.DateTimeField(null=True, help_text="When a named person must have decided what the gate referred.")
    decided_at = models.DateTimeField(null=True)
    decider = models.IntegerField(null=True, help_text="Principal that must decide what the gate referred or stopped of a duty in law.")
    decided_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    decided_because = models.TextField(blank=True, db_default="")
    recorded_at = models.DateTimeField()
    from_practitioner = models.IntegerField(null=True)
    from_agency = models.IntegerField()

    class Meta:
        db_table = "routing_outcome"
        constraints = [models.UniqueConstraint(fields=["entry", "team"], name="one_outcome_per_partner_team")]
        indexes = [
            models.Index(fields=["agency", "recorded_at"]),
            models.Index(fields=["from_agency", "recorded_at"]),
            models.Index(fields=["decider", "decide_by"], condition=models.Q(decided_at__isnull=True, decide_by__isnull=False), name="outcome_to_decide"),
        ]


class Share(models.Model):
    """One entry owed to one team of a partner, until it is acknowledged or declined with a reason. Always has an owner and a clock."""

    STATUSES = [
        ("held", "Waits for a second signature"), ("awaiting", "Not yet acknowledged"), ("acknowledged", "Acknowledged"), ("declined", "Declined"),
        ("decided", "Decided"), ("withdrawn", "Withdrawn"),
    ]

    id = models.BigAutoField(primary_key=True)
    reference = models.UUIDField(unique=True)
    entry = models.ForeignKey("records.Entry", on_delete=models.CASCADE, related_name="shares", db_index=False)
    outcome = models.OneToOneField(RoutingOutcome, on_delete=models.CASCADE, related_name="share")
    kind = models.CharField(max_length=40)
    headline = models.CharField(max_length=200)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", help_text="The first person the entry is about.")
    person_ids = ArrayField(models.BigIntegerField(), null=True, help_text="On whose records it shows for the receiver; null: on the one person's.")
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+")
    owner = models.IntegerField(help_text="Principal that must answer: a practitioner or the team.")
    why = models.CharField(max_length=300, help_text="Which need it answers, in plain words.")
    withheld_parts = ArrayField(models.CharField(max_length=60), default=list)
    obligations = ArrayField(models.CharField(max_length=40), default=list)
    minimum_fields = ArrayField(models.CharField(max_length=60), default=list)
    summary = models.JSONField(null=True, help_text="All that leaves, when only minimum fields may: the receiver reads this instead of the entry.")
    purpose = models.CharField(max_length=40)
    signature = models.CharField(max_length=30, blank=True, help_text="What a held share still waits for.")
    signatory = models.IntegerField(null=True, help_text="Principal that must give the second signature or approval.")
    phone_fallback = models.BooleanField(default=False)
    needs_decision = models.BooleanField(default=False)
    in_order = models.BooleanField(default=False)
    clock = models.CharField(max_length=60)
    sent_at = models.DateTimeField()
    half_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_step_at = models.DateTimeField(null=True, help_text="When the sweep must look at it again; null when nothing is owed.")
    status = models.CharField(max_length=14, choices=STATUSES, default="awaiting")
    delivered_at = models.DateTimeField(null=True)
    first_read_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    climbed_at = models.DateTimeField(null=True, help_text="When it climbed past the supervisor to the partnership.")
    phoned_at = models.DateTimeField(null=True)
    phone_note = models.TextField(blank=True)
    phone_asked_at = models.DateTimeField(null=True, help_text="When the sender was asked to telephone, because it cannot wait or cannot be delivered.")
    escalated_to = models.IntegerField(null=True, help_text="The supervisor who was told that nobody answered.")
    climbed_to = models.IntegerField(null=True, help_text="The partnership's lead who was told after the supervisor.")
    for_supervision_at = models.DateTimeField(null=True, help_text="Since when it is on the list for weekly supervision.")
    challenge = models.TextField(blank=True, db_default="", help_text="Why the sender disagrees with the answer.")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    decline_reason = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    sender_told_at = models.DateTimeField(null=True)
    used = models.BooleanField(null=True, help_text="The receiver says it mattered: feeds information lost.")
    owed = models.GeneratedField(
        expression=models.ExpressionWrapper(models.Q(status="awaiting") | models.Q(status="acknowledged", needs_decision=True), output_field=models.BooleanField()),
        output_field=models.BooleanField(), db_persist=True, help_text="An answer is still owed: a decision that was asked for is not given by acknowledging.",
    )

    class Meta:
        db_table = "share"
        indexes = [
            models.Index(fields=["owner", "due_at"], condition=models.Q(owed=True), name="share_inbox"),
            models.Index(fields=["to_team", "due_at"], condition=models.Q(owed=True), name="share_team_inbox"),
            models.Index(fields=["next_step_at"], condition=models.Q(next_step_at__isnull=False), name="share_sweep"),
            models.Index(fields=["from_practitioner", "-sent_at"], name="share_sent"),
            models.Index(fields=["escalated_to"], condition=models.Q(escalated_to__isnull=False), name="share_escalated"),
            models.Index(fields=["climbed_to"], condition=models.Q(climbed_to__isnull=False), name="share_climbed"),
            models.Index(fields=["from_practitioner"], condition=models.Q(status="awaiting", phone_asked_at__isnull=False, phoned_at__isnull=True), name="share_to_telephone"),
            models.Index(fields=["signatory"], condition=models.Q(status="held"), name="share_to_sign"),
            models.Index(fields=["entry"]),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(status="declined") | ~models.Q(decline_reason=""), name="declined_only_with_a_reason"),
            models.CheckConstraint(condition=models.Q(answered_at__isnull=False) | ~models.Q(status__in=["acknowledged", "declined", "decided"]), name="answered_share_has_a_time"),
        ]


class ShareEvent(models.Model):
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="events", db_index=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    what = models.CharField(max_length=40)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "share_event"
        indexes = [models.Index(fields=["share", "at"])]


class Delivery(models.Model):
    """The outbox: written with the entry, sent by the worker, marked after sending. The receiver is idempotent by `key`."""

    CHANNELS = [("inbox", "In Alongside"), ("endpoint", "The agency's own system")]

    id = models.BigAutoField(primary_key=True)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    key = models.UUIDField(unique=True)
    channel = models.CharField(max_length=10, choices=CHANNELS)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    person_id = models.BigIntegerField(help_text="Deliveries about one person to one agency go in order.")
    payload = models.JSONField(null=True)
    created_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True, help_text="The share was withdrawn before it went.")

    class Meta:
        db_table = "delivery"
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=models.Q(delivered_at__isnull=True, cancelled_at__isnull=True), name="delivery_waiting"),
            models.Index(fields=["agency", "person_id", "id"], condition=models.Q(delivered_at__isnull=True, cancelled_at__isnull=True), name="delivery_in_order"),
            models.Index(fields=["share"]),
        ]


class InboxItem(models.Model):
    """What the receiving team sees: at most one for each share, however often the delivery was tried."""

    share = models.OneToOneField(Share, on_delete=models.CASCADE, related_name="inbox_item")
    delivery_key = models.UUIDField(unique=True)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "inbox_item"


class CorrectionNotice(models.Model):
    """One practitioner who read a text that has been put right, and whether they have seen the correction. Written behind a door only."""

    correction = models.ForeignKey("records.Entry", on_delete=models.CASCADE, related_name="notices")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    told_at = models.DateTimeField()
    due_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "correction_notice"
        constraints = [models.UniqueConstraint(fields=["correction", "practitioner"], name="told_of_a_correction_once")]
        indexes = [models.Index(fields=["practitioner", "due_at"], condition=models.Q(seen_at__isnull=True), name="correction_to_see")]
