"""Proof-reading a report."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from srsmeting.cli.terminal import FINDINGS, examples, progress, say
from srsmeting.errors import ConfigurationError


@click.command(
    epilog=examples(
        "srsmeting proof reports/nulmeting",
        "srsmeting proof reports/nulmeting --meting analyses/srs_2021",
        "srsmeting proof reports/nulmeting --meting analyses/srs_2022 --against analyses/srs_2021",
        "srsmeting proof reports/regio --meting analyses/srs_2021 --per wgo",
    )
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--meting", "meting", type=click.Path(path_type=Path), help="The measurement that the report is on.")
@click.option("--per", metavar="BREAKDOWN", help="Of a report on one group: read it on the figures of every group.")
@click.option(
    "--against",
    "against",
    type=click.Path(path_type=Path),
    help="Other figures: a measurement, or an estimate frame of this one. Lists the sentences that change.",
)
def proof(report: Path, meting: Path | None, per: str | None, against: Path | None) -> None:
    """Proof-read REPORT: what in it could be untrue, or lead nowhere.

    Lists numbers, number-words and comparisons that are typed by hand, exhibits that no text refers to, and references
    to exhibits that are not there; with --meting also numbers that disagree with the published ones. A line that is
    right as it is has a mark with the reason: <!-- proof: ok, the name of a law -->.
    """
    from srsmeting.cli.goal_reports import refuse_options
    from srsmeting.goals_bundling import MONITOR
    from srsmeting.proofing import proof_report

    if meting is None:
        if against is not None:
            raise click.UsageError("--against needs --meting: the figures that the report has now.")
        if per is not None:
            raise click.UsageError("--per needs --meting: the figures of the groups.")
        found = proof_report(report)
    else:
        with tempfile.TemporaryDirectory() as folder:
            now, then = Path(folder) / "now", Path(folder) / "then"
            loaded, disagreeing = _written(meting, now)
            if (now / MONITOR).is_dir():
                refuse_options(per=per)
            if against is not None:
                _written_against(against, loaded, then)
            progress("reading")
            found = []
            for bundle, other in _bundles(loaded, per, now, None if against is None else then, Path(folder)):
                found += proof_report(report, bundle=bundle, against=other, disagreeing=disagreeing)
            found = list(dict.fromkeys(found))
    for fault in found:
        say(str(fault))
    if found:
        sys.exit(FINDINGS)
    say("Nothing found.")


def _bundles(
    meting: Any, per: str | None, now: Path, then: Path | None, folder: Path
) -> Iterator[tuple[Path, Path | None]]:
    """Yield the bundle to read on, and the one to hold it against: of everyone, or of every group."""
    from srsmeting.bundling import write_group_bundle

    if per is None:
        yield now, then
        return
    for at, group in enumerate(meting.questionnaire.breakdown(per).groups):
        made = [folder / f"{name}-{at}" for name in ("now", "then")]
        write_group_bundle(now, per, group.code, made[0])
        if then is not None:
            write_group_bundle(then, per, group.code, made[1])
        yield made[0], None if then is None else made[1]


def _written(path: Path, folder: Path) -> tuple[Any, dict[str, str]]:
    """Write the bundle of a measurement; return the measurement, and which of its figures are not as published."""
    from srsmeting.kinds import is_monitor

    if is_monitor(path):
        from srsmeting.cli.goal_reports import write_monitor_bundle

        return write_monitor_bundle(path, folder)
    from srsmeting.bundling import write_bundle
    from srsmeting.meting import load_meting
    from srsmeting.running import run_meting
    from srsmeting.verification import disagreements, read_published
    from srsmeting.years import compare_earlier

    meting = load_meting(path)
    run = run_meting(meting, progress)
    estimates = run.estimates
    write_bundle(meting, estimates, folder, compare_earlier(meting, run, progress))
    if not meting.config.published:
        return meting, {}
    return meting, disagreements(estimates, read_published(meting.path(meting.config.published)))


def _written_against(path: Path, meting: Any, folder: Path) -> None:
    """Write the bundle of other figures: of another measurement, or an estimate frame of the same one."""
    from srsmeting.bundling import write_bundle
    from srsmeting.estimates import read_estimates
    from srsmeting.goals import GoalsMonitor
    from srsmeting.goals_bundling import write_goals_bundle

    if path.suffix.lower() != ".csv":
        _written(path, folder)
        return
    estimates = read_estimates(path)
    others = sorted(set(estimates["meting"]) - {meting.config.meting})
    if others:
        raise ConfigurationError(
            f"{path}: has estimates of {others[0]!r}, and the report is on {meting.config.meting!r}. Name the folder "
            "of that measurement instead, which has its questionnaire."
        )
    if isinstance(meting, GoalsMonitor):
        write_goals_bundle(meting, estimates, folder)
    else:
        write_bundle(meting, estimates, folder)
