"""Computed against published: whether the measurement reproduces what the report printed.

The published figures are a file beside the measurement. A block of it selects rows of the estimate frame; the code
knows no published number, and the estimation knows neither.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, Self

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from srsmeting.errors import ConfigurationError, suggest
from srsmeting.estimates import KEY
from srsmeting.rounding import percentage, round_half_up
from srsmeting.yamlfile import Text, validate

#: Columns of the result.
COLUMNS = ("published_id", "option", "published", "computed", "agrees", "note")

#: How the note begins of a row that cannot agree, because the published number is wrong and the right one is met.
KNOWN_FAULT = "known fault: "

#: The group that stands for everyone together.
TOTAL = "totaal"

#: What is published of an option, in the order of the result.
_KINDS: Final = ("percent", "points", "mean", "count", "base", "status")

Value = int | float


class Span(NamedTuple):
    """The whole numbers that a published text leaves room for: from `low` to `high`, or without end."""

    low: int
    high: int | None

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.low <= number and (self.high is None or number <= self.high)

    def __str__(self) -> str:
        return f"at least {self.low}" if self.high is None else f"{self.low} to {self.high}"


_WORDS: Final = re.compile(r"(circa|>=|>) *(\d+)|(\d+)-(\d+)")


def read_words(text: str) -> Span:
    """Return the counts that a count in words stands for.

    Parameters
    ----------
    text
        ``circa 40`` (to within 10 percent), ``10-20`` (both ends included), ``>= 4`` or ``> 20``.

    Raises
    ------
    ValueError
        When it is written otherwise.

    Examples
    --------
    >>> [str(read_words(text)) for text in ("circa 40", "10-20", ">= 4", "> 20")]
    ['36 to 44', '10 to 20', 'at least 4', 'at least 21']
    """
    found = _WORDS.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no count in words. Write 'circa 40', '10-20', '>= 4' or '> 20'.")
    how, number, low, high = found.groups()
    if low is not None:
        return Span(int(low), int(high))
    value = int(number)
    if how == "circa":
        return Span(-(-9 * value // 10), 11 * value // 10)
    return Span(value + (how == ">"), None)


class Block(BaseModel):
    """Published numbers that lie along one column of the estimate frame.

    ``percent``, ``points``, ``mean``, ``count`` and ``base`` hold a number per option, or one for the whole block;
    ``status`` the status that a row must have; ``in_words`` a count that was published as a range or in words, as
    :func:`read_words` reads it. ``notes`` tells of a fault of the published report per option, and ``corrected`` which
    number would be right where the published one cannot be met, by the name that the option has in the result (``ja``,
    ``ja.count``, ``base``).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    measure: str = "share"
    question: str = ""
    item: Text = ""
    category: Text = ""
    by: str = ""
    along: Literal["category", "group"] = "category"
    percent: Mapping[Text, Value] | Value = {}
    points: Mapping[Text, Value] | Value = {}
    mean: Mapping[Text, Value] | Value = {}
    count: Mapping[Text, int] | int = {}
    base: Mapping[Text, int] | int = {}
    status: Mapping[Text, str] = {}
    in_words: Mapping[Text, Text] = {}
    notes: Mapping[Text, str] = {}
    corrected: Mapping[Text, Value] = {}

    @model_validator(mode="after")
    def _known_options(self) -> Self:
        """Refuse a note or a correction of nothing, and a note that passes itself off as a known fault."""
        options: set[str] = set(self.in_words)
        names: set[str] = set()
        for words in self.in_words.values():
            read_words(words)
        for kind in _KINDS:
            values = getattr(self, kind)
            given = list(values) if isinstance(values, Mapping) else [kind]
            options.update(given)
            names.update(_suffixed(option, kind) for option in given)
        for option, note in self.notes.items():
            if option not in options:
                raise ValueError(f"a note on {option!r}, of which nothing is published. {suggest(option, options)}")
            if note.startswith(KNOWN_FAULT):
                raise ValueError(
                    f"the note on {option!r} begins with {KNOWN_FAULT!r}, which verify puts before a fault that was "
                    "found. Begin otherwise, and give the number that is right under 'corrected'."
                )
        for option in self.corrected:
            if option not in names:
                raise ValueError(f"a correction of {option!r}, which is not published. {suggest(option, names)}")
        return self


class Published(BaseModel):
    """A file with published figures."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    results: Annotated[tuple[Block, ...], Field(min_length=1)]


_Rows = dict[tuple[str, ...], dict[Any, Any]]

_GIVEN = ("measure", "question", "item", "category", "by")
_BASE = ("meting", "question", "item", "by", "group", "measure")


def read_published(path: str | os.PathLike[str]) -> Published:
    """Read a file with published figures.

    Raises
    ------
    ConfigurationError
        With every fault of the file, each with its line.
    """
    return validate(Published, Path(path), ConfigurationError)


def verify_estimates(estimates: pd.DataFrame, published: Published) -> pd.DataFrame:
    """Hold the estimate frame against the published figures.

    Parameters
    ----------
    estimates
        Estimate frame of the measurement.
    published
        What :func:`read_published` returned.

    Returns
    -------
    pd.DataFrame
        One row per published number: ``published_id``, ``option``, ``published`` and ``computed`` (text, rounded half
        up to the decimals that were published), ``agrees`` (boolean), ``note``. Of a count in words the note tells
        which counts agree with it. A row that does not agree is explained only where the published file gives the
        number that would be right and the computed one equals it; :func:`unexplained` returns the others.
    """
    records = estimates.to_dict("records")
    rows: _Rows = {tuple(str(record[name]) for name in KEY): record for record in records}
    # The base belongs to the question: a row without its category stands for all of them.
    bases: _Rows = {("", *(str(record[name]) for name in _BASE)): record for record in records}
    meting = str(estimates["meting"].iloc[0]) if len(estimates) else ""
    compared = [row for block in published.results for row in _compare(rows | bases, block, meting)]
    return pd.DataFrame(compared, columns=list(COLUMNS)).astype({"agrees": "boolean"})


def unexplained(result: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of :func:`verify_estimates` that disagree with the published figure without a known fault."""
    return result[~result["agrees"].astype(bool) & ~result["note"].str.startswith(KNOWN_FAULT)]


