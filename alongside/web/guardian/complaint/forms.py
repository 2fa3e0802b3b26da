"""How a complaint is answered."""

from alongside.web.design.fields import LongTextField, RadiosField
from alongside.web.design.forms import Form

OUTCOMES = [("upheld", "They are right"), ("partly_upheld", "They are partly right"), ("not_upheld", "It was allowed")]


class AnswerForm(Form):
    outcome = RadiosField(label="What did you find?", choices=OUTCOMES, missing="Choose what you found")
    answer = LongTextField(label="Your answer to the person", hint="In plain words: what you looked at, what you found, what happens now, and where else they can go", rows=6, max_length=5000, missing="Write your answer")
