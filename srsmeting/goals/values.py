"""What stands in one cell of a monitor: a count as a project leader writes it, or why there is none.

A goal is seldom just a number. It is a range, a sum, an estimate, not set, not applicable, or dropped on the way; a
report prints it as it was written, and computes with what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Final

#: Why there is no number, by what is written in its place.
ABSENCES: Final[Mapping[str, str]] = {
    "-": "none",
    "n.v.t.": "not_applicable",
    "nog n.v.t.": "not_yet",
    "onbekend": "unknown",
    "vervallen": "dropped",
}

#: What was said where nothing was counted: ``gezegd: heel beperkt``.
SAID: Final = "gezegd:"

#: How texts begin that are not exact.
ABOUT: Final = (
    "circa",
    "ca.",
    "ca",
    "ongeveer",
    "ruim",
    "bijna",
    "meer dan",
    "minder dan",
    "minimaal",
    "maximaal",
    "±",
)

_ABOUT: Final = re.compile(rf"({'|'.join(re.escape(word) for word in ABOUT)})\s*(?=\d)", re.IGNORECASE)
_NUMBER: Final = r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)"
_COUNT: Final = re.compile(_NUMBER)
_RANGE: Final = re.compile(rf"{_NUMBER}\s*(?:/|-|–|tot|t/m)\s*{_NUMBER}")
_SUM: Final = re.compile(rf"{_NUMBER}(?:\s*\+\s*{_NUMBER})+")
_PERCENT: Final = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,9}))?\s*(?:%|procent)")
_DECIMAL: Final = re.compile(r"[0-9.]+,[0-9]+|[0-9]+\.[0-9]+")
_WHOLE: Final = re.compile(r"([0-9.]+),0+|([0-9]+)\.0+")
#: What a spreadsheet makes of a range such as 10/12.
_DATE: Final = re.compile(r"[0-9]{1,2}-[a-z]{3}\.?|[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{4}", re.IGNORECASE)

#: Nothing that people are counted in is more; a longer number is a slip of the hand.
MOST: Final = 10**9

#: What may stand in a cell.
KINDS: Final = (
    "Write a count (50), a range (50/60), a sum (110 + 88), 'circa 90', "
    "'-' (none), 'n.v.t.', 'nog n.v.t.', 'onbekend', 'vervallen', or 'gezegd: …' for what was said in words."
)
#: What may stand where a drop-out is told without counts.
_KINDS_OF_DROPOUT: Final = (
    "Write 'geen uitval' where nobody dropped out, a share ('circa 50%'), "
    "'n.v.t.', 'nog n.v.t.', 'onbekend', or 'gezegd: …' for what was said in words."
)


@dataclass(frozen=True)
class Value:
    """A count as it was written, and what it means.

    Parameters
    ----------
    text
        As it was written.
    low, high
        Its ends, equal unless it is a range; None where there is no count.
    parts
        What it is the sum of, where it was written as one.
    approximate
        Whether the text says that it is not exact.
    absent
        Why there is no number: ``none``, ``not_applicable``, ``not_yet``, ``unknown``, ``dropped``, ``said`` (in words
        only), ``left_out``; empty where there is one.
    share
        A fraction, where the text is a percentage.

    Examples
    --------
    >>> goal = read_value("110 + 88")
    >>> goal.low, goal.high, goal.parts, goal.is_range, str(goal)
    (198, 198, (110, 88), False, '110 + 88')
    """

    text: str
    low: int | None = None
    high: int | None = None
    parts: tuple[int, ...] = ()
    approximate: bool = False
    absent: str = ""
    share: Fraction | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def is_count(self) -> bool:
        """Whether there is a count."""
        return self.low is not None

    @property
    def is_range(self) -> bool:
        """Whether its ends differ."""
        return self.low != self.high

    @property
    def said(self) -> str:
        """What was said in words, where nothing was counted."""
        return self.text.split(":", 1)[1].strip() if self.absent == "said" else ""


def read_value(text: str, *, percent: bool = False) -> Value:
    """Read what stands in a cell.

    Parameters
    ----------
    text
        A count (``50``, ``1.047``), a range (``50/60``), a sum (``110 + 88``), any of them after ``circa``, or one of
        :data:`ABSENCES`, or ``gezegd: …``.
    percent
        Whether a percentage may stand there, of more than everyone too, and ``geen uitval``.

    Raises
    ------
    ValueError
        Saying what is wrong with it.

    Examples
    --------
    >>> [(v.low, v.high, v.approximate) for v in map(read_value, ("1.047", "50/60", "circa 90"))]
    [(1047, 1047, False), (50, 60, False), (90, 90, True)]
    >>> read_value("n.v.t.").absent, read_value("gezegd: heel beperkt").said
    ('not_applicable', 'heel beperkt')
    >>> read_value("circa 50%", percent=True).share
    Fraction(1, 2)
    >>> read_value("25%")
    Traceback (most recent call last):
    ...
    ValueError: '25%' is a percentage, and a count is asked. Write how many it is; the percentage is computed.
    """
    written = " ".join(text.split())
    lower = written.lower()
    if lower in ABSENCES:
        return Value(written, absent=ABSENCES[lower])
    if lower in ("–", "—"):
        return Value(written, absent="none")
    if lower.startswith(SAID):
        if not written[len(SAID) :].strip():
            raise ValueError(f"{written!r} does not tell what was said.")
        return Value(written, absent="said")
    if percent and lower == "geen uitval":
        return Value(written, 0, 0)
    about = _ABOUT.match(written)
    rest = written[about.end() :] if about else written
    approximate = about is not None
    if _COUNT.fullmatch(rest):
        number = _whole(rest)
        return Value(written, number, number, approximate=approximate)
    if found := _RANGE.fullmatch(rest):
        low, high = _whole(found[1]), _whole(found[2])
        if low >= high:
            raise ValueError(f"{written!r} is a range that does not go up. Write the lower end first.")
        return Value(written, low, high, approximate=approximate)
    if _SUM.fullmatch(rest):
        parts = tuple(_whole(part) for part in rest.split("+"))
        return Value(written, sum(parts), sum(parts), parts, approximate)
    if found := _PERCENT.fullmatch(rest):
        return _percentage(written, found, approximate, percent)
    wrong = _wrong(written)
    raise ValueError(wrong.replace(KINDS, _KINDS_OF_DROPOUT) if percent else wrong)


def add_values(values: Iterable[Value]) -> Value:
    """Return the sum of the parts of something.

    A part that is not applicable counts as nothing; without any other part the sum is absent too. One part that is
    missing makes the sum missing.

    Examples
    --------
    >>> whole = add_values([read_value("circa 110"), read_value("88")])
    >>> whole.text, whole.low, whole.parts, whole.approximate
    ('circa 198', 198, (110, 88), True)
    >>> add_values([read_value("10"), read_value("onbekend")]).absent
    'unknown'
    """
    given = list(values)
    needed = [value for value in given if value.absent != "not_applicable"] or given
    missing = next((value for value in needed if not value.is_count), None)
    if missing is not None or not needed:
        return missing or Value("-", absent="none")
    low = sum(value.low or 0 for value in needed)
    high = sum(value.high or 0 for value in needed)
    parts = tuple(value.high or 0 for value in needed)
    approximate = any(value.approximate for value in needed)
    ends = str(low) if low == high else f"{low}/{high}"
    return Value(f"circa {ends}" if approximate else ends, low, high, parts, approximate)


def read_count(text: str) -> int:
    """Read a count that is exact.

    Raises
    ------
    ValueError
        Saying what is wrong with it.

    Examples
    --------
    >>> read_count("1.047")
    1047
    >>> read_count("circa 90")
    Traceback (most recent call last):
    ...
    ValueError: 'circa 90' is no count. Write a whole number.
    """
    if _COUNT.fullmatch(text):
        return _whole(text)
    raise ValueError(_wrong(text).replace(KINDS, "Write a whole number."))


def _percentage(written: str, found: re.Match[str], approximate: bool, percent: bool) -> Value:
    if not percent:
        raise ValueError(
            f"{written!r} is a percentage, and a count is asked. Write how many it is; the percentage is computed."
        )
    return Value(written, approximate=approximate, share=Fraction(f"{found[1]}.{found[2] or 0}") / 100)


def _wrong(written: str) -> str:
    if not written:
        return "is empty. Write a count, or '-' where there is none."
    if written.startswith("="):
        return f"{written!r} is a formula. Write its outcome."
    if re.fullmatch(r"[-\u2212]\s*[0-9]+", written):
        return f"{written!r} is negative. Write a count of 0 or more."
    if whole := _WHOLE.fullmatch(written):
        return f"{written!r} has decimals. Write it as {whole[1] or whole[2]}."
    if _DECIMAL.fullmatch(written):
        return f"{written!r} is no whole number. Write a count."
    if _DATE.fullmatch(written):
        return f"{written!r} is a date, as a spreadsheet makes one of a range. Write the range as '10 tot 12'."
    # Without its points, and with a slip of the hand, it is the same word.
    words = {_bare(word): word for word in ABSENCES if word != "-"}
    near = get_close_matches(_bare(written), words, n=1, cutoff=0.8)
    return f"{written!r} is no count. {f'Did you mean {words[near[0]]!r}? ' if near else ''}{KINDS}"


def _bare(text: str) -> str:
    return text.lower().replace(".", "").replace(" ", "")


def _whole(text: str) -> int:
    digits = text.strip().replace(".", "").lstrip("0")
    if len(digits) > len(str(MOST)) or int(digits or 0) > MOST:
        shown = text if len(text) <= 20 else f"{text[:20]}…"
        raise ValueError(f"{shown!r} is more than can be. Check the number.")
    return int(digits or 0)
