"""Setting up: how soon a warm bin/demo answers, and how large the base installation is.

    bin/bench set_up [--rounds 3]         (python -m bench.set_up )

The demo is made once in a home of its own; then it is started again so often and stopped. It is warm when its data are there.
The base installation is what requirements/base.txt installs into an empty environment, without demo, tests or a database.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.measured import Bar, Report, say, significant
from bench.population import ROOT

SECONDS, MEGABYTES = 10, 350
PATIENCE = 300


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="alongside-set-up-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        say("the demo, for the first time ...")
        cold = start_and_stop(Path(folder) / "home")
        warm = []
        for number in range(asked.rounds):
            say(f"warm, {number + 1} of {asked.rounds} ...")
            warm.append(start_and_stop(Path(folder) / "home"))
        say("the base installation ...")
        size = base_installation(Path(folder) / "base")
    report = Report("set_up", {"rounds": asked.rounds})
    report.head = ("", "measured", "unit")
    report.rows = [("bin/demo, first start", significant(cold), "s"), ("bin/demo, warm", significant(median(warm)), "s"), ("base installation", round(size), "MB")]
    report.bars = [Bar("warm bin/demo answers, seconds", significant(median(warm)), SECONDS), Bar("base installation, MB", round(size), MEGABYTES)]
    return report.finish()


def start_and_stop(home: Path) -> float:
    """Seconds from the command to the line that says it is ready."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE", "DATABASE"))} | {"ALONGSIDE_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    started = time.perf_counter()
    demo = subprocess.Popen([ROOT / "bin" / "demo"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    assert demo.stdout is not None
    said = []
    try:
        for line in demo.stdout:
            said.append(line)
            if re.match("Ready after", line):
                return time.perf_counter() - started
        raise RuntimeError("The demo did not start:\n" + "".join(said))
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(60)


def base_installation(folder: Path) -> float:
    """Megabytes that the locked packages of the product itself take."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps", "-r", ROOT / "requirements" / "base.txt"], check=True)
    files = {(found.st_dev, found.st_ino): found.st_blocks * 512 for path in folder.rglob("*") if not path.is_symlink() for found in [path.stat()]}
    return sum(files.values()) / 2**20


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
