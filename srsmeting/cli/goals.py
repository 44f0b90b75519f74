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
        without = "result has no goal" if len(monitor.remarks) == 1 else "results have no goal"
        click.echo(f"srsmeting: {len(monitor.remarks)} {without}; see `srsmeting check`.", err=True)


def verify_monitor(path: Path, output: str, number: int | None) -> None:
    """Hold the figures of a monitor of goals against the published ones."""
    from srsmeting.cli.figures import tell_verified, verified
    from srsmeting.estimation.attainment import estimate_goals
    from srsmeting.goals import load_monitor

    monitor = load_monitor(path)
    monitor.refuse_input(output or "-")
    if number is not None:
        raise ConfigurationError(f"{monitor.file.name}: a monitor of goals has no records. Leave out --record.")
    progress("estimating")
    result, open_ends = verified(monitor, estimate_goals(monitor))
    told = [f"{int(result['agrees'].sum())} of {len(result)} published figures reproduced."]
    tell_verified(result, output, told, open_ends)
    if open_ends:
        sys.exit(FINDINGS)
