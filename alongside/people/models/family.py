from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.people.models.person import Person


class FamilyRelation(models.Model):
    """`relative` is the KIND of `person` (e.g. mother). Law's responsibility is a fact of its own, never read off the kind."""

    KINDS = [
        ("mother", "Mother"), ("father", "Father"), ("parent", "Parent"), ("sibling", "Brother or sister"), ("grandparent", "Grandparent"),
        ("partner", "Partner"), ("former_partner", "Former partner"), ("child", "Child"), ("carer", "Carer"), ("foster_carer", "Foster carer"),
        ("friend", "Friend"), ("neighbour", "Neighbour"), ("other_relative", "Other relative"), ("household", "Lives in the household"),
    ]  # fmt: skip

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    relative = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="related_to")
    relative_name = models.CharField(max_length=200, blank=True, help_text="When the relative has no record.")
    kind = models.CharField(max_length=20, choices=KINDS)
    parental_responsibility = models.BooleanField(default=False)
    natural_support = models.BooleanField(default=False)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    recorded_by_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "family_relation"
        indexes = [models.Index(fields=["person"]), models.Index(fields=["relative"])]
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("relative")), name="nobody_is_their_own_relative"),
            models.CheckConstraint(condition=Q(relative__isnull=False) | ~Q(relative_name=""), name="relative_is_named"),
        ]


class UnsafeWith(models.Model):
    """The person is unsafe with another person or at an address: a relation, not a flag, so that every channel can be checked against it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="unsafe_with")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    other_name = models.CharField(max_length=200, blank=True)
    address_lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    keys = ArrayField(models.TextField(), default=list, help_text="How the address is recognised in any writing.")
    reason = models.TextField(blank=True)
    alleged_perpetrator = models.BooleanField(default=False)
    recorded_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    ended_reason = models.TextField(blank=True)
    review_on = models.DateField(null=True)

    class Meta:
        db_table = "unsafe_with"
        indexes = [models.Index(fields=["person"]), models.Index(fields=["other"])]
        constraints = [
            models.CheckConstraint(condition=Q(other__isnull=False) | ~Q(other_name="") | ~Q(address_lines=""), name="unsafe_with_somebody_or_somewhere")
        ]


class Representation(models.Model):
    """Who may act for or see the record of a person: themself, a parent, an attorney, a helper they chose. Authority is checked, not claimed."""

    RELATIONS = [("self", "Themself"), ("parental_responsibility", "Parent with responsibility"), ("no_parental_responsibility", "Family without responsibility"), ("proxy", "Acts for the person")]
    AUTHORITIES = [
        ("", "None needed"), ("lpa_health_welfare", "Attorney, health and welfare"), ("lpa_property_finance", "Attorney, property and money"),
        ("deputy", "Deputy"), ("personal_representative", "Personal representative"), ("consent", "The person's own choice"),
    ]  # fmt: skip

    account = models.ForeignKey("agencies.Account", on_delete=models.CASCADE, related_name="representations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="represented_by")
    own_person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    relation = models.CharField(max_length=30, choices=RELATIONS)
    role = models.CharField(max_length=30, default="person", help_text="In the gate's words: person, parent, carer, deputy_or_attorney ...")
    authority = models.CharField(max_length=30, choices=AUTHORITIES, blank=True)
    authority_verified_at = models.DateTimeField(null=True)
    limited_to = models.CharField(max_length=60, blank=True, help_text="What a deputy's order covers.")
    parts = ArrayField(models.CharField(max_length=30), default=list, help_text="What a helper whom the person chose may see, by the gate's categories.")
    name = models.CharField(max_length=200, blank=True, help_text="As whoever let them in knows them.")
    barred_by_court_order = models.BooleanField(default=False)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        db_table = "representation"
        indexes = [models.Index(fields=["account"]), models.Index(fields=["person"])]
