"""Reports and tables of a monitor of goals."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from srsmeting.cli.terminal import progress, say


def render_monitor(path: Path, report: Path, formats: tuple[str, ...], out: Path, engine: str, **options: Any) -> None:
    """Render a report with the figures of a monitor of goals."""
    for made in _rendered(path, report, formats, out, engine, **options):
        say(str(made))


def preview_monitor(path: Path, report: Path, port: int, *, browser: bool, freeze: Path) -> None:
    """Show a report on a monitor of goals in a browser."""
    from srsmeting.render.preview import preview

    def build(folder: Path) -> Path:
        (page,) = _rendered(path, report, ("html",), folder, "embedded", freeze=freeze)
        return page

    watched = [report, path if path.is_dir() else path.parent]
    preview(build, watched, tell=say, port=port, browser=browser)


def write_monitor_bundle(path: Path, folder: Path) -> tuple[Any, dict[str, str]]:
    """Write the bundle of a monitor of goals; return the monitor, and which of its figures are not as published."""
    from srsmeting.verification import disagreements, read_published

    monitor, estimates = _written(path, folder)
    if not monitor.config.published:
        return monitor, {}
    return monitor, disagreements(estimates, read_published(monitor.path(monitor.config.published)))


def tabulate_monitor(path: Path, output: str) -> None:
    """Write the table book of a monitor of goals."""
    from srsmeting.estimation.attainment import estimate_goals
    from srsmeting.goals import load_monitor
    from srsmeting.goals_tabulating import write_goals_tables
    from srsmeting.tabulating import check_tables

    monitor = load_monitor(path)
    check_tables(monitor, output)
    progress("estimating")
    estimates = estimate_goals(monitor)
    progress("writing the tables")
    write_goals_tables(monitor, estimates, output)
    progress()
    if output != "-":
        say(f"{output}: {len(estimates)} figures.")


def refuse_options(**named: object) -> None:
    """Refuse options of a survey that a monitor of goals has no use for.

    Raises
    ------
    click.UsageError
        Naming the first that was given.
    """
    for name, value in named.items():
        if value:
            raise click.UsageError(f"--{name} is for surveys, and this is a monitor of goals. Leave it out.")


def _rendered(
    path: Path, report: Path, formats: tuple[str, ...], out: Path, engine: str, **options: Any
) -> Iterator[Path]:
    from srsmeting.render import render_report
    from srsmeting.report import open_report

    with _bundle(path) as folder:
        # Sections on what the monitor has no data of are left out.
        env = {"SRSMETING_REPORT": str(folder), "SRSMETING_FORMATS": ",".join(formats)}
        env["QUARTO_PROFILE"] = open_report(folder).profile
        yield from render_report(
            report, to=formats, out=out, engine=engine, env=env, data=[folder], progress=progress, **options
        )


@contextmanager
def _bundle(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        _written(path, Path(folder))
        yield Path(folder)


def _written(path: Path, folder: Path) -> tuple[Any, Any]:
    from srsmeting.estimation.attainment import estimate_goals
    from srsmeting.goals import load_monitor
    from srsmeting.goals_bundling import write_goals_bundle

    monitor = load_monitor(path)
    progress("estimating")
    estimates = estimate_goals(monitor)
    write_goals_bundle(monitor, estimates, folder)
    return monitor, estimates
