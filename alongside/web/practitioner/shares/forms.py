"""How a share is answered."""

from alongside.web.design.fields import LongTextField
from alongside.web.design.forms import Form


class DeclineForm(Form):
    reason = LongTextField(label="Why is it not for you?", hint="The sender sees this and can challenge it", rows=3)


class DecisionForm(Form):
    decision = LongTextField(label="What was decided?", hint="The referrer is told this", rows=3)
