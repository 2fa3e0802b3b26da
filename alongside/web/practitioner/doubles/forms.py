"""What a records office types about two records."""

from alongside.web.design.fields import LongTextField, RadiosField
from alongside.web.design.forms import Form


class DecisionForm(Form):
    reason = LongTextField(label="What makes you sure?", hint="For example: asked both teams; same mother, same school", missing="Say what makes you sure", rows=2, max_length=1000)


class AskToEndForm(Form):
    reason = LongTextField(label="Why is it over?", hint="What you hold that says so, and who told you. A second person decides on these words", rows=3, max_length=2000, missing="Say why it is over")


class AnswerEndingForm(Form):
    outcome = RadiosField(
        label="Shall it end?", choices=[("agree", "Yes: what it protected from is over"), ("keep", "No: it stays")], missing="Choose whether it shall end",
        hints={"agree": "It ends at this moment"},
    )
    answer = LongTextField(label="What did you look at?", hint="The records office reads this", rows=3, max_length=2000, missing="Say what you looked at")