def disagreements(estimates: pd.DataFrame, published: Published) -> dict[str, str]:
    """Tell per row of the estimate frame how it disagrees with what was published, known faults left out.

    Returns
    -------
    dict
        By the seven parts of the key of a row joined by ``|``: "published as 65, computed 66 (fig_2_3, bekend_inhoud)".
        A base disagrees on every row of its question.
    """
    records = estimates.to_dict("records")
    rows: _Rows = {tuple(str(record[name]) for name in KEY): record for record in records}
    bases: _Rows = {("", *(str(record[name]) for name in _BASE)): record for record in records}
    meting = str(estimates["meting"].iloc[0]) if len(estimates) else ""
    wrong: dict[tuple[str, ...], str] = {}
    for block in published.results:
        for address, name, value, computed, agrees, note in _addressed(rows | bases, block, meting):
            if not agrees and not note.startswith(KNOWN_FAULT):
                wrong[address] = f"published as {value}, computed {computed} ({block.id}, {name})"
    found = {}
    for key in rows:
        whole = ("", *(key[KEY.index(name)] for name in _BASE))
        if why := wrong.get(key) or wrong.get(whole):
            found["|".join(key)] = why
    return found


def _compare(rows: _Rows, block: Block, meting: str) -> Iterator[tuple[str, str, str, str, bool, str]]:
    for _, name, value, computed, agrees, note in _addressed(rows, block, meting):
        yield block.id, name, value, computed, agrees, note


def _addressed(rows: _Rows, block: Block, meting: str) -> Iterator[tuple[tuple[str, ...], str, str, str, bool, str]]:
    """Yield of every published number the row it is of, then what the result tells of it."""
    for kind in _KINDS:
        values = getattr(block, kind)
        single = not isinstance(values, Mapping)
        for option, value in ({kind: values} if single else values).items():
            address = _address(block, "" if single else option, kind, meting)
            row = rows.get(address)
            computed = "no such row" if row is None else _computed(row, kind, value)
            note = block.notes.get(option, "")
            right = block.corrected.get(_suffixed(option, kind))
            agrees = computed == str(value)
            # Rounded as the published number is: a right number with fewer decimals would excuse too much.
            if not agrees and right is not None and computed == str(right):
                note = KNOWN_FAULT + note
            yield address, _name(block, option, kind), str(value), computed, agrees, note
    for option, text in block.in_words.items():
        address = _address(block, option, "count", meting)
        row, span = rows.get(address), read_words(text)
        computed = "no such row" if row is None else _computed(row, "count", text)
        note = "; ".join(filter(None, (f"in words: {span}", block.notes.get(option, ""))))
        agrees = computed.isdecimal() and int(computed) in span
        yield address, _name(block, option, "in_words"), text, computed, agrees, note


def _address(block: Block, option: str, kind: str, meting: str) -> tuple[str, ...]:
    key = {"meting": meting, "group": ""} | {name: getattr(block, name) for name in _GIVEN}
    if option == TOTAL and block.by:
        key["by"] = ""
    elif option:
        key[block.along] = option
    if kind == "base" and not key["category"]:
        return ("", *(key[name] for name in _BASE))
    return tuple(key[name] for name in KEY)


def _computed(row: Mapping[str, Any], kind: str, like: object) -> str:
    if kind == "status":
        # That a number stands on few respondents is a mark of ours; the published one is there all the same.
        return "A" if row["reason"] == "indicative" else str(row["status"])
    value = row["denominator"] if kind == "base" else row["numerator"] if kind == "count" else row["estimate"]
    if pd.isna(value):
        # Beside weighted shares there are no counts, which has no reason of its own.
        return str(row["reason"]) or "not published"
    decimals = len(str(like).partition(".")[2])
    if kind in ("percent", "points"):
        return str(percentage(value, decimals))
    return str(round_half_up(value, decimals))


def _name(block: Block, option: str, kind: str) -> str:
    item = f"{block.item}." if block.item and block.along == "category" else ""
    moment = f"{block.item}." if block.along == "group" and block.item else ""
    change = f"{kind}." if kind == "points" else ""
    return f"{item}{moment}{change}{_suffixed(option, kind)}"


def _suffixed(option: str, kind: str) -> str:
    return f"{option}.{kind}" if kind in ("count", "base", "status") and option != kind else option
