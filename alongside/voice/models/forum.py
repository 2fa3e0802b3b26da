from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from alongside.voice.facts import REPLY_DAYS, Characteristic, ForumKind, Rung, Seat


class Forum(models.Model):
    """A panel, consultation or board in which people are heard. `reply_days`: working days in which it promises an answer."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ForumKind])
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    opens = models.DateField()
    closes = models.DateField(null=True)
    reply_days = models.SmallIntegerField(default=REPLY_DAYS)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    submission_key = models.UUIDField(unique=True, help_text="The same forum sent twice is one.")

    class Meta:
        db_table = "voice_forum"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="forum_name_once"),
            models.CheckConstraint(condition=models.Q(closes=None) | models.Q(closes__gte=models.F("opens")), name="forum_closes_after_it_opens"),
            models.CheckConstraint(condition=models.Q(reply_days__range=(1, 60)), name="forum_reply_days"),
        ]

    def __str__(self) -> str:
        return self.name


class ForumClaim(models.Model):
    """The rung that the organiser says a forum stands on, and the power its public members are said to hold. The newest holds."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="claims")
    rung = models.SmallIntegerField(choices=[(one.value, one.name) for one in Rung])
    public_votes = models.SmallIntegerField(default=0)
    all_votes = models.SmallIntegerField(default=0)
    budget = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "voice_claim"
        constraints = [
            models.CheckConstraint(condition=models.Q(rung__range=(1, 8)), name="claim_on_the_ladder"),
            models.CheckConstraint(condition=models.Q(public_votes__gte=0) & models.Q(all_votes__gte=models.F("public_votes")), name="claim_votes_of_all"),
        ]


class Profile(models.Model):
    """Who takes part in a forum on a day, as counts by group. It names nobody. The newest of a characteristic holds."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="profiles")
    taken_on = models.DateField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    submission_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "voice_profile"


class ProfileCount(models.Model):
    """So many of those who take part belong to one group; `group` may be not_said."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="counts")
    characteristic = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Characteristic])
    group = models.CharField(max_length=80)
    members = models.IntegerField()

    class Meta:
        db_table = "voice_profile_count"
        constraints = [
            models.UniqueConstraint(fields=["profile", "characteristic", "group"], name="profile_group_once"),
            models.CheckConstraint(condition=models.Q(members__gte=0), name="profile_not_below_zero"),
        ]


class Sitting(models.Model):
    """One meeting of a forum, by what it was called: who spoke, proposed and was followed, by seat. `meeting` is where it stands among the partnership's minuted meetings, if it does."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="sittings")
    label = models.CharField(max_length=120)
    held_on = models.DateField()
    meeting = models.ForeignKey("partnerships.Meeting", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    submission_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "voice_sitting"


class SittingCount(models.Model):
    """What one kind of seat did at a sitting. `turns` holds a number for each member who was there, zero for the silent, from the most to the fewest: in no order that tells who."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="counts")
    seat = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Seat])
    turns = ArrayField(models.IntegerField())
    written = models.IntegerField(default=0)
    proposals = models.IntegerField(default=0)
    adopted = models.IntegerField(default=0)

    class Meta:
        db_table = "voice_sitting_count"
        constraints = [
            models.UniqueConstraint(fields=["sitting", "seat"], name="sitting_seat_once"),
            models.CheckConstraint(condition=models.Q(adopted__lte=models.F("proposals")) & models.Q(adopted__gte=0) & models.Q(written__gte=0), name="sitting_adopts_what_is_proposed"),
        ]
