"""Files, and the key that makes sending twice harmless."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from alongside.web.design.fields.drawn import DrawnField


class UploadField(DrawnField, forms.FileField):
    """A file. A browser never gives a file back after an error, so the error says to choose it again."""

    macro = "upload"
    missing_verb = "Choose"

    def __init__(self, *, accept: str = "", largest_megabytes: int = 10, **others: Any) -> None:
        super().__init__(autocomplete="", **others)
        self.attributes = self.attributes | {"accept": accept or None}
        self.largest = largest_megabytes * 2**20
        self.error_messages["empty"] = "The file you chose is empty"

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = super().clean(data, initial)
        if given and given.size > self.largest:
            raise ValidationError(
                f"The file must be smaller than {self.largest // 2**20} MB",
                code="large",
            )
        return given

    def shown(self, value: object) -> str:
        return ""


class RetryKeyField(DrawnField, forms.CharField):
    """A hidden key that stays the same when the form is sent again, so that an act with an unknown outcome is never done twice."""

    widget = forms.HiddenInput

    def __init__(self, **others: Any) -> None:
        super().__init__(label="Key", initial=lambda: uuid4().hex, max_length=64, **others)
