"""Questionnaires from surveys, and the reverse."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from srsmeting.cli.terminal import FINDINGS, Commands, examples, write_new


@click.group(
    cls=Commands,
    epilog=examples(
        "srsmeting questionnaire from survey.lss -o questionnaire.yaml",
        "srsmeting questionnaire to questionnaire.yaml -o survey.lss",
    ),
)
def questionnaire() -> None:
    """Draft a questionnaire from a survey, or the reverse."""


@questionnaire.command("from", epilog=examples("srsmeting questionnaire from survey.lss -o questionnaire.yaml"))
@click.argument("structure", type=click.Path(path_type=Path))
@click.option("-o", "output", default="-", metavar="FILE", help="A new YAML file.  [default: standard output]")
def questionnaire_from(structure: Path, output: str) -> None:
    """Draft a questionnaire from STRUCTURE.

    STRUCTURE is what the survey tool exports: .lss or .lsa of LimeSurvey, .qsf of Qualtrics, an XLSForm.

    The draft loads as it is; its comments say what a person has to look at.
    """
    from srsmeting.questionnaire.structures import draft_questionnaire, read_structure

    draft = draft_questionnaire(read_structure(structure), structure.name)
    write_new(draft.text, output)
    open_ends = [
        f"{len(codes)} {what if len(codes) == 1 else what + 's'} not taken over: {', '.join(codes)}"
        for codes, what in ((draft.left_out, "question"), (draft.unrouted, "routing"))
        if codes
    ]
    if open_ends:
        click.echo(f"srsmeting: {'; '.join(open_ends)}. They are in the draft as comments.", err=True)
        sys.exit(FINDINGS)


@questionnaire.command("to", epilog=examples("srsmeting questionnaire to questionnaire.yaml -o survey.lss"))
@click.argument("questionnaire", type=click.Path(path_type=Path))
@click.option("-o", "output", default="-", metavar="FILE", help="A new .lss file.  [default: standard output]")
def questionnaire_to(questionnaire: Path, output: str) -> None:
    """Write QUESTIONNAIRE as a LimeSurvey structure, to be imported there."""
    from srsmeting.questionnaire import load_questionnaire
    from srsmeting.questionnaire.structures import lss_text

    write_new(lss_text(load_questionnaire(questionnaire)), output)
