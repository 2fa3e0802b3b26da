"""What is filled in to found a partnership, to say why it goes on, and to name who holds an office."""

from collections.abc import Sequence
from typing import Any

from alongside.partnerships.facts import Level, Mandate
from alongside.web.design.fields import DateField, LongTextField, NameField, RadiosField, RetryKeyField, SelectField, TextField
from alongside.web.design.forms import Form

LEVELS = {Level.INDIVIDUAL.value: "Somebody, from below", Level.LOCAL.value: "Bodies of this place", Level.NATIONAL.value: "Law or a national programme"}
MANDATES = {Mandate.STATUTORY.value: "The law demands it", Mandate.CHOSEN.value: "We chose it"}
STAGES = {"potential": "Propose it", "active": "Start it now"}


class WhyForm(Form):
    """Why it runs: who set it going, because of what, until when."""

    key = RetryKeyField()
    level = RadiosField(label="Who set it going?", choices=list(LEVELS.items()), small=True, missing="Choose who set it going")
    mandate = RadiosField(label="Must it be, or did you choose it?", choices=list(MANDATES.items()), small=True, missing="Choose whether the law demands it")
    driver = LongTextField(label="Why is it needed?", hint="What drives it, in plain words", rows=3, max_length=2000, missing="Say why it is needed")
    source = TextField(label="Where does that stand?", hint="A statute, a programme, a report, a promise", required=False, max_length=400)
    driver_ends = DateField(label="When does that reason end?", hint="For example, the last day of a grant. Leave empty if it has no end", required=False)


class StartForm(WhyForm):
    name = TextField(label="What is it called?", max_length=160)
    vision = LongTextField(label="What do you want together?", hint="As you would say it to a family. It can be negotiated and signed later", rows=3, max_length=2000, missing="Say what you want together")
    stage = RadiosField(
        label="Where does it stand?", choices=list(STAGES.items()), initial="potential", small=True, missing="Choose where it stands",
        hints={"potential": "It is tested and decided first. Until then nothing can be signed, and nothing flows", "active": "It has been decided already"},
    )
    field_order = ("key", "name", "vision", "stage")


class PostForm(Form):
    key = RetryKeyField()
    holder = NameField(label="Who holds it?", hint="Name and title, as the public may read them", max_length=120)
    agency = SelectField(label="For which partner?", required=False, empty="None of them: independent")

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies
