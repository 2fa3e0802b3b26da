"""What is filled in to claim a benefit or a harm, to put evidence beside it, and to start with claims commonly made."""

from collections.abc import Sequence
from typing import Any

from alongside.partnerships.facts import Claim, Finding, Grade, WhoBenefits
from alongside.partnerships.rules.benefits import KnownClaim
from alongside.web.design.fields import CheckboxesField, LongTextField, RadiosField, RetryKeyField, TextField
from alongside.web.design.forms import Form

LEVELS = {WhoBenefits.PERSON.value: "People who are helped", WhoBenefits.PRACTITIONER.value: "Those who work here", WhoBenefits.ORGANISATION.value: "Partners and public money"}
GRADES = {Grade.CLAIMED.value: "Claimed", Grade.OBSERVED.value: "Asked and observed", Grade.BEFORE_AFTER.value: "Before and after", Grade.MATCHED.value: "Beside others like them", Grade.TRIAL.value: "By lot (a trial)"}
FINDINGS = {Finding.SUPPORTS.value: "Speaks for it", Finding.MIXED.value: "Says both", Finding.AGAINST.value: "Speaks against it"}
STANDS = {Claim.CLAIMED: ("Only claimed", "grey"), Claim.HINTED: ("Hinted at", "blue"), Claim.EVIDENCED: ("Evidenced", "green"), Claim.CONTESTED: ("Contested", "orange"), Claim.REFUTED: ("Refuted", "red")}


class ClaimForm(Form):
    key = RetryKeyField()
    harm = RadiosField(label="Is it good or harm?", choices=[("no", "A benefit"), ("yes", "A harm")], small=True, missing="Choose whether it is good or harm")
    level = RadiosField(label="To whom?", choices=list(LEVELS.items()), small=True, missing="Choose to whom")
    words = LongTextField(label="What is it?", hint="One sentence that could turn out wrong", rows=2, max_length=1000, missing="Say what it is")


class EvidenceForm(Form):
    key = RetryKeyField()
    grade = RadiosField(
        label="How was it found?", choices=list(GRADES.items()), small=True, missing="Choose how it was found",
        hints={Grade.CLAIMED.value: "Somebody says so", Grade.OBSERVED.value: "Interviews, visits, single cases", Grade.BEFORE_AFTER.value: "The same people earlier and later, with nobody to compare with", Grade.MATCHED.value: "Compared with people as alike as can be"},
    )
    finding = RadiosField(label="Which way does it point?", choices=list(FINDINGS.items()), small=True, missing="Choose which way it points")
    words = LongTextField(label="What was found?", hint="How many, of how many, over how long", rows=3, max_length=2000, missing="Say what was found")
    source = TextField(label="Where can one read it?", max_length=400)


class StartForm(Form):
    codes = CheckboxesField(label="Which claims are made here?", small=True, missing="Choose at least one")

    def __init__(self, *args: Any, known: Sequence[KnownClaim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(one.code, one.words) for one in known]


class CloseForm(Form):
    because = LongTextField(label="Why is it taken off the register?", rows=2, max_length=1000, missing="Say why")
