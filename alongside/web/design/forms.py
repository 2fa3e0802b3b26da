"""The form every page uses: fields that draw themselves, and one error summary at the top of the page."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.safestring import SafeString

from alongside.web.design.fields import BoundField, drawing


class Form(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | kwargs))

    @property
    def key_given(self) -> UUID:
        """The retry key that the form was opened with; a damaged one is a new one, so that nothing typed is lost to it."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()

    @property
    def error_summary(self) -> SafeString:
        """Empty while nothing is wrong. The page's script moves the focus here; each line leads to its field."""
        wrong = [{"text": text, "href": _where(self[name])} for name, errors in self.errors.items() if name != "__all__" for text in errors]
        wrong += [{"text": text, "href": ""} for text in self.non_field_errors()]
        return SafeString(drawing("error_summary")(wrong)) if wrong else SafeString("")


def _where(bound: forms.BoundField) -> str:
    return f"#{bound.first_id if isinstance(bound, BoundField) else bound.auto_id}" if not bound.is_hidden else ""
