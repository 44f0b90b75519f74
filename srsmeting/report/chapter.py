"""What a chapter has in its hands: figures, tables and notes in one call each, beside numbers and comparisons."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from srsmeting.errors import UnknownCallError, suggest
from srsmeting.presentation.annex_tables import coverage_table, pijlers_table, response_table
from srsmeting.presentation.exhibit import escape_text, exhibit_id
from srsmeting.presentation.nonresponse_tables import composition_table, disposition_table
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.semantic_table import Table
from srsmeting.presentation.signs import SIGNS
from srsmeting.presentation.tables import distribution_table, means_table
from srsmeting.presentation.theme_tables import theme_table
from srsmeting.presentation.years.series import STAR
from srsmeting.report.block import Block
from srsmeting.report.bundle import MONITOR, VARIABLE, read_bundle
from srsmeting.report.comparability import Comparability
from srsmeting.report.conditions import Conditions
from srsmeting.report.development import Development
from srsmeting.report.facts import Facts
from srsmeting.report.gone import telling
from srsmeting.report.nonresponse import Nonresponse
from srsmeting.report.themes import Themes

if TYPE_CHECKING:
    from srsmeting.presentation.figures import ChangeFigure, Figure, Order
    from srsmeting.report.goals import GoalsReport


@telling
class Report(Comparability, Conditions, Development, Themes, Nonresponse, Facts):
    """What a chapter can say: numbers, comparisons, response and coverage, figures and tables.

    A chapter opens it with :func:`open_report`.
    """

    if not TYPE_CHECKING:  # A type checker knows the calls itself.

        def __getattr__(self, name: str) -> object:
            # Python asks for names of its own; whoever mistypes a call is told what there is.
            if name.startswith("_"):
                raise AttributeError(name)
            calls = [call for call in dir(type(self)) if not call.startswith("_")]
            raise UnknownCallError(f"a report has no {name!r}. {suggest(name, calls)}")

    def __repr__(self) -> str:
        return f"<Report {self.texts.meting}: {len(self.estimates)} estimates>"

    def figure(
        self, question: str, *, categories: Sequence[str] | None = None, caption: str = "", order: Order | None = None
    ) -> Figure:
        """Return the figure of a question; a chapter refers to it as ``@fig-`` and its id with hyphens.

        Parameters
        ----------
        question
            Of kind single, multiple, statements or mark.
        categories, caption
            Default all answers, and the title of the question.
        order
            ``declared`` or ``size``; see :func:`srsmeting.presentation.figures.build_figure`.
        """
        # Drawing takes a second to load: a chapter without figures does not wait for it.
        from srsmeting.presentation.figures import build_figure

        return build_figure(
            self.estimates,
            self.questionnaire,
            question,
            categories=categories,
            caption=caption,
            source=self.source,
            weighted_by=self.weighted_by,
            decimals_from=self.texts.decimals_from,
            order=order,
        )

    def distribution_table(self, question: str, *more: str, caption: str = "") -> Table:
        """Return the table of questions under each other, ``@tbl-`` and the id of the first: number and percentage."""
        return distribution_table(
            self.estimates,
            self.questionnaire,
            question,
            *more,
            caption=caption,
            source=self.source,
            weighted_by=self.weighted_by,
            decimals_from=self.texts.decimals_from,
        )

    def theme_table(self, question: str, caption: str = "") -> Table:
        """Return the table of the themes of an open question, ``@tbl-`` and its id: how often each is mentioned.

        Beside questions with categories, themes stand in :meth:`distribution_table`.
        """
        return theme_table(self.estimates, self.questionnaire, question, caption=caption, source=self.source)

    def means_table(self, question: str, by: Sequence[str], caption: str) -> Block:
        """Return a table without a number of the mean per group of one or more breakdowns.

        It supports a sentence. Numbered, it would shift the numbers of the tables that are published.
        """
        table = means_table(
            self.estimates,
            self.questionnaire,
            question,
            by,
            caption=caption,
            source=self.source,
            weighted_by=self.weighted_by,
        )
        return Block(table.unnumbered())

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

    def disposition_table(self, caption: str) -> Table:
        """Return the table of what became of everyone who was invited, ``@tbl-uitkomst``."""
        return disposition_table(self.estimates, self.questionnaire, caption=caption, source=self.source)

    def composition_table(self, *by: str, caption: str) -> Table:
        """Return the table of respondents beside the frame by some of its variables, ``@tbl-steekproefkader``."""
        return composition_table(self.estimates, self.questionnaire, by, caption=caption, source=self.source)

    def coverage_table(self) -> Table:
        """Return the table of the coverage per branche and moment, ``@tbl-dekkingsgraad``, with breaks explained."""
        return coverage_table(
            self.estimates,
            self.questionnaire,
            notes=[self.coverage_breaks()],
            source=self.texts.coverage_source or self.source,
        )

    def coverage_figure(self, order: Order = "declared") -> ChangeFigure:
        """Return the figure of the coverage per branche at the last two moments, ``@fig-dekkingsgraad``."""
        from srsmeting.presentation.figures import build_coverage_change

        return build_coverage_change(
            self.estimates,
            self.questionnaire,
            notes=[self.coverage_breaks()],
            source=self.texts.coverage_source or self.source,
            order=order,
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
        if self.is_repeat:
            meanings[STAR, "significante verandering"] = None
        lines = [f"- **{escape_text(sign)}** = {escape_text(meaning)}" for sign, meaning in meanings]
        return Block("\n" + "\n".join(lines) + "\n")


def open_report(path: str | os.PathLike[str] | None = None) -> Report | GoalsReport:
    """Open the report that a chapter belongs to.

    Parameters
    ----------
    path
        The folder with estimates.csv, questionnaire.yaml and report.json; default the one that ``srsmeting render``
        names in ``SRSMETING_REPORT``. Of a monitor of goals it holds the monitor, and no questionnaire.

    Returns
    -------
    Report or GoalsReport
        A :class:`srsmeting.report.goals.GoalsReport` on a monitor of goals.

    Raises
    ------
    ReportError
        When no folder is known, or it does not hold what a report needs.

    Examples
    --------
    >>> import os
    >>> _ = os.environ.pop("SRSMETING_REPORT", None)
    >>> open_report()  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    srsmeting.errors.ReportError: open_report(): no figures to report on, SRSMETING_REPORT is not set. ...
    """
    folder = Path(path or os.environ.get(VARIABLE, ""))
    if (path or os.environ.get(VARIABLE)) and (folder / MONITOR).is_dir():
        from srsmeting.report.goals import GoalsReport
        from srsmeting.report.goals.bundle import read_goals_bundle

        return GoalsReport(*read_goals_bundle(folder))
    return Report(read_bundle(path))
