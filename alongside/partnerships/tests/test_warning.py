"""Whoever keeps an agreement hears 90, 60 and 30 days before it lapses, once each, and not at all when it is renewed."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.partnerships import actions, queries
from alongside.partnerships.actions.warning import warn_of_lapse
from tests.worker_role import as_worker

pytestmark = pytest.mark.django_db(transaction=True)


def warned(days_before: float, tarnside: Tarnside) -> int:
    ends: datetime = queries.agreement(tarnside.agreement_id).ends
    with as_worker():
        return warn_of_lapse(at=ends - timedelta(days=days_before))


def test_each_step_is_written_of_once_to_lead_guardian_and_signatories(tarnside: Tarnside) -> None:
    assert [warned(days, tarnside) for days in (91, 89, 88, 59, 58, 29, 1)] == [0, 1, 0, 1, 0, 1, 0]
    assert len(mail.outbox) == 3
    assert {"sunita@tarnside.example", "eleanor@tarnside.example", "ruth@tarnside.example"} <= set(mail.outbox[0].bcc)
    assert "lapses in 88 days" in mail.outbox[0].subject or "lapses in 89 days" in mail.outbox[0].subject
    assert not mail.outbox[0].to


def test_whoever_comes_late_to_it_hears_the_narrowest_step_alone(tarnside: Tarnside) -> None:
    assert [warned(days, tarnside) for days in (20, 19)] == [1, 0]
    assert len(mail.outbox) == 1


def test_one_that_is_followed_by_a_newer_version_is_not_warned_of(tarnside: Tarnside) -> None:
    with tarnside.acting("sunita", at=now()) as sunita:
        text = queries.text_of(tarnside.agreement_id)
        newer = actions.draft_agreement(by=sunita, partnership_id=tarnside.partnership_id, text=text, replaces_id=tarnside.agreement_id, at=now())
        actions.open_for_signature(by=sunita, agreement_id=newer.pk, bases_in_force={term.lawful_basis for term in text.terms}, at=now())
    assert warned(20, tarnside) == 0 and not mail.outbox


def test_if_the_letters_are_not_taken_they_are_written_again(tarnside: Tarnside, monkeypatch: pytest.MonkeyPatch) -> None:
    class Down:
        def send_messages(self, letters: object) -> None:
            raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("alongside.partnerships.actions.warning.get_connection", Down)
        with pytest.raises(ConnectionRefusedError):
            warned(20, tarnside)
    assert warned(20, tarnside) == 1 and len(mail.outbox) == 1
