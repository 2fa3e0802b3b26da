import secrets

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

PERSON_ID_BITS = 42


def random_person_id() -> int:
    """An id that says nothing: random, so that no id tells whether its neighbours exist."""
    return secrets.randbits(PERSON_ID_BITS - 1) + 1


class Person(models.Model):
    """A person whom partners help. Only what every reader of the record may see stands here; the rest has rows and keys of its own."""

    id = models.BigIntegerField(primary_key=True, default=random_person_id)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    known_as = models.CharField(max_length=100, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    date_of_birth = models.DateField(null=True)
    birth_date_estimated = models.BooleanField(default=False)
    died_on = models.DateField(null=True)
    nhs_number = models.CharField(max_length=10, null=True)
    nhs_number_status = models.CharField(max_length=2, default="03", help_text="Trace status code; 01 is verified.")
    upn = models.CharField(max_length=13, null=True)
    registered_by_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    registration_key = models.UUIDField(null=True, help_text="So that registering with an unknown outcome is never done twice.")
    search_name = models.TextField(default="", help_text="Lower-case names without accents, for the finder.")
    sounds = ArrayField(models.CharField(max_length=12), default=list, help_text="Sound codes of each name part, for the finder.")
    acl = ArrayField(models.IntegerField(), default=list, help_text="Principals who may know this person; written by recompute_acl only.")

    class Meta:
        db_table = "person"
        indexes = [
            GinIndex(fields=["acl"], name="person_acl"),
            GinIndex(fields=["search_name"], name="person_search_name", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["sounds"], name="person_sounds"),
            models.Index(fields=["nhs_number"], name="person_nhs_number", condition=models.Q(nhs_number__isnull=False)),
            models.Index(fields=["upn"], name="person_upn", condition=models.Q(upn__isnull=False)),
            models.Index(fields=["date_of_birth", "family_name"], name="person_born_family"),
        ]
        constraints = [models.UniqueConstraint(fields=["registration_key"], condition=models.Q(registration_key__isnull=False), name="person_registered_once")]

    def __str__(self) -> str:
        return f"person {self.pk}"


class PersonName(models.Model):
    """Another name of a person. A protected one (before adoption or transition, or a hidden identity) is no ordinary alias."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=20, choices=[("previous", "Previous name"), ("alias", "Also known as"), ("birth", "Name at birth")])
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    protected_as = models.CharField(max_length=40, blank=True, help_text="adoption_history, gender_history or whereabouts when protected.")
    recorded_at = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True, help_text="When it was taken back as wrong.")

    class Meta:
        db_table = "person_name"
        indexes = [models.Index(fields=["person"])]


class Profile(models.Model):
    """How a person wants to be treated: shown to everybody who may open the record at all."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    how_to_treat_me = models.TextField(blank=True)
    what_matters = models.TextField(blank=True)
    communication_needs = models.TextField(blank=True)
    access_needs = models.TextField(blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(default=False)
    large_print = models.BooleanField(default=False)
    involvement = models.CharField(max_length=20, default="ask_each_time", help_text="How much the person wants to be involved in decisions.")
    written_by_person = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "person_profile"


class Marker(models.Model):
    """A protecting fact about a person in the gate's words (address_concealed, adopted, portal_unsafe ...). Read by the gate; shown to few."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="markers")
    flag = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    set_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, null=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    ended_reason = models.TextField(blank=True)
    review_on = models.DateField(null=True)

    class Meta:
        db_table = "person_marker"
        constraints = [models.UniqueConstraint(fields=["person", "flag"], condition=models.Q(ends__isnull=True), name="one_open_marker")]
