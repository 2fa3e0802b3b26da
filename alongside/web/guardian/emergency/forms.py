"""How an emergency access is judged."""

from alongside.web.design.fields import DateField, LongTextField, TickField
from alongside.web.design.forms import Form


class JudgementForm(Form):
    reason = LongTextField(label="Why?", hint="Whoever opened the record will read it", rows=3, max_length=2000, missing="Say why")
    wait = TickField(label="Telling the person now would put somebody in danger or undo an enquiry", required=False)
    tell_on = DateField(label="Look again on this day, whether they can be told", required=False)

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        if words.get("wait") and not words.get("tell_on") and "tell_on" not in self.errors:
            self.add_error("tell_on", "Give the day on which somebody looks again")
        return words
