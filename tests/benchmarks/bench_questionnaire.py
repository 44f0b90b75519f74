"""How long a questionnaire takes to read, against PyYAML alone: ``python tests/benchmarks/bench_questionnaire.py``.

The budget is 0.15 seconds for the nulmeting over 2021. Measured on two shared cores: 0.010 s, 3.8 times the C parser.
"""

import time
from collections.abc import Callable
from pathlib import Path

import yaml

from srsmeting.questionnaire import load_questionnaire
from srsmeting.yamlfile import read_yaml

FILE = Path(__file__).parents[2] / "questionnaires" / "srs_2021.yaml"


def best(action: Callable[[], object], times: int = 20) -> float:
    """Return the shortest of a few runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Print the figures."""
    text = FILE.read_text(encoding="utf-8")
    parser = best(lambda: yaml.compose(text, Loader=yaml.CSafeLoader))
    for name, action in (
        ("read_yaml", lambda: read_yaml(FILE)),
        ("load_questionnaire", lambda: load_questionnaire(FILE)),
    ):
        seconds = best(action)
        print(f"{name:20} {seconds:.4f} s   {seconds / parser:.1f} x the C parser of PyYAML")


if __name__ == "__main__":
    main()
