"""Alt text: what a figure shows, told from its data, with the main message first."""

from __future__ import annotations

from collections.abc import Sequence

from srsmeting.presentation.distribution import Answer, Distribution
from srsmeting.presentation.figures.charts import BarChart, Chart, ColumnChart, largest_first
from srsmeting.presentation.signs import SIGNS
from srsmeting.presentation.words import opsomming

_NOTHING = "Geen enkele waarde is gepubliceerd of beschikbaar."


def alt_text(chart: Chart, distributions: Sequence[Distribution], *, ordered: bool = False) -> str:
    """Tell a figure in words.

    Parameters
    ----------
    chart
        Which kind of figure it is.
    distributions
        The numbers in it.
    ordered
        Whether the answers are told from large to small; else in declared order.

    Returns
    -------
    str
        Dutch sentences on one line, with every value that the figure shows.
    """
    if isinstance(chart, ColumnChart):
        return f"Kolommendiagram. {_told(distributions[0], 'Vaakst gegeven cijfer', ordered=False)}"
    if isinstance(chart, BarChart):
        most = "Het vaakst genoemd" if ordered else "Grootste groep"
        return f"Staafdiagram. {_told(distributions[0], most, ordered=ordered)}"
    if not distributions[0].item:
        return f"Gestapelde staaf. {_told(distributions[0], 'Grootste groep', ordered=False)}"
    rows = " ".join(f"{_sentence(part.label)} {_told(part, 'Meest gegeven antwoord', False)}" for part in distributions)
    return f"Gestapelde staven, een per stelling. {rows}" if distributions[1:] else f"Gestapelde staaf. {rows}"


def _told(part: Distribution, most: str, ordered: bool) -> str:
    if all(answer.share is None for answer in part.answers):
        return _NOTHING
    if any(answer.share is None for answer in part.answers):
        # What is hidden may be the largest.
        return f"Verdeling: {_listed(largest_first(part.answers) if ordered else part.answers)}."
    # "Anders" is a heap of answers, never the one that most people gave, unless there is nothing else.
    candidates = [a for a in part.answers if a.kind != "other"] or list(part.answers)
    top = max(a.share or 0 for a in candidates)
    first = [a for a in candidates if a.share == top]
    value = first[0].printed if len(first) == 1 else f"elk {first[0].printed}"
    message = f"{most}: {opsomming([a.label for a in first])} ({value})."
    if not ordered:
        return f"{message} Verdeling: {_listed(part.answers)}."
    rest = [a for a in largest_first(part.answers) if a not in first]
    after = _listed([a for a in rest if a.is_valid])
    aside = _listed([a for a in rest if not a.is_valid])
    return message + (f" Daarna: {after}." if after else "") + (f" Apart: {aside}." if aside else "")


def _listed(answers: Sequence[Answer]) -> str:
    # Semicolons: labels have commas of their own. Brackets: some labels end in a number.
    return "; ".join(f"{answer.label} ({_value(answer)})" for answer in answers)


def _value(answer: Answer) -> str:
    if answer.share is not None:
        return str(answer.printed)
    sign = SIGNS[answer.printed.status]
    return sign.meaning if sign.replaces else SIGNS["O"].meaning


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
