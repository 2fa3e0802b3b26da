"""Negotiating and signing a vision: a version is written, spoken about, opened for sign-up, and answered by each body's named signatory."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from alongside.agencies.facts import Actor
from alongside.common import database
from alongside.partnerships.actions.doors import NotNow, NotYours, said_no
from alongside.partnerships.actions.endings import SeesTo
from alongside.partnerships.actions.keeping import KEEPERS, change, keep, sent_before
from alongside.partnerships.actions.membership import leave
from alongside.partnerships.facts import Answer, GoesBack
from alongside.partnerships.models import Objective, Remark, SignUp, Vision, VisionParty, Wording

WRITERS = "A version is written by the partnership's lead, its chair, or whoever speaks for a partner."
SPEAK_HERE = "Only somebody who works for a partner takes part in this."
SIGNATORY_ONLY = "Only the signatory named for a body in this version answers for it."
WORDS_NEEDED = {Answer.CONDITIONAL: "Say what must be so before you sign.", Answer.REFUSED: "Say why you do not sign.", Answer.WITHDRAWN: "Say why you withdraw."}


@transaction.atomic
def propose_vision(*, by: Actor, partnership_id: int, text: str, at: datetime, key: uuid.UUID | None = None) -> Vision:
    """The next version, for everybody at the table to speak about. It binds nobody."""
    database.take_turns("vision", partnership_id)
    if sent := sent_before(Vision, key):
        return sent
    number = (Vision.objects.filter(partnership_id=partnership_id).aggregate(last=Max("version"))["last"] or 0) + 1
    row = Vision(partnership_id=partnership_id, version=number, text=text, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "vision_proposed", partnership_id=partnership_id, refused=WRITERS)


def remark(*, by: Actor, vision: Vision, words: str, wording: str = "", about_id: int | None = None, at: datetime, key: uuid.UUID | None = None) -> Remark:
    """A comment, or another wording for the text or for one of the objectives. What is said stays, and is answered."""
    if vision.adopted_at:
        raise NotNow("Everybody has signed this version. Propose the next one.")
    row = Remark(vision=vision, about_id=about_id, agency_id=by.agency_id, words=words, wording=wording, by_id=by.practitioner_id, at=at, key=key)
    return keep(row, "vision_remarked", partnership_id=vision.partnership_id, agency_id=by.agency_id, refused=SPEAK_HERE)


def answer_remark(*, by: Actor, remark: Remark, answer: str, why: str, at: datetime) -> None:
    """Taken up, partly or not, and why: nothing that was proposed is left without a word."""
    rows = Remark.objects.filter(pk=remark.pk, answered_at=None)
    change(rows, "remark_answered", partnership_id=remark.vision.partnership_id, at=at, answer=answer, answer_why=why, answered_at=at, answered_by_id=by.practitioner_id)


@transaction.atomic
def open_vision(*, by: Actor, vision: Vision, signatories: Mapping[int, int], at: datetime) -> None:
    """
    1. The version as it stands, with the objectives as they are worded now: what is changed later is another version.
    2. Each body with the one practitioner who can answer for it. `signatories` are practitioners by agency.
    """
    if len(signatories) < 2:
        raise NotNow("A partnership needs at least two bodies that sign.")
    database.take_turns("vision", vision.partnership_id)
    if Vision.objects.filter(pk=vision.pk, opened_at__isnull=False).exists():
        return
    with said_no(KEEPERS):
        VisionParty.objects.bulk_create(VisionParty(vision=vision, agency_id=agency, signatory_id=who) for agency, who in signatories.items())
        vision.objectives.add(*_wordings_now(vision.partnership_id))
    change(Vision.objects.filter(pk=vision.pk, opened_at=None), "vision_opened", partnership_id=vision.partnership_id, at=at, opened_at=at)
    vision.opened_at = at


def _wordings_now(partnership_id: int) -> list[int]:
    live = Objective.objects.filter(partnership_id=partnership_id, ended_at=None)
    return list(Wording.objects.filter(objective__in=live).order_by("objective_id", "-number").distinct("objective_id").values_list("pk", flat=True))


@transaction.atomic
def answer_vision(*, by: Actor, vision: Vision, answer: Answer, words: str = "", at: datetime, key: uuid.UUID | None = None) -> SignUp:
    """
    1. The named signatory signs, would sign if, refuses with reasons, or withdraws; signing again is saying that it still holds.
    2. Once every body asked has signed, the version is adopted.
    """
    party = VisionParty.objects.filter(vision=vision, signatory_id=by.practitioner_id, agency_id=by.agency_id).first()
    if party is None or not vision.opened_at:
        raise NotYours(SIGNATORY_ONLY)
    if answer is not Answer.SIGNED and not words.strip():
        raise NotNow(WORDS_NEEDED[answer])
    row = SignUp(party=party, answer=answer.value, words=words, by_id=by.practitioner_id, at=at, key=key)
    kept = keep(row, f"vision_{answer.value}", partnership_id=vision.partnership_id, agency_id=by.agency_id, refused=SIGNATORY_ONLY)
    database.value("SELECT settle_vision(%s, %s)", vision.pk, at)
    return kept


@transaction.atomic
def withdraw_from_vision(
    *, by: Actor, vision: Vision, words: str, leaving: bool, returns: Iterable[GoesBack] = (), sees_to: SeesTo | None = None, at: datetime, key: uuid.UUID | None = None
) -> SignUp:
    """The body withdraws from what it signed up to; with `leaving` it leaves the partnership at the same moment, its taps close, and what goes back to it is written down."""
    kept = answer_vision(by=by, vision=vision, answer=Answer.WITHDRAWN, words=words, at=at, key=key)
    if leaving:
        leave(by=by, partnership_id=vision.partnership_id, agency_id=by.agency_id or 0, reason=words, returns=returns, sees_to=sees_to, at=at)
    return kept
