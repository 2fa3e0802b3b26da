"""Kill -9 of web server, worker and database at random moments under eight writers: nothing acknowledged is lost, nothing is doubled.

Sixty kills; three hundred with ALONGSIDE_KILLS=300.
"""

import os
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator

import pytest

from alongside.web.practitioner.entry.kinds import choices
from tests.faults.own_place import OwnPlace, own_place
from tests.faults.partner_system import PartnerSystem
from tests.faults.writers import Writer

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("ALONGSIDE_KILLS", "60"))
WHAT = ("web", "web-2", "worker", "worker-2", "database", "database")
"""Two of each that may be two, as an agency would run them, so that one can be killed as soon as the other is up again."""
KINDS = [kind for group, kinds in choices() for kind, _ in kinds]
WRITERS = (("amina", "noah"), ("daniel", "noah"), ("daniel", "ella"), ("lewis", "ella"), ("grace", "ella"), ("megan", "margaret"), ("sam", "margaret"), ("joan", "margaret"))


@pytest.fixture(scope="module")
def place() -> Iterator[OwnPlace]:
    with own_place() as place:
        yield place


def ids(place: OwnPlace) -> tuple[dict[str, int], dict[str, int]]:
    people = dict(place.ask("SELECT lower(given_name), id FROM person"))
    accounts = {email.partition("@")[0]: account for email, account in place.ask("SELECT email, id FROM account WHERE is_demo")}
    return people, accounts


def test_nothing_acknowledged_is_lost_and_nothing_doubled_under_kill_9_of_everything(place: OwnPlace) -> None:
    chance = random.Random(20261126)
    people, accounts = ids(place)
    over = threading.Event()
    for what in WHAT[:4]:
        place.start(what)
    ports = list(place.ports.values())
    writers = [Writer(ports[turn % 2 :] + ports[: turn % 2], str(accounts[who]), people[about], KINDS, over) for turn, (who, about) in enumerate(WRITERS)]
    for writer in writers:
        writer.start()
    somebody_is_told(place, writers)
    killed: Counter[str] = Counter()
    while killed.total() < KILLS:
        what = next_to_kill(place, chance)
        if what == "database":  # it must have been written to, to be worth killing
            somebody_is_told(place, writers)
        place.kill(what)
        killed[what.partition("-")[0]] += 1
        time.sleep(chance.uniform(0, 0.2))
        place.start(what)
        place.keep_up()
        time.sleep(chance.uniform(0.05, 0.6))
    somebody_is_told(place, writers)
    over.set()
    for writer in writers:
        while writer.is_alive() and writer.patience_left():
            place.keep_up()
            writer.join(timeout=0.2)
        assert not writer.is_alive(), writer.surprises

    acknowledged = {key for writer in writers for key in writer.acknowledged}
    refused = {key for writer in writers for key in writer.refused}
    sent = {key for writer in writers for key in writer.sent}
    print(f"{dict(killed)} killed, {len(acknowledged)} entries acknowledged, {len(refused)} refused by the gate, sent again after {dict(sum((writer.retries for writer in writers), Counter()))}")
    assert not [surprise for writer in writers for surprise in writer.surprises]
    assert not [answer for writer in writers for answer in writer.lost], "an answer did not hold what had been typed"
    assert acknowledged | refused == sent  # who did not know asked again, until they did
    stored = [str(key) for (key,) in place.ask("SELECT submission_key FROM entry WHERE headline LIKE 'Written under fire %%'")]
    assert len(stored) == len(set(stored))
    assert set(stored) == acknowledged
    references = {str(key): str(reference) for key, reference in place.ask("SELECT submission_key, reference FROM entry WHERE headline LIKE 'Written under fire %%'")}
    assert all(references[key] in where for writer in writers for key, where in writer.acknowledged.items())
    kinds = {kind for (kind,) in place.ask("SELECT DISTINCT kind FROM entry WHERE headline LIKE 'Written under fire %%'")}
    assert kinds | {kind for writer in writers for kind in writer.refused.values()} == set(KINDS) or len(acknowledged) < 10 * len(KINDS), f"never tried: {set(KINDS) - kinds}"
    nothing_is_half_done(place)
    place.wait_until("SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE channel = 'inbox' AND delivered_at IS NULL AND share_id IN (SELECT id FROM share WHERE status <> 'held'))")
    everything_has_arrived_once(place)
    place.run("ledger", "verify")  # ends with a fault if a line is missing, changed or out of place


