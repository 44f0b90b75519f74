"""SurveyMonkey: how it names columns and writes answers, and what it adds itself.

It has no codes: columns are known by the texts of questions and options, answers by their texts, or by their place in
the list when they are exported as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.dialect import Column, Dialect
from srsmeting.intake.personal import ADDRESS, ATTRIBUTE, MOMENT, NAME, PERSON, TECHNICAL
from srsmeting.intake.raw import Times
from srsmeting.questionnaire import Question
from srsmeting.responses import answer_columns

#: What the reader writes where a cell repeats the text of its own option: it was ticked.
TICK = "✓"
#: What the reader writes where a cell repeats the heading of the text beside it: "other, namely" was chosen.
OTHER = "→"
#: What stands between a question and its part in a heading.
BETWEEN = " - "

_ADDED = {
    **dict.fromkeys(("respondentid", "collectorid", "language", "taal", "status", "responsestatus"), TECHNICAL),
    **dict.fromkeys(("startdate", "enddate", "datecreated", "datemodified", "begindatum", "einddatum"), MOMENT),
    **dict.fromkeys(("startdatum", "timespent", "bestedetijd"), MOMENT),
    **dict.fromkeys(("ipaddress", "ipadres"), ADDRESS),
    # With the link to edit a response, anyone can read and change it.
    **dict.fromkeys(("editurl", "analyzeurl"), PERSON),
    **dict.fromkeys(("emailaddress", "email", "emailadres", "firstname", "lastname", "voornaam", "achternaam"), NAME),
}
#: Beginning, end and duration.
_TIMES = (
    ("startdate", "datecreated", "begindatum", "startdatum"),
    ("enddate", "datemodified", "einddatum"),
    ("timespent", "bestedetijd"),
)
_CUSTOM = re.compile(r"(customdata|customvariable|aangepastegegevens|aangepastevariabele)\d*")
#: Row 2 of a question that has one answer, which says nothing of the question.
_ANSWER = frozenset({"response", "antwoord", "respons", "antwort", "réponse", "respuesta"})
_OPEN = frozenset(
    {"open-ended response", "open antwoord", "offene beantwortung", "réponse ouverte", "respuesta abierta"}
)
_OTHER = (
    "Other (please specify)",
    "Anders, namelijk",
    "Anders (geef nadere toelichting)",
    "Overige (geef nadere toelichting)",
)


def what_is_added(heading: str) -> str:
    """Say in Dutch what a column is that SurveyMonkey adds before the questions; empty for any other.

    Examples
    --------
    >>> what_is_added("IP Address"), what_is_added("Custom Data 1"), what_is_added("Regio")
    ('adres van de computer', 'kenmerk uit de deelnemerslijst', '')
    """
    name = plain_key(heading)
    return ATTRIBUTE if _CUSTOM.fullmatch(name) else _ADDED.get(name, "")


def times_of(added: Iterable[str]) -> Times:
    """Return which of the columns that SurveyMonkey adds tell when a response was given.

    Examples
    --------
    >>> times_of(["Respondent ID", "Start Date", "End Date"]).end
    'End Date'
    """
    named = {plain_key(heading): heading for heading in added}
    start, end, seconds = (next((named[name] for name in names if name in named), "") for names in _TIMES)
    return Times(start, end, seconds)


def plain_key(name: str) -> str:
    """Return a name without case, spaces and signs: "Respondent ID", "RespondentID", "Respondent-ID"."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def is_answer(second: str) -> bool:
    """Say whether row 2 stands for the one answer of a question."""
    return same_wording(second) in _ANSWER | _OPEN


def is_open(second: str) -> bool:
    """Say whether row 2 stands for an answer in the respondent's own words."""
    return same_wording(second) in _OPEN


@dataclass(frozen=True)
class SurveyMonkey(Dialect):
    """The dialect of SurveyMonkey: columns by the text of the question, and of the option or statement behind it.

    Texts are compared without regard to case, white space and closing punctuation. In place of a text the `export` of
    the questionnaire may stand, of the question or of the part.

    Parameters
    ----------
    headings
        The headings of the file.
    beside
        Headings of the texts beside an answer, by the heading of that answer.

    Examples
    --------
    >>> question = Question(id="cijfer", kind="mark", title="Cijfer", text="Welk cijfer?", pijler="basis",
    ...                     fase="bereik", range=(1, 10))
    >>> [column.names for column in SurveyMonkey(headings=("WELK  CIJFER",)).columns(question)]
    [('Welk cijfer?', 'cijfer', 'WELK  CIJFER')]
    """

    ticked: frozenset[str] = frozenset({TICK})
    unticked: frozenset[str] = frozenset({"0"})
    no_text: frozenset[str] = frozenset({"0"})
    other_chosen: frozenset[str] = frozenset({OTHER, *_OTHER})
    labels: bool = True
    delimiter: str = ", "
    headings: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _by_wording(self) -> dict[str, str]:
        return {same_wording(heading): heading for heading in reversed(self.headings)}

    def columns(self, question: Question) -> Iterator[Column]:
        """Yield the columns that a question can have."""
        whole = self._names(question)
        if question.kind == "multiple":
            for answer, category in zip(answer_columns(question), question.categories, strict=True):
                parts = (category.label, category.export, *(_OTHER if category.is_written_in else ()))
                yield Column("text" if category.is_written_in else "code", answer, self._names(question, *parts))
            yield Column("several", question.id, whole)
        elif question.kind == "statements":
            for answer, item in zip(answer_columns(question), question.items, strict=True):
                yield Column("code", answer, self._names(question, item.label, item.export))
        else:
            yield Column("text" if question.kind == "open" else "code", question.id, whole)
        if question.kind == "single":
            beside = tuple(text for answer, text in self.beside if answer in whole)
            others = any(category.is_written_in for category in question.categories)
            if beside:
                yield Column("other" if others else "comment", question.id, beside)
            elif others:
                yield Column("other", question.id, self._names(question, *_OTHER))

    def question_of(self, heading: str) -> str:
        """Return the text of the question: all before the last separator."""
        return heading.rpartition(BETWEEN)[0] or heading

    def _names(self, question: Question, *parts: str) -> tuple[str, ...]:
        wholes = (" ".join(question.text.split()), question.export)
        names = [f"{whole}{BETWEEN}{part}" for whole in wholes for part in parts] if parts else [*wholes]
        found = (self._by_wording.get(same_wording(name)) for name in names)
        return tuple(dict.fromkeys((*names, *filter(None, found))))
