from django.db import models

from alongside.partnerships.facts import Nature, Seat, SeatRole
from alongside.partnerships.models.said import Said


class BoardMember(Said):
    """A seat at the table and who sits in it: somebody of a partner, somebody with lived experience who works for none, or somebody independent.

    Whoever works for a partner signs in as themselves; `account` is how anybody else signs in, and is empty while they take part on paper or by telephone.
    """

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="board")
    name = models.CharField(max_length=120)
    seat = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Seat])
    role = models.CharField(max_length=20, choices=[(one.value, one.value) for one in SeatRole], default=SeatRole.MEMBER.value)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("agencies.Account", on_delete=models.PROTECT, null=True, related_name="+")
    claim_hash = models.BinaryField(null=True, help_text="Of the code with which they take the seat with an account of their own.")
    votes = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "board_member"
        indexes = [models.Index(fields=["partnership"], condition=models.Q(ended_at=None), name="board_now")]
        constraints = [models.UniqueConstraint(fields=["partnership", "practitioner"], condition=models.Q(ended_at=None), name="one_seat_each")]


class BoardRules(Said):
    """When the board can decide. The last row counts."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="board_rules")
    members = models.IntegerField(help_text="Voting members who must be there.")
    partners = models.IntegerField(help_text="Partners of whom somebody must be there.")
    chair = models.BooleanField(default=True, help_text="Whether the chair or vice chair must be there.")
    review_on = models.DateField()

    class Meta:
        db_table = "board_rules"


class GovernanceText(Said):
    """What the partnership has settled under one heading of its governance. The last text under a heading counts."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="governance_texts")
    heading = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        db_table = "governance_text"
        indexes = [models.Index(fields=["partnership", "heading"])]


class DecisionRight(Said):
    """Who decides what, up to where, and to whom it is delegated."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="decision_rights")
    what = models.CharField(max_length=200)
    decides = models.CharField(max_length=160)
    delegated_to = models.CharField(max_length=160, blank=True)
    limits = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "decision_right"


class DeclaredInterest(Said):
    """What a board member may gain or lose by a decision of the board, declared for as long as it lasts."""

    member = models.ForeignKey(BoardMember, on_delete=models.CASCADE, related_name="interests")
    nature = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Nature])
    what = models.TextField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "declared_interest"
