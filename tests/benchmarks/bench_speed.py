"""How fast the commands are, as ratios of a bare ``import pandas`` measured in the same run.

Run: ``python tests/benchmarks/bench_speed.py``. Targets: import at most 1.3, estimate at most 3, tables at most 10 (and
under 5 seconds), demo under 15 seconds.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).parents[2]
RUNS = 7


def seconds(*arguments: str) -> float:
    """Time one process from outside."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=TOP)
    return time.perf_counter() - start


def main() -> None:
    """Measure in turn, so that a machine that slows down slows everything down."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "import pandas": ("-c", "import pandas"),
            "import srsmeting": ("-c", "import srsmeting"),
            "import srsmeting and pandas": ("-c", "import srsmeting, pandas"),
            "estimate": ("-m", "srsmeting", "estimate", "analyses/srs_2021", "-o", f"{folder}/estimates.csv"),
            "tables": ("-m", "srsmeting", "tables", "analyses/srs_2021", "-o", f"{folder}/tables.xlsx"),
            "check": ("-m", "srsmeting", "check", "analyses/srs_2021"),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(RUNS + 1):
            for name, arguments in commands.items():
                elapsed = seconds(*arguments)
                if run:  # the first round warms the caches
                    times[name].append(elapsed)
        base = statistics.median(times["import pandas"])
        for name, values in times.items():
            median = statistics.median(values)
            print(f"{name:30} {median:6.2f} s  {median / base:5.2f} x import pandas")
        print(f"{'demo to HTML':30} {seconds('-m', 'srsmeting', 'demo', '--out', folder):6.2f} s")


if __name__ == "__main__":
    main()
