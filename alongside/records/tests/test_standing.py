"""A question that was put into SQL once is answered as the model's own query would be, whoever asks and however often."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Value

from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now
from alongside.common.standing import AnyOf, Standing, Word
from alongside.records.actions import NewEntry, add_entry
from alongside.records.facts import Harm, PersonFacts
from alongside.records.models import Share

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> Tarnside:
    made = set_up(at=now())
    noah = PersonFacts(made.people["noah"], kind="child")
    with made.acting("amina", at=now()) as amina:
        add_entry(
            by=amina, at=now(), new=NewEntry(
                submission_key=uuid.uuid4(), kind="referral_child", about=(noah,), headline="Referral", account="What was seen.", action_taken="Told the team.", harm=Harm.SIGNIFICANT,
                happened_at=now() - timedelta(hours=1), purpose="safeguarding_child",
            ),
        )
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


def test_the_rows_their_related_rows_and_what_was_added_to_them_are_the_same(tarnside: Tarnside) -> None:
    def asked(owner: object, sent: object) -> object:
        return Share.objects.select_related("from_agency", "to_team", "answered_by").filter(owner=owner, sent_at__lte=sent).annotate(shelf=Value("inbox")).order_by("pk")

    standing = Standing(lambda: asked(AnyOf("own", "integer[]"), Word("sent", "timestamptz")))  # type: ignore[arg-type,return-value]
    found = 0
    for who in ("daniel", "priya", "amina", "joan"):
        with tarnside.acting(who, at=now()) as actor:
            for principal in actor.principals:
                ours, plain = standing(own=[principal], sent=now()), list(asked(principal, now()))  # type: ignore[call-overload]
                assert [share.__dict__.keys() for share in ours] == [share.__dict__.keys() for share in plain]
                assert [_seen(share) for share in ours] == [_seen(share) for share in plain]
                found += len(ours)
    assert found


def test_each_asker_has_the_answer_to_their_own_words(tarnside: Tarnside) -> None:
    standing = Standing(lambda: Share.objects.filter(from_practitioner_id=Word("me", "bigint")))
    with tarnside.acting("amina", at=now()) as amina:
        assert standing(me=amina.practitioner_id)
        assert not standing(me=0)
        assert standing(me=amina.practitioner_id)


def _seen(share: Share) -> tuple[object, ...]:
    fields = tuple(getattr(share, field.attname) for field in Share._meta.concrete_fields)
    return (*fields, share.from_agency.name, share.to_team.name, share.answered_by and share.answered_by.name, share.shelf)  # type: ignore[attr-defined]
