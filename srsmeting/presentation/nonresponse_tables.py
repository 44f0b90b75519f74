"""The tables of non-response: what became of everyone who was invited, and respondents beside the frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from srsmeting.errors import ReportError
from srsmeting.presentation.distribution import select_rows
from srsmeting.presentation.formats import format_counted, format_estimate, format_percentage
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell
from srsmeting.presentation.tables import ROUNDING_NOTE
from srsmeting.questionnaire import Questionnaire

#: Final dispositions, as a table calls them.
DISPOSITIONS: Final[Mapping[str, str]] = {
    "complete": "Volledig ingevuld",
    "partial": "Gedeeltelijk ingevuld",
    "break_off": "Begonnen, maar niet afgemaakt",
    "refusal": "Geweigerd",
    "non_contact": "Geen reactie",
    "other": "Om een andere reden geen bruikbare vragenlijst",
    "unknown": "Onbekend of de organisatie tot de doelgroep hoort",
    "not_eligible": "Hoort niet tot de doelgroep",
}
#: Said where differences stand beside the rounded numbers that they are between.
DIFFERENCE_NOTE: Final = "Verschillen zijn berekend vóór afronding."
_COUNTS = (Column("Aantal", 20), Column("Percentage", 20))
_COMPARED = (
    Column("Aantal", 11, spanner="Uitgenodigde organisaties"),
    Column("Percentage", 13, spanner="Uitgenodigde organisaties"),
    Column("Aantal", 11, spanner="Respondenten"),
    Column("Percentage", 13, spanner="Respondenten"),
    Column("Verschil in procentpunten", 14),
    Column("Respons", 10),
)


def disposition_table(
    estimates: pd.DataFrame, questionnaire: Questionnaire, *, caption: str, source: str = ""
) -> Table:
    """Make the disposition report: a row for everything that became of an invited organisation, with the total.

    Parameters
    ----------
    estimates
        The estimate frame; measure ``disposition``.
    questionnaire
        The measurement.
    caption, source
        Of the table; the source without "Bron:".

    Raises
    ------
    ReportError
        For dispositions that the frame does not have.
    """
    rows = select_rows(estimates, questionnaire, "", "disposition")
    found = {str(row["category"]): row for row in rows.to_dict("records")}
    shown = [code for code in DISPOSITIONS if code == "complete" or (code in found and found[code]["numerator"] > 0)]
    total = {"numerator": rows["denominator"].iloc[0], "status": "A", "reason": ""}
    printed = {code: format_estimate(found[code]) for code in shown}
    whole = sum(int(cell.text.removesuffix("%")) for cell in printed.values()) == 100
    return Table(
        id="tbl-uitkomst",
        caption=caption,
        data=rows.reset_index(drop=True),
        notes=() if whole else (ROUNDING_NOTE,),
        source=source,
        stub=Column("Uitkomst", 60, "left"),
        columns=_COUNTS,
        rows=tuple(Row(DISPOSITIONS[code], (format_counted(found[code]), cell)) for code, cell in printed.items()),
        foot=(Row("Totaal", (format_counted(total), Cell(format_percentage(1)))),),
    )


def composition_table(
    estimates: pd.DataFrame, questionnaire: Questionnaire, by: Sequence[str], *, caption: str, source: str = ""
) -> Table:
    """Make the table of respondents beside the frame: number and share of both, their difference, and the response.

    Parameters
    ----------
    estimates
        The estimate frame; measures ``frame_share``, ``respondents_share``, ``composition_difference`` and
        ``response_rate_2``.
    questionnaire
        Labels and order of the groups.
    by
        Variables of the frame, each a group of rows.
    caption, source
        Of the table; the source without "Bron:".

    Raises
    ------
    UnknownNameError
        For a variable that the questionnaire does not have.
    ReportError
        For numbers that the frame does not have.
    """
    measures = ("frame_share", "respondents_share", "composition_difference", "response_rate_2")
    found = {
        (measure, str(row["by"]), str(row["group"])): row
        for measure in measures
        for row in select_rows(estimates, questionnaire, "", measure).to_dict("records")
    }
    rows = []
    for breakdown in (questionnaire.breakdown(name) for name in by):
        for group in breakdown.groups:
            try:
                parts = [found[measure, breakdown.id, group.code] for measure in measures]
            except KeyError:
                raise ReportError(
                    f"estimates: respondents are not held against the frame by {breakdown.id!r}. Is it a column of "
                    "frame.csv?"
                ) from None
            if parts[0]["numerator"] or parts[1]["numerator"]:
                rows.append(Row(group.label, _cells(*parts), breakdown.label))
    everyone = found["response_rate_2", "", ""]
    hundred = Cell(format_percentage(1))
    total = (format_counted(everyone, "denominator"), hundred, format_counted(everyone), hundred, Cell(""))
    return Table(
        id="tbl-steekproefkader",
        caption=caption,
        data=pd.DataFrame(list(found.values())),
        notes=(DIFFERENCE_NOTE,),
        source=source,
        stub=Column("Groep", 28, "left"),
        columns=_COMPARED,
        rows=tuple(rows),
        foot=(Row("Totaal", (*total, format_estimate(everyone))),),
    )


def _cells(
    frame: Mapping[Any, Any], ours: Mapping[Any, Any], difference: Mapping[Any, Any], response: Mapping[Any, Any]
) -> tuple[Cell, ...]:
    return (
        format_counted(frame),
        format_estimate(frame),
        format_counted(ours),
        format_estimate(ours),
        format_estimate(difference),
        format_estimate(response),
    )
