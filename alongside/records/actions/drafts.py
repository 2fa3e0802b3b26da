"""Nothing typed is lost: what is on somebody's screen is kept on the server until it is sent or thrown away."""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from alongside.agencies.facts import Actor
from alongside.common.attachments import Upload, made_safe
from alongside.common.decisions import Conflict
from alongside.records.models import Draft, DraftFile
from alongside.records.queries.drafts import sent


def save_draft(*, by: Actor, form: str, about: str, fields: dict[str, Any], submission_key: uuid.UUID, version: int | None = None, at: datetime) -> Draft:
    """
    1. What was sent is no draft any more, though a page that is being left may save it once again; the answer is as if it had been kept.
    2. Keep what was typed, one draft for each account, form and subject; a NUL, which nobody sees and no text in the database can hold, is left out.
    3. If another window saved a version that this one has not seen, raise Conflict with both texts; neither is lost.
    """
    fields = without_nul(fields)
    here = Draft.objects.filter(account_id=by.account_id, form=form, about=about)
    here.filter(Exists(sent(by).filter(submission_key=OuterRef("submission_key")))).delete()
    if sent(by).filter(submission_key=submission_key).exists():
        return Draft(account_id=by.account_id, form=form, about=about, fields=fields, submission_key=submission_key, saved_at=at)
    draft, made = Draft.objects.select_for_update().get_or_create(
        account_id=by.account_id, form=form, about=about, defaults={"fields": fields, "submission_key": submission_key, "saved_at": at}
    )
    if made:
        return draft
    if draft.version != version and draft.fields != fields:
        raise Conflict(str(fields.get("account", fields)), str(draft.fields.get("account", draft.fields)), field="account")
    draft.fields, draft.saved_at, draft.version, draft.submission_key = fields, at, draft.version + 1, submission_key
    draft.save(update_fields=["fields", "saved_at", "version", "submission_key"])
    return draft


def without_nul(typed: Any) -> Any:
    """What was typed, names of fields and all, as a database can hold it.

    Example:
        >>> without_nul({"headline": "A br\\0uise", "tags\\0": ["\\0", "injury"]})
        {'headline': 'A bruise', 'tags': ['', 'injury']}
    """
    if isinstance(typed, str):
        return typed.replace("\0", "")
    if isinstance(typed, list):
        return [without_nul(one) for one in typed]
    return {without_nul(name): without_nul(value) for name, value in typed.items()}


def keep_files(*, by: Actor, submission_key: uuid.UUID, uploads: Sequence[Upload], at: datetime) -> None:
    """
    1. What was chosen is checked and cleaned as for an entry. Raises NotSafe: what may not be attached is not kept either.
    2. Keep it for this form, each content once and always under the same reference; nobody else sees it.
    """
    safe = [made_safe(upload) for upload in uploads]
    seals = [hashlib.sha256(one.content).hexdigest() for one in safe]
    DraftFile.objects.bulk_create(
        [
            DraftFile(
                reference=uuid.uuid5(submission_key, f"{by.account_id}:{seal}:{one.name}"), account_id=by.account_id, submission_key=submission_key, name=one.name, content_type=one.content_type,
                content=one.content, sha256=seal, kept_at=at,
            )
            for one, seal in zip(safe, seals, strict=True)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def discard_draft(*, by: Actor, form: str, about: str) -> None:
    for found in Draft.objects.filter(account_id=by.account_id, form=form, about=about):
        DraftFile.objects.filter(account_id=by.account_id, submission_key=found.submission_key).delete()
    Draft.objects.filter(account_id=by.account_id, form=form, about=about).delete()
