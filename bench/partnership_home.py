"""A partnership's pages with five years behind it: 40 partners and two million shares, beside a partnership with a handful.

    bin/bench partnership_home [--shares 2000000] [--rounds 60]        (python -m bench.partnership_home )

The same pages of a large and of a small partnership are asked for in turns by the same reader, in the web's own role with row security and ledger on, so that the ratios of one run
hold on a busy machine. What the worker needs to count every day once, and then to keep up, is measured beside it. The shares are put into the tables at once, as the
server's administrator: no entry and no person stands behind them, and the pages read neither.
"""

import argparse
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from bench.measured import Bar, Report, milliseconds, p50, p95, say, significant
from bench.population import Population, django_as_the_web, population, tokens

PAGE_MS = 300.0
PARTNERS, YEARS, NAME = 40, 5, "Large"
DAY = timedelta(days=1)

AGENCIES = "INSERT INTO agency (kind_id, name, area, starts, duty_phone, endpoint_url) SELECT 'voluntary', 'Body ' || n, 'england', current_date - 2000, '', '' FROM generate_series(1, %s) n RETURNING id"
SHARES = """
INSERT INTO routing_outcome (id, entry_id, agency_id, team_id, outcome, reason_code, reason, rules, needs, purposes, origin, withheld_parts, obligations, decided_by_person, recorded_at, from_practitioner, from_agency)
SELECT 1000000000 + n, 1000000000 + n, b, 1, 'share', '', '', '{}', '{1}', '{direct_care}', '', '{}', '{}', false, at, 1, a
  FROM (SELECT n, now() - n * (interval '5 years' / %(shares)s) AS at, (%(agencies)s::bigint[])[1 + n %% %(many)s] AS a, (%(agencies)s::bigint[])[1 + (n * 7 + n / %(many)s + 1) %% %(many)s] AS b FROM generate_series(1, %(shares)s) n) q WHERE a <> b"""
ANSWERS = """
INSERT INTO share (reference, entry_id, outcome_id, kind, headline, person_id, from_agency_id, from_practitioner_id, to_agency_id, to_team_id, owner, why, withheld_parts, obligations, minimum_fields, purpose, signature,
                   phone_fallback, needs_decision, in_order, clock, sent_at, half_at, due_at, status, phone_note, challenge, answered_at, decline_reason, decision)
SELECT gen_random_uuid(), o.entry_id, o.id, 'visit', '', 1, o.from_agency, 1, o.agency_id, 1, 1000000001, '', '{}', '{}', '{}', 'direct_care', '', false, false, false, '1_working_day', o.recorded_at, o.recorded_at,
       o.recorded_at + interval '1 day', CASE WHEN o.id %% 20 = 0 THEN 'declined' WHEN o.id %% 97 = 0 THEN 'awaiting' ELSE 'acknowledged' END, '', '',
       CASE WHEN o.id %% 20 = 0 OR o.id %% 97 <> 0 THEN o.recorded_at + (o.id %% 40) * interval '1 hour' END, CASE WHEN o.id %% 20 = 0 THEN 'Known' ELSE '' END, ''
  FROM routing_outcome o WHERE o.id > 1000000000"""
FLOWS = """
INSERT INTO flow (agreement_id, from_agency_id, to_agency_id, purpose, category, category_no, lawful_basis, starts, ends)
SELECT %(agreement)s, a, b, 'direct_care', 'index_entry', category_no('index_entry'), 'art9_2_h_care', now() - interval '6 years', now() + interval '1 year'
  FROM unnest(%(agencies)s::bigint[]) a, unnest(%(agencies)s::bigint[]) b WHERE a <> b"""


def main() -> int:
    asked = arguments()
    with population(0) as where:
        django_as_the_web()
        from alongside.cli.postgres.addresses import role_address
        from alongside.cli.postgres.roles import WORKER

        large, small, runs = filled(where, asked.shares)
        counting = worker_counts(role_address(WORKER))
        pages = {
            "home": "/partnership/{0}/", "runs": "/partnership/{0}/framework/", "behaviour": "/partnership/{0}/behaviour/", "one run": "/framework/{1}/", "said beside done": "/framework/{1}/compare/", "network": "/partnership/{0}/network/",
        }  # fmt: skip
        took = asked_in_turns(where, pages, {"large": (large, runs[0]), "small": (small, runs[1])}, asked.rounds)
        report = Report("partnership_home", where.sizes() | {"partners": PARTNERS, "shares_asked_for": f"{asked.shares:,}", "rounds": asked.rounds} | counting)
    report.head = ("page", "large ms", "p95 ms", "small ms", "times small")
    for page in pages:
        report.rows.append((page, p50(took[page, "large"]), p95(took[page, "large"]), p50(took[page, "small"]), significant(p50(took[page, "large"]) / p50(took[page, "small"]))))
        report.bars.append(Bar(f"{page}: p95 ms", p95(took[page, "large"]), PAGE_MS))
    return report.finish()


def filled(where: Population, shares: int) -> tuple[int, int, tuple[int, int]]:
    """The large partnership with its shares, if it is not there already; gives its id, that of a small one, and a run of each."""
    from alongside.partnerships.models import Partnership

    small = Partnership.objects.get(name="Safer Evenings").pk
    found = Partnership.objects.filter(name=NAME).first()
    if found is None:
        large = founded(where, shares)
    else:
        large = found.pk
    with where.connect() as connection:
        runs = [connection.execute("SELECT max(id) FROM framework_run WHERE partnership_id = %s", [place]).fetchone()[0] for place in (large, small)]  # type: ignore[index]
    return large, small, (runs[0], runs[1])


