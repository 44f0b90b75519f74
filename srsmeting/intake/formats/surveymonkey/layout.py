"""The header rows of SurveyMonkey: which question each column belongs to, and what of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from srsmeting.errors import Fault
from srsmeting.intake.formats.surveymonkey.dialect import BETWEEN, is_answer, plain_key, what_is_added

ADVICE = "Export all responses of SurveyMonkey again, as CSV or XLSX."

_ID = "respondentid"
_BEGINS = frozenset({"collectorid", "startdate", "begindatum", "startdatum"})


class HeadedColumn(NamedTuple):
    """One column of the survey: where it stands, the question, its part, and row 2 as written."""

    position: int
    question: str
    part: str
    second: str


@dataclass(frozen=True)
class Layout:
    """The columns of a file.

    Parameters
    ----------
    rows
        Number of header rows.
    metadata
        Columns that SurveyMonkey adds, with what they are (Dutch).
    columns
        All columns that have a name, by that name.
    questions
        Names of the columns of each question, in order.
    unnamed
        Places of columns without a name.
    notes
        What a researcher should know, in Dutch.
    faults
        Columns that belong to no question.
    """

    rows: int
    metadata: dict[str, str]
    columns: dict[str, HeadedColumn]
    questions: tuple[tuple[str, ...], ...]
    unnamed: tuple[int, ...]
    notes: tuple[str, ...]
    faults: tuple[Fault, ...]


def is_first(row: Sequence[str]) -> bool:
    """Say whether a row begins as row 1 of SurveyMonkey does: with the number of the respondent."""
    return plain_key(row[0]) == _ID


def is_own(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first two rows of a file are SurveyMonkey's, or those rows joined into one.

    Examples
    --------
    >>> is_own([["Respondent ID", "Collector ID", "Regio"], ["", "", "Response"]])
    True
    >>> is_own([["ID", "Begintijd"], ["1", ""]])
    False
    """
    if not is_first(rows[0]):
        return False
    return _has_two(rows) or any(plain_key(heading) in _BEGINS for heading in rows[0][1:4])


def read_layout(rows: Sequence[Sequence[str]], name: str) -> Layout:
    """Read the header rows of a file, of which the first two rows are given.

    Examples
    --------
    >>> rows = [["RespondentID", "Wie?", "", "Idee?"], ["", "Zorg", "Sport", "Open-Ended Response"]]
    >>> layout = read_layout(rows, "export.csv")
    >>> layout.rows, tuple(layout.columns)
    (2, ('RespondentID', 'Wie? - Zorg', 'Wie? - Sport', 'Idee?'))
    """
    two = _has_two(rows)
    first = [" ".join(text.split()) for text in rows[0]]
    second = [" ".join(text.split()) for text in rows[1]] if two else [""] * len(first)
    columns: list[HeadedColumn] = []
    added: list[str] = []
    unnamed: list[int] = []
    faults: list[Fault] = []
    question, leading = "", True
    times: Counter[str] = Counter()
    for position, (top, below) in enumerate(zip(first, second, strict=True)):
        what = what_is_added(top) if leading and not below else ""
        leading = bool(what)
        if what:
            question = ""
        elif top:
            times[top] += 1
            question = top if times[top] == 1 else f"{top} ({times[top]})"
        if what or (question and (top or below)):
            columns.append(HeadedColumn(position, question or top, "" if what or is_answer(below) else below, below))
            added.append(what)
        else:
            unnamed.append(position)
            if below:
                message = f"column {position + 1} ({below[:60]!r}) stands below no question. {ADVICE}"
                faults.append(Fault(name, message, 1, below[:60], below[:60], "no_heading"))
    headings = _headings(columns)
    questions: dict[str, list[str]] = {}
    for heading, column, what in zip(headings, columns, added, strict=True):
        if not what:
            questions.setdefault(column.question, []).append(heading)
    return Layout(
        rows=2 if two else 1,
        metadata={heading: what for heading, what in zip(headings, added, strict=True) if what},
        columns=dict(zip(headings, columns, strict=True)),
        questions=tuple(map(tuple, questions.values())),
        unnamed=tuple(unnamed),
        notes=tuple(
            f"‘{text}’ staat {count} keer in rij 1; de tweede vraag heet hier ‘{text} (2)’."
            for text, count in times.items()
            if count > 1
        ),
        faults=tuple(faults),
    )


def _has_two(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether row 2 is a header row: nothing below what SurveyMonkey adds, and one of its two signs elsewhere."""
    if len(rows) < 2:
        return False
    answers = 0
    while answers < len(rows[0]) and what_is_added(rows[0][answers]):
        answers += 1
    if any(cell.strip() for cell in rows[1][:answers]):
        return False
    below = list(zip(rows[0][answers:], rows[1][answers:], strict=True))
    return any(second.strip() and (not top.strip() or is_answer(second)) for top, second in below)


def _headings(columns: Sequence[HeadedColumn]) -> list[str]:
    """Return names that are all different."""
    taken: set[str] = set()
    found: list[str] = []
    times: Counter[str] = Counter()
    for column in columns:
        own = BETWEEN.join(filter(None, (column.question, column.part)))
        name = own
        while name in taken:
            times[own] += 1
            name = f"{own} ({times[own] + 1})"
        taken.add(name)
        found.append(name)
    return found