def next_to_kill(place: OwnPlace, chance: random.Random) -> str:
    """Something that is up, so that killing it is worth something; while nothing is, wait for it."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        what = chance.choice(WHAT)
        if what == "database" or place.answers(what):
            return what
        place.keep_up()
        time.sleep(0.02)
    raise TimeoutError(place.family.last_words())


def somebody_is_told(place: OwnPlace, writers: list[Writer]) -> None:
    """Wait until somebody is told again that something was recorded: a web server is up and the database answers."""
    before, deadline = sum(len(writer.acknowledged) for writer in writers), time.monotonic() + 90
    while sum(len(writer.acknowledged) for writer in writers) == before:
        assert time.monotonic() < deadline, [writer.surprises for writer in writers]
        place.keep_up()
        time.sleep(0.02)


def nothing_is_half_done(place: OwnPlace) -> None:
    """No entry without its people, outcomes, shares, outbox rows, events and ledger line."""
    for fault in (
        "SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT 1 FROM entry_subject s WHERE s.entry_id = e.id)",
        "SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT 1 FROM entry_event v WHERE v.entry_id = e.id)",
        "SELECT count(*) FROM entry e WHERE (SELECT count(DISTINCT o.agency_id) FROM routing_outcome o WHERE o.entry_id = e.id) < (SELECT count(DISTINCT agency_id) FROM partner WHERE front_door_id IS NOT NULL AND agency_id <> e.agency_id)",
        "SELECT count(*) FROM routing_outcome o WHERE o.outcome = 'share' AND NOT EXISTS (SELECT 1 FROM share s WHERE s.outcome_id = o.id)",
        "SELECT count(*) FROM share s WHERE NOT EXISTS (SELECT 1 FROM share_event v WHERE v.share_id = s.id)",
        "SELECT count(*) FROM share s WHERE s.status <> 'held' AND (SELECT count(*) FROM delivery d WHERE d.share_id = s.id AND d.channel = 'inbox') <> 1",
        "SELECT count(*) FROM share s WHERE s.owner IS NULL OR s.due_at IS NULL",
        "SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT 1 FROM ledger_line l JOIN entry_subject s ON s.person_id = l.person_id WHERE s.entry_id = e.id AND l.verb = 'write' AND l.item = e.kind)",
    ):
        assert place.ask(fault) == [(0,)], fault


def everything_has_arrived_once(place: OwnPlace) -> None:
    for fault in (
        "SELECT count(*) FROM share s WHERE s.status <> 'held' AND (SELECT count(*) FROM inbox_item i WHERE i.share_id = s.id) <> 1",
        "SELECT count(*) FROM share s WHERE s.status <> 'held' AND (SELECT count(*) FROM share_event v WHERE v.share_id = s.id AND v.what = 'delivered') <> 1",
    ):
        assert place.ask(fault) == [(0,)], fault


# ── a partner's own system ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def partner(place: OwnPlace) -> Iterator[PartnerSystem]:
    """Children's services have a system of their own; web and worker run."""
    partner = PartnerSystem()
    for what in ("web", "worker"):
        if not place.running(what):
            place.start(what)
    place.ask("UPDATE agency SET endpoint_url = %s WHERE kind_id = 'council_children'", partner.url)
    yield partner
    place.ask("UPDATE agency SET endpoint_url = '' WHERE kind_id = 'council_children'")
    place.ask("UPDATE delivery SET cancelled_at = now() WHERE delivered_at IS NULL")
    partner.close()


