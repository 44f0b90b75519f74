"""What a cell that asks for a number says: a count, a word why there is none, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
import math

from srsmeting.goals import ABSENCES, Value, read_value
from srsmeting.goals.values import KINDS
from srsmeting.intake.files.workbook import cell_text
from srsmeting.rounds.filled import Answer, Filled

#: Why there may be no number: of a result or participants, and of a goal.
RESULT_WORDS = ("none", "not_applicable", "not_yet", "unknown", "said")
GOAL_WORDS = ("none", "not_applicable", "dropped")
#: That nobody dropped out.
NO_DROPOUT = "geen uitval"

_HOW_MANY = "Write how many; the percentage is computed."


def text_of(answer: Answer | None) -> str:
    r"""Return what a cell says in words, on one line.

    Examples
    --------
    >>> text_of(Answer("Resultaten", "F5", " meer \n dan gedacht ")), text_of(None)
    ('meer dan gedacht', '')
    """
    return " ".join(cell_text(answer.value).split()) if answer else ""


def value_of(
    filled: Filled,
    answer: Answer | None,
    words: tuple[str, ...] = RESULT_WORDS,
    *,
    ranges: bool = False,
    kinds: str = "",
) -> Value | None:
    """Return what a cell says; None where it says nothing, or something wrong: that is kept as a fault.

    Parameters
    ----------
    filled
        The workbook, which keeps the faults.
    answer
        The cell.
    words
        Why there may be no number, as in :data:`srsmeting.goals.ABSENCES`.
    ranges
        Whether a range may stand there.
    kinds
        What may stand there, in words; by default all that :func:`srsmeting.goals.read_value` reads.
    """
    if answer is None or answer.value is None:
        return None
    try:
        value = read_value(_written(answer))
    except ValueError as problem:
        what = str(problem).replace(KINDS, kinds) if kinds else str(problem)
        filled.fault(answer.sheet, answer.cell, what, "value", cell_text(answer.value))
        return None
    if value.absent and value.absent not in words:
        known = ", ".join(repr(text) for text, why in ABSENCES.items() if why in words)
        what = f"{value.text!r} cannot stand here. Write a count, or one of {known}."
        filled.fault(answer.sheet, answer.cell, what, "word", value.text)
        return None
    if value.is_range and not ranges:
        what = f"{value.text!r} is a range, and what was reached is one count. Write 'circa …' if it is not exact."
        filled.fault(answer.sheet, answer.cell, what, "range", value.text)
        return None
    if value.absent and value.absent != "said":
        return read_value(value.text.lower())
    # 1.047 as a text is the number 1047.
    plain = value.is_count and not (value.approximate or value.is_range or value.parts)
    return read_value(str(value.low)) if plain else value


def number_of(
    filled: Filled, answer: Answer | None, words: tuple[str, ...] = ("unknown",), *, kinds: str = ""
) -> int | Value | None:
    """Return an exact count, or the word that stands in its place; None as :func:`value_of`."""
    value = value_of(filled, answer, words, kinds=kinds)
    if answer is None or value is None or value.absent:
        return value
    if value.approximate:
        what = f"{value.text!r} is not exact, and no share follows from it. Write a whole number, or 'onbekend'."
        filled.fault(answer.sheet, answer.cell, what, "approximate", value.text)
        return None
    return value.low


def _written(answer: Answer) -> str:
    """Return a cell as a person would have written it; ValueError for what is no count."""
    value = answer.value
    if isinstance(value, bool):
        raise ValueError(f"is {cell_text(value)}. Write a number.")
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        raise ValueError(f"is a date or time ({cell_text(value)}). Write the number; the program made a date of it.")
    if answer.percent:
        raise ValueError(f"is a percentage ({round(value * 100, 6):g}%), and a count is asked. {_HOW_MANY}")
    if isinstance(value, float) and not (value.is_integer() and math.isfinite(value)):
        if 0 < value < 1:
            raise ValueError(f"{value:g} is a share, and a count is asked. {_HOW_MANY}")
        raise ValueError(f"{value:g} is no whole number. Write a count.")
    return cell_text(value)
