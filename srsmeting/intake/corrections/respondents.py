"""One respondent found in an export, by the id that the file has or by the pseudonym that stands for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from srsmeting.intake.pseudonyms import VARIABLE, Pseudonyms, is_pseudonym
from srsmeting.intake.raw import RawExport


class Wrong(NamedTuple):
    """What is wrong with what a person wrote: under which key, with which value, and what to do."""

    key: str
    message: str
    value: str
    rule: str


class Respondents:
    """The rows of the respondents that are looked for.

    Parameters
    ----------
    raw
        The export.
    names
        Ids or pseudonyms: only of these is it known where they stand.
    pseudonyms
        What finds a pseudonym; None when there is no salt.
    """

    def __init__(self, raw: RawExport, names: Collection[str], pseudonyms: Pseudonyms | None = None) -> None:
        self._raw, self._pseudonyms = raw, pseudonyms
        columns = [raw.cells[raw.id_column]] if raw.id_column in raw.cells else []
        if pseudonyms and columns and any(map(is_pseudonym, names)):
            columns.append(pseudonyms.of_all(columns[0]))
        self._rows: dict[str, list[int]] = {}
        for column in columns:
            for row in np.flatnonzero(column.isin(list(names))):
                self._rows.setdefault(str(column.iloc[row]), []).append(int(row))

    def find(self, name: str, line: int | None = None) -> int | Wrong:
        """Return the one row of a respondent; `line` says which, where several have the same id."""
        rows, file = self._rows.get(name, []), self._raw.name
        lines = [int(self._raw.lines[row]) for row in rows]
        listed = ", ".join(map(str, lines))
        if not rows:
            return Wrong("respondent", self._unknown(name), name, "unknown_respondent")
        if line is not None and line not in lines:
            message = f"does not stand on line {line} of {file}, but on {listed}. Correct 'line'."
            return Wrong("line", message, str(line), "unknown_line")
        if line is None and len(rows) > 1:
            message = f"stands on lines {listed} of {file}. Say which is meant: add 'line: {lines[-1]}'."
            return Wrong("respondent", message, name, "double_respondent")
        return rows[0 if line is None else lines.index(line)]

    def _unknown(self, name: str) -> str:
        raw = self._raw
        if is_pseudonym(name) and self._pseudonyms is None:
            return f"is a pseudonym, and there is no salt to find it with. Name its file in {VARIABLE}."
        if is_pseudonym(name):
            return (
                f"is the pseudonym of nobody in {raw.name}. A pseudonym holds with its own salt only: name that in "
                f"{VARIABLE}, or look the respondent up in a new quarantine."
            )
        if raw.id_column.startswith("("):
            place = {"regel": "line", "rij": "row", "record": "record"}[raw.place]
            return f"is not in {raw.name}. That has no ids: name the number of the {place}, as in the quarantine."
        return f"is not in {raw.name}. The ids stand in column {raw.id_column!r}."
