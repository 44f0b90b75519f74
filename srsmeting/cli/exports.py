"""An export: fetched, checked, and bound to the questionnaire and the frame."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from srsmeting.cli.terminal import FINDINGS, METING, examples, progress, say, write_new
from srsmeting.errors import SrsmetingError


@click.command(epilog=examples("srsmeting fetch my_meting"))
@METING
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
    progress(f"fetching survey {errand.survey.survey}")
    export = run_errand(errand, user, password)
    complete, what = int((export.set_aside == "").sum()), "response" if len(export) == 1 else "responses"
    say(f"{errand.path}: {len(export)} {what}, {complete} complete.")


@click.command(
    epilog=examples(
        "srsmeting check analyses/srs_2021",
        "srsmeting check my_meting --report intake.html",
        "srsmeting check my_meting --quarantine ~/quarantine.csv",
        "srsmeting check my_meting --seal",
    )
)
@METING
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

    Of a monitor of goals it tells what was printed and cannot be so: percentages that do not follow from the counts,
    tables that disagree, text against table, flows that grow; --report FILE.csv writes them.
    """
    from srsmeting.kinds import is_monitor

    if is_monitor(meting):
        from srsmeting.cli.goals import check_monitor

        if quarantine is not None or inside_git or seal:
            raise click.UsageError("--quarantine, --inside-git and --seal are for surveys; this is a monitor of goals.")
        check_monitor(meting, report_file)
        return
    from srsmeting.checking import check_meting
    from srsmeting.frames import check_target, write_frame
    from srsmeting.intake.account.summary import summarise
    from srsmeting.intake.pseudonyms import salt_path
    from srsmeting.meting import load_meting
    from srsmeting.population import read_coverage
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
    intake = check_meting(loaded, progress, pseudonyms=quarantine is not None, seal=seal)
    if not had_salt:
        progress()
        click.echo(f"srsmeting: made a salt for pseudonyms, {salt_path()}. Keep it: they hold with it only.", err=True)
    if report_file is not None:
        write_report(intake.report)
    if quarantine != "-":
        say(summarise(intake.report, str(report_file or "")))
    if quarantine is not None:
        progress()
        write_frame(intake.quarantine, quarantine)
        if quarantine != "-":
            count = len(intake.quarantine)
            what = "row or cell that does" if count == 1 else "rows and cells that do"
            say(f"{quarantine}: {count} {what} not count.")
    if loaded.config.coverage:
        # Last: what is wrong there says nothing of the answers.
        progress()
        read_coverage(loaded.path(loaded.config.coverage), loaded.questionnaire)
    if intake.report.has_findings:
        sys.exit(FINDINGS)


@click.command("map", epilog=examples("srsmeting map my_meting -o my_meting/mapping.yaml"))
@METING
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
    from srsmeting.meting import load_meting
    from srsmeting.proposing import propose_mapping
    from srsmeting.worktree import refuse_inside_git

    if not inside_git:
        refuse_inside_git(output)  # it lists the answers that are no answers of the questionnaire
    proposal = propose_mapping(load_meting(meting), progress)
    progress()
    write_new(to_yaml(proposal), output)
    sure, unsure = len(proposal.sure), len(proposal.unsure) + len(proposal.unknown)
    click.echo(f"{sure} columns are sure, {unsure} are yours to choose; see the comments.", err=True)
    if unsure or proposal.missing or proposal.answers:
        sys.exit(FINDINGS)


@click.command(epilog=examples("srsmeting match my_meting -o matches.yaml"))
@METING
@click.option("-o", "output", default="-", metavar="FILE", help="A new YAML file.  [default: standard output]")
@click.option("--inside-git", is_flag=True, help="Write names of organisations inside a git work tree all the same.")
def match(meting: Path, output: str, inside_git: bool) -> None:
    """Propose a matches.yaml for METING.

    For an export with names of organisations, named under 'organisation' in meting.yaml, and a frame with a column
    'organisation'. Names that are written alike need nothing. The others are commented out, with the names in the frame
    that they are like, for you to choose. Then name the file under 'matches' in meting.yaml, and check again.
    """
    from srsmeting.intake.checks.match_proposal import matches_to_yaml
    from srsmeting.meting import load_meting
    from srsmeting.proposing import propose_organisations
    from srsmeting.worktree import refuse_inside_git

    if not inside_git:
        refuse_inside_git(output, "names of organisations")
    proposal = propose_organisations(load_meting(meting), progress)
    progress()
    write_new(matches_to_yaml(proposal), output)
    unsure, unlike = len(proposal.unsure), len(proposal.unlike) + len(proposal.ambiguous)
    told = f"Need nothing: {proposal.settled}; yours to choose: {unsure}; like none in the frame or two: {unlike}."
    click.echo(told, err=True)
    if unsure or unlike:
        sys.exit(FINDINGS)


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
