"""What a guardian asks of the ledger."""

from typing import Any

from alongside.web.design.fields import SelectField, TextField
from alongside.web.design.forms import Form


class PractitionerForm(Form):
    practitioner = SelectField(label="What did this practitioner do?", choices=[], missing="Choose a practitioner")

    def __init__(self, *positional: Any, practitioners: list[tuple[int, str]], **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["practitioner"].choices = practitioners


class ProofForm(Form):
    what = TextField(label="Prove a line", hint="The number that stands at it in the list. “Prove this line” on other pages fills it in", width=20, max_length=80, missing="Write the number of a line, or what it is about")
