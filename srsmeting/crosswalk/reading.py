"""Read a ``crosswalk.csv``: every fault of the file in one error, or a crosswalk in which nothing is left to guess."""

from __future__ import annotations

import os
from pathlib import Path

from srsmeting.crosswalk.base_checks import check_made_of, check_questions
from srsmeting.crosswalk.checks import check_complete, check_pairs, check_parents
from srsmeting.crosswalk.model import Crosswalk
from srsmeting.crosswalk.row_checks import Sides, check_row
from srsmeting.crosswalk.table import check_metings, read_table
from srsmeting.crosswalk.wording import year_of
from srsmeting.errors import CrosswalkError, Fault
from srsmeting.questionnaire import Questionnaire


def read_crosswalk(path: str | os.PathLike[str], earlier: Questionnaire, later: Questionnaire) -> Crosswalk:
    """Read what became of an earlier questionnaire in a later one.

    Parameters
    ----------
    path
        A ``crosswalk.csv`` with the columns :data:`~srsmeting.crosswalk.rows.COLUMNS`.
    earlier, later
        The questionnaires that it goes between.

    Raises
    ------
    CrosswalkError
        With every fault: a row that is still open, that contradicts a questionnaire or another row, or has no reason;
        and whatever is left out.
    """
    check_order(earlier, later)
    name = Path(path).name
    table, faults = read_table(path)
    faults += check_metings(name, table, (earlier.meting, later.meting))
    if any(fault.rule == "other_meting" for fault in faults):
        # Held against the wrong questionnaires, every row would be a fault.
        raise CrosswalkError(faults=faults)
    torn = bool(faults)
    sides = Sides(earlier, later)
    rows = [row for row, _ in table]
    sound = []
    for row in rows:
        found = list(check_row(name, row, sides))
        faults += found
        if not found:
            sound.append(row)
    faults += check_pairs(name, sound)
    faults += check_parents(name, sound, sides)
    # A row that cannot be read is not left out.
    faults += [] if torn else check_complete(name, rows, sides)
    if not faults:
        # What follows from the rows together can only be told of rows that are right.
        faults += [*check_questions(name, rows, sides), *check_made_of(name, rows, sides)]
    if faults:
        raise CrosswalkError(faults=sorted(faults, key=_place))
    return Crosswalk(earlier, later, tuple(rows))


def check_order(earlier: Questionnaire, later: Questionnaire) -> None:
    """Refuse two questionnaires that no crosswalk goes between.

    Raises
    ------
    CrosswalkError
        When they are of one measurement, or the years in their ids are in the wrong order.
    """
    ids = f"{earlier.meting!r} and {later.meting!r}"
    if earlier.meting == later.meting:
        raise CrosswalkError(f"{ids}: both measurements have the same id. Give every year its own 'meting'.")
    years = year_of(earlier.meting), year_of(later.meting)
    if years[0] is not None and years[1] is not None and years[0] > years[1]:
        raise CrosswalkError(f"{ids}: the years are in the wrong order. Name the earlier measurement first.")


def _place(fault: Fault) -> tuple[bool, int]:
    return fault.line is None, fault.line or 0
