"""Alt text: what a figure shows, told from its data, with the main message first."""

from __future__ import annotations

from collections.abc import Sequence

from srsmeting.presentation.distribution import Answer, Distribution
from srsmeting.presentation.figures.charts import BarChart, Chart, ColumnChart, DivergingChart
from srsmeting.presentation.figures.order import largest_first
from srsmeting.presentation.figures.sides import Sides
from srsmeting.presentation.signs import SIGNS, Cell
from srsmeting.presentation.words import opsomming
from srsmeting.questionnaire import Question

_NOTHING = "Geen enkele waarde is gepubliceerd of beschikbaar."


def alt_text(
    chart: Chart,
    question: Question,
    distributions: Sequence[Distribution],
    sides: Sides | None = None,
    *,
    by_size: bool = False,
) -> str:
    """Tell a figure in words.

    Parameters
    ----------
    chart
        Which kind of figure it is.
    question
        What was asked.
    distributions
        The numbers in it, in the order in which they are shown.
    sides
        The sums beside statements around a middle.
    by_size
        Whether answers are told from large to small; else in declared order.

    Returns
    -------
    str
        Dutch sentences on one line: what matters most, then every value that the figure shows.
    """
    if question.items:
        return _statements(chart, distributions, sides)
    (part,) = distributions
    if isinstance(chart, ColumnChart):
        return _told(part, "Vaakst gegeven cijfer", "kolommen")
    most = "Het vaakst genoemd" if question.kind == "multiple" else "Grootste groep"
    if not isinstance(chart, BarChart):
        return _told(part, most, "een gestapelde staaf")
    return _ranked(part, most) if by_size else _told(part, most, "staven")


def _told(part: Distribution, most: str, shape: str) -> str:
    return f"{_message(part, most)}Verdeling in {shape}: {_listed(part.answers)}." if _is_known(part) else _NOTHING


def _ranked(part: Distribution, most: str) -> str:
    message = _message(part, most)
    if not message:
        shown = f"Verdeling in staven van groot naar klein: {_listed(largest_first(part.answers))}."
        return shown if _is_known(part) else _NOTHING
    first = _largest(part)
    rest = [answer for answer in largest_first(part.answers) if answer not in first]
    after = _listed([answer for answer in rest if answer.is_valid])
    aside = _listed([answer for answer in rest if not answer.is_valid])
    told = (f"Daarna: {after}. " if after else "") + (f"Apart: {aside}. " if aside else "")
    return f"{message}{told}Staven van groot naar klein."


def _statements(chart: Chart, distributions: Sequence[Distribution], sides: Sides | None) -> str:
    if not any(map(_is_known, distributions)):
        return _NOTHING
    if sides and all(sides.sums):
        told = [f"‘{part.label}’: {_summed(sides.answers(part.item))}" for part in distributions]
        message = f"{'; '.join(told)}."
    else:
        most = [
            f"‘{part.label}’: {opsomming([answer.label for answer in _largest(part)])} ({_each(_largest(part))})"
            for part in distributions
            if _is_whole(part)
        ]
        message = f"Meest gegeven antwoord: {'; '.join(most)}." if most else ""
    if sides and isinstance(chart, DivergingChart):
        middle = chart.rows[0].middle.label
        shape = f"Gestapelde staven rond het midden, ‘{middle}’." if distributions[1:] else f"Staaf rond ‘{middle}’."
    else:
        shape = "Gestapelde staven, een per stelling." if distributions[1:] else "Gestapelde staaf."
    rows = " ".join(
        f"{_sentence(part.label)} {_listed(part.answers) + '.' if _is_known(part) else _NOTHING}"
        for part in distributions
    )
    return f"{message} {shape} {rows}".strip()


def _message(part: Distribution, most: str) -> str:
    # What is hidden may be the largest.
    if not _is_whole(part):
        return ""
    first = _largest(part)
    return f"{most}: {opsomming([answer.label for answer in first])} ({_each(first)}). "


def _largest(part: Distribution) -> list[Answer]:
    # "Anders" is a heap of answers, never the one that most people gave, unless there is nothing else.
    candidates = [answer for answer in part.answers if answer.kind != "other"] or list(part.answers)
    top = max(answer.share or 0 for answer in candidates)
    return [answer for answer in candidates if answer.share == top]


def _each(answers: Sequence[Answer]) -> str:
    return str(answers[0].printed) if len(answers) == 1 else f"elk {answers[0].printed}"


def _is_known(part: Distribution) -> bool:
    return any(answer.share is not None for answer in part.answers)


def _is_whole(part: Distribution) -> bool:
    return all(answer.share is not None for answer in part.answers)


def _summed(answers: Sequence[Answer]) -> str:
    return ", ".join(f"{answer.label} {_value(answer.printed, answer.share)}" for answer in answers)


def _listed(answers: Sequence[Answer]) -> str:
    # Semicolons: labels have commas of their own. Brackets: some labels end in a number.
    return "; ".join(f"{answer.label} ({_value(answer.printed, answer.share)})" for answer in answers)


def _value(printed: Cell, share: float | None) -> str:
    if share is not None:
        return str(printed)
    sign = SIGNS[printed.status]
    return sign.meaning if sign.replaces else SIGNS["O"].meaning


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
