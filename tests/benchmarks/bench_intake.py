"""How long intake takes, against pandas reading the same file as text: ``python tests/benchmarks/bench_intake.py``.

Absolute times say more of the machine than of the code, so every figure comes with its ratio in the same run. Give a
number of rows to measure another size than the default; a million takes about two gigabytes of memory.
"""

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from srsmeting.intake import read_export, take_in
from srsmeting.population import read_population
from srsmeting.questionnaire import load_questionnaire

ROOT = Path(__file__).parents[2]
MEASUREMENT = ROOT / "analyses" / "srs_2021"


def enlarge(source: Path, target: Path, rows: int) -> None:
    """Repeat the rows of an export, each with an id and a token of its own."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        # Line breaks inside a cell go: the pyarrow engine of pandas, the yardstick, cannot read them in a large file.
        reader = csv.reader(file, delimiter=";")
        header, *records = ([cell.replace("\n", " ") for cell in cells] for cells in reader if cells)
    token = header.index("token")
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(header)
        for number in range(1, rows + 1):
            cells = records[number % len(records)]
            cells[0], cells[token] = str(number), f"tok{number}"
            writer.writerow(cells)


def best(action: Callable[[], object], times: int) -> float:
    """Return the shortest of a few runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main(rows: int) -> None:
    questionnaire = load_questionnaire(ROOT / "questionnaires" / "srs_2021.yaml")
    population = read_population(MEASUREMENT / "frame.csv", questionnaire)
    small = MEASUREMENT / "export.csv"
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder, "export.csv")
        enlarge(small, large, rows)
        print(f"{'':34}{'seconds':>9}{'ratio':>8}")
        for name, file, times in (("the bundled export", small, 7), (f"{rows} rows", large, 1)):

            def with_pandas(file: Path = file) -> object:
                return pd.read_csv(file, sep=";", dtype="str", keep_default_na=False, engine="pyarrow")

            base = best(with_pandas, times)
            print(f"{name + ': pandas as text':34}{base:9.3f}{1:8.2f}")
            for what, action in (
                ("read_export", lambda file=file: read_export(file)),
                ("take_in", lambda file=file: take_in(file, questionnaire, population)),
            ):
                taken = best(action, times)
                print(f"{name + ': ' + what:34}{taken:9.3f}{taken / base:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
