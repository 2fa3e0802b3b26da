"""How what is owed is answered."""

from alongside.web.design.fields import DateField, LongTextField, RadiosField
from alongside.web.design.forms import Form


class AnswerForm(Form):
    outcome = RadiosField(label="What came of it?", choices=[("done", "Done"), ("not_needed", "No longer needed")], missing="Choose what came of it")
    note = LongTextField(label="Note", hint="What you did, or why it is no longer needed", required=False, rows=3, max_length=2000)


class LookAgainForm(Form):
    outcome = RadiosField(
        label="Must it still be kept back?", choices=[("let_go", "No: let it go now"), ("keep", "Yes: keep it back")], reveals={"keep": "until"},
        hints={"let_go": "The person is told, the lines appear, or the record opens again"}, missing="Choose whether it must still be kept back",
    )
    until = DateField(label="Review date", required=False)
    note = LongTextField(label="Why?", rows=3, max_length=2000, missing="Say why")


class CheckDocumentForm(Form):
    outcome = RadiosField(
        label="Is it genuine, and does it say what is recorded?", choices=[("genuine", "Yes"), ("not_genuine", "No")], missing="Choose whether it is genuine",
        hints={"genuine": "From this moment people may rest on it", "not_genuine": "It never counts"},
    )
    note = LongTextField(label="What did you check?", hint="For example: the sealed original; a call to the court office", rows=3, max_length=2000, missing="Say what you checked")
