from django.db import models

from alongside.partnerships.models.said import Said


class Duty(Said):
    """Something that must be done and for which exactly one holder is accountable."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="duties")
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duty"


class DutyHolder(Said):
    """Who has which part in a duty: accountable, does it, asked first, or told."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="holders")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=20)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duty_holder"


class DelegableTask(Said):
    """Who must do a task, who may, and who may cover: boundaries are shown, not erased."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="delegable_tasks")
    task = models.CharField(max_length=200)
    must = models.CharField(max_length=200)
    may = models.CharField(max_length=200, blank=True)
    cover = models.CharField(max_length=200, blank=True)
    competence = models.CharField(max_length=300, blank=True, help_text="What whoever does it must have shown they can do.")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "delegable_task"


class RoleDispute(Said):
    """Two bodies do not agree who acts. Its clock runs in working days from the moment it is raised."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="role_disputes")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, related_name="disputes")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    against = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    acts_meanwhile = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", help_text="Who does it until this is settled, so that nobody goes without.")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True, related_name="+")
    settlement = models.TextField(blank=True)

    class Meta:
        db_table = "role_dispute"
