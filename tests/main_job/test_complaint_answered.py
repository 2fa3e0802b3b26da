"""A complaint about an access: the guardian of the agency that looked reads it with the line it is about, acknowledges it, answers it; nobody else finds it."""

import pytest
from django.urls import reverse

from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.confidentiality.actions.complaints import complain
from alongside.confidentiality.queries import who_looked
from alongside.confidentiality.queries.complaining import complaint_to_answer
from alongside.confidentiality.tests.tarnside_acts import signs_in
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(db: None) -> tuple[Tarnside, int]:
    tarnside = set_up(at=now())
    signs_in(tarnside, "leah")
    leah = tarnside.people["leah"]
    with tarnside.acting("lewis", at=now()) as lewis:
        gate.open_record(lewis, leah, reason="After the call on Thursday", at=now())
    with tarnside.acting("leah", at=now()) as herself:
        access = gate.open_record(herself, leah, purpose="portal_view", category="access_ledger", verb="view_ledger", at=now())
        line = next(one.line_id for one in who_looked(access) if one.agency == "Tarnside Police")
        return tarnside, complain(by=herself, person_id=leah, text="Why did the police read my record?", line_id=line, at=now()).pk


def test_the_guardian_reads_acknowledges_and_answers_it(complaint: tuple[Tarnside, int]) -> None:
    tarnside, number = complaint
    guardian, where = signed_in("eleanor"), reverse("complaint", args=[number])
    page = guardian.get(where).content.decode()
    assert all(words in page for words in ("Why did the police read my record?", "PC Lewis Carter", "Leah Turner", "After the call on Thursday", "Acknowledge"))
    assert reverse("complaint", args=[number]) in guardian.get(reverse("guardian_queue")).content.decode()
    assert guardian.post(where, {"step": "acknowledge"}).status_code == 303
    wrong = guardian.post(where, {"step": "answer", "answer": "We looked at it."})
    assert wrong.status_code == 422
    assert "We looked at it." in wrong.content.decode(), "nothing typed is lost"
    assert guardian.post(where, {"step": "answer", "outcome": "not_upheld", "answer": "He was called to your home that night."}).status_code == 303
    assert "He was called to your home that night." in guardian.get(where).content.decode()
    assert where not in guardian.get(reverse("guardian_queue")).content.decode()


def test_nobody_else_finds_it(complaint: tuple[Tarnside, int]) -> None:
    tarnside, number = complaint
    assert signed_in("lewis").get(reverse("complaint", args=[number])).status_code == 404
    with tarnside.acting("lewis", at=now()):
        assert complaint_to_answer(number) is None
