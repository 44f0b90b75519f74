"""What a figure draws, decided before anything is drawn: kind of chart, order, colours and printed values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from srsmeting.errors import ReportError
from srsmeting.presentation.distribution import Answer, Distribution
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.sides import Sides
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
class DivergingRow:
    """One statement around its middle.

    Parameters
    ----------
    label
        The statement.
    before, middle, after
        The answers on one side, the neutral one, and those on the other side; in declared order.
    apart
        Answers outside the scale.
    totals
        What both sides are together, as printed; empty where it is not printed.
    """

    label: str
    before: tuple[Mark, ...]
    middle: Mark
    after: tuple[Mark, ...]
    apart: tuple[Mark, ...]
    totals: tuple[str, str] = ("", "")

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The answers, in declared order and those apart last."""
        return (*self.before, self.middle, *self.after, *self.apart)


@dataclass(frozen=True)
class DivergingChart:
    """Stacked bars around a middle, with the words that stand over the totals of both sides."""

    rows: tuple[DivergingRow, ...]
    totals: tuple[str, str] = ("", "")

    @property
    def legend(self) -> tuple[Mark, ...]:
        """The answers; every row has the same."""
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


Chart = StackedChart | DivergingChart | BarChart | ColumnChart


def plan_chart(
    question: Question,
    distributions: Sequence[Distribution],
    sides: Sides | None = None,
    *,
    by_size: bool = False,
) -> Chart:
    """Decide what the figure of a question looks like.

    Parameters
    ----------
    question
        Its kind decides: marks are columns, multiple answers are bars, statements with a neutral answer are bars around
        it, all others are stacked bars. A single question with more answers than fit in one bar, or in order of size,
        gets a bar for each.
    distributions
        In the order in which they are shown.
    sides
        What stands on both sides of the neutral answer, where there is one.
    by_size
        Whether the order is that of size.

    Raises
    ------
    ReportError
        For statements with more answers than fit in one bar.
    """
    answers = distributions[0].answers
    if question.kind == "mark":
        return ColumnChart(tuple(_mark(answer, style.BAR) for answer in answers), "Rapportcijfer")
    if question.kind == "multiple" or (question.kind == "single" and by_size):
        return BarChart(tuple(_bar(answer) for answer in answers))
    valid = sum(answer.kind != "dont_know" for answer in answers)
    if valid > style.MOST_SEGMENTS:
        if question.kind == "statements":
            raise ReportError(
                f"question {question.id!r}: {valid} answers do not fit in one bar, {style.MOST_SEGMENTS} do. "
                "Show fewer with categories=[...], for instance declared sums."
            )
        return BarChart(tuple(_bar(answer) for answer in answers))
    colours = _colours(answers, sides)
    marks = [tuple(map(_segment, part.answers, colours)) for part in distributions]
    if sides is None:
        return StackedChart(tuple(StackedRow(part.label, row) for part, row in zip(distributions, marks, strict=True)))
    rows = [_diverging(part, row, sides) for part, row in zip(distributions, marks, strict=True)]
    return DivergingChart(tuple(rows), sides.headers)


def _diverging(part: Distribution, marks: Sequence[Mark], sides: Sides) -> DivergingRow:
    by_code = {answer.code: mark for answer, mark in zip(part.answers, marks, strict=True)}
    before, after = (tuple(by_code[code] for code in codes) for codes in (sides.before, sides.after))
    known = {*sides.before, sides.neutral, *sides.after}
    apart = tuple(mark for code, mark in by_code.items() if code not in known)
    return DivergingRow(part.label, before, by_code[sides.neutral], after, apart, sides.totals(part.item))


def _colours(answers: Sequence[Answer], sides: Sides | None) -> list[str]:
    if sides is None:
        valid = sum(answer.kind != "dont_know" for answer in answers)
        ramp = iter(style.RAMPS[max(valid, 1)])
        return [style.UNKNOWN if answer.kind == "dont_know" else next(ramp) for answer in answers]
    coloured = {sides.neutral: style.NEUTRAL}
    coloured |= dict(zip(sides.before, style.BEFORE[len(sides.before)], strict=True))
    coloured |= dict(zip(reversed(sides.after), style.AFTER[len(sides.after)], strict=True))
    return [coloured.get(answer.code, style.UNKNOWN) for answer in answers]


def _bar(answer: Answer) -> Mark:
    return _mark(answer, style.BAR if answer.is_valid else style.ASIDE)


def _segment(answer: Answer, colour: str) -> Mark:
    return _mark(answer, colour, apart=answer.kind == "dont_know")


def _mark(answer: Answer, colour: str, *, apart: bool = False) -> Mark:
    percent = None if answer.share is None else 100 * answer.share
    return Mark(answer.label, percent, str(answer.printed), colour, apart)
