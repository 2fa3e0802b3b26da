"""What somebody must say before the glass is broken."""

from alongside.confidentiality.actions.break_glass import SHORTEST_REASON, Danger
from alongside.web.design.fields import LongTextField, RadiosField
from alongside.web.design.forms import Form

DANGERS = [
    (Danger.LIFE.value, "A life is in danger now"), (Danger.HARM.value, "Somebody may come to serious harm if I do not see this now"),
    (Danger.NONE.value, "Neither: I need it for my work"),
]


class BreakGlassForm(Form):
    danger = RadiosField(label="What happens if this record stays shut?", choices=DANGERS, missing="Choose what happens if this record stays shut")
    reason = LongTextField(
        label="What is happening, and what must you find out?", hint=f"{SHORTEST_REASON} letters or more, about this person and now. The person and a guardian will read it.", rows=4, max_length=1000,
        missing="Say what is happening and what you must find out",
    )
