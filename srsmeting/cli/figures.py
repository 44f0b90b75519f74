"""The figures: estimated, held against the published ones, and attacked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from srsmeting.cli.terminal import FINDINGS, METING, examples, progress, say

#: So many figures of a record that come out differently are shown; a file has them all.
_SHOWN = 50


@click.command(epilog=examples("srsmeting estimate analyses/srs_2021 -o figures.csv"))
@METING
@click.option(
    "-o", "output", required=True, metavar="FILE", help="CSV or Parquet by its suffix; - for standard output."
)
def estimate(meting: Path, output: str) -> None:
    """Write the figures of METING.

    The result is the estimate frame: one row for every number that may be printed.
    """
    from srsmeting.kinds import is_monitor

    if is_monitor(meting):
        from srsmeting.cli.goals import estimate_monitor

        estimate_monitor(meting, output)
        return
    from srsmeting.frames import write_frame
    from srsmeting.meting import load_meting
    from srsmeting.running import run_meting

    loaded = load_meting(meting)
    loaded.refuse_input(output)
    run = run_meting(loaded, progress)
    progress()
    write_frame(run.estimates, output)
    if output != "-":
        say(f"{output}: {len(run.estimates)} figures.")
    if run.weighting is not None:
        click.echo(f"srsmeting: {run.weighting.summary()}.", err=True)
    if run.intake is not None and run.intake.report.has_findings:
        click.echo("srsmeting: the intake report has findings; see `srsmeting check`.", err=True)
        sys.exit(FINDINGS)


@click.command(epilog=examples("srsmeting verify analyses/srs_2021"))
@METING
@click.option(
    "-o", "output", default="", metavar="FILE", help="Write the comparison to CSV or Parquet; - for standard output."
)
@click.option("--record", "number", type=int, metavar="N", help="Replay this record.  [default: the last one]")
def verify(meting: Path, output: str, number: int | None) -> None:
    """Hold the figures of METING against what was published.

    Against the numbers that a report printed, where meting.yaml names them ('published'), and against the record that
    `srsmeting record` made: its figures are computed again, with the settings of then on the files of now. A figure
    that comes out differently is told with the reason: which file, setting or version is another.
    """
    from srsmeting.kinds import is_monitor

    if is_monitor(meting):
        from srsmeting.cli.goals import verify_monitor

        verify_monitor(meting, output, number)
        return
    from srsmeting.cli.records import recorded
    from srsmeting.meting import load_meting
    from srsmeting.running import run_meting

    loaded = load_meting(meting)
    loaded.refuse_input(output or "-")
    record = recorded(loaded, number)
    run = run_meting(loaded, progress)
    result: Any = None
    open_ends, apart, told = 0, 0, []
    if loaded.config.published or record is None:
        result, open_ends = verified(loaded, run.estimates)
        told.append(f"{int(result['agrees'].sum())} of {len(result)} published figures reproduced.")
    if record is not None:
        from srsmeting.recording import replay_record

        replay = replay_record(loaded, record, run, progress)
        apart = len(replay.rows)
        result = replay.beneath(result, None if output else _SHOWN)
        told.append(
            f"{replay.again} of {replay.figures} figures of {record.name} ({record.config.date}) come out again."
        )
        if apart > _SHOWN and not output:
            told.append(f"The first {_SHOWN} of those that do not are shown; -o FILE writes all {apart}:")
            told += [f"  {count}: {reason}" for reason, count in replay.reasons.items()]
        told += replay.told
    tell_verified(result, output, told, open_ends)
    if apart:
        comes = "figure comes" if apart == 1 else "figures come"
        click.echo(f"srsmeting: {apart} {comes} out differently from {record.name}.", err=True)
    if open_ends or apart:
        sys.exit(FINDINGS)


@click.command(epilog=examples("srsmeting audit analyses/srs_2021"))
@METING
@click.option(
    "-o", "output", default="", metavar="FILE", help="Write the findings to CSV or Parquet; - for standard output."
)
def audit(meting: Path, output: str) -> None:
    """Attack the figures of METING before they are published.

    Finds the suppressed figures that follow from the others: from totals, other answers, other breakdowns, merged
    groups, percentages with a base, questions that lead to other questions, and earlier measurements (where meting.yaml
    names one as 'earlier').
    """
    from srsmeting.disclosure import audit_meting
    from srsmeting.frames import write_frame
    from srsmeting.meting import load_meting

    loaded = load_meting(meting)
    loaded.refuse_input(output or "-")
    done = audit_meting(loaded, progress)
    found = done.found
    progress()
    if output:
        write_frame(found, output)
    elif len(found):
        say(found.to_string(index=False, justify="left", max_colwidth=None))
    click.echo(f"{done.summary()}.", err=output == "-")
    for left in done.unexamined:
        click.echo(f"srsmeting: not examined: {left}.", err=True)
    if len(found):
        sys.exit(FINDINGS)


def tell_verified(result: Any, output: str, told: list[str], open_ends: int) -> None:
    """Show or write figures beside the published ones, and how many differ without a known fault."""
    from srsmeting.frames import write_frame

    progress()
    if output:
        write_frame(result, output)
    elif len(result):
        shown = result.assign(agrees=result["agrees"].map({True: "yes", False: "NO"}))
        say(shown.to_string(index=False, justify="left", max_colwidth=None))
    for line in told:
        click.echo(line, err=output == "-")
    if open_ends:
        differ = "figure differs from the published one" if open_ends == 1 else "figures differ from the published ones"
        click.echo(f"srsmeting: {open_ends} {differ} without a known fault.", err=True)


def verified(meting: Any, estimates: Any) -> tuple[Any, int]:
    """Return figures beside the published ones, and how many differ without a known fault."""
    from srsmeting.errors import ConfigurationError
    from srsmeting.verification import read_published, unexplained, verify_estimates

    if not meting.config.published:
        raise ConfigurationError(
            f"{meting.file.name}: names no published figures. Add 'published', or record a publication with "
            "`srsmeting record`."
        )
    result = verify_estimates(estimates, read_published(meting.path(meting.config.published)))
    return result, len(unexplained(result))
