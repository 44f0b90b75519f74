"""What a report needs of a monitor of goals: all of it, and nothing else."""

from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor
from srsmeting.goals_bundling import write_goals_bundle


def test_a_bundle_is_a_monitor_that_can_be_read_again(programme: Path, tmp_path: Path) -> None:
    monitor = load_monitor(programme)
    write_goals_bundle(monitor, estimate_goals(monitor), tmp_path / "bundle")
    copy = load_monitor(tmp_path / "bundle" / "monitor")

    assert sorted(path.name for path in (tmp_path / "bundle").iterdir()) == ["estimates.csv", "monitor", "report.json"]
    assert (copy.config.units, copy.config.tracks, copy.config.rules) == (
        monitor.config.units,
        monitor.config.tracks,
        monitor.config.rules,
    )
    for name in ("goals", "results", "dropout", "durations", "participants", "figures", "topics", "portraits"):
        assert getattr(copy, name) == getattr(monitor, name)
    assert estimate_goals(copy).equals(estimate_goals(monitor))


def test_what_a_report_does_not_print_is_not_in_the_bundle(programme: Path, tmp_path: Path) -> None:
    (programme / "published.yaml").write_text("results: []\n", encoding="utf-8")
    with (programme / "meting.yaml").open("a", encoding="utf-8") as file:
        file.write("published: published.yaml\n")
    monitor = load_monitor(programme)
    write_goals_bundle(monitor, estimate_goals(monitor), tmp_path / "bundle")

    assert load_monitor(tmp_path / "bundle" / "monitor").config.published == ""


def test_a_monitor_that_names_no_source_has_no_report(programme: Path, tmp_path: Path) -> None:
    file = programme / "meting.yaml"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("report:")]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    monitor = load_monitor(programme)

    with pytest.raises(ConfigurationError) as error:
        write_goals_bundle(monitor, estimate_goals(monitor), tmp_path / "bundle")

    assert str(error.value) == (
        "meting.yaml: has no 'report', and a report prints the source of its figures. Add 'report' with 'source' below "
        "it."
    )


def test_estimates_of_another_monitor_are_refused(programme: Path, tmp_path: Path) -> None:
    monitor = load_monitor(programme)

    with pytest.raises(ConfigurationError) as error:
        write_goals_bundle(monitor, estimate_goals(monitor).assign(meting="ander-2020"), tmp_path / "bundle")

    assert str(error.value) == (
        "meting.yaml: the estimates are of 'ander-2020' and not of 'klein-2020'. Name the estimates of this monitor."
    )
