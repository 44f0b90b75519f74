"""The command line: thin, it only says what happened."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from srsmeting.errors import SrsmetingError
from srsmeting.terminal import FINDINGS
from srsmeting.terminal import METING as _METING
from srsmeting.terminal import Commands as _Commands
from srsmeting.terminal import examples as _examples
from srsmeting.terminal import progress as _progress
from srsmeting.terminal import say as _say
from srsmeting.terminal import write_new as _write_new

_EPILOG = (
    _examples(
        "srsmeting demo                                       everything, on the bundled measurement",
        "srsmeting check analyses/srs_2021                    is the export as it should be?",
        "srsmeting estimate analyses/srs_2021 -o figures.csv  the figures",
        "srsmeting verify analyses/srs_2021                   are they the published ones?",
        "srsmeting audit analyses/srs_2021                    do they give away what is suppressed?",
        "srsmeting render reports/nulmeting --meting analyses/srs_2021",
    )
    + "\n\n\b\nExit status\n  0  done\n  1  done, with findings that a person must look at"
    "\n  2  could not be done; the reason is on standard error"
)


@click.group(
    cls=_Commands,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="srsmeting", message="srsmeting %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """From the export of a survey tool to the published chapter.

    METING is a meting.yaml or the folder that holds it.
    """


@main.command(epilog=_examples("srsmeting demo --out /tmp/demo"))
@click.option("--out", type=click.Path(path_type=Path), default=Path("srsmeting-demo"), show_default=True,
              help="Folder for the results.")  # fmt: skip
def demo(out: Path) -> None:
    """Run everything on the bundled measurement.

    Its answers are invented.

    Leaves the intake report, the figures, the comparison with the published report, and the rendered book.
    """
    from srsmeting.bundled import bundled
    from srsmeting.frames import write_frame
    from srsmeting.meting import load_meting, run_meting

    meting = load_meting(bundled("analyses/srs_2021"))
    run = run_meting(meting, _progress)
    if run.intake is None:
        raise SrsmetingError("demo: the bundled measurement has no export. Install srsmeting anew.")
    out.mkdir(parents=True, exist_ok=True)
    report = run.intake.report
    _say(f"{meting.config.title}: {report.rows_used} of {report.rows_received} responses used.")
    (out / "intake.md").write_text(report.to_markdown(), encoding="utf-8")
    _say(f"  {out / 'intake.md'}: the intake report")
    write_frame(run.estimates, out / "estimates.csv")
    _say(f"  {out / 'estimates.csv'}: {len(run.estimates)} figures")
    result, open_ends = _verify(meting, run.estimates)
    write_frame(result, out / "verification.csv")
    agreeing = int(result["agrees"].sum())
    _say(f"  {out / 'verification.csv'}: {agreeing} of {result['agrees'].count()} published figures reproduced")
    for path in _render(bundled("reports/nulmeting"), meting, run.estimates, ("html",), out, "auto", _progress):
        _say(f"  {path}: the report, open it in a browser")
    if report.has_findings or open_ends:
        sys.exit(FINDINGS)


@main.group(
    cls=_Commands,
    epilog=_examples(
        "srsmeting questionnaire from survey.lss -o questionnaire.yaml",
        "srsmeting questionnaire to questionnaire.yaml -o survey.lss",
    ),
)
def questionnaire() -> None:
    """Draft a questionnaire from a survey, or the reverse."""


@questionnaire.command("from", epilog=_examples("srsmeting questionnaire from survey.lss -o questionnaire.yaml"))
@click.argument("structure", type=click.Path(path_type=Path))
@click.option("-o", "output", default="-", metavar="FILE", help="A new YAML file.  [default: standard output]")
def questionnaire_from(structure: Path, output: str) -> None:
    """Draft a questionnaire from STRUCTURE.

    STRUCTURE is what the survey tool exports: .lss or .lsa of LimeSurvey, .qsf of Qualtrics, an XLSForm.

    The draft loads as it is; its comments say what a person has to look at.
    """
    from srsmeting.questionnaire.structures import draft_questionnaire, read_structure

    draft = draft_questionnaire(read_structure(structure), structure.name)
    _write_new(draft.text, output)
    open_ends = [
        f"{len(codes)} {what if len(codes) == 1 else what + 's'} not taken over: {', '.join(codes)}"
        for codes, what in ((draft.left_out, "question"), (draft.unrouted, "routing"))
        if codes
    ]
    if open_ends:
        click.echo(f"srsmeting: {'; '.join(open_ends)}. They are in the draft as comments.", err=True)
        sys.exit(FINDINGS)


@questionnaire.command("to", epilog=_examples("srsmeting questionnaire to questionnaire.yaml -o survey.lss"))
@click.argument("questionnaire", type=click.Path(path_type=Path))
@click.option("-o", "output", default="-", metavar="FILE", help="A new .lss file.  [default: standard output]")
def questionnaire_to(questionnaire: Path, output: str) -> None:
    """Write QUESTIONNAIRE as a LimeSurvey structure, to be imported there."""
    from srsmeting.questionnaire import load_questionnaire
    from srsmeting.questionnaire.structures import lss_text

    _write_new(lss_text(load_questionnaire(questionnaire)), output)


@main.command(epilog=_examples("srsmeting fetch my_meting"))
@_METING
@click.option("--inside-git", is_flag=True, help="Write answers of persons inside a git work tree all the same.")
def fetch(meting: Path, inside_git: bool) -> None:
    """Fetch the export of METING from LimeSurvey.

    This is the one command that uses the network. It asks LimeSurvey's RemoteControl for all responses of the survey
    that meting.yaml names ('limesurvey: {url: …, survey: 123456}'), as CSV with codes, and writes them to the file
    named under 'export', which must not be there yet. Needs the extra: pip install 'srsmeting[limesurvey]'.

    User name and password are taken from LIMESURVEY_USER and LIMESURVEY_PASSWORD, or asked for.

    What this way loses: whether a question that is empty was shown. An archive (.lsa), exported in LimeSurvey by hand,
    tells that.
    """
    from srsmeting.fetching import fetch as run_errand
    from srsmeting.fetching import plan_fetch

    errand = plan_fetch(meting, inside_git=inside_git)
    user = _secret("LIMESURVEY_USER", "User name in LimeSurvey", hidden=False)
    password = _secret("LIMESURVEY_PASSWORD", "Password", hidden=True)
    _progress(f"fetching survey {errand.survey.survey}")
    export = run_errand(errand, user, password)
    complete, what = int((export.set_aside == "").sum()), "response" if len(export) == 1 else "responses"
    _say(f"{errand.path}: {len(export)} {what}, {complete} complete.")


@main.command(
    epilog=_examples(
        "srsmeting check analyses/srs_2021",
        "srsmeting check my_meting --report intake.html",
        "srsmeting check my_meting --quarantine ~/quarantine.csv",
        "srsmeting check my_meting --seal",
    )
)
@_METING
@click.option("--report", "report_file", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the whole intake report: a page to read and sign (.html), or Markdown (.md).")  # fmt: skip
@click.option("--quarantine", metavar="FILE", help="Write every row and cell that does not count, with its reason, to "
              "CSV or Parquet by its suffix; - for standard output, in place of the summary.")  # fmt: skip
@click.option("--inside-git", is_flag=True, help="Write answers of persons inside a git work tree all the same.")
@click.option("--seal", is_flag=True, help="Write the hashes of the export and the other files to manifest.yaml. From "
              "then on a file that was changed is a finding; seal again when the change is right.")  # fmt: skip
def check(meting: Path, report_file: Path | None, quarantine: str | None, inside_git: bool, seal: bool) -> None:
    """Check the export of METING and print a summary; nothing is published.

    What the export is, is seen from its content: responses of LimeSurvey, Qualtrics, SurveyMonkey, Microsoft Forms,
    Google Forms or KoboToolbox, a file of SPSS or Stata, or a table (CSV, XLSX, ODS, Parquet).
    """
    from srsmeting.frames import check_target, write_frame
    from srsmeting.intake.account.summary import summarise
    from srsmeting.intake.pseudonyms import salt_path
    from srsmeting.meting import check_meting, load_meting
    from srsmeting.worktree import refuse_inside_git

    if inside_git and quarantine is None:
        raise click.UsageError("--inside-git goes with --quarantine: nothing else is written.")
    loaded = load_meting(meting)
    if report_file is not None:
        from srsmeting.intake_page import report_writer

        write_report = report_writer(report_file)
        loaded.refuse_input(report_file)
    if quarantine is not None:
        loaded.refuse_input(quarantine)
        check_target(quarantine)
        if not inside_git:
            refuse_inside_git(quarantine)
    had_salt = quarantine is None or salt_path().exists()
    intake = check_meting(loaded, _progress, pseudonyms=quarantine is not None, seal=seal)
    if not had_salt:
        _progress()
        click.echo(f"srsmeting: made a salt for pseudonyms, {salt_path()}. Keep it: they hold with it only.", err=True)
    if report_file is not None:
        write_report(intake.report)
    if quarantine != "-":
        _say(summarise(intake.report, str(report_file or "")))
    if quarantine is not None:
        _progress()
        write_frame(intake.quarantine, quarantine)
        if quarantine != "-":
            count = len(intake.quarantine)
            what = "row or cell that does" if count == 1 else "rows and cells that do"
            _say(f"{quarantine}: {count} {what} not count.")
    if intake.report.has_findings:
        sys.exit(FINDINGS)


@main.command("map", epilog=_examples("srsmeting map my_meting -o my_meting/mapping.yaml"))
@_METING
@click.option(
    "-o", "output", default="-", metavar="FILE", help="Where to write it; - for standard output.  [default: -]"
)
@click.option("--inside-git", is_flag=True, help="Write answers of persons inside a git work tree all the same.")
def map_(meting: Path, output: str, inside_git: bool) -> None:
    """Propose a mapping.yaml for METING.

    For an export whose columns are headed by the texts of questions. What is sure is filled in; what is not, is
    commented out for you to choose. Then name the file under 'mapping' in meting.yaml, and check again.
    """
    from srsmeting.intake.binding.proposal_text import to_yaml
    from srsmeting.meting import load_meting, propose_mapping
    from srsmeting.worktree import refuse_inside_git

    if not inside_git:
        refuse_inside_git(output)  # it lists the answers that are no answers of the questionnaire
    proposal = propose_mapping(load_meting(meting), _progress)
    _progress()
    _write_new(to_yaml(proposal), output)
    sure, unsure = len(proposal.sure), len(proposal.unsure) + len(proposal.unknown)
    click.echo(f"{sure} columns are sure, {unsure} are yours to choose; see the comments.", err=True)
    if unsure or proposal.missing or proposal.answers:
        sys.exit(FINDINGS)


@main.command(epilog=_examples("srsmeting match my_meting -o matches.yaml"))
@_METING
@click.option("-o", "output", default="-", metavar="FILE", help="A new YAML file.  [default: standard output]")
@click.option("--inside-git", is_flag=True, help="Write names of organisations inside a git work tree all the same.")
def match(meting: Path, output: str, inside_git: bool) -> None:
    """Propose a matches.yaml for METING.

    For an export with names of organisations, named under 'organisation' in meting.yaml, and a frame with a column
    'organisation'. Names that are written alike need nothing. The others are commented out, with the names in the frame
    that they are like, for you to choose. Then name the file under 'matches' in meting.yaml, and check again.
    """
    from srsmeting.intake.checks.match_proposal import matches_to_yaml
    from srsmeting.meting import load_meting, propose_organisations
    from srsmeting.worktree import refuse_inside_git

    if not inside_git:
        refuse_inside_git(output, "names of organisations")
    proposal = propose_organisations(load_meting(meting), _progress)
    _progress()
    _write_new(matches_to_yaml(proposal), output)
    unsure, unlike = len(proposal.unsure), len(proposal.unlike) + len(proposal.ambiguous)
    told = f"Need nothing: {proposal.settled}; yours to choose: {unsure}; like none in the frame or two: {unlike}."
    click.echo(told, err=True)
    if unsure or unlike:
        sys.exit(FINDINGS)


@main.command(epilog=_examples("srsmeting estimate analyses/srs_2021 -o figures.csv"))
@_METING
@click.option(
    "-o", "output", required=True, metavar="FILE", help="CSV or Parquet by its suffix; - for standard output."
)
def estimate(meting: Path, output: str) -> None:
    """Write the figures of METING.

    The result is the estimate frame: one row for every number that may be printed.
    """
    from srsmeting.frames import write_frame
    from srsmeting.meting import load_meting, run_meting

    loaded = load_meting(meting)
    loaded.refuse_input(output)
    run = run_meting(loaded, _progress)
    _progress()
    write_frame(run.estimates, output)
    if output != "-":
        _say(f"{output}: {len(run.estimates)} figures.")
    if run.weighting is not None:
        click.echo(f"srsmeting: {run.weighting.summary()}.", err=True)
    if run.intake is not None and run.intake.report.has_findings:
        click.echo("srsmeting: the intake report has findings; see `srsmeting check`.", err=True)
        sys.exit(FINDINGS)


@main.command(epilog=_examples("srsmeting verify analyses/srs_2021"))
@_METING
@click.option(
    "-o", "output", default="", metavar="FILE", help="Write the comparison to CSV or Parquet; - for standard output."
)
def verify(meting: Path, output: str) -> None:
    """Hold the figures of METING against the published ones."""
    from srsmeting.frames import write_frame
    from srsmeting.meting import load_meting, run_meting

    loaded = load_meting(meting)
    loaded.refuse_input(output or "-")
    result, open_ends = _verify(loaded, run_meting(loaded, _progress).estimates)
    _progress()
    if output:
        write_frame(result, output)
    else:
        shown = result.assign(agrees=result["agrees"].map({True: "yes", False: "NO"}).fillna("-"))
        _say(shown.to_string(index=False, justify="left", max_colwidth=None))
    later = int(result["agrees"].isna().sum())
    agreeing, compared = int(result["agrees"].sum()), int(result["agrees"].count())
    click.echo(f"{agreeing} of {compared} published figures reproduced; {later} not yet computed.", err=output == "-")
    if open_ends:
        differ = "figure differs from the published one" if open_ends == 1 else "figures differ from the published ones"
        click.echo(f"srsmeting: {open_ends} {differ} without a known fault.", err=True)
        sys.exit(FINDINGS)


@main.command(epilog=_examples("srsmeting audit analyses/srs_2021"))
@_METING
@click.option(
    "-o", "output", default="", metavar="FILE", help="Write the findings to CSV or Parquet; - for standard output."
)
def audit(meting: Path, output: str) -> None:
    """Attack the figures of METING before they are published.

    Finds the suppressed figures that follow from the others: from totals, other answers, other breakdowns, merged
    groups, percentages with a base, and questions that lead to other questions.
    """
    from srsmeting.auditing import audit_meting
    from srsmeting.frames import write_frame
    from srsmeting.meting import load_meting

    found = audit_meting(load_meting(meting), _progress)
    _progress()
    if output:
        write_frame(found, output)
    elif len(found):
        _say(found.to_string(index=False, justify="left", max_colwidth=None))
    many = "figure" if len(found) == 1 else "figures"
    told = f"{len(found)} {many} can be worked out" if len(found) else "Nothing that is suppressed can be worked out"
    click.echo(f"{told}.", err=output == "-")
    if len(found):
        sys.exit(FINDINGS)


@main.command(epilog=_examples("srsmeting render reports/nulmeting --meting analyses/srs_2021 --to html -o out"))
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--meting", "meting", required=True, type=click.Path(path_type=Path), help="The measurement to put in the report."
)
@click.option(
    "--to", "formats", default="html", show_default=True, metavar="LIST", help="html, docx, pdf, separated by commas."
)
@click.option("--engine", type=click.Choice(["auto", "quarto", "embedded"]), default="auto", show_default=True,
              help="auto takes Quarto where it is installed.")  # fmt: skip
@click.option(
    "-o", "out", type=click.Path(path_type=Path), default=Path(), help="Folder for the documents.  [default: here]"
)
def render(report: Path, meting: Path, formats: str, engine: str, out: Path) -> None:
    """Render REPORT with the figures of METING.

    REPORT is the folder of a Quarto book.
    """
    from srsmeting.meting import load_meting, run_meting

    loaded = load_meting(meting)
    run = run_meting(loaded, _progress)
    wanted = tuple(name.strip() for name in formats.split(",") if name.strip())
    for path in _render(report, loaded, run.estimates, wanted, out, engine, _progress):
        _say(str(path))


def _verify(meting: Any, estimates: Any) -> tuple[Any, int]:
    from srsmeting.errors import ConfigurationError
    from srsmeting.verification import read_published, unexplained, verify_estimates

    if not meting.config.published:
        raise ConfigurationError(f"{meting.file.name}: names no published figures. Add 'published'.")
    result = verify_estimates(estimates, read_published(meting.path(meting.config.published)))
    return result, len(unexplained(result))


def _render(
    report: Path,
    meting: Any,
    estimates: Any,
    formats: tuple[str, ...],
    out: Path,
    engine: str,
    tell: Callable[[str], None],
) -> list[Path]:
    from srsmeting.meting import write_bundle
    from srsmeting.render import render_report

    with tempfile.TemporaryDirectory() as folder:
        write_bundle(meting, estimates, Path(folder))
        env = {"SRSMETING_REPORT": folder, "SRSMETING_FORMATS": ",".join(formats)}
        return render_report(report, to=formats, out=out, engine=engine, env=env, progress=tell)


def _secret(variable: str, prompt: str, *, hidden: bool) -> str:
    """Take a user name or password from the environment, or from someone at the keyboard."""
    if value := os.environ.get(variable):
        return value
    if not _is_watched():
        raise SrsmetingError(f"{variable} is not set, and there is nobody to ask. Set it in the environment.")
    return str(click.prompt(prompt, hide_input=hidden, err=True))


def _is_watched() -> bool:
    """Say whether there is someone at the keyboard."""
    return sys.stdin.isatty()
