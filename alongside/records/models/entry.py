from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """Something that happened or was said, about one or several people. Never changed: a correction is a new entry beside it."""

    STATUSES = [("awaiting_signature", "Waits for a second signature"), ("shared", "Routed"), ("corrected", "Corrected"), ("withdrawn", "Recorded in error")]

    id = models.BigAutoField(primary_key=True)
    reference = models.UUIDField(unique=True, help_text="Random; the only name of an entry outside the database.")
    submission_key = models.UUIDField(help_text="Made when the form was opened: a retry never doubles.")
    kind = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    author_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    byline = models.CharField(max_length=200, help_text="Name and title as they were when it was written.")
    tags = ArrayField(models.CharField(max_length=40), default=list)
    headline = models.CharField(max_length=200)
    account = models.TextField()
    words_of_person = models.TextField(blank=True)
    effect = models.TextField(blank=True, help_text="What it means for the child or person.")
    action_taken = models.TextField(blank=True)
    no_action_reason = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=STATUSES, default="shared")
    risk = models.CharField(max_length=20, default="none_known")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    correction_reason = models.TextField(blank=True)
    not_online = models.BooleanField(default=False, help_text="Not shown on the person's screen: somebody else may watch it.")
    follow_up_due_at = models.DateTimeField(null=True)
    followed_up_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    signed_at = models.DateTimeField(null=True)
    keys = ArrayField(models.BigIntegerField(), help_text="One access key for each person it is about.")
    shared_to = ArrayField(models.IntegerField(), default=list, help_text="Principals it was shared with.")
    only_for = ArrayField(models.IntegerField(), null=True, help_text="When restricted: the only principals who may read it.")

    class Meta:
        db_table = "entry"
        indexes = [
            models.Index(fields=["agency", "-written_at"]), models.Index(fields=["author", "-written_at"]),
            models.Index(fields=["author", "follow_up_due_at"], condition=models.Q(follow_up_due_at__isnull=False, followed_up_at__isnull=True), name="entry_to_follow_up"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "submission_key"], name="entry_submitted_once"),
            models.UniqueConstraint(fields=["author_person", "submission_key"], name="person_entry_submitted_once", condition=models.Q(author_person__isnull=False)),
            models.UniqueConstraint(fields=["submission_key"], name="written_for_somebody_once", condition=models.Q(author__isnull=True, author_person__isnull=True)),
            models.CheckConstraint(condition=~models.Q(account="") | ~models.Q(words_of_person=""), name="entry_says_something"),
        ]


class EntrySubject(models.Model):
    """One person an entry is about: the chronology's row. Who wrote the entry and when stands here as well, so that neither lists nor row security read each entry for it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="subjects", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    link = models.CharField(max_length=10, db_default="subject", help_text="How the entry touches this person: subject, sibling, household or mentioned.")
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    author = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    author_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    key = models.BigIntegerField()
    shared_to = ArrayField(models.IntegerField(), default=list)
    only_for = ArrayField(models.IntegerField(), null=True)

    class Meta:
        db_table = "entry_subject"
        indexes = [models.Index(fields=["person", "-happened_at"], name="chronology")]
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="entry_about_person_once")]


class EntryPart(models.Model):
    """A part of an entry that is kept apart because fewer may have it: a victim's statement, an address, a third party, the referrer's name."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="parts", db_index=False)
    part = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    text = models.TextField()
    keys = ArrayField(models.BigIntegerField())
    shared_to = ArrayField(models.IntegerField(), default=list)
    only_for = ArrayField(models.IntegerField(), null=True)

    class Meta:
        db_table = "entry_part"
        constraints = [models.UniqueConstraint(fields=["entry", "part"], name="entry_part_once")]


class EntryEvent(models.Model):
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="events", db_index=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    what = models.CharField(max_length=40)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "entry_event"
        indexes = [models.Index(fields=["entry", "at"])]


class Attachment(models.Model):
    reference = models.UUIDField(unique=True)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="attachments", db_index=False)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    keys = ArrayField(models.BigIntegerField())
    shared_to = ArrayField(models.IntegerField(), default=list)
    only_for = ArrayField(models.IntegerField(), null=True)

    class Meta:
        db_table = "attachment"
        indexes = [models.Index(fields=["entry"])]


class Draft(models.Model):
    """What somebody has typed and not yet sent; survives time-out and crash; nobody else sees it."""

    account = models.ForeignKey("agencies.Account", on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=60)
    about = models.CharField(max_length=60, blank=True, help_text="What the form is about, e.g. person:123.")
    submission_key = models.UUIDField()
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "draft"
        constraints = [models.UniqueConstraint(fields=["account", "form", "about"], name="draft_once")]


class DraftFile(models.Model):
    """A file that was chosen and not yet recorded, because something else was wrong with the form: a browser never gives it back. Only who sent it sees it; it goes with the entry."""

    reference = models.UUIDField(unique=True)
    account = models.ForeignKey("agencies.Account", on_delete=models.CASCADE, related_name="+")
    submission_key = models.UUIDField(help_text="Of the form it was chosen in.")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "draft_file"
        constraints = [models.UniqueConstraint(fields=["account", "submission_key", "name", "sha256"], name="draft_file_once")]
