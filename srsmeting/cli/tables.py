"""The table book."""

from __future__ import annotations

from pathlib import Path

import click

from srsmeting.cli.terminal import METING, examples, progress, say


@click.command(
    epilog=examples(
        "srsmeting tables analyses/srs_2021 -o tabellenboek.xlsx",
        "srsmeting tables analyses/srs_2021 -o tabellenboek.ods --compare wgo,branche_samengevoegd",
        "srsmeting tables analyses/srs_2021 -o - | head",
    )
)
@METING
@click.option(
    "-o", "output", required=True, metavar="FILE",
    help="xlsx or ods for the book, csv for all numbers of all years in one table; - for that on standard output.",
)  # fmt: skip
@click.option(
    "--compare", "compared", default="", metavar="LIST",
    help="Breakdowns whose groups are compared, separated by commas, beside those of meting.yaml.",
)  # fmt: skip
def tables(meting: Path, output: str, compared: str) -> None:
    """Write the table book of METING.

    The book is a workbook in Dutch: a sheet for every question with all breakdowns, and one with all numbers. What may
    not be published is nowhere in it.
    """
    from srsmeting.kinds import is_monitor

    if is_monitor(meting):
        from srsmeting.cli.goal_reports import refuse_options, tabulate_monitor

        refuse_options(compare=compared)
        tabulate_monitor(meting, output)
        return
    from srsmeting.meting import load_meting
    from srsmeting.running import run_meting
    from srsmeting.tabulating import check_tables, comparing, write_tables
    from srsmeting.years import compare_earlier

    loaded = load_meting(meting)
    check_tables(loaded, output)
    names = tuple(name.strip() for name in compared.split(",") if name.strip())
    run = run_meting(comparing(loaded, names), progress)
    years = compare_earlier(loaded, run, progress)
    progress("writing the tables")
    write_tables(loaded, run.estimates, output, years)
    progress()
    if output == "-":
        return
    beside = len(years.years) if years and output.endswith(".csv") else 0
    say(f"{output}: {len(run.estimates)} figures{f', and {beside} of the years beside them' if beside else ''}.")
