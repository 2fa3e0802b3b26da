"""What every bench has in common: medians, a table with its bars, the machine it ran on, and a file of the results."""

import ast
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

BENCH = Path(__file__).parent
RESULTS = BENCH / "results" / "local"


@dataclass(frozen=True, slots=True)
class Bar:
    """What must hold. `at_least`: more is better; otherwise less is."""

    what: str
    measured: float
    limit: float
    at_least: bool = False

    @property
    def held(self) -> bool:
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


@dataclass
class Report:
    """One run of one bench: what it was run on, a table of medians, the bars, and what the reader must know beside them."""

    bench: str
    sizes: dict[str, Any]
    head: Sequence[str] = ()
    rows: list[Sequence[Any]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    machine: dict[str, Any] = field(default_factory=lambda: machine())

    def finish(self) -> int:
        """Print it, write it beside the others, and say by the exit code whether every bar held."""
        self.machine["load_at_the_end"] = round(os.getloadavg()[0], 1)
        print(self.told())
        RESULTS.mkdir(parents=True, exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        place = RESULTS / f"{self.bench}-{stamp}.json"
        whole = asdict(self) | {"bars": [asdict(bar) | {"held": bar.held} for bar in self.bars], "at": stamp}
        place.write_text(json.dumps(whole, indent=1, default=str) + "\n")
        print(f"written to {place.relative_to(BENCH.parent)}")
        return 0 if all(bar.held for bar in self.bars) else 1

    def told(self) -> str:
        cells = [[str(word) for word in row] for row in (self.head, *self.rows)]
        widths = [max(len(row[place]) for row in cells) for place in range(len(self.head))] if self.head else []
        table = ["  ".join(cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in cells]
        bars = [f"{'held  ' if bar.held else 'MISSED'}  {bar.what}: {bar.measured:,} ({'at least' if bar.at_least else 'at most'} {bar.limit:,})" for bar in self.bars]
        facts = "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in (self.machine | self.sizes).items())
        return "\n".join([f"{self.bench}: {facts}", "", *table, "", *bars, *self.notes])


def machine() -> dict[str, Any]:
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return {"cores": os.cpu_count(), "model": model, "memory_gb": memory, "python": platform.python_version(), "load_at_the_start": round(os.getloadavg()[0], 1)}


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1e3


def p50(values: Iterable[float]) -> float:
    return significant(statistics.median(values))


def p95(values: Iterable[float]) -> float:
    ranked = sorted(values)
    return significant(ranked[min(len(ranked) - 1, len(ranked) * 95 // 100)])


def significant(value: float) -> float:
    """Three figures: more would pretend."""
    return float(f"{value:.3g}")


def say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


def benches() -> list[tuple[str, str]]:
    """Every bench with the first line of what it says of itself."""
    found = []
    for path in sorted(BENCH.glob("*.py")):
        words = ast.get_docstring(ast.parse(path.read_text())) or ""
        if f"bench.{path.stem} " in words + " " and path.stem != "measured":
            found.append((path.stem, words.splitlines()[0]))
    return found


if __name__ == "__main__":
    for name, words in benches():
        print(f"  {name:18}{words}")
