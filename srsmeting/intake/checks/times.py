"""When responses were given and how long that took: the period of fieldwork, and times that cannot be right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.intake.checks.findings import Finding, respondents, where
from srsmeting.intake.checks.moments import Instants, instants
from srsmeting.intake.raw import Lines, RawExport, Times
from srsmeting.responses import Mask

#: Where moments are that tell no zone, when meting.yaml does not say.
TIMEZONE: Final = "Europe/Amsterdam"
#: Too fast is less than this percentage of the median duration; with fewer durations the median says too little.
TOO_FAST, FEWEST = 30, 20

#: What LimeSurvey and its database write for a moment that is not known: no moment, and no mistake.
_NOT_KNOWN = ("1980-01-01", "0000-00-00")
_SECONDS = re.compile(r"\d+(\.\d+)?")
_CLOCK = re.compile(r"(\d+):(\d{2}):(\d{2})")


@dataclass(frozen=True)
class Timing:
    """What the times of the responses that count tell.

    Parameters
    ----------
    fieldwork
        First and last day on which one came in; None when no moment is known.
    findings
        Times that cannot be right.
    have
        Which of :data:`.findings.NEEDS` the times meet: ``moments``, ``times`` and ``durations``.
    """

    fieldwork: tuple[dt.date, dt.date] | None
    findings: tuple[Finding, ...]
    have: frozenset[str]


def time_responses(
    raw: RawExport,
    used: Mask,
    finished: Mask,
    timezone: str = TIMEZONE,
    questions: Collection[str] = (),
) -> Timing:
    """Look at the times of the responses that count.

    Parameters
    ----------
    raw
        The export.
    used
        Which of its rows count.
    finished
        Which of those got to the end: the others tell nothing of how long the survey takes.
    timezone
        Zone in which days are told, and of moments that tell none.
    questions
        Columns with answers: a question can have the name of a time.
    """
    zone, times = ZoneInfo(timezone), _without(raw.times, questions)
    lines = raw.lines[used]
    moments = {
        column: raw.cells.loc[used, column].reset_index(drop=True) for column in (times.start, times.end) if column
    }
    found = {
        column: instants(texts, _known_zone(times.zones.get(column, "")) or zone) for column, texts in moments.items()
    }
    findings = [*_unreadable(moments, {column: instant for column, (instant, _) in found.items()}, lines)]
    took = np.full(len(lines), np.nan)
    have = {"moments"} if found else set()
    if times.start and times.end:
        have.add("times")
        took = _between(times, moments, found, zone)
        backwards = np.flatnonzero(took < 0)
        if len(backwards):
            message = f"{respondents(len(backwards), 'is', 'zijn')} volgens de tijdstippen eerder klaar dan begonnen."
            findings.append(Finding("end_before_start", "", len(backwards), f"{message} {where(backwards, lines)}"))
        took[took < 0] = np.nan
    if times.seconds:
        told = _seconds(raw.cells.loc[used, times.seconds])
        took = np.where(np.isnan(told), took, told)
    took[~finished] = np.nan
    if np.isfinite(took).sum() >= FEWEST:
        have.add("durations")
        findings += _too_fast(took, lines)
    return Timing(_fieldwork(found, times.end, zone), tuple(findings), frozenset(have))


def is_timezone(name: str) -> bool:
    """Say whether there is a time zone of this name.

    Examples
    --------
    >>> is_timezone("Europe/Amsterdam"), is_timezone("Amsterdam"), is_timezone("")
    (True, False, False)
    """
    return _known_zone(name) is not None


def _without(times: Times, questions: Collection[str]) -> Times:
    start, end, seconds = ("" if column in questions else column for column in (times.start, times.end, times.seconds))
    return Times(start, end, seconds, times.zones)


def _known_zone(name: str) -> ZoneInfo | None:
    # A survey tool can call a zone as it likes; what is no name of one is no news.
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _between(
    times: Times, moments: dict[str, pd.Series[str]], found: dict[str, tuple[Instants, Mask]], zone: ZoneInfo
) -> npt.NDArray[np.float64]:
    (start, start_told), (end, end_told) = found[times.start], found[times.end]
    end = end.copy()
    backwards = np.flatnonzero(end < start)
    if len(backwards):
        # Who began in the hour that comes twice in autumn, may have ended in its second time round.
        later, _ = instants(moments[times.end].iloc[backwards], _known_zone(times.zones.get(times.end, "")) or zone, 1)
        end[backwards] = later
    took = (end - start).astype("timedelta64[s]").astype(np.float64)
    return np.where(start_told & end_told & ~np.isnat(start) & ~np.isnat(end), took, np.nan)


def _seconds(column: pd.Series[str]) -> npt.NDArray[np.float64]:
    numbers, values = pd.factorize(column.str.strip())
    told = [_as_seconds(value) for value in values]
    return np.array(told, dtype=np.float64)[numbers] if told else np.full(len(column), np.nan)


def _as_seconds(value: str) -> float:
    if _SECONDS.fullmatch(value):
        return float(value)
    found = _CLOCK.fullmatch(value)
    return 3600.0 * int(found[1]) + 60 * int(found[2]) + int(found[3]) if found else np.nan


def _unreadable(moments: dict[str, pd.Series[str]], found: dict[str, Instants], lines: Lines) -> Iterator[Finding]:
    strange = np.zeros(len(lines), dtype=np.bool_)
    for column, moment in found.items():
        unknown = np.flatnonzero(np.isnat(moment))
        texts = moments[column].iloc[unknown]
        given = (texts.str.strip() != "") & ~texts.str.startswith(_NOT_KNOWN)
        strange[unknown[given.to_numpy(dtype=np.bool_)]] = True
    rows = np.flatnonzero(strange)
    if len(rows):
        message = f"{respondents(len(rows), 'heeft', 'hebben')} een begin- of eindtijd die niet te lezen is."
        yield Finding("moment_unreadable", "", len(rows), f"{message} {where(rows, lines)}")


def _too_fast(took: npt.NDArray[np.float64], lines: Lines) -> Iterator[Finding]:
    median = float(np.nanmedian(took))
    rows = np.flatnonzero(took < TOO_FAST / 100 * median)
    if len(rows):
        message = (
            f"{respondents(len(rows), 'deed', 'deden')} over de vragenlijst minder dan {TOO_FAST}% van de "
            f"mediane duur ({_duration(int(median))}). {where(rows, lines)}"
        )
        yield Finding("too_fast", "", len(rows), message)


def _duration(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours} uur en {minutes} minuten" if hours else f"{minutes} min {rest} s"


def _fieldwork(found: dict[str, tuple[Instants, Mask]], end: str, zone: ZoneInfo) -> tuple[dt.date, dt.date] | None:
    if not end:
        return None
    known = found[end][0][~np.isnat(found[end][0])]
    if not len(known):
        return None
    first, last = (
        instant.item().replace(tzinfo=dt.UTC).astimezone(zone).date() for instant in (known.min(), known.max())
    )
    return first, last
