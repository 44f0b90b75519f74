"""How a survey tool names columns and writes answers: what binding and coding must know of it, and all they know.

One module per tool says it; the readers of all its formats hand it over with the cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from srsmeting.questionnaire import Question


@dataclass(frozen=True)
class Column:
    """A column in which a tool puts something of a question.

    Parameters
    ----------
    holds
        The code of an answer; an answer that is itself a text; the text of "other, namely" beside a single choice; or a
        comment. Only the first two must be there.
    answer
        Answer column of :class:`srsmeting.responses.Responses`; of a text beside an answer, the question.
    names
        Headings under which it can stand, the usual one first.
    """

    holds: Literal["code", "text", "other", "comment"]
    answer: str
    names: tuple[str, ...]

    @property
    def is_answer(self) -> bool:
        """Whether there is no answer without it."""
        return self.holds in ("code", "text")


class Dialect(Protocol):
    """What one survey tool does in its own way."""

    @property
    def ticked(self) -> str:
        """In the column of an option: it was ticked."""

    @property
    def other_chosen(self) -> str:
        """In the column of a single choice: the option that asks for a text was chosen."""

    @property
    def no_number(self) -> str:
        """In the column of a number, besides an empty cell: there is none."""

    def columns(self, question: Question) -> Iterator[Column]:
        """Yield the columns that a question can have."""

    def question_of(self, heading: str) -> str:
        """Return the question, in the tool's own words, that a heading is of."""

    def wrong_setting(self, question: Question, value: str) -> tuple[str, str] | None:
        """Return rule and message for a value that a setting of the export has made; None for any other."""
