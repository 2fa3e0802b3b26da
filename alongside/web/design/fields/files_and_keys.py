"""Files, and the key that makes sending twice harmless."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from alongside.web.design.fields.drawn import BoundField, Drawn, DrawnField


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


class SeveralFiles(forms.FileInput):
    """A browser's own box for several files at once: it works without script."""

    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files; the value is a list. One that is wrong is named, so that the others need not be looked at."""

    widget = SeveralFiles

    def __init__(self, *, most: int = 10, **others: Any) -> None:
        super().__init__(**others)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        if not given:
            super().clean(None, initial)
        if len(given) > self.most:
            raise ValidationError(f"Choose at most {self.most} files", code="many")
        for one in given:
            try:
                super().clean(one, initial)
            except ValidationError as wrong:
                raise ValidationError([f"{one.name}: {said[0].lower()}{said[1:]}" for said in wrong.messages]) from wrong
        return given

    def drawn(self, bound: BoundField) -> Drawn:
        return replace(super().drawn(bound), multiple=True)


class RetryKeyField(DrawnField, forms.CharField):
    """A hidden key that stays the same when the form is sent again, so that an act with an unknown outcome is never done twice."""

    widget = forms.HiddenInput

    def __init__(self, **others: Any) -> None:
        super().__init__(label="Key", initial=lambda: uuid4().hex, max_length=64, **others)
