"""What protects a person: who alone may see, how the risk stands, which ledger lines wait, which papers bear a claim out."""

from typing import Any

from alongside.confidentiality.actions import documents, holds
from alongside.confidentiality.gate import RECORD_CATEGORIES
from alongside.web.design.fields import CheckboxesField, DateField, LongTextField, RadiosField, SelectField, TextField, TickField
from alongside.web.design.forms import Form
from alongside.web.words import capital, in_words

Choices = list[tuple[str, str]]
NOT_ACTING = [
    ("none_known", "Nothing that we know of"), ("possible", "Somebody could come to harm"), ("significant_harm", "Somebody may come to serious harm"), ("imminent_life", "A life is in danger now"),
]
ACTING = [("none_known", "Nobody that we know of"), ("to_subject", "The person"), ("to_other", "Somebody else")]


class RestrictForm(Form):
    category = SelectField(label="What must fewer see?", choices=[("", "")], empty=None, required=False)
    practitioners = CheckboxesField(label="Who may still see it?", choices=[], small=True, missing="Choose at least one practitioner who may still see it")
    reason = LongTextField(label="Why?", rows=3, max_length=2000, missing="Say why")
    review_on = DateField(label="Review date")
    asked_by_person = TickField(label="The person asked for it", required=False)

    def __init__(self, *positional: Any, practitioners: Choices, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["practitioners"].choices = practitioners
        self.fields["category"].choices = [("", "The whole record")] + [(one, capital(in_words(one))) for one in RECORD_CATEGORIES]


class HandOnForm(Form):
    practitioners = CheckboxesField(label="Who may open it from now on?", choices=[], small=True, missing="Choose at least one practitioner who may open it")
    reason = LongTextField(label="Why?", rows=3, max_length=2000, missing="Say why")
    review_on = DateField(label="Review date")

    def __init__(self, *positional: Any, practitioners: Choices, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["practitioners"].choices = practitioners


class LiftForm(Form):
    reason = LongTextField(label="Why need it not be kept for few any more?", rows=3, max_length=2000, missing="Say why")


class RiskForm(Form):
    of_not_acting = RadiosField(label="What may happen if nothing is done?", choices=NOT_ACTING, missing="Choose what may happen if nothing is done")
    of_acting = RadiosField(label="Whom may it hurt if something is done?", choices=ACTING, missing="Choose whom it may hurt")
    reasons = LongTextField(label="How do you know?", rows=4, max_length=5000, missing="Say how you know")


class HoldForm(Form):
    reason = RadiosField(label="Why must these lines wait?", choices=list(holds.REASONS.items()), missing="Choose why these lines must wait")
    whose = SelectField(label="Whose lines?", choices=[], missing="Choose whose lines")
    why = LongTextField(label="What makes it so?", hint="Those at work see this. The person sees it when the reason has ended", rows=3, max_length=2000, missing="Say what makes it so")
    review_on = DateField(label="Review date")

    def __init__(self, *positional: Any, agencies: Choices, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["whose"].choices = agencies


class DocumentForm(Form):
    kind = RadiosField(label="What is it?", choices=list(documents.KINDS.items()), missing="Choose what it is")
    title = TextField(label="Its title", max_length=200, missing="Write its title")
    scope = LongTextField(label="What does it allow or forbid?", rows=3, max_length=2000, missing="Say what it allows or forbids")
    scope_specific = TickField(label="It names exactly what may be done, and with what", required=False)
    agency = SelectField(label="Whom does it bind?", choices=[], empty="Every agency", required=False)
    expires_on = DateField(label="It ends on", required=False)

    def __init__(self, *positional: Any, agencies: Choices, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["agency"].choices = agencies
