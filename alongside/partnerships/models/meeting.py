from django.db import models

from alongside.partnerships.facts import Came
from alongside.partnerships.models.board import BoardMember
from alongside.partnerships.models.said import Said


class Meeting(Said):
    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="meetings")
    name = models.CharField(max_length=160)
    starts = models.DateTimeField()
    place = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, help_text="From then on it is minutes.")
    cancelled_at = models.DateTimeField(null=True)
    next_on = models.DateField(null=True)

    class Meta:
        db_table = "board_meeting"


class AgendaItem(Said):
    """A point of the agenda; any member of the board may put one down until the meeting is closed."""

    FOR = [("decision", "To decide"), ("discussion", "To discuss"), ("information", "To know")]

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    member = models.ForeignKey(BoardMember, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who put it down, where a member did.")
    title = models.CharField(max_length=200)
    what_for = models.CharField(max_length=20, choices=FOR)
    paper = models.TextField(blank=True, help_text="The paper itself, in plain words.")
    link = models.URLField(blank=True, max_length=500)
    discussion = models.TextField(blank=True, help_text="What was said, for the minutes.")

    class Meta:
        db_table = "agenda_item"


class Attendance(Said):
    """Whether a member came. The last word on each counts."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    member = models.ForeignKey(BoardMember, on_delete=models.PROTECT, related_name="attendance")
    came = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Came])
    substitute = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "attendance"


class ItemConflict(Said):
    """A member has an interest in this point and takes no part in deciding it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="conflicts")
    member = models.ForeignKey(BoardMember, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()

    class Meta:
        db_table = "item_conflict"
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="conflict_once")]


class BoardDecision(Said):
    """What the board decided, with whom there was to decide it: the count is kept as it was."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    words = models.TextField()
    why = models.TextField(blank=True)
    in_favour = models.IntegerField()
    against = models.IntegerField()
    abstained = models.IntegerField()
    present = models.IntegerField(help_text="Voting members there and free to vote on it.")
    ends_partnership = models.BooleanField(default=False, db_default=False, help_text="It decides that the partnership ends; its lead carries that out.")

    class Meta:
        db_table = "board_decision"
        constraints = [models.CheckConstraint(condition=models.Q(in_favour__gte=0, against__gte=0, abstained__gte=0), name="votes_are_counts")]


class Dissent(Said):
    """A member's own words against a decision. They stand in the minutes."""

    decision = models.ForeignKey(BoardDecision, on_delete=models.CASCADE, related_name="dissents")
    member = models.ForeignKey(BoardMember, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        db_table = "board_dissent"


class BoardAction(Said):
    """What somebody took on at a meeting. It is carried from meeting to meeting until it is done."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    owner = models.ForeignKey(BoardMember, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_how = models.TextField(blank=True)

    class Meta:
        db_table = "board_action"
