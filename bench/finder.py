"""The finder over many people, row security and ledger on, against plain searches without either; and whether time tells who is hidden.

    .venv/bin/python -m bench.finder [--people 20000] [--rounds 200] [--pairs 1500] [--json]

Full size: --people 500000 --rounds 300 --pairs 3000. Each question is typed text, understood, decided on by the gate, asked, written into the ledger
and committed. Readers work with 50 people, with 500 through a team, and with one in fifty of everybody through a very large team. The plain searches
ask the same table as its owner, without policy, gate or ledger. For time: pairs of questions, one about somebody hidden and one about nobody, asked
in turn and in random order; AUC 0.5 means that nobody can tell them apart by the clock.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

ROOT = Path(__file__).resolve().parents[1]
P95_MILLISECONDS, AUC_LEAST, AUC_MOST = 200, 0.47, 0.53
HIDDEN, FIRST_ID = 400, 10_000_000
READERS = {"50 people": "amina", "500 people": "daniel", "1 in 50": "megan"}
SYLLABLES = ("ash", "bar", "bel", "brad", "car", "clay", "cole", "dun", "fair", "gar", "hal", "hart", "ker", "lan", "mor", "nor", "pem", "rad", "ros", "shaw", "thorn", "wal", "whit", "win")
ENDINGS = ("ton", "ley", "ford", "son", "well", "man", "worth", "field", "by", "wood", "ham", "more", "er", "ing")


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="alongside-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        os.environ |= {"ALONGSIDE_HOME": f"{folder}/home", "ALONGSIDE_MODE": "test", "ALONGSIDE_DATABASE": "bench", "ALONGSIDE_DEBUG": ""}
        for name in ("DATABASE_URL", "ALONGSIDE_ROLE"):
            os.environ.pop(name, None)
        from alongside.cli.postgres.cluster import Cluster

        with Cluster(Path(folder) / "home").in_use() as cluster:
            say(asked, "a database of its own, with Tarnside in it ...")
            for command in ("migrate", "demo"):
                subprocess.run([sys.executable, "-m", "alongside", command], cwd=ROOT, check=True, capture_output=True)
            os.environ |= {"ALONGSIDE_ROLE": "alongside_app", "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
            import django

            django.setup()
            report = Bench(cluster, asked).run()
    print(json.dumps(report, indent=1) if asked.json else told(report))
    return 0 if all(bar["held"] for bar in report["bars"]) else 1


@dataclass(frozen=True, slots=True)
class Invented:
    id: int
    given: str
    family: str
    born: date
    nhs: str


class Bench:
    def __init__(self, cluster: Any, asked: argparse.Namespace) -> None:
        self.asked, self.dice = asked, random.Random(20261126)
        self.everything = psycopg.connect(make_conninfo(cluster.address, dbname="bench"), autocommit=True)
        self.tokens: dict[str, str] = {}
        self.theirs: dict[str, list[Invented]] = {reader: [] for reader in READERS}
        self.strangers: list[Invented] = []
        self.hidden: list[Invented] = []

    def run(self) -> dict[str, Any]:
        result: dict[str, Any] = {"machine": f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start", "people": self.asked.people}
        started = time.perf_counter()
        self._fill()
        result["filled_seconds"] = round(time.perf_counter() - started, 1)
        result["finder"] = {reader: self._ask_all(reader) for reader in READERS}
        result["plain"] = self._plain()
        result["hidden"] = {kind: self._tell_apart(kind) for kind in ("nhs_number", "name_and_birth")}
        worst = max(times["p95"] for kinds in result["finder"].values() for times in kinds.values())
        result["bars"] = [bar("slowest kind of question, p95 in ms", worst, P95_MILLISECONDS)]
        for kind, apart in result["hidden"].items():
            result["bars"] += [bar(f"AUC by time, {kind}", apart["auc"], AUC_MOST), bar(f"AUC by time, {kind}", apart["auc"], AUC_LEAST, at_least=True)]
            result["bars"].append(bar(f"answers told apart by words, {kind}", apart["answers_that_differ"], 0))
        return result

    # -- people ----------------------------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        from alongside.people.rules.names import search_name
        from alongside.people.rules.sounds import sounds

        say(self.asked, f"{self.asked.people:,} people ...")
        row = self.everything.execute
        agencies = [one for (one,) in row("SELECT id FROM agency ORDER BY id").fetchall()]
        principals = self._principals()
        copy = "COPY person (id, given_name, family_name, known_as, pronouns, date_of_birth, birth_date_estimated, nhs_number, nhs_number_status, registered_by_agency_id, registered_at, search_name, sounds, acl) FROM STDIN"
        with self.everything.cursor().copy(copy) as rows:
            for place, one in enumerate(self._invent()):
                reader = self._whose(place)
                acl = [] if reader is None else [principals[reader]]
                (self.theirs[reader] if reader else self.strangers).append(one)
                names = [one.given, one.family]
                rows.write_row((one.id, one.given, one.family, "", "", one.born, False, one.nhs, "01", agencies[place % len(agencies)], "2026-01-01", search_name(names), list(sounds(names)), acl))
        for reader, principal in principals.items():
            team = principal - 1_000_000_000 if principal > 1_000_000_000 else None
            self.everything.cursor().executemany(
                "INSERT INTO relationship (person_id, practitioner_id, team_id, agency_id, kind, lead, reason, starts, ended_reason) SELECT %s, %s, %s, id, 'allocated', false, '', '2026-01-01', '' FROM agency LIMIT 1",
                [(one.id, None if team else principal, team) for one in self.theirs[reader]],
            )
        self.hidden = self.dice.sample(self.strangers, min(HIDDEN, len(self.strangers) // 4))
        out = {one.id for one in self.hidden}
        self.strangers = [one for one in self.strangers if one.id not in out]
        for place, one in enumerate(self.hidden):
            if place % 2:
                row("INSERT INTO restriction (person_id, practitioners, category, reason, set_by_person, starts) VALUES (%s, '{}', '', 'bench', false, '2026-01-01')", [one.id])
            else:
                row("INSERT INTO person_marker (person_id, flag, reason, starts, ended_reason) VALUES (%s, 'identity_protected', '', '2026-01-01', '')", [one.id])
        say(self.asked, "vacuum ...")
        row("VACUUM ANALYZE")

    def _principals(self) -> dict[str, int]:
        """Whom each reader's people are listed for, and a session for each reader."""
        found = {}
        for reader, who in READERS.items():
            account, practitioner = self.everything.execute("SELECT a.id, p.id FROM account a JOIN practitioner p ON p.account_id = a.id WHERE a.email = %s", [f"{who}@tarnside.example"]).fetchone()  # type: ignore[misc]
            team = self.everything.execute("SELECT team_id FROM team_membership WHERE practitioner_id = %s LIMIT 1", [practitioner]).fetchone()
            found[reader] = practitioner if reader == "50 people" else 1_000_000_000 + team[0]  # type: ignore[index]
            self.tokens[reader] = f"bench-{who}"
            self.everything.execute("SELECT begin_session(%s, %s, 24, 'bench')", [account, self.tokens[reader]])
        return found

    def _whose(self, place: int) -> str | None:
        if place < 50:
            return "50 people"
        if place < 550:
            return "500 people"
        return "1 in 50" if place % 50 == 0 else None

    def _invent(self) -> Iterator[Invented]:
        from alongside.people.rules.nicknames import HEADS

        given = sorted(HEADS)
        families = sorted({f"{first}{middle}{last}" for first in SYLLABLES for middle in ("", "er", "en") for last in ENDINGS})
        for place in range(self.asked.people):
            born = date(1930, 1, 1) + timedelta(days=self.dice.randrange(35_000))
            one, family = given[int(len(given) * self.dice.random() ** 2)], families[int(len(families) * self.dice.random() ** 2)]
            yield Invented(FIRST_ID + place * 7, one.title(), family.title(), born, nhs_number(400_000_000 + place * 3))

    # -- questions -------------------------------------------------------------------------------------------------------------------------

    def _ask_all(self, reader: str) -> dict[str, dict[str, float]]:
        say(self.asked, f"a reader with {reader} ...")
        return {kind: self._times(reader, question) for kind, question in QUESTIONS.items()}

    def _times(self, reader: str, question: "Question") -> dict[str, float]:
        people, found, times = self.theirs[reader], 0, []
        for turn in range(self.asked.rounds + 5):
            one = self.dice.choice(self.strangers if question.about_strangers else people)
            typed = question.typed(one, self.dice)
            started = time.perf_counter()
            answers = self._find(reader, typed)
            took = time.perf_counter() - started
            if turn >= 5:
                times.append(took * 1e3)
                found += any(answer.id == one.id for answer in answers)
        return {"p50": round(statistics.median(times), 2), "p95": round(sorted(times)[len(times) * 95 // 100], 2), "found": round(found / len(times), 2)}

    def _find(self, reader: str, typed: str) -> list[Any]:
        from alongside.common.clock import now
        from alongside.confidentiality import gate
        from alongside.people.rules.question import read_question

        at = now()
        with gate.acting(self.tokens[reader], at=at) as actor:
            q = read_question(typed, today=at.date())
            return gate.find_people(
                actor, words=q.words, sounds=q.sounds, initials=q.initials, born=q.born, born_from=q.born_from, born_until=q.born_until, nhs_number=q.nhs_number, upn=q.upn, at=at
            )

    def _plain(self) -> dict[str, dict[str, float]]:
        """The same table searched by its owner: a pattern, and the nearest by trigrams."""
        say(self.asked, "plain searches without policy, gate and ledger ...")
        everybody = [one for people in self.theirs.values() for one in people]
        searches: dict[str, tuple[str, Callable[[Invented], Any]]] = {
            "ilike": ("SELECT id, given_name, family_name FROM person WHERE search_name ILIKE %s LIMIT 20", lambda one: f"%{one.given.lower()} {one.family.lower()}%"),
            "trigram": (
                "SELECT id, given_name, family_name FROM person WHERE %s <%% search_name ORDER BY word_similarity(%s, search_name) DESC LIMIT 20",
                lambda one: misspelt(f"{one.given} {one.family}".lower(), self.dice),
            ),
        }
        found = {}
        for name, (query, words) in searches.items():
            times = []
            for _ in range(min(self.asked.rounds, 60)):
                value = words(self.dice.choice(everybody))
                started = time.perf_counter()
                self.everything.execute(query, [value] * query.count("%s")).fetchall()
                times.append((time.perf_counter() - started) * 1e3)
            found[name] = {"p50": round(statistics.median(times), 2), "p95": round(sorted(times)[len(times) * 95 // 100], 2)}
        return found

    # -- telling hidden people from nobody -------------------------------------------------------------------------------------------------

    def _tell_apart(self, kind: str) -> dict[str, Any]:
        say(self.asked, f"{self.asked.pairs:,} pairs of somebody hidden and nobody, by {kind} ...")
        times: dict[str, list[float]] = {"hidden": [], "nobody": []}
        differ = 0
        for turn in range(self.asked.pairs + 20):
            there = self.dice.choice(self.hidden)
            if kind == "nhs_number":
                questions = {"hidden": there.nhs, "nobody": nhs_number(700_000_000 + self.dice.randrange(90_000_000))}
            else:
                elsewhere = there.born + timedelta(days=self.dice.choice((-1, 1)) * self.dice.randrange(40, 2_000))
                questions = {"hidden": f"{there.given} {there.family} {there.born:%d/%m/%Y}", "nobody": f"{there.given} {there.family} {elsewhere:%d/%m/%Y}"}
            order = list(questions)
            self.dice.shuffle(order)
            answers = {}
            for which in order:
                started = time.perf_counter()
                answers[which] = self._find("50 people", questions[which])
                took = time.perf_counter() - started
                if turn >= 20:
                    times[which].append(took * 1e3)
            differ += any(answer.id == there.id for answer in answers["hidden"])
        return {"auc": round(auc(times["hidden"], times["nobody"]), 3), "hidden_ms": round(statistics.median(times["hidden"]), 2), "nobody_ms": round(statistics.median(times["nobody"]), 2), "answers_that_differ": differ}


@dataclass(frozen=True, slots=True)
class Question:
    typed: Callable[[Invented, random.Random], str]
    about_strangers: bool = False


def misspelt(text: str, dice: random.Random) -> str:
    """One letter dropped, doubled or changed places with the next."""
    place = dice.randrange(1, len(text) - 1)
    return dice.choice((text[:place] + text[place + 1 :], text[:place] + text[place] + text[place:], text[:place] + text[place + 1] + text[place] + text[place + 2 :]))


QUESTIONS = {
    "NHS number": Question(lambda one, dice: one.nhs),
    "name": Question(lambda one, dice: f"{one.given} {one.family}"),
    "family name first": Question(lambda one, dice: f"{one.family}, {one.given}"),
    "typing error": Question(lambda one, dice: misspelt(f"{one.given} {one.family}", dice)),
    "by sound": Question(lambda one, dice: f"{one.given} {one.family.replace('sh', 'sch').replace('ck', 'k').replace('ley', 'leigh').replace('f', 'ph')}"),
    "initial": Question(lambda one, dice: f"{one.given[0]} {one.family}"),
    "name and birth date": Question(lambda one, dice: f"{one.given} {one.family} {one.born:%d/%m/%Y}"),
    "name and year": Question(lambda one, dice: f"{one.family} {one.born.year}"),
    "birth date": Question(lambda one, dice: f"{one.born:%d.%m.%Y}"),
    "stranger by number": Question(lambda one, dice: one.nhs, about_strangers=True),
    "stranger by name and birth": Question(lambda one, dice: f"{one.given} {one.family} {one.born:%d/%m/%Y}", about_strangers=True),
    "stranger by name": Question(lambda one, dice: f"{one.given} {one.family}", about_strangers=True),
}


def nhs_number(start: int) -> str:
    """The first number with a true check digit whose first nine digits are `start` or follow it within two."""
    for nine in range(start, start + 3):
        digits = f"{nine:09d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return digits + str(0 if check == 11 else check)
    raise AssertionError(start)


def auc(some: list[float], others: list[float]) -> float:
    """How often one of `some` took longer than one of `others`: the area under the curve of telling them apart."""
    ranked = sorted([(value, 1) for value in some] + [(value, 0) for value in others])
    ranks = sum(place for place, (_, which) in enumerate(ranked, 1) if which)
    return (ranks - len(some) * (len(some) + 1) / 2) / (len(some) * len(others))


def bar(what: str, measured: float, limit: float, *, at_least: bool = False) -> dict[str, Any]:
    return {"bar": what, "measured": measured, "limit": limit, "at_least": at_least, "held": measured >= limit if at_least else measured <= limit}


def told(report: dict[str, Any]) -> str:
    lines = [f"{report['machine']}; {report['people']:,} people, filled in {report['filled_seconds']} s", ""]
    plain = report["plain"]
    for reader, kinds in report["finder"].items():
        lines.append(f"a reader with {reader}, gate, row security and ledger on (times a plain trigram search, p50)")
        lines += [f"  {kind:<28} p50 {t['p50']:>8} ms   p95 {t['p95']:>8} ms   {t['p50'] / plain['trigram']['p50']:>6.2f} times   found {t['found']:.0%}" for kind, t in kinds.items()]
    lines += [f"plain {name:<24} p50 {t['p50']:>8} ms   p95 {t['p95']:>8} ms" for name, t in plain.items()]
    lines += [f"hidden or nobody, {kind}: {t['hidden_ms']} and {t['nobody_ms']} ms, AUC {t['auc']}" for kind, t in report["hidden"].items()]
    lines += [f"{'held  ' if b['held'] else 'MISSED'}  {b['bar']}: {b['measured']} ({'at least' if b['at_least'] else 'at most'} {b['limit']})" for b in report["bars"]]
    return "\n".join(lines)


def say(asked: argparse.Namespace, text: str) -> None:
    if not asked.json:
        print(f"  {text}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=200, help="of each kind of question")
    parser.add_argument("--pairs", type=int, default=1_500, help="of somebody hidden and nobody, for each kind")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
