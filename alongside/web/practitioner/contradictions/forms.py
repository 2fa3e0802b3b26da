"""What a practitioner writes down for somebody who was told two different things, and answers them."""

from collections.abc import Iterable

from alongside.web.design.fields import LongTextField, SelectField
from alongside.web.design.forms import Form
from alongside.web.person.told.forms import TwoThingsForm


class NoteForm(TwoThingsForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["one"].label, self.fields["other"].label = "Who told them one thing?", "Who told them something else?"
        self.fields["words"].label, self.fields["words"].help_text = "What were they told?", "In their own words"


class AnswerForm(Form):
    answer = LongTextField(label="What do you tell them?", hint="What holds from now on, who was asked, and what you are sorry for. They read it as you write it.", max_length=5000, rows=5, missing="Write what you tell them")
    cell = SelectField(
        label="Does it come from something that partners do?", hint="The partnership learns this, and neither whom it is about nor what was said", required=False, says_optional=False, empty="None of these, or nobody can say", search="Find an activity",
    )

    def __init__(self, *args: object, cells: Iterable[tuple[tuple[int, int], str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cell"].choices = [(f"{activity}-{objective}", words) for (activity, objective), words in cells]

    def chosen(self) -> tuple[int, int] | None:
        activity, _, objective = self.cleaned_data["cell"].partition("-")
        return (int(activity), int(objective)) if objective else None
