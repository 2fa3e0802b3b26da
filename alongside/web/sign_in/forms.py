"""The library's forms for signing in, with our fields and words."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkey
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, JSONField
from django.http import HttpRequest

from alongside.web.design.fields import CodeField, EmailField, NameField, PasswordField, TickField
from alongside.web.design.forms import Form
from alongside.web.sign_in.invitation import code_to_give, is_the_code

LENGTH = "At least 12 characters. Three unrelated words are easy to remember and hard to guess."


class NewPasswordField(PasswordField):
    """Checked against the rules of the house; `user` is set by the form."""

    user: Any = None

    def __init__(self, **others: Any) -> None:
        super().__init__(label="New password", hint=LENGTH, autocomplete="new-password", **others)

    def clean(self, value: Any) -> str:
        password: str = get_adapter().clean_password(super().clean(value), user=self.user)
        return password


class SignInForm(Form, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"login": EmailField(autocomplete="username"), "password": PasswordField()}

    def clean_login(self) -> str:
        return self.cleaned_data["login"].lower()


class ConfirmPasswordForm(Form, account.ReauthenticateForm):
    password = PasswordField()


class FirstCodeForm(Form):
    code = CodeField(label="Code", hint="12 figures, in groups of four", missing="Type the code you were given", width=20, autocomplete="off")

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_code(self) -> str:
        if not is_the_code(self.cleaned_data["code"], self.account):
            raise ValidationError("This is not the code. Check it, or ask whoever gave it to you")
        return str(self.cleaned_data["code"])


class ForgottenPasswordForm(Form, account.ResetPasswordForm):
    email = EmailField()

    def save(self, request: HttpRequest, **others: Any) -> str:
        begun = [one for one in self.users if not code_to_give(one)]  # else a letter alone would let in whoever reads it
        get_adapter().write_about_forgotten_password(begun, self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class NewPasswordForm(Form, account.ResetPasswordKeyForm):
    password1 = NewPasswordField()
    password2 = PasswordField(label="New password again", autocomplete="new-password")


class FirstPasswordForm(Form, account.SetPasswordForm):
    password1 = NewPasswordField()
    password2 = PasswordField(label="New password again", autocomplete="new-password")


class ChangePasswordForm(Form, account.ChangePasswordForm):
    oldpassword = PasswordField(label="Your password now")
    password1 = NewPasswordField()
    password2 = PasswordField(label="New password again", autocomplete="new-password")


class SecondStepForm(Form, second_step.AuthenticateForm):
    code = CodeField(label="Code", hint="6 digits from your authenticator app, or one of your recovery codes")


class ConfirmCodeForm(Form, second_step.ReauthenticateForm):
    code = CodeField(label="Code", hint="6 digits from your authenticator app, or one of your recovery codes")


class SetUpAppForm(Form, app.ActivateTOTPForm):
    code = CodeField(label="Code", hint="6 digits from the app")


class RemoveAppForm(Form, app.DeactivateTOTPForm):
    pass


class NewRecoveryCodesForm(Form, recovery.GenerateRecoveryCodesForm):
    pass


UNREADABLE = "What this device answered cannot be read. Try again, or use another device"


class CredentialField(JSONField):
    """What the device answered. Never shown back: an old answer is no answer, and the script asks only while this is empty."""

    def prepare_value(self, value: Any) -> str:
        return ""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return ""

    def to_python(self, value: Any) -> Any:
        try:
            answered = super().to_python(value)
        except (ValueError, RecursionError) as problem:
            raise ValidationError(UNREADABLE) from problem
        if answered is not None and not isinstance(answered, dict):
            raise ValidationError(UNREADABLE)
        return answered


class AddPasskeyForm(Form, passkey.AddWebAuthnForm):
    name = NameField(label="Name for this device", hint="For example, work phone", max_length=60)
    credential = CredentialField(widget=HiddenInput, error_messages={"required": "This device did not answer. Try again"})
    passwordless = TickField(label="Let this device replace my password", required=False)

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except (KeyError, AttributeError, TypeError, ValueError) as problem:  # the library asks parts of the answer that a broken one does not have
            raise ValidationError(UNREADABLE) from problem


class PasskeySignInForm(Form, passkey.LoginWebAuthnForm):
    credential = CredentialField(widget=HiddenInput)

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except (KeyError, AttributeError, TypeError, ValueError) as problem:
            raise ValidationError(UNREADABLE) from problem


class DisplayForm(Form):
    large_print = TickField(label="Large print on every page", required=False)
    single_key_shortcuts = TickField(
        label="Single keys: / to find somebody, n for a new entry, ? for help",
        hint="Switch these off if you dictate, or if keys get pressed by accident.",
        required=False,
    )
