"""Form fields that draw themselves: label, hint, error and input in the design system's elements. `{{ form.reason }}` is a whole field.

A field marked `required=False` says "(optional)" by itself. Whatever was typed comes back with the error, right or wrong.
"""

from alongside.web.design.fields.choices import (
    CheckboxesField,
    RadiosField,
    SelectField,
    TickField,
)
from alongside.web.design.fields.dates import DateField, TimeField
from alongside.web.design.fields.drawn import BoundField, DrawnField, drawing
from alongside.web.design.fields.files_and_keys import RetryKeyField, UploadField, UploadsField
from alongside.web.design.fields.text import (
    CodeField,
    EmailField,
    LongTextField,
    NameField,
    NHSNumberField,
    PasswordField,
    SearchField,
    TextField,
    WholeNumberField,
)

__all__ = [
    "BoundField",
    "CheckboxesField",
    "CodeField",
    "DateField",
    "DrawnField",
    "EmailField",
    "LongTextField",
    "NHSNumberField",
    "NameField",
    "PasswordField",
    "RadiosField",
    "RetryKeyField",
    "SearchField",
    "SelectField",
    "TextField",
    "TickField",
    "TimeField",
    "UploadField",
    "UploadsField",
    "WholeNumberField",
    "drawing",
]