def founded(where: Population, shares: int) -> int:
    with where.connect() as connection:
        with connection.transaction():
            large, agencies = members(connection)
            agreed(connection, large, agencies)
            say(f"{shares:,} shares ...")
            connection.execute("SET LOCAL session_replication_role = replica")  # nobody and no entry stands behind them
            connection.execute(SHARES, {"shares": shares, "agencies": agencies, "many": len(agencies)})
            connection.execute(ANSWERS, {})
            run_of(connection, large, agencies)
        connection.execute("VACUUM ANALYZE")
    return large


def members(connection: psycopg.Connection) -> tuple[int, list[int]]:
    """The partners of Tarnside Together, and as many more as are wanted."""
    large = connection.execute(
        "INSERT INTO partnership (name, area, vision, lead_agency_id, lead_practitioner_id, guardian_id, how_to_complain, stage, starts) "
        "SELECT %s, area, vision, lead_agency_id, lead_practitioner_id, guardian_id, '', 'active', current_date - 2000 FROM partnership WHERE name = 'Tarnside Together' RETURNING id", [NAME],
    ).fetchone()[0]  # type: ignore[index]
    own = connection.execute("SELECT agency_id FROM partner p JOIN partnership s ON s.id = p.partnership_id WHERE s.name = 'Tarnside Together' AND p.left_at IS NULL").fetchall()
    more = connection.execute(AGENCIES, [PARTNERS - len(own)]).fetchall()
    agencies = [agency for (agency,) in (*own, *more)]
    connection.execute("INSERT INTO partner (partnership_id, agency_id, joined_at, left_because) SELECT %s, a, now() - interval '6 years', '' FROM unnest(%s::bigint[]) a", [large, agencies])
    return large, agencies


def agreed(connection: psycopg.Connection, large: int, agencies: list[int]) -> None:
    agreement = connection.execute(
        "INSERT INTO sharing_agreement (partnership_id, title, version, status, template, why, who_sees, safeguards, retention, how_people_are_told, contact, starts, ends, review_on, drafted_by_id) "
        "SELECT %s, 'All of it', 1, 'in_force', '', '', '', '', '', '', '', now() - interval '6 years', now() + interval '1 year', current_date + 100, lead_practitioner_id FROM partnership WHERE id = %s RETURNING id", [large, large],
    ).fetchone()[0]  # type: ignore[index]
    connection.execute(FLOWS, {"agreement": agreement, "agencies": agencies})


def run_of(connection: psycopg.Connection, large: int, agencies: list[int]) -> None:
    """An examination in which every partner has scored."""
    run = connection.execute(
        "INSERT INTO framework_run (partnership_id, guidance_id, kind, answers, significance, depth, started_at, started_by_id, scores_due, revealed_at, figures_until, decision, closed_because) "
        "SELECT %s, (SELECT max(id) FROM guidance), 'examine', '{}', 40, 'full', now(), lead_practitioner_id, now(), now(), now() + interval '1 year', '', '' FROM partnership WHERE id = %s RETURNING id", [large, large],
    ).fetchone()[0]  # type: ignore[index]
    connection.execute("INSERT INTO score_sheet (run_id, agency_id, role, scorer_id, sent_in_at) SELECT %s, a, 'the signatory', 1, now() FROM unnest(%s::bigint[]) a", [run, agencies])
    connection.execute(
        "INSERT INTO score (sheet_id, statement, value, note) SELECT s.id, x ->> 'id', 1 + (s.id + length(x ->> 'says')) %% 4, '' FROM score_sheet s, guidance g, jsonb_array_elements(g.content -> 'statements') x "
        "WHERE s.run_id = %s AND g.id = (SELECT max(id) FROM guidance)", [run],
    )


def worker_counts(address: str) -> dict[str, Any]:
    """Seconds in which the worker counts every day once, counts again what may change, and measures."""
    from alongside.framework.actions import measuring
    from tests.worker_role import as_worker

    def everything() -> None:
        while measuring.count_what_passed(at=datetime.now(UTC)):
            pass

    say("the worker counts ...")
    with as_worker():
        first = milliseconds(everything) / 1e3
        again = milliseconds(everything) / 1e3
        measured = milliseconds(lambda: measuring.measure(at=datetime.now(UTC) + DAY / 24)) / 1e3
    return {"seconds_to_count_all": significant(first), "seconds_to_count_again": significant(again), "seconds_to_measure": significant(measured)}


def asked_in_turns(where: Population, pages: dict[str, str], places: dict[str, tuple[int, int]], rounds: int) -> dict[tuple[str, str], list[float]]:
    from django.test import Client

    from alongside.agencies.models import Account

    readers = {"large": "sunita", "small": "moira"}
    clients = {}
    for place, who in readers.items():
        account = Account.objects.get(email=f"{who}@tarnside.example")
        clients[place] = Client(SERVER_NAME="127.0.0.1")
        clients[place].force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = clients[place].session
        session["identity"] = tokens([account.pk])[0]
        session.save()
    took: dict[tuple[str, str], list[float]] = {(page, place): [] for page in pages for place in places}
    for number in range(rounds + 3):
        for page, address in pages.items():
            for place, ids in places.items():
                ms = one_page(clients[place], address.format(*ids))
                if number >= 3:  # the first ones make the plans
                    took[page, place].append(ms)
    return took


def one_page(client: Any, address: str) -> float:
    started = time.perf_counter()
    status = client.get(address).status_code
    if status != 200:
        raise SystemExit(f"{address} answered {status}")
    return (time.perf_counter() - started) * 1e3


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shares", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=60)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
