"""What every format of LimeSurvey has in common: the cells with their names, made into what intake reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, suggest
from srsmeting.intake.checks.moments import are_full
from srsmeting.intake.dialect import Dialect
from srsmeting.intake.files.coded_text import CodedText
from srsmeting.intake.formats.limesurvey.dialect import ID, STARTED, SUBMITTED, TOKEN, TOOK, what_is_added
from srsmeting.intake.formats.uploads import upload_columns
from srsmeting.intake.personal import without_person
from srsmeting.intake.raw import INCOMPLETE, Lines, RawExport, Times

# No \d: digits of every script are one by one work for Python, these are matched as a column.
_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?"
_NO_MOMENT = "1980-01-01"


def make_export(
    name: str,
    format: str,
    dialect: Dialect,
    cells: pd.DataFrame,
    lines: Lines,
    *,
    added: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
    faults: Sequence[Fault] = (),
    shown: pd.DataFrame | None = None,
    lost: Sequence[str] = (),
    texts: Mapping[str, str] | None = None,
    apart: Mapping[str, str] | None = None,
    place: Literal["regel", "rij", "record"] = "regel",
) -> RawExport:
    """Make an export of named cells; `added` are columns that are no answers although their names do not tell.

    Missing metadata and submission moments that are none are in ``.faults``.
    """
    uploads = upload_columns(cells)
    own = {column: what for column in cells.columns if (what := what_is_added(column))} | uploads | dict(added or {})
    moments = cells[SUBMITTED] if SUBMITTED in cells else pd.Series("", index=cells.index, dtype="str")
    unknown = int(moments.str.startswith(_NO_MOMENT).sum())
    if unknown:
        notes = (*notes, f"Voltooid op een onbekend moment (1980-01-01): {unknown}.")
    return RawExport(
        name=name,
        format=format,
        dialect=dialect,
        cells=cells,
        lines=lines,
        metadata=own,
        id_column=ID,
        token_column=TOKEN if TOKEN in cells else "",
        set_aside=pd.Series(CodedText.of((moments == "").to_numpy().astype(np.int8), ["", INCOMPLETE])),
        notes=tuple(notes),
        faults=(*faults, *_missing(name, list(cells.columns)), *_moment_faults(name, moments, lines)),
        shown=shown,
        lost=tuple(lost),
        texts={column: text for column, text in (texts or {}).items() if column in cells},
        apart=apart or {},
        place=place,
        times=Times(
            start=STARTED if STARTED in cells else "",
            end=SUBMITTED if SUBMITTED in cells else "",
            seconds=TOOK if TOOK in cells else "",
        ),
    )


def keep_first(names: Sequence[str], name: str) -> tuple[list[int], list[Fault]]:
    """Return which columns to keep, and a fault for every name that more than one has."""
    places: dict[str, list[int]] = {}
    for number, column in enumerate(names):
        places.setdefault(column, []).append(number)
    faults = []
    for column, numbers in places.items():
        if len(numbers) > 1:
            listed = ", ".join(str(number + 1) for number in numbers)
            message = f"heading {column!r} stands {len(numbers)} times (columns {listed}). Keep one of them."
            faults.append(Fault(name, message, 1, column, column, "double_column"))
    return [numbers[0] for numbers in places.values()], faults


def _missing(name: str, columns: Sequence[str]) -> list[Fault]:
    faults = []
    for needed, why in ((ID, "tells the responses apart"), (SUBMITTED, "says which responses are complete")):
        if needed not in columns:
            message = f"no column {needed!r}, which {why}. {suggest(needed, columns[:10])} Export it along."
            faults.append(Fault(name, message, 1, needed, needed, "missing_column"))
    return faults


def _moment_faults(name: str, moments: pd.Series[str], lines: Lines) -> list[Fault]:
    faults: list[Fault] = []
    if are_full(moments):
        return faults
    wrong = moments[(moments != "") & ~moments.str.fullmatch(_MOMENT)].drop_duplicates()
    for line, value in zip(lines[wrong.index], wrong, strict=True):
        message = (
            f"column {SUBMITTED!r}: {without_person(value)!r} is no moment. LimeSurvey writes '2021-11-22 09:00:00' "
            "or leaves the cell empty: export again, and do not save the file with a spreadsheet program."
        )
        faults.append(Fault(name, message, int(line), SUBMITTED, without_person(value), "not_a_moment"))
    return faults
