"""The tables around the survey: response, coverage of the sector, and the pillars of the programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from srsmeting.errors import ReportError, unknown_name
from srsmeting.presentation.distribution import find_rows, select_rows
from srsmeting.presentation.formats import format_counted, format_estimate
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import SIGNS, Cell
from srsmeting.questionnaire import Questionnaire


def response_table(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    *,
    by: str = "wgo",
    id: str = "tbl-respons",
    caption: str = "Respons",
    source: str = "",
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
    id, caption, source
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
    return Table(
        id=id,
        caption=caption,
        data=rates.reset_index(drop=True),
        source=source,
        stub=Column(groups.label, 38, "left"),
        columns=(Column("Uitgenodigde organisaties", 22), Column("Respondenten", 24), Column("Respons", 16)),
        rows=tuple(_rate_row(label, found[code]) for code, label in groups.labels.items() if code in found),
        foot=(_rate_row("Totaal", found[""]),) if "" in found else (),
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
    estimates: pd.DataFrame, questionnaire: Questionnaire, *, notes: Sequence[str] = (), source: str = ""
) -> Table:
    """Make the table of coverage: a column for each moment in the frame, and the change in percentage points.

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

    Raises
    ------
    UnknownNameError
        For a branche that the questionnaire does not have.
    ReportError
        For coverage that the frame does not have.
    """
    rates = select_rows(estimates, questionnaire, "", "coverage")
    changes = find_rows(estimates, meting=questionnaire.meting, measure="coverage_change")
    moments = list(dict.fromkeys(rates["item"]))
    later = [moment for moment in moments if (changes["item"].to_numpy() == moment).any()]
    labels = {branche.code: branche.label for branche in questionnaire.coverage_branches}
    where = f"coverage branches of questionnaire {questionnaire.meting!r}"
    columns = [_by_group(rates, "branche", labels, where, moment) for moment in moments]
    columns += [_by_group(changes, "branche", labels, where, moment) for moment in later]

    def row(label: str, code: str) -> Row:
        return Row(label, tuple(_value(column.get(code)) for column in columns))

    heads = [Column(moment, 26 // len(moments), spanner="Dekkingsgraad") for moment in moments]
    change = "Verandering in procentpunten"
    if len(later) == 1:
        heads.append(Column(change, 24))
    else:
        before = {new: old for old, new in pairwise(moments)}
        heads += [Column(f"{before.get(new, '')}–{new}", 30 // len(later), spanner=change) for new in later]
    present = {code for column in columns for code in column}
    return Table(
        id="tbl-dekkingsgraad",
        caption="Dekkingsgraad naar branche",
        data=pd.concat([rates, changes], ignore_index=True),
        notes=tuple(notes),
        source=source,
        stub=Column("Branche", 100 - sum(head.width for head in heads), "left"),
        columns=tuple(heads),
        rows=tuple(row(label, code) for code, label in labels.items() if code in present),
        foot=(row("Totaal", ""),) if "" in present else (),
    )


def _value(row: Mapping[Any, Any] | None) -> Cell:
    return Cell(SIGNS["O"].sign, status="O") if row is None else format_estimate(row)


def pijlers_table(questionnaire: Questionnaire) -> Table:
    """Make the table of the pillars of the programme that have an aim, and what it is."""
    shown = [pijler for pijler in questionnaire.pijlers if pijler.aim]
    return Table(
        id="tbl-pijlers",
        caption="Pijlers en doelen van het programma",
        data=pd.DataFrame([{"pijler": p.id, "label": p.label, "aim": p.aim} for p in shown]),
        stub=Column("Pijler", 35, "left"),
        columns=(Column("Doel", 65, "left"),),
        rows=tuple(Row(pijler.label, (Cell(pijler.aim),)) for pijler in shown),
    )
