"""Years side by side: the figures of earlier years in the codes of the last, and what changed from year to year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd

from srsmeting.crosswalk import Crosswalk, chain
from srsmeting.errors import RecordError
from srsmeting.estimates import bind_estimates
from srsmeting.meting import Meting, Progress, silent
from srsmeting.running import Run, run_meting
from srsmeting.years.apart import set_apart
from srsmeting.years.chain import crosswalks_between, follow, told_of
from srsmeting.years.changes import changes_of, trends_of
from srsmeting.years.ground import Ground
from srsmeting.years.levels import levels_of
from srsmeting.years.lost import count_lost
from srsmeting.years.translating import Translation
from srsmeting.years.year import Year, refuse, run_year


@dataclass(frozen=True)
class Before:
    """A measurement that comes before another, as readers know it.

    Parameters
    ----------
    meting
        Its id.
    period
        The year or period that its answers are about.
    title
        Its title.
    record
        Number of the record that its figures are of; 0 where there is none, and they are computed.
    """

    meting: str
    period: str
    title: str
    record: int = 0


@dataclass(frozen=True)
class Compared:
    """What came of a comparison.

    Parameters
    ----------
    own
        Estimate frame of the last measurement.
    years
        Estimate frame of what stands beside that, in the codes of the last questionnaire: the published figures of
        every earlier measurement, and of each two that follow each other what changed, under the id of the later one;
        over more than two years also what changed since the first that a figure may be compared with
        (``trend_change``). A number across a break has status B; what may not be compared has no number.
    apart
        What may not be compared, as :func:`set_apart` lists it.
    earlier
        The measurements before the last, the earliest first.
    overlaps
        Per two years, in words, how many organisations answered both times.
    published
        What readers have of each year, in its own codes: of the earlier ones what was published, and of the last `own`.
    onward
        From each earlier year to the last.
    lost
        Of earlier measurements whose record no longer comes out of their files, how many shares do not: changes are
        computed from the answers as they are.
    """

    own: pd.DataFrame
    years: pd.DataFrame
    apart: pd.DataFrame
    earlier: tuple[Before, ...]
    overlaps: tuple[str, ...]
    published: tuple[pd.DataFrame, ...] = ()
    onward: tuple[Crosswalk, ...] = ()
    lost: Mapping[str, int] = field(default_factory=dict)

    @property
    def estimates(self) -> pd.DataFrame:
        """Everything: the figures of all years, and what changed."""
        return bind_estimates(self.years, self.own)


def compare_earlier(meting: Meting, run: Run, progress: Progress | None = None) -> Compared | None:
    """Compare a measurement that was run with those that its ``earlier`` leads to, to publish it; None without.

    Raises
    ------
    RecordError
        When published figures of one no longer come out of its files: what changed since would not be the difference
        of what readers have.
    SrsmetingError
        As :func:`compare_metings` does.
    """
    if not meting.config.earlier:
        return None
    compared = compare_metings(follow(meting), progress, run=run)
    refuse_lost(compared)
    return compared


def refuse_lost(compared: Compared) -> None:
    """Refuse to publish years of which the published figures no longer come out of the files.

    Raises
    ------
    RecordError
        Naming the first of them.
    """
    for before in compared.earlier:
        if before.meting in compared.lost:
            raise RecordError(
                f"{before.meting}: {compared.lost[before.meting]} shares of record {before.record} no longer come out "
                "of its files, and what changed since would not be the difference of what readers have. Put back what "
                "changed (`srsmeting verify` tells what), or publish a revision with `srsmeting record`."
            )


def compare_metings(metings: Sequence[Meting], progress: Progress | None = None, *, run: Run | None = None) -> Compared:
    """Compare measurements of two or more years, each with the one before it.

    Parameters
    ----------
    metings
        Earliest first; each but the first names its ``crosswalk`` with the one before.
    progress
        Called with a short text at every step.
    run
        What came out of the last, where it was run before.

    Raises
    ------
    SrsmetingError
        For fewer than two measurements, two with one id, years in the wrong order, a measurement without answers or a
        crosswalk, or some that are weighted and others not; and whatever the files of the measurements have wrong.
    """
    tell = progress or silent
    # Everything that can be refused is, before anything is computed.
    crosswalks = crosswalks_between(metings)
    refuse(metings)
    *before, last = metings
    run = run or run_meting(last, lambda text: tell(f"{last.config.meting}: {text}" if text else text))
    years = []
    for meting in before:
        with told_of(meting.file.parent):
            years.append(run_year(meting, tell))
    years.append(run_year(last, tell, run))
    # From every earlier year to the last.
    onward = [chain(crosswalks[number:]) for number in range(len(crosswalks))]
    grounds = [Ground(year, years[-1], crosswalk) for year, crosswalk in zip(years[:-1], onward, strict=True)]
    frames = [levels_of(ground) for ground in grounds]
    overlaps = []
    for number, (earlier, later) in enumerate(pairwise(years)):
        tell(f"comparing {later.id} with {earlier.id}")
        is_last = later is years[-1]
        changes, overlap = changes_of(grounds[-1] if is_last else Ground(earlier, later, crosswalks[number]))
        # Of what changed before, too, only what the last questionnaire has a name for.
        frames.append(changes if is_last else _onward(changes, onward[number + 1]))
        overlaps.append(overlap)
    frames += trends_of(grounds)
    return Compared(
        run.estimates,
        bind_estimates(*frames),
        set_apart(metings, crosswalks, onward, run.estimates),
        tuple(_before(year) for year in years[:-1]),
        tuple(overlaps),
        (*(year.published for year in years[:-1]), run.estimates),
        tuple(onward),
        {ground.earlier.id: lost for ground in grounds if (lost := count_lost(ground))},
    )


def _onward(changes: pd.DataFrame, crosswalk: Crosswalk) -> pd.DataFrame:
    """Return what changed between earlier years, in the codes of the last: a later break leaves it as it is."""
    own = changes.assign(own_status=changes["status"], own_reason=changes["reason"])
    translated, _ = Translation(crosswalk).translate(own)
    broken = translated["status"] == "B"
    for name in ("status", "reason"):
        translated[name] = translated[name].mask(broken, translated[f"own_{name}"])
    return translated.drop(columns=["own_status", "own_reason"])


def _before(year: Year) -> Before:
    config = year.meting.config
    period = config.report.period if config.report else ""
    return Before(config.meting, period, config.title, year.record)
