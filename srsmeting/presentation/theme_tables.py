"""Tables of the themes of open answers: how often each is mentioned, as far as the rule of publication allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from srsmeting.errors import ReportError
from srsmeting.presentation.distribution import find_rows
from srsmeting.presentation.exhibit import exhibit_id
from srsmeting.presentation.formats import format_count, format_counted, format_estimate
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell
from srsmeting.questionnaire import Question, Questionnaire

#: Said under counts of themes.
SEVERAL_NOTE = "Een antwoord kan over meer thema’s gaan."
#: Said where a theme is hidden that was mentioned often enough.
PROTECTED_NOTE = "Nog een thema is weggelaten, zodat niet te berekenen is hoe vaak de andere zijn genoemd."


@dataclass(frozen=True)
class ThemeCounts:
    """How often the themes of a question are mentioned.

    Parameters
    ----------
    question
        With its codebook.
    shown
        Label and printed count of the themes that may be published, from often to seldom; equal ones as declared.
    answered
        Printed number of respondents who answered, or the sign that stands for it.
    base
        Who was asked and who answered, as a line beneath an exhibit.
    notes
        What must be known to read the counts.
    data
        One row for every theme: category, label, printed, counted, status, reason and base (Int64).
    """

    question: Question
    shown: tuple[tuple[str, Cell], ...]
    answered: Cell
    base: str
    notes: tuple[str, ...]
    data: pd.DataFrame

    def rows(self, group: str = "", empty: int = 0) -> list[Row]:
        """Return a row for every theme, with so many empty cells behind its count.

        Where no theme may be shown there is one row that says so.
        """
        rest = (Cell(""),) * empty
        if not self.shown:
            none = Cell("x", status="Q", reason="small_count")
            return [Row("Geen thema is vaak genoeg genoemd", (none, *rest), group)]
        return [Row(label, (cell, *rest), group) for label, cell in self.shown]


def read_themes(estimates: pd.DataFrame, questionnaire: Questionnaire, question: str) -> ThemeCounts:
    """Read how often the themes of an open question are mentioned.

    Parameters
    ----------
    estimates
        The estimate frame; measure ``count``, and the share that answered.
    questionnaire
        Its codebook gives labels and order.
    question
        Question id.

    Raises
    ------
    UnknownNameError
        For a question that does not exist.
    ReportError
        For a question without a codebook, or one of which the answers were not coded.
    """
    asked = questionnaire.question(question)
    if not asked.themes:
        raise ReportError(
            f"question {question!r}: has no themes, so there is nothing to count. Add 'themes' in the questionnaire, "
            "and code the answers."
        )
    own = find_rows(estimates, meting=questionnaire.meting, question=question, by="")
    counts = {str(row["category"]): row for row in find_rows(own, measure="count").to_dict("records")}
    missing = [theme.code for theme in asked.themes if theme.code not in counts]
    if missing:
        raise ReportError(
            f"estimates: question {question!r} has no count of theme {missing[0]!r}. Code its answers, name the file "
            "under 'coded' in meting.yaml, and estimate again."
        )
    there = [(theme.label, counts[theme.code]) for theme in asked.themes if counts[theme.code]["status"] != "Q"]
    # sorted() leaves equal ones as they were declared.
    there = sorted(there, key=lambda each: -_number(each[1]))
    hidden = [row for row in counts.values() if row["status"] == "Q"]
    share = next(iter(find_rows(own, measure="share", category="answered").to_dict("records")), None)
    # The share that answered has no numerator where answers are weighted.
    known = there[0][1]["denominator"] if there else share["numerator"] if share else pd.NA
    answered = None if pd.isna(known) else int(known)
    first = next(iter(counts.values()))
    least = format_count(asked.min_mentions)
    notes = [SEVERAL_NOTE, f"Thema’s zijn opgenomen als ze minstens {least} keer zijn genoemd."]
    if any(row["reason"] == "complementary" for row in hidden):
        notes.append(PROTECTED_NOTE)
    return ThemeCounts(
        question=asked,
        shown=tuple((label, format_estimate(row)) for label, row in there),
        answered=Cell(format_count(answered)) if answered is not None else format_counted(first, "denominator"),
        base=_base_line(questionnaire, question, share["denominator"] if share else pd.NA, answered),
        notes=tuple(notes),
        data=_data(asked, [*(row for _, row in there), *hidden]),
    )


def _data(question: Question, rows: list[dict[Any, Any]]) -> pd.DataFrame:
    told = [
        {
            "category": row["category"],
            "label": question.theme(row["category"]).label,
            "printed": str(format_estimate(row)),
            "counted": str(format_counted(row)),
            "status": row["status"],
            "reason": row["reason"],
            "base": row["denominator"],
        }
        for row in rows
    ]
    return pd.DataFrame(told).astype({"base": "Int64"})


def _number(row: dict[Any, Any]) -> float:
    return -1.0 if pd.isna(row["numerator"]) else float(row["numerator"])


def _base_line(questionnaire: Questionnaire, question: str, asked: Any, answered: int | None) -> str:
    line = f"Basis: {questionnaire.explain(question)}"
    if not pd.isna(asked):
        line += f" (n\u00a0=\u00a0{format_count(int(asked))})"
    if answered is not None:
        line += _who_answered(answered, asked)
    return f"{line}."


def _who_answered(answered: int, asked: Any) -> str:
    if not pd.isna(asked) and answered == int(asked) > 1:
        return ", die allemaal antwoord gaven"
    number = "niemand" if answered == 0 else "één" if answered == 1 else format_count(answered)
    return f", van wie {number} antwoord {'gaf' if answered < 2 else 'gaven'}"


def theme_table(
    estimates: pd.DataFrame, questionnaire: Questionnaire, question: str, *, caption: str = "", source: str = ""
) -> Table:
    """Make a table of the themes of an open question: how many respondents mention each, from often to seldom.

    Parameters
    ----------
    estimates, questionnaire, question
        As for :func:`read_themes`.
    caption
        Default the title of the question.
    source
        Without "Bron:".

    Returns
    -------
    Table
        Only themes that are mentioned often enough; a note tells the rule. Counts are never weighted.

    Raises
    ------
    UnknownNameError, ReportError
        As :func:`read_themes`.
    """
    counts = read_themes(estimates, questionnaire, question)
    return Table(
        id=exhibit_id("tbl", question),
        caption=caption or counts.question.title,
        data=counts.data,
        base=counts.base,
        notes=counts.notes,
        source=source,
        stub=Column("Thema", 70, "left"),
        columns=(Column("Aantal keer genoemd", 30),),
        rows=tuple(counts.rows()),
        foot=(Row("Respondenten die antwoordden", (counts.answered,)),),
    )
