"""What a records office types about two records."""

from alongside.web.design.fields import LongTextField
from alongside.web.design.forms import Form


class DecisionForm(Form):
    reason = LongTextField(label="What makes you sure?", hint="For example: asked both teams; same mother, same school", missing="Say what makes you sure", rows=2, max_length=1000)
