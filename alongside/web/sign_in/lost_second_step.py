"""Two people have agreed: the lost second step comes off, and whose it was is told."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest


def reset(request: HttpRequest, account: Any) -> None:
    """
    1. Every authenticator goes, recovery codes among them. Their sessions have ended already.
    2. The mail tells whoever owns the account, so that a reset they did not ask for is noticed.
    """
    Authenticator.objects.filter(user=account).delete()
    get_adapter().send_mail("sign_in/mail/second_step_reset", account.email, {"by": request.actor.name, "agency": request.actor.agency_name})  # type: ignore[attr-defined]
