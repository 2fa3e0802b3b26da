"""What somebody may choose: whether to share, what to keep from whom, how much to decide, how to be reached."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from alongside.common.clock import today
from alongside.confidentiality.actions.choices import LIMITED, NO, YES, Answer
from alongside.web.design.fields import CheckboxesField, DateField, EmailField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField, TickField, TimeField
from alongside.web.design.forms import Form
from alongside.web.person.words import ALLOWED, CATEGORIES, HELPER_PARTS

AGENCY = "agency:"


within_a_year: dict[str, Any] = {"not_before": lambda: today() + timedelta(days=1), "not_after": lambda: today() + timedelta(days=366)}
"""The days on which a helper may stop: soon enough that the person is asked again."""

LEVELS = [
    ("decide", "I decide"), ("together", "We decide together"), ("asked", "Ask me what I think, then you decide"), ("told", "You decide, and tell me"),
    ("not_now", "I do not want to be part of this now"),
]
TOPICS = [
    ("everything", "Everything"), ("plan", "My plan"), ("health", "My health and treatment"), ("home", "Where I live"), ("money", "Money"), ("family", "My family"), ("meetings", "Meetings about me"),
]


class SharingForm(Form):
    state = RadiosField(
        label="May the people who help share what they know?", label_size="m", missing="Choose yes or no",
        choices=[(YES, "Yes. Share what is needed to help"), (LIMITED, "Yes, but some things stay out"), (NO, "No. Do not share")], reveals={LIMITED: "out"},
    )
    out = CheckboxesField(label="What should stay out?", required=False, choices=[], small=True)
    words = LongTextField(label="Do you want to say why?", hint="You do not have to.", required=False, max_length=2000, rows=2)
    until = DateField(label="Ask me again on", hint="If you say yes, until when? Leave it empty for no end.", required=False, not_before=today)

    def __init__(self, *args: object, agencies: Iterable[tuple[int, str]] = (), hints: dict[str, str] | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["out"].choices = [*CATEGORIES.items(), *((f"{AGENCY}{number}", f"Nothing to {name}") for number, name in agencies)]
        self.fields["state"].hints = hints or {}

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        if words.get("state") == LIMITED and not words.get("out"):
            self.add_error("out", "Tick what should stay out, or choose “Yes” above")
        return words

    def answer(self, **more: object) -> Answer:
        words, out = self.cleaned_data, self.cleaned_data["out"]
        return Answer(
            state=words["state"], words=words["words"], until=words["until"], excluded_categories=tuple(one for one in out if not one.startswith(AGENCY)),
            excluded_agencies=tuple(int(one.removeprefix(AGENCY)) for one in out if one.startswith(AGENCY)), **more,
        )


class KeepFromForm(Form):
    category = SelectField(label="What should they not get?", choices=[("any", "Anything that others wrote"), *CATEGORIES.items()], missing="Choose what they should not get")
    agency = SelectField(label="Who should not get it?", choices=[], missing="Choose who should not get it")
    words = LongTextField(label="Do you want to say why?", hint="You do not have to.", required=False, max_length=2000, rows=2)

    def __init__(self, *args: object, agencies: Iterable[tuple[int, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("all", "Everybody else"), *((str(number), name) for number, name in agencies)]

    @property
    def kept(self) -> dict[str, object]:
        words = self.cleaned_data
        return {
            "category": "" if words["category"] == "any" else words["category"], "agency_id": None if words["agency"] == "all" else int(words["agency"]), "words": words["words"],
        }


class DecidingForm(Form):
    topic = SelectField(label="About what?", choices=TOPICS, missing="Choose what it is about")
    level = RadiosField(label="How much do you want to decide?", choices=LEVELS, missing="Choose how much you want to decide")
    delegate = TextField(label="Does somebody speak for you on this?", hint="Their name. This does not let them read your record.", required=False, max_length=120)
    words = LongTextField(label="Anything else we should know?", required=False, max_length=2000, rows=2)
    ask_again_on = DateField(label="Ask me again on", hint="You can change this any time yourself, too.", required=False, not_before=today)


class HelperForm(Form):
    name = TextField(label="Who is it?", hint="Their name", max_length=200, missing="Write their name")
    email = EmailField(label="Their own email address", hint="We write to them there. Choose one that only they read.", autocomplete="off")
    parts = CheckboxesField(label="What may they read?", choices=list(HELPER_PARTS.items()), small=True, missing="Tick at least one thing that they may read")
    until = DateField(label="Their last day", hint="At most a year from now. You can stop it any time before.", missing="Enter their last day", **within_a_year)
    key = RetryKeyField()


class ContactForm(Form):
    allowed = RadiosField(label="How may we reach you?", label_hidden=True, choices=list(ALLOWED.items()), reveals={"safe_only": "safe"}, missing="Choose how we may reach you")
    safe = CheckboxesField(label="Which of these are safe?", required=False, choices=[], small=True)
    times = TextField(label="When is a good time?", hint="For example: when the children are at school", required=False, max_length=120)
    hours_from = TimeField(label="Not before", hint="For example 9:30am", required=False)
    hours_until = TimeField(label="Not after", required=False)
    no_voicemail = TickField(label="Do not leave a message on my voicemail", required=False)
    code_word = TextField(label="Code word", hint="We say it first, so that you know it is us. Choose a word nobody would guess.", required=False, max_length=60)

    def __init__(self, *args: object, points: Iterable[tuple[int, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["safe"].choices = [(str(number), words) for number, words in points]

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        if words.get("allowed") == "safe_only" and not words.get("safe"):
            self.add_error("safe", "Tick at least one that is safe, or choose another way above")
        return words
