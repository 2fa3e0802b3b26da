"""A field that is its own markup: what the macros of fields.jinja are given, and what every field has in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from django import forms
from django.template import engines
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Option:
    """One choice as it is drawn. `reveals` is markup shown while it is chosen; `words` are further words by which a search finds it."""

    id: str
    value: str
    text: str
    chosen: bool
    hint: str = ""
    reveals: str = ""
    divider: str = ""
    exclusive: bool = False
    group: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class DatePart:
    id: str
    name: str
    label: str
    value: str
    width: int
    wrong: bool
    autocomplete: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that a macro of fields.jinja may ask of a field."""

    id: str
    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    label_size: str = ""
    label_hidden: bool = False
    page_heading: bool = False
    attributes: Mapping[str, object] = field(default_factory=dict)
    type: str = "text"
    width: int = 0
    prefix: str = ""
    suffix: str = ""
    code: bool = False
    rows: int = 5
    limit: int = 0
    options: Sequence[Option] = ()
    parts: Sequence[DatePart] = ()
    small: bool = False
    inline: bool = False
    multiple: bool = False
    button: str = "Search"

    @property
    def info(self) -> bool:
        return self.limit > 0

    @property
    def shelves(self) -> list[tuple[str, list[Option]]]:
        """The options under the heading each stands under, in their order."""
        return [(group, list(options)) for group, options in groupby(self.options, key=lambda option: option.group)]


class BoundField(forms.BoundField):
    """A field of one form, which is its own markup."""

    field: "DrawnField"

    def __str__(self) -> SafeString:
        return super().as_widget() if self.is_hidden else SafeString(drawing(self.field.macro)(self.field.drawn(self)))

    __html__ = __str__

    @property
    def first_id(self) -> str:
        """Where the error summary leads."""
        return self.field.first_id(self)


def copied(whole: Any) -> Any:
    """As `copy.copy`, which took most of the time that making a form took, for what keeps everything in plain attributes."""
    mine = whole.__class__.__new__(whole.__class__)
    mine.__dict__.update(whole.__dict__)
    return mine


class DrawnField(forms.Field):
    """What all fields have in common.

    `hint` one plain sentence; `missing` what to say when it is left empty; `label_size` s, m, l or xl; `page_heading` when the question is the page's
    title; `label_hidden` keeps the label for screen readers only; `says_optional=False` where one of two must be filled in; `attributes` further HTML attributes of the input.
    """

    macro = "input"
    missing_verb = "Enter"

    def __init__(
        self,
        *,
        label: str,
        hint: str = "",
        missing: str = "",
        label_size: str = "",
        label_hidden: bool = False,
        page_heading: bool = False,
        says_optional: bool = True,
        autocomplete: str = "off",
        inputmode: str = "",
        attributes: Mapping[str, object] | None = None,
        **others: Any,
    ) -> None:
        super().__init__(label=label, help_text=hint, **others)
        self.error_messages["required"] = missing or _left_empty(self.missing_verb, label)
        self.label_size, self.label_hidden, self.page_heading = (
            label_size,
            label_hidden,
            page_heading,
        )
        self.says_optional = says_optional
        self.attributes = {
            "autocomplete": autocomplete or None,
            "inputmode": inputmode or None,
        } | dict(attributes or {})

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """Every form has its own fields and may change what they say or ask for. Lists of choices are replaced, never changed in place, and so are shared."""
        mine = copied(self)
        memo[id(self)] = mine
        mine.widget = copied(self.widget)
        mine.widget.attrs = self.widget.attrs.copy()
        mine.error_messages, mine.validators = self.error_messages.copy(), self.validators[:]
        return mine

    @property
    def named(self) -> str:
        """How an error begins that goes on "must be"."""
        return f"Your answer to “{self.label}”" if str(self.label).endswith("?") else str(self.label)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        return BoundField(form, self, field_name)

    def first_id(self, bound: BoundField) -> str:
        return bound.auto_id

    def drawn(self, bound: BoundField) -> Drawn:
        return Drawn(
            id=bound.auto_id,
            name=bound.html_name,
            label=str(bound.label) + ("" if self.required or not self.says_optional else " (optional)"),
            value=self.shown(bound.value()),
            hint=str(bound.help_text),
            error=str(bound.errors[0]) if bound.errors else "",
            label_size=self.label_size,
            label_hidden=self.label_hidden,
            page_heading=self.page_heading,
            attributes=self.attributes,
        )

    def shown(self, value: object) -> str:
        return "" if value is None else str(value)


@cache
def drawing(name: str) -> Any:
    return getattr(engines["jinja2"].env.get_template("design/fields/fields.jinja").module, name)


def _left_empty(verb: str, label: str) -> str:
    """
    >>> _left_empty("Enter", "Date of birth"), _left_empty("Enter", "NHS number"), _left_empty("Choose", "By when?")
    ('Enter date of birth', 'Enter NHS number', 'Answer “By when?”')
    """
    if label.endswith("?"):
        return f"Answer “{label}”"
    return f"{verb} {label[:1].lower() + label[1:] if label[1:2].islower() else label}"
