"""How fast a book is rendered, as ratios of a book that runs one empty cell, measured in the same run.

Run: ``python tests/benchmarks/bench_rendering.py``. Targets, on two cores: the bundled book to HTML, Word and PDF under 20
seconds from scratch and under 2 from freeze.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).parents[2]
RUNS = 3
FORMATS = "html,docx,pdf"
EMPTY = {
    "_quarto.yml": "project: {type: book}\nbook: {title: Leeg, chapters: [index.qmd]}\nlang: nl\njupyter: python3\n",
    "index.qmd": "# Leeg\n\n```{python}\n#| include: false\nNone\n```\n",
}


def seconds(report: Path, folder: Path, *options: str) -> float:
    """Time one rendering from outside, the estimation of the figures included."""
    arguments = [str(report), "--meting", "analyses/srs_2021", "--to", FORMATS, "--engine", "embedded", *options]
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "srsmeting", "render", *arguments, "-o", str(folder / "uit")],
        check=True,
        capture_output=True,
        cwd=TOP,
    )
    return time.perf_counter() - start


def main() -> None:
    """Measure in turn, so that a machine that slows down slows everything down."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty, book = folder / "leeg", TOP / "reports" / "nulmeting"
        empty.mkdir()
        for file, text in EMPTY.items():
            (empty / file).write_text(text, encoding="utf-8")
        kinds = {
            "an empty book": (empty, "--no-freeze"),
            "the book, from scratch": (book, "--no-freeze"),
            "the book, from freeze": (book,),
        }
        seconds(book, folder)  # freezes it, and warms the caches
        times: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(RUNS):
            for kind, (report, *options) in kinds.items():
                times[kind].append(seconds(report, folder, *options))
        base = statistics.median(times["an empty book"])
        for kind, values in times.items():
            median = statistics.median(values)
            print(f"{kind:30} {median:6.2f} s  {median / base:5.2f} x an empty book")


if __name__ == "__main__":
    main()
