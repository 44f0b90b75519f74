"""The years beside a publication: kept with its record, and why they would come out differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from srsmeting.meting import Meting, Progress
from srsmeting.record import read_records
from srsmeting.record.inputs import BESIDE, changed_files, input_files, stock
from srsmeting.record.model import EarlierYear, Record, YearsBeside
from srsmeting.running import Run
from srsmeting.years import compare_metings, follow, refuse_lost

#: What says how years are told in each other's codes: every figure of any year can differ by it.
_BETWEEN: Final = ("crosswalk", "questionnaire")

_ONLY_PRINTED: Final = tuple(key for key in BESIDE if key not in _BETWEEN)


def earlier_years(meting: Meting) -> dict[str, EarlierYear]:
    """Return what the measurements that ``earlier`` leads to are made of now, by their ids."""
    found = {}
    for before in follow(meting)[:-1]:
        records = read_records(before.record, before.config.meting)
        files = {key: entry.sha256 for key, entry in stock(before).files.items() if key not in _ONLY_PRINTED}
        found[before.config.meting] = EarlierYear(record=len(records), files=files)
    return found


@dataclass(frozen=True)
class Beside:
    """The years beside a measurement.

    Parameters
    ----------
    years
        Their frame; see :class:`srsmeting.years.Compared`.
    config
        What a record says of it.
    """

    years: pd.DataFrame
    config: YearsBeside


def set_beside(meting: Meting, run: Run, progress: Progress, *, publishing: bool = False) -> Beside | None:
    """Compare a measurement that was run with those before it; None where it names none.

    Raises
    ------
    RecordError
        To be published, when published figures of one of them no longer come out of its files.
    SrsmetingError
        Whatever is wrong with the years before.
    """
    if not meting.config.earlier:
        return None
    # Looked up first: what was computed with can then be told from what changed meanwhile.
    earlier = earlier_years(meting)
    compared = compare_metings(follow(meting), progress, run=run)
    if publishing:
        refuse_lost(compared)
    return Beside(compared.years, YearsBeside(figures=len(compared.years), earlier=earlier))


@dataclass(frozen=True)
class Cause:
    """Something that is not as it was recorded.

    Parameters
    ----------
    told
        What, in words.
    year
        Whose figures and changes can differ by it; empty for all.
    """

    told: str
    year: str = ""


class Causes:
    """What can make the years beside a record come out differently.

    Parameters
    ----------
    meting
        The measurement as it is.
    record
        A record of it that keeps years.
    own
        What is not as recorded of the measurement itself: files and settings.
    outside
        The same of software.
    """

    def __init__(self, meting: Meting, record: Record, own: Sequence[str], outside: Sequence[str]) -> None:
        before = record.config.years.earlier if record.config.years else {}
        self._ids = (*before, meting.config.meting)
        self._all = [
            *(Cause(told, meting.config.meting) for told in own),
            *_crosswalk(meting, record),
            *_of_years(earlier_years(meting), before),
            *map(Cause, outside),
        ]

    def why(self, key: str, otherwise: str) -> str:
        """Tell why a figure differs, by its key; `otherwise` where nothing that it leans on is not as recorded."""
        year, *_, measure = key.split("|")
        place = self._ids.index(year) if year in self._ids else 0
        # What changed leans on two years that follow each other; over the years, on the first of them too.
        leans = self._ids if measure.startswith("trend_") else self._ids[max(place - 1, 0) : place + 1]
        found = [cause.told for cause in self._all if not cause.year or cause.year in leans]
        return f"one or more of: {'; '.join(found)}" if len(found) > 1 else (*found, otherwise)[0]


def _crosswalk(meting: Meting, record: Record) -> Iterator[Cause]:
    now, before = input_files(meting).get("crosswalk"), record.config.inputs.get("crosswalk")
    if not now or not before:
        return
    if stock(meting).files["crosswalk"].sha256 != before.sha256:
        yield Cause(f"{now} (crosswalk) changed")


def _of_years(now: dict[str, EarlierYear], before: dict[str, EarlierYear]) -> Iterator[Cause]:
    for id in dict.fromkeys((*before, *now)):
        if id not in now or id not in before:
            yield Cause(f"{id} {'is not compared with any more' if id not in now else 'is compared with too'}")
            continue
        was, is_ = before[id], now[id]
        files = {}
        for key in changed_files(is_.files, was.files):
            files[key] = "was added" if key not in was.files else "is left out" if key not in is_.files else "changed"
        own = {key: what for key, what in files.items() if key not in _BETWEEN}
        if was.record != is_.record:
            # What changed is why it was published again.
            why = f" ({', '.join(f'{key} {what}' for key, what in own.items())})" if own else ""
            yield Cause(f"{id} was {_published(was)}, is {_published(is_)}{why}", id)
        else:
            yield from (Cause(f"{key} of {id} {what}", id) for key, what in own.items())
        yield from (Cause(f"{key} of {id} {what}") for key, what in files.items() if key in _BETWEEN)


def _published(year: EarlierYear) -> str:
    return f"published as record {year.record}" if year.record else "not recorded"
