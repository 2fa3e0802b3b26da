from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.people.models.person import Person


class Address(models.Model):
    """The one typed place for where somebody lives or can be found; free text is scanned against it before release."""

    KINDS = [("home", "Home"), ("temporary", "Staying for now"), ("placement", "Placement"), ("refuge", "Refuge"), ("correspondence", "Letters"), ("previous", "Previous home")]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=20, choices=KINDS, default="home")
    lines = models.TextField()
    postcode = models.CharField(max_length=10, blank=True)
    concealed = models.BooleanField(default=False)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    keys = ArrayField(models.TextField(), default=list, help_text="How the address is recognised in any writing.")

    class Meta:
        db_table = "address"
        indexes = [models.Index(fields=["person", "ends"])]


class ContactPoint(models.Model):
    KINDS = [("mobile", "Mobile"), ("phone", "Phone"), ("email", "Email"), ("post", "Post"), ("through_worker", "Through a practitioner")]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=20, choices=KINDS)
    value = models.CharField(max_length=200)
    safe = models.BooleanField(default=True)
    shared_with_others = models.BooleanField(default=False, help_text="Somebody else may hear or read it.")
    note = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    keys = ArrayField(models.TextField(), default=list, help_text="How the number or email is recognised in any writing.")

    class Meta:
        db_table = "contact_point"
        indexes = [models.Index(fields=["person"])]


class SafeContact(models.Model):
    """The person's own choice of how they may be reached; checked at the moment of every sending."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    allowed = models.CharField(max_length=20, default="safe_only", choices=[("any", "Any of my contacts"), ("safe_only", "Only those marked safe"), ("through_worker", "Only through a practitioner"), ("none", "Do not contact me")])
    times = models.CharField(max_length=120, blank=True)
    hours_from = models.TimeField(null=True)
    hours_until = models.TimeField(null=True)
    days = ArrayField(models.SmallIntegerField(), default=list, help_text="Days of the week, Monday 0; empty: any.")
    code_word = models.CharField(max_length=60, blank=True)
    no_voicemail = models.BooleanField(default=False)
    chosen_by_person = models.BooleanField(default=False)
    chosen_at = models.DateTimeField()

    class Meta:
        db_table = "safe_contact"
