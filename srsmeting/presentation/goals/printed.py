"""How goals, results and percentages are printed: as they were written, with footnotes of their own.

What is no number stands as people wrote it (``-``, ``n.v.t.``, ``onbekend``); what a sign means is said beneath the
table, and only of the signs that stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from string import ascii_lowercase
from typing import Final

from srsmeting.goals import Value
from srsmeting.presentation.formats import format_count, format_percentage
from srsmeting.presentation.goals.outcomes import Row, is_absent
from srsmeting.presentation.signs import Cell
from srsmeting.rounding import percentage

_WORDS: Final = re.compile(r"\D+")

#: Stands where nothing was written.
NOTHING: Final = "-"
#: What stands in place of a percentage, by the reason that there is none.
ABSENT: Final = {
    "no_goal": "n.v.t.",
    "no_result": NOTHING,
    "not_applicable": "n.v.t.",
    "not_yet": "nog n.v.t.",
    "unknown": "onbekend",
    "goal_dropped": "vervallen",
    "in_words": "alleen in woorden",
    "incomplete": "onbekend",
}
#: What the signs mean, in tables of goals, of results and of percentages.
MEANINGS: Final = {
    "goal": {
        NOTHING: "geen doel in aantallen",
        "n.v.t.": "niet van toepassing",
        "nog n.v.t.": "nog niet aan de orde",
        "vervallen": "doel losgelaten",
        "circa": "geschat",
    },
    "result": {
        NOTHING: "nog geen resultaat",
        "n.v.t.": "niet van toepassing",
        "nog n.v.t.": "nog niet aan de orde",
        "circa": "geschat",
    },
    "attainment": {
        NOTHING: "nog geen resultaat",
        "n.v.t.": "geen doel in aantallen",
        "nog n.v.t.": "nog niet aan de orde",
        "vervallen": "doel losgelaten",
        "circa": "berekend met een geschat aantal",
    },
    "portrait": {
        NOTHING: "geen doel in aantallen, of nog geen resultaat",
        "n.v.t.": "niet te berekenen",
        "nog n.v.t.": "nog niet aan de orde",
        "vervallen": "doel losgelaten",
        "circa": "geschat",
    },
}


class Footnotes:
    """Collects the footnotes of a table; the same text has one letter."""

    def __init__(self) -> None:
        self._letters = _letters()
        self._found: dict[str, str] = {}

    def mark(self, *texts: str) -> str:
        """Return the letters of some footnotes, empty texts left out: "a", or "a b"."""
        marks = []
        for text in dict.fromkeys(text for text in texts if text):
            if text not in self._found:
                self._found[text] = next(self._letters)
            marks.append(self._found[text])
        return " ".join(marks)

    @property
    def lines(self) -> tuple[str, ...]:
        """The footnotes, each with its letter."""
        return tuple(f"{letter})\u00a0{_closed(text)}" for text, letter in self._found.items())


def _letters() -> Iterator[str]:
    yield from ascii_lowercase
    for one, two in product(ascii_lowercase, repeat=2):
        yield one + two


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def written(value: Value | None) -> str:
    """Return a value as it was written; a sum as its outcome.

    Examples
    --------
    >>> from srsmeting.goals import read_value
    >>> [written(read_value(text)) for text in ("50/60", "110 + 88", "1047", "circa 90", "-", "gezegd: heel beperkt")]
    ['50/60', '198', '1.047', 'circa 90', '-', 'heel beperkt']
    """
    if value is None:
        return NOTHING
    if value.said:
        return value.said
    if value.low is None or value.high is None:
        return value.text if value.absent != "none" else NOTHING
    ends = (
        format_count(value.low) if value.low == value.high else f"{format_count(value.low)}/{format_count(value.high)}"
    )
    if not value.approximate:
        return ends
    # "Meer dan 300" says more than "circa 300".
    words = _WORDS.match(value.text)
    return f"{words[0].strip() if words else 'circa'} {ends}"


def sum_note(value: Value | None, labels: tuple[str, ...] = ()) -> str:
    """Say of what a number is the sum; an empty text where it is none.

    Examples
    --------
    >>> from srsmeting.goals import read_value
    >>> sum_note(read_value("130 + 45")), sum_note(read_value("110 + 88"), ("Bbl", "Directe plaatsing"))
    ('130 + 45', 'Bbl 110 + directe plaatsing 88')
    """
    if value is None or len(value.parts) < 2:
        return ""
    names = labels if len(labels) == len(value.parts) else ("",) * len(value.parts)
    told = [f"{name} {format_count(part)}".strip() for name, part in zip(names, value.parts, strict=True)]
    return " + ".join([told[0], *(f"{one[:1].lower()}{one[1:]}" for one in told[1:])])


def percent_text(row: Row | None, result: Row | None = None) -> str:
    """Print how far a goal was reached: "23%", "circa 90%", "67–80%" of a range, or why there is none.

    Where there is neither goal nor result (`result`), the result is what is missing.
    """
    if row is None:
        return NOTHING
    if is_absent(row):
        reason = str(row["reason"])
        without = reason == "no_goal" and result is not None and str(result["reason"]) == "no_result"
        return ABSENT.get("no_result" if without else reason, NOTHING)
    low, high = row["estimate"], row["ci_high"]
    text = format_percentage(low)
    # Against the high end of a range, and against its low end.
    if high == high and percentage(high) != percentage(low):
        text = f"{text[:-1]}–{format_percentage(high)}"
    return f"circa {text}" if str(row["status"]) == "E" else text


def count_text(row: Row | None) -> str:
    """Print a count of the frame: "1.047", "50/60" of a range, or why there is none."""
    if row is None or is_absent(row):
        return NOTHING if row is None else ABSENT.get(str(row["reason"]), NOTHING)
    low, high = row["ci_low"], row["ci_high"]
    if low == low and high == high and low != high:
        return f"{format_count(low)}/{format_count(high)}"
    return format_count(row["estimate"])


def legend(kind: str, cells: Iterator[Cell] | list[Cell]) -> str:
    """Say what the signs mean that stand in cells, and only those: "- = geen doel in aantallen."."""
    texts = [cell.text for cell in cells]
    found = []
    for sign, meaning in MEANINGS[kind].items():
        if any(text == sign or (sign == "circa" and text.startswith(sign)) for text in texts):
            found.append(f"{sign} = {meaning}")
    return f"{'; '.join(found)}." if found else ""
