"""The command line: thin, it only says what happened."""

from __future__ import annotations

import click

from srsmeting.cli.coding import code
from srsmeting.cli.crosswalks import crosswalk
from srsmeting.cli.drafts import questionnaire
from srsmeting.cli.exports import check, fetch, map_, match
from srsmeting.cli.figures import audit, estimate, verify
from srsmeting.cli.proofs import proof
from srsmeting.cli.records import record
from srsmeting.cli.reports import demo, preview, render
from srsmeting.cli.rounds import round_
from srsmeting.cli.starting import new, try_out
from srsmeting.cli.tables import tables
from srsmeting.cli.terminal import Commands, examples
from srsmeting.cli.years import compare

__all__ = ["main"]

_EPILOG = (
    examples(
        "srsmeting demo                                       everything, on the bundled measurement",
        "srsmeting new peiling-2027                           the folder of a measurement",
        "srsmeting dry-run peiling-2027 -o proef              its report, before fieldwork",
        "srsmeting check analyses/srs_2021                    is the export as it should be?",
        "srsmeting estimate analyses/srs_2021 -o figures.csv  the figures",
        "srsmeting verify analyses/srs_2021                   are they the published ones?",
        "srsmeting audit analyses/srs_2021                    do they give away what is suppressed?",
        "srsmeting record my_meting                           keep what is published, to replay it",
        "srsmeting tables analyses/srs_2021 -o tables.xlsx    all figures in a table book",
        "srsmeting render reports/nulmeting --meting analyses/srs_2021",
        "srsmeting proof reports/nulmeting --meting analyses/srs_2021",
    )
    + "\n\n\b\nExit status\n  0  done\n  1  done, with findings that a person must look at"
    "\n  2  could not be done; the reason is on standard error"
)


@click.group(
    cls=Commands,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="srsmeting", message="srsmeting %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """From the export of a survey tool to the published chapter.

    METING is a meting.yaml or the folder that holds it.
    """


# In the order of the work.
_WORK = (
    *(demo, new, questionnaire, try_out, crosswalk, fetch, round_, check, map_, match, code),
    *(estimate, compare, verify, audit, record, tables, render, preview, proof),
)
for command in _WORK:
    main.add_command(command)
