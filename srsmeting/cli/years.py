"""Years side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from srsmeting.cli.terminal import FINDINGS, examples, progress, say

if TYPE_CHECKING:
    from srsmeting.years import Compared


@click.command(
    epilog=examples(
        "srsmeting compare analyses/srs_2023 -o years.csv",
        "srsmeting compare analyses/srs_2023 --apart not_compared.csv -o years.csv",
        "srsmeting compare analyses/srs_2021 analyses/srs_2022 -o years.csv",
    )
)
@click.argument("metings", metavar="METING METING...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "output", required=True, metavar="FILE", help="CSV or Parquet by its suffix; - for standard output."
)
@click.option("--apart", default="", metavar="FILE", help="Write what may not be compared, and why.")
def compare(metings: tuple[Path, ...], output: str, apart: str) -> None:
    """Compare measurements of two or more years, the earliest first.

    One is compared with those before it: each names the one before as 'earlier' in its meting.yaml.

    Writes the figures of every year, in the codes of the last, and what changed since the year before, with errors that
    know which organisations answered both times. Only what the crosswalk of the later year declares comparable is
    compared. The exit status is 1 where published shares of an earlier year no longer come out of its files.
    """
    from srsmeting.frames import write_frame
    from srsmeting.meting import load_meting
    from srsmeting.years import compare_metings, follow

    loaded = [load_meting(meting) for meting in metings]
    if len(loaded) == 1:
        loaded = [*follow(loaded[0])]
    for meting in loaded:
        for target in (output, apart):
            meting.refuse_input(target or "-")
    compared = compare_metings(loaded, progress)
    progress()
    write_frame(compared.estimates, output)
    if apart:
        write_frame(compared.apart, apart)
    if output != "-":
        _tell(compared, output, apart)
    if compared.lost:
        sys.exit(FINDINGS)


def _tell(compared: Compared, output: str, apart: str) -> None:
    """Say what was written, of which years, and what a person must look at."""
    changes = compared.years["measure"].eq("change") & compared.years["estimate"].notna()
    say(f"{output}: {len(compared.own) + len(compared.years)} figures, of which {int(changes.sum())} are changes.")
    for before in compared.earlier:
        source = f"as published, record {before.record}" if before.record else "computed; nothing of it is recorded"
        say(f"  {before.meting}: {source}.")
        if before.meting in compared.lost:
            number = compared.lost[before.meting]
            say(
                f"    {number} of its shares no longer come out of its files, and changes are of the answers as they "
                "are. `srsmeting verify` tells why; `srsmeting record` publishes a revision."
            )
    for told in compared.overlaps:
        say(f"  {told}.")
    if any("not known who" in told for told in compared.overlaps):
        say("  Organisations are recognised by 'organisation' in both frames, else by 'token': the same in both years.")
    if len(compared.apart):
        say(f"  Not compared: {len(compared.apart)} questions, answers, groups and others{_named(apart)}.")


def _named(apart: str) -> str:
    return f": {apart}" if apart else "; --apart FILE lists them, with the reason"
