"""The numbers behind a figure as a table, one click away in a report that is read on a screen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from srsmeting.presentation.distribution import Distribution
from srsmeting.presentation.exhibit import escape_html, exhibit_id
from srsmeting.presentation.formats import format_count
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.questionnaire import Question

_SUMMARY = "Cijfers in een tabel"


def data_table(question: Question, caption: str, shown: Sequence[Distribution], data: pd.DataFrame) -> Table:
    """Make the table of everything that a figure prints: the answers in rows, below each other for every statement.

    Parameters
    ----------
    question
        Its kind decides what the rows are called.
    caption
        That of the figure.
    shown
        The answers in the order of the figure, with the sums that it prints.
    data
        The same as a frame.
    """
    rows = [
        Row(answer.label, (answer.counted, answer.printed), group=_group(part))
        for part in shown
        for answer in part.answers
    ]
    return Table(
        id=exhibit_id("tbl-cijfers", question.id),
        caption=caption,
        data=data,
        stub=Column("Cijfer" if question.kind == "mark" else "Antwoord", 60, "left"),
        columns=(Column("Aantal", 20), Column("Percentage", 20)),
        rows=tuple(rows),
    )


def folded(table: Table) -> str:
    """Return a table as markdown that HTML shows when it is asked for, and that Word and PDF leave out."""
    caption = escape_html(table.caption)
    opening = f'<details class="cijfers">\n<summary>{_SUMMARY}<span class="verborgen">: {caption}</span></summary>'
    named = table.html().replace("<table>", f'<table>\n<caption class="verborgen">{caption}</caption>', 1)
    # Three blocks: what is around a table is not part of it.
    blocks = (f"```{{=html}}\n{block}\n```" for block in (opening, named, "</details>"))
    return "\n\n".join(('::: {.content-visible when-format="html"}', *blocks, ":::"))


def _group(part: Distribution) -> str:
    return (
        f"{part.label} (n\u00a0=\u00a0{format_count(part.base)})"
        if part.label and part.base is not None
        else part.label
    )
