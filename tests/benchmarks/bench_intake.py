"""How long intake takes and how much memory, against pandas reading the same file as text.

Run: ``python tests/benchmarks/bench_intake.py [ROWS]``. Targets for a million rows: at most 1.5 times as long as pandas, at
most 3 times the size of the file in memory.

Absolute times say more of the machine than of the code, so every figure comes with its ratio in the same run. Every
measurement is a process of its own: memory is its peak over what it takes with everything imported. Processor time
stands beside the time of the clock, for machines on which others work too.
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEASUREMENT = ROOT / "analyses" / "srs_2021"
ACTIONS = ("pandas as text", "read_export", "take_in")


def enlarge(source: Path, target: Path, rows: int) -> None:
    """Repeat the rows of an export, each with an id, a token, moments and texts of its own."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        # Line breaks inside a cell go: the pyarrow engine of pandas, the yardstick, cannot read them in a large file.
        reader = csv.reader(file, delimiter=";")
        header, *records = ([cell.replace("\n", " ") for cell in cells] for cells in reader if cells)
    moments = [header.index(name) for name in ("submitdate", "startdate", "datestamp")]
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(header)
        for number in range(1, rows + 1):
            cells = [f"{cell} {number}" if cell.startswith("(") else cell for cell in records[number % len(records)]]
            cells[0], cells[header.index("token")], cells[header.index("seed")] = (
                str(number),
                f"tok{number}",
                str(number),
            )
            for place in moments:
                if cells[place]:
                    cells[place] = f"{cells[place][:14]}{number // 60 % 60:02}:{number % 60:02}"
            writer.writerow(cells)


def measure(what: str, path: str, times: int) -> None:
    """Do it here, and print the time of the clock and of the processor (seconds) and the memory (MB)."""
    import pandas as pd

    from srsmeting.intake import read_export, take_in
    from srsmeting.population import read_population
    from srsmeting.questionnaire import load_questionnaire

    questionnaire = load_questionnaire(ROOT / "questionnaires" / "srs_2021.yaml")
    population = read_population(MEASUREMENT / "frame.csv", questionnaire)
    actions: dict[str, Callable[[Path], object]] = {
        "pandas as text": lambda file: pd.read_csv(file, sep=";", dtype="str", keep_default_na=False, engine="pyarrow"),
        "read_export": read_export,
        "take_in": lambda file: take_in(file, questionnaire, population),
    }
    actions[what](MEASUREMENT / "export.csv")  # what is imported late is imported now
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    taken = []
    for _ in range(times):
        clock, processor = time.perf_counter(), time.process_time()
        actions[what](Path(path))
        taken.append((time.perf_counter() - clock, time.process_time() - processor))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps([*min(taken), peak / 1024]))


def main(rows: int) -> None:
    """Measure a small and a large export in turn."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder, "export.csv")
        enlarge(MEASUREMENT / "export.csv", large, rows)
        size = large.stat().st_size / 2**20
        print(f"{rows} rows: {size:.0f} MB\n")
        print(f"{'':36}{'seconds':>9}{'ratio':>7}{'processor':>11}{'ratio':>7}{'MB':>7}{'of file':>9}")
        for name, file, times in (("bundled", MEASUREMENT / "export.csv", 7), (f"{rows} rows", large, 2)):
            base: list[float] = []
            for what in ACTIONS:
                command = [sys.executable, __file__, "--one", what, str(file), str(times)]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                clock, processor, peak = json.loads(done.stdout)
                base = base or [clock, processor]
                line = f"{name + ': ' + what:36}{clock:9.3f}{clock / base[0]:7.2f}{processor:11.3f}{processor / base[1]:7.2f}"
                print(line + (f"{peak:7.0f}{peak / size:9.2f}" if file == large else ""), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
