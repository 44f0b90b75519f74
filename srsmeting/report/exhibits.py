"""Figures, tables and notes of a chapter: one call each, with their own id, caption, base, source and legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from srsmeting.presentation import (
    Table,
    coverage_table,
    distribution_table,
    means_table,
    pijlers_table,
    response_table,
)
from srsmeting.presentation.exhibit import escape_html, escape_text, exhibit_id
from srsmeting.presentation.signs import SIGNS
from srsmeting.report.numbers import inside
from srsmeting.report.rates import Rates

if TYPE_CHECKING:
    from srsmeting.presentation.figures import Figure


@dataclass(frozen=True)
class Block:
    """Markdown that a cell shows."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown


class Exhibits(Rates):
    """The part of a report that shows figures, tables and notes."""

    def figure(self, question: str, *, categories: Sequence[str] | None = None, caption: str = "") -> Figure:
        """Return the figure of a question; a chapter refers to it as ``@fig-`` and its id with hyphens.

        Parameters
        ----------
        question
            Of kind single, multiple, statements or mark.
        categories, caption
            Default all answers, and the title of the question.
        """
        # Drawing takes a second to load: a chapter without figures does not wait for it.
        from srsmeting.presentation.figures import build_figure

        return build_figure(
            self.estimates, self.questionnaire, question, categories=categories, caption=caption, source=self.source
        )

    def distribution_table(self, question: str, *more: str, caption: str = "") -> Table:
        """Return the table of questions under each other, ``@tbl-`` and the id of the first: number and percentage."""
        return distribution_table(
            self.estimates, self.questionnaire, question, *more, caption=caption, source=self.source
        )

    def means_table(self, question: str, by: Sequence[str], caption: str) -> Block:
        """Return a table without a number of the mean per group of one or more breakdowns.

        It supports a sentence. Numbered, it would shift the numbers of the tables that are published.
        """
        table = means_table(self.estimates, self.questionnaire, question, by, caption=caption, source=self.source)
        titled = table.body().replace("<table>", f"<table>\n<caption>{escape_html(table.caption)}</caption>", 1)
        lines = "\n\n".join(escape_text(line) for line in table.lines())
        return Block(f"\n{titled}\n\n::: {{.bron}}\n\n{lines}\n\n:::\n")

    def response_table(self, by: str) -> Table:
        """Return the table of the response per group, ``@tbl-respons-`` and the breakdown, with the total."""
        label = self.questionnaire.breakdown(by).label
        return response_table(
            self.estimates,
            self.questionnaire,
            by=by,
            id=exhibit_id("tbl", f"respons_{by}"),
            caption=f"Respons naar {inside(label)}",
            source=self.source,
        )

    def coverage_table(self) -> Table:
        """Return the table of the coverage per branche and moment, ``@tbl-dekkingsgraad``, with breaks explained."""
        return coverage_table(
            self.estimates,
            self.questionnaire,
            notes=[self.coverage_breaks()],
            source=self.texts.coverage_source or self.source,
        )

    def pijlers_table(self) -> Table:
        """Return the table of the pijlers and their aims, ``@tbl-pijlers``."""
        return pijlers_table(self.questionnaire)

    def notice(self) -> Block:
        """Return the notice of the measurement as a callout; nothing where it has none."""
        if not self.texts.notice:
            return Block("")
        return Block(f"\n::: {{.callout-important}}\n\n{escape_text(self.texts.notice)}\n\n:::\n")

    def signs(self) -> Block:
        """Return a list of the signs that stand in tables and figures, and what they mean."""
        meanings = dict.fromkeys((sign.sign, sign.meaning) for sign in SIGNS.values())
        lines = [f"- **{escape_text(sign)}** = {escape_text(meaning)}" for sign, meaning in meanings]
        return Block("\n" + "\n".join(lines) + "\n")
