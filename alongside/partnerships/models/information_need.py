from django.contrib.postgres.fields import ArrayField
from django.db import models


class InformationNeed(models.Model):
    """A partner's team says what it must know, in which situation, for which purpose, how soon and what for."""

    REACHES = [("our_people", "People we already work with"), ("anyone", "Anybody in the partnership's area")]

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="information_needs")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="information_needs")
    team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="information_needs")
    tags = ArrayField(models.CharField(max_length=40), help_text="Kinds of thing it must know, e.g. injuries, referrals, roll_changes.")
    reach = models.CharField(max_length=20, choices=REACHES, default="our_people")
    situations = ArrayField(models.CharField(max_length=40), default=list, help_text="Every word must hold of the person, e.g. looked_after; none: any situation.")
    people = ArrayField(models.CharField(max_length=10), default=list, help_text="child, adult or unborn; none: anybody.")
    minimum_fields = ArrayField(models.CharField(max_length=60), default=list, help_text="The only fields needed; none: the whole entry.")
    purpose = models.CharField(max_length=40)
    how_soon = models.CharField(max_length=60, help_text="A clock name, e.g. same_working_day.")
    what_for = models.TextField()
    statutory_floor = models.BooleanField(default=False, help_text="A duty in law; no partner can switch it off.")
    source = models.CharField(max_length=200, blank=True)
    declared_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    submission_key = models.UUIDField(null=True, unique=True, help_text="The same declaration sent twice is one need.")
    backlog_offered_at = models.DateTimeField(null=True, help_text="When what the last three months held was offered, or was seen to be nothing.")
    lead_told_at = models.DateTimeField(null=True, help_text="When the partnership's lead was told that nobody had offered it in time.")

    class Meta:
        db_table = "information_need"
        indexes = [
            models.Index(fields=["partnership", "ends"]), models.Index(fields=["team"]),
            models.Index(fields=["starts"], condition=models.Q(backlog_offered_at=None, lead_told_at=None, ends=None, statutory_floor=False), name="backlog_not_offered"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(statutory_floor=False) | models.Q(ends__isnull=True), name="floor_needs_never_end"),
            models.CheckConstraint(condition=~models.Q(what_for=""), name="a_need_says_what_for"),
        ]
