"""A concealed address leaves by no door: not in a share, its headline or its summary, not in a chronology, on a page or in print."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from alongside.cli.tarnside.setup import Tarnside, set_up
from alongside.common.clock import now
from alongside.confidentiality import gate
from alongside.people import actions as people
from alongside.people.facts import AddressKind, RelationKind
from alongside.records import actions, queries
from alongside.records.actions import NewEntry, add_entry
from alongside.records.facts import Harm, PersonFacts
from alongside.records.models import Share

pytestmark = pytest.mark.django_db
CANARY = "77 Canary Wharfside Lane"


def told() -> Tarnside:
    """Leah's refuge must not be known. Amina, who knows it, writes it into an entry about Leah's baby all the same."""
    made, at = set_up(at=now()), now()
    with made.acting("amina", at=at) as amina:
        access = gate.open_record(amina, made.people["leah"], verb="write", category="whereabouts", purpose="direct_care", at=at, write=True)
        people.add_address(access=access, kind=AddressKind.REFUGE, lines=f"{CANARY}\nRochford", postcode="SS4 1AB", concealed=True, at=at)
        people.add_family(access=access, kind=RelationKind.CHILD, name="Noah Turner", relative_id=made.people["noah"], at=at)
        new = NewEntry(
            uuid.uuid4(), "injury_observation", (PersonFacts(made.people["noah"], kind="child", age=0),), "Bruise, seen at 77 canary wharfside ln", f"Seen at {CANARY}, SS4 1AB. Small bruise.",
            datetime(2026, 11, 23, 10, tzinfo=UTC), action_taken=f"Went to {CANARY}.", harm=Harm.SIGNIFICANT, purpose="safeguarding_child",
        )
        add_entry(by=amina, new=new, at=at)
    return made


@pytest.fixture(scope="module")
def what_was_told(begins_with: Callable[[Callable[[], Tarnside]], Tarnside]) -> Tarnside:
    return begins_with(told)


def shows_it(*texts: object) -> bool:
    said = " ".join(str(text) for text in texts).lower()
    return "canary" in said or "ss4 1ab" in said


def test_no_share_carries_it_in_headline_or_summary(tarnside: Tarnside) -> None:
    with tarnside.acting("amina", at=now()):
        shares = list(Share.objects.all())
    assert shares
    assert not any(shows_it(share.headline, share.summary, share.why) for share in shares)
    assert all("[address removed]" in share.headline for share in shares)


def test_who_receives_a_share_reads_it_only_where_an_agreement_lets_whereabouts_through(tarnside: Tarnside) -> None:
    with tarnside.acting("priya", at=now()) as priya:
        [found] = queries.inbox(priya)
        opened = actions.read_share(by=priya, reference=found.reference, at=now())
        assert shows_it(queries.shared_entry(opened).account)
        opened.purpose = "hospital_discharge"
        entry = queries.shared_entry(opened)
        assert "[address removed]" in entry.account
        assert not shows_it(entry.headline, entry.account, entry.action_taken)


def test_a_chronology_without_whereabouts_leaves_it_out(tarnside: Tarnside) -> None:
    with tarnside.acting("sam", at=now()) as sam:
        access = gate.open_record(sam, tarnside.people["noah"], purpose="safeguarding_child", at=now())
        rows = queries.chronology(access)
        assert rows
        assert access.allows("whereabouts") is shows_it(*(row.account for row in rows))
    with tarnside.acting("tom", at=now()) as tom:
        access = gate.open_record(tom, tarnside.people["ella"], purpose="direct_care", at=now())
        assert not shows_it(*(row.account for row in queries.chronology(access)))
