from alongside.web.design.fields import SearchField
from alongside.web.design.forms import Form


class FindForm(Form):
    question = SearchField(label="Name, date of birth or NHS number", hint="For example: Leah Turner 14/5/2004, or 999 000 0018", max_length=200, button="Find")
