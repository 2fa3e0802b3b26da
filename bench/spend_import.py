"""A year of a council's spend into a partnership's books: 100,000 rows as councils publish them, checked, reconciled to the penny and kept.

    bin/bench spend_import [--rows 100000] [--rounds 3]        (python -m bench.spend_import )

The command as an operator runs it, from its start to its exit: days and amounts in mixed formats, a byte-order mark, negative lines, rows that stand twice and rows that nobody
can read. Beside it, the standard library reading the same file and adding up one column without looking at anything else.
"""

import argparse
import csv
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path

from bench.measured import Bar, Report, milliseconds, p50, say, significant
from bench.population import ROOT, population

SECONDS = 10.0
HEADINGS = ("Payment Date", "Supplier Name", "Net Amount", "Cost Centre Description", "Transaction Number", "Purpose of Spend")
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%d-%m-%Y")


def main() -> int:
    asked = arguments()
    with population(0) as where, tempfile.TemporaryDirectory() as folder:
        ours, plain = [], []
        for number in range(asked.rounds):
            say(f"round {number + 1} of {asked.rounds} ...")
            file = written(Path(folder) / f"spend {number}.csv", asked.rows, seed=time.time_ns())
            plain.append(milliseconds(partial(added_up, file)) / 1e3)
            command = ["import", "spend", str(file), "--partnership", "Tarnside Together", "--agency", "Tarnside Council Children's Services", "--open-years"]
            ours.append(milliseconds(partial(subprocess.run, [sys.executable, "-m", "alongside", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)) / 1e3)
        report = Report("spend_import", where.sizes() | {"rows": f"{asked.rows:,}", "rounds": asked.rounds})
    report.head = ("what", "p50 s", "times plain")
    report.rows = [("import, checked and kept", p50(ours), significant(p50(ours) / p50(plain))), ("csv alone, one column added up", p50(plain), 1.0)]
    report.bars = [Bar(f"{asked.rows:,} rows, s", p50(ours), SECONDS)]
    return report.finish()


def written(file: Path, rows: int, *, seed: int) -> Path:
    """One row in two hundred stands twice, one in five hundred has a day that is none."""
    draw = random.Random(seed)
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(HEADINGS)
        for number in range(rows):
            paid = date(2024, 4, 1) + timedelta(days=draw.randrange(365))
            pence = draw.randrange(1, 5_000_000)
            amount = f"{pence / 100:,.2f}"
            said = (f"({amount})", f"-{amount}", f"£{amount}", amount)[draw.choice((0, 1, 2, 3, 3, 3, 3, 3))]
            day = "31/02/2024" if draw.random() < 0.002 else paid.strftime(draw.choice(DAYS))
            row = (day, f"Supplier {draw.randrange(3_000)} Ltd", said, f"Centre {draw.randrange(60)}", f"{seed}-{number}", "Services bought in")
            sheet.writerow(row)
            if draw.random() < 0.005:
                sheet.writerow(row)
    return file


def added_up(file: Path) -> Decimal:
    total = Decimal(0)
    with file.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            try:
                total += Decimal(row["Net Amount"].strip("£()-").replace(",", ""))
            except InvalidOperation:
                continue
    return total


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
