"""How a survey tool names columns and writes answers: what binding and coding must know of it, and all they know.

One module per tool says it; the readers of all its formats hand it over with the cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from srsmeting.questionnaire import Question
from srsmeting.responses import answer_columns


@dataclass(frozen=True)
class Column:
    """A column in which a tool puts something of a question.

    Parameters
    ----------
    holds
        The code of an answer; an answer that is itself a text; all options that were ticked, in one cell; the text of
        "other, namely" beside a single choice; or a comment. Only the first two must be there, and the third can stand
        in their place.
    answer
        Answer column of :class:`srsmeting.responses.Responses`; of several options and of a text beside an answer, the
        question.
    names
        Headings under which it can stand, the usual one first.
    """

    holds: Literal["code", "text", "several", "other", "comment"]
    answer: str
    names: tuple[str, ...]

    @property
    def is_answer(self) -> bool:
        """Whether there is no answer without it."""
        return self.holds in ("code", "text")


@dataclass(frozen=True)
class Dialect:
    """What one survey tool, or one of its exports, does in its own way.

    As it stands it is a tool that writes codes under the names that readers give: a question ``Q`` has the column
    ``Q``; a multiple choice one per option, ``Q[option]``, the written-in option being ``Q[other]``; a battery one per
    statement, ``Q[item]``. ``Q_option`` is the same name.

    Parameters
    ----------
    ticked
        In the column of an option: it was ticked.
    unticked
        In the column of an option, besides an empty cell: it was not.
    other_chosen
        In the column of a single choice: the option that asks for a text was chosen.
    no_answer
        In a column of codes, besides an empty cell: there is no answer. A category that is written so comes first.
    no_number
        In the column of a number, besides an empty cell: there is none.
    no_text
        In a text beside the options of a multiple choice, besides an empty cell: there is none.
    labels
        The answers are the texts of answers, compared without regard to case, white space and closing punctuation.
    decimal
        What stands before the decimals of a number.
    delimiter
        What stands between options where one cell holds several; empty when no cell does.
    any_decimal
        Numbers may have a point or a comma: the numbers of the file show which.
    inline_other
        What was written at "other, namely" stands in the place of the answer.
    mixed
        Answers may be codes as well as texts, and nothing tells which: what is the code of one answer and the text of
        another is neither.
    by_text
        Columns are headed by texts, which are no names: a mapping says which is which.

    Examples
    --------
    >>> question = Question(id="kanaal", export="G01Q02", kind="single", title="Kanaal", text="Hoe?", pijler="basis",
    ...                     fase="bereik")
    >>> [column.names for column in Dialect().columns(question)]
    [('G01Q02',), ('G01Q02[comment]', 'G01Q02_comment')]
    """

    ticked: frozenset[str] = frozenset()
    unticked: frozenset[str] = frozenset()
    other_chosen: frozenset[str] = frozenset()
    no_answer: frozenset[str] = frozenset()
    no_number: frozenset[str] = frozenset()
    no_text: frozenset[str] = frozenset()
    labels: bool = False
    decimal: Literal[".", ","] = "."
    delimiter: str = ""
    any_decimal: bool = False
    inline_other: bool = False
    mixed: bool = False
    by_text: bool = False

    def columns(self, question: Question) -> Iterator[Column]:
        """Yield the columns that a question can have, texts beside an answer included."""
        if question.kind == "multiple":
            for answer, category in zip(answer_columns(question), question.categories, strict=True):
                names = _names(question, category.export)
                yield Column("text" if category.is_written_in else "code", answer, names)
                yield Column("comment", question.id, _names(question, f"{category.export}comment"))
            if self.delimiter:
                yield Column("several", question.id, (question.export,))
        elif question.kind == "statements":
            for answer, item in zip(answer_columns(question), question.items, strict=True):
                yield Column("code", answer, _names(question, item.export))
        else:
            yield Column("text" if question.kind == "open" else "code", question.id, (question.export,))
        if question.kind == "single":
            yield Column("comment", question.id, _names(question, "comment"))
            if any(category.is_written_in for category in question.categories):
                yield Column("other", question.id, _names(question, "other"))

    def question_of(self, heading: str) -> str:
        """Return the question, in the tool's own words, that a heading is of."""
        return heading.partition("[")[0]

    def aliases(self, question: Question) -> Mapping[str, str]:
        """Return other writings of the codes of a question; a code of the question itself is never one."""
        return {}

    def declared(self, question: Question) -> Mapping[str, str]:
        """Return our code by writing, as a mapping says it of a question; it comes first. "" means no answer."""
        return {}

    def value_labels_of(self, heading: str) -> Mapping[str, str]:
        """Return label by value, where the file itself labels the values of a column."""
        return {}

    def missing_of(self, heading: str) -> frozenset[str]:
        """Return the values that the file itself calls missing, in the column of a number or a mark: they are none."""
        return self.no_number

    def delimiter_of(self, question: str) -> str:
        """Return what stands between the options of a question that share a cell."""
        return self.delimiter

    def wrong_setting(self, question: Question, value: str) -> tuple[str, str] | None:
        """Return rule and message for a value that a setting of the export has made; None for any other."""
        return None


def _names(question: Question, part: str) -> tuple[str, str]:
    return f"{question.export}[{part}]", f"{question.export}_{part}"
