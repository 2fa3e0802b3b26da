"""What is filled in from the call of a meeting to its minutes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.validators import URLValidator

from alongside.common.london import LONDON
from alongside.partnerships.facts import Came
from alongside.web.design.fields import DateField, LongTextField, RadiosField, RetryKeyField, SelectField, TextField, TickField, TimeField, UploadField, WholeNumberField
from alongside.web.design.forms import Form

FOR = {"decision": "To decide", "discussion": "To discuss", "information": "To know"}
CAME = {Came.PRESENT.value: "There", Came.APOLOGIES.value: "Sent apologies", Came.ABSENT.value: "Not there", Came.SUBSTITUTE.value: "Somebody in their place"}
MOST_VOTES = 100


class CallForm(Form):
    key = RetryKeyField()
    name = TextField(label="What is it called?", hint="For example, Board, December", max_length=160)
    on = DateField(label="Which day?")
    time = TimeField(label="At what time?")
    place = LongTextField(label="Where?", hint="Room, or how to join by telephone or video. Say how one gets in", rows=2, required=False, max_length=500)

    def __init__(self, *args: Any, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].not_before = after

    def starts(self) -> datetime:
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["time"], tzinfo=LONDON)


class ItemForm(Form):
    key = RetryKeyField()
    title = TextField(label="What is it about?", max_length=200)
    what_for = RadiosField(label="What for?", choices=list(FOR.items()), small=True, missing="Choose what for")
    paper = LongTextField(label="The paper", hint="What one must know before the meeting, in plain words. Nobody who is helped is named here", rows=6, required=False, max_length=10_000)
    link = TextField(label="Or where the paper is", hint="An address that begins with https://", required=False, type="url", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].validators.append(URLValidator(schemes=["http", "https"], message="Enter an address that begins with https://"))


class PaperForm(Form):
    paper = UploadField(label="The paper", hint="PDF, Word, a picture (JPEG, PNG), a table as CSV, or text, up to 10 MB", accept=".pdf,.docx,.jpg,.jpeg,.png,.csv,.txt")


class AttendanceForm(Form):
    """One line for each seat."""

    def __init__(self, *args: Any, board: Sequence[object], noted: Mapping[int, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        for one in board:
            now = noted.get(one.pk)
            self.fields[f"came_{one.pk}"] = RadiosField(
                label=f"{one.name}{', ' + one.agency.name if one.agency else ''}", choices=list(CAME.items()), initial=now.came if now else Came.PRESENT.value, small=True, inline=True,
                missing=f"Choose whether {one.name} is there", reveals={Came.SUBSTITUTE.value: f"substitute_{one.pk}"},
            )
            self.fields[f"substitute_{one.pk}"] = TextField(label="Who is there instead?", initial=now.substitute if now else "", required=False, says_optional=False, max_length=120)

    @property
    def revealed(self) -> list[str]:
        return [f"substitute_{one.pk}" for one in self.board]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        for one in self.board:
            if words.get(f"came_{one.pk}") == Came.SUBSTITUTE.value and not words.get(f"substitute_{one.pk}"):
                self.add_error(f"substitute_{one.pk}", f"Say who is there for {one.name}")
        return words

    def came(self, noted: Mapping[int, object]) -> dict[int, tuple[Came, str]]:
        """What is new: a seat of which the same was noted before is left as it is."""
        said = {one.pk: (Came(self.cleaned_data[f"came_{one.pk}"]), self.cleaned_data[f"substitute_{one.pk}"]) for one in self.board}
        return {pk: word for pk, word in said.items() if pk not in noted or (noted[pk].came, noted[pk].substitute) != word}


class ConflictForm(Form):
    key = RetryKeyField()
    member = SelectField(label="Whose interest is it?", empty=None)
    what = LongTextField(label="What is it?", hint="They are not counted for this point and do not vote on it", rows=2, max_length=1000, missing="Say what it is")

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = members


class DiscussionForm(Form):
    words = LongTextField(label="What was said?", hint="The gist, for the minutes. Dissent has a place of its own", rows=6, max_length=10_000, missing="Write what was said")


class DecisionForm(Form):
    key = RetryKeyField()
    words = LongTextField(label="What was decided?", rows=3, max_length=2000, missing="Write what was decided")
    why = LongTextField(label="Why?", rows=2, required=False, max_length=2000)
    in_favour = WholeNumberField(label="In favour", min_value=0, max_value=MOST_VOTES)
    against = WholeNumberField(label="Against", min_value=0, max_value=MOST_VOTES, initial=0)
    abstained = WholeNumberField(label="Abstained", min_value=0, max_value=MOST_VOTES, initial=0)
    ends_partnership = TickField(label="It decides that this partnership ends", hint="The partnership’s lead then sees what would end, and carries it out", required=False)


class ActionForm(Form):
    key = RetryKeyField()
    what = LongTextField(label="What is to be done?", rows=2, max_length=1000, missing="Say what is to be done")
    owner = SelectField(label="Who does it?")
    due = DateField(label="By when?")

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = members
        self.fields["due"].not_before = after


class DissentForm(Form):
    key = RetryKeyField()
    member = SelectField(label="Who dissents?", empty=None)
    words = LongTextField(label="In their own words", hint="They stand in the minutes as they are written here", rows=3, max_length=2000, missing="Write why they dissent")

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = members


class DoneForm(Form):
    how = LongTextField(label="What was done?", rows=2, max_length=1000, missing="Say what was done")


class CloseForm(Form):
    next_on = DateField(label="When does the board meet next?", required=False)
