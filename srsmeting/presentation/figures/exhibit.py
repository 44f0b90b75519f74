"""The figure as an exhibit of a report: built from the estimate frame, written as a picture when it is shown."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib.figure import Figure as Canvas

from srsmeting.presentation.distribution import Distribution, read_distributions, share_decimals, shown_data
from srsmeting.presentation.exhibit import Exhibit, escape_attribute, exhibit_id, requested_formats
from srsmeting.presentation.figures.alt import alt_text
from srsmeting.presentation.figures.canvas import to_bytes
from srsmeting.presentation.figures.charts import Chart, plan_chart
from srsmeting.presentation.figures.data_table import data_table, folded
from srsmeting.presentation.figures.drawing import draw
from srsmeting.presentation.figures.order import Order, arrange, is_by_size
from srsmeting.presentation.figures.sides import read_sides
from srsmeting.presentation.notes import base_line, mean_note, standard_notes, weighted_note
from srsmeting.presentation.semantic_table import Table
from srsmeting.presentation.signs import legend
from srsmeting.questionnaire import Questionnaire
from srsmeting.rounding import DECIMALS_FROM

#: Where pictures go, below the working directory of the report.
FOLDER: Final = "figuren"


@dataclass(frozen=True, kw_only=True, repr=False)
class Picture(Exhibit):
    """A figure: something that is drawn.

    Parameters
    ----------
    alt
        What it shows, in words.
    table
        The numbers behind it, one click away in HTML.
    """

    alt: str
    table: Table

    @abstractmethod
    def drawn(self) -> Canvas:
        """Draw it."""

    def body(self) -> str:
        """Write the picture and return the markdown that shows it."""
        formats = requested_formats()
        shown = self.save(FOLDER)
        if "docx" in formats:
            # Word cannot show SVG without help from outside. Beside an SVG the renderer finds the PNG by its name.
            png = self.save(FOLDER, shown.with_suffix(".png").name)
            shown = png if formats == {"docx"} else shown
        return f'![]({shown.as_posix()}){{fig-alt="{escape_attribute(self.alt)}"}}'

    def save(self, folder: str | Path, name: str = "") -> Path:
        """Write the picture, whole or not at all.

        Parameters
        ----------
        folder
            Made if it is not there.
        name
            File name ending in ``.svg`` or ``.png``. Default: the id and a hash of the picture, so that pictures that
            differ (another region, other data) never overwrite each other, and the same picture is the same file.

        Returns
        -------
        Path
            The file.
        """
        content = to_bytes(self.drawn(), Path(name).suffix)
        name = name or f"{self.id}-{hashlib.sha256(content).hexdigest()[:10]}.svg"
        target = Path(folder) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{name}")
        draft.write_bytes(content)
        draft.replace(target)
        return target

    def _repr_markdown_(self) -> str:
        return f"{super()._repr_markdown_()}\n{folded(self.table)}\n"


@dataclass(frozen=True, kw_only=True, repr=False)
class Figure(Picture):
    """A figure of one question.

    Parameters
    ----------
    chart
        What it draws.
    """

    chart: Chart

    def drawn(self) -> Canvas:
        """Draw its chart."""
        return draw(self.chart)


def build_figure(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    question: str,
    *,
    categories: Sequence[str] | None = None,
    caption: str = "",
    source: str = "",
    weighted_by: str = "",
    decimals_from: int | None = DECIMALS_FROM,
    order: Order | None = None,
) -> Figure:
    """Make the figure of a question from the estimate frame.

    Parameters
    ----------
    estimates
        The estimate frame; shares of all respondents are read, and nothing is computed.
    questionnaire
        Labels, order, kind of the question, and who was asked.
    question
        Question id, of kind single, multiple, statements or mark.
    categories
        Codes of categories and declared sums to show, in order; default all categories in the base.
    caption
        Default the title of the question.
    source
        Without "Bron:".
    weighted_by
        To what the answers were weighted, in words; said beneath where the estimates are weighted.
    decimals_from
        Percentages have a decimal when all of their bases are at least this; None for never.
    order
        ``declared`` or ``size``: of the answers, or of the statements by what is on the first side. Default: ``size``
        for multiple answers, ``declared`` for all others.

    Returns
    -------
    Figure
        Its `.data` is the frame behind it; showing it in a chapter writes the picture to `figuren/`.

    Raises
    ------
    UnknownNameError
        For a question or category that does not exist.
    ReportError
        For a kind of question that has no figure, categories that overlap, shares that the frame does not have, or
        marks in order of size.

    Examples
    --------
    >>> from srsmeting.estimates import estimate_frame
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> yes_no = [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]
    >>> asked = {"id": "deelname", "kind": "single", "title": "Deelname", "text": "Doet u mee?", "pijler": "basis",
    ...          "fase": "bereik", "categories": yes_no}
    >>> questionnaire = parse_questionnaire({"meting": "m", "title": "M", "questions": [asked],
    ...                                      "pijlers": [{"id": "basis", "label": "Basis"}]})
    >>> estimates = estimate_frame({"meting": "m", "question": "deelname", "category": ["ja", "nee"], "denominator": 4,
    ...                             "measure": "share", "estimate": [0.75, 0.25], "numerator": [3, 1]})
    >>> figure = build_figure(estimates, questionnaire, "deelname", source="eigen enquête")
    >>> figure
    <Figure fig-deelname: Deelname>
    >>> figure.alt
    'Grootste groep: Ja (75%). Verdeling in een gestapelde staaf: Ja (75%); Nee (25%).'
    >>> print(*figure.lines())
    Basis: alle respondenten (n = 4). Bron: eigen enquête
    """
    asked = questionnaire.question(question)
    decimals = share_decimals(estimates, questionnaire, [question], decimals_from)
    distributions: Sequence[Distribution] = read_distributions(estimates, questionnaire, question, categories, decimals)
    sides = read_sides(estimates, questionnaire, asked, distributions, decimals)
    by_size = is_by_size(asked, order)
    if by_size:
        distributions = arrange(asked, distributions, sides)
    chart = plan_chart(asked, distributions, sides, by_size=by_size)
    mean = mean_note(estimates, questionnaire, question)
    weighted = weighted_note(estimates, questionnaire, weighted_by)
    # The sums beside the bars are printed too, so they are data of the figure.
    shown = [
        replace(part, answers=(*part.answers, *(sides.answers(part.item) if sides else ()))) for part in distributions
    ]
    printed = [answer.printed for part in shown for answer in part.answers]
    caption = caption or asked.title
    data = shown_data(shown)
    return Figure(
        id=exhibit_id("fig", question),
        caption=caption,
        data=data,
        base=base_line(questionnaire, question, [part.base for part in distributions]),
        notes=tuple(note for note in (*standard_notes(asked), mean, weighted, legend(printed)) if note),
        source=source,
        alt=alt_text(chart, asked, distributions, sides, by_size=by_size),
        chart=chart,
        table=data_table(asked, caption, shown, data),
    )
