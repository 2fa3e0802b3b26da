"""What a person writes in their own record."""

from collections.abc import Iterable

from alongside.web.design.fields import LongTextField, RadiosField, RetryKeyField, TextField
from alongside.web.design.forms import Form

EVERYBODY, DANGER = "everybody", "danger"


class NoteForm(Form):
    """A note in one's own words, and who may read it: those who help, or one of them alone."""

    key = RetryKeyField()
    words = LongTextField(label="What do you want to say?", hint="Write it your way. Spelling does not matter.", missing="Write what you want to say", max_length=10_000, rows=7)
    who = RadiosField(label="Who may read it?", choices=[], initial=EVERYBODY, missing="Choose who may read it")
    screen = RadiosField(
        label="Show it on these pages?", choices=[("yes", "Yes"), ("no", "No. Somebody else might look at my screen")], initial="yes", inline=False, missing="Choose whether to show it here"
    )

    def __init__(self, *args: object, helpers: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [
            (EVERYBODY, "Everybody who helps"), *((value, f"Only {name}") for value, name in helpers), (DANGER, "Somebody is in danger: tell the people who keep us safe"),
        ]


class StatementForm(Form):
    key = RetryKeyField()
    words = LongTextField(
        label="What do you want to say about this?", hint="Say what is wrong, what is missing, or how you saw it.", missing="Write what you want to say about it", max_length=10_000, rows=6
    )


class AboutMeForm(Form):
    what_matters = LongTextField(label="What matters to me", hint="People, places, things you love. What a good day is like.", required=False, max_length=4000, rows=4)
    how_to_treat_me = LongTextField(label="How to treat me", hint="What helps you feel safe and heard. What makes it worse.", required=False, max_length=4000, rows=3)
    communication_needs = TextField(label="How best to talk with me", hint="For example: slowly, in writing, with an interpreter", required=False, max_length=500)
    access_needs = TextField(label="What I need to take part", hint="For example: no stairs, large print, somebody with me", required=False, max_length=500)
