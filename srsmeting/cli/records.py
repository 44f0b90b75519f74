"""The record of what was published."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from srsmeting.cli.terminal import FINDINGS, METING, examples, progress, say


@click.command(
    epilog=examples(
        'srsmeting record my_meting --on 2027-03-01 --note "As in the report of March"',
        'srsmeting record my_meting --reason "Two responses were doubles (corrections.yaml)"',
    )
)
@METING
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Day of publication.  [default: today]")
@click.option("--note", default="", metavar="TEXT", help="Anything that is to be kept with it.")
@click.option(
    "--reason", default="", metavar="TEXT", help="Why it differs from the record before; a revision needs it."
)
@click.option("--inside-git", is_flag=True, help="Copy corrections, codes, mapping and matches, which tell of "
              "respondents, inside a git work tree all the same.")  # fmt: skip
def record(meting: Path, on: dt.datetime | None, note: str, reason: str, inside_git: bool) -> None:
    """Record what METING publishes, so that it can be replayed.

    Writes record/1 in the folder of the measurement: figures, of a repeat also the years beside them, questionnaire,
    settings, versions, and hashes of all files; no answers. A later change makes record/2, with what differs and why;
    nothing is written over. `srsmeting verify` computes the figures again.
    """
    from srsmeting.meting import load_meting
    from srsmeting.recording import record_meting

    day = on.date() if on else dt.datetime.now().astimezone().date()
    done = record_meting(load_meting(meting), day, note=note, reason=reason, inside_git=inside_git, progress=progress)
    progress()
    config = done.record.config
    years = f"; {config.years.figures} of the years beside them" if config.years else ""
    say(f"{done.record.folder}: {config.figures} figures{years}, {config.date}.")
    if done.told:
        say(f"Differs from record {config.number - 1}: {done.told}.")
    findings = done.run.intake is not None and done.run.intake.report.has_findings
    if findings:
        click.echo("srsmeting: the intake report has findings; see `srsmeting check`.", err=True)
    if done.known:
        what = "figure that both records hide" if done.known == 1 else "figures that both records hide"
        click.echo(f"srsmeting: {done.known} {what} can be worked out from the two together.", err=True)
    if findings or done.known:
        sys.exit(FINDINGS)


def recorded(meting: Any, number: int | None) -> Any:
    """Return the record with this number or the last one; None where a measurement has none."""
    from srsmeting.errors import RecordError
    from srsmeting.record import pick_record, read_records

    records = read_records(meting.record, meting.config.meting)
    if not records and number is not None:
        raise RecordError(f"{meting.record}: holds no record. Make one with `srsmeting record`.")
    return pick_record(records, number) if records else None
