"""The columns of a table of answers: everyone, and every group of every breakdown, each with its letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from srsmeting.presentation.letters import column_letters
from srsmeting.presentation.tablebook.cells import Row
from srsmeting.presentation.tablebook.groups import groups_of
from srsmeting.presentation.tablebook.model import Column, one_line, shorten, unique
from srsmeting.questionnaire import Questionnaire

#: Header of the column of all respondents.
TOTAL: Final = "Totaal"
#: Narrowest and widest column of a group, in characters.
_NARROW, _WIDE = 12, 20


@dataclass(frozen=True)
class Shown:
    """A column of a table of answers: its address in the estimate frame, and its header."""

    by: str
    group: str
    column: Column


@dataclass(frozen=True)
class Letters:
    """Which columns differ, as the comparisons of the estimate frame say.

    Parameters
    ----------
    own
        By breakdown and group the letter of the column.
    lower
        By question, item, category, breakdown and group the letters of the columns that it exceeds, and whether one of
        these differences is shaky.
    """

    own: Mapping[tuple[str, str], str]
    lower: Mapping[tuple[str, str, str, str, str], tuple[str, bool]]

    def compared(self, question: str) -> bool:
        """Whether groups are compared on a question."""
        return any(key[0] == question for key in self.lower)


def read_letters(estimates: pd.DataFrame) -> Letters:
    """Read the letters of all columns; none where the frame has no comparisons."""
    if not (estimates["measure"] == "difference_p").any():
        return Letters({}, {})
    rows = column_letters(estimates).to_dict("records")
    return Letters(
        {(row["by"], row["group"]): row["column"] for row in rows},
        {
            (row["question"], row["item"], row["category"], row["by"], row["group"]): (row["letters"], row["shaky"])
            for row in rows
        },
    )


@dataclass(frozen=True)
class Columns:
    """The columns of a table of answers, and the labels of the breakdowns of which nothing may be published."""

    shown: tuple[Shown, ...]
    withheld: tuple[str, ...]


def read_columns(rows: Sequence[Row], questionnaire: Questionnaire, letters: Letters) -> Columns:
    """Return the columns that a question has numbers for: everyone first, then the groups in declared order.

    A breakdown of which every number is suppressed has no columns: a page of signs tells no more than its name does.

    Parameters
    ----------
    rows
        The rows of one question.
    questionnaire
        Labels and order of the groups.
    letters
        Put behind the header of the columns that are compared.

    Raises
    ------
    UnknownNameError
        For a breakdown or a group that the questionnaire does not have.
    """
    shown = [Shown("", "", Column(TOTAL, _NARROW, begins=True))]
    withheld = []
    taken = {TOTAL.casefold()}
    for by in dict.fromkeys(str(row["by"]) for row in rows if row["by"]):
        breakdown = groups_of(questionnaire, by)
        own = [row for row in rows if row["by"] == by]
        here = {str(row["group"]) for row in own}
        for code in sorted(here - set(breakdown.labels)):
            breakdown.group(code)
        label = one_line(breakdown.label)
        if all(row["status"] == "Q" for row in own):
            withheld.append(label)
            continue
        for number, group in enumerate(group for group in breakdown.groups if group.code in here):
            letter = letters.own.get((by, group.code), "")
            behind = f" ({letter})" if letter else ""
            name = shorten(one_line(group.label))
            header = f"{name}{behind}"
            if header.casefold() in taken:
                # Headers are unique, also for who hears them without what stands above them.
                (header,) = unique([f"{name} ({shorten(label)}){behind}"], taken)
            taken.add(header.casefold())
            begins = number == 0
            shown.append(Shown(by, group.code, Column(header, _width(header), begins, label if begins else "")))
    return Columns(tuple(shown), tuple(withheld))


def _width(header: str) -> int:
    return min(max(max((len(word) for word in header.split()), default=0) + 2, _NARROW), _WIDE)
