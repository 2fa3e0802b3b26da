"""How a share is answered, and how its sender answers back."""

from alongside.web.design.fields import LongTextField, RadiosField
from alongside.web.design.forms import Form

DECISIONS = [
    ("accepted", "Accepted: we will act"), ("assessment", "Accepted: we will assess first"), ("advice", "Advice given, nothing more"), ("elsewhere", "Another service is the right one"),
    ("no_further_action", "No further action"),
]


class DeclineForm(Form):
    reason = LongTextField(label="Why is it not for you?", hint="The sender sees this and can challenge it", rows=3, max_length=2000)


class DecisionForm(Form):
    outcome = RadiosField(label="What was decided?", choices=DECISIONS, missing="Choose what was decided", small=True)
    decision = LongTextField(label="Why, and what happens next", missing="Say why, and what happens next", hint="The referrer is told this", rows=3, max_length=2000)

    @property
    def words(self) -> str:
        return f"{dict(DECISIONS)[self.cleaned_data['outcome']]}. {self.cleaned_data['decision']}"


class PhoneForm(Form):
    note = LongTextField(label="Whom did you tell, and what did they say?", rows=2, max_length=2000)


class ChallengeForm(Form):
    why = LongTextField(label="Why do you disagree?", hint="They must look again, and their supervisor sees it", rows=3, max_length=2000)


class WithdrawForm(Form):
    why_back = LongTextField(label="Why do you take it back?", rows=2, max_length=2000)
