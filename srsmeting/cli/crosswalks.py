"""Crosswalks: what became of the questionnaire of one year in that of a later one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from srsmeting.cli.terminal import FINDINGS, Commands, examples, write_new

if TYPE_CHECKING:
    from srsmeting.questionnaire import Questionnaire

_PROPOSE = "srsmeting crosswalk propose analyses/srs_2021 questionnaires/srs_2022.yaml -o crosswalk.csv"


@click.group(cls=Commands, epilog=examples(_PROPOSE))
def crosswalk() -> None:
    """Say what became of a questionnaire in a later year."""


@crosswalk.command("propose", epilog=examples(_PROPOSE))
@click.argument("earlier", type=click.Path(path_type=Path))
@click.argument("later", type=click.Path(path_type=Path))
@click.option("-o", "output", default="-", metavar="FILE", help="A new CSV file.  [default: standard output]")
def crosswalk_propose(earlier: Path, later: Path, output: str) -> None:
    """Propose what became of EARLIER in LATER: of each question, answer and group.

    EARLIER and LATER are measurements, or their questionnaires.

    What is certain is filled in. What a person must decide is marked with a question mark, and says what there is to
    decide under 'reason'; as long as it is there, the crosswalk is refused.
    """
    from srsmeting.crosswalk import propose_crosswalk

    proposal = propose_crosswalk(_questionnaire(earlier), _questionnaire(later))
    write_new(proposal.text, output)
    number = len(proposal.open)
    if number:
        many = "1 row is" if number == 1 else f"{number} rows are"
        click.echo(
            f"srsmeting: {many} open. Decide on what is marked '?', and write why in place of what 'reason' asks.",
            err=True,
        )
        sys.exit(FINDINGS)


def _questionnaire(path: Path) -> Questionnaire:
    """Read a questionnaire, or that of a measurement: before fieldwork, too, when it has no data yet."""
    from srsmeting.configuration import read_config
    from srsmeting.errors import ConfigurationError
    from srsmeting.questionnaire import load_questionnaire
    from srsmeting.yamlfile import read_yaml

    if path.is_file() and "questions" in read_yaml(path, ConfigurationError).data:
        return load_questionnaire(path)
    file, config, _ = read_config(path)
    return load_questionnaire(file.parent / config.questionnaire)
