"""A field is drawn in the very elements of the design system's own macro, says what is wrong in plain words and forgets nothing."""

from datetime import date, time
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from alongside.web.design.fields import (
    CheckboxesField,
    DateField,
    EmailField,
    LongTextField,
    NameField,
    NHSNumberField,
    PasswordField,
    RadiosField,
    RetryKeyField,
    SearchField,
    SelectField,
    TextField,
    TickField,
    TimeField,
    UploadField,
    WholeNumberField,
)
from alongside.web.design.forms import Form
from alongside.web.design.jinja_environment import component


class Elements(HTMLParser):
    """Markup as a list of elements and texts, without what a reader cannot tell apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("svg", "path", "circle"):
            self.found.append((tag, {name: frozenset((value or "").split()) for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("svg", "path", "circle"):
            self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(" ".join(data.split()))


def drawn(field: Any, data: str | None = None, **initial: object) -> str:
    form = type("OneField", (Form,), {"answer": field})(None if data is None else QueryDict(data), initial=initial)
    return str(form["answer"])


def label(text: str) -> dict[str, str]:
    return {"text": text}


ERROR = {"text": "Enter answer"}
LEGEND = {"legend": {"text": "Answer", "size": "m"}}
CHOICES = [("a", "Apple"), ("b", "Pear")]
ITEMS = [{"value": "a", "text": "Apple", "hint": {"text": "Red"}}, {"divider": "or"}, {"value": "b", "text": "Pear", "id": "id_answer-2"}]
BOTH_PARTS = {"id": "id_answer", "name": "answer"}
AS_THE_DESIGN_SYSTEM_DOES = {
    "text": (
        TextField(label="Answer", hint="So", width=10, inputmode="numeric", spellcheck=False),
        None,
        lambda: component("input", **BOTH_PARTS, label=label("Answer"), hint=label("So"), width="10", inputmode="numeric", autocomplete="off", spellcheck=False),
    ),
    "text with an error": (
        TextField(label="Answer", hint="So"),
        "answer=",
        lambda: component("input", **BOTH_PARTS, label=label("Answer"), hint=label("So"), errorMessage=ERROR, autocomplete="off"),
    ),
    "prefix and suffix": (
        TextField(label="Answer", prefix="£", suffix="a week", autocomplete=""),
        "answer=%3C%22%27",
        lambda: component("input", **BOTH_PARTS, label=label("Answer"), value="<\"'", prefix="£", suffix="a week"),
    ),
    "large label": (
        TextField(label="Answer", label_size="l", page_heading=True),
        None,
        lambda: component("input", **BOTH_PARTS, label={"text": "Answer", "size": "l", "isPageHeading": True}, autocomplete="off"),
    ),
    "password": (
        PasswordField(label="Answer"),
        "answer=",
        lambda: component("password-input", **BOTH_PARTS, label=label("Answer"), errorMessage=ERROR),
    ),
    "textarea": (
        LongTextField(label="Answer", hint="So", rows=4),
        "answer=%3Cb%3E",
        lambda: component("textarea", **BOTH_PARTS, label=label("Answer"), hint=label("So"), rows=4, value="<b>"),
    ),
    "textarea with a count": (
        LongTextField(label="Answer", hint="So", max_length=100),
        "answer=",
        lambda: component("character-count", **BOTH_PARTS, label=label("Answer"), hint=label("So"), maxlength=100, threshold=75, rows=5, errorMessage=ERROR),
    ),
    "select": (
        SelectField(label="Answer", choices=CHOICES, missing="Enter answer", autocomplete=""),
        "answer=",
        lambda: component(
            "select", **BOTH_PARTS, label=label("Answer"), errorMessage=ERROR, items=[{"value": "", "text": "Choose one", "selected": True}, *({"value": v, "text": t} for v, t in CHOICES)]
        ),
    ),
    "radios": (
        RadiosField(label="Answer", choices=CHOICES, hint="So", hints={"a": "Red"}, or_before="b", label_size="m"),
        "answer=b",
        lambda: component("radios", name="answer", idPrefix="id_answer", fieldset=LEGEND, hint=label("So"), value="b", items=ITEMS),
    ),
    "checkboxes": (
        CheckboxesField(label="Answer", choices=CHOICES, missing="Enter answer", hints={"a": "Red"}, or_before="b", alone="b", label_size="m"),
        "",
        lambda: component(
            "checkboxes", name="answer", idPrefix="id_answer", fieldset=LEGEND, errorMessage=ERROR, items=[*ITEMS[:2], {**ITEMS[2], "exclusive": True, "exclusiveGroup": "answer"}]
        ),
    ),
    "date": (
        DateField(label="Answer", hint="So", label_size="m"),
        "answer_day=3&answer_month=&answer_year=2026",
        lambda: component(
            "date-input", id="id_answer", fieldset=LEGEND, hint=label("So"), errorMessage={"text": "Answer must include a month"},
            items=[
                {"name": f"answer_{part}", "id": f"id_answer_{part}", "label": part.capitalize(), "width": width, "value": value or None, "autocomplete": "off", "classes": "nhsuk-input--error" if part == "month" else ""}
                for part, width, value in (("day", 2, "3"), ("month", 2, ""), ("year", 4, "2026"))
            ],
        ),
    ),
    "upload": (
        UploadField(label="Answer", hint="So", missing="Enter answer"),
        "",
        lambda: component("file-upload", **BOTH_PARTS, label=label("Answer"), hint=label("So"), errorMessage=ERROR),
    ),
    "search": (
        SearchField(label="Answer", hint="So"),
        None,
        lambda: component("search-input", **BOTH_PARTS, label=label("Answer"), hint=label("So"), spellcheck=False),
    ),
}


@pytest.mark.parametrize("name", AS_THE_DESIGN_SYSTEM_DOES)
def test_elements_are_those_of_the_design_system(name: str) -> None:
    field, data, theirs = AS_THE_DESIGN_SYSTEM_DOES[name]
    assert Elements(drawn(field, data)).found == Elements(str(theirs())).found


def cleaned(field: Any, data: str, files: Any = None) -> Any:
    form = type("OneField", (Form,), {"answer": field})(QueryDict(data), files)
    return form.cleaned_data["answer"] if form.is_valid() else form.errors["answer"][0]


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("answer_day=27&answer_month=3&answer_year=2026", date(2026, 3, 27)),
        ("answer_day=+27+&answer_month=march&answer_year=2026", date(2026, 3, 27)),
        ("answer_day=1&answer_month=Sept.&answer_year=1999", date(1999, 9, 1)),
        ("answer_day=29&answer_month=2&answer_year=2023", "Date of birth must be a real date"),
        ("answer_day=1&answer_month=xyz&answer_year=2023", "Date of birth must be a real date"),
        ("answer_day=1&answer_month=m&answer_year=2023", "Date of birth must be a real date"),
        ("answer_day=1&answer_month=0&answer_year=2023", "Date of birth must be a real date"),
        ("answer_day=1&answer_month=1&answer_year=0000", "Date of birth must be a real date"),
        ("answer_day=١&answer_month=1&answer_year=2023", "Date of birth must be a real date"),
        ("answer_day=1&answer_month=1&answer_year=45", "Date of birth must have a year of 4 numbers"),
        ("answer_day=&answer_month=1&answer_year=", "Date of birth must include a day and year"),
        ("answer_day=&answer_month=&answer_year=", "Enter date of birth"),
        ("", "Enter date of birth"),
        ("answer_day=2&answer_month=1&answer_year=2027", "Date of birth must be 1 January 2027 or earlier"),
        ("answer_day=31&answer_month=12&answer_year=1899", "Date of birth must be 1 January 1900 or later"),
    ],
)
def test_date(data: str, answer: object) -> None:
    assert cleaned(DateField(label="Date of birth", not_before=date(1900, 1, 1), not_after=lambda: date(2027, 1, 1)), data) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("14:30", time(14, 30)), ("2.30pm", time(14, 30)), ("2 pm", time(14)), ("12am", time(0)), ("12pm", time(12)), ("midday", time(12)), ("9am", time(9)), ("0930", time(9, 30))]
    + [(wrong, "Enter a time, like 9am or 14:30") for wrong in ("9", "25:00", "13pm", "0am", "10:61", "soon")],
)
def test_time(typed: str, answer: object) -> None:
    assert cleaned(TimeField(label="Time"), f"answer={typed}") == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("9434765919", "9434765919"), ("943 476 5919", "9434765919"), ("943-476-5919", "9434765919"), ("", "Enter NHS number")],
)
def test_nhs_number(typed: str, answer: str) -> None:
    assert cleaned(NHSNumberField(), f"answer={typed}") == answer


@pytest.mark.parametrize("typed", ["943476591", "9434765918", "94347659190", "٩٤٣٤٧٦٥٩١٩", "1111111111", "abc"])
def test_wrong_nhs_number_is_said_to_be_wrong_and_comes_back(typed: str) -> None:
    form = type("OneField", (Form,), {"answer": NHSNumberField()})(QueryDict(f"answer={typed}"))
    assert not form.is_valid()
    assert f'value="{typed}"' in str(form["answer"])


@pytest.mark.parametrize("hidden", ["Mary\u200bSeacole", "Mary\u202eelocaeS", "Mary\u00ad Seacole", "Ma\u0007ry"])
def test_a_name_with_unseen_characters_is_refused(hidden: str) -> None:
    assert "cannot be seen" in cleaned(NameField(label="Name"), f"answer={hidden}")


@pytest.mark.parametrize("name", ["Mary Seacole", "Siân", "O’Brien-Ng", "عائشة", "李", "Bo 🙂"])
def test_a_name_is_as_its_owner_writes_it(name: str) -> None:
    assert cleaned(NameField(label="Name"), f"answer={name}") == name


def test_line_breaks_count_once() -> None:
    assert cleaned(LongTextField(label="Story", max_length=5), "answer=ab%0D%0Acd") == "ab\ncd"
    assert cleaned(LongTextField(label="Story", max_length=4), "answer=ab%0D%0Acd") == "Story must be 4 characters or fewer"


def test_text_comes_back_as_it_was_typed() -> None:
    assert ">\n\n  &lt;b&gt; &amp;amp;</textarea>" in drawn(LongTextField(label="Story", max_length=3), "answer=%0A%20%20%3Cb%3E%20%26amp;")


def test_a_password_never_comes_back() -> None:
    assert "secret" not in drawn(PasswordField(min_length=20), "answer=secret")


def test_choices() -> None:
    assert cleaned(RadiosField(label="Kind", choices=CHOICES), "answer=b") == "b"
    assert cleaned(RadiosField(label="Kind", choices=CHOICES), "answer=z") == "Choose kind"
    assert cleaned(CheckboxesField(label="Kind", choices=CHOICES, alone="b"), "answer=a&answer=b") == "Choose either “Pear” or the others, not both"
    assert cleaned(TickField(label="I agree"), "answer=on") is True
    assert cleaned(TickField(label="I agree", missing="Tick if you agree"), "") == "Tick if you agree"
    assert cleaned(WholeNumberField(label="Children"), "answer=two") == "Children must be a whole number, like 3"
    assert cleaned(EmailField(), "answer=me") == "Enter an email address in the correct format, like name@example.com"


def test_what_a_choice_reveals_stands_under_it() -> None:
    class Kinds(Form):
        kind = RadiosField(label="Kind", choices=CHOICES, reveals={"b": "which"})
        which = TextField(label="Which pear?", required=False)

    html = str(Kinds(QueryDict("kind=b&which=Conference"))["kind"])
    assert html.index('value="b"') < html.index('value="Conference"')


def test_upload() -> None:
    too_large = SimpleUploadedFile("a.pdf", b"x" * (2**20 + 1))
    assert cleaned(UploadField(label="a letter", largest_megabytes=1), "", {"answer": too_large}) == "The file must be smaller than 1 MB"
    assert cleaned(UploadField(label="a letter"), "", {"answer": SimpleUploadedFile("a.pdf", b"")}) == "The file you chose is empty"


def test_optional_fields_say_so_and_retry_keys_stay() -> None:
    assert "Answer (optional)" in drawn(TextField(label="Answer", required=False))
    first = type("Keyed", (Form,), {"answer": RetryKeyField()})()
    assert len(first["answer"].value()) == 32
    assert 'value="abc"' in drawn(RetryKeyField(), "answer=abc")


def test_error_summary_leads_to_each_field() -> None:
    class Several(Form):
        born = DateField(label="Date of birth")
        kind = RadiosField(label="Kind", choices=CHOICES)

    summary = str(Several(QueryDict("born_day=3&born_month=&born_year=2020")).error_summary)
    assert 'href="#id_born_month">Date of birth must include a month' in summary
    assert 'href="#id_kind">Choose kind' in summary
    assert Several().error_summary == ""
