"""A duty in law asks for no partnership: what it demands reaches the duty desk of the body that it names, where there is one such body; else whoever writes is told to telephone."""

import uuid
from datetime import timedelta

import pytest

from alongside.agencies.models import Agency, Team
from alongside.cli.tarnside.setup import Tarnside
from alongside.common.clock import now
from alongside.partnerships.actions import leave
from alongside.records import queries
from alongside.records.actions import NewEntry, Recorded, acknowledge_share, add_entry, preview
from alongside.records.facts import Harm, PersonFacts

pytestmark = pytest.mark.django_db


@pytest.fixture
def apart(tarnside: Tarnside) -> Tarnside:
    """The police have left, and belong to no partnership."""
    with tarnside.acting("moira", at=now()) as moira:
        leave(by=moira, partnership_id=tarnside.partnership_id, agency_id=moira.agency_id or 0, reason="We have left.", at=now())
    return tarnside


def told_by_the_school(made: Tarnside, kind: str = "fgm_disclosure", **words: object) -> tuple[Recorded, list[tuple[str, str]]]:
    ella = PersonFacts(made.people["ella"], kind="child", age=7)
    new = NewEntry(uuid.uuid4(), kind, (ella,), "Told me today", "As she said it.", now() - timedelta(hours=1), action_taken="Stayed with her.", purpose="safeguarding_child", **words)  # type: ignore[arg-type]
    with made.acting("grace", at=now()) as grace:
        before = [(one.agency, one.outcome) for one in preview(by=grace, new=new, at=now())]
        return add_entry(by=grace, new=new, at=now()), before


def test_what_the_law_demands_reaches_a_body_that_is_no_partner_and_the_preview_says_so(apart: Tarnside) -> None:
    recorded, before = told_by_the_school(apart, harm=Harm.SIGNIFICANT)
    found = [(one.agency, one.outcome) for one in recorded.outcomes]
    assert ("Tarnside Police", "share") in found and ("Tarnside Council Children's Services", "share") in found
    assert found == before and recorded.unmet == ()


def test_its_duty_desk_has_it_with_a_clock_and_answers(apart: Tarnside) -> None:
    told_by_the_school(apart, harm=Harm.SIGNIFICANT)
    with apart.acting("moira", at=now()) as moira:
        (waiting,) = [share for share in queries.inbox(moira) if share.kind == "fgm_disclosure"]
        assert waiting.due_at
        acknowledge_share(by=moira, reference=waiting.reference, at=now(), used=True)
    with apart.acting("lewis", at=now()) as lewis:
        assert [share for share in queries.inbox(lewis) if share.kind == "fgm_disclosure"] == []


def test_what_no_law_demands_reaches_nobody_outside(apart: Tarnside) -> None:
    recorded, _ = told_by_the_school(apart, kind="meeting")
    assert "Tarnside Police" not in {one.agency for one in recorded.outcomes}


def test_among_two_bodies_of_a_kind_nobody_guesses_and_whoever_writes_is_told(apart: Tarnside) -> None:
    other = Agency.objects.create(kind_id="police", name="Northern Police", starts=now().date() - timedelta(days=30))
    Team.objects.create(agency=other, name="Front desk", role="police_officer", duty_desk=True, starts=now().date() - timedelta(days=30))
    recorded, before = told_by_the_school(apart, harm=Harm.SIGNIFICANT)
    assert not {"Tarnside Police", "Northern Police"} & {one.agency for one in recorded.outcomes}
    assert recorded.unmet and len(before) == len(recorded.outcomes)
