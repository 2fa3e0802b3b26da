from django.db import models


class Involvement(models.Model):
    """How much a person wants to be part of decisions, topic by topic, who speaks for them, and when to ask again. It is no consent."""

    TOPICS = [
        ("everything", "Everything"), ("plan", "My plan"), ("health", "My health and treatment"), ("home", "Where I live"), ("money", "Money"), ("family", "My family"),
        ("meetings", "Meetings about me"),
    ]
    LEVELS = [
        ("decide", "I decide"), ("together", "We decide together"), ("asked", "Ask me, then you decide"), ("told", "Decide for me and tell me"), ("not_now", "I do not want to be part of this now"),
    ]
    HOW = [("online", "On these pages"), ("in_person", "In person"), ("telephone", "By telephone"), ("paper", "On paper")]

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="involvements")
    topic = models.CharField(max_length=20, choices=TOPICS)
    level = models.CharField(max_length=20, choices=LEVELS)
    delegate = models.CharField(max_length=120, blank=True, help_text="Who speaks for the person on this topic, as the person named them. It gives nobody a right to read.")
    words = models.TextField(blank=True)
    ask_again_on = models.DateField(null=True)
    how = models.CharField(max_length=10, choices=HOW, default="online")
    said_by = models.CharField(max_length=20, default="person")
    recorded_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "involvement"
        indexes = [
            models.Index(fields=["person", "-made_at"]),
            models.Index(fields=["ask_again_on"], condition=models.Q(ended_at__isnull=True, ask_again_on__isnull=False), name="involvement_ask_again"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "topic"], condition=models.Q(ended_at__isnull=True), name="one_involvement_per_topic")]
