"""What a figure draws, decided before anything is drawn: kind of chart, order, colours and printed values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from srsmeting.errors import ReportError
from srsmeting.presentation.distribution import Answer, Distribution
from srsmeting.presentation.figures import style
from srsmeting.questionnaire import Question


@dataclass(frozen=True)
class Mark:
    """One bar, column or segment.

    Parameters
    ----------
    label
        The answer it stands for.
    percent
        Its length; None where there is nothing to draw.
    text
        What is printed on or beside it: a percentage, or the sign for a missing value.
    colour
        Its fill.
    apart
        Whether it stands outside the scale of the answers ("weet niet").
    """

    label: str
    percent: float | None
    text: str
    colour: str
    apart: bool = False


@dataclass(frozen=True)
class StackedRow:
    """One stacked bar: a question, or a statement with its text."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class StackedChart:
    """Stacked horizontal bars with one legend."""

    rows: tuple[StackedRow, ...]

    @property
    def legend(self) -> tuple[Mark, ...]:
        """The answers, in declared order; every row has the same."""
        return self.rows[0].marks


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars, one for each answer."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class ColumnChart:
    """Columns, one for each mark."""

    marks: tuple[Mark, ...]
    axis: str


Chart = StackedChart | BarChart | ColumnChart

# Where the answers that are beside the question go, after the ordered ones.
_LAST = {"other": 1, "none_of_these": 2, "not_applicable": 3, "dont_know": 4}


def plan_chart(question: Question, distributions: Sequence[Distribution]) -> Chart:
    """Decide what the figure of a question looks like.

    Parameters
    ----------
    question
        Its kind decides: marks are columns, multiple answers are bars with the largest first, all others are stacked
        bars in declared order. A single question with more answers than fit in one bar gets bars in declared order.
    distributions
        As :func:`read_distributions` returns them.

    Raises
    ------
    ReportError
        For statements with more answers than fit in one bar.
    """
    answers = distributions[0].answers
    if question.kind == "mark":
        return ColumnChart(tuple(_mark(answer, style.BAR) for answer in answers), "Rapportcijfer")
    if question.kind == "multiple":
        return BarChart(tuple(_bar(answer) for answer in largest_first(answers)))
    valid = sum(answer.kind != "dont_know" for answer in answers)
    if valid > style.MOST_SEGMENTS:
        if question.kind == "statements":
            raise ReportError(
                f"question {question.id!r}: {valid} answers do not fit in one bar, {style.MOST_SEGMENTS} do. "
                "Show fewer with categories=[...], for instance declared sums."
            )
        return BarChart(tuple(_bar(answer) for answer in answers))
    five_points = question.kind == "statements" and valid == len(style.FIVE_POINTS)
    ramp = iter(style.FIVE_POINTS if five_points else style.RAMPS[max(valid, 1)])
    colours = [style.UNKNOWN if answer.kind == "dont_know" else next(ramp) for answer in answers]
    rows = []
    for part in distributions:
        marks = [_segment(answer, colour) for answer, colour in zip(part.answers, colours, strict=True)]
        rows.append(StackedRow(part.label, tuple(marks)))
    return StackedChart(tuple(rows))


def largest_first(answers: Sequence[Answer]) -> list[Answer]:
    """Order answers by their share, equal ones as declared; missing ones after that, "anders" and "geen" last."""
    return sorted(answers, key=lambda a: (_LAST.get(a.kind, 0), a.share is None, -(a.share or 0)))


def _bar(answer: Answer) -> Mark:
    return _mark(answer, style.BAR if answer.is_valid else style.ASIDE)


def _segment(answer: Answer, colour: str) -> Mark:
    return _mark(answer, colour, apart=answer.kind == "dont_know")


def _mark(answer: Answer, colour: str, *, apart: bool = False) -> Mark:
    percent = None if answer.share is None else 100 * answer.share
    return Mark(answer.label, percent, str(answer.printed), colour, apart)
