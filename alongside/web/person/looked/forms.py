from alongside.web.design.fields import LongTextField
from alongside.web.design.forms import Form


class ComplaintForm(Form):
    text = LongTextField(label="What is wrong?", hint="A few words are enough.", missing="Say what is wrong", max_length=5000, rows=4)
