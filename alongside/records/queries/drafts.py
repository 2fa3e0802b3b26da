"""What somebody has typed and not yet sent."""

from alongside.agencies.facts import Actor
from alongside.records.models import Draft


def draft(actor: Actor, *, form: str, about: str) -> Draft | None:
    return Draft.objects.filter(account_id=actor.account_id, form=form, about=about).first()


def drafts(actor: Actor) -> list[Draft]:
    return list(Draft.objects.filter(account_id=actor.account_id).order_by("-saved_at"))
