from django.db import models

from alongside.agencies.facts import team_principal


class Team(models.Model):
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=40, blank=True, help_text="The role its members act in, in the gate's words, e.g. social_worker.")
    duty_desk = models.BooleanField(default=False, help_text="Takes what comes in for nobody in particular; its inbox is never left unwatched.")
    shared_mailbox = models.BooleanField(default=False)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        db_table = "team"
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="team_name_once_per_agency")]

    @property
    def principal(self) -> int:
        return team_principal(self.pk)

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="memberships")
    is_manager = models.BooleanField(default=False)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        db_table = "team_membership"
        indexes = [models.Index(fields=["practitioner"]), models.Index(fields=["team"])]
        constraints = [
            models.UniqueConstraint(fields=["team", "practitioner"], condition=models.Q(ends__isnull=True), name="one_open_membership"),
        ]
