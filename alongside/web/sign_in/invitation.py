"""An invitation: a link, good for a week and until a first password is set, by which somebody begins to use their account."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from alongside.agencies.queries import invited_account

DAYS = 7
SALT = "alongside invitation"


def send(request: HttpRequest, account: Any, *, letter: str = "invitation") -> None:
    """By mail, to the address they will sign in with. The letter names the agency, and nobody who is helped."""
    link = settings.ORIGIN + reverse("welcome", args=[signing.dumps(account.pk, salt=SALT)])
    words = {"link": link, "agency": request.actor.agency_name, "by": request.actor.name, "days": DAYS}  # type: ignore[attr-defined]
    get_adapter().send_mail(f"sign_in/mail/{letter}", account.email, words)


def first_password_page(token: str) -> str | None:
    """Where the first password is set, by a key of its own that lasts as long as a forgotten password's; None: used, too old or made up."""
    try:
        account = invited_account(signing.loads(token, salt=SALT, max_age=DAYS * 86400))
    except signing.BadSignature:
        return None
    if account is None:
        return None
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": PasswordResetTokenGenerator().make_token(account)})
