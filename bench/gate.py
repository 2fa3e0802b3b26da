"""The gate: one decision by itself, and opening a record with its facts, decision, ticket, ledger line and durable commit.

    bin/bench gate [--people 1000000] [--rounds 400]         (python -m bench.gate )

The pure decision is timed on every situation of the golden table, uncached. Opening is what a page does before it reads: identity, facts, decision,
ticket, line, commit. Beside it, the question "may this reader open this person?" (half yes, half no) is put to cedarpy with the same
facts handed in, and to django-guardian over the same relationships kept as object permissions, in the same run.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from statistics import median
from typing import Any

from bench.measured import Bar, Report, milliseconds, p50, p95, say, significant
from bench.population import ROOT, Population, django_as_the_web, people_of, population, practitioners, tokens

DECISION_US, OPENING_MS = 50, 3
CEDAR = """
permit(principal, action == Action::"open", resource) when { resource.known_to.containsAny(principal.stands_for) };
forbid(principal, action, resource) when { resource.restricted && !resource.named.contains(principal.id) };
forbid(principal, action, resource) when { !principal.trained };
"""


def main() -> int:
    asked = arguments()
    with population(asked.people) as where:
        django_as_the_web()
        say("pure decisions ...")
        decisions = pure_decisions()
        say("opening records ...")
        readers = [(tokens([account])[0], practitioner, people_of(where, practitioner, 40)) for practitioner, account, _ in practitioners(where, 40)]
        opening, opening_cpu = openings(readers, asked.rounds)
        say("the same question elsewhere ...")
        ours, cedar, alone = same_question(where, readers, asked.rounds)
        guardian = guardian_answers(where, asked.guardian)
        report = Report("gate", where.sizes() | {"situations": len(decisions), "rounds": asked.rounds})
    report.head = ("", "p50", "p95", "unit", "beside ours")
    report.rows = [
        ("pure decision", p50(decisions), p95(decisions), "µs", ""),
        ("opening: identity, facts, decision, ticket, line, commit", p50(opening), p95(opening), "ms", ""),
        ("the same, CPU of both sides", p50(opening_cpu), p95(opening_cpu), "ms", ""),
        ("may I? our facts and decision", p50(ours), p95(ours), "ms", 1),
        ("may I? the same facts, then cedarpy", p50(cedar), p95(cedar), "ms", significant(median(cedar) / median(ours))),
        ("may I? cedarpy alone, facts for nothing", p50(alone), p95(alone), "ms", significant(median(alone) / median(ours))),
        *([("may I? django-guardian, has_perm", p50(guardian["check"]), p95(guardian["check"]), "ms", significant(median(guardian["check"]) / median(ours))),
           (f"all I may see, django-guardian among {guardian['permissions']:,} permissions", p50(guardian["list"]), p95(guardian["list"]), "ms", "")] if guardian else []),
    ]  # fmt: skip
    report.bars = [Bar("a decision, median µs", p50(decisions), DECISION_US), Bar("opening a record, p50 ms", p50(opening), OPENING_MS)]
    if not guardian:
        report.notes.append("django-guardian did not run; in the reference run a check took it 3.5 ms and a list among a million people 386 ms.")
    report.notes.append("Ours asks about purpose, agreements, consent, restrictions and training with their reasons; the others ask only who knows whom.")
    return report.finish()


def pure_decisions() -> list[float]:
    """Microseconds of each situation of the golden table, the median of five."""
    from alongside.confidentiality.facts import read_request
    from alongside.confidentiality.rules.decision import decide
    from alongside.confidentiality.tests.gate_requests import AT, golden_rows

    situations = [(read_request(row.words), switches) for _, row, switches in golden_rows()]
    return [median(milliseconds(lambda: decide(request, at=AT, switches=switches)) * 1e3 for _ in range(5)) for request, switches in situations]  # noqa: B023


def openings(readers: list[tuple[str, int, list[int]]], rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds on the clock, and of CPU: this process's and that of its database server's together."""
    from django.db import connection, transaction

    from alongside.agencies.queries import identify
    from alongside.common.clock import now
    from alongside.confidentiality import gate

    def cpu() -> float:
        with open(f"/proc/{connection.connection.info.backend_pid}/schedstat") as file:
            return time.process_time() * 1e3 + int(file.read().split()[0]) / 1e6

    connection.ensure_connection()

    def open_one(token: str, person: int) -> None:
        with transaction.atomic():
            actor = identify(token)
            assert actor is not None
            gate.open_record(actor, person, purpose="direct_care", at=now())

    draw = random.Random(5)
    took, spent = [], []
    for number in range(rounds + 40):
        token, _, people = readers[number % len(readers)]
        before = cpu()
        ms = milliseconds(lambda: open_one(token, draw.choice(people)))  # noqa: B023
        if number >= 40:
            took.append(ms)
            spent.append(cpu() - before)
    return took, spent


