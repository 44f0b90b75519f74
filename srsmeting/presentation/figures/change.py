"""The figure of a change: where each branche stood and where it stands, on one scale, with the change in figures.

A ring is the earlier moment, a dot the later one. Across a break in the series no line is drawn: the two moments are
not measured alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pandas as pd
from matplotlib.figure import Figure as Canvas

from srsmeting.errors import ReportError, unknown_name
from srsmeting.presentation.annex_tables import coverage_table
from srsmeting.presentation.distribution import find_rows, select_rows
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, house_style, text_width
from srsmeting.presentation.figures.exhibit import Picture
from srsmeting.presentation.figures.layout import wrap
from srsmeting.presentation.figures.order import Order
from srsmeting.presentation.formats import format_estimate
from srsmeting.presentation.signs import SIGNS, Cell, legend
from srsmeting.questionnaire import Questionnaire

_PAD: Final = 6.0
_STUB: Final = 165.0
_VALUE: Final = 48.0
_TICKS: Final = (0, 50, 100)
_TOTAL: Final = "Totaal"
_UNIT: Final = "Verschil in procentpunten."


@dataclass(frozen=True)
class Change:
    """One row: the fractions at two moments, None where there is none, and what is printed of them and the change."""

    label: str
    shares: tuple[float | None, float | None]
    printed: tuple[Cell, Cell, Cell]
    size: float | None

    @property
    def is_broken(self) -> bool:
        """Whether the two moments cannot be compared as they are."""
        return self.printed[2].status == "B"


@dataclass(frozen=True, kw_only=True, repr=False)
class ChangeFigure(Picture):
    """A figure of a change.

    Parameters
    ----------
    changes
        Its rows.
    moments
        The earlier moment and the later one.
    """

    changes: tuple[Change, ...]
    moments: tuple[str, str]

    def drawn(self) -> Canvas:
        """Draw it."""
        with house_style():
            return _draw(self.changes, self.moments)


def build_coverage_change(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    *,
    notes: Sequence[str] = (),
    source: str = "",
    order: Order = "declared",
) -> ChangeFigure:
    """Make the figure of the coverage per branche at the last moment and the one before it.

    Parameters
    ----------
    estimates
        The estimate frame; measures ``coverage`` and ``coverage_change``.
    questionnaire
        Its coverage branches give labels and order.
    notes
        What a break is about; the meaning of its sign is added.
    source
        Without "Bron:".
    order
        ``declared``, or ``size`` for the largest increase first. The total stands last.

    Raises
    ------
    UnknownNameError
        For a branche that the questionnaire does not have, or an unknown order.
    ReportError
        For coverage that the frame does not have, or that was measured once.
    """
    if order not in ("declared", "size"):
        raise unknown_name("figure of coverage", "order", order, ("declared", "size"))
    table = coverage_table(estimates, questionnaire, notes=notes, source=source)
    rates = select_rows(estimates, questionnaire, "", "coverage")
    moments = list(pairwise(dict.fromkeys(rates["item"])))
    if not moments:
        raise ReportError("estimates: coverage of one moment is no change. Show it in a table.")
    first, last = moments[-1]
    changes = find_rows(estimates, meting=questionnaire.meting, measure="coverage_change", item=last)
    columns = [
        _by_branche(find_rows(rates, item=first)),
        _by_branche(find_rows(rates, item=last)),
        _by_branche(changes),
    ]
    labels = {branche.code: branche.label for branche in questionnaire.coverage_branches} | {"": _TOTAL}
    rows = [_change(label, [column.get(code) for column in columns]) for code, label in labels.items()]
    rows = [row for row in rows if row.shares != (None, None)]
    if order == "size":
        rows.sort(key=lambda row: (row.label == _TOTAL, row.size is None, -(row.size or 0)))
    told = legend(cell for row in rows for cell in row.printed)
    return ChangeFigure(
        id="fig-dekkingsgraad",
        caption=f"Dekkingsgraad naar branche, {first} en {last}",
        data=table.data,
        notes=tuple(note for note in (_UNIT, *notes, told) if note),
        source=source,
        alt=_alt(rows, (first, last)),
        table=table,
        changes=tuple(rows),
        moments=(first, last),
    )


def _by_branche(rows: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    return {str(row["group"]): row for row in rows[rows["by"].isin(["branche", ""])].to_dict("records")}


def _change(label: str, rows: Sequence[Mapping[Any, Any] | None]) -> Change:
    cells = [Cell(SIGNS["O"].sign, status="O") if row is None else format_estimate(row) for row in rows]
    values = [
        None if row is None or cell.hidden or pd.isna(row["estimate"]) else float(row["estimate"])
        for row, cell in zip(rows, cells, strict=True)
    ]
    return Change(label, (values[0], values[1]), (cells[0], cells[1], cells[2]), values[2])


def _alt(rows: Sequence[Change], moments: tuple[str, str]) -> str:
    comparable = [row for row in rows if row.size is not None and not row.is_broken and row.label != _TOTAL]
    message = "Geen enkele verandering is te vergelijken."
    if comparable:
        most = max(comparable, key=lambda row: abs(row.size or 0))
        before, after, change = most.printed
        message = f"Grootste verandering: {most.label}, van {before} naar {after} ({change} procentpunt)."
    told = "; ".join(f"{row.label} ({', '.join(map(_told, row.printed))})" for row in rows)
    return f"{message} Stippendiagram met {moments[0]}, {moments[1]} en de verandering in procentpunten: {told}."


def _told(cell: Cell) -> str:
    return SIGNS[cell.status].meaning if cell.hidden else str(cell)


def _draw(rows: Sequence[Change], moments: tuple[str, str]) -> Canvas:
    labels = [wrap(row.label, _STUB - _PAD, text_width) for row in rows]
    heads = [wrap(head, _VALUE - 4, text_width) for head in (*moments, "Verschil")]
    y = top = max(map(len, heads)) * style.LINE + 2 * _PAD + 6
    middles = []
    for lines in labels:
        half = len(lines) * style.LINE / 2 + 0.45 * _PAD
        middles.append(y + half)
        y += 2 * half
    page = Page(y + style.LINE + _PAD / 2)
    ends = [style.WIDTH - 2 * _VALUE, style.WIDTH - _VALUE, style.WIDTH]
    track = ends[0] - _VALUE - _STUB - 2 * _PAD

    def place(percent: float) -> float:
        return _STUB + _PAD + percent / 100 * track

    for at, (head, end) in enumerate(zip(heads, ends, strict=True)):
        page.text(end, top - 2 * _PAD - len(head) * style.LINE / 2, head, "right")
        if at < 2:
            # The sign of a moment stands under its name: it is the legend.
            page.dot(end - 5, top - _PAD, filled=at == 1)
    for tick in _TICKS:
        page.line([place(tick)] * 2, [top, y], colour=style.UNKNOWN)
        page.text(place(tick), y + style.LINE / 2 + 1, [f"{tick}%"], "center")
    for row, lines, middle in zip(rows, labels, middles, strict=True):
        page.text(0, middle, lines)
        known = [(place(100 * share), at == 1) for at, share in enumerate(row.shares) if share is not None]
        if len(known) == 2 and not row.is_broken:
            page.line([x for x, _ in known], [middle, middle])
        for x, filled in known:
            page.dot(x, middle, filled=filled)
        for cell, end in zip(row.printed, ends, strict=True):
            page.text(end, middle, [str(cell)], "right")
    return page.canvas
