"""All numbers in one long table for programs: the estimate frame as it is, with a label behind every code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from srsmeting.estimates import COLUMNS, COUNTS, LESS, OVER_GROUPS, VALUES
from srsmeting.presentation.tablebook.groups import groups_of
from srsmeting.presentation.tablebook.labels import (
    category_label,
    item_label,
    measure_label,
    reason_label,
    status_label,
)
from srsmeting.presentation.tablebook.model import Cell, Column, Kind, Sheet, Table, clean
from srsmeting.presentation.tablebook.question_sheets import CONTENTS
from srsmeting.questionnaire import Questionnaire

#: Name of the sheet.
LONG: Final = "Alle cijfers"
#: Columns with labels; each is named after the column that it explains.
LABELS: Final = tuple(
    f"{name}_label" for name in ("question", "item", "category", "by", "group", "measure", "status", "reason")
)
_WIDTHS: Final = {"question": 22, "item": 16, "category": 20, "by": 26, "group": 24, "measure": 22, "reason": 18}
_COVERAGE: Final = ("coverage", "coverage_change")
_PAIRS: Final = ("difference", "difference_p")


def long_frame(estimates: pd.DataFrame, questionnaire: Questionnaire) -> pd.DataFrame:
    """Return the estimate frame with a label behind every code.

    Parameters
    ----------
    estimates
        The estimate frame.
    questionnaire
        Labels.

    Returns
    -------
    pd.DataFrame
        The columns of the estimate frame, unchanged and in order, then ``question_label``, ``item_label``,
        ``category_label``, ``by_label``, ``group_label``, ``measure_label``, ``status_label`` and ``reason_label``
        (str, Dutch, empty where the code is).

    Raises
    ------
    UnknownNameError
        For a question, statement or breakdown that the questionnaire does not have.
    """
    q = questionnaire
    told: dict[str, tuple[tuple[str, ...], Callable[..., str]]] = {
        "question": (("question",), lambda code: q.question(code).title if code else ""),
        "item": (("question", "item"), lambda question, item: item_label(q, question, item)),
        "category": (("question", "category"), lambda question, code: category_label(q, question, code)),
        "by": (("by", "measure"), lambda by, measure: _breakdown_label(q, by, measure)),
        "group": (("by", "group", "measure"), lambda by, group, measure: _group_label(q, by, group, measure)),
        "measure": (("measure",), measure_label),
        "status": (("status",), status_label),
        "reason": (("reason",), reason_label),
    }
    labels = {}
    for name, (columns, label) in told.items():
        keys = list(zip(*(estimates[column] for column in columns), strict=True))
        known = {key: label(*key) for key in dict.fromkeys(keys)}
        labels[f"{name}_label"] = pd.array([known[key] for key in keys], dtype="str")
    return estimates.loc[:, [*COLUMNS]].assign(**labels)


def _breakdown_label(questionnaire: Questionnaire, by: str, measure: str) -> str:
    if not by:
        return ""
    # Coverage is counted in branches of its own, whether or not it is asked in which an organisation is.
    return "Branche" if measure in _COVERAGE else groups_of(questionnaire, by).label


def _group_label(questionnaire: Questionnaire, by: str, group: str, measure: str) -> str:
    if not group:
        return "alle groepen" if by and measure in OVER_GROUPS else "totaal"
    if measure in _COVERAGE:
        return {branche.code: branche.label for branche in questionnaire.coverage_branches}.get(group, group)
    labels = groups_of(questionnaire, by).labels
    if measure in _PAIRS:
        first, _, second = group.partition(LESS)
        return f"{labels.get(first, first)} min {labels.get(second, second)}"
    return labels.get(group, group)


def long_sheet(estimates: pd.DataFrame, questionnaire: Questionnaire) -> Sheet:
    """Make the sheet with all numbers."""
    return frame_sheet(long_frame(estimates, questionnaire))


def frame_sheet(frame: pd.DataFrame) -> Sheet:
    """Make the sheet with all numbers of an estimate frame with its labels."""
    names = list(frame.columns)
    columns = [_cells(name, frame[name]) for name in names]
    return Sheet(
        name=LONG,
        title="Alle cijfers, om mee verder te rekenen",
        lines=(
            Cell("Terug naar de inhoud", "line", link=CONTENTS),
            Cell(
                "Eén rij per cijfer, onafgerond; aandelen zijn delen van 1. Zie Toelichting voor de kolommen.", "line"
            ),
            Cell("Dit blad is er voor programma’s: bij afdrukken blijft de tabel achterwege.", "line"),
        ),
        table=Table(
            name="Tabel_alle_cijfers",
            description="Eén rij per cijfer: codes, waarden, aantallen, status, en labels bij de codes.",
            columns=tuple(Column(name, _width(name)) for name in names),
            rows=tuple(zip(*columns, strict=True)),
            stubs=1,
            filtered=True,
        ),
    )


def _width(name: str) -> int:
    return 34 if name.endswith("_label") else _WIDTHS.get(name, 12)


def _cells(name: str, column: pd.Series) -> list[Cell]:
    if name in VALUES:
        return [Cell(value, "number") if value == value else _EMPTY for value in column.tolist()]
    # Texts and counts come back many times: each is one cell that stands in many places.
    kind: Kind = "count" if name in COUNTS else "text"
    known = {
        value: Cell(value if name in COUNTS else clean(value), kind) for value in column.dropna().unique().tolist()
    }
    return [known.get(value, _EMPTY) for value in column.astype(object).tolist()]


#: A value that there is none of; programs read it as missing.
_EMPTY: Final = Cell("")
