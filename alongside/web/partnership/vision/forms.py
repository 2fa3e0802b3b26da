"""What is filled in while a vision is negotiated and signed."""

from collections.abc import Mapping, Sequence
from typing import Any

from alongside.partnerships.facts import Answer
from alongside.web.design.fields import LongTextField, RadiosField, RetryKeyField, SelectField
from alongside.web.design.forms import Form

REPLIES = {"taken_up": "Taken up", "partly": "Partly", "not": "Not taken up"}


class ProposeForm(Form):
    key = RetryKeyField()
    text = LongTextField(label="What do we want together?", hint="Short enough to be said aloud. What you change here is the next version; the former stays as it is", rows=8, max_length=4000, missing="Write the vision")


class RemarkForm(Form):
    key = RetryKeyField()
    about = SelectField(label="About what?", empty=None)
    words = LongTextField(label="What do you want to say?", rows=3, max_length=2000, missing="Say what you think of it")
    wording = LongTextField(label="What should it say instead?", hint="Both wordings are then shown beside each other", required=False, rows=5, max_length=4000)

    def __init__(self, *args: Any, objectives: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("text", "The vision itself"), *((str(pk), title) for pk, title in objectives)]


class ReplyForm(Form):
    answer = RadiosField(label="What becomes of it?", choices=list(REPLIES.items()), small=True, missing="Choose what becomes of it")
    why = LongTextField(label="Why?", hint="They read this", rows=3, max_length=2000, missing="Say why")


class OpenForm(Form):
    """One signatory for each partner that is asked."""

    def __init__(self, *args: Any, partners: Sequence[object], signatories: Mapping[int, Sequence[tuple[int, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for partner in partners:
            self.fields[f"signatory_{partner.agency_id}"] = SelectField(label=partner.agency.name, choices=signatories.get(partner.agency_id, ()), empty="Not asked", required=False)

    def signatories(self) -> dict[int, int]:
        return {int(name.removeprefix("signatory_")): int(value) for name, value in self.cleaned_data.items() if value}


class AnswerForm(Form):
    key = RetryKeyField()
    answer = RadiosField(
        label="What do you say for your agency?", missing="Say whether you sign",
        choices=[(Answer.SIGNED.value, "Sign"), (Answer.CONDITIONAL.value, "Sign if …"), (Answer.REFUSED.value, "Do not sign")],
        hints={Answer.CONDITIONAL.value: "No signature yet. The others read your condition"}, reveals={Answer.CONDITIONAL.value: "condition", Answer.REFUSED.value: "reason"},
    )
    condition = LongTextField(label="What must be so first?", rows=2, required=False, says_optional=False, max_length=1000)
    reason = LongTextField(label="Why do you not sign?", rows=2, required=False, says_optional=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        for answer, field, missing in ((Answer.CONDITIONAL.value, "condition", "Say what must be so before you sign"), (Answer.REFUSED.value, "reason", "Say why you do not sign")):
            if words.get("answer") == answer and not (words.get(field) or "").strip():
                self.add_error(field, missing)
        return words

    def words(self) -> str:
        said = self.cleaned_data
        return {Answer.CONDITIONAL.value: said["condition"], Answer.REFUSED.value: said["reason"]}.get(said["answer"], "")


class WithdrawForm(Form):
    key = RetryKeyField()
    how = RadiosField(label="What do you withdraw from?", missing="Choose what you withdraw from", choices=[("vision", "This vision only")])
    reason = LongTextField(label="Why?", hint="All partners can read this", rows=3, max_length=1000, missing="Say why")

    def __init__(self, *args: Any, speaks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if speaks:
            self.fields["how"].choices = [("vision", "This vision only: agreements stay as they are"), ("partnership", "The whole partnership: our taps close at this moment")]
