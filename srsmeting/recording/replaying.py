"""Replaying a record: whether its figures still come out of the files as they are, and why not.

The reason is found by computing, not by guessing. With the recorded settings, questionnaire and codes on the present
data, what still differs comes of the data or of the software; what differs only with the present ones comes of those,
and which of them is seen by taking over one at a time. Of the years beside it, everything is named that a figure leans
on and that is not as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from srsmeting.errors import RecordError, SrsmetingError
from srsmeting.meting import Meting, Progress, silent
from srsmeting.record.inputs import BESIDE, DATA, changed_files, stock, versions_now
from srsmeting.record.model import Record
from srsmeting.recording.beside import Causes, set_beside
from srsmeting.recording.differences import Difference, differences, suppression_only, tell
from srsmeting.recording.settings import CONFIGURATION, Recipe, changed_settings
from srsmeting.running import Run
from srsmeting.verification import COLUMNS

_NOTHING: Final = "inputs, settings and versions are as recorded: the code, or the machine, is another"


@dataclass(frozen=True)
class Replay:
    """What replaying a record came to.

    Parameters
    ----------
    record
        Which record.
    rows
        A row per figure that would come out differently, with the columns of
        :func:`srsmeting.verification.verify_estimates`: ``published_id`` is the record, ``option`` the key of the
        figure, ``note`` tells why.
    figures
        How many figures the record holds, with those of the years beside it.
    told
        What else there is to know: what is new, whether only suppression differs, which files changed without effect.
    """

    record: Record
    rows: pd.DataFrame
    figures: int
    told: tuple[str, ...]

    @property
    def again(self) -> int:
        """How many of its figures come out again."""
        return self.figures - len(self.rows)

    def beneath(self, result: pd.DataFrame | None, most: int | None = None) -> pd.DataFrame:
        """Return the rows beneath those of :func:`srsmeting.verification.verify_estimates`, where there are any.

        Parameters
        ----------
        result
            Those; None for none.
        most
            How many rows at most, the first; None for all.
        """
        rows = self.rows if most is None else self.rows.head(most)
        return rows if result is None else pd.concat([result, rows], ignore_index=True)

    @property
    def reasons(self) -> dict[str, int]:
        """How many figures differ for each reason, the most first."""
        return {str(note): int(count) for note, count in self.rows["note"].value_counts().items()}


def replay_record(meting: Meting, record: Record, run: Run, progress: Progress | None = None) -> Replay:
    """Compute the figures of a record again, and tell which come out differently and why.

    Parameters
    ----------
    meting
        The measurement as it is.
    record
        What was published of it.
    run
        What comes out of the measurement as it is.
    progress
        Called with a short text at every step.

    Raises
    ------
    SrsmetingError
        When the record or a file of the measurement cannot be read.
    """
    step = progress or silent
    step(f"replaying {record.name}")
    published = record.read_estimates()
    recipe = Recipe(meting, record)
    before, now = record.config.inputs, stock(meting).files
    changed = changed_files(
        {key: entry.sha256 for key, entry in now.items()}, {key: entry.sha256 for key, entry in before.items()}
    )
    files = {key: entry.file for key, entry in before.items()} | {key: entry.file for key, entry in now.items()}
    told = {
        key: f"{files[key]} ({key}) "
        + ("was added" if key not in before else "is left out" if key not in now else "changed")
        for key in changed
        if key not in (*BESIDE, CONFIGURATION)
    }
    try:
        if settings := changed_settings(meting.config, recipe.config):
            told[CONFIGURATION] = f"settings: {', '.join(settings)}"
    except RecordError:
        told[CONFIGURATION] = "the recorded settings, which this version cannot follow"
    data = [text for key, text in told.items() if key in DATA]
    kept = {key: text for key, text in told.items() if key not in DATA}

    versions = _versions(record)
    apart, notes = _explained(recipe, kept, (*data, *versions), run.estimates, published)
    if record.config.years:
        beside = set_beside(meting, run, step)
        years = record.read_years()
        differing = differences(beside.years if beside else years.iloc[:0], years)
        if differing:
            causes = Causes(meting, record, [*told.values()], versions)
            notes |= {one.key: causes.why(one.key, _NOTHING) for one in differing}
        apart = [*apart, *differing]
    old = [one for one in apart if one.kind != "added"]
    rows = [(record.name, one.key, one.old, one.new, False, notes[one.key]) for one in old]
    result = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"agrees": "boolean"})
    reasons = set(notes.values())
    idle = [
        files[key]
        for key in changed
        if key not in BESIDE and not any(key in told and told[key] in reason for reason in reasons)
    ]
    figures = record.config.figures + (record.config.years.figures if record.config.years else 0)
    return Replay(record, result, figures, tuple(_told(record, apart, idle)))


def _explained(
    recipe: Recipe,
    kept: dict[str, str],
    outside: tuple[str, ...],
    estimates: pd.DataFrame,
    published: pd.DataFrame,
) -> tuple[list[Difference], dict[str, str]]:
    """Return what differs, and why by key; `outside` tells what changed that the record has no copy of."""
    unkept = "; ".join(outside) or _NOTHING
    now = differences(estimates, published)
    if not kept:
        return now, {one.key: unkept for one in now}
    try:
        with_recorded = recipe.run(())
    except SrsmetingError as problem:
        first = str(problem).partition("\n")[0]
        everything = "; ".join((*outside, *kept.values()))
        why = f"{everything} (the recorded settings do not fit the files as they are: {first})"
        return now, {one.key: why for one in now}
    still = differences(with_recorded, published)
    notes = {one.key: unkept for one in still}
    mine = [one for one in now if one.key not in notes]
    if mine:
        notes |= _by_part(recipe, kept, with_recorded, {one.key for one in mine})
    return [*still, *mine], notes


def _by_part(recipe: Recipe, kept: dict[str, str], base: pd.DataFrame, keys: set[str]) -> dict[str, str]:
    """Tell which of the changed parts makes a figure differ, by taking over one at a time."""
    if len(kept) == 1:
        return dict.fromkeys(keys, *kept.values())
    found: dict[str, list[str]] = {key: [] for key in keys}
    for part, told in kept.items():
        try:
            apart = differences(recipe.run((part,)), base)
        except SrsmetingError:
            # It goes with another part that changed too; then they are told together.
            continue
        for one in apart:
            if one.key in found:
                found[one.key].append(told)
    together = f"together: {'; '.join(kept.values())}"
    return {key: "; ".join(told) or together for key, told in found.items()}


def _versions(record: Record) -> list[str]:
    now = versions_now()
    before = record.config.versions
    return [
        f"{name} was {before.get(name, 'not there')}, is {version}"
        for name, version in now.items()
        if before.get(name) != version
    ]


def _told(record: Record, apart: list[Difference], idle: list[str]) -> list[str]:
    told = []
    new = [one for one in apart if one.kind == "added"]
    old = [one for one in apart if one.kind != "added"]
    if new:
        measures = sorted({one.key.rpartition("|")[2] for one in new})
        are = "1 figure is" if len(new) == 1 else f"{len(new)} figures are"
        told.append(f"{are} not in {record.name}: {', '.join(measures)}.")
    if suppression_only(old):
        told.append(f"It differs from {record.name}: {tell(old)}.")
    if idle:
        told.append(f"Changed since {record.name}, without any figure differing by it: {', '.join(idle)}.")
    return told
