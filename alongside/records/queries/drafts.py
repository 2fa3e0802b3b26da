"""What somebody has typed and not yet sent."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from alongside.agencies.facts import Actor
from alongside.common.standing import Standing, Word
from alongside.records.models import Draft, DraftFile, Entry


def draft(actor: Actor, *, form: str, about: str) -> Draft | None:
    return unsent(actor).filter(form=form, about=about).first()


def drafts(actor: Actor) -> list[Draft]:
    return _drafts(me=actor.practitioner_id, account=actor.account_id) if actor.is_practitioner else list(unsent(actor).order_by("-saved_at"))


_drafts = Standing(
    lambda: (
        Draft.objects.filter(~Exists(Entry.objects.filter(author_id=Word("me", "integer"), submission_key=OuterRef("submission_key"))), account_id=Word("account", "bigint")).order_by("-saved_at")
    )
)


def files_kept(actor: Actor, submission_key: UUID, *, with_content: bool = False) -> list[DraftFile]:
    """Files that were chosen in a form which could not be recorded yet, in the order in which they came."""
    found = DraftFile.objects.filter(account_id=actor.account_id, submission_key=submission_key).order_by("pk")
    return list(found if with_content else found.defer("content"))


def unsent(actor: Actor) -> QuerySet[Draft]:
    """Without those whose entry stands: a page that is being left may still save what it has just sent."""
    return Draft.objects.filter(~Exists(sent(actor).filter(submission_key=OuterRef("submission_key"))), account_id=actor.account_id)


def sent(actor: Actor) -> QuerySet[Entry]:
    return Entry.objects.filter(author_id=actor.practitioner_id) if actor.is_practitioner else Entry.objects.filter(author_id__isnull=True, author_person_id=actor.own_person_id)
