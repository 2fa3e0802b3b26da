"""One scenario under its fault, in a place of its own: real worker, real database, real kills. Reads the scenario on standard input; ends with 0 when all holds."""

import os
import sys
import time

import yaml

from tests import databases
from tests.faults.own_place import OwnPlace
from tests.faults.partner_system import PartnerSystem


def main() -> None:
    scenario = yaml.safe_load(sys.stdin)
    place = OwnPlace(mode="test")
    try:
        place.start("database")
        os.environ |= place.environment
        databases.ensure_secrets(place.home)
        place.run("migrate")
        import django

        django.setup()
        play(place, scenario)
    finally:
        place.stop()


def play(place: OwnPlace, scenario: dict) -> None:
    {"kill_9_worker_twice_then_database_once": killed, "network_cut_72h": cut_off}[scenario["fault_injected"]](place, scenario)


def killed(place: OwnPlace, scenario: dict) -> None:
    """Two crashes of the worker and one of the database between saving and handing over."""
    from django.db import connection

    from alongside.records import queries
    from tests.not_lost.world import build

    world = build(scenario)
    place.start("worker")
    place.wait_until("SELECT count(*) >= 1 FROM pg_stat_activity WHERE usename = 'alongside_worker'")
    recorded = [world.record() for _ in range(20)]
    for _ in range(2):
        place.kill("worker")
        recorded += [world.record() for _ in range(10)]
        place.start("worker")
        time.sleep(0.3)
    place.kill("database")
    recovery = time.monotonic()
    place.start("database")
    connection.close()
    for one in recorded:
        assert place.ask("SELECT count(*) FROM entry WHERE id = %s", one.entry_id) == [(1,)], "an entry that was saved is lost"
        assert place.ask("SELECT count(*) > 0 FROM routing_outcome WHERE entry_id = %s", one.entry_id) == [(True,)]
    place.wait_until("SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE delivered_at IS NULL)", patience=120)
    assert time.monotonic() - recovery < 15 * 60
    assert place.ask("SELECT count(*) FROM share s WHERE (SELECT count(*) FROM inbox_item i WHERE i.share_id = s.id) <> 1") == [(0,)]
    assert place.ask("SELECT count(*) FROM share_event WHERE what = 'delivered'") == place.ask("SELECT count(*) FROM share")
    for receiver in world.receivers:
        with receiver.acting() as actor:
            seen = [share.entry_id for share in queries.inbox(actor)]
            assert sorted(seen) == sorted({one.entry_id for one in recorded})


def cut_off(place: OwnPlace, scenario: dict) -> None:
    """The partner's line is down for three days, then comes back."""
    from alongside.common.clock import now
    from alongside.records import actions, queries
    from tests.not_lost.world import build

    world = build(scenario)
    partner = PartnerSystem(mode="down")
    receiver = world.receivers[0]
    place.ask("UPDATE agency SET endpoint_url = %s WHERE id = %s", partner.url, receiver.agency.pk)
    place.start("worker")
    recorded = [world.record() for _ in range(3)]
    shares = [str(world.share_to(receiver, one.entry_id).reference) for one in recorded]
    place.wait_until("SELECT count(*) > 0 FROM delivery WHERE channel = 'endpoint' AND attempts > 0")
    with world.author.acting() as author:
        assert {share.entry_id for share in queries.undelivered(author)} == {one.entry_id for one in recorded}, "the sender does not see what has not been received"
    for _ in range(6):
        place.move_time(12)
        time.sleep(0.3)
    for what in ("phone_fallback", "alert_operator"):
        place.wait_until("SELECT count(DISTINCT share_id) = 3 FROM share_event v JOIN share s ON s.id = v.share_id WHERE v.what = %s AND s.reference = ANY (%s::uuid[])", what, shares)
    with world.author.acting() as author:
        assert {str(share.reference) for share in queries.to_telephone(author)} >= set(shares)
        for share in queries.to_telephone(author):
            actions.record_phone_call(by=author, reference=share.reference, note="Told the duty desk.", at=now())
    place.wait_until("SELECT count(DISTINCT v.share_id) = 3 FROM share_event v JOIN share s ON s.id = v.share_id WHERE v.what = 'escalated_supervisor' AND s.reference = ANY (%s::uuid[])", shares)
    assert receiver.supervisor
    with receiver.supervisor.acting() as supervisor:
        assert {str(share.reference) for share in queries.escalations(supervisor)} >= set(shares)
    partner.mode = "up"
    place.pass_time_until("SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE channel = 'endpoint' AND delivered_at IS NULL)")
    assert [share for share in partner.in_order if share in shares] == shares, "not in the order in which they were written"
    with world.author.acting() as author:
        assert not queries.undelivered(author)
    assert "cannot be delivered" in place.family.log.read_text(errors="replace")


if __name__ == "__main__":
    main()
