"""Starting a measurement, and trying its report out before fieldwork."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from srsmeting.cli.reports import render_bundle
from srsmeting.cli.terminal import FINDINGS, examples, progress, say
from srsmeting.errors import RenderError


@click.command(
    epilog=examples(
        "srsmeting new peiling-2027",
        "srsmeting new analyses/srs_2024 --from analyses/srs_2023",
        "srsmeting new voorbeeld --example",
        "srsmeting new pilots-2027 --kind goals",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--from", "source", type=click.Path(path_type=Path), metavar="METING",
              help="The measurement before: its questionnaire and settings are copied, no data.")  # fmt: skip
@click.option("--id", "id", default="", help="Id of the measurement.  [default: from DIR, or --from a year later]")
@click.option("--example", is_flag=True, help="Invent what is to be filled in, so that it can be rendered at once.")
@click.option("--kind", type=click.Choice(["survey", "goals"]), default="survey", show_default=True,
              help="A survey, or goals of a programme that are followed.")  # fmt: skip
def new(folder: Path, source: Path | None, id: str, example: bool, kind: str) -> None:
    """Make the folder of a measurement.

    DIR is a new or empty folder. Its README.md says what to fill in, and which commands to run.
    """
    from srsmeting.starting import new_meting, new_programme

    if source is not None and example:
        raise click.UsageError(
            "--example has answers of its own, and starts --from no other measurement. Leave one out."
        )
    if source is not None and kind == "goals":
        raise click.UsageError(
            "A programme goes on in its own folder: add a moment in its meting.yaml. Leave out --from."
        )
    if kind == "goals":
        made = new_programme(folder, id=id, example=example)
    else:
        made = new_meting(folder, source=source, id=id, example=example)
    say(f"{folder.as_posix()}: measurement {made.id}, {len(made.files)} files.")
    for name in made.files:
        say(f"  {name}")
    for note in made.notes:
        click.echo(f"srsmeting: {note}", err=True)
    if example:
        say(f"Everything in it is invented. Next: srsmeting render {folder}/report --meting {folder} -o {folder}/out")
    elif kind == "goals":
        say(f"Next: read {folder}/README.md, and fill in meting.yaml and goals.csv.")
    else:
        say(f"Next: read {folder}/README.md. What it will look like: srsmeting dry-run {folder} -o {folder}/proef")


@click.command(
    "dry-run",
    epilog=examples(
        "srsmeting dry-run questionnaire.yaml -o proef",
        "srsmeting dry-run analyses/srs_2021 --report reports/nulmeting -o proef --to html,pdf",
    ),
)
@click.argument("source", metavar="METING_OR_QUESTIONNAIRE", type=click.Path(path_type=Path))
@click.option(
    "-o", "out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder for the results."
)
@click.option("--report", type=click.Path(path_type=Path),
              help="The report to render.  [default: one drafted from the questionnaire]")  # fmt: skip
@click.option("--to", "formats", default="html", show_default=True, metavar="LIST",
              help="html, docx, pdf, separated by commas.")  # fmt: skip
@click.option("--respondents", type=click.IntRange(min=1, max=100_000), default=200, show_default=True,
              help="How many to invent.")  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Another seed, other answers.")
def try_out(source: Path, out: Path, report: Path | None, formats: str, respondents: int, seed: int) -> None:
    """Render the whole report on invented answers, before fieldwork.

    METING_OR_QUESTIONNAIRE needs no export and no frame. Lists what must be known before anybody is asked: questions
    that nobody gets, tables and labels that do not fit, sentences that lack words (exit status 1). Every chapter of the
    report says that it is a dry run.
    """
    from srsmeting.meting import load_meting
    from srsmeting.running import run_meting
    from srsmeting.starting import dry_run

    with tempfile.TemporaryDirectory() as scratch:
        progress("inventing answers")
        made = dry_run(source, out / "verzonnen", Path(scratch), report=report, respondents=respondents, seed=seed)
        progress()
        for fault in made.found:
            say(str(fault))
        loaded = load_meting(made.meting)
        run = run_meting(loaded, progress)
        wanted = tuple(name.strip() for name in formats.split(",") if name.strip())
        try:
            paths = render_bundle(made.report, loaded, run.estimates, wanted, out, "embedded", progress)
        except RenderError as error:
            # What was rendered is a copy, and its author knows the original.
            raise RenderError(made.as_written(str(error))) from None
    for path in paths:
        say(f"{path}: the report on {made.respondents} invented respondents of {made.invited}")
    say(f"{made.meting}: the invented measurement, for other commands")
    if made.found:
        sys.exit(FINDINGS)
    say("Nothing found.")
