from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q

SURFACES = ("page", "api", "export", "print", "message", "job", "cli", "search")


class TransactionNumber(models.Field):
    """PostgreSQL's 64-bit transaction number (xid8)."""

    def db_type(self, connection: object) -> str:
        return "xid8"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> int | None:
        return None if value is None else int(value)


class LedgerLine(models.Model):
    """One decision or reading: who, whom, why, on what ground, with what answer. Written only by the database's `ledger_append`.

    `commitment` fixes the line for ever; everything below it may be erased by `ledger_erase`, which leaves its own line behind.
    """

    era = models.SmallIntegerField(db_default=1, help_text="Raised when transaction numbers start again, after a restore into another server.")
    xid = TransactionNumber(db_default=Func(function="pg_current_xact_id"))
    at = models.DateTimeField(db_default=Func(function="clock_timestamp"))
    commitment = models.BinaryField()

    salt = models.BinaryField(null=True)
    kept_salt = models.BinaryField(null=True)
    account_id = models.BigIntegerField(null=True)
    practitioner_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    people = ArrayField(models.BigIntegerField(), null=True, help_text="Everybody shown together on one list.")
    verb = models.TextField(null=True)
    category = models.TextField(null=True)
    item = models.TextField(null=True)
    purpose = models.TextField(null=True)
    basis = models.TextField(null=True)
    decision = models.TextField(null=True)
    rules = ArrayField(models.TextField(), null=True)
    obligations = ArrayField(models.TextField(), null=True)
    withheld = ArrayField(models.TextField(), null=True)
    reason = models.TextField(null=True)
    surface = models.TextField(null=True, choices=[(surface, surface) for surface in SURFACES])
    automatic = models.BooleanField(null=True)
    detail = models.JSONField(null=True)

    class Meta:
        db_table = "ledger_line"
        indexes = [
            models.Index(fields=["era", "xid", "id"], name="ledger_line_order"),
            models.Index(fields=["person_id", "id"], name="ledger_line_person", condition=Q(person_id__isnull=False)),
            GinIndex(fields=["people"], name="ledger_line_people", condition=Q(people__isnull=False), fastupdate=True),
            models.Index(fields=["practitioner_id", "id"], name="ledger_line_practitioner", condition=Q(practitioner_id__isnull=False)),
            models.Index(fields=["item", "id"], name="ledger_line_item", condition=Q(item__isnull=False)),
            models.Index(fields=["id"], name="ledger_line_disposal", condition=Q(verb="dispose", category="access_ledger")),
        ]
        constraints = [
            models.CheckConstraint(
                name="ledger_line_whole_or_erased",
                condition=Q(salt__isnull=False, verb__isnull=False, surface__isnull=False, automatic__isnull=False)
                | Q(salt__isnull=True, verb__isnull=True, surface__isnull=True, automatic__isnull=True),
            ),
            models.CheckConstraint(name="ledger_line_surface", condition=Q(surface__in=SURFACES)),
        ]


class LedgerSeal(models.Model):
    """The lines of about one second under one signed hash, chained to the seal before. `leaves` repeats the lines' hashes so that a
    verifier can say which line was touched."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    era = models.SmallIntegerField()
    from_xid = TransactionNumber()
    to_xid = TransactionNumber()
    count = models.IntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    key = models.BinaryField()
    signature = models.BinaryField()
    leaves = models.BinaryField()

    class Meta:
        db_table = "ledger_seal"
        constraints = [models.UniqueConstraint(fields=["era", "to_xid"], name="ledger_seal_ends_once")]


class Cosignature(models.Model):
    """A partner's word that this seal follows from everything it saw before. The partner keeps its own copy elsewhere."""

    seal = models.ForeignKey(LedgerSeal, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.TextField()
    key = models.BinaryField()
    at = models.DateTimeField()
    signature = models.BinaryField()

    class Meta:
        db_table = "ledger_cosignature"
        constraints = [models.UniqueConstraint(fields=["seal", "key"], name="ledger_cosignature_once")]
