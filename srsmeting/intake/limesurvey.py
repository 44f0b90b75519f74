"""LimeSurvey: how it names columns, writes answers and what it adds itself, whatever the format of the export."""

from __future__ import annotations

import re
from collections.abc import Iterator

from srsmeting.intake.dialect import Column
from srsmeting.intake.personal import ADDRESS, ATTRIBUTE, KEY, MOMENT, NAME, REFERRER, TECHNICAL
from srsmeting.questionnaire import Question
from srsmeting.responses import answer_columns

ID, SUBMITTED, TOKEN = "id", "submitdate", "token"

_ADDED = (
    (re.compile("id|lastpage|startlanguage|seed"), TECHNICAL),
    (re.compile("ipaddr"), ADDRESS),
    (re.compile("refurl"), REFERRER),
    (re.compile("token"), KEY),
    # The names of timings are made of a group or a question.
    (re.compile(r"submitdate|startdate|datestamp|interviewtime|groupTime\d+|\w+Time"), MOMENT),
    # Only the participant table adds these.
    (re.compile("firstname|lastname|email|emailstatus|participant_id"), NAME),
    (re.compile(r"attribute_\d+"), ATTRIBUTE),
)
# What its own question types have for answers when the texts are exported.
_ANSWER_TEXTS = ("Ja", "Nee", "Yes", "No", "N/A")


def what_is_added(code: str) -> str:
    """Say in Dutch what a column is that LimeSurvey adds itself; empty for a question.

    Examples
    --------
    >>> what_is_added("ipaddr"), what_is_added("G01Q01Time"), what_is_added("G01Q01")
    ('adres van de computer', 'moment of duur', '')
    """
    return next((what for pattern, what in _ADDED if pattern.fullmatch(code)), "")


class LimeSurvey:
    """The dialect of LimeSurvey 3 to 6.

    A question ``Q`` has the column ``Q``; a multiple choice one per option, ``Q[option]``, the written-in option being
    ``Q[other]``; a battery one per statement, ``Q[item]``. ``Q_option`` is the same name in ExpressionScript.

    Examples
    --------
    >>> question = Question(id="kanaal", export="G01Q02", kind="single", title="Kanaal", text="Hoe?", pijler="basis",
    ...                     fase="bereik")
    >>> [column.names for column in LimeSurvey().columns(question)]
    [('G01Q02',), ('G01Q02[comment]', 'G01Q02_comment')]
    """

    ticked = "Y"
    other_chosen = "-oth-"
    #: What an equation gives whose inputs are empty.
    no_number = "NAN"

    def columns(self, question: Question) -> Iterator[Column]:
        """Yield the columns that a question can have; its "with comments" types put a text beside the answer."""
        if question.kind == "multiple":
            for answer, category in zip(answer_columns(question), question.categories, strict=True):
                names = _names(question, category.export)
                yield Column("text" if category.is_written_in else "code", answer, names)
                yield Column("comment", question.id, _names(question, f"{category.export}comment"))
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
        """Return the question code of a heading: it holds neither brackets nor underscores."""
        return re.split(r"[\[_]", heading, maxsplit=1)[0]

    def wrong_setting(self, question: Question, value: str) -> tuple[str, str] | None:
        """Return rule and message for answers exported as texts, and for converted ticks."""
        if question.kind == "number":
            return None
        if value in question.labels.values() or value in _ANSWER_TEXTS:
            return "answer_text", "is the text of an answer. Export again with 'Answer codes' as answers."
        if question.kind == "multiple" and value in ("1", "2"):
            return "converted", "stands for yes or no. Export again without converting Y and N."
        return None


def _names(question: Question, part: str) -> tuple[str, str]:
    return f"{question.export}[{part}]", f"{question.export}_{part}"
