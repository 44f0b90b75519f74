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
    from srsmeting.frames import write_frame
    from srsmeting.meting import load_meting, run_meting

    meting = load_meting(bundled("analyses/srs_2021"))
    run = run_meting(meting, progress)
    if run.intake is None:
        raise SrsmetingError("demo: the bundled measurement has no export. Install srsmeting anew.")
    out.mkdir(parents=True, exist_ok=True)
    report = run.intake.report
    say(f"{meting.config.title}: {report.rows_used} of {report.rows_received} responses used.")
    (out / "intake.md").write_text(report.to_markdown(), encoding="utf-8")
    say(f"  {out / 'intake.md'}: the intake report")
    write_frame(run.estimates, out / "estimates.csv")
    say(f"  {out / 'estimates.csv'}: {len(run.estimates)} figures")
    result, open_ends = verified(meting, run.estimates)
    write_frame(result, out / "verification.csv")
    agreeing = int(result["agrees"].sum())
    say(f"  {out / 'verification.csv'}: {agreeing} of {result['agrees'].count()} published figures reproduced")
    for path in _render(bundled("reports/nulmeting"), meting, run.estimates, ("html",), out, "auto", progress):
        say(f"  {path}: the report, open it in a browser")
    if report.has_findings or open_ends:
        sys.exit(FINDINGS)


@click.command(epilog=examples("srsmeting render reports/nulmeting --meting analyses/srs_2021 --to html -o out"))
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--meting", "meting", required=True, type=click.Path(path_type=Path), help="The measurement to put in the report."
)
@click.option(
    "--to", "formats", default="html", show_default=True, metavar="LIST", help="html, docx, pdf, separated by commas."
)
@click.option("--engine", type=click.Choice(["auto", "quarto", "embedded"]), default="auto", show_default=True,
              help="auto takes Quarto where it is installed.")  # fmt: skip
@click.option("--provenance", is_flag=True, help="Add an appendix with the estimates behind every number in the text.")
@click.option("--no-freeze", is_flag=True, help="Run every chapter, also those that did not change.")
@click.option(
    "-o", "out", type=click.Path(path_type=Path), default=Path(), help="Folder for the documents.  [default: here]"
)
def render(report: Path, meting: Path, formats: str, engine: str, provenance: bool, no_freeze: bool, out: Path) -> None:
    """Render REPORT with the figures of METING.

    REPORT is the folder of a Quarto book. A chapter is run again only when its text, the figures or the code changed.
    """
    from srsmeting.meting import load_meting, run_meting

    loaded = load_meting(meting)
    run = run_meting(loaded, progress)
    wanted = tuple(name.strip() for name in formats.split(",") if name.strip())
    freeze = None if no_freeze else _freeze_folder()
    for path in _render(
        report, loaded, run.estimates, wanted, out, engine, progress, freeze=freeze, provenance=provenance
    ):
        say(str(path))


def _render(
    report: Path,
    meting: Any,
    estimates: Any,
    formats: tuple[str, ...],
    out: Path,
    engine: str,
    tell: Callable[[str], None],
    **options: Any,
) -> list[Path]:
    from srsmeting.bundling import write_bundle
    from srsmeting.render import render_report

    with tempfile.TemporaryDirectory() as folder:
        write_bundle(meting, estimates, Path(folder))
        env = {"SRSMETING_REPORT": folder, "SRSMETING_FORMATS": ",".join(formats)}
        return render_report(
            report, to=formats, out=out, engine=engine, env=env, data=[Path(folder)], progress=tell, **options
        )


def _freeze_folder() -> Path:
    """Return where chapters are kept: with the caches of the user, not in the report or beside its results."""
    from platformdirs import user_cache_path

    return user_cache_path("srsmeting", appauthor=False) / "chapters"
