"""The figures of a monitor of goals: estimated, and held against the published ones."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from srsmeting.cli.terminal import FINDINGS, progress, say
from srsmeting.errors import ConfigurationError


def estimate_monitor(path: Path, output: str) -> None:
    """Write the figures of a monitor of goals."""
    from srsmeting.estimation.attainment import estimate_goals
    from srsmeting.frames import write_frame
    from srsmeting.goals import load_monitor

    monitor = load_monitor(path)
    monitor.refuse_input(output)
    progress("estimating")
    estimates = estimate_goals(monitor)
    progress()
    write_frame(estimates, output)
    if output != "-":
        say(f"{output}: {len(estimates)} figures.")
    if monitor.remarks:
        many = "remark" if len(monitor.remarks) == 1 else "remarks"
        click.echo(f"srsmeting: {len(monitor.remarks)} {many} on the data; see `srsmeting check`.", err=True)


def verify_monitor(path: Path, output: str, number: int | None) -> None:
    """Hold the figures of a monitor of goals against the published ones."""
    from srsmeting.cli.figures import tell_verified, verified
    from srsmeting.estimation.attainment import estimate_goals
    from srsmeting.goals import load_monitor

    monitor = load_monitor(path)
    monitor.refuse_input(output or "-")
    if number is not None:
        raise ConfigurationError(f"{monitor.file.name}: a monitor of goals has no records. Leave out --record.")
    if not monitor.config.published:
        raise ConfigurationError(f"{monitor.file.name}: names no published figures. Add 'published'.")
    progress("estimating")
    result, open_ends = verified(monitor, estimate_goals(monitor))
    told = [f"{int(result['agrees'].sum())} of {len(result)} published figures reproduced."]
    tell_verified(result, output, told, open_ends)
    if open_ends:
        sys.exit(FINDINGS)


def check_monitor(path: Path, report: Path | None) -> None:
    """Tell what a monitor of goals, as it was printed, has wrong with itself."""
    from srsmeting.consistency import find_inconsistencies, read_statements, with_remarks
    from srsmeting.estimation.attainment import estimate_goals
    from srsmeting.frames import check_target, write_frame
    from srsmeting.goals import load_monitor
    from srsmeting.verification import read_published

    monitor = load_monitor(path)
    config = monitor.config
    if report is not None:
        monitor.refuse_input(report)
        check_target(str(report))
    published = read_published(monitor.path(config.published)) if config.published else None
    statements = read_statements(monitor.path(config.statements), monitor) if config.statements else None
    progress("checking")
    found = find_inconsistencies(monitor, estimate_goals(monitor), published, statements)
    progress()
    for remark in monitor.remarks:
        say(f"remark: {remark}")
    for row in found.to_dict("records"):
        named = f" [{row['fault']}]" if row["fault"] else ""
        say(f"{row['kind']}: {row['what']}{named}")
    units = "1 unit" if len(monitor.units) == 1 else f"{len(monitor.units)} units"
    counted = f"{len(monitor.goals)} goals and {len(monitor.results)} results of {units}"
    findings = "no findings" if found.empty else "1 finding" if len(found) == 1 else f"{len(found)} findings"
    say(f"{monitor.meting}: {counted}; {findings}.")
    if report is not None:
        write_frame(with_remarks(found, monitor.remarks), str(report))
    if len(found):
        sys.exit(FINDINGS)
