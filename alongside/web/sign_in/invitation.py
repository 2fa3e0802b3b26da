"""An invitation: a link, good for a week and until a first password is set, by which somebody begins to use their account. Whoever is to read a record needs a code besides, which no letter holds."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.agencies.queries import awaits_first_password, invited_account

DAYS = 7
SALT, CODE_SALT = "alongside invitation", "alongside first code"
CODE_DIGITS = 12
"""Too many to try within the week that an invitation lasts, few enough to be read out on the phone."""


def send(request: HttpRequest, account: Any, *, letter: str = "invitation") -> None:
    """By mail, to the address they will sign in with. The letter names the agency, and nobody who is helped."""
    link = settings.ORIGIN + reverse("welcome", args=[signing.dumps(account.pk, salt=SALT)])
    words = {"link": link, "agency": request.actor.agency_name, "by": request.actor.name, "days": DAYS}  # type: ignore[attr-defined]
    get_adapter().send_mail(f"sign_in/mail/{letter}", account.email, words)


def invited(token: str) -> Any | None:
    """Whose invitation it is; None: used, too old or made up."""
    try:
        return invited_account(signing.loads(token, salt=SALT, max_age=DAYS * 86400))
    except signing.BadSignature:
        return None


def first_password_page(account: Any) -> str:
    """Where the first password is set, by a key of its own that lasts as long as a forgotten password's."""
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": PasswordResetTokenGenerator().make_token(account)})


def code_to_give(account: Any) -> str:
    """What whoever asked gives to whom they asked for, by hand or on the phone: 4821 9355 0781. Empty once they have begun, and for whoever signs in to work."""
    if account.is_staff_account or not awaits_first_password(account):
        return ""
    digits = f"{int(salted_hmac(CODE_SALT, str(account.pk), algorithm='sha256').hexdigest(), 16) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
    return " ".join(digits[place : place + 4] for place in range(0, CODE_DIGITS, 4))


def is_the_code(typed: str, account: Any) -> bool:
    return constant_time_compare(typed, code_to_give(account).replace(" ", ""))
