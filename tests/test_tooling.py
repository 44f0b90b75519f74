"""Lint, format and types are part of the tests, so that one command says whether the tree is green."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=lambda command: " ".join(command),
)
def test_the_tree_is_clean(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=TOP, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_runs_the_test_command_of_the_readme() -> None:
    last = (TOP / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()[-1]

    assert f"\n{last}\n" in (TOP / "README.md").read_text(encoding="utf-8")


def test_ci_can_be_started() -> None:
    assert os.access(TOP / ".ci" / "run", os.X_OK)
