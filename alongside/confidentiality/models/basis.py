from django.db import models


class Stated(models.Model):
    """A row of reference data: what it is called, what it was taken from, and whether anybody here read that source."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    checked_on = models.DateField()
    read_in_source = models.BooleanField(default=False, help_text="False: from memory; nobody here read the source itself.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Purpose(Stated):
    """Why information is used, in the gate's words."""

    direct_care = models.BooleanField(default=False)

    class Meta:
        db_table = "purpose"


class LawfulBasis(Stated):
    """A ground in law. The law changes, so rows have dates; no row was read by a lawyer."""

    class Meta:
        db_table = "lawful_basis"
