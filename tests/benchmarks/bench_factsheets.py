"""How fast the factsheets of all regions are made, and how many times that of one.

Run: ``python tests/benchmarks/bench_factsheets.py``. Target, on two cores: all of them in one format under 30 seconds.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).parents[2]
#: Seconds for all of them in one format.
TARGET = 30


def seconds(folder: Path, *options: str) -> float:
    """Time one command from outside, the estimation of the figures included."""
    arguments = ["reports/regio", "--meting", "analyses/srs_2021", "--per", "wgo", "--engine", "embedded", *options]
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "srsmeting", "render", *arguments, "-o", str(folder)],
        check=True,
        capture_output=True,
        cwd=TOP,
    )
    return time.perf_counter() - start


def main() -> None:
    """Measure each format from scratch, and what is frozen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one = seconds(folder, "--only", "zorgpleinnoord", "--to", "html", "--no-freeze")
        print(f"one, html, from scratch      {one:6.2f} s")
        for kind in ("html", "pdf", "docx"):
            taken = seconds(folder, "--to", kind, "--no-freeze")
            met = "" if taken < TARGET else f"   over {TARGET} s"
            print(f"all, {kind:4}, from scratch      {taken:6.2f} s  {taken / one:5.2f} x one{met}")
        seconds(folder, "--to", "html")
        taken = seconds(folder, "--to", "html")
        print(f"all, html, from freeze       {taken:6.2f} s  {taken / one:5.2f} x one")


if __name__ == "__main__":
    main()
