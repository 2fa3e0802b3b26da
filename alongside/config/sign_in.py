"""How signing in differs from the library's ways: nobody registers themselves, and second-step secrets are kept encrypted."""

import base64
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse

log = logging.getLogger("alongside.mail")
POST = ThreadPoolExecutor(max_workers=1, thread_name_prefix="post")
"""Letters leave after the answer, one after the other: how long an answer takes must not tell whether there was anybody to write to, and a slow
post office stops nobody."""

MESSAGES = {
    "account/messages/password_changed.txt": "Your password has been changed. Every other device has been signed out.",
    "account/messages/password_set.txt": "Your password has been set.",
    "mfa/messages/totp_deactivated.txt": "The authenticator app has been removed.",
    "mfa/messages/webauthn_removed.txt": "The passkey has been removed.",
    "mfa/messages/webauthn_added.txt": "The passkey has been added.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes. The old ones do not work any more.",
}


CHANGED = {
    "account/email/password_changed": "your password has been changed", "account/email/password_reset": "your password has been changed",
    "account/email/password_set": "your password has been set", "mfa/email/totp_activated": "an authenticator app has been added to your account",
    "mfa/email/totp_deactivated": "the authenticator app has been removed from your account", "mfa/email/webauthn_added": "a passkey has been added to your account",
    "mfa/email/webauthn_removed": "a passkey has been removed from your account", "mfa/email/recovery_codes_generated": "you have new recovery codes",
}
"""What is told by mail, so that a change somebody did not make is noticed."""


class AccountAdapter(DefaultAccountAdapter):
    """Plain words, no chatter on arrival, and the password is not asked twice of somebody who has just typed it to set up a second step."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is not in use any more. Ask your agency’s system owner",
        "email_password_mismatch": "Email address or password is wrong. Check both and try again",
        "enter_current_password": "This is not your password now",
        "incorrect_code": "This code is wrong or too old. Wait for the next one and try again",
        "incorrect_password": "This is not your password",
        "too_many_login_attempts": "There have been too many wrong tries. Wait five minutes and try again",
        "rate_limited": "There have been too many tries. Wait a few minutes and try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **others: Any) -> bool:
        setting_up = app == "allauth.mfa" and "identity" not in self.request.session
        return not (setting_up or self._has_just_signed_in()) and super().is_reauthentication_required(app=app, **others)

    def _has_just_signed_in(self) -> bool:
        since = self.request.at.timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return any(record["at"] > since for record in get_authentication_records(self.request, self.request.user))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Written now, with everything it says; posted when the answer has gone."""
        POST.submit(_post, self.render_mail(template_prefix, email, {"email": email} | context))

    def write_about_forgotten_password(self, accounts: list[Any], email: str) -> None:
        """Whether there is an account or none, the answer waits for neither the key nor the letter."""
        POST.submit(self._write_about_forgotten_password, accounts, email)

    def _write_about_forgotten_password(self, accounts: list[Any], email: str) -> None:
        for account in accounts:
            key = PasswordResetTokenGenerator().make_token(account)
            page = settings.ORIGIN + reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})
            _post(self.render_mail("account/email/password_reset_key", email, {"password_reset_url": page}))

    def send_notification_mail(self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None) -> None:
        self.send_mail("sign_in/mail/changed", email or user.email, {"what": CHANGED[template_prefix], "page": settings.ORIGIN + reverse("account_reset_password")})

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **others: Any) -> None:
        """Only messages that say something the next page does not show anyway."""
        if others.get("message") or message_template in MESSAGES:
            words = others.get("message") or MESSAGES[str(message_template)]
            messages.add_message(request, level, words)


def _post(letter: EmailMessage) -> None:
    """A letter that cannot be posted is the operator's to know; its reader asks again, and gets another."""
    try:
        letter.send()
    except OSError as fault:
        log.error("a letter could not be posted: %s", type(fault).__name__)


class SecondStepAdapter(DefaultMFAAdapter):
    """A copy of the database must not be enough to make anybody's codes: the key is outside it."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": AccountAdapter.error_messages["incorrect_code"]}

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """The newest key encrypts; former ones still decrypt, so that the secret key can be changed."""
    return MultiFernet([_derived(key) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _derived(key: str) -> Fernet:
    material = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"alongside second step").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(material))