def same_question(where: Population, readers: list[tuple[str, int, list[int]]], rounds: int) -> tuple[list[float], list[float], list[float]]:
    """In turns: ours (facts and decision, nothing opened), cedarpy after the facts, cedarpy alone. The answers must agree."""
    import cedarpy
    from django.db import transaction

    from alongside.agencies.queries import identify
    from alongside.common.clock import now
    from alongside.common.decisions import NotKnown
    from alongside.confidentiality import gate
    from alongside.confidentiality.gate.circumstances import held_facts

    ours, cedar, alone, draw = [], [], [], random.Random(9)
    with where.connect() as connection:
        for number in range(min(rounds, 200)):
            token, practitioner, people = readers[number % len(readers)]
            person = draw.choice(people if number % 2 else readers[(number + 7) % len(readers)][2])
            acl = connection.execute("SELECT acl FROM person WHERE id = %s", [person]).fetchone()[0]  # type: ignore[index]
            with transaction.atomic():
                actor = identify(token)
                assert actor is not None
                answer: list[bool] = []

                def judged() -> None:
                    try:
                        answer.append(gate.judge(actor, person, at=now(), verb="read", category="whole_record", purpose="direct_care")[1].decision.permits)  # noqa: B023
                    except NotKnown:
                        answer.append(False)  # noqa: B023

                ours.append(milliseconds(judged))
                facts = milliseconds(lambda: held_facts(person, "direct_care"))  # noqa: B023
                request, entities = cedar_question(practitioner, person, actor.principals, acl)
                said: list[bool] = []
                spent = milliseconds(lambda: said.append(cedarpy.is_authorized(request, CEDAR, entities).allowed))  # noqa: B023
            alone.append(spent)
            cedar.append(facts + spent)
            assert said == answer, (practitioner, person, said, answer)
    return ours, cedar, alone


def cedar_question(practitioner: int, person: int, principals: tuple[int, ...], acl: list[int]) -> tuple[dict[str, Any], str]:
    entities = [
        {"uid": {"type": "Practitioner", "id": str(practitioner)}, "attrs": {"id": practitioner, "trained": True, "stands_for": list(principals)}, "parents": []},
        {"uid": {"type": "Person", "id": str(person)}, "attrs": {"known_to": acl, "restricted": bool(acl and acl[0] < 0), "named": [-one for one in acl if one < 0]}, "parents": []},
    ]
    return {"principal": f'Practitioner::"{practitioner}"', "action": 'Action::"open"', "resource": f'Person::"{person}"', "context": {}}, json.dumps(entities)


def guardian_answers(where: Population, people: int) -> dict[str, Any]:
    """In a process of its own, with its own tables in a database of its own: nothing of it enters the product."""
    done = subprocess.run([sys.executable, "-m", "bench.guardian_peer", where.administrator, str(people)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        say(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "django-guardian failed")
        return {}
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--guardian", type=int, default=50_000, help="people whose relationships django-guardian is given; more take it long to load")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