def written(place: OwnPlace, count: int) -> list[str]:
    """References of the shares that go to children's services for so many injuries seen on Noah, in the order in which they were written."""
    people, accounts = ids(place)
    writer = Writer([place.port], str(accounts["amina"]), people["noah"], ["injury_observation"], threading.Event())
    keys = [str(uuid.uuid4()) for _ in range(count)]
    for key in keys:
        writer.write(key)
    assert set(writer.acknowledged) == set(keys), writer.surprises
    return [
        str(reference)
        for (reference,) in place.ask(
            "SELECT s.reference FROM share s JOIN entry e ON e.id = s.entry_id JOIN agency g ON g.id = s.to_agency_id WHERE g.kind_id = 'council_children' AND e.submission_key = ANY (%s::uuid[]) ORDER BY s.id",
            keys,
        )
    ]


ALL_SENT = "SELECT NOT EXISTS (SELECT 1 FROM delivery d JOIN share s ON s.id = d.share_id WHERE d.channel = 'endpoint' AND s.reference = ANY (%s::uuid[]) AND d.delivered_at IS NULL)"


@pytest.mark.parametrize("mode", ["flapping", "lost", "slow", "busy", "redirect", "down"])
def test_a_partner_whose_line_fails_gets_each_item_once_and_in_order_when_it_is_back(place: OwnPlace, partner: PartnerSystem, mode: str) -> None:
    elsewhere = PartnerSystem()
    partner.elsewhere, partner.mode = elsewhere.url, mode
    shares = written(place, 3)
    place.wait_until("SELECT count(*) > 0 FROM delivery d JOIN share s ON s.id = d.share_id WHERE d.channel = 'endpoint' AND d.attempts > 0 AND s.reference = ANY (%s::uuid[])", shares)
    if mode != "flapping":
        assert not place.ask(f"{ALL_SENT} AS sent", shares)[0][0]
        assert place.ask("SELECT count(*) FROM share WHERE reference = ANY (%s::uuid[]) AND delivered_at IS NULL", shares)[0][0] > 0  # the sender sees "not yet received"
        partner.mode = "up"
    place.pass_time_until(ALL_SENT, shares)
    by_team = place.ask("SELECT to_team_id, array_agg(reference::text ORDER BY id) FROM share WHERE reference = ANY (%s::uuid[]) GROUP BY 1", shares)
    for _, references in by_team:
        assert [share for share in partner.in_order if share in references] == references
    assert not elsewhere.calls  # a redirect is not followed
    assert place.ask("SELECT count(*) FROM share WHERE reference = ANY (%s::uuid[]) AND delivered_at IS NULL", shares) == [(0,)]
    elsewhere.close()


def test_a_line_that_is_down_for_three_days_asks_the_sender_to_telephone_alerts_the_operator_and_loses_nothing(place: OwnPlace, partner: PartnerSystem) -> None:
    partner.mode = "down"
    shares = written(place, 3)
    for _ in range(6):
        place.move_time(12)
        time.sleep(0.5)
    events = "SELECT count(DISTINCT share_id) = %s FROM share_event v JOIN share s ON s.id = v.share_id WHERE v.what = %s AND s.reference = ANY (%s::uuid[])"
    for what in ("phone_fallback", "alert_operator", "escalated_supervisor", "escalated_partnership"):
        place.wait_until(events, len(shares), what, shares)
    assert "cannot be delivered" in place.family.log.read_text(errors="replace")
    assert not place.ask(ALL_SENT, shares)[0][0]
    partner.mode = "up"
    place.pass_time_until(ALL_SENT, shares)
    by_team = place.ask("SELECT to_team_id, array_agg(reference::text ORDER BY id) FROM share WHERE reference = ANY (%s::uuid[]) GROUP BY 1", shares)
    for _, references in by_team:
        assert [share for share in partner.in_order if share in references] == references
    twice = "SELECT count(*) FROM (SELECT share_id, what FROM share_event WHERE what IN ('reminded', 'phone_fallback', 'alert_operator', 'escalated_supervisor', 'delivered') GROUP BY 1, 2 HAVING count(*) > 1) x"
    assert place.ask(twice) == [(0,)]
