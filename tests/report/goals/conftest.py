from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor
from srsmeting.goals_bundling import write_goals_bundle
from srsmeting.report import open_report
from srsmeting.report.goals import GoalsReport

Open = Callable[..., GoalsReport]


@pytest.fixture
def reopen(programme: Path, tmp_path: Path) -> Open:
    """Open the report on the programme, with files of it that are replaced."""

    def opened(**files: str) -> GoalsReport:
        for name, text in files.items():
            (programme / f"{name}.csv").write_text(text, encoding="utf-8")
        monitor = load_monitor(programme)
        write_goals_bundle(monitor, estimate_goals(monitor), tmp_path / "bundle")
        report = open_report(tmp_path / "bundle")
        assert isinstance(report, GoalsReport)
        return report

    return opened


@pytest.fixture
def report(reopen: Open) -> GoalsReport:
    return reopen()
