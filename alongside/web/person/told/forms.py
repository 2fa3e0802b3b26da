"""What somebody says when they were told two different things."""

from collections.abc import Iterable

from alongside.trust.actions import TwoThings
from alongside.web.design.fields import LongTextField, RetryKeyField, SelectField, TextField
from alongside.web.design.forms import Form

NOT_LISTED = "Somebody else, or I do not know"


class TwoThingsForm(Form):
    key = RetryKeyField()
    one = SelectField(label="Who told you one thing?", required=False, says_optional=False, empty=NOT_LISTED)
    other = SelectField(label="Who told you something else?", required=False, says_optional=False, empty=NOT_LISTED)
    about = TextField(label="What was it about?", hint="For example: feeding, money, or when to come", max_length=120, missing="Say what it was about")
    words = LongTextField(label="What were you told?", hint="In your own words. Spelling does not matter.", max_length=5000, rows=5, missing="Write what you were told")

    def __init__(self, *args: object, agencies: Iterable[tuple[int, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["one"].choices = self.fields["other"].choices = list(agencies)

    def told(self) -> TwoThings:
        said = self.cleaned_data
        return TwoThings(int(said["one"]) if said["one"] else None, int(said["other"]) if said["other"] else None, said["about"], said["words"])
