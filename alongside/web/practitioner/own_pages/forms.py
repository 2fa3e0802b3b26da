"""What is typed so that somebody may read a record as their own, or parts of it as a helper, and what a records office answers."""

from alongside.people.facts import Stands
from alongside.web.design.fields import CheckboxesField, DateField, EmailField, LongTextField, RadiosField, RetryKeyField, TextField, TickField
from alongside.web.design.forms import Form
from alongside.web.person.choices.forms import within_a_year
from alongside.web.person.words import HELPER_PARTS

BY_RIGHT = {
    Stands.SELF: "The person themself", Stands.PARENT: "Somebody with parental responsibility", Stands.ATTORNEY: "Their attorney for health and welfare",
    Stands.DEPUTY: "Their deputy for health and welfare, appointed by the court",
}
"""An attorney or deputy for money alone reads nothing here, so nobody is asked to let them in."""
STANDS = BY_RIGHT | {Stands.HELPER: "A helper whom they chose"}


class AskToLetInForm(Form):
    key = RetryKeyField()
    stands = RadiosField(
        label="Who wants to read the record?", choices=[(one.value, words) for one, words in BY_RIGHT.items()], missing="Choose who wants to read the record",
        hints={Stands.ATTORNEY.value: "Over money alone is not enough", Stands.DEPUTY.value: "Over money alone is not enough"},
    )
    name = TextField(label="Their name", max_length=200, missing="Write their name")
    email = EmailField(label="Their own email address", hint="The invitation goes there, and they sign in with it", autocomplete="off")
    safe = TickField(label="They told me that only they read what comes to this address", missing="Ask them first whether only they read what comes there")
    seen = LongTextField(
        label="What have you seen?", hint="What shows who they are and by what right they act: passport, birth certificate, stamped power of attorney, court order with its number", rows=3, max_length=2000,
        missing="Say what you have seen that shows who they are",
    )


class AskForHelperForm(AskToLetInForm):
    stands = None
    parts = CheckboxesField(label="What may they read?", hint="In the words of the person, who ticks it with you", choices=list(HELPER_PARTS.items()), small=True, missing="Tick at least one thing that they may read")
    until = DateField(label="Their last day", hint="At most a year from now. The person can stop it any time before", missing="Enter their last day", **within_a_year)
    seen = LongTextField(
        label="How do you know that the person wants this?", hint="What they told you when nobody else was there", rows=3, max_length=2000, missing="Say what the person told you when nobody else was there",
    )


class LetInForm(Form):
    outcome = RadiosField(
        label="Do you let them in?", choices=[("agree", "Yes: they may read the record"), ("refuse", "No")], missing="Choose whether you let them in",
        hints={"agree": "From this moment. An invitation goes to their address, and whoever asked gives them the code that goes with it"},
    )
    answer = LongTextField(label="Why?", hint="Whoever asked reads this", rows=3, max_length=2000, missing="Say why")


class EndOwnPagesForm(Form):
    reason = LongTextField(label="Why do they no longer read it?", rows=2, max_length=1000, missing="Say why they no longer read it")
