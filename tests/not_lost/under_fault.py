"""One scenario under its fault, in a place of its own: real worker, real database, real kills. Reads the scenario on standard input; ends with 0 when all holds."""

import os
import re
import sys
import time
from typing import Any

import yaml

from tests import databases
from tests.faults.own_place import OwnPlace
from tests.faults.partner_system import PartnerSystem

A_DAY = 24
TIMES = {"once": 1, "twice": 2, "three_times": 3}
KILLS = re.compile(r"(?P<what>worker|database)(?:_(?P<times>once|twice|three_times))?")
CUT = re.compile(r"network_cut_(?P<count>\d{1,3})(?P<unit>h|_hours|d|_days)")
LINES = {
    "partner_down": "down", "partner_flapping": "flapping", "network_flapping": "flapping", "partner_slow": "slow", "partner_busy": "busy", "replies_lost": "lost", "reply_lost": "lost", "partner_replies_lost": "lost",
}
"""Names of a line that fails for a while, and how the partner's system then behaves."""


def kills_of(fault: str) -> list[tuple[str, int]]:
    """What is killed without a goodbye, in order, and how often; nothing, for a fault of another kind.

    Example:
        >>> kills_of("kill_9_worker_twice_then_database_once")
        [('worker', 2), ('database', 1)]
    """
    if not fault.startswith("kill_9_"):
        return []
    found = [KILLS.fullmatch(step) for step in fault.removeprefix("kill_9_").split("_then_")]
    return [(step["what"], TIMES[step["times"] or "once"]) for step in found if step] if all(found) else []


def cut_of(fault: str) -> int:
    """For how many hours a partner's line is cut; none, for a fault of another kind.

    Example:
        >>> cut_of("network_cut_72h"), cut_of("network_cut_2_days"), cut_of("disk_full")
        (72, 48, 0)
    """
    found = CUT.fullmatch(fault)
    return int(found["count"]) * (24 if "d" in found["unit"] else 1) if found else 0


def can_be_played(fault: str) -> bool:
    """Whether this fault needs real processes, and can be brought about here."""
    return bool(kills_of(fault) or cut_of(fault) or fault in LINES)


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
    fault = scenario["fault_injected"]
    if kills := kills_of(fault):
        killed(place, scenario, kills)
    elif (hours := cut_of(fault)) >= A_DAY:
        cut_off(place, scenario, hours)
    else:
        failing(place, scenario, LINES.get(fault, "down"))


def killed(place: OwnPlace, scenario: dict, kills: list[tuple[str, int]]) -> None:
    """Crashes of the worker and the database between saving and handing over."""
    from django.db import connection

    from alongside.records import queries
    from tests.not_lost.world import build

    world = build(scenario)
    place.start("worker")
    place.wait_until("SELECT count(*) >= 1 FROM pg_stat_activity WHERE usename = 'alongside_worker'")
    recorded = [world.record() for _ in range(20)]
    for what in (what for what, times in kills for _ in range(times)):
        place.kill(what)
        recovery = time.monotonic()
        if what == "worker":
            recorded += [world.record() for _ in range(10)]
        place.start(what)
        connection.close()
        place.keep_up()
        time.sleep(0.3)
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


def cut_off(place: OwnPlace, scenario: dict, hours: int) -> None:
    """The partner's line is down for so many hours, and over a weekend until every clock has run out, then comes back."""
    from alongside.common.clock import now
    from alongside.records import actions, queries

    world, partner, shares = behind_a_line(place, scenario, "down")
    receiver = world.receivers[0]
    with world.author.acting() as author:
        assert {str(share.reference) for share in queries.undelivered(author)} == set(shares), "the sender does not see what has not been received"
    until_due = float(place.ask("SELECT extract(epoch FROM max(due_at) - now()) / 3600 FROM share")[0][0])
    for _ in range(6):
        place.move_time(max(hours, until_due + 1) / 6)
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
    back(place, world, partner, shares)
    assert "cannot be delivered" in place.family.log.read_text(errors="replace")


def failing(place: OwnPlace, scenario: dict, mode: str) -> None:
    """The partner's line fails for a while: calls are refused, replies are lost or come a byte at a time."""
    world, partner, shares = behind_a_line(place, scenario, mode)
    back(place, world, partner, shares)


def behind_a_line(place: OwnPlace, scenario: dict, mode: str) -> tuple[Any, PartnerSystem, list[str]]:
    """The first receiver has a system of its own; three entries are recorded for it, and it was called at least once."""
    from tests.not_lost.world import build

    world = build(scenario)
    partner = PartnerSystem(mode=mode)
    receiver = world.receivers[0]
    place.ask("UPDATE agency SET endpoint_url = %s WHERE id = %s", partner.url, receiver.agency.pk)
    place.start("worker")
    shares = [str(world.share_to(receiver, one.entry_id).reference) for one in [world.record() for _ in range(3)]]
    place.wait_until("SELECT count(*) > 0 FROM delivery WHERE channel = 'endpoint' AND attempts > 0")
    return world, partner, shares


def back(place: OwnPlace, world: Any, partner: PartnerSystem, shares: list[str]) -> None:
    """The line is up again: everything arrives once, in the order in which it was written, and the sender sees it."""
    from alongside.records import queries

    partner.mode = "up"
    place.pass_time_until("SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE channel = 'endpoint' AND delivered_at IS NULL)")
    assert [share for share in partner.in_order if share in shares] == shares, "not in the order in which they were written"
    with world.author.acting() as author:
        assert not queries.undelivered(author)


if __name__ == "__main__":
    main()
