"""Rounds of a monitor of goals: workbooks out to project leaders, and back in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from srsmeting.cli.terminal import FINDINGS, METING, Commands, examples, say

#: What to do about a workbook that is there, and is out of date.
_ANEW = "To make it anew, take it away first."


@click.group(
    cls=Commands,
    name="round",
    epilog=examples(
        "srsmeting round new my_programme --moment voortgang_2",
        "srsmeting round read my_programme my_programme/rondes/voortgang_2/*.xlsx",
    ),
)
def round_() -> None:
    """Ask units how they stand, in workbooks (monitors of goals)."""


@round_.command(
    "new",
    epilog=examples(
        "srsmeting round new my_programme --moment voortgang_2",
        "srsmeting round new my_programme --moment voortgang_2 --unit delft -o ~/versturen",
    ),
)
@METING
@click.option("--moment", required=True, metavar="ID", help="Which of the moments in meting.yaml.")
@click.option("-o", "output", type=click.Path(path_type=Path), metavar="DIR", help="Folder for the workbooks.  "
              "[default: rondes/MOMENT beside meting.yaml]")  # fmt: skip
@click.option("--unit", "units", multiple=True, metavar="ID", help="Only this unit; may be given again.")
def round_new(meting: Path, moment: str, output: Path | None, units: tuple[str, ...]) -> None:
    """Write a workbook (Dutch) for every unit of METING, in which its project leader fills in the figures.

    It shows the goals and what was told before, asks for results, drop-out, participants and changed goals, and checks
    cells as they are filled in. A workbook that is there is left as it is: someone may have worked in it.
    """
    from srsmeting.goals import load_monitor
    from srsmeting.rounds import new_round

    sent = new_round(load_monitor(meting), moment, output, units=units)
    for path in sent.written:
        say(str(path))
    for unit in sent.answered:
        click.echo(
            f"srsmeting: {unit.id}: has all its results of {moment!r}, or none to tell, and got no workbook.", err=True
        )
    for path in sent.kept:
        click.echo(f"srsmeting: {path}: is there already, and was left as it is. {_ANEW}", err=True)
    if sent.kept:
        sys.exit(FINDINGS)


@round_.command(
    "read",
    epilog=examples(
        "srsmeting round read my_programme my_programme/rondes/voortgang_2/*.xlsx",
        "srsmeting round read my_programme ~/Downloads/delft.xlsx --moment voortgang_2",
    ),
)
@METING
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--moment", default="", metavar="ID", help="The moment that they must be of.  [default: the one they say]"
)
def round_read(meting: Path, files: tuple[Path, ...], moment: str) -> None:
    """Add what FILES tell, workbooks that project leaders filled in, to the CSV files of METING.

    Every cell is checked. With a fault in any workbook nothing is added (exit status 2). Nothing that is there is
    written over: the same figure again is said to be there, another one is a fault. What must be looked at, and units
    that have not answered, give exit status 1.
    """
    from srsmeting.goals import load_monitor
    from srsmeting.rounds import read_round

    done = read_round(load_monitor(meting), files, moment)
    for told in done.told:
        new = sum(map(len, told.rows.values()))
        there = f", {told.known} there already" if told.known else ""
        say(f"{told.filled.name}: {told.unit}, {done.moment.id}: {new} new{there}")
    for path, count in done.added.items():
        say(f"{path.name}: {count} {'row' if count == 1 else 'rows'} added")
    for told in done.told:
        if told.letter:
            say(f"{told.filled.name}: {told.unit} writes: {told.letter}")
    for remark in done.remarks:
        click.echo(f"srsmeting: {remark}", err=True)
    if done.waiting:
        click.echo(f"srsmeting: not answered yet: {', '.join(unit.id for unit in done.waiting)}.", err=True)
    if done.remarks or done.waiting:
        sys.exit(FINDINGS)
