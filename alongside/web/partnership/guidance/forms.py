"""What is filled in to publish guidance, to say that it was looked at again, or to hand it over."""

from collections.abc import Iterable, Sequence
from typing import Any

from alongside.framework.facts import Text
from alongside.web.design.fields import DateField, LongTextField, RadiosField, RetryKeyField, SelectField, WholeNumberField
from alongside.web.design.forms import Form


class PublishForm(Form):
    key = RetryKeyField()
    edition = RadiosField(label="Which edition?")
    standard_from = WholeNumberField(label="From which significance is a test standard?", width=3, min_value=1, max_value=200)
    full_from = WholeNumberField(label="From which is it full?", width=3, min_value=2, max_value=200)
    what_changed = LongTextField(label="What changed, and why?", hint="Every partnership reads this", rows=3, max_length=2000)
    review_on = DateField(label="Review date")

    def __init__(self, *args: Any, editions: Iterable[Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = [(one.edition, f"{one.title}, edition {one.edition}: {len(one.gates)} gates, {len(one.statements)} statements") for one in editions]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("standard_from") and words.get("full_from") and words["full_from"] <= words["standard_from"]:
            self.add_error("full_from", "A full test must begin above a standard one")
        return words


class ReviewForm(Form):
    note = LongTextField(label="What did you look at, and why does it stay as it is?", rows=3, max_length=2000)
    review_on = DateField(label="Review date")


class HandOverForm(Form):
    owner = SelectField(label="To whom?", hint="Somebody who manages a team of a partner", search="Find a name")
    why = LongTextField(label="Why?", hint="Everybody who works here can read it", rows=2, max_length=1000, missing="Say why you hand it over")

    def __init__(self, *args: Any, people: Sequence[tuple[object, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = people
