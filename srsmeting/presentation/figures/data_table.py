"""The numbers behind a figure as a table, one click away in a report that is read on a screen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from srsmeting.presentation.distribution import Distribution
from srsmeting.presentation.exhibit import escape_html, exhibit_id
from srsmeting.presentation.formats import format_count
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell
from srsmeting.questionnaire import Question

_SUMMARY = "Cijfers in een tabel"


def data_table(question: Question, caption: str, shown: Sequence[Distribution], data: pd.DataFrame) -> Table:
    """Make the table of everything that a figure prints: answers in rows, or statements in rows and answers in columns.

    Parameters
    ----------
    question
        Its kind decides.
    caption
        That of the figure.
    shown
        The answers in the order of the figure, with the sums that it prints.
    data
        The same as a frame.
    """
    id = exhibit_id("tbl-cijfers", question.id)
    if not question.items:
        stub = Column("Cijfer" if question.kind == "mark" else "Antwoord", 60, "left")
        rows = [Row(answer.label, (answer.counted, answer.printed)) for answer in shown[0].answers]
        columns = [Column("Aantal", 20), Column("Percentage", 20)]
        return Table(id=id, caption=caption, data=data, stub=stub, columns=tuple(columns), rows=tuple(rows))
    answers = shown[0].answers
    width = 64 // (len(answers) + 1)
    columns = [*(Column(answer.label, width) for answer in answers), Column("Aantal respondenten", width)]
    return Table(
        id=id,
        caption=caption,
        data=data,
        stub=Column("Stelling", 100 - width * len(columns), "left"),
        columns=tuple(columns),
        rows=tuple(Row(part.label, (*(answer.printed for answer in part.answers), _base(part))) for part in shown),
    )


def folded(table: Table) -> str:
    """Return a table as markdown that HTML shows when it is asked for, and that Word and PDF leave out."""
    caption = escape_html(table.caption)
    opening = f'<details class="cijfers">\n<summary>{_SUMMARY}<span class="verborgen">: {caption}</span></summary>'
    named = table.html().replace("<table>", f'<table>\n<caption class="verborgen">{caption}</caption>', 1)
    # Three blocks: what is around a table is not part of it.
    blocks = (f"```{{=html}}\n{block}\n```" for block in (opening, named, "</details>"))
    return "\n\n".join(('::: {.content-visible when-format="html"}', *blocks, ":::"))


def _base(part: Distribution) -> Cell:
    # Without a base every answer has a sign, and so has the base.
    return part.answers[0].counted if part.base is None else Cell(format_count(part.base))
