from django.contrib.postgres.fields import ArrayField
from django.db import models


class RegisterImport(models.Model):
    """One run of loading a register of people from a file; it can be stopped and resumed without loading a row twice."""

    path = models.TextField()
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    team = models.ForeignKey("agencies.Team", on_delete=models.PROTECT, null=True, help_text="Whose people they become.")
    started_by = models.CharField(max_length=120)
    status = models.CharField(max_length=20, default="running", choices=[("running", "Running"), ("stopped", "Stopped"), ("done", "Done")])
    rows_total = models.IntegerField(null=True)
    rows_read = models.IntegerField(default=0)
    rows_loaded = models.IntegerField(default=0)
    rows_refused = models.IntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "register_import"
        constraints = [models.UniqueConstraint(fields=["sha256", "agency"], name="register_loaded_once")]


class RefusedRow(models.Model):
    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="refused")
    row = models.IntegerField()
    reasons = ArrayField(models.TextField())

    class Meta:
        db_table = "register_refused_row"
        constraints = [models.UniqueConstraint(fields=["register_import", "row"], name="row_refused_once")]
