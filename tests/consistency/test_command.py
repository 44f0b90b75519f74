"""``srsmeting check`` on a monitor of goals."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from click.testing import CliRunner

from srsmeting.cli import main
from srsmeting.goals import GoalsMonitor

Monitor = Callable[..., GoalsMonitor]

GROWS = "flows:\n  - {steps: [werven, plaatsen], faults: {zuid: Z-01}}\n"


def test_findings_are_told_and_written(monitor: Monitor, tmp_path: Path) -> None:
    file, report = monitor(GROWS).file, tmp_path / "found.csv"
    result = CliRunner().invoke(main, ["check", str(file), "--report", str(report)])
    assert result.exit_code == 1
    assert result.stdout == (
        "flow: Zuid: 9 in werven and 10 in plaatsen: more than were left. [Z-01]\n"
        "klein: 4 goals and 6 results of 2 units; 1 finding.\n"
    )
    assert pd.read_csv(report)["fault"].tolist() == ["Z-01"]


def test_remarks_are_written_before_the_findings(monitor: Monitor, tmp_path: Path) -> None:
    file, report = monitor(GROWS).file, tmp_path / "found.csv"
    goals = file.with_name("goals.csv")
    goals.write_text(goals.read_text(encoding="utf-8").replace("zuid,werven,20", "zuid,werven,-"), encoding="utf-8")

    result = CliRunner().invoke(main, ["check", str(file), "--report", str(report)])

    assert result.stdout == (
        "remark: results.csv:3: unit 'zuid', track 'werven' has a result (9) and no goal.\n"
        "flow: Zuid: 9 in werven and 10 in plaatsen: more than were left. [Z-01]\n"
        "klein: 4 goals and 6 results of 2 units; 1 finding.\n"
    )
    written = pd.read_csv(report, dtype=str, keep_default_na=False)
    assert written[["kind", "where", "what", "told"]].to_numpy().tolist() == [
        ["remark", "results.csv:3", "unit 'zuid', track 'werven' has a result (9) and no goal.", "9"],
        ["flow", "werven, plaatsen", "Zuid: 9 in werven and 10 in plaatsen: more than were left.", ""],
    ]


def test_without_findings_it_says_so(monitor: Monitor) -> None:
    result = CliRunner().invoke(main, ["check", str(monitor().file)])
    assert (result.exit_code, result.stdout) == (0, "klein: 4 goals and 6 results of 2 units; no findings.\n")


def test_what_is_for_surveys_is_refused(monitor: Monitor) -> None:
    result = CliRunner().invoke(main, ["check", str(monitor().file), "--seal"])
    assert result.exit_code == 2
    assert "--quarantine, --inside-git and --seal are for surveys; this is a monitor of goals." in result.stderr


def test_the_report_is_not_written_over_an_input(monitor: Monitor) -> None:
    file = monitor().file
    result = CliRunner().invoke(main, ["check", str(file), "--report", str(file.with_name("results.csv"))])
    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {file.with_name('results.csv')}: is the results of this measurement. Write to another file.\n"
    )
