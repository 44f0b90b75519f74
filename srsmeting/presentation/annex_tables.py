"""The tables around the survey: response, coverage of the sector, and the pillars of the programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from srsmeting.errors import ReportError, unknown_name
from srsmeting.presentation.distribution import select_rows
from srsmeting.presentation.formats import format_counted, format_estimate
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import SIGNS, Cell, legend
from srsmeting.questionnaire import Questionnaire


def response_table(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    *,
    by: str = "wgo",
    id: str = "tbl-respons",
    caption: str = "Respons",
    source: str = "",
    notes: Sequence[str] = (),
) -> Table:
    """Make the table of the response: organisations in the frame, respondents and response, with the total.

    Parameters
    ----------
    estimates
        The estimate frame; measure ``response_rate``.
    questionnaire
        Labels and order of the groups.
    by
        Breakdown id.
    id, caption, source, notes
        Of the table; the source without "Bron:".

    Raises
    ------
    UnknownNameError
        For a breakdown or group that the questionnaire does not have.
    ReportError
        For rates that the frame does not have.
    """
    groups = questionnaire.breakdown(by)
    rates = select_rows(estimates, questionnaire, "", "response_rate")
    found = _by_group(rates, by, groups.labels, f"breakdown {by!r}")
    wanted = [(group.code, group.label) for group in groups.groups if group.code in found]
    rows = [_rate_row(label, found[code]) for code, label in wanted]
    foot = [_rate_row("Totaal", found[""])] if "" in found else []
    told = legend(cell for row in (*rows, *foot) for cell in row.cells)
    return Table(
        id=id,
        caption=caption,
        data=rates.reset_index(drop=True),
        notes=tuple(note for note in (*notes, told) if note),
        source=source,
        stub=Column(groups.label, 40, "left"),
        columns=(Column("Aangeschreven organisaties", 22), Column("Respondenten", 20), Column("Respons", 18)),
        rows=tuple(rows),
        foot=tuple(foot),
    )


def _by_group(
    rows: pd.DataFrame, by: str, known: Mapping[str, str], where: str, item: str | None = None
) -> dict[str, dict[Any, Any]]:
    found = {}
    for row in rows.to_dict("records"):
        if row["by"] not in ("", by) or (item is not None and row["item"] != item):
            continue
        if row["by"] and row["group"] not in known:
            raise unknown_name(where, "group", str(row["group"]), known)
        found[str(row["group"])] = row
    if not found:
        raise ReportError(f"estimates: there are no rows by {by!r}. Estimate them with that breakdown.")
    return found


def _rate_row(label: str, row: Mapping[Any, Any]) -> Row:
    return Row(label, (format_counted(row, "denominator"), format_counted(row), format_estimate(row)))


def coverage_table(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    *,
    moments: Mapping[str, str] | None = None,
    total: str = "Totaal",
    id: str = "tbl-dekkingsgraad",
    caption: str = "Dekkingsgraad naar branche",
    source: str = "",
    notes: Sequence[str] = (),
) -> Table:
    """Make the table of coverage: a column for each moment, and the change in percentage points.

    Parameters
    ----------
    estimates
        The estimate frame; measures ``coverage`` and ``coverage_change``.
    questionnaire
        Its coverage branches give labels and order.
    moments
        Header of the column of each moment, in the order wanted; default the moments themselves, as in the frame.
    total
        Header of the last row.
    id, caption, source, notes
        Of the table. The notes say what a break is about; the legend of its sign is added.

    Raises
    ------
    UnknownNameError
        For a moment that the frame does not have, or a branche that the questionnaire does not have.
    ReportError
        For coverage that the frame does not have.
    """
    rates = select_rows(estimates, questionnaire, "", "coverage")
    here = estimates["meting"].to_numpy() == questionnaire.meting
    changes = estimates[here & (estimates["measure"].to_numpy() == "coverage_change")]
    known = list(dict.fromkeys(rates["item"]))
    heads = dict.fromkeys(known) if moments is None else dict(moments)
    for moment in heads:
        if moment not in known:
            raise unknown_name("coverage_table()", "moment", moment, known)
    labels = {branche.code: branche.label for branche in questionnaire.coverage_branches}
    where = f"coverage branches of questionnaire {questionnaire.meting!r}"
    at = {moment: _by_group(rates, "branche", labels, where, moment) for moment in heads}
    later = [moment for moment in heads if (changes["item"].to_numpy() == moment).any()]
    change = {moment: _by_group(changes, "branche", labels, where, moment) for moment in later}
    names = [
        (code, label) for code, label in (*labels.items(), ("", total)) if any(code in rows for rows in at.values())
    ]
    rows = [
        Row(label, tuple(_value(column.get(code)) for column in (*at.values(), *change.values())))
        for code, label in names
    ]
    width = 50 // (len(at) + len(change))
    before = {new: old for old, new in pairwise(heads)}
    spanned = [Column(heads[moment] or moment, width, spanner="Dekkingsgraad") for moment in heads]
    changed = [
        Column(
            "Verandering in procentpunten" if len(later) == 1 else f"{before.get(moment, '')}–{moment}",
            width,
            spanner="" if len(later) == 1 else "Verandering in procentpunten",
        )
        for moment in later
    ]
    told = legend(cell for row in rows for cell in row.cells)
    has_total = bool(names) and names[-1][0] == ""
    return Table(
        id=id,
        caption=caption,
        data=pd.concat([rates, changes], ignore_index=True),
        notes=tuple(note for note in (*notes, told) if note),
        source=source,
        stub=Column("Branche", 100 - width * (len(at) + len(change)), "left"),
        columns=(*spanned, *changed),
        rows=tuple(rows[:-1] if has_total else rows),
        foot=tuple(rows[-1:] if has_total else ()),
    )


def _value(row: Mapping[Any, Any] | None) -> Cell:
    return Cell(SIGNS["O"].sign, status="O") if row is None else format_estimate(row)


def pijlers_table(
    questionnaire: Questionnaire,
    *,
    pijlers: Sequence[str] | None = None,
    id: str = "tbl-pijlers",
    caption: str = "Pijlers en doelen van het programma",
    source: str = "",
    notes: Sequence[str] = (),
) -> Table:
    """Make the table of the pillars of the programme and what each is for.

    Parameters
    ----------
    questionnaire
        Has the pillars.
    pijlers
        Ids of the pillars to show, in order; default all that have an aim.
    id, caption, source, notes
        Of the table.

    Raises
    ------
    UnknownNameError
        For a pillar that does not exist.
    """
    if pijlers is None:
        shown = [pijler for pijler in questionnaire.pijlers if pijler.aim]
    else:
        shown = [questionnaire.pijler(name) for name in pijlers]
    return Table(
        id=id,
        caption=caption,
        data=pd.DataFrame([{"pijler": p.id, "label": p.label, "aim": p.aim} for p in shown]),
        notes=tuple(notes),
        source=source,
        stub=Column("Pijler", 35, "left"),
        columns=(Column("Doel", 65, "left"),),
        rows=tuple(Row(pijler.label, (Cell(pijler.aim),)) for pijler in shown),
    )
