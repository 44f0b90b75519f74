"""A round of a monitor of goals: a workbook out to every unit, and what they filled in back in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from srsmeting.errors import Fault, RoundError, SrsmetingError
from srsmeting.goals import COLUMNS, GoalsMonitor, Moment, Unit, load_monitor
from srsmeting.rounds.adding import Replacement, with_rows
from srsmeting.rounds.asking import ask, before
from srsmeting.rounds.checking import check_told
from srsmeting.rounds.filled import Filled, read_filled
from srsmeting.rounds.told import Told
from srsmeting.rounds.workbook import make_workbook
from srsmeting.workbooks import save_workbook

N = TypeVar("N", Moment, Unit)

#: Where workbooks go, below the folder of the measurement and by moment.
FOLDER: Final = "rondes"


@dataclass(frozen=True)
class Sent:
    """The workbooks of a round.

    Parameters
    ----------
    written
        New ones.
    kept
        Those that were there, and were left as they are.
    answered
        Units that told everything already, and got none.
    """

    written: tuple[Path, ...]
    kept: tuple[Path, ...] = ()
    answered: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Round:
    """What came of a round.

    Parameters
    ----------
    moment
        Which one.
    told
        What every unit told, in the order of the files.
    added
        How many rows were added, by file.
    waiting
        Units that told nothing of this moment yet.
    remarks
        What must be looked at.
    """

    moment: Moment
    told: tuple[Told, ...]
    added: Mapping[Path, int]
    waiting: tuple[Unit, ...]
    remarks: tuple[Fault, ...]


def new_round(
    monitor: GoalsMonitor,
    moment: str,
    folder: str | os.PathLike[str] | None = None,
    *,
    units: Sequence[str] = (),
) -> Sent:
    """Write the workbooks in which units tell how they stand at a moment.

    Parameters
    ----------
    monitor
        The measurement; what it knows already is shown, and not asked.
    moment
        Which of its moments, by its id or its label.
    folder
        Where to; it is made where need be. Default ``rondes/<moment>`` beside ``meting.yaml``.
    units
        Which ones, by id, label or alias; default all.

    Raises
    ------
    UnknownNameError
        For a moment or a unit that does not exist.
    RoundError
        When the measurement has no file for results, nobody to ask or nothing to ask for, or the folder cannot be made.
    """
    at = _called(monitor.moments, moment) or monitor.moment(moment)
    asked = [_called(monitor.units, name) or monitor.unit(name) for name in units] or list(monitor.units)
    if not monitor.config.files.results:
        raise RoundError(f"{monitor.file.name}: 'files' names no 'results', where answers go. Add results.csv.")
    if not asked or not monitor.tracks:
        what = "units" if not asked else "tracks"
        raise RoundError(f"{monitor.file.name}: has no {what}, so there is nothing to ask. Add them.")
    place = Path(folder) if folder is not None else monitor.file.parent / FOLDER / at.id
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise RoundError(f"{place}: cannot be made: {problem.strerror}. Name another folder.") from None
    written, kept, answered = [], [], []
    for unit in asked:
        path = place / f"{unit.id}-{at.id}.xlsx"
        if all(line.known for form in ask(monitor, unit.id, at) for line in form.lines if form.name == "results"):
            answered.append(unit)
        elif os.path.lexists(path):
            kept.append(path)
        else:
            save_workbook(make_workbook(monitor, unit, at), path)
            written.append(path)
    return Sent(tuple(written), tuple(kept), tuple(answered))


def read_round(monitor: GoalsMonitor, files: Sequence[str | os.PathLike[str]], moment: str = "") -> Round:
    """Take in the workbooks of a round, and add what they tell to the files of the measurement.

    Parameters
    ----------
    monitor
        The measurement.
    files
        Workbooks that were filled in, of one moment, one a unit.
    moment
        Which moment they must be of; default the one that they say.

    Returns
    -------
    Round
        What was added, who is waited for, and what must be looked at.

    Raises
    ------
    RoundError
        With every fault of every workbook: file, sheet and cell. Nothing was added then.
    UnknownNameError
        For a moment that does not exist.
    """
    at = _called(monitor.moments, moment) or monitor.moment(moment) if moment else None
    faults: list[Fault] = []
    filled: list[Filled] = []
    for file in files:
        try:
            filled.append(read_filled(file))
        except RoundError as problem:
            faults.append(_whole(problem, Path(file)))
    at, right = _one_round(monitor, filled, at, faults)
    told = [Told(each, monitor, at) for each in right if at]
    for each in told:
        check_told(each)
    faults += [fault for each in filled for fault in each.faults]
    if faults or at is None:
        raise RoundError(faults=faults)
    return _take(monitor, at, told)


def _called(known: Sequence[N], name: str) -> N | None:
    """Return what has that name in the data: its id, its label or an alias."""
    return next((one for one in known if name.strip().casefold() in one.names), None)


def _one_round(
    monitor: GoalsMonitor, filled: Sequence[Filled], asked: Moment | None, faults: list[Fault]
) -> tuple[Moment | None, list[Filled]]:
    """Return the moment that the workbooks are of, None when that is no moment, and the workbooks that are of it."""
    right: list[Filled] = []
    known = {moment.id: moment for moment in monitor.moments}
    units = {unit.id for unit in monitor.units}
    at, names = asked, dict[str, str]()

    def fault(each: Filled, message: str, rule: str) -> None:
        faults.append(Fault(each.name, message, rule=rule))

    for each in filled:
        whose = each.identity
        if whose.meting != monitor.meting:
            fault(
                each,
                f"is of another measurement ({whose.meting!r}; this is {monitor.meting!r}). Leave it out.",
                "meting",
            )
            continue
        found = len(faults)
        if whose.unit not in units:
            fault(each, f"is of unit {whose.unit!r}, which {monitor.file.name} does not have. Leave it out.", "unit")
        elif whose.unit in names:
            what = (
                f"unit {whose.unit!r} filled in this round twice, also in {names[whose.unit]}. Give the right one only."
            )
            fault(each, what, "twice")
        names.setdefault(whose.unit, str(each.path))
        if whose.moment not in known:
            fault(each, f"is of moment {whose.moment!r}, which {monitor.file.name} does not have.", "moment")
            continue
        at = at or known[whose.moment]
        if whose.moment != at.id:
            fault(each, f"is of {whose.moment!r}, and this round is of {at.id!r}. Read it by itself.", "moment")
        if len(faults) == found:
            right.append(each)
    return at, right


def _take(monitor: GoalsMonitor, at: Moment, told: Sequence[Told]) -> Round:
    rows: dict[str, list[dict[str, str]]] = {}
    for each in told:
        for key, new in each.rows.items():
            rows.setdefault(key, []).extend(new)
    paths = {key: monitor.path(getattr(monitor.config.files, key)) for key in rows}
    try:
        contents = {paths[key]: with_rows(paths[key].read_bytes(), _whole_rows(key, rows[key])) for key in rows}
        with Replacement(contents):
            # What was added is read as what was there: a figure that does not fit takes all of them back.
            load_monitor(monitor.file)
    except OSError as problem:
        raise RoundError(f"{problem.filename}: cannot be read: {problem.strerror}.") from None
    except SrsmetingError as problem:
        raise RoundError(f"{problem}\nNothing was added.", faults=problem.faults) from None
    answered = {cell.unit for cell in monitor.results if cell.moment == at.id}
    answered |= {each.unit for each in told if each.rows.get("results")}
    remarks = [fault for each in told for fault in (*each.remarks, *_open(monitor, at, each))]
    waiting = tuple(unit for unit in monitor.units if unit.id not in answered)
    return Round(at, tuple(told), {paths[key]: len(rows[key]) for key in rows}, waiting, tuple(remarks))


def _whole_rows(key: str, rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    needed, optional = COLUMNS[key]
    return [{name: row.get(name, "") for name in (*needed, *optional)} for row in rows]


def _open(monitor: GoalsMonitor, at: Moment, told: Told) -> list[Fault]:
    """Return what is not as it was in other rounds: cells left open, and a unit that nobody heard of before."""
    name, found = told.filled.name, []
    if told.empty and not told.rows and not told.known:
        return [Fault(name, "nothing is filled in yet.", rule="empty")]
    for sheet, cells in told.empty.items():
        what = f"sheet {sheet!r}: not filled in: {', '.join(cells)}. Read it again when it is."
        found.append(Fault(name, what, column=cells[0], rule="open"))
    earlier = {moment.id for moment in before(monitor, at)}
    units = {cell.unit for cell in monitor.results if cell.moment in earlier}
    if units and told.unit not in units:
        what = f"unit {told.unit!r} appears in this round only: it has no results of an earlier moment. Is it new?"
        found.append(Fault(name, what, value=told.unit, rule="first_time"))
    return found


def _whole(problem: RoundError, file: Path) -> Fault:
    """Return what is wrong with a file as a whole, as one fault among others."""
    where, _, message = str(problem).partition(": ")
    return Fault(where, message, rule="file") if where in (file.name, str(file)) else Fault(file.name, str(problem))
