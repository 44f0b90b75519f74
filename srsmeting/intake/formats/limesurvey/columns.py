"""The columns that a LimeSurvey survey has, by its structure: their names in every format, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from srsmeting.intake.binding.wording import same_wording

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolQuestion, ToolStructure

Holds = Literal["answer", "tick", "text", "comment", "number", "else"]

_WITH_COMMENT, _WITH_COMMENTS, _DUAL, _NUMBERS = (
    "list with comment",
    "multiple choice with comments",
    "array dual scale",
    ("multiple numerical input", "date/time"),
)
_OTHER_TEXTS = ("Overige", "Other")
_COMMENT_TEXTS = ("Opmerking", "Comment")
_OTHER_COMMENT_TEXTS = ("Andere opmerkingen", "Other comment")
_BY_NUMBER = re.compile(r"\d+X\d+X(\d.*)")
_SCALE = re.compile(r"([A-Za-z][A-Za-z0-9]*)[\[_]([A-Za-z0-9]+)_([0-9]+)\]?")
_BRACKETS = re.compile(r"[\[\]()]+")


@dataclass(frozen=True)
class ToolColumn:
    """A column of an export.

    Parameters
    ----------
    name
        As in an export with codes: ``Q``, ``Q[part]``, ``Q[other]``, ``Q[part][1]`` of two scales.
    question
        What the structure says of its question.
    holds
        One of the answers, a tick, a text, a text beside an answer, a number or date, or something else.
    field
        What comes after the number of the question in the database.
    headings
        Its text as heading, in the languages in which LimeSurvey may have written its own words.
    """

    name: str
    question: ToolQuestion
    holds: Holds
    field: str
    headings: tuple[str, ...]


def tool_columns(structure: ToolStructure) -> tuple[ToolColumn, ...]:
    """Return the columns of a survey, in the order of an export."""
    return tuple(column for question in structure for column in _columns(question))


def _columns(question: ToolQuestion) -> Iterator[ToolColumn]:
    code, text = question.code, question.text

    def column(name: str, holds: Holds, field: str, *ends: Sequence[str]) -> ToolColumn:
        headings = [text]
        for words in ends:
            headings = [f"{heading} [{word}]" for heading in headings for word in words]
        return ToolColumn(name, question, holds, field, tuple(headings))

    holds: Holds = "number" if question.type in _NUMBERS else _HOLDS[question.kind]
    other = (question.other_label, *_OTHER_TEXTS) if question.has_other else ()
    if not question.parts:
        yield column(code, holds, "")
    for part, words in question.parts:
        if question.type == _DUAL and "#" in part:
            row, _, scale = part.partition("#")
            number = str(int(scale) + 1) if scale.isdigit() else scale
            yield column(f"{code}[{row}][{number}]", "else", part, (words,), (f"Schaal {number}", f"Scale {number}"))
            continue
        ranks = (words, words.replace("Rang", "Rank")) if question.type == "ranking" else (words,)
        yield column(f"{code}[{part}]", holds, part, ranks)
        if question.type == _WITH_COMMENTS:
            yield column(f"{code}[{part}comment]", "comment", f"{part}comment", (words,), _COMMENT_TEXTS)
    if other:
        yield column(f"{code}[other]", "text", "other", other)
        if question.type == _WITH_COMMENTS:
            yield column(f"{code}[othercomment]", "comment", "othercomment", _OTHER_COMMENT_TEXTS)
    if question.type == _WITH_COMMENT:
        yield column(f"{code}[comment]", "comment", "comment", _COMMENT_TEXTS)


_HOLDS: Mapping[str, Holds] = {
    "single": "answer",
    "mark": "answer",
    "statements": "answer",
    "multiple": "tick",
    "number": "number",
    "open": "text",
    "other": "else",
}


def names_in_database(columns: Sequence[ToolColumn]) -> dict[str, str]:
    """Return the name by what comes after survey and group in the database; one that fits two columns is left out."""
    found: dict[str, str] = {}
    double = set()
    for column in columns:
        key = f"{column.question.qid}{column.field}"
        if key in found:
            double.add(key)
        found[key] = column.name
    return {key: name for key, name in found.items() if key not in double}


def by_number(heading: str) -> str:
    """Return what comes after survey and group in a name of the database; empty when it is no such name.

    Examples
    --------
    >>> by_number("123456X1X6SQ001"), by_number("vrtaken_SQ001")
    ('6SQ001', '')
    """
    found = _BY_NUMBER.fullmatch(heading)
    return found[1] if found else ""


def plain_name(heading: str) -> str:
    """Return the name with brackets of one in ExpressionScript or SPSS, as far as the name itself tells.

    Examples
    --------
    >>> plain_name("vrtaken_SQ001"), plain_name("dual_SQ001#0"), plain_name("getal_SQ001_J2023"), plain_name("fte")
    ('vrtaken[SQ001]', 'dual[SQ001][1]', 'getal[SQ001_J2023]', 'fte')
    """
    code, part = heading.partition("_")[::2]
    if not part or "[" in heading:
        return heading
    row, _, scale = part.partition("#")
    return f"{code}[{row}][{int(scale) + 1}]" if scale.isascii() and scale.isdigit() else f"{code}[{part}]"


def with_scales(names: Sequence[str]) -> tuple[str, ...]:
    """Return names in which a row with the columns 0 and 1, and no other, has its two scales.

    ExpressionScript counts scales from 0, and no structure is there to say that these are scales.

    Examples
    --------
    >>> with_scales(["dual_SQ001_0", "dual[SQ001_1]", "getal_SQ001_1", "getal_SQ001_2"])
    ('dual[SQ001][1]', 'dual[SQ001][2]', 'getal_SQ001_1', 'getal_SQ001_2')
    """
    found = [_SCALE.fullmatch(name) for name in names]
    rows: dict[tuple[str, str], list[str]] = {}
    for scale in found:
        if scale:
            rows.setdefault((scale[1], scale[2]), []).append(scale[3])
    dual = {row for row, scales in rows.items() if sorted(scales) == ["0", "1"]}
    return tuple(
        f"{scale[1]}[{scale[2]}][{int(scale[3]) + 1}]" if scale and (scale[1], scale[2]) in dual else name
        for name, scale in zip(names, found, strict=True)
    )


def script_names(columns: Sequence[ToolColumn]) -> dict[str, str]:
    """Return the name by the one in ExpressionScript, which counts scales from 0."""
    return {f"{c.question.code}_{c.field.replace('#', '_')}": c.name for c in columns if c.field}


def as_heading(text: str) -> str:
    """Return what a heading and the texts it was made of have in common.

    Examples
    --------
    >>> as_heading("Aantallen per jaar [Leden][2023]") == as_heading("Aantallen per jaar (Leden 2023)")
    True
    """
    return same_wording(_BRACKETS.sub(" ", text))
