"""The access ledger against a single hash chain, its verification and its proofs, in one run on a database of its own.

    .venv/bin/python -m bench.ledger [--seconds 4] [--rounds 3] [--clients 32] [--lines 200000] [--json]

Full size: --seconds 20 --rounds 5 --lines 1000000. Commits are slowed to about 3.5 ms, as on ordinary network storage, for both sides.
The chain is the usual one: a trigger takes a lock, reads the last hash and hashes on; its lines hold the same fields and words.
Throughput counts lines that are written *and* sealed: the time the sealer needs to catch up is part of it.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

ROOT = Path(__file__).resolve().parents[1]
TIMES_A_CHAIN, SECONDS_PER_MILLION, MILLISECONDS_PER_PROOF = 15, 10, 1
PROOFS = 1_000
PARTNERS = ("Riverside School", "Northern Trust")

CHAIN = """
    CREATE TABLE chain (LIKE ledger_line INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES, place bigint NOT NULL UNIQUE, hash bytea NOT NULL);
    CREATE FUNCTION chain_on() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last record;
    BEGIN
        PERFORM pg_advisory_xact_lock(77);
        SELECT place, hash INTO last FROM chain ORDER BY place DESC LIMIT 1;
        NEW.place := coalesce(last.place, 0) + 1;
        NEW.hash := sha256(coalesce(last.hash, '') || NEW.commitment);
        RETURN NEW;
    END $$;
    CREATE TRIGGER chain_on BEFORE INSERT ON chain FOR EACH ROW EXECUTE FUNCTION chain_on();
    CREATE FUNCTION chain_append(person_id bigint, practitioner_id bigint, item text, rules text[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        INSERT INTO chain (commitment, salt, person_id, practitioner_id, agency_id, verb, category, item, purpose, basis, decision, rules, surface, automatic)
        SELECT sha256(salt || convert_to(ledger_words(person_id => person_id, practitioner_id => practitioner_id, agency_id => 3, verb => 'read',
                   category => 'education', purpose => 'direct_care', basis => 'public_task', decision => 'permit', surface => 'page', automatic => false,
                   kept => ledger_kept(item => item, rules => rules), kept_salt => salt), 'UTF8')),
               salt, person_id, practitioner_id, 3, 'read', 'education', item, 'direct_care', 'public_task', 'permit', rules, 'page', false
          FROM (SELECT uuid_send(gen_random_uuid()) AS salt) s RETURNING id $$;
    GRANT EXECUTE ON FUNCTION chain_append TO alongside_app;
"""
APPEND = """ledger_append(verb => 'read', surface => 'page', person_id => {person}, practitioner_id => {practitioner}, agency_id => 3, category => 'education',
    item => {item}, purpose => 'direct_care', basis => 'public_task', decision => 'permit', rules => ARRAY['CON-040', 'CON-041'])"""
DRAW = "\\set p random(1, 1000000)\n\\set w random(1, 20000)\n"
SCRIPTS = {
    "chain": DRAW + "SELECT chain_append(:p, :w, 'entry:' || :p, ARRAY['CON-040', 'CON-041']);\n",
    "ledger": DRAW + "SELECT " + " ".join(APPEND.format(person=":p", practitioner=":w", item="'entry:' || :p").split()) + ";\n",
}


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="alongside-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        os.environ |= {"ALONGSIDE_HOME": f"{folder}/home", "ALONGSIDE_MODE": "test", "ALONGSIDE_DATABASE": "bench"}
        for name in ("DATABASE_URL", "ALONGSIDE_ROLE"):
            os.environ.pop(name, None)
        from alongside.cli.postgres.cluster import Cluster

        with Cluster(Path(folder) / "home").in_use() as cluster:
            say(asked, "a database of its own ...")
            subprocess.run([sys.executable, "-m", "alongside", "migrate"], cwd=ROOT, check=True, capture_output=True)
            report = Bench(cluster, asked).run()
    print(json.dumps(report, indent=1) if asked.json else told(report))
    return 0 if all(bar["held"] for bar in report["bars"]) else 1


class Bench:
    def __init__(self, cluster: Any, asked: argparse.Namespace) -> None:
        from alongside.cli.postgres.addresses import role_address
        from alongside.cli.postgres.binaries import find_binaries
        from alongside.cli.postgres.home import home
        from alongside.confidentiality.ledger import witness
        from alongside.confidentiality.ledger.keys import LedgerKeys

        self.asked, self.cluster, self.address = asked, cluster, role_address
        self.pgbench = find_binaries(cluster.account) / "pgbench"
        self.anything = psycopg.connect(make_conninfo(cluster.address, dbname="bench"), autocommit=True)
        self.sealer, self.app, self.owner = (psycopg.connect(role_address(f"alongside_{role}"), autocommit=True) for role in ("sealer", "app", "owner"))
        self.keys = LedgerKeys.open(home() / "ledger" / "bench")
        self.witnesses = [witness.enrol(self.keys, name) for name in PARTNERS]

    def run(self) -> dict[str, Any]:
        self.anything.execute(CHAIN)
        result: dict[str, Any] = {"machine": f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start", "clients": self.asked.clients}
        result["append_us"] = self._append_alone()
        self._slow_commits(True)
        result["throughput"] = self._throughput()
        self._slow_commits(False)
        result["verification"] = self._verification()
        result["proof"] = self._proof()
        result["bars"] = [
            bar("lines a second, times a single chain", result["throughput"]["ratio"], TIMES_A_CHAIN, at_least=True),
            bar("seconds to verify a million lines", result["verification"]["seconds_per_million"], SECONDS_PER_MILLION),
            bar("milliseconds to check a person's proof", result["proof"]["milliseconds"], MILLISECONDS_PER_PROOF),
        ]
        return result

    def _append_alone(self) -> float:
        """The function's own time in the server, in microseconds."""
        say(self.asked, "one append by itself ...")
        append = APPEND.format(person="n", practitioner="n", item="'entry:' || n")
        query = f"DO $$ BEGIN FOR n IN 1..4000 LOOP PERFORM {append}; END LOOP; END $$"
        return round(statistics.median(_timed(lambda: self.app.execute(query)) for _ in range(5)) / 4000 * 1e6, 1)

    def _throughput(self) -> dict[str, Any]:
        from alongside.confidentiality.ledger import sealing

        rates: dict[str, list[float]] = {"chain": [], "ledger": []}
        for number in range(self.asked.rounds):
            for design in rates:
                say(self.asked, f"round {number + 1} of {self.asked.rounds}: {design}, {self.asked.clients} writers ...")
                stop = threading.Event()
                connect = lambda: psycopg.connect(self.address("alongside_sealer"), autocommit=True)  # noqa: E731
                sealer = threading.Thread(target=sealing.run, args=(stop,), kwargs={"connect": connect, "sealer": sealing.Sealer(self.keys.folder)})
                before = self._sealed()
                started = time.perf_counter()
                if design == "ledger":
                    sealer.start()
                lines = self._write(SCRIPTS[design])
                if design == "ledger":
                    stop.set()
                    sealer.join()
                    assert self._sealed() - before >= lines, "every line written was sealed"
                rates[design].append(lines / (time.perf_counter() - started))
        chain, ledger = (statistics.median(rates[design]) for design in ("chain", "ledger"))
        biggest = self.anything.execute("SELECT max(count) FROM ledger_seal").fetchone()
        ratios = [ours / theirs for ours, theirs in zip(rates["ledger"], rates["chain"], strict=True)]
        return {
            "chain_per_second": round(chain), "ledger_per_second": round(ledger), "ratio": round(statistics.median(ratios), 1),
            "ratios": [round(ratio, 1) for ratio in ratios], "biggest_seal": biggest[0] if biggest else 0,
        }

    def _write(self, script: str) -> int:
        at = conninfo_to_dict(self.address("alongside_app"))
        (self.cluster.home / "script.sql").write_text(script)
        command = [
            str(self.pgbench), "-n", "-M", "prepared", "-c", str(self.asked.clients), "-j", "2", "-T", str(self.asked.seconds),
            "-f", str(self.cluster.home / "script.sql"), "-h", str(at["host"]), "-p", str(at["port"]), "-U", str(at["user"]), "bench",
        ]
        done = subprocess.run(command, env={**os.environ, "PGPASSWORD": str(at["password"])}, capture_output=True, text=True, check=True)
        found = re.search(r"transactions actually processed: (\d+)", done.stdout)
        assert found and "number of failed transactions: 0 " in done.stdout, done.stdout + done.stderr
        return int(found[1])

    def _sealed(self) -> int:
        row = self.anything.execute("SELECT coalesce(sum(count), 0)::bigint FROM ledger_seal").fetchone()
        return int(row[0]) if row else 0

    def _verification(self) -> dict[str, Any]:
        from alongside.confidentiality.ledger import sealing, verification
        from alongside.confidentiality.ledger.keys import Trust

        append = APPEND.format(person="n", practitioner="n % 20000", item="'entry:' || n")
        for start in range(0, self.asked.lines, self.asked.lines_per_seal):
            if start % (self.asked.lines // 5 or 1) < self.asked.lines_per_seal:
                say(self.asked, f"filling: {start:,} of {self.asked.lines:,} lines ...")
            self.app.execute(f"SELECT count({append}) FROM generate_series(1, {min(self.asked.lines_per_seal, self.asked.lines - start)}) n")
            sealing.seal_once(self.sealer, self.keys.sealing)
            sealing.have_witnessed(self.sealer, self.witnesses)
        self.anything.execute("VACUUM ANALYZE ledger_line")
        trust = Trust.read(self.keys.trust_file)
        seconds = []
        for number in range(3):
            say(self.asked, f"verification {number + 1} of 3 ...")
            started = time.perf_counter()
            report = verification.verify(self.owner, trust=trust, checkpoints=[seen for partner in self.witnesses for seen in partner.seen()])
            seconds.append(time.perf_counter() - started)
            assert report.intact and not report.alarms, (report.findings[:3], report.alarms)
        each = statistics.median(seconds) / report.lines * 1e6
        return {"lines": report.lines, "seals": report.seals, "seconds_per_million": round(each, 2), "runs": [round(s, 2) for s in seconds]}

    def _proof(self) -> dict[str, Any]:
        """Each proof by itself, by the independent verifier: words, path, the sealer's signature and two partners'."""
        from alongside.confidentiality.ledger import proofs

        say(self.asked, "proofs ...")
        row = self.anything.execute("SELECT min(id), max(id) FROM ledger_line").fetchone() or (1, 1)
        spread = [row[0] + (row[1] - row[0]) * place // PROOFS for place in range(PROOFS)]
        numbers = [n for (n,) in self.owner.execute("SELECT id FROM ledger_line WHERE id = ANY (%s) ORDER BY id", [spread])]
        trust, verifier, times, making = json.loads(self.keys.trust_file.read_text()), _verifier(), [], []
        for number in numbers:
            started = time.perf_counter()
            bundle = proofs.for_lines(self.owner, [number])
            made = time.perf_counter()
            _, names = verifier.Proof(bundle, trust).check(bundle["lines"][0])
            times.append(time.perf_counter() - made)
            making.append(made - started)
            assert len(names) == len(PARTNERS)
        page = proofs.for_lines(self.owner, numbers[-50:])
        started = time.perf_counter()
        proof = verifier.Proof(page, trust)
        for line in page["lines"]:
            proof.check(line)
        whole = time.perf_counter() - started
        return {
            "milliseconds": round(statistics.median(times) * 1e3, 3), "p95_milliseconds": round(sorted(times)[len(times) * 95 // 100] * 1e3, 3),
            "page_of_50_milliseconds": round(whole * 1e3, 2), "making_milliseconds": round(statistics.median(making) * 1e3, 2),
        }

    def _slow_commits(self, slow: bool) -> None:
        self.anything.execute(f"ALTER SYSTEM SET commit_delay = {2000 if slow else 0}")
        self.anything.execute(f"ALTER SYSTEM SET commit_siblings = {0 if slow else 5}")
        self.anything.execute("SELECT pg_reload_conf(), pg_sleep(0.3)")


def bar(what: str, measured: float, limit: float, *, at_least: bool = False) -> dict[str, Any]:
    return {"bar": what, "measured": measured, "limit": limit, "at_least": at_least, "held": measured >= limit if at_least else measured <= limit}


def told(report: dict[str, Any]) -> str:
    through, check, proof = report["throughput"], report["verification"], report["proof"]
    lines = [
        f"{report['machine']}; {report['clients']} writers, commits slowed to about 3.5 ms",
        f"single hash chain    {through['chain_per_second']:>8,} lines/s",
        f"ledger, sealed       {through['ledger_per_second']:>8,} lines/s   {through['ratio']} times ({', '.join(map(str, through['ratios']))}); biggest seal {through['biggest_seal']:,}",
        f"one append           {report['append_us']:>8} µs in the server",
        f"verification         {check['seconds_per_million']:>8} s per million ({check['lines']:,} lines, {check['seals']:,} seals, every signature)",
        f"a proof, checked     {proof['milliseconds']:>8} ms median, {proof['p95_milliseconds']} ms p95; a page of 50 lines {proof['page_of_50_milliseconds']} ms",
        f"a proof, made        {proof['making_milliseconds']:>8} ms",
    ]
    return "\n".join(
        lines + [f"{'held  ' if b['held'] else 'MISSED'}  {b['bar']}: {b['measured']} ({'at least' if b['at_least'] else 'at most'} {b['limit']})" for b in report["bars"]]
    )


def say(asked: argparse.Namespace, text: str) -> None:
    if not asked.json:
        print(f"  {text}", file=sys.stderr, flush=True)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _verifier() -> ModuleType:
    loader = SourceFileLoader("verify_ledger", str(ROOT / "bin" / "verify-ledger"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=4, help="of writing, for each design and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--lines", type=int, default=200_000, help="to verify, beside those written above")
    parser.add_argument("--lines-per-seal", type=int, default=200, help="of those; 167 clicks a second is a busy partnership")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
