"""What a practitioner writes down of a person's choice: the person's own questions, and by which way and by whom they were answered."""

from collections.abc import Iterable

from alongside.confidentiality.actions.choices import Answer
from alongside.web.design.fields import LongTextField, RadiosField
from alongside.web.person.choices.forms import DecidingForm, KeepFromForm, SharingForm

HOW = [("in_person", "In person"), ("telephone", "By telephone"), ("paper", "On paper")]
WAY = {"label": "How did they tell you?", "choices": HOW, "missing": "Choose how they told you"}


class AnswerForm(SharingForm):
    how = RadiosField(**WAY)
    said_by = RadiosField(label="Who answered?", choices=[("person", "The person themself"), ("parent", "A parent with responsibility")], initial="person", missing="Choose who answered")
    competence = RadiosField(
        label="Could the person decide this?", hint="For this question, on this day. An adult can, unless there is reason to doubt it.", missing="Choose whether they could decide this", choices=[],
    )
    doubt = LongTextField(
        label="Is there any doubt that they chose freely?", hint="For example somebody else was in the room, or answered for them. Somebody asks them again, alone.", required=False, rows=2,
        max_length=2000,
    )

    def __init__(self, *args: object, child: bool = False, agencies: Iterable[tuple[int, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, agencies=agencies, **kwargs)
        self.fields["competence"].choices = (
            [("competent", "Yes, they understand it"), ("not_competent", "No, not this question"), ("unknown", "I could not tell")]
            if child
            else [("has", "Yes"), ("lacks", "No, although they were helped to"), ("unknown", "I could not tell")]
        )
        self.fields["state"].label = "May the people who help share what they know?"
        self.fields["words"].label, self.fields["words"].help_text = "What did they say?", "In their own words"
        self.fields["until"].label, self.fields["until"].help_text = "Ask them again on", "For a yes: until when it holds. Leave it empty for no end."

    def told(self) -> Answer:
        words = self.cleaned_data
        return self.answer(how=words["how"], said_by=words["said_by"], competence=words["competence"], doubt=words["doubt"])


class ObjectionForm(KeepFromForm):
    how = RadiosField(**WAY)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].label, self.fields["agency"].label = "What do they want to keep?", "From whom?"
        self.fields["words"].label, self.fields["words"].help_text = "What did they say?", "In their own words"


class InvolvementForm(DecidingForm):
    how = RadiosField(**WAY)
    said_by = RadiosField(label="Who said so?", choices=[("person", "The person themself"), ("parent", "A parent with responsibility")], initial="person", missing="Choose who said so")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].label = "How much do they want to decide?"
        self.fields["delegate"].label, self.fields["delegate"].help_text = "Does somebody speak for them on this?", "A name. It gives nobody a right to read the record."
        self.fields["words"].label, self.fields["words"].help_text = "What did they say?", "In their own words"
        self.fields["ask_again_on"].label, self.fields["ask_again_on"].help_text = "Ask them again on", ""
