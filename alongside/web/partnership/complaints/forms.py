"""What is filled in when somebody complains to the partnership, and when they are answered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.partnerships.facts import CameBy, Upheld
from alongside.web.design.fields import DateField, LongTextField, RadiosField, RetryKeyField, SelectField
from alongside.web.design.forms import Form

WAYS = {
    CameBy.SPOKEN.value: "Somebody said it", CameBy.TELEPHONE.value: "By telephone", CameBy.LETTER.value: "By letter", CameBy.EMAIL.value: "By email", CameBy.PAPER_FORM.value: "On a paper form",
}
OUTCOMES = {Upheld.UPHELD.value: "They were right", Upheld.PARTLY.value: "They were partly right", Upheld.NOT.value: "We looked, and nothing went wrong"}


class ComplaintForm(Form):
    key = RetryKeyField()
    about = SelectField(label="Which partner is it about?", empty="All of them together, or nobody knows", required=False)
    words = LongTextField(label="What went wrong, in their own words?", hint="Name nobody: not them, not who works here", rows=4, max_length=2000, missing="Write down what they said")
    came_by = RadiosField(label="How did it come in?", choices=list(WAYS.items()), small=True, missing="Choose how it came in")
    received_on = DateField(label="On which day?", hint="An answer is due thirty days later")

    def __init__(self, *args: Any, partners: Sequence[tuple[int, str]], until: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = partners
        self.fields["received_on"].not_after = until


class ComplaintAnswerForm(Form):
    outcome = RadiosField(label="What did you find?", choices=list(OUTCOMES.items()), small=True, missing="Choose what you found")
    answer = LongTextField(label="What do you answer, and what is different now?", hint="As you tell it to whoever complained", rows=4, max_length=3000, missing="Write the answer")
