"""Reports, and everything at once on the bundled measurement."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from srsmeting.cli.figures import verified
from srsmeting.cli.terminal import FINDINGS, examples, progress, say
from srsmeting.errors import SrsmetingError


@click.command(epilog=examples("srsmeting demo --out /tmp/demo"))
@click.option("--out", type=click.Path(path_type=Path), default=Path("srsmeting-demo"), show_default=True,
              help="Folder for the results.")  # fmt: skip
def demo(out: Path) -> None:
    """Run everything on the bundled measurement.

    Its answers are invented.

    Leaves the intake report, the figures, the comparison with the published report, and the rendered book.
    """
    from srsmeting.bundled import bundled
    from srsmeting.frames import write_content, write_frame
    from srsmeting.meting import load_meting
    from srsmeting.running import run_meting

    meting = load_meting(bundled("analyses/srs_2021"))
    run = run_meting(meting, progress)
    if run.intake is None:
        raise SrsmetingError("demo: the bundled measurement has no export. Install srsmeting anew.")
    out.mkdir(parents=True, exist_ok=True)
    report = run.intake.report
    say(f"{meting.config.title}: {report.rows_used} of {report.rows_received} responses used.")
    write_content(report.to_markdown().encode(), out / "intake.md")
    say(f"  {out / 'intake.md'}: the intake report")
    write_frame(run.estimates, out / "estimates.csv")
    say(f"  {out / 'estimates.csv'}: {len(run.estimates)} figures")
    result, open_ends = verified(meting, run.estimates)
    write_frame(result, out / "verification.csv")
    agreeing = int(result["agrees"].sum())
    say(f"  {out / 'verification.csv'}: {agreeing} of {result['agrees'].count()} published figures reproduced")
    for path in render_bundle(bundled("reports/nulmeting"), meting, run.estimates, ("html",), out, "auto", progress):
        say(f"  {path}: the report, open it in a browser")
    if report.has_findings or open_ends:
        sys.exit(FINDINGS)


def _check_style(ctx: click.Context, _: click.Parameter, file: Path | None) -> None:
    """Say which styles a Word file lacks, and stop."""
    if file is None or ctx.resilient_parsing:
        return
    from srsmeting.render import missing_styles

    missing = missing_styles(file)
    for style in missing:
        say(f"{style.name} ({style.kind}): {style.use}")
    count = f"lacks {len(missing)}" if missing else "has all"
    say(f"{file}: {count} of the styles that a report uses.")
    ctx.exit(FINDINGS if missing else 0)


@click.command(
    epilog=examples(
        "srsmeting render reports/nulmeting --meting analyses/srs_2021 --to html -o out",
        "srsmeting render reports/regio --meting analyses/srs_2021 --per wgo --to pdf -o out",
    )
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--meting", "meting", required=True, type=click.Path(path_type=Path), help="The measurement to put in the report."
)
@click.option(
    "--to", "formats", default="html", show_default=True, metavar="LIST", help="html, docx, pdf, separated by commas."
)
@click.option("--per", metavar="BREAKDOWN", help="A document for each group, such as wgo, called after its code.")
@click.option("--only", metavar="LIST", help="Of these groups only, by their codes, separated by commas.")
@click.option("--engine", type=click.Choice(["auto", "quarto", "embedded"]), default="auto", show_default=True,
              help="auto takes Quarto where it is installed.")  # fmt: skip
@click.option("--reference-doc", type=click.Path(path_type=Path), metavar="FILE.docx",
              help="Word file whose styles the Word document takes.")  # fmt: skip
@click.option("--check-style", type=click.Path(path_type=Path), metavar="FILE.docx", is_eager=True,
              expose_value=False, callback=_check_style,
              help="List the styles that such a file lacks, and stop.")  # fmt: skip
@click.option("--provenance", is_flag=True, help="Add an appendix with the estimates behind every number in the text.")
@click.option("--no-freeze", is_flag=True, help="Run every chapter, also those that did not change.")
@click.option(
    "-o", "out", type=click.Path(path_type=Path), default=Path(), help="Folder for the documents.  [default: here]"
)
def render(
    report: Path,
    meting: Path,
    formats: str,
    per: str | None,
    only: str | None,
    engine: str,
    reference_doc: Path | None,
    provenance: bool,
    no_freeze: bool,
    out: Path,
) -> None:
    """Render REPORT with the figures of METING.

    REPORT is the folder of a Quarto project: a book, or a document such as a factsheet. A chapter is run again only
    when its text, the figures or the code changed.
    """
    if only and not per:
        raise click.UsageError("--only needs --per: the breakdown that the groups are of.")
    from srsmeting.kinds import is_monitor
    from srsmeting.meting import load_meting
    from srsmeting.running import run_meting
    from srsmeting.years import compare_earlier

    wanted = _names(formats)
    freeze = None if no_freeze else _freeze_folder()
    if is_monitor(meting):
        from srsmeting.cli.goal_reports import refuse_options, render_monitor

        refuse_options(per=per)
        render_monitor(
            meting, report, wanted, out, engine, freeze=freeze, provenance=provenance, reference_doc=reference_doc
        )
        return
    loaded = load_meting(meting)
    run = run_meting(loaded, progress)
    years = compare_earlier(loaded, run, progress)
    options: dict[str, Any] = {
        "years": years,
        "freeze": freeze,
        "provenance": provenance,
        "reference_doc": reference_doc,
    }
    if per:
        options |= {"per": per, "only": _names(only or "")}
    for path in render_bundle(report, loaded, run.estimates, wanted, out, engine, progress, **options):
        say(str(path))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


@click.command(
    epilog=examples(
        "srsmeting preview reports/nulmeting --meting analyses/srs_2021",
        "srsmeting preview reports/regio --meting analyses/srs_2021 --per wgo --only sigra",
    )
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--meting", "meting", required=True, type=click.Path(path_type=Path), help="The measurement to put in the report."
)
@click.option("--per", metavar="BREAKDOWN", help="Show a report on one group of this breakdown.")
@click.option("--only", metavar="GROUP", help="With --per: which group.  [default: the first]")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to listen.  [default: a free port]")
@click.option("--no-browser", is_flag=True, help="Only say where the page is.")
def preview(report: Path, meting: Path, per: str | None, only: str | None, port: int, no_browser: bool) -> None:
    """Show REPORT in a browser, and show it anew at every save.

    What is watched is the report and the folder of METING. Only this machine can see the page. Stop with Ctrl-C.
    """
    if only and not per:
        raise click.UsageError("--only needs --per: the breakdown that the group is of.")
    from srsmeting.kinds import is_monitor
    from srsmeting.meting import load_meting
    from srsmeting.render.preview import preview as show
    from srsmeting.running import run_meting
    from srsmeting.years import compare_earlier, follow

    if is_monitor(meting):
        from srsmeting.cli.goal_reports import preview_monitor, refuse_options

        refuse_options(per=per)
        preview_monitor(meting, report, port, browser=not no_browser, freeze=_freeze_folder())
        return

    def build(folder: Path) -> Path:
        loaded = load_meting(meting)
        run = run_meting(loaded, progress)
        options: dict[str, Any] = {"years": compare_earlier(loaded, run, progress), "freeze": _freeze_folder()}
        if per:
            group = only or loaded.questionnaire.breakdown(per).groups[0].code
            options |= {"per": per, "only": (group,)}
        (page,) = render_bundle(report, loaded, run.estimates, ("html",), folder, "embedded", progress, **options)
        return page

    watched = [report, *(one.file.parent for one in follow(load_meting(meting)))]
    show(build, watched, tell=say, port=port, browser=not no_browser)


def render_bundle(
    report: Path,
    meting: Any,
    estimates: Any,
    formats: tuple[str, ...],
    out: Path,
    engine: str,
    tell: Callable[[str], None],
    *,
    per: str = "",
    only: tuple[str, ...] = (),
    years: Any = None,
    **options: Any,
) -> list[Path]:
    """Render a report with figures of a measurement, beside those of the years before it."""
    from srsmeting.bundling import report_env, write_bundle
    from srsmeting.factsheets import group_variants
    from srsmeting.render import render_report, render_variants

    if per:
        with tempfile.TemporaryDirectory() as folder:
            groups = group_variants(
                meting, estimates, per, report, Path(folder), formats=formats, only=only, years=years
            )
            return render_variants(report, groups, to=formats, out=out, engine=engine, progress=tell, **options)
    with tempfile.TemporaryDirectory() as folder:
        write_bundle(meting, estimates, Path(folder), years)
        env = report_env(Path(folder), formats, years)
        return render_report(
            report, to=formats, out=out, engine=engine, env=env, data=[Path(folder)], progress=tell, **options
        )


def _freeze_folder() -> Path:
    """Return where chapters are kept: with the caches of the user, not in the report or beside its results."""
    from platformdirs import user_cache_path

    return user_cache_path("srsmeting", appauthor=False) / "chapters"
