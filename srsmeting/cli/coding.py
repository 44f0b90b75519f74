"""Open answers: out to coders as a workbook, and back in as codes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from srsmeting.cli.terminal import FINDINGS, METING, Commands, examples, progress, say

_INSIDE_GIT = click.option(
    "--inside-git", is_flag=True, help="Write answers of persons inside a git work tree all the same."
)
_WORKBOOK = click.Path(path_type=Path)


@click.group(
    cls=Commands,
    epilog=examples(
        "srsmeting code export my_meting -o ~/answers.xlsx",
        "srsmeting code import my_meting ~/answers-anna.xlsx ~/answers-bas.xlsx --meeting ~/meeting.xlsx",
        "srsmeting code import my_meting ~/answers-anna.xlsx ~/answers-bas.xlsx --agreed ~/meeting.xlsx",
    ),
)
def code() -> None:
    """Code open answers by theme."""


@code.command(
    "export",
    epilog=examples(
        "srsmeting code export my_meting -o ~/answers.xlsx",
        "srsmeting code export my_meting -o ~/theme.xlsx --question thema_komend_jaar --codes 2",
    ),
)
@METING
@click.option("-o", "output", required=True, type=_WORKBOOK, metavar="FILE", help="A new workbook (.xlsx).")
@click.option("--question", "questions", multiple=True, metavar="ID", help="Only this question; may be given again.")
@click.option("--codes", type=int, default=3, show_default=True, help="How many themes an answer can have.")
@click.option("--no-suggestions", is_flag=True, help="Suggest no themes, so that two coders judge by themselves.")
@click.option("--new", is_flag=True, help="Only answers without a code in the file under 'coded'.")
@_INSIDE_GIT
def code_export(
    meting: Path,
    output: Path,
    questions: tuple[str, ...],
    codes: int,
    no_suggestions: bool,
    new: bool,
    inside_git: bool,
) -> None:
    """Write the open answers of METING as a workbook for coders.

    A sheet for every open question with a codebook ('themes' in the questionnaire), with suggested themes and lists to
    choose codes from; a sheet with the codebook, and one with the instruction (Dutch). Respondents have pseudonyms.
    """
    from srsmeting.coding import export_answers
    from srsmeting.intake.pseudonyms import salt_path
    from srsmeting.meting import load_meting

    had_salt = salt_path().exists()
    counts = export_answers(
        load_meting(meting),
        output,
        questions=questions,
        codes=codes,
        suggestions=not no_suggestions,
        new=new,
        inside_git=inside_git,
        progress=progress,
    )
    progress()
    if not had_salt:
        click.echo(f"srsmeting: made a salt for pseudonyms, {salt_path()}. Keep it: they hold with it only.", err=True)
    for question, count in counts.items():
        say(f"{question}: {count} {'answer' if count == 1 else 'answers'}")
    say(str(output))


@code.command(
    "import",
    epilog=examples(
        "srsmeting code import my_meting ~/answers.xlsx",
        "srsmeting code import my_meting ~/answers-anna.xlsx ~/answers-bas.xlsx --meeting ~/meeting.xlsx",
        "srsmeting code import my_meting ~/answers-anna.xlsx ~/answers-bas.xlsx --agreed ~/meeting.xlsx",
    ),
)
@METING
@click.argument("first", type=_WORKBOOK)
@click.argument("second", type=_WORKBOOK, required=False)
@click.option("--meeting", type=_WORKBOOK, metavar="FILE", help="Write the answers on which the two differ to a new "
              "workbook, with what each of them chose.")  # fmt: skip
@click.option("--agreed", type=_WORKBOOK, metavar="FILE", help="That workbook, filled in together: it goes before what "
              "each chose alone.")  # fmt: skip
@click.option("-o", "output", type=_WORKBOOK, metavar="FILE", help="Where the codes go, CSV or Parquet by its suffix.  "
              "[default: the file under 'coded' in meting.yaml, else coded.csv beside it]")  # fmt: skip
@click.option("--add", is_flag=True, help="The workbooks have new answers only (export --new): keep the codes that the "
              "file under 'coded' has.")  # fmt: skip
@_INSIDE_GIT
def code_import(
    meting: Path,
    first: Path,
    second: Path | None,
    meeting: Path | None,
    agreed: Path | None,
    output: Path | None,
    add: bool,
    inside_git: bool,
) -> None:
    """Check the workbooks FIRST and SECOND that coders filled in, and write their codes.

    Everything is checked against the export and the codebook. With two workbooks it says how far the coders agree:
    per cent, and Krippendorff's alpha. Codes are written once every answer has them, and nobody differs any more; what
    is written holds pseudonyms and codes, no answers. Name the file under 'coded' in meting.yaml.
    """
    from srsmeting.coding import import_codes
    from srsmeting.meting import load_meting
    from srsmeting.themes.summary import summarise_coding

    loaded = load_meting(meting)
    files = (first,) if second is None else (first, second)
    done = import_codes(
        loaded,
        files,
        agreed=agreed,
        meeting=meeting,
        target=output,
        add=add,
        inside_git=inside_git,
        progress=progress,
    )
    progress()
    say(summarise_coding(loaded.questionnaire, done.outcome, done.coders))
    if done.meeting is not None:
        say(f"\n{done.meeting}: the answers to talk about.")
    if done.written is None:
        click.echo("srsmeting: no codes were written: not every answer has codes that are settled.", err=True)
        sys.exit(FINDINGS)
    say(f"\n{done.written}")
