from django.db import models


class Purpose(models.Model):
    """Why information is used, in the gate's words."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    direct_care = models.BooleanField(default=False)

    class Meta:
        db_table = "purpose"


class LawfulBasis(models.Model):
    """A ground in law, with where it was read and when; the law changes, so rows have dates and no row was read by a lawyer."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    checked_on = models.DateField()
    read_in_source = models.BooleanField(default=False)

    class Meta:
        db_table = "lawful_basis"
