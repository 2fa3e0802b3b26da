"""Fields of one or several lines of text, numbers among them."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator

from alongside.common.identifiers import NotAnIdentifier, parse_nhs_number
from alongside.web.design.fields.drawn import BoundField, Drawn, DrawnField


class TextField(DrawnField, forms.CharField):
    def __init__(
        self,
        *,
        width: int = 0,
        type: str = "text",
        spellcheck: bool | None = None,
        prefix: str = "",
        suffix: str = "",
        code: bool = False,
        **others: Any,
    ) -> None:
        super().__init__(**others)
        if self.max_length:
            self.validators = [check for check in self.validators if not isinstance(check, MaxLengthValidator)]
            self.validators.append(
                MaxLengthValidator(
                    self.max_length,
                    f"{self.named} must be {self.max_length:,} characters or fewer",
                )
            )
        if spellcheck is not None:
            self.attributes = {"spellcheck": str(spellcheck).lower()} | self.attributes
        self._look: dict[str, Any] = {
            "type": type,
            "width": width,
            "prefix": prefix,
            "suffix": suffix,
            "code": code,
        }

    def drawn(self, bound: BoundField) -> Drawn:
        return replace(super().drawn(bound), **self._look)


class EmailField(TextField):
    def __init__(
        self,
        *,
        label: str = "Email address",
        autocomplete: str = "email",
        **others: Any,
    ) -> None:
        super().__init__(
            label=label,
            autocomplete=autocomplete,
            type="email",
            spellcheck=False,
            **others,
        )
        self.validators.append(forms.EmailField.default_validators[0])
        self.error_messages["invalid"] = "Enter an email address in the correct format, like name@example.com"

    def run_validators(self, value: str) -> None:
        try:
            super().run_validators(value)
        except ValidationError as problem:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from problem


class PasswordField(TextField):
    """Never drawn back."""

    macro = "password"
    widget = forms.PasswordInput

    def __init__(
        self,
        *,
        label: str = "Password",
        autocomplete: str = "current-password",
        **others: Any,
    ) -> None:
        super().__init__(label=label, autocomplete=autocomplete, strip=False, **others)

    def shown(self, value: object) -> str:
        return ""


class CodeField(TextField):
    """A short number from a phone or a paper: digits as large as they deserve, the phone's own suggestion allowed."""

    def __init__(self, *, autocomplete: str = "one-time-code", width: int = 10, **others: Any) -> None:
        super().__init__(
            autocomplete=autocomplete,
            inputmode="numeric",
            spellcheck=False,
            code=True,
            width=width,
            **others,
        )

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\s-]", "", super().to_python(value))


class NameField(TextField):
    """A name as its owner writes it. Only what cannot be seen or typed on purpose is refused."""

    UNSEEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")

    def __init__(self, *, max_length: int = 200, **others: Any) -> None:
        super().__init__(max_length=max_length, spellcheck=False, **others)

    def to_python(self, value: Any) -> str:
        name = super().to_python(value)
        if self.UNSEEN.search(name):
            raise ValidationError(
                f"{self.named} has characters in it that cannot be seen. Type it again instead of pasting it",
                code="unseen",
            )
        return name


class LongTextField(TextField):
    """Several lines, with a count where there is a limit. A line break counts once, however the browser sends it."""

    macro = "textarea"
    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, autocomplete: str = "", **others: Any) -> None:
        super().__init__(autocomplete=autocomplete, **others)
        self.rows = rows

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value)

    def drawn(self, bound: BoundField) -> Drawn:
        return replace(super().drawn(bound), rows=self.rows, limit=self.max_length or 0)


class WholeNumberField(DrawnField, forms.IntegerField):
    def __init__(self, *, width: int = 3, suffix: str = "", prefix: str = "", **others: Any) -> None:
        super().__init__(inputmode="numeric", **others)
        self.error_messages["invalid"] = f"{self.named} must be a whole number, like 3"
        for check in self.validators:
            if isinstance(check, MinValueValidator):
                check.message = f"{self.named} must be {self.min_value:,} or more"
            elif isinstance(check, MaxValueValidator):
                check.message = f"{self.named} must be {self.max_value:,} or less"
        self._look: dict[str, Any] = {
            "width": width,
            "suffix": suffix,
            "prefix": prefix,
        }

    def drawn(self, bound: BoundField) -> Drawn:
        return replace(super().drawn(bound), **self._look)


class NHSNumberField(TextField):
    """One box; spaces and dashes may be typed or pasted. The value is ten digits."""

    def __init__(
        self,
        *,
        label: str = "NHS number",
        hint: str = "A 10 digit number, like 999 123 4560",
        **others: Any,
    ) -> None:
        super().__init__(
            label=label,
            hint=hint,
            width=10,
            inputmode="numeric",
            spellcheck=False,
            code=True,
            **others,
        )

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        try:
            return parse_nhs_number(typed) if typed else ""
        except NotAnIdentifier as problem:
            raise ValidationError(str(problem).rstrip("."), code="invalid") from problem


class SearchField(TextField):
    macro = "search"

    def __init__(self, *, button: str = "Search", **others: Any) -> None:
        super().__init__(spellcheck=False, **others)
        self.button = button

    def drawn(self, bound: BoundField) -> Drawn:
        return replace(super().drawn(bound), button=self.button)
